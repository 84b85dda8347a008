/*
 * Facts that are computed from the audit trail: attempts, and the act that can be undone. A
 * step that was undone stays in the trail but does not count.
 */
#include <stdlib.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/case_internal.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "store/store.h"

struct trail {
	struct event_row *event;
	bool *undone;
	size_t count;
};

static int
keep(const struct event_row *event, void *argument)
{
	struct trail *trail = argument;

	trail->event = array_grow(trail->event, trail->count, sizeof(*trail->event));
	trail->undone = array_grow(trail->undone, trail->count, sizeof(*trail->undone));
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

static void
count_one(struct attempts *attempts, const struct event_row *event, int32_t *last_day)
{
	int32_t day = day_of(event->at);
	struct tm local;

	if (attempts->count++ == 0 || day != *last_day)
		attempts->days++;
	*last_day = day;
	clock_local(event->at, &local);
	if (local.tm_hour < 12)
		attempts->morning = true;
	else
		attempts->afternoon = true;
	if (event->act == ACT_TEXTED)
		attempts->texted = true;
}

/* Counts over the first `count` steps. */
static struct attempts
count_attempts(const struct trail *trail, size_t count)
{
	struct attempts attempts = { .may_text = true };
	int32_t last_day = 0;

	for (size_t i = 0; i < count; i++) {
		const struct event_row *event = &trail->event[i];

		if (trail->undone[i])
			continue;
		if (act_has(event->act, ACT_IS_TALK) || event->act == ACT_REOPEN)
			attempts = (struct attempts){ .may_text = true };
		else if (act_has(event->act, ACT_IS_ATTEMPT))
			count_one(&attempts, event, &last_day);
	}
	return attempts;
}

int
case_attempts(struct work *work, int64_t number, struct attempts *attempts)
{
	struct trail trail;

	if (audit_trail_read(work, &trail, number) == -1)
		return -1;
	*attempts = count_attempts(&trail, trail.count);
	audit_trail_free(&trail);
	return 0;
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

int
case_last(struct work *work, int64_t number, int64_t account, struct case_moment *moment)
{
	struct trail trail;
	size_t at;

	*moment = (struct case_moment){ 0 };
	if (audit_trail_read(work, &trail, number) == -1)
		return -1;
	at = last_change(&trail);
	/*
	 * The first step made the case, and nothing comes before it. Old steps did not
	 * record the holder; they cannot be undone.
	 */
	if (at > 0 && at < trail.count &&
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
