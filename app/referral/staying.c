#include "referral/referral.h"

#define MONTHS_MOST	(6 * 12)

bool
outcome_is_received(enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_WORK:
	case OUTCOME_STUDIES:
	case OUTCOME_OTHER_MUNICIPAL:
	case OUTCOME_EMPLOYMENT_SERVICE:
	case OUTCOME_INSURANCE_AGENCY:
	case OUTCOME_CARE:
	case OUTCOME_COORDINATION_UNION:
	case OUTCOME_DAILY_ACTIVITY:
	case OUTCOME_GUIDED_ELSEWHERE:
		return true;
	case OUTCOME_NO_CONTACT:
	case OUTCOME_OWN_REQUEST:
	case OUTCOME_MISCONDUCT:
	case OUTCOME_DETAINED:
	case OUTCOME_MOVED:
	case OUTCOME_STILL_IN_MUNICIPALITY:
	case OUTCOME_COUNT:
		break;
	}
	return false;
}

void
plan_propose(const struct config_queue *queue, int64_t at, int64_t calls[PLAN_CALLS])
{
	static const int weeks[PLAN_CALLS] = { 2, 6, 12 };

	for (int i = 0; i < PLAN_CALLS; i++)
		calls[i] = duetime_on(queue, day_of(at) + weeks[i] * 7);
}

int64_t
reminder_at(int year, int month, int months, int64_t now)
{
	int birthday = year * 12 + month - 1, reminder = birthday - months;
	struct tm local;
	int today;

	clock_local(now, &local);
	today = (local.tm_year + 1900) * 12 + local.tm_mon;
	if (month < 1 || month > 12 || birthday < today || birthday > today + MONTHS_MOST)
		return 0;
	return clock_at(reminder / 12, reminder % 12 + 1, 1, 0, 0);
}

bool
reminder_fits(enum age age)
{
	return age == AGE_15_17 || age == AGE_18_19;
}
