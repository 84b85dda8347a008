#include <string.h>

#include "flow/case.h"
#include "flow/handover.h"
#include "flow/keyring.h"
#include "notify/notify.h"

#define AT_ONCE	64

struct numbers {
	int64_t number[AT_ONCE];
	size_t count;
};

static int
keep_number(int64_t number, void *argument)
{
	struct numbers *numbers = argument;

	numbers->number[numbers->count++] = number;
	return numbers->count == AT_ONCE;
}

static int
bring_back(struct store *store, const struct config *config, const struct offer_row *offer,
    int64_t now, struct error *error)
{
	const struct case_act act = { .act = ACT_LAPSE, .actor = ACTOR_SYSTEM, .now = now };
	struct offer_ended_row ended = {
		.case_number = offer->case_number, .account = offer->account, .at = offer->at,
		.ended_at = now, .how = ACT_LAPSE
	};
	struct case_row row;

	if (case_do_surely(store, config, offer->case_number, &act, error) == -1 ||
	    store_case_get(store, offer->case_number, &row, error) != FOUND)
		return -1;
	memcpy(ended.from_queue, row.queue, sizeof(ended.from_queue));
	memcpy(ended.queue, offer->queue, sizeof(ended.queue));
	if (store_offer_end(store, &ended, error) == -1 ||
	    store_alert_add(store, row.queue, row.number, ALERT_LAPSED, now, error) == -1)
		return -1;
	return store_alert_add(store, offer->queue, row.number, ALERT_LAPSED, now, error);
}

/* 1, or 0 when another was first, or it has been answered after all. */
static int
lapse(struct store *store, const struct config *config, int64_t number, int64_t now,
    struct error *error)
{
	struct offer_row offer;
	enum answer answer;

	if (store_begin(store, error) == -1)
		return -1;
	answer = store_offer_get(store, number, &offer, NULL, error);
	if (answer == FOUND && offer.lapses_at > now)
		answer = ABSENT;
	if (answer == FOUND && bring_back(store, config, &offer, now, error) == -1)
		answer = FAILED;
	if (answer == FOUND)
		return store_commit(store, error) == 0 ? 1 : -1;
	store_rollback(store);
	return answer == FAILED ? -1 : 0;
}

int
handover_lapse(struct store *store, const struct config *config, int64_t now,
    struct error *error)
{
	struct numbers numbers;
	int lapsed = 0;

	do {
		numbers.count = 0;
		if (store_offer_each_lapsed(store, now, keep_number, &numbers, error) == -1)
			return -1;
		for (size_t i = 0; i < numbers.count; i++) {
			int one = lapse(store, config, numbers.number[i], now, error);

			if (one == -1)
				return -1;
			lapsed += one;
		}
	} while (numbers.count == AT_ONCE);
	return lapsed;
}

/* The note, for those who have the receiving queue's key. */
static int
read_note(struct offered *offered, struct keyring *ring, const struct offer_row *row,
    const struct buffer *box, struct error *error)
{
	struct case_key_row key = {
		.case_number = row->case_number, .generation = row->generation
	};
	const struct record_row note = {
		.number = row->note_number, .case_number = row->case_number,
		.kind = RECORD_OFFER, .box = (const unsigned char *)box->data,
		.box_size = box->length
	};
	struct form form;
	const char *text;

	memcpy(key.queue, row->queue, sizeof(key.queue));
	memcpy(key.sealed, row->note_sealed, sizeof(key.sealed));
	switch (keyring_turn_to(ring, &key, error)) {
	case ABSENT:
		return 0;
	case FOUND:
		break;
	case FAILED:
	default:
		return -1;
	}
	if (keyring_read(ring, &note, &form, error) == -1)
		return -1;
	text = form_value(&form, "text");
	if (text != NULL)
		buffer_text(&offered->note, text);
	form_wipe(&form);
	return 0;
}

enum answer
offered_read(struct offered *offered, struct store *store, const struct identity *reader,
    int64_t number, struct error *error)
{
	struct keyring ring = { .store = store, .reader = reader };
	struct buffer box = { 0 };
	struct offer_row row;
	enum answer answer = store_offer_get(store, number, &row, &box, error);

	*offered = (struct offered){ 0 };
	if (answer == FOUND) {
		memcpy(offered->queue, row.queue, sizeof(offered->queue));
		offered->at = row.at;
		offered->lapses_at = row.lapses_at;
		offered->stays = row.stays;
		if (account_name(store, row.account, offered->by, error) == -1 ||
		    (row.note_number != 0 && read_note(offered, &ring, &row, &box, error) == -1))
			answer = FAILED;
	}
	if (answer == FAILED)
		offered_free(offered);
	keyring_free(&ring);
	buffer_free(&box);
	return answer;
}

void
offered_free(struct offered *offered)
{
	buffer_wipe(&offered->note);
	*offered = (struct offered){ 0 };
}
