/* The acts of a coordinator on a case, each in one transaction. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/case_internal.h"
#include "flow/keys.h"
#include "flow/messages.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/messages.h"
#include "store/store.h"

/*
 * Fills in the undo that lifts the reader's own conflict of interest, because of which the
 * reader does not see the case. ABSENT: it cannot be undone any more.
 */
static enum answer
find_recusal(struct work *work, int64_t number, struct case_row *row, struct case_act *act)
{
	enum answer answer = case_read_recused(work, number, row, &act->actor);

	if (answer == FOUND && case_last(work, number, act->account, row, &act->back) == -1)
		answer = FAILED;
	return answer == FOUND && act->back.step == 0 ? ABSENT : answer;
}

enum answer
undo_offered(struct work *work, int64_t number, struct undoable *undoable)
{
	struct case_act act = { .act = ACT_UNDO, .account = work->actor->account,
	    .now = work->now };
	const struct config_queue *queue;
	struct case_row row, undone;
	enum answer answer = case_read(work, number, &row, &act.actor);

	if (answer == FOUND && case_last(work, number, act.account, NULL, &act.back) == -1)
		answer = FAILED;
	else if (answer == ABSENT)
		answer = find_recusal(work, number, &row, &act);
	if (answer != FOUND)
		return answer;
	queue = config_queue(work->config, row.queue);
	undone = row;
	if (queue == NULL || case_judge(&undone, &act, work->config, queue) != LIFECYCLE_OK)
		return ABSENT;
	*undoable = (struct undoable){
		.act = act.back.last.act,
		.at = act.back.last.at,
		.due_at = row.due_at,
		.retry = duetime_retry_why(queue, row.when, act.back.last.at)
	};
	return FOUND;
}

/*
 * Accepts one outcome, work and studies together, or none, which the lifecycle then
 * refuses.
 */
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

/*
 * Fills in the facts for the no-contact rule. Whether the person allows text messages is
 * sealed.
 */
static enum answer
weigh_attempts(struct keyring *ring, int64_t number, struct attempts *attempts)
{
	struct form form = { 0 };
	enum answer answer;

	if (case_attempts(ring->work, number, attempts) == -1)
		return FAILED;
	answer = keyring_submission(ring, number, &form);
	if (answer != FOUND)
		return answer;
	attempts->may_text = contact_allows_text(&form);
	form_wipe(&form);
	return FOUND;
}

static int
fill_answer(struct work *work, struct callback_answer *answer, const struct case_row *row)
{
	struct case_row after;
	unsigned actor = 0;

	if (case_read(work, row->number, &after, &actor) == FAILED)
		return -1;
	answer->due_at = row->due_at;
	answer->mine = (actor & ACTOR_HOLDER) != 0;
	return account_name(work, row->holder, answer->holder);
}

/*
 * Finds the proposal that the reader answers; ACT_CONFIRM takes its outcomes.
 * LIFECYCLE_STATE when it is not there any more.
 */
static enum answer
find_closing(struct keyring *ring, const struct callback *callback, struct case_act *act,
    enum lifecycle_verdict *verdict)
{
	struct closing_row closing;
	enum answer found = store_closing_get(ring->work->store, callback->number, &closing,
	    &ring->work->error);

	if (found == FAILED)
		return FAILED;
	if (found == ABSENT || closing.record != callback->closing)
		*verdict = LIFECYCLE_STATE;
	else if (callback->act == ACT_CONFIRM)
		act->outcomes = closing.outcomes;
	return FOUND;
}

/* LIFECYCLE_STATE when a colleague has talked with the person since the page was opened. */
static enum answer
find_talk(struct work *work, const struct callback *callback, struct callback_answer *answer)
{
	struct event_row talk;
	enum answer found;

	if (callback->seen == 0 || !act_has(callback->act, ACT_IS_ATTEMPT))
		return FOUND;
	found = case_talk_after(work, callback->number, work->actor->account, callback->seen, &talk);
	if (found != FOUND)
		return found == ABSENT ? FOUND : FAILED;
	answer->verdict = LIFECYCLE_STATE;
	answer->talk.at = talk.at;
	return account_name(work, talk.account, answer->talk.by) == -1 ? FAILED : FOUND;
}

/* Reads what the act needs from the store before it can be judged. */
static enum answer
prepare(struct keyring *ring, const struct callback *callback, const struct case_row *row,
    struct case_act *act, enum lifecycle_verdict *verdict)
{
	enum answer found = FOUND;

	switch (callback->act) {
	case ACT_UNDO:
		/* The undo of a conflict of interest is filled in already. */
		return act->back.step == 0 && case_last(ring->work, row->number, act->account,
		    NULL, &act->back) == -1 ? FAILED : FOUND;
	case ACT_CONFIRM:
	case ACT_OBJECT:
		found = find_closing(ring, callback, act, verdict);
		break;
	case ACT_REMIND:
		if (callback->remind_at != 0 && !reminder_fits(row->age))
			*verdict = LIFECYCLE_STATE;
		break;
	default:
		break;
	}
	if (found == FOUND && act->outcomes == 1U << OUTCOME_NO_CONTACT)
		found = weigh_attempts(ring, row->number, &act->attempts);
	return found;
}

/* Writes the note, the text message, and the proposal to close whose reason is the note. */
static int
write_along(struct keyring *ring, const struct callback *callback, const struct case_act *act,
    const struct case_row *row, const struct buffer *note)
{
	struct closing_row closing = {
		.case_number = row->number,
		.account = ring->work->actor->account,
		.at = ring->work->now,
		.outcomes = callback->outcomes
	};

	if (note->length > 0 && note_write(ring, row->number, callback->act, note,
	    &closing.record) == -1)
		return -1;
	if (callback->text != NULL && text_queue(ring, row, callback->text) == -1)
		return -1;
	if ((callback->act == ACT_WRONG_NUMBER || act->back.last.act == ACT_WRONG_NUMBER) &&
	    helper_settle(ring, row->number, callback->act) == -1)
		return -1;
	if (callback->act == ACT_WRONG_NUMBER)
		return store_message_drop(ring->work->store, row->number, 0, ring->work->now,
		    &ring->work->error);
	if (act_has(act->back.last.act, ACT_IS_TEXT))
		return store_message_drop(ring->work->store, row->number, act->back.last.at,
		    ring->work->now, &ring->work->error);
	if (callback->act != ACT_PROPOSE)
		return 0;
	if (store_closing_put(ring->work->store, &closing, &ring->work->error) == -1)
		return -1;
	return store_alert_add(ring->work->store, row->queue, row->number, ALERT_CONFIRM,
	    ring->work->now, &ring->work->error);
}

/*
 * A proposal to close and a second person's objection need a reason. A holder who withdraws
 * the proposal needs none.
 */
static bool
needs_note(enum act act, unsigned actor)
{
	return act == ACT_NOTE || act == ACT_PROPOSE ||
	    (act == ACT_OBJECT && (actor & ACTOR_SECOND) != 0);
}

/* Within a transaction, which the caller commits or rolls back by the verdict. */
static enum answer
judge_and_write(struct keyring *ring, const struct callback *callback,
    struct callback_answer *answer)
{
	const struct identity *reader = ring->work->actor;
	struct case_act act = {
		.act = callback->act,
		.account = reader->account,
		.until_at = callback->until_at,
		.outcomes = callback->outcomes,
		.remind_at = callback->remind_at,
		.now = ring->work->now
	};
	struct buffer note = { 0 };
	struct case_row row;
	enum answer found = case_read(ring->work, callback->number, &row, &act.actor);

	memcpy(act.plan, callback->plan, sizeof(act.plan));
	if (found == ABSENT && act.act == ACT_UNDO)
		found = find_recusal(ring->work, callback->number, &row, &act);
	if (found == FOUND)
		found = prepare(ring, callback, &row, &act, &answer->verdict);
	if (found == FOUND)
		found = find_talk(ring->work, callback, answer);
	if (found != FOUND)
		return found;
	answer->was_closed = row.closed_at != 0;
	answer->note = note_read(callback->note, needs_note(act.act, act.actor), &note);
	if (answer->note != FAULT_NONE)
		(void)error_set(&ring->work->error, ERROR_INPUT, "the note cannot be taken");
	if (answer->note != FAULT_NONE ||
	    (answer->verdict == LIFECYCLE_OK &&
	    case_do(ring->work, &row, &act, &answer->verdict) == -1) ||
	    (answer->verdict == LIFECYCLE_OK && write_along(ring, callback, &act, &row, &note) == -1))
		found = FAILED;
	buffer_wipe(&note);
	if (found == FOUND && fill_answer(ring->work, answer, &row) == -1)
		found = FAILED;
	return found;
}

enum answer
callback_do(struct work *work, const struct callback *callback, struct callback_answer *answer)
{
	struct keyring ring = { .work = work };
	enum answer found;

	memset(answer, 0, sizeof(*answer));
	if (check_outcomes(callback, &work->error) == -1 ||
	    work_begin(work) == -1)
		return FAILED;
	found = judge_and_write(&ring, callback, answer);
	found = work_settle(work, found == FOUND && answer->verdict == LIFECYCLE_OK, found);
	keyring_free(&ring);
	return found;
}
