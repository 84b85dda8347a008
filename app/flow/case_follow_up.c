/* Planned contacts, reminders, closings that wait for a second person, and the purge. */
#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/case_internal.h"
#include "flow/work.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

/*
 * A talk makes all planned contacts that are due by now. When it comes early, it also makes
 * the one for which the case is due.
 */
static int64_t
made_until(int64_t now, int64_t due_at)
{
	return due_at > now ? due_at : now;
}

struct search {
	int64_t after, at;
};

static int
find_call(int64_t at, int step, void *argument)
{
	struct search *search = argument;

	if (step != 0 || at <= search->after)
		return 0;
	search->at = at;
	return 1;
}

int
follow_up_next(struct work *work, int64_t number, int64_t due_at, int64_t *at)
{
	struct search search = { .after = made_until(work->now, due_at) };
	int result = store_plan_each(work->store, number, find_call, &search, &work->error);

	*at = search.at;
	return result;
}

/* Replaces the earlier planned contacts. */
static int
write_plan(struct work *work, const struct config_queue *queue, int64_t number,
    const struct case_act *act)
{
	if (store_plan_remove(work->store, number, &work->error) == -1)
		return -1;
	for (int i = 0; i < PLAN_CALLS; i++) {
		if (act->plan[i] != 0 && store_plan_add(work->store, number,
		    duetime_on(queue, day_of(act->plan[i])), &work->error) == -1)
			return -1;
	}
	return 0;
}

int
follow_up_settle(struct work *work, const struct config_queue *queue, int64_t number,
    const struct case_act *act, int64_t due_before)
{
	/*
	 * An act that changes the case ends a proposal to close it, because its reason may
	 * not hold any more.
	 */
	if (!act_has(act->act, ACT_IS_QUIET) && act->act != ACT_PROPOSE &&
	    store_closing_remove(work->store, number, &work->error) == -1)
		return -1;
	switch (act->act) {
	case ACT_BEGIN:
		return write_plan(work, queue, number, act);
	case ACT_REACHED:
	case ACT_RANG_BACK:
		return store_plan_done(work->store, number, made_until(act->now, due_before),
		    &work->error);
	case ACT_UNDO:
		return store_plan_undone(work->store, number, act->back.step, &work->error);
	case ACT_DECLINE:
		return store_plan_remove(work->store, number, &work->error);
	case ACT_REMIND:
		return act->remind_at == 0 ? store_reminder_remove(work->store, number,
		    &work->error) :
		    store_reminder_put(work->store, number, act->remind_at, &work->error);
	case ACT_ACCEPT:
		return store_reminder_remove(work->store, number, &work->error);
	default:
		return 0;
	}
}

#define AT_ONCE	64

struct due {
	int64_t number[AT_ONCE];
	size_t count;
};

static int
keep_number(int64_t number, void *argument)
{
	struct due *due = argument;

	due->number[due->count++] = number;
	return due->count == AT_ONCE;
}

/*
 * The same date so many months earlier; the 31st of a shorter month becomes a day of the
 * next.
 */
static int64_t
months_before(int64_t now, int months)
{
	struct tm local;
	int month;

	clock_local(now, &local);
	month = (local.tm_year + 1900) * 12 + local.tm_mon - months;
	return clock_at(month / 12, month % 12 + 1, local.tm_mday, 0, 0);
}

/* Finds and purges in one transaction, because the workers do it at the same time. */
static int
purge_some(struct work *work, int64_t before, struct due *due)
{
	const struct case_act act = { .act = ACT_PURGE, .actor = ACTOR_SYSTEM,
	    .now = work->now };

	due->count = 0;
	if (work_begin(work) == -1)
		return -1;
	if (store_case_each_closed(work->store, before, keep_number, due, &work->error) == -1)
		goto err;
	for (size_t i = 0; i < due->count; i++) {
		if (case_do_surely(work, due->number[i], &act) == -1)
			goto err;
	}
	return work_end(work, 0);
err:
	work_undo(work);
	return -1;
}

int64_t
retention_run(struct work *work)
{
	int64_t before = months_before(work->now, work->config->retention_months), purged = 0;
	struct due due;

	do {
		if (purge_some(work, before, &due) == -1)
			return -1;
		purged += (int64_t)due.count;
	} while (due.count > 0);
	if (purged > 0 && store_settle(work->store, &work->error) == -1)
		return -1;
	return purged;
}
