/* How cases end, when contact is planned, and when somebody is reminded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"

#include <cmocka.h>

static struct config_special_day special[] = {
	{ .hours = { 0, 0 } }		/* Monday 7 December 2026, closed */
};
static struct config_queue queue = { .special = special, .special_count = 1 };

static int
set_up(void **state)
{
	(void)state;
	clock_start("Europe/Stockholm");
	special[0].day = day_from_date(2026, 12, 7);
	for (int i = 1; i <= 5; i++)
		queue.week[i] = (struct config_hours){ 8 * 60, i == 5 ? 15 * 60 : 16 * 60 + 30 };
	return 0;
}

/* By hand from DOMAIN.md, in the order of the words. */
static void
each_outcome_says_whether_somebody_takes_over(void **state)
{
	static const char received[] = "work studies other-municipal employment-service "
	    "insurance-agency care coordination-union daily-activity guided-elsewhere ";
	char word[40];

	(void)state;
	for (int i = 0; i < OUTCOME_COUNT; i++) {
		(void)snprintf(word, sizeof(word), "%s ", word_of(&words_outcome, i));
		if (outcome_is_received((enum outcome)i) != (strstr(received, word) != NULL))
			fail_msg("%s", word);
	}
	assert_false(outcome_is_received(OUTCOME_COUNT));
	assert_false(outcome_is_received((enum outcome)-1));
}

static void
contact_is_planned_on_open_days(void **state)
{
	int64_t calls[PLAN_CALLS];

	(void)state;
	/* From a Monday: a closed one becomes the Tuesday; New Year's Eve is off already. */
	plan_propose(&queue, clock_at(2026, 11, 23, 10, 0), calls);
	assert_int_equal(calls[0], clock_at(2026, 12, 8, 16, 30));
	assert_int_equal(calls[1], clock_at(2027, 1, 4, 16, 30));
	assert_int_equal(calls[2], clock_at(2027, 2, 15, 16, 30));
	/* A minute before midnight is that day; after six weeks comes Good Friday's week. */
	plan_propose(&queue, clock_at(2027, 2, 12, 23, 59), calls);
	assert_int_equal(calls[0], clock_at(2027, 2, 26, 15, 0));
	assert_int_equal(calls[1], clock_at(2027, 3, 30, 16, 30));
	assert_int_equal(calls[2], clock_at(2027, 5, 7, 15, 0));
}

static void
reminders_come_before_the_birthday_and_do_not_tell_it(void **state)
{
	static const struct { int year, month, before, at_year, at_month; } rows[] = {
		{ 2027, 6, 3, 2027, 3 }, { 2027, 1, 3, 2026, 10 }, { 2027, 3, 3, 2026, 12 },
		{ 2026, 11, 3, 2026, 8 }, { 2032, 11, 12, 2031, 11 }, { 2028, 12, 24, 2026, 12 },
		/* Past, too far, no month. */
		{ 2026, 10, 3, 0, 0 }, { 2032, 12, 3, 0, 0 }, { 2027, 0, 3, 0, 0 },
		{ 2027, 13, 3, 0, 0 }, { 0, 0, 3, 0, 0 }, { 9999, 12, 3, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t at = reminder_at(rows[i].year, rows[i].month, rows[i].before,
		    clock_at(2026, 11, 23, 10, 0));

		if (at != (rows[i].at_year == 0 ? 0 : clock_at(rows[i].at_year,
		    rows[i].at_month, 1, 0, 0)))
			fail_msg("row %zu: %lld", i, (long long)at);
	}
	for (int age = 0; age < AGE_COUNT; age++)
		assert_int_equal(reminder_fits((enum age)age), age == AGE_15_17 || age == AGE_18_19);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_outcome_says_whether_somebody_takes_over),
		cmocka_unit_test(contact_is_planned_on_open_days),
		cmocka_unit_test(reminders_come_before_the_birthday_and_do_not_tell_it),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
