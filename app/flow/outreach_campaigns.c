/* Campaigns: the figures of several codes over a period. */
#include <string.h>

#include "base/base.h"
#include "flow/outreach.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "store/outreach.h"

#define STEPS_BY_DAY	42		/* a longer campaign is shown by week */

_Static_assert(STORE_CAMPAIGN == NAME_MAX_CHARACTERS * 4 + 1, "a campaign's name is a name");

static bool
read_days(const struct campaign_wish *wish, struct campaign_row *row)
{
	return wish->from != NULL && wish->to != NULL &&
	    text_input_day(wish->from, &row->from_day) == 0 &&
	    text_input_day(wish->to, &row->to_day) == 0 && row->to_day >= row->from_day &&
	    row->to_day - row->from_day < CAMPAIGN_DAYS_MAX &&
	    row->from_day > day_from_date(2000, 1, 1) && row->to_day < day_from_date(2100, 1, 1);
}

static enum campaign_fault
judge(const struct campaign_wish *wish, struct campaign_row *row)
{
	if (wish->name == NULL || text_input_name(wish->name, row->name) != FAULT_NONE)
		return CAMPAIGN_NAME;
	if (!read_days(wish, row))
		return CAMPAIGN_DAYS;
	return wish->codes_count == 0 ? CAMPAIGN_CODES : CAMPAIGN_RIGHT;
}

/*
 * Replaces the campaign's codes. Sets *fault for a code that does not exist or comes twice.
 */
static int
put_codes(struct work *work, int64_t number, const struct campaign_wish *wish,
    enum campaign_fault *fault)
{
	if (store_campaign_codes_clear(work->store, number, &work->error) == -1)
		return -1;
	for (size_t i = 0; i < wish->codes_count; i++) {
		if (store_campaign_code_add(work->store, number, wish->codes[i],
		    &work->error) == 0)
			continue;
		if (work->error.kind != ERROR_REFUSED)
			return -1;
		*fault = CAMPAIGN_CODES;
		return 0;
	}
	return 0;
}

/* Within a transaction; the caller commits after FOUND. */
static enum answer
save(struct work *work, const struct campaign_row *row, bool is_new,
    const struct campaign_wish *wish, enum campaign_fault *fault)
{
	struct campaign_row known;
	enum answer answer = is_new ? FOUND :
	    store_campaign_get(work->store, row->number, &known, &work->error);

	if (answer != FOUND)
		return answer;
	if (store_campaign_put(work->store, row, &work->error) == -1 ||
	    put_codes(work, row->number, wish, fault) == -1)
		return FAILED;
	return *fault == CAMPAIGN_RIGHT ? FOUND : ABSENT;
}

enum answer
campaign_save(struct work *work, const struct campaign_wish *wish, int64_t *number,
    enum campaign_fault *fault)
{
	const bool is_new = *number == 0;
	struct campaign_row row = { .created_at = work->now };
	enum answer answer;

	*fault = judge(wish, &row);
	if (*fault != CAMPAIGN_RIGHT)
		return ABSENT;
	row.number = is_new ? number_next() : *number;
	if (work_begin(work) == -1)
		return FAILED;
	answer = save(work, &row, is_new, wish, fault);
	if (answer != FOUND) {
		work_undo(work);
		return answer;
	}
	if (work_end(work, 0) == -1)
		return FAILED;
	*number = row.number;
	return FOUND;
}

enum answer
campaign_remove(struct work *work, int64_t number)
{
	struct campaign_row row;
	enum answer answer;

	if (work_begin(work) == -1)
		return FAILED;
	answer = store_campaign_get(work->store, number, &row, &work->error);
	if (answer == FOUND && store_campaign_remove(work->store, number, &work->error) == -1)
		answer = FAILED;
	return work_settle(work, answer == FOUND, answer);
}

int
campaigns_each(struct work *work, campaign_fn each, void *argument)
{
	return store_campaign_each(work->store, each, argument, &work->error);
}

int
campaign_codes_each(struct work *work, int64_t number, campaign_code_fn each, void *argument)
{
	return store_campaign_each_code(work->store, number, each, argument, &work->error);
}

static int
read_side(struct work *work, struct outreach *outreach, struct visit_steps *steps,
    const struct outreach_wish *wish)
{
	const enum step step = wish->to_day - wish->from_day < STEPS_BY_DAY ? STEP_DAY : STEP_WEEK;

	if (outreach_read(work, outreach, wish) == -1)
		return -1;
	return outreach_steps(work, steps, wish, step);
}

static int
read_figures(struct work *work, struct campaign *campaign)
{
	const int32_t from_day = campaign->row.from_day;
	const struct outreach_wish during = {
		.from_day = from_day, .to_day = campaign->to_day, .campaign = campaign->row.number
	};
	const struct outreach_wish before = {
		.from_day = campaign->before_from_day, .to_day = from_day - 1,
		.campaign = campaign->row.number
	};

	if (!campaign->begun)
		return 0;
	if (read_side(work, &campaign->during, &campaign->during_steps, &during) == -1)
		return -1;
	return read_side(work, &campaign->before, &campaign->before_steps, &before);
}

enum answer
campaign_read(struct work *work, struct campaign *campaign, int64_t number)
{
	const int32_t today = day_of(work->now);
	enum answer answer;

	*campaign = (struct campaign){ 0 };
	if (work_begin_read(work) == -1)
		return FAILED;
	answer = store_campaign_get(work->store, number, &campaign->row, &work->error);
	if (answer == FOUND) {
		campaign->begun = campaign->row.from_day <= today;
		campaign->to_day = campaign->row.to_day < today ? campaign->row.to_day : today;
		/* As many days before it as have been counted. */
		campaign->before_from_day = 2 * campaign->row.from_day - campaign->to_day - 1;
		if (read_figures(work, campaign) == -1)
			answer = FAILED;
	}
	if (answer == FAILED) {
		work_undo(work);
		return FAILED;
	}
	return work_end(work, 0) == -1 ? FAILED : answer;
}

void
campaign_free(struct campaign *campaign)
{
	outreach_free(&campaign->during);
	outreach_free(&campaign->before);
}
