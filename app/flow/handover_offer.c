/* Handing over: an offer is made, read by the receiving queue, and lapses in time. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/handover.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/handover.h"
#include "store/store.h"

/* The texts of an offer, which are sealed. */
struct letter {
	struct buffer note, yes;
	bool stays;
};

/* Seals the note to the receiving queue, under a data key of its own. */
static int
seal_note(struct handover *handover, struct offer_row *row, const struct buffer *note,
    const struct queue_key_row *newest, struct buffer *box)
{
	struct record_place place = { RECORD_OFFER, row->case_number, number_next() };
	const struct sealed_text text = {
		"act", word_of(&words_act, ACT_OFFER), buffer_string(note)
	};

	if (note->length == 0)
		return 0;
	if (text_envelope(box, row->note_sealed, &place, newest->public, &text) == -1)
		return error_set(&handover->work->error, ERROR_INTERNAL,
		    "queue %s: its key is not a valid public key", newest->queue);
	row->note_number = place.record_number;
	row->note = (const unsigned char *)box->data;
	row->note_size = box->length;
	return 0;
}

/*
 * Stores note and consent as records of the case, too, for the queues that can open it now.
 */
static int
keep_letter(struct handover *handover, struct offer_row *row, const struct letter *letter)
{
	struct keyring *ring = &handover->ring;

	if (letter->note.length > 0 && note_write(ring, row->case_number, ACT_OFFER,
	    &letter->note, NULL) == -1)
		return -1;
	if (!letter->stays)
		return 0;
	return note_write(ring, row->case_number, ACT_SHARE, &letter->yes, &row->record);
}

static int
write_offer(struct handover *handover, struct offer_row *row, const struct letter *letter,
    const struct queue_key_row *newest)
{
	struct buffer box = { 0 };
	int result = -1;

	if (keyring_turn(&handover->ring, row->case_number) == FOUND &&
	    decline_reasons_file(&handover->ring, row->case_number) == 0 &&
	    keep_letter(handover, row, letter) == 0 &&
	    handover_seal(handover, newest, row->sealed) == 0 &&
	    seal_note(handover, row, &letter->note, newest, &box) == 0 &&
	    store_offer_add(handover->work->store, row, &handover->work->error) == 0)
		result = handover_alert(handover, row->queue, ALERT_OFFERED);
	buffer_free(&box);
	return result;
}

static enum answer
offer_case(struct handover *handover, const struct handover_offer *offer,
    const struct letter *letter)
{
	const struct config_queue *queue;
	struct offer_row row;
	struct queue_key_row newest;
	enum answer answer = store_offer_get(handover->work->store, offer->number, &row, NULL,
	    &handover->work->error);

	if (answer == FOUND)
		return handover_refuse(handover, HANDOVER_OFFERED, row.account);
	if (answer == ABSENT)
		answer = handover_receiver(handover, offer->queue, &newest);
	if (answer != FOUND || handover->answer->verdict != HANDOVER_DONE)
		return answer;
	answer = handover_act(handover, ACT_OFFER, NULL);
	if (answer != FOUND || handover->answer->verdict != HANDOVER_DONE)
		return answer;
	queue = config_queue(handover->work->config, offer->queue);
	row = (struct offer_row){
		.case_number = offer->number, .account = handover->work->actor->account,
		.at = handover->work->now, .stays = letter->stays,
		.agreed_day = offer->stays != NULL ? offer->stays->day : 0,
		.lapses_at = duetime_after(queue, handover->work->now,
		    handover->work->config->offer_days),
		.generation = newest.generation
	};
	memcpy(row.queue, newest.queue, sizeof(row.queue));
	return write_offer(handover, &row, letter, &newest) == 0 ? FOUND : FAILED;
}

enum answer
handover_offer(struct work *work, const struct handover_offer *offer,
    struct handover_answer *answer)
{
	struct handover handover = {
		.work = work, .ring = { .work = work },
		.answer = answer
	};
	struct letter letter = { .stays = offer->stays != NULL };
	enum fault fault = note_read(offer->note, false, &letter.note);
	enum handover_verdict wrong = fault == FAULT_NONE ? HANDOVER_DONE : HANDOVER_TEXT;
	enum answer found;

	if (wrong == HANDOVER_DONE && letter.stays)
		wrong = handover_yes(offer->stays, work->now, &letter.yes, &fault);
	found = handover_begin(&handover, offer->number);
	if (found == FOUND)
		found = wrong == HANDOVER_DONE ? offer_case(&handover, offer, &letter) :
		    handover_refuse(&handover, wrong, 0);
	answer->fault = fault;
	buffer_wipe(&letter.note);
	buffer_wipe(&letter.yes);
	return handover_end(&handover, found);
}

#define AT_ONCE	64

struct lapsed_numbers {
	int64_t number[AT_ONCE];
	size_t count;
};

static int
keep_number(int64_t number, void *argument)
{
	struct lapsed_numbers *lapsed_numbers = argument;

	lapsed_numbers->number[lapsed_numbers->count++] = number;
	return lapsed_numbers->count == AT_ONCE;
}

static int
bring_back(struct work *work, const struct offer_row *offer)
{
	const struct case_act act = { .act = ACT_LAPSE, .actor = ACTOR_SYSTEM,
	    .now = work->now };
	struct offer_ended_row ended = {
		.case_number = offer->case_number, .account = offer->account, .at = offer->at,
		.ended_at = work->now, .how = ACT_LAPSE
	};
	struct case_row row;

	if (case_do_surely(work, offer->case_number, &act) == -1 ||
	    store_case_get(work->store, offer->case_number, &row, &work->error) != FOUND)
		return -1;
	memcpy(ended.from_queue, row.queue, sizeof(ended.from_queue));
	memcpy(ended.queue, offer->queue, sizeof(ended.queue));
	if (store_offer_end(work->store, &ended, &work->error) == -1 ||
	    store_alert_add(work->store, row.queue, row.number, ALERT_LAPSED, work->now,
	    &work->error) == -1)
		return -1;
	return store_alert_add(work->store, offer->queue, row.number, ALERT_LAPSED, work->now,
	    &work->error);
}

/* Returns 1, or 0 when the offer has ended meanwhile, or -1. */
static int
lapse(struct work *work, int64_t number)
{
	struct offer_row offer;
	enum answer answer;

	if (work_begin(work) == -1)
		return -1;
	answer = store_offer_get(work->store, number, &offer, NULL, &work->error);
	if (answer == FOUND && offer.lapses_at > work->now)
		answer = ABSENT;
	if (answer == FOUND && bring_back(work, &offer) == -1)
		answer = FAILED;
	if (answer == FOUND)
		return work_end(work, 0) == 0 ? 1 : -1;
	work_undo(work);
	return answer == FAILED ? -1 : 0;
}

int
handover_lapse(struct work *work)
{
	struct lapsed_numbers lapsed_numbers;
	int lapsed = 0;

	do {
		lapsed_numbers.count = 0;
		if (store_offer_each_lapsed(work->store, work->now, keep_number, &lapsed_numbers,
		    &work->error) == -1)
			return -1;
		for (size_t i = 0; i < lapsed_numbers.count; i++) {
			int one = lapse(work, lapsed_numbers.number[i]);

			if (one == -1)
				return -1;
			lapsed += one;
		}
	} while (lapsed_numbers.count == AT_ONCE);
	return lapsed;
}

/* Opens the note if the reader has the receiving queue's key. */
static int
read_note(struct offered *offered, struct keyring *ring, const struct offer_row *row,
    const struct buffer *box)
{
	struct case_key_row key = {
		.case_number = row->case_number, .generation = row->generation
	};
	const struct record_row note = {
		.number = row->note_number, .case_number = row->case_number,
		.kind = RECORD_OFFER, .box = (const unsigned char *)box->data,
		.box_size = box->length
	};
	struct form form = { 0 };
	const char *text;

	memcpy(key.queue, row->queue, sizeof(key.queue));
	memcpy(key.sealed, row->note_sealed, sizeof(key.sealed));
	switch (keyring_envelope(ring, &key, &note, &form)) {
	case ABSENT:
		return 0;
	case FOUND:
		break;
	case FAILED:
	default:
		return -1;
	}
	text = form_value(&form, "text");
	if (text != NULL)
		buffer_text(&offered->note, text);
	form_wipe(&form);
	return 0;
}

enum answer
offered_read(struct work *work, struct offered *offered, int64_t number)
{
	struct keyring ring = { .work = work };
	struct buffer box = { 0 };
	struct offer_row row;
	enum answer answer = store_offer_get(work->store, number, &row, &box, &work->error);

	*offered = (struct offered){ 0 };
	if (answer == FOUND) {
		memcpy(offered->queue, row.queue, sizeof(offered->queue));
		offered->at = row.at;
		offered->lapses_at = row.lapses_at;
		offered->stays = row.stays;
		if (account_name(work, row.account, offered->by) == -1 ||
		    (row.note_number != 0 && read_note(offered, &ring, &row, &box) == -1))
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
