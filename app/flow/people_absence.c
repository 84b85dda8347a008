/* Absences and deputies. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/people.h"
#include "flow/work.h"
#include "store/auth.h"
#include "store/people.h"
#include "store/store.h"

/* the first day is at most a year from today, before or after */
#define AHEAD_DAYS	366
#define LONGEST_DAYS	(3 * 366)

static bool
days_fit(const struct absence_wish *wish, int32_t today)
{
	if (wish->from_day < today - AHEAD_DAYS || wish->from_day > today + AHEAD_DAYS)
		return false;
	return wish->to_day == 0 || (wish->to_day >= wish->from_day && wish->to_day >= today &&
	    wish->to_day <= wish->from_day + LONGEST_DAYS);
}

static bool
overlap(const struct absence_row *one, const struct absence_row *other)
{
	return (one->to_day == 0 || other->from_day <= one->to_day) &&
	    (other->to_day == 0 || one->from_day <= other->to_day);
}

static bool
is_caller(const struct account_row *account)
{
	return account->active && account->role != ROLE_ADMINISTRATOR;
}

bool
absence_may_deputise(const struct colleague *deputy, const struct colleague *absent)
{
	return is_caller(&deputy->account) && deputy->account.number != absent->account.number &&
	    queue_list_share(&deputy->queues, &absent->queues);
}

/* Checks whether an account can be the deputy on those days. */
static int
judge_deputy(struct work *work, const struct policy *policy, const struct account_row *deputy,
    const struct absence_row *row, enum absence_verdict *verdict)
{
	struct queue_list queues;
	struct absence_row own;
	enum answer away;
	int result = queue_list_read(work, &queues, deputy->number);
	const bool apart = !queue_list_share(&queues, &policy->queues);

	queue_list_free(&queues);
	if (result == -1)
		return -1;
	away = store_absence_get(work->store, deputy->number, &own, &work->error);
	if (!is_caller(deputy) || deputy->number == row->account)
		*verdict = ABSENCE_DEPUTY;
	else if (apart)
		*verdict = ABSENCE_APART;
	else if (away == FOUND && overlap(&own, row))
		*verdict = ABSENCE_AWAY;
	return away == FAILED ? -1 : 0;
}

static int
find_deputy(struct work *work, const struct policy *policy, const struct absence_wish *wish,
    struct absence_row *row, enum absence_verdict *verdict)
{
	struct account_row deputy;

	if (wish->deputy == NULL || wish->deputy[0] == '\0') {
		if (policy->reader->role != ROLE_LEAD)
			*verdict = ABSENCE_NOBODY;
		return 0;
	}
	switch (store_account_by_user(work->store, wish->deputy, &deputy, &work->error)) {
	case FOUND:
		row->deputy = deputy.number;
		return judge_deputy(work, policy, &deputy, row, verdict);
	case ABSENT:
		*verdict = ABSENCE_DEPUTY;
		return 0;
	case FAILED:
	default:
		return -1;
	}
}

static int
begin(struct work *work, const struct policy *policy, const struct absence_wish *wish,
    enum absence_verdict *verdict)
{
	struct absence_row row = {
		.account = policy->account.number,
		.from_day = wish->from_day, .to_day = wish->to_day
	};

	if (!staff_policy_allows(policy, POLICY_BE_AWAY))
		*verdict = ABSENCE_ROLE;
	else if (!days_fit(wish, day_of(work->now)))
		*verdict = ABSENCE_DAYS;
	else if (find_deputy(work, policy, wish, &row, verdict) == -1)
		return -1;
	return *verdict == ABSENCE_OK ? store_absence_put(work->store, &row, &work->error) : 0;
}

static int
end(struct work *work, const struct policy *policy, enum absence_verdict *verdict)
{
	struct absence_row row;

	if (!staff_policy_allows(policy, POLICY_BE_AWAY)) {
		*verdict = ABSENCE_ROLE;
		return 0;
	}
	switch (store_absence_get(work->store, policy->account.number, &row, &work->error)) {
	case FOUND:
		return store_absence_remove(work->store, row.account, &work->error);
	case ABSENT:
		*verdict = ABSENCE_GONE;
		return 0;
	case FAILED:
	default:
		return -1;
	}
}

/* Registers an absence; with wish NULL, ends it. */
static int
change(struct work *work, const char *user, const struct absence_wish *wish,
    enum absence_verdict *verdict)
{
	struct policy policy;
	int result = -1;

	*verdict = ABSENCE_OK;
	if (work_begin_keys(work) == -1)
		return -1;
	switch (staff_policy_read(work, &policy, user != NULL ? user : work->actor->user)) {
	case FOUND:
		result = wish != NULL ? begin(work, &policy, wish, verdict) :
		    end(work, &policy, verdict);
		staff_policy_free(&policy);
		break;
	case ABSENT:
		*verdict = ABSENCE_GONE;
		result = 0;
		break;
	case FAILED:
		break;
	}
	/* A refusal has changed nothing. */
	return work_end(work, result);
}

int
absence_begin(struct work *work, const struct absence_wish *wish, enum absence_verdict *verdict)
{
	return change(work, wish->user, wish, verdict);
}

int
absence_end(struct work *work, const char *user, enum absence_verdict *verdict)
{
	return change(work, user, NULL, verdict);
}

int
absence_standing(struct work *work, standing_fn each, void *argument)
{
	return store_absence_standing(work->store, work->actor->account, day_of(work->now), each,
	    argument, &work->error);
}

int
absence_forget(struct work *work)
{
	if (work_begin_keys(work) == -1)
		return -1;
	return work_end(work, store_absence_forget(work->store, day_of(work->now),
	    &work->error));
}

struct reading {
	struct work *work;
	struct absences *all;
	struct queue_list own;			/* the reader's queues */
	int result;
};

static bool
lasts(const struct absence_row *row, int32_t day)
{
	return row->from_day <= day && (row->to_day == 0 || row->to_day >= day);
}

/* Returns 1 when the reader may see the absence, else 0; -1 on failure. */
static int
is_near(struct reading *reading, const struct absence_row *row)
{
	struct queue_list queues;
	int result;

	if (row->account == reading->work->actor->account ||
	    reading->work->actor->role == ROLE_ADMINISTRATOR)
		return 1;
	result = queue_list_read(reading->work, &queues, row->account);
	if (result == 0)
		result = queue_list_share(&queues, &reading->own);
	queue_list_free(&queues);
	return result;
}

static int
fill_deputy(struct reading *reading, struct absence *absence)
{
	struct account_row deputy;
	struct absence_row own;

	if (absence->row.deputy == 0)
		return 0;
	if (store_account_get(reading->work->store, absence->row.deputy, &deputy,
	    &reading->work->error) != FOUND)
		return -1;
	memcpy(absence->deputy_user, deputy.user, sizeof(absence->deputy_user));
	memcpy(absence->deputy, deputy.name, sizeof(absence->deputy));
	switch (store_absence_get(reading->work->store, absence->row.deputy, &own,
	    &reading->work->error)) {
	case FOUND:
		absence->deputy_away = lasts(&own, day_of(reading->work->now));
		return 0;
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
}

static int
fill(struct reading *reading, struct absence *absence)
{
	struct store *store = reading->work->store;
	struct account_row account;

	if (store_account_get(store, absence->row.account, &account,
	    &reading->work->error) != FOUND || fill_deputy(reading, absence) == -1)
		return -1;
	memcpy(absence->user, account.user, sizeof(absence->user));
	memcpy(absence->name, account.name, sizeof(absence->name));
	if (!lasts(&absence->row, day_of(reading->work->now)))
		return 0;
	return store_absence_load(store, absence->row.account, reading->work->now,
	    &absence->load, &reading->work->error);
}

static int
keep(const struct absence_row *row, void *argument)
{
	struct reading *reading = argument;
	struct absences *all = reading->all;

	if (row->to_day != 0 && row->to_day < day_of(reading->work->now))
		return 0;
	reading->result = is_near(reading, row);
	if (reading->result <= 0)
		return reading->result;
	all->absence = array_grow(all->absence, all->count, sizeof(*all->absence));
	all->absence[all->count++].row = *row;
	return 0;
}

static int
keep_choice(const struct account_row *row, void *argument)
{
	struct reading *reading = argument;
	struct absences *all = reading->all;
	struct absence_choice *choice;

	if (!row->active || row->number == reading->work->actor->account)
		return 0;
	for (size_t i = 0; i < all->choices_count; i++) {
		if (strcmp(all->choice[i].user, row->user) == 0)
			return 0;
	}
	all->choice = array_grow(all->choice, all->choices_count, sizeof(*all->choice));
	choice = &all->choice[all->choices_count++];
	memcpy(choice->user, row->user, sizeof(choice->user));
	memcpy(choice->name, row->name, sizeof(choice->name));
	return 0;
}

static int
read_all(struct reading *reading)
{
	struct absences *all = reading->all;

	if (queue_list_read(reading->work, &reading->own, reading->work->actor->account) == -1 ||
	    store_absence_each(reading->work->store, keep, reading,
	    &reading->work->error) == -1 || reading->result == -1)
		return -1;
	for (size_t i = 0; i < all->count; i++) {
		if (fill(reading, &all->absence[i]) == -1)
			return -1;
	}
	for (size_t i = 0; i < reading->own.count; i++) {
		if (store_member_each(reading->work->store, reading->own.queue[i], keep_choice,
		    reading, &reading->work->error) == -1)
			return -1;
	}
	return 0;
}

int
absences_read(struct work *work, struct absences *all)
{
	struct reading reading = { .work = work, .all = all };
	int result;

	*all = (struct absences){ 0 };
	if (work_begin_read(work) == -1)
		return -1;
	result = read_all(&reading);
	queue_list_free(&reading.own);
	return work_end(work, result);
}

void
absences_free(struct absences *all)
{
	free(all->absence);
	free(all->choice);
	*all = (struct absences){ 0 };
}
