/*
 * Planned calls as a calendar program reads them, from plain columns alone: it is not signed
 * in, so nothing sealed can be opened.
 */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

enum answer
calendar_state(struct work *work, int64_t *made_at)
{
	struct calendar_row row;
	const enum answer answer = store_calendar_get(work->store, work->actor->account, &row,
	    &work->error);

	*made_at = answer == FOUND ? row.created_at : 0;
	return answer;
}

int
calendar_renew(struct work *work, char token[SEAL_TOKEN_SIZE])
{
	struct calendar_row row = {
		.account = work->actor->account, .created_at = work->now
	};
	int result;

	token[0] = '\0';
	if (work_begin_keys(work) == -1)
		return -1;
	calendar_make(token, row.identity);
	result = work_end(work, store_calendar_put(work->store, &row, &work->error));
	if (result == -1)
		seal_wipe(token, SEAL_TOKEN_SIZE);
	return result;
}

int
calendar_remove(struct work *work)
{
	if (work_begin_keys(work) == -1)
		return -1;
	return work_end(work, store_calendar_remove(work->store, work->actor->account,
	    &work->error));
}

struct reading {
	struct work *work;
	struct calendar *calendar;
	struct planned_call call;	/* of the present case */
	int result;
};

/* Reading a case and the like are no changes of its calls. */
static int
keep_change(const struct event_row *event, void *argument)
{
	struct reading *reading = argument;

	if (!act_has(event->act, ACT_IS_QUIET)) {
		reading->call.changed_at = event->at;
		reading->call.changes = event->step;
	}
	return 0;
}

static void
keep_call(struct reading *reading)
{
	struct calendar *calendar = reading->calendar;

	calendar->calls = array_grow(calendar->calls, calendar->count, sizeof(*calendar->calls));
	calendar->calls[calendar->count++] = reading->call;
}

/* The contacts until the due time are made together with the one that is due. */
static int
keep_plan(int64_t at, int step, void *argument)
{
	struct reading *reading = argument;

	if (step == 0 && at > reading->call.at) {
		reading->call.at = at;
		reading->call.later = true;
		reading->call.follow_up = true;
		keep_call(reading);
	}
	return 0;
}

static int
keep_due(const struct case_row *row, struct reading *reading)
{
	struct work *work = reading->work;

	reading->call = (struct planned_call){
		.number = row->number,
		.at = row->due_at,
		.follow_up = row->state == STATE_FOLLOWING,
	};
	reading->result = store_event_each(work->store, row->number, keep_change, reading,
	    &work->error);
	if (reading->result == 0)
		keep_call(reading);
	return reading->result;
}

static int
keep_case(const struct case_row *row, void *argument)
{
	struct reading *reading = argument;

	if (keep_due(row, reading) == 0)
		reading->result = store_plan_each(reading->work->store, row->number, keep_plan,
		    reading, &reading->work->error);
	return reading->result;
}

/* Whose address it is, if that account may still see it. */
static enum answer
find_owner(struct work *work, const char *token, int64_t *account)
{
	unsigned char identity[SEAL_KEY_SIZE];
	struct calendar_row row;
	struct account_row owner;
	enum answer answer;

	if (calendar_identity(identity, token) == -1)
		return ABSENT;
	answer = store_calendar_by_identity(work->store, identity, &row, &work->error);
	if (answer == FOUND)
		answer = store_account_get(work->store, row.account, &owner, &work->error);
	if (answer != FOUND)
		return answer;
	*account = owner.number;
	return owner.active ? FOUND : ABSENT;
}

enum answer
calendar_read(struct work *work, struct calendar *calendar, const char *token)
{
	struct reading reading = { .work = work, .calendar = calendar };
	struct case_filter filter = {
		.mine = true, .day = day_of(work->now), .limit = CALENDAR_MAX
	};
	enum answer answer;

	*calendar = (struct calendar){ 0 };
	if (work_begin_read(work) == -1)
		return FAILED;
	answer = find_owner(work, token, &filter.account);
	if (answer == FOUND && (store_queue_page(work->store, &filter, keep_case, &reading,
	    &work->error) == -1 || reading.result == -1))
		answer = FAILED;
	return work_settle(work, answer == FOUND, answer);
}

enum answer
calendar_of_case(struct work *work, struct calendar *calendar, int64_t number)
{
	struct reading reading = { .work = work, .calendar = calendar };
	struct case_row row;
	unsigned actor;
	enum answer answer;

	*calendar = (struct calendar){ 0 };
	if (work_begin_read(work) == -1)
		return FAILED;
	answer = case_read(work, number, &row, &actor);
	if (answer == FOUND && row.due_at != 0 && keep_due(&row, &reading) == -1)
		answer = FAILED;
	return work_settle(work, answer == FOUND, answer);
}

void
calendar_free(struct calendar *calendar)
{
	free(calendar->calls);
	*calendar = (struct calendar){ 0 };
}
