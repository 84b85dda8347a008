#include <string.h>

#include "flow/passing.h"

/* What is sealed of an offer, as it was written. */
struct letter {
	struct buffer note, yes;
	bool stays;
};

/* The note, in an envelope of its own for the receiver. */
static int
seal_note(struct passing *passing, struct offer_row *row, const struct buffer *note,
    const struct queue_key_row *newest, struct buffer *box)
{
	struct record_place place = { RECORD_OFFER, row->case_number, number_next() };
	struct buffer plain = { 0 };
	int result;

	if (note->length == 0)
		return 0;
	/* Three bytes for each when escaped, and the name: growing leaves no copy. */
	buffer_reserve(&plain, 3 * note->length + 16);
	form_encode(&plain, "text", buffer_string(note));
	result = envelope_seal(box, row->note_sealed, &place, newest->public, plain.data,
	    plain.length);
	buffer_wipe(&plain);
	if (result == -1)
		return error_set(passing->error, ERROR_INTERNAL, "queue %s: its key is no key",
		    newest->queue);
	row->note_number = place.record_number;
	row->note = (const unsigned char *)box->data;
	row->note_size = box->length;
	return 0;
}

/* Note and yes are records of the case too, for those who have it now. */
static int
keep_letter(struct passing *passing, struct offer_row *row, const struct letter *letter)
{
	struct keyring *ring = &passing->ring;

	if (letter->note.length > 0 && note_write(ring, row->case_number, ACT_OFFER,
	    &letter->note, passing->now, NULL, passing->error) == -1)
		return -1;
	if (!letter->stays)
		return 0;
	return note_write(ring, row->case_number, ACT_SHARE, &letter->yes, passing->now,
	    &row->record, passing->error);
}

static int
write_offer(struct passing *passing, struct offer_row *row, const struct letter *letter,
    const struct queue_key_row *newest)
{
	struct buffer box = { 0 };
	int result = -1;

	if (keyring_turn(&passing->ring, row->case_number, passing->error) == FOUND &&
	    reasons_file(&passing->ring, row->case_number, passing->error) == 0 &&
	    keep_letter(passing, row, letter) == 0 &&
	    passing_seal(passing, newest, row->sealed) == 0 &&
	    seal_note(passing, row, &letter->note, newest, &box) == 0 &&
	    store_offer_add(passing->ring.store, row, passing->error) == 0)
		result = passing_alert(passing, row->queue, ALERT_OFFERED);
	buffer_free(&box);
	return result;
}

static enum answer
offer_case(struct passing *passing, const struct handover_offer *offer,
    const struct letter *letter)
{
	const struct config_queue *queue;
	struct offer_row row;
	struct queue_key_row newest;
	enum answer answer = store_offer_get(passing->ring.store, offer->number, &row, NULL,
	    passing->error);

	if (answer == FOUND)
		return passing_refuse(passing, HANDOVER_OFFERED, row.account);
	if (answer == ABSENT)
		answer = passing_queue(passing, offer->queue, &newest);
	if (answer != FOUND || passing->answer->verdict != HANDOVER_DONE)
		return answer;
	answer = passing_do(passing, ACT_OFFER, NULL);
	if (answer != FOUND || passing->answer->verdict != HANDOVER_DONE)
		return answer;
	queue = config_queue(passing->config, offer->queue);
	row = (struct offer_row){
		.case_number = offer->number, .account = passing->ring.reader->account,
		.at = passing->now, .stays = letter->stays,
		.agreed_day = offer->stays != NULL ? offer->stays->day : 0,
		.lapses_at = duetime_after(queue, passing->now, passing->config->offer_days),
		.generation = newest.generation
	};
	memcpy(row.queue, newest.queue, sizeof(row.queue));
	return write_offer(passing, &row, letter, &newest) == 0 ? FOUND : FAILED;
}

enum answer
handover_offer(struct store *store, const struct config *config,
    const struct identity *reader, const struct handover_offer *offer, int64_t now,
    struct handover_answer *answer, struct error *error)
{
	struct passing passing = {
		.ring = { .store = store, .reader = reader }, .config = config, .now = now,
		.answer = answer, .error = error
	};
	struct letter letter = { .stays = offer->stays != NULL };
	enum handover_verdict wrong = passing_text(offer->note, false, &letter.note);
	enum answer found;

	if (wrong == HANDOVER_DONE && letter.stays)
		wrong = passing_yes(offer->stays, now, &letter.yes);
	found = passing_begin(&passing, offer->number);
	if (found == FOUND)
		found = wrong == HANDOVER_DONE ? offer_case(&passing, offer, &letter) :
		    passing_refuse(&passing, wrong, 0);
	buffer_wipe(&letter.note);
	buffer_wipe(&letter.yes);
	return passing_end(&passing, found);
}
