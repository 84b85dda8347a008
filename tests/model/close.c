#include "base/base.h"
#include "base/words.h"
#include "model.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"

#define YEAR	(366 * INT64_C(86400))

/* Outcomes after which another body takes over; any other needs two people. */
#define RECEIVED	(1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES | 1U << OUTCOME_OTHER_MUNICIPAL | \
			1U << OUTCOME_EMPLOYMENT_SERVICE | 1U << OUTCOME_INSURANCE_AGENCY | \
			1U << OUTCOME_CARE | 1U << OUTCOME_COORDINATION_UNION | \
			1U << OUTCOME_DAILY_ACTIVITY | 1U << OUTCOME_GUIDED_ELSEWHERE)

/*
 * Three rings on three days, in both halves of the day, and a text if the person allows it. Of a
 * wrong number, other ways on two days.
 */
static bool
may_give_up(const struct model_case *c)
{
	struct tries tries = rules_tries(c, c->count);

	if (tries.wrong)
		return tries.days >= 2;
	return tries.rings >= 3 && tries.days >= 3 && tries.morning && tries.afternoon &&
	    (tries.texted || c->silent);
}

static bool
takes_two(const struct model_case *c, unsigned outcomes)
{
	if (outcomes == 0 || (outcomes & RECEIVED) != 0)
		return false;
	return outcomes != 1U << OUTCOME_NO_CONTACT || may_give_up(c);
}

static enum fate
end(struct model_case *c, unsigned outcomes)
{
	c->state = STATE_CLOSED;
	c->due_at = 0;
	c->holder = 0;
	c->closed_at = model->world.now;
	c->outcomes |= outcomes;
	return DONE;
}

enum fate
ending_close(struct model_case *c, const struct model_act *act)
{
	return (act->outcomes & RECEIVED) != 0 ? end(c, act->outcomes) : REFUSED;
}

/* Adds an outcome to a closed case. Of work and studies, work must be new. */
enum fate
ending_add(struct model_case *c, const struct model_act *act)
{
	unsigned first = act->outcomes & ~(act->outcomes - 1);

	if (first == 0 || first == 1U << OUTCOME_NO_CONTACT || (c->outcomes & first) != 0)
		return REFUSED;
	c->outcomes |= act->outcomes;
	return DONE;
}

enum fate
ending_propose(struct model_case *c, const struct model_act *act)
{
	if (!takes_two(c, act->outcomes))
		return REFUSED;
	c->closing_by = (uint8_t)act->account;
	c->closing_outcomes = act->outcomes;
	return DONE;
}

enum fate
ending_confirm(struct model_case *c, const struct model_act *act)
{
	if (c->closing_by == 0 || c->closing_by == act->account || act->stale ||
	    !takes_two(c, c->closing_outcomes))
		return REFUSED;
	return end(c, c->closing_outcomes);
}

enum fate
ending_object(struct model_case *c, const struct model_act *act)
{
	if (c->closing_by == 0 || act->stale)
		return REFUSED;
	return c->closing_by != act->account || access_holds(c, act->account) ? DONE : REFUSED;
}

enum fate
ending_reopen(struct model_case *c, const struct model_act *act)
{
	if (c->state != STATE_CLOSED)
		return REFUSED;
	c->state = STATE_CLAIMED;
	c->holder = (uint8_t)act->account;
	c->due_at = duetime_after(&model_config.queues[c->queue], model->world.now, 1);
	c->closed_at = 0;
	c->outcomes = 0;
	c->attempts = 0;
	return DONE;
}

static void
plan(struct model_case *c, int64_t at)
{
	int i = c->plans;

	for (int j = 0; j < c->plans; j++) {
		if (c->plan[j].at == at)
			return;
	}
	for (; i > 0 && c->plan[i - 1].at > at; i--)
		c->plan[i] = c->plan[i - 1];
	c->plan[i] = (struct model_call){ at, 0 };
	c->plans++;
}

enum fate
ending_begin(struct model_case *c, const struct model_act *act)
{
	int64_t first = 0, last = 0;

	for (int i = 0; i < PLAN_CALLS; i++) {
		int64_t at = act->plan[i];

		first = at != 0 && (first == 0 || at < first) ? at : first;
		last = at > last ? at : last;
	}
	if ((act->outcomes & (1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES)) == 0 ||
	    c->state == STATE_CLAIMED || rules_until(c, first) == 0 ||
	    last > model->world.now + YEAR)
		return REFUSED;
	c->state = STATE_FOLLOWING;
	c->outcomes = act->outcomes;
	c->due_at = rules_until(c, first);
	c->plans = 0;
	for (int i = 0; i < PLAN_CALLS; i++) {
		if (act->plan[i] != 0)
			plan(c, duetime_on(&model_config.queues[c->queue], day_of(act->plan[i])));
	}
	return DONE;
}

/* A talk counts as the contact that was due, early or late, and as the missed ones. */
static int64_t
made_until(int64_t due_before)
{
	return due_before > model->world.now ? due_before : model->world.now;
}

int64_t
ending_next_call(const struct model_case *c, int64_t due_before)
{
	for (int i = 0; i < c->plans; i++) {
		if (c->plan[i].step == 0 && c->plan[i].at > made_until(due_before))
			return c->plan[i].at;
	}
	return 0;
}

void
ending_settle(struct model_case *c, enum act act, int64_t due_before, int of_step)
{
	if (rules_changes(act) && act != ACT_PROPOSE) {
		c->closing_by = 0;
		c->closing_outcomes = 0;
	}
	if (act == ACT_DECLINE || !rules_open(c))
		c->plans = 0;
	if (!rules_open(c))
		c->offer = (struct model_offer){ 0 };
	for (int i = 0; i < c->plans; i++) {
		struct model_call *call = &c->plan[i];

		if ((act == ACT_REACHED || act == ACT_RANG_BACK) && call->step == 0 && call->at <= made_until(due_before))
			call->step = c->count;
		else if (act == ACT_UNDO && call->step == of_step)
			call->step = 0;
	}
}
