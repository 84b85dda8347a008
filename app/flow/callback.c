#include <string.h>

#include "flow/case.h"
#include "flow/flow.h"
#include "flow/keyring.h"

#define WORK_AND_STUDIES	(1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES)

/* The note as it will be sealed; empty without. The caller wipes *note. */
static int
read_note(const struct callback *callback, struct buffer *note, struct error *error)
{
	enum fault fault = FAULT_MISSING;

	buffer_reserve(note, (size_t)NOTE_MAX_POINTS * 4);
	note->data[0] = '\0';
	if (callback->note != NULL)
		fault = written_text(callback->note, NOTE_MAX_POINTS, note->data);
	note->length = strlen(note->data);
	if (fault == FAULT_NONE || (fault == FAULT_MISSING && callback->act != ACT_NOTE))
		return 0;
	if (fault == FAULT_MISSING)
		return error_set(error, ERROR_INPUT, "the note is empty: write something");
	if (fault == FAULT_LONG)
		return error_set(error, ERROR_INPUT,
		    "the note is longer than %d characters: split it", NOTE_MAX_POINTS);
	return error_set(error, ERROR_INPUT,
	    "the note holds control characters: take them out");
}

/* One outcome, or work and studies. None is left to the lifecycle to refuse. */
static int
check_outcomes(const struct callback *callback, struct error *error)
{
	unsigned outcomes = callback->outcomes;

	if (outcomes >= 1U << OUTCOME_COUNT ||
	    ((outcomes & (outcomes - 1)) != 0 && outcomes != WORK_AND_STUDIES))
		return error_set(error, ERROR_INPUT,
		    "choose one outcome; only work and studies go together");
	return 0;
}

/* What the no-contact rule asks about; the wish not to be texted is sealed. */
static enum answer
weigh_attempts(struct keyring *ring, int64_t number, struct attempts *attempts,
    struct error *error)
{
	struct form form;
	enum answer answer;

	if (case_attempts(ring->store, number, attempts, error) == -1)
		return FAILED;
	answer = keyring_submission(ring, number, &form, error);
	if (answer != FOUND)
		return answer;
	attempts->may_text = contact_allows_text(&form);
	form_wipe(&form);
	return FOUND;
}

static int
write_note(struct keyring *ring, const struct callback *callback, const char *note,
    int64_t now, struct error *error)
{
	enum record_kind kind = callback->act == ACT_NOTE ? RECORD_NOTE : RECORD_ATTEMPT;
	struct buffer plain = { 0 };
	int result = -1;

	/* Three bytes for each when escaped, and the names: growing leaves no copy. */
	buffer_reserve(&plain, 3 * strlen(note) + 64);
	form_encode(&plain, "act", word_of(&words_act, (int)callback->act));
	form_encode(&plain, "text", note);
	if (keyring_turn(ring, callback->number, error) == FOUND)
		result = keyring_write(ring, callback->number, kind, &plain, now, error);
	buffer_wipe(&plain);
	return result;
}

static int
fill_answer(struct callback_answer *answer, struct store *store,
    const struct case_row *row, const struct identity *reader, struct error *error)
{
	answer->due_at = row->due_at;
	answer->mine = row->holder == reader->account;
	return account_name(store, row->holder, answer->holder, error);
}

/* Within a transaction, which the caller ends by what the verdict is. */
static enum answer
judge_and_write(struct keyring *ring, const struct config *config,
    const struct callback *callback, const char *note, int64_t now,
    struct callback_answer *answer, struct error *error)
{
	const struct identity *reader = ring->reader;
	struct case_act act = {
		.act = callback->act,
		.account = reader->account,
		.until_at = callback->until_at,
		.outcomes = callback->outcomes,
		.now = now
	};
	struct case_row row;
	enum answer found = case_read(ring->store, callback->number, reader, &row, &act.actor,
	    error);

	if (found == FOUND && callback->outcomes == 1U << OUTCOME_NO_CONTACT)
		found = weigh_attempts(ring, callback->number, &act.attempts, error);
	if (found != FOUND)
		return found;
	if (callback->act == ACT_UNDO && case_last(ring->store, callback->number,
	    reader->account, &act.back, error) == -1)
		return FAILED;
	if (case_do(ring->store, config, &row, &act, &answer->verdict, error) == -1)
		return FAILED;
	if (answer->verdict == LIFECYCLE_OK && note[0] != '\0' &&
	    write_note(ring, callback, note, now, error) == -1)
		return FAILED;
	return fill_answer(answer, ring->store, &row, reader, error) == 0 ? FOUND : FAILED;
}

enum answer
callback_do(struct store *store, const struct config *config,
    const struct identity *reader, const struct callback *callback, int64_t now,
    struct callback_answer *answer, struct error *error)
{
	struct keyring ring = { .store = store, .reader = reader };
	struct buffer note = { 0 };
	enum answer found = FAILED;

	memset(answer, 0, sizeof(*answer));
	if (read_note(callback, &note, error) == -1 ||
	    check_outcomes(callback, error) == -1 || store_begin(store, error) == -1)
		goto err;
	found = judge_and_write(&ring, config, callback, note.data, now, answer, error);
	if (found != FOUND || answer->verdict != LIFECYCLE_OK)
		store_rollback(store);
	else if (store_commit(store, error) == -1)
		found = FAILED;
err:
	keyring_free(&ring);
	buffer_wipe(&note);
	return found;
}
