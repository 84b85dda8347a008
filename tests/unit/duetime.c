/* By when somebody rings: promises, attempts, hours, and clocks that change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/rules.h"

#include <cmocka.h>

#define HOURS(opens, closes)	{ (opens), (closes) }
#define AT(hour, minute)	((hour) * 60 + (minute))

static const struct config_hours long_day = HOURS(AT(8, 0), AT(16, 30));
static const struct config_hours short_day = HOURS(AT(8, 0), AT(15, 0));
static struct config_special_day special[4];
static struct config_queue queue;

/* "2026-12-23 10:00" by the local clock. */
static int64_t
local(const char *text)
{
	int year, month, day, hour, minute;

	assert_int_equal(sscanf(text, "%d-%d-%d %d:%d", &year, &month, &day, &hour, &minute), 5);
	return clock_at(year, month, day, hour, minute);
}

static int32_t
day(const char *text)
{
	int32_t number = 0;

	assert_int_equal(day_parse(text, &number), 0);
	return number;
}

static void
expect_at(const char *what, int64_t got, const char *expected)
{
	struct tm tm;

	if (got == local(expected))
		return;
	clock_local(got, &tm);
	fail_msg("%s: %04d-%02d-%02d %02d:%02d, not %s", what, tm.tm_year + 1900, tm.tm_mon + 1,
	    tm.tm_mday, tm.tm_hour, tm.tm_min, expected);
}

/* Thursday 30 April a half day, Monday 16 November closed, Saturday 21 November open. */
static int
set_up(void **state)
{
	(void)state;
	special[0] = (struct config_special_day){ day("2026-04-30"), HOURS(AT(8, 0), AT(12, 0)) };
	special[1] = (struct config_special_day){ day("2026-11-16"), HOURS(0, 0) };
	special[2] = (struct config_special_day){ day("2026-11-21"), HOURS(AT(10, 0), AT(14, 0)) };
	special[3] = (struct config_special_day){ day("2026-12-23"), HOURS(AT(8, 0), AT(12, 30)) };
	queue = (struct config_queue){
		.id = "kristinehamn-ung", .promise_days = 2, .special = special,
		.special_count = COUNT_OF(special),
	};
	for (int i = 1; i <= 5; i++)
		queue.week[i] = i == 5 ? short_day : long_day;
	return 0;
}

static void
hours_follow_the_calendar(void **state)
{
	static const struct {
		const char *day;
		int opens, closes;
	} rows[] = {
		{ "2026-01-12", AT(8, 0), AT(16, 30) },	/* a Monday */
		{ "2026-01-16", AT(8, 0), AT(15, 0) },	/* a Friday */
		{ "2026-01-17", 0, 0 },			/* a Saturday */
		{ "2026-01-18", 0, 0 },			/* a Sunday */
		{ "2026-01-06", 0, 0 },			/* Epiphany, a Tuesday */
		{ "2026-12-24", 0, 0 },			/* an eve, a Thursday */
		{ "2026-04-30", AT(8, 0), AT(12, 0) },
		{ "2026-11-16", 0, 0 },
		{ "2026-11-21", AT(10, 0), AT(14, 0) },
		{ "2026-11-20", AT(8, 0), AT(15, 0) },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct config_hours hours = duetime_hours(&queue, day(rows[i].day));

		assert_int_equal(hours.opens, rows[i].opens);
		assert_int_equal(hours.closes, rows[i].closes);
	}
}

static void
a_queue_is_open_during_its_hours(void **state)
{
	static const struct {
		const char *at;
		bool open;
	} rows[] = {
		{ "2026-01-12 07:59", false }, { "2026-01-12 08:00", true },
		{ "2026-01-12 16:29", true }, { "2026-01-12 16:30", false },
		{ "2026-01-12 00:00", false }, { "2026-01-12 23:59", false },
		{ "2026-01-16 15:00", false }, { "2026-01-17 10:00", false },
		{ "2026-01-06 10:00", false }, { "2026-01-17 00:00", false },
		{ "2026-11-21 10:00", true }, { "2026-11-21 14:00", false },
		{ "2026-11-16 10:00", false }, { "2026-03-30 08:00", true },
		{ "2026-03-30 07:59", false }, { "2026-10-26 08:00", true },
		{ "2026-10-26 07:59", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (duetime_is_open(&queue, local(rows[i].at)) != rows[i].open)
			fail_msg("%s", rows[i].at);
	}
}

static void
promises_count_open_days(void **state)
{
	static const struct {
		const char *received, *due;
	} rows[] = {
		{ "2026-01-12 10:00", "2026-01-14 16:30" },
		{ "2026-01-12 00:00", "2026-01-14 16:30" },
		{ "2026-01-12 23:59", "2026-01-14 16:30" },
		{ "2026-01-13 00:01", "2026-01-15 16:30" },
		{ "2026-01-14 09:00", "2026-01-16 15:00" },
		{ "2026-01-16 09:00", "2026-01-20 16:30" },
		{ "2026-01-17 09:00", "2026-01-20 16:30" },
		{ "2026-01-18 23:30", "2026-01-20 16:30" },
		{ "2026-01-05 10:00", "2026-01-08 16:30" },	/* Epiphany */
		{ "2026-04-01 10:00", "2026-04-07 16:30" },	/* Easter from the Wednesday */
		{ "2026-04-02 10:00", "2026-04-08 16:30" },	/* and from the Thursday */
		{ "2026-04-04 10:00", "2026-04-08 16:30" },	/* and from within */
		{ "2026-04-29 10:00", "2026-05-04 16:30" },	/* the half day counts, 1 May not */
		{ "2026-04-28 10:00", "2026-04-30 12:00" },	/* the half day closes at noon */
		{ "2026-05-13 10:00", "2026-05-18 16:30" },	/* Ascension, a Thursday */
		{ "2025-06-05 10:00", "2025-06-10 16:30" },	/* the national day, a Friday */
		{ "2026-06-17 10:00", "2026-06-22 16:30" },	/* Midsummer */
		{ "2026-06-18 10:00", "2026-06-23 16:30" },
		{ "2026-06-19 10:00", "2026-06-23 16:30" },
		{ "2026-11-13 10:00", "2026-11-18 16:30" },	/* the closed Monday */
		{ "2026-11-19 10:00", "2026-11-21 14:00" },	/* the open Saturday */
		{ "2026-12-22 10:00", "2026-12-28 16:30" },	/* Christmas */
		{ "2026-12-23 10:00", "2026-12-29 16:30" },
		{ "2026-12-24 20:00", "2026-12-29 16:30" },
		{ "2026-12-29 10:00", "2027-01-04 16:30" },	/* New Year */
		{ "2026-12-30 10:00", "2027-01-05 16:30" },
		{ "2027-01-05 10:00", "2027-01-08 15:00" },
		{ "2023-12-22 10:00", "2023-12-28 16:30" },	/* Christmas on a Sunday to Tuesday */
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect_at(rows[i].received, duetime_first(&queue, local(rows[i].received)),
		    rows[i].due);
}

static void
promises_of_other_lengths(void **state)
{
	(void)state;
	queue.promise_days = 1;
	expect_at("one day", duetime_first(&queue, local("2026-01-16 10:00")), "2026-01-19 16:30");
	queue.promise_days = 30;
	expect_at("thirty days", duetime_first(&queue, local("2026-11-24 10:00")),
	    "2027-01-12 16:30");
	expect_at("none", duetime_after(&queue, local("2026-01-16 10:00"), 0), "2026-01-16 15:00");
	expect_at("ten", duetime_after(&queue, local("2026-06-15 10:00"), 10), "2026-06-30 16:30");
}

/* In UTC by hand: 16:30 is 15:30 in winter and 14:30 in summer. */
static void
closing_time_is_by_the_clock_on_the_wall(void **state)
{
	int64_t winter = local("2026-01-12 10:00");

	(void)state;
	assert_int_equal(winter, 1768208400);
	assert_int_equal(duetime_first(&queue, local("2026-03-26 10:00")), 1774881000);
	assert_int_equal(duetime_first(&queue, local("2026-10-22 10:00")), 1793028600);
	/* The hour that the clock repeats is one local day all the same. */
	assert_int_equal(duetime_first(&queue, 1792888200), duetime_first(&queue, 1792891800));
}

static void
a_date_means_its_closing_time(void **state)
{
	static const struct {
		const char *day, *due;
	} rows[] = {
		{ "2026-01-12", "2026-01-12 16:30" }, { "2026-01-16", "2026-01-16 15:00" },
		{ "2026-01-17", "2026-01-19 16:30" }, { "2026-12-24", "2026-12-28 16:30" },
		{ "2026-04-30", "2026-04-30 12:00" }, { "2026-04-03", "2026-04-07 16:30" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect_at(rows[i].day, duetime_on(&queue, day(rows[i].day)), rows[i].due);
}

static void
attempts_move_to_the_other_half(void **state)
{
	static const struct {
		enum window window;
		const char *at, *due;
	} rows[] = {
		/* Monday to Thursday 8:00-16:30. */
		{ WINDOW_ANY, "2026-01-12 09:00", "2026-01-12 16:30" },
		{ WINDOW_ANY, "2026-01-12 07:00", "2026-01-12 16:30" },
		{ WINDOW_ANY, "2026-01-12 11:59", "2026-01-12 16:30" },
		{ WINDOW_ANY, "2026-01-12 12:00", "2026-01-13 12:00" },
		{ WINDOW_ANY, "2026-01-12 16:00", "2026-01-13 12:00" },
		{ WINDOW_ANY, "2026-01-12 20:00", "2026-01-13 12:00" },
		/* Over a weekend, on one, and over Christmas. */
		{ WINDOW_ANY, "2026-01-16 14:00", "2026-01-19 12:00" },
		{ WINDOW_ANY, "2026-01-17 10:00", "2026-01-19 16:30" },
		{ WINDOW_ANY, "2026-01-17 14:00", "2026-01-19 12:00" },
		{ WINDOW_ANY, "2026-12-23 14:00", "2026-12-28 12:00" },
		/* Half an hour of afternoon is too little: the next day, in its afternoon. */
		{ WINDOW_ANY, "2026-12-23 09:00", "2026-12-28 16:30" },
		/* The next open day is a half day, and its hours are better than waiting. */
		{ WINDOW_ANY, "2026-04-29 09:00", "2026-04-29 16:30" },
		{ WINDOW_ANY, "2026-04-30 09:00", "2026-05-04 16:30" },
		{ WINDOW_MORNING, "2026-01-12 09:00", "2026-01-13 12:00" },
		{ WINDOW_MORNING, "2026-01-12 15:00", "2026-01-13 12:00" },
		{ WINDOW_MORNING, "2026-01-12 06:00", "2026-01-13 12:00" },
		{ WINDOW_MORNING, "2026-01-16 09:00", "2026-01-19 12:00" },
		{ WINDOW_AFTERNOON, "2026-01-12 09:00", "2026-01-12 16:30" },
		{ WINDOW_AFTERNOON, "2026-01-12 13:00", "2026-01-13 16:30" },
		{ WINDOW_AFTERNOON, "2026-01-15 13:00", "2026-01-16 15:00" },
		{ WINDOW_AFTERNOON, "2026-04-29 13:00", "2026-05-04 16:30" },
		{ WINDOW_AFTERNOON, "2026-12-22 13:00", "2026-12-28 16:30" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect_at(rows[i].at, duetime_retry(&queue, rows[i].window, local(rows[i].at)),
		    rows[i].due);
}

static void
attempts_in_a_queue_with_one_half(void **state)
{
	(void)state;
	/* Mornings only, until eleven. */
	for (int i = 1; i <= 5; i++)
		queue.week[i] = (struct config_hours)HOURS(AT(9, 0), AT(11, 0));
	expect_at("any", duetime_retry(&queue, WINDOW_ANY, local("2026-01-12 10:00")),
	    "2026-01-13 11:00");
	expect_at("never", duetime_retry(&queue, WINDOW_AFTERNOON, local("2026-01-12 10:00")),
	    "2026-01-13 11:00");
	expect_at("morning", duetime_retry(&queue, WINDOW_MORNING, local("2026-01-12 10:00")),
	    "2026-01-13 11:00");
	/* Afternoons on Thursdays. */
	queue.week[4] = (struct config_hours)HOURS(AT(9, 0), AT(18, 0));
	expect_at("Thursday", duetime_retry(&queue, WINDOW_AFTERNOON, local("2026-01-12 10:00")),
	    "2026-01-15 18:00");
	expect_at("any day", duetime_retry(&queue, WINDOW_ANY, local("2026-01-12 10:00")),
	    "2026-01-13 11:00");
}

static void
a_queue_that_never_opens_ends_all_the_same(void **state)
{
	int64_t at = local("2026-01-12 10:00");

	(void)state;
	memset(queue.week, 0, sizeof(queue.week));
	queue.special_count = 0;
	assert_int_equal(duetime_first(&queue, at), at + 2 * 86400);
	assert_int_equal(duetime_after(&queue, at, 10), at + 10 * 86400);
	assert_int_equal(duetime_retry(&queue, WINDOW_ANY, at), at + 86400);
	assert_int_equal(duetime_retry(&queue, WINDOW_MORNING, at), at + 86400);
	assert_true(duetime_on(&queue, day("2026-01-12")) > at);
	assert_false(duetime_is_open(&queue, at));
}

/* Whatever the moment, a new due time is later, and somebody is there just before it. */
static void
due_times_are_ahead_and_in_open_hours(void **state)
{
	int64_t at = local("2026-01-01 00:00"), end = local("2027-01-01 00:00");

	(void)state;
	for (; at < end; at += 37 * 60) {
		for (int window = 0; window < WINDOW_COUNT; window++) {
			int64_t due = duetime_retry(&queue, (enum window)window, at);

			assert_true(due > at && duetime_is_open(&queue, due - 60));
		}
		assert_true(duetime_first(&queue, at) > at);
		assert_true(duetime_is_open(&queue, duetime_first(&queue, at) - 60));
	}
}

static int
in_sweden(void **state)
{
	(void)state;
	clock_start("Europe/Stockholm");
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(hours_follow_the_calendar, set_up),
		cmocka_unit_test_setup(a_queue_is_open_during_its_hours, set_up),
		cmocka_unit_test_setup(promises_count_open_days, set_up),
		cmocka_unit_test_setup(promises_of_other_lengths, set_up),
		cmocka_unit_test_setup(closing_time_is_by_the_clock_on_the_wall, set_up),
		cmocka_unit_test_setup(a_date_means_its_closing_time, set_up),
		cmocka_unit_test_setup(attempts_move_to_the_other_half, set_up),
		cmocka_unit_test_setup(attempts_in_a_queue_with_one_half, set_up),
		cmocka_unit_test_setup(a_queue_that_never_opens_ends_all_the_same, set_up),
		cmocka_unit_test_setup(due_times_are_ahead_and_in_open_hours, set_up),
	};

	return cmocka_run_group_tests(tests, in_sweden, NULL);
}
