/* Planned contacts, reminders, closings that wait, and the purge that ends it all. */
#include <stdlib.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/case_internal.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "store/store.h"

static int
keep_call(int64_t at, int step, void *argument)
{
	struct follow_up *follow_up = argument;

	follow_up->plan = array_grow(follow_up->plan, follow_up->plan_count, sizeof(*follow_up->plan));
	follow_up->plan[follow_up->plan_count++] = (struct follow_up_call){ at, step != 0 };
	return 0;
}

struct naming {
	struct work *work;
	struct follow_up *follow_up;
	int result;
};

static int
keep_second(int64_t account, void *argument)
{
	struct naming *naming = argument;
	struct follow_up *follow_up = naming->follow_up;

	follow_up->seconds = array_grow(follow_up->seconds, follow_up->seconds_count,
	    sizeof(*follow_up->seconds));
	naming->result = account_name(naming->work, account,
	    follow_up->seconds[follow_up->seconds_count++].name);
	return naming->result;
}

static int
read_closing(struct work *work, struct follow_up *follow_up, int64_t number)
{
	struct closing_row row;

	switch (store_closing_get(work->store, number, &row, &work->error)) {
	case FAILED:
		return -1;
	case ABSENT:
		return 0;
	case FOUND:
		break;
	}
	follow_up->closing.account = row.account;
	follow_up->closing.at = row.at;
	follow_up->closing.outcomes = row.outcomes;
	follow_up->closing.record = row.record;
	return account_name(work, row.account, follow_up->closing.author);
}

static bool
all_made(const struct follow_up *follow_up)
{
	for (size_t i = 0; i < follow_up->plan_count; i++) {
		if (!follow_up->plan[i].done)
			return false;
	}
	return follow_up->plan_count > 0;
}

/* Whether the person declined more calls, and nothing has begun since. */
static bool
declined(const struct casefile *file)
{
	for (size_t i = file->trail_count; i > 0; i--) {
		enum act act = file->trail[i - 1].act;

		if (act == ACT_DECLINE)
			return true;
		if (act == ACT_BEGIN || act == ACT_REOPEN)
			return false;
	}
	return false;
}

int
follow_up_read(struct work *work, struct casefile *file)
{
	struct follow_up *follow_up = &file->follow_up;
	struct naming naming = { .work = work, .follow_up = follow_up, .result = 0 };
	int64_t number = file->row.number;

	if (file->row.closed_at != 0)
		return 0;
	if (read_closing(work, follow_up, number) == -1 ||
	    store_closing_seconds(work->store, number, work->actor->account, keep_second,
	    &naming, &work->error) == -1 ||
	    naming.result == -1 || store_plan_each(work->store, number, keep_call, follow_up,
	    &work->error) == -1)
		return -1;
	follow_up->over = declined(file) || all_made(follow_up);
	return store_reminder_get(work->store, number, &follow_up->reminder_at,
	    &work->error) == FAILED ? -1 : 0;
}

void
follow_up_free(struct follow_up *follow_up)
{
	free(follow_up->seconds);
	free(follow_up->plan);
}

/* A talk is the planned one when it comes early, and every one that was missed. */
static int64_t
made_until(int64_t now, int64_t due_at)
{
	return due_at > now ? due_at : now;
}

int64_t
follow_up_planned(const struct follow_up *follow_up, int64_t now, int64_t due_at)
{
	for (size_t i = 0; i < follow_up->plan_count; i++) {
		if (!follow_up->plan[i].done && follow_up->plan[i].at > made_until(now, due_at))
			return follow_up->plan[i].at;
	}
	return 0;
}

int
follow_up_next(struct work *work, int64_t number, int64_t due_at, int64_t *at)
{
	struct follow_up follow_up = { 0 };
	int result = store_plan_each(work->store, number, keep_call, &follow_up, &work->error);

	*at = follow_up_planned(&follow_up, work->now, due_at);
	follow_up_free(&follow_up);
	return result;
}

/* In place of whatever was planned before. */
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
	/* Whatever changes the case changes what a closing was asked for. */
	if (!act_has(act->act, ACT_IS_QUIET) && act->act != ACT_PROPOSE &&
	    store_closing_remove(work->store, number, &work->error) == -1)
		return -1;
	switch (act->act) {
	case ACT_BEGIN:
		return write_plan(work, queue, number, act);
	case ACT_REACHED:
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

/* The same date so many months before; the 31st of a shorter month runs over into the next. */
static int64_t
months_before(int64_t now, int months)
{
	struct tm local;
	int month;

	clock_local(now, &local);
	month = (local.tm_year + 1900) * 12 + local.tm_mon - months;
	return clock_at(month / 12, month % 12 + 1, local.tm_mday, 0, 0);
}

/* Finds and purges in one transaction: every worker looks at the same hour. */
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
