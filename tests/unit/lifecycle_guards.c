/* What an act demands besides state and actor: moments, outcomes, attempts, undo. */
#include "base/base.h"
#include "base/words.h"
#include "lifecycle_request.h"
#include "rules/rules.h"

static void
a_moment_to_come_back_is_ahead_within_a_year(void **state)
{
	static const struct {
		enum act act;
		int64_t until_at;
		enum lifecycle_verdict verdict;
		enum lifecycle_due due;
	} moments[] = {
		{ ACT_PARK, 0, LIFECYCLE_UNTIL, DUE_KEEP },
		{ ACT_PARK, -1, LIFECYCLE_UNTIL, DUE_KEEP },
		{ ACT_PARK, NOW - 1, LIFECYCLE_UNTIL, DUE_KEEP },
		{ ACT_PARK, NOW, LIFECYCLE_UNTIL, DUE_KEEP },
		{ ACT_PARK, NOW + 1, LIFECYCLE_OK, DUE_UNTIL },
		{ ACT_PARK, NOW + 366 * DAY, LIFECYCLE_OK, DUE_UNTIL },
		{ ACT_PARK, NOW + 366 * DAY + 1, LIFECYCLE_UNTIL, DUE_KEEP },
		{ ACT_PARK, INT64_MAX, LIFECYCLE_UNTIL, DUE_KEEP },
		{ ACT_PARK, INT64_MIN, LIFECYCLE_UNTIL, DUE_KEEP },
		{ ACT_REACHED, 0, LIFECYCLE_OK, DUE_FOLLOW },
		{ ACT_REACHED, NOW + DAY, LIFECYCLE_OK, DUE_UNTIL },
		{ ACT_REACHED, NOW, LIFECYCLE_UNTIL, DUE_KEEP },
		{ ACT_FOLLOW, 0, LIFECYCLE_OK, DUE_FOLLOW },
		{ ACT_FOLLOW, NOW + DAY, LIFECYCLE_OK, DUE_UNTIL },
		{ ACT_FOLLOW, NOW + 367 * DAY, LIFECYCLE_UNTIL, DUE_KEEP },
		/* Where no moment is asked for, none is looked at. */
		{ ACT_NO_ANSWER, NOW - 1, LIFECYCLE_OK, DUE_RETRY },
		{ ACT_CLOSE, NOW - 1, LIFECYCLE_OK, DUE_NONE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(moments); i++) {
		struct lifecycle_request request = request_of(STATE_REACHED, moments[i].act,
		    ACTOR_HOLDER);
		struct lifecycle_step step;

		request.until_at = moments[i].until_at;
		if (lifecycle_judge(&request, &step) != moments[i].verdict)
			fail_msg("moment %zu", i);
		if (moments[i].verdict == LIFECYCLE_OK)
			assert_int_equal(step.due, moments[i].due);
	}
}

static void
no_contact_is_earned(void **state)
{
	static const struct {
		struct attempts attempts;	/* count, days, morning, afternoon, texted, may_text */
		bool met;
	} earned[] = {
		{ { 3, 3, true, true, true, true }, true },
		{ { 3, 3, true, true, false, false }, true },
		{ { 9, 5, true, true, true, false }, true },
		{ { 0, 0, false, false, false, false }, false },
		{ { 2, 2, true, true, true, true }, false },
		{ { 3, 2, true, true, true, true }, false },
		{ { 9, 1, true, true, true, true }, false },
		{ { 3, 3, false, true, true, true }, false },
		{ { 3, 3, true, false, true, true }, false },
		{ { 3, 3, true, true, false, true }, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(earned); i++) {
		struct lifecycle_request request = request_of(STATE_CLAIMED, ACT_PROPOSE,
		    ACTOR_HOLDER);
		struct lifecycle_step step;

		request.attempts = earned[i].attempts;
		request.outcome = OUTCOME_NO_CONTACT;
		assert_int_equal(lifecycle_no_contact_met(&earned[i].attempts), earned[i].met);
		assert_int_equal(lifecycle_judge(&request, &step),
		    earned[i].met ? LIFECYCLE_OK : LIFECYCLE_ATTEMPTS);
		/* What was true when it was asked for must be so when it is confirmed. */
		request.act = ACT_CONFIRM;
		request.actor = ACTOR_SECOND;
		assert_int_equal(lifecycle_judge(&request, &step),
		    earned[i].met ? LIFECYCLE_OK : LIFECYCLE_ATTEMPTS);
	}
}

/* By whom is told elsewhere; here, with what. */
static void
closing_needs_a_receiver_or_a_second(void **state)
{
	(void)state;
	for (int outcome = -1; outcome <= OUTCOME_COUNT; outcome++) {
		struct lifecycle_request request = request_of(STATE_FOLLOWING, ACT_CLOSE,
		    ACTOR_HOLDER | ACTOR_SECOND);
		bool none = outcome == -1 || outcome == OUTCOME_COUNT;
		bool received = !none && outcome_is_received((enum outcome)outcome);
		enum lifecycle_verdict by_two = none || received ? LIFECYCLE_OUTCOME :
		    outcome == OUTCOME_NO_CONTACT ? LIFECYCLE_ATTEMPTS : LIFECYCLE_OK;
		struct lifecycle_step step;

		request.outcome = (enum outcome)outcome;
		assert_int_equal(lifecycle_judge(&request, &step), none ? LIFECYCLE_OUTCOME :
		    received ? LIFECYCLE_OK : LIFECYCLE_SECOND);
		request.act = ACT_PROPOSE;
		assert_int_equal(lifecycle_judge(&request, &step), by_two);
		request.act = ACT_CONFIRM;
		assert_int_equal(lifecycle_judge(&request, &step), by_two);
	}
}

static void
a_closed_case_gets_outcomes_that_it_has_not(void **state)
{
	(void)state;
	for (int outcome = -1; outcome <= OUTCOME_COUNT; outcome++) {
		struct lifecycle_request request = request_of(STATE_CLOSED, ACT_CLOSE, ACTOR_MEMBER);
		bool added = outcome >= 0 && outcome < OUTCOME_COUNT &&
		    outcome != OUTCOME_NO_CONTACT && outcome != OUTCOME_MOVED;
		struct lifecycle_step step;

		request.outcome = (enum outcome)outcome;
		request.has = 1U << OUTCOME_MOVED;
		assert_int_equal(lifecycle_judge(&request, &step),
		    added ? LIFECYCLE_OK : LIFECYCLE_OUTCOME);
	}
}

static void
a_mispress_is_taken_back_by_who_made_it_for_ten_minutes(void **state)
{
	static const struct {
		struct lifecycle_last last;
		enum lifecycle_verdict verdict;
	} presses[] = {
		{ { ACT_NO_ANSWER, STATE_CLAIMED, NOW, true }, LIFECYCLE_OK },
		{ { ACT_REACHED, STATE_CLAIMED, NOW - UNDO_SECONDS, true }, LIFECYCLE_OK },
		{ { ACT_PARK, STATE_REACHED, NOW, true }, LIFECYCLE_OK },
		{ { ACT_NO_ANSWER, STATE_CLAIMED, NOW - UNDO_SECONDS - 1, true }, LIFECYCLE_LATE },
		{ { ACT_NO_ANSWER, STATE_CLAIMED, NOW, false }, LIFECYCLE_LATE },
		{ { ACT_CLAIM, STATE_WAITING, NOW, true }, LIFECYCLE_LATE },
		{ { ACT_CLOSE, STATE_REACHED, NOW, true }, LIFECYCLE_LATE },
		{ { ACT_ACCEPT, STATE_REACHED, NOW, true }, LIFECYCLE_LATE },
		{ { 0 }, LIFECYCLE_LATE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(presses); i++) {
		struct lifecycle_request request = request_of(STATE_WAITING, ACT_UNDO, ACTOR_MEMBER);
		struct lifecycle_step step;

		request.last = presses[i].last;
		if (lifecycle_judge(&request, &step) != presses[i].verdict)
			fail_msg("press %zu", i);
		if (presses[i].verdict == LIFECYCLE_OK)
			assert_int_equal(step.to, presses[i].last.from);
	}
}

static void
only_work_and_studies_begin(void **state)
{
	(void)state;
	for (int outcome = 0; outcome <= OUTCOME_COUNT; outcome++) {
		struct lifecycle_request request = request_of(STATE_REACHED, ACT_BEGIN, ACTOR_HOLDER);
		struct lifecycle_step step;
		bool begins = outcome == OUTCOME_WORK || outcome == OUTCOME_STUDIES;

		request.outcome = (enum outcome)outcome;
		assert_int_equal(lifecycle_judge(&request, &step),
		    begins ? LIFECYCLE_OK : LIFECYCLE_OUTCOME);
		request.last_at = NOW + 366 * DAY + 1;
		assert_int_equal(lifecycle_judge(&request, &step),
		    begins ? LIFECYCLE_UNTIL : LIFECYCLE_OUTCOME);
		request.last_at = request.until_at = NOW;
		assert_int_equal(lifecycle_judge(&request, &step),
		    begins ? LIFECYCLE_UNTIL : LIFECYCLE_OUTCOME);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_moment_to_come_back_is_ahead_within_a_year),
		cmocka_unit_test(no_contact_is_earned),
		cmocka_unit_test(closing_needs_a_receiver_or_a_second),
		cmocka_unit_test(a_closed_case_gets_outcomes_that_it_has_not),
		cmocka_unit_test(a_mispress_is_taken_back_by_who_made_it_for_ten_minutes),
		cmocka_unit_test(only_work_and_studies_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
