/*
 * Facts that are computed from the audit trail: attempts, and the act that can be undone. A
 * step that was undone stays in the trail but does not count.
 */
#include <stdlib.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/case_internal.h"
#include "flow/work.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/messages.h"
#include "store/store.h"

struct trail {
	struct event_row *event;
	bool *undone;
	bool *unsent;			/* of a text message */
	bool *left;			/* of a text message: the person has it, or may have it */
	size_t count;
};

static int
keep(const struct event_row *event, void *argument)
{
	struct trail *trail = argument;

	trail->event = array_grow(trail->event, trail->count, sizeof(*trail->event));
	trail->undone = array_grow(trail->undone, trail->count, sizeof(*trail->undone));
	trail->unsent = array_grow(trail->unsent, trail->count, sizeof(*trail->unsent));
	trail->left = array_grow(trail->left, trail->count, sizeof(*trail->left));
	trail->event[trail->count++] = *event;
	/* Steps count from 1, without gaps. */
	if (event->of_step > 0 && (size_t)event->of_step < trail->count)
		trail->undone[event->of_step - 1] = true;
	return 0;
}

static void
audit_trail_free(struct trail *trail)
{
	free(trail->event);
	free(trail->undone);
	free(trail->unsent);
	free(trail->left);
}

static int
audit_trail_read(struct work *work, struct trail *trail, int64_t number)
{
	*trail = (struct trail){ 0 };
	if (store_event_each(work->store, number, keep, trail, &work->error) == 0)
		return 0;
	audit_trail_free(trail);
	return -1;
}

/* Marks the step of a text message by what became of it. */
static int
mark_text(const struct message_row *message, void *argument)
{
	struct trail *trail = argument;

	for (size_t i = 0; i < trail->count; i++) {
		const struct event_row *event = &trail->event[i];

		/* The act queued it, in the same transaction. */
		if (!act_has(event->act, ACT_IS_TEXT) || event->at != message->created_at ||
		    event->account != message->account)
			continue;
		trail->unsent[i] = message->state != MESSAGE_SENT;
		trail->left[i] = message->state == MESSAGE_SENT ||
		    message->state == MESSAGE_SENDING || message->state == MESSAGE_UNKNOWN;
	}
	return 0;
}

/* Counts over the first `count` steps. */
static struct attempts
count_attempts(const struct trail *trail, size_t count)
{
	struct attempts attempts = { .may_text = true };

	for (size_t i = 0; i < count; i++) {
		const struct event_row *event = &trail->event[i];

		if (!trail->undone[i])
			attempts_add(&attempts, event->act, event->at, !trail->unsent[i]);
	}
	return attempts;
}

int
case_attempts(struct work *work, int64_t number, struct attempts *attempts)
{
	struct trail trail;
	int result;

	if (audit_trail_read(work, &trail, number) == -1)
		return -1;
	result = store_message_each_of_case(work->store, number, mark_text, &trail,
	    &work->error);
	*attempts = count_attempts(&trail, trail.count);
	audit_trail_free(&trail);
	return result;
}

/*
 * Returns the index of the last step that changed the case and was not undone; trail->count
 * when there is none.
 */
static size_t
last_change(const struct trail *trail)
{
	for (size_t i = trail->count; i > 0; i--) {
		enum act act = trail->event[i - 1].act;

		if (!trail->undone[i - 1] && act != ACT_UNDO && !act_has(act, ACT_IS_QUIET))
			return i - 1;
	}
	return trail->count;
}

/*
 * Clears *moment when the account that would hold the case again cannot open it any more:
 * it has left the queue, or has a conflict of interest.
 */
static int
drop_departed(struct work *work, struct case_moment *moment, int64_t number)
{
	struct case_access policy;

	if (moment->holder == 0)
		return 0;
	if (store_case_standing(work->store, number, moment->holder, 0, &policy,
	    &work->error) == FAILED)
		return -1;
	if (!policy.member || policy.recused)
		*moment = (struct case_moment){ 0 };
	return 0;
}

/* The index of the account's last conflict of interest that stands; trail->count without. */
static size_t
last_recusal(const struct trail *trail, int64_t account)
{
	for (size_t i = trail->count; i > 0; i--) {
		const struct event_row *event = &trail->event[i - 1];

		if (event->act == ACT_RECUSE && event->account == account && !trail->undone[i - 1])
			return i - 1;
	}
	return trail->count;
}

/*
 * Gives the case back to the account that held it before the conflict of interest, if that
 * account can still open it.
 */
static int
give_back(struct work *work, struct case_moment *moment, const struct event_row *event)
{
	const int64_t holder = event[-1].holder;
	struct case_access policy;

	if (holder == moment->holder)
		return 0;
	if (store_case_standing(work->store, event->case_number, holder, 0, &policy,
	    &work->error) == FAILED)
		return -1;
	if (policy.member && (!policy.recused || holder == event->account)) {
		moment->last.from = event->from;
		moment->holder = holder;
	}
	return 0;
}

/* The conflict of interest that the account declared a moment ago. */
static int
last_declared(struct work *work, const struct trail *trail, int64_t account,
    const struct case_row *row, struct case_moment *moment)
{
	const size_t at = last_recusal(trail, account);
	const struct event_row *event = &trail->event[at];

	if (at == 0 || at == trail->count || work->now - event->at > UNDO_SECONDS)
		return 0;
	*moment = (struct case_moment){
		.last = { ACT_RECUSE, row->state, event->at, true },
		.step = event->step, .due_at = row->due_at, .holder = row->holder,
		.attempts = row->attempts
	};
	return at == last_change(trail) ? give_back(work, moment, event) : 0;
}

int
case_last(struct work *work, int64_t number, int64_t account, const struct case_row *recused,
    struct case_moment *moment)
{
	struct trail trail;
	int result;
	size_t at;

	*moment = (struct case_moment){ 0 };
	if (audit_trail_read(work, &trail, number) == -1)
		return -1;
	if (store_message_each_of_case(work->store, number, mark_text, &trail, &work->error) == -1) {
		audit_trail_free(&trail);
		return -1;
	}
	if (recused != NULL) {
		result = last_declared(work, &trail, account, recused, moment);
		audit_trail_free(&trail);
		return result;
	}
	at = last_change(&trail);
	/*
	 * The first step made the case, and nothing comes before it. Old steps did not
	 * record the holder; they cannot be undone. Nor can a text that has left.
	 */
	if (at > 0 && at < trail.count && !trail.left[at] &&
	    (trail.event[at - 1].holder != 0 || trail.event[at].from == STATE_WAITING)) {
		const struct event_row *event = &trail.event[at], *before = event - 1;

		moment->last = (struct lifecycle_last){
			event->act, event->from, event->at, event->account == account
		};
		moment->step = event->step;
		moment->due_at = before->due_at;
		moment->holder = before->holder;
		moment->attempts = count_attempts(&trail, at).count;
	}
	audit_trail_free(&trail);
	return drop_departed(work, moment, number);
}

enum answer
case_talk_after(struct work *work, int64_t number, int64_t account, int seen,
    struct event_row *talk)
{
	struct trail trail;
	enum answer answer = ABSENT;

	if (audit_trail_read(work, &trail, number) == -1)
		return FAILED;
	for (size_t i = 0; i < trail.count; i++) {
		if (trail.event[i].step <= seen || trail.undone[i] ||
		    trail.event[i].account == account ||
		    !act_has(trail.event[i].act, ACT_IS_TALK))
			continue;
		*talk = trail.event[i];
		answer = FOUND;
	}
	audit_trail_free(&trail);
	return answer;
}
