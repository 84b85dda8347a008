#include <stdlib.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/flow.h"
#include "rules/rules.h"
#include "store/auth.h"
#include "store/store.h"

static int
keep_call(int64_t at, int step, void *argument)
{
	struct follow_up *follow_up = argument;

	follow_up->plan = case_grow(follow_up->plan, follow_up->plan_count, sizeof(*follow_up->plan));
	follow_up->plan[follow_up->plan_count++] = (struct follow_up_call){ at, step != 0 };
	return 0;
}

struct naming {
	struct follow_up *follow_up;
	struct store *store;
	struct error *error;
	int result;
};

static int
keep_second(int64_t account, void *argument)
{
	struct naming *naming = argument;
	struct follow_up *follow_up = naming->follow_up;

	follow_up->seconds = case_grow(follow_up->seconds, follow_up->seconds_count,
	    sizeof(*follow_up->seconds));
	naming->result = account_name(naming->store, account,
	    follow_up->seconds[follow_up->seconds_count++].name, naming->error);
	return naming->result;
}

static int
read_closing(struct follow_up *follow_up, struct store *store, int64_t number,
    struct error *error)
{
	struct closing_row row;

	switch (store_closing_get(store, number, &row, error)) {
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
	return account_name(store, row.account, follow_up->closing.author, error);
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
follow_up_read(struct casefile *file, struct store *store, const struct identity *reader,
    struct error *error)
{
	struct follow_up *follow_up = &file->follow_up;
	struct naming naming = { follow_up, store, error, 0 };
	int64_t number = file->row.number;

	if (file->row.closed_at != 0)
		return 0;
	if (read_closing(follow_up, store, number, error) == -1 ||
	    store_closing_seconds(store, number, reader->account, keep_second, &naming,
	    error) == -1 || naming.result == -1 ||
	    store_plan_each(store, number, keep_call, follow_up, error) == -1)
		return -1;
	follow_up->over = declined(file) || all_made(follow_up);
	return store_reminder_get(store, number, &follow_up->reminder_at, error) == FAILED ? -1 : 0;
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
follow_up_next(struct store *store, int64_t number, int64_t now, int64_t due_at, int64_t *at,
    struct error *error)
{
	struct follow_up follow_up = { 0 };
	int result = store_plan_each(store, number, keep_call, &follow_up, error);

	*at = follow_up_planned(&follow_up, now, due_at);
	follow_up_free(&follow_up);
	return result;
}

/* In place of whatever was planned before. */
static int
write_plan(struct store *store, const struct config_queue *queue, int64_t number,
    const struct case_act *act, struct error *error)
{
	if (store_plan_remove(store, number, error) == -1)
		return -1;
	for (int i = 0; i < PLAN_CALLS; i++) {
		if (act->plan[i] != 0 && store_plan_add(store, number,
		    duetime_on(queue, day_of(act->plan[i])), error) == -1)
			return -1;
	}
	return 0;
}

int
follow_up_settle(struct store *store, const struct config_queue *queue, int64_t number,
    const struct case_act *act, int64_t due_before, struct error *error)
{
	/* Whatever changes the case changes what a closing was asked for. */
	if (!act_has(act->act, ACT_IS_QUIET) && act->act != ACT_PROPOSE &&
	    store_closing_remove(store, number, error) == -1)
		return -1;
	switch (act->act) {
	case ACT_BEGIN:
		return write_plan(store, queue, number, act, error);
	case ACT_REACHED:
		return store_plan_done(store, number, made_until(act->now, due_before), error);
	case ACT_UNDO:
		return store_plan_undone(store, number, act->back.step, error);
	case ACT_DECLINE:
		return store_plan_remove(store, number, error);
	case ACT_REMIND:
		return act->remind_at == 0 ? store_reminder_remove(store, number, error) :
		    store_reminder_put(store, number, act->remind_at, error);
	case ACT_ACCEPT:
		return store_reminder_remove(store, number, error);
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
purge_some(struct store *store, const struct config *config, int64_t before, int64_t now,
    struct due *due, struct error *error)
{
	const struct case_act act = { .act = ACT_PURGE, .actor = ACTOR_SYSTEM, .now = now };

	due->count = 0;
	if (store_begin(store, error) == -1)
		return -1;
	if (store_case_each_closed(store, before, keep_number, due, error) == -1)
		goto err;
	for (size_t i = 0; i < due->count; i++) {
		if (case_do_surely(store, config, due->number[i], &act, error) == -1)
			goto err;
	}
	return store_commit(store, error);
err:
	store_rollback(store);
	return -1;
}

int64_t
retention_run(struct store *store, const struct config *config, int64_t now,
    struct error *error)
{
	int64_t before = months_before(now, config->retention_months), purged = 0;
	struct due due;

	do {
		if (purge_some(store, config, before, now, &due, error) == -1)
			return -1;
		purged += (int64_t)due.count;
	} while (due.count > 0);
	if (purged > 0 && store_settle(store, error) == -1)
		return -1;
	return purged;
}
