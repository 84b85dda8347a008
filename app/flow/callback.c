#include <string.h>

#include "flow/case.h"
#include "flow/flow.h"
#include "flow/keyring.h"

#define WORK_AND_STUDIES	(1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES)

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
    const struct callback *callback, const struct buffer *note, int64_t now,
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
	if (answer->verdict == LIFECYCLE_OK && note->length > 0 &&
	    note_write(ring, callback->number, callback->act, note, now, NULL, error) == -1)
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
	if (note_read(callback->note, callback->act == ACT_NOTE, &note, error) == -1 ||
	    check_outcomes(callback, error) == -1 || store_begin(store, error) == -1)
		goto err;
	found = judge_and_write(&ring, config, callback, &note, now, answer, error);
	if (found != FOUND || answer->verdict != LIFECYCLE_OK)
		store_rollback(store);
	else if (store_commit(store, error) == -1)
		found = FAILED;
err:
	keyring_free(&ring);
	buffer_wipe(&note);
	return found;
}
