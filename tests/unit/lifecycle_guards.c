/* What an act demands besides state and actor: moments, outcomes, attempts, undo. */
#include <stdio.h>

#include "base/base.h"
#include "base/words.h"
#include "lifecycle_request.h"
#include "rules/lifecycle.h"
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

/* Acts on days of January 2027, as "n11 h12": no answer on the 11th in the morning, … */
static struct attempts
counted(const char *acts, bool may_text)
{
	static const struct { char letter; enum act act; } letters[] = {
		{ 'n', ACT_NO_ANSWER }, { 'm', ACT_LEFT_MESSAGE }, { 'o', ACT_OTHER_ANSWERED },
		{ 't', ACT_TEXTED }, { 'u', ACT_TEXTED }, { 'a', ACT_ANNOUNCED },
		{ 'w', ACT_WRONG_NUMBER }, { 'r', ACT_REACHED }, { 'p', ACT_REOPEN },
		{ 'k', ACT_PARK }, { 'i', ACT_NOTE }, { 'b', ACT_NEW_NUMBER },
		{ 'l', ACT_LETTER }, { 'v', ACT_VISIT }, { 'h', ACT_HELPER },
	};
	struct attempts attempts = { .may_text = may_text };
	char letter, half;
	int day, read;

	for (; sscanf(acts, " %c%2d%c%n", &letter, &day, &half, &read) == 3; acts += read) {
		size_t i = 0;

		while (letters[i].letter != letter)
			assert_true(++i < COUNT_OF(letters));
		/* 'u' is a text message that was not sent. */
		attempts_add(&attempts, letters[i].act,
		    clock_at(2027, 1, day, half == 'f' ? 11 : 12, half == 'f' ? 59 : 0), letter != 'u');
	}
	return attempts;
}

static void
no_contact_means_rung(void **state)
{
	static const struct {
		const char *acts;	/* f: in the morning, e: in the afternoon */
		bool may_text;
		struct attempts_missing missing;	/* rings, day, morning, afternoon, text, ways */
	} earned[] = {
		{ "", false, { 3, true, true, true, false, 0 } },
		{ "", true, { 3, true, true, true, true, 0 } },
		{ "n11f n12e n13f", false, { 0, false, false, false, false, 0 } },
		{ "n11f n12e n13f t13e", true, { 0, false, false, false, false, 0 } },
		{ "m11f o12e n13f a13e", true, { 0, false, false, false, false, 0 } },
		/* A text is no ring, and neither is a wrong number. */
		{ "t11f t12e t13f", true, { 3, true, true, true, false, 0 } },
		{ "w11f w12e w13f", false, { 0, false, false, false, false, 2 } },
		{ "a11f a12e a13f", true, { 3, true, true, true, false, 0 } },
		{ "n11f n12e t13f", true, { 1, true, false, false, false, 0 } },
		/* A text that was not sent is no text. */
		{ "n11f n12e n13f u13e", true, { 0, false, false, false, true, 0 } },
		{ "n11f n12e n13f u13e t14e", true, { 0, false, false, false, false, 0 } },
		/* Days and halves. */
		{ "n11f", false, { 2, true, false, true, false, 0 } },
		{ "n11e", false, { 2, true, true, false, false, 0 } },
		{ "n11f n11e", false, { 2, true, false, false, false, 0 } },
		{ "n11f n12f", false, { 1, true, false, true, false, 0 } },
		{ "n11f n11e n11e n11e", false, { 2, true, false, false, false, 0 } },
		{ "n11f n12f n12e", false, { 1, true, false, false, false, 0 } },
		{ "n11f n12f n13f", false, { 1, false, false, true, false, 0 } },
		{ "n11e n12e n13e n14e", false, { 1, false, true, false, false, 0 } },
		{ "n11f n12f n13f n13e", false, { 0, false, false, false, false, 0 } },
		/* What came before a wrong number, a new one, a talk or a reopening does not count. */
		{ "n11f n12e n13f t13e b14f", true, { 3, true, true, true, true, 0 } },
		{ "n11f b12f n12e n13f n14f", false, { 0, false, false, false, false, 0 } },
		{ "n11f n12e n13f t13e w14f", true, { 0, false, false, false, false, 2 } },
		{ "n11f n12e w13f n13e n14f n15f", false, { 0, false, false, false, false, 0 } },
		{ "n11f n12e w13f n14f", false, { 0, false, false, false, false, 1 } },
		{ "n11f n12e n13f r14f", false, { 3, true, true, true, false, 0 } },
		{ "n11f n12e n13f p14f n15e", false, { 2, true, true, false, false, 0 } },
		/* While the number is wrong, other ways count, by days; a new number begins anew. */
		{ "w11f l11f v12f", true, { 0, false, false, false, false, 0 } },
		{ "w11f h11f n12f", true, { 0, false, false, false, false, 0 } },
		{ "w11f l11f v11e", true, { 0, false, false, false, false, 1 } },
		{ "w11f t11f t12f", true, { 0, false, false, false, false, 2 } },
		{ "w11f l11f v12f w13f", true, { 0, false, false, false, false, 2 } },
		{ "w11f l11f r12f v13f", true, { 0, false, false, false, false, 1 } },
		{ "w11f l11f l12f b13f", true, { 3, true, true, true, true, 0 } },
		{ "l11f v12e l13f", false, { 3, true, true, true, false, 0 } },
		/* Other acts leave it as it is. */
		{ "n11f k11e n12e i12e n13f k13e", false, { 0, false, false, false, false, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(earned); i++) {
		struct lifecycle_request request = request_of(STATE_CLAIMED, ACT_PROPOSE,
		    ACTOR_HOLDER);
		const struct attempts attempts = counted(earned[i].acts, earned[i].may_text);
		const struct attempts_missing missing = attempts_missing(&attempts);
		const bool met = earned[i].missing.rings == 0 && earned[i].missing.ways == 0 &&
		    !earned[i].missing.text;
		struct lifecycle_step step;

		if (missing.rings != earned[i].missing.rings || missing.day != earned[i].missing.day ||
		    missing.morning != earned[i].missing.morning ||
		    missing.afternoon != earned[i].missing.afternoon ||
		    missing.text != earned[i].missing.text || missing.ways != earned[i].missing.ways)
			fail_msg("\"%s\": %d rings, day %d, morning %d, afternoon %d, text %d, ways %d",
			    earned[i].acts, missing.rings, missing.day, missing.morning,
			    missing.afternoon, missing.text, missing.ways);
		request.attempts = attempts;
		request.outcome = OUTCOME_NO_CONTACT;
		assert_int_equal(lifecycle_no_contact_met(&attempts), met);
		assert_int_equal(lifecycle_judge(&request, &step),
		    met ? LIFECYCLE_OK : LIFECYCLE_ATTEMPTS);
		/* What was true when it was asked for must be so when it is confirmed. */
		request.act = ACT_CONFIRM;
		request.actor = ACTOR_SECOND;
		assert_int_equal(lifecycle_judge(&request, &step),
		    met ? LIFECYCLE_OK : LIFECYCLE_ATTEMPTS);
	}
}

/* The attempts that a row shows: also those before a wrong number, not those before a talk. */
static void
attempts_are_counted_since_the_last_talk(void **state)
{
	(void)state;
	assert_int_equal(counted("n11f t11f w12f o13f", true).count, 4);
	assert_int_equal(counted("n11f a11f n12f", true).count, 2);
	assert_int_equal(counted("n11f r12f m13f", true).count, 1);
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
		cmocka_unit_test(no_contact_means_rung),
		cmocka_unit_test(attempts_are_counted_since_the_last_talk),
		cmocka_unit_test(closing_needs_a_receiver_or_a_second),
		cmocka_unit_test(a_closed_case_gets_outcomes_that_it_has_not),
		cmocka_unit_test(a_mispress_is_taken_back_by_who_made_it_for_ten_minutes),
		cmocka_unit_test(only_work_and_studies_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
