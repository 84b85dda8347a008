/* Decline reasons: sealed to the owning queue until one of its members opens the case. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/handover.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "store/handover.h"
#include "store/store.h"

int
decline_reason_add(struct handover *handover, const struct buffer *reason)
{
	struct decline_reason_row row = {
		.number = number_next(), .case_number = handover->row.number,
		.account = handover->work->actor->account, .at = handover->work->now
	};
	const struct record_place place = { RECORD_REASON, row.case_number, row.number };
	const struct sealed_text text = {
		"act", word_of(&words_act, ACT_RETURN), buffer_string(reason)
	};
	struct queue_key_row owner;
	struct buffer box = { 0 };
	int result = -1;

	if (store_queue_key_get(handover->work->store, handover->row.queue, &owner,
	    &handover->work->error) != FOUND)
		return -1;
	memcpy(row.queue, owner.queue, sizeof(row.queue));
	row.generation = owner.generation;
	if (text_envelope(&box, row.sealed, &place, owner.public, &text) == 0) {
		row.box = (const unsigned char *)box.data;
		row.box_size = box.length;
		result = store_decline_reason_add(handover->work->store, &row,
		    &handover->work->error);
	} else (void)error_set(&handover->work->error, ERROR_INTERNAL,
	    "queue %s: its key is not a valid public key", owner.queue);
	buffer_free(&box);
	return result;
}

/* The case's next decline reason after number `after`. */
struct waiting {
	int64_t after;
	struct decline_reason_row row;
	struct buffer box;
};

static int
keep_first(const struct decline_reason_row *row, void *argument)
{
	struct waiting *waiting = argument;

	if (row->number <= waiting->after)
		return 0;
	waiting->row = *row;
	waiting->after = row->number;
	buffer_clear(&waiting->box);
	buffer_add(&waiting->box, row->box, row->box_size);
	waiting->row.box = (const unsigned char *)waiting->box.data;
	return 1;
}

/*
 * Seals the reason that the keyring has opened under the case's data key, with its author
 * and time.
 */
static int
file_opened(struct keyring *ring, const struct decline_reason_row *reason)
{
	const struct record_place place = {
		RECORD_ATTEMPT, reason->case_number, reason->number
	};
	struct record_row record = {
		.number = reason->number, .case_number = reason->case_number,
		.account = reason->account, .at = reason->at, .kind = RECORD_ATTEMPT
	};
	struct buffer plain = ring->plain, box = { 0 };
	int result = -1;

	/* keyring_turn may overwrite the keyring's buffer, so this function takes it. */
	ring->plain = (struct buffer){ 0 };
	if (keyring_turn(ring, reason->case_number) == FOUND) {
		if (record_seal(&box, &place, ring->data_key, plain.data, plain.length) == 0) {
			record.box = (const unsigned char *)box.data;
			record.box_size = box.length;
			result = store_record_add(ring->work->store, &record,
			    &ring->work->error);
		} else (void)error_set(&ring->work->error, ERROR_INTERNAL,
		    "a reason cannot be sealed");
	}
	buffer_wipe(&plain);
	buffer_free(&box);
	if (result == -1)
		return -1;
	return store_decline_reason_remove(ring->work->store, reason->number,
	    &ring->work->error);
}

static int
file_one(struct keyring *ring, const struct decline_reason_row *reason)
{
	const struct record_row sealed = {
		.number = reason->number, .case_number = reason->case_number,
		.kind = RECORD_REASON, .box = reason->box, .box_size = reason->box_size
	};
	struct case_key_row key = {
		.case_number = reason->case_number, .generation = reason->generation
	};
	struct form form = { 0 };

	memcpy(key.queue, reason->queue, sizeof(key.queue));
	memcpy(key.sealed, reason->sealed, sizeof(key.sealed));
	switch (keyring_envelope(ring, &key, &sealed, &form)) {
	case ABSENT:
		return 0;
	case FOUND:
		break;
	case FAILED:
	default:
		return -1;
	}
	form_wipe(&form);
	return file_opened(ring, reason);
}

int
decline_reasons_file(struct keyring *ring, int64_t case_number)
{
	struct waiting waiting = { 0 };
	int64_t before;
	int result;

	/* One at a time, because the list must not change while it is read. */
	do {
		before = waiting.after;
		result = store_decline_reason_each(ring->work->store, case_number, keep_first,
		    &waiting, &ring->work->error);
		if (result == 0 && waiting.after != before)
			result = file_one(ring, &waiting.row);
	} while (result == 0 && waiting.after != before);
	buffer_free(&waiting.box);
	return result;
}

static int
see_one(const struct decline_reason_row *row, void *argument)
{
	(void)row;
	*(bool *)argument = true;
	return 1;
}

int
decline_reasons_arrive(struct work *work, int64_t case_number)
{
	struct keyring ring = { .work = work };
	bool waits = false;
	int result = store_decline_reason_each(work->store, case_number, see_one, &waits,
	    &work->error);

	if (result == -1 || !waits)
		return result;
	if (work_begin(work) == -1)
		return -1;
	result = decline_reasons_file(&ring, case_number);
	keyring_free(&ring);
	return work_end(work, result);
}
