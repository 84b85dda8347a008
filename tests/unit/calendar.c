/* Civil days as numbers, and moments as local days. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "base/base.h"

#include <cmocka.h>

/* Every day of the years 1-9999, against libc's calendar. */
static void
every_day_agrees_with_libc(void **state)
{
	int32_t day = day_from_date(1, 1, 1), last = day_from_date(9999, 12, 31);

	(void)state;
	for (; day <= last; day++) {
		time_t at = (time_t)day * 86400;
		int year, month, date;
		struct tm utc;

		(void)gmtime_r(&at, &utc);
		day_to_date(day, &year, &month, &date);
		if (year != utc.tm_year + 1900 || month != utc.tm_mon + 1 ||
		    date != utc.tm_mday || day_weekday(day) != utc.tm_wday ||
		    day_from_date(year, month, date) != day)
			fail_msg("day %d is %04d-%02d-%02d", day, year, month, date);
	}
}

static void
reads_days_that_exist(void **state)
{
	static const struct {
		const char *text;
		int32_t day;
	} rows[] = {
		{ "1970-01-01", 0 }, { "1969-12-31", -1 }, { "2000-02-29", 11016 },
		{ "2026-01-14", 20467 }, { "2024-02-29", 19782 }, { "9999-12-31", 2932896 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int32_t day = 12345;

		assert_int_equal(day_parse(rows[i].text, &day), 0);
		assert_int_equal(day, rows[i].day);
	}
}

static void
refuses_other_days(void **state)
{
	static const char *const texts[] = {
		"", "2026", "2026-1-1", "2026-02-29", "1900-02-29", "2026-02-30", "2026-04-31",
		"2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "0000-01-01",
		"2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-01-1a", "20260101",
		"2026-01-011", "-026-01-01", "åååå-01-01", " 026-01-01", "2026-+1-01",
		"2026- 1-01", "2026-01- 1", "2026-01-+1", "+026-01-01",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		int32_t day = 0;

		if (day_parse(texts[i], &day) != -1)
			fail_msg("\"%s\" is read as day %d", texts[i], day);
	}
}

/* UTC by libc's timegm, so that what is tested does not test itself. */
static int64_t
utc(int year, int month, int day, int hour, int minute)
{
	struct tm tm = {
		.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day,
		.tm_hour = hour, .tm_min = minute,
	};

	return (int64_t)timegm(&tm);
}

static void
a_local_day_begins_at_local_midnight(void **state)
{
	(void)state;
	assert_int_equal(day_of(utc(2026, 1, 13, 22, 59)), day_from_date(2026, 1, 13));
	assert_int_equal(day_of(utc(2026, 1, 13, 23, 0)), day_from_date(2026, 1, 14));
	assert_int_equal(day_of(utc(2026, 7, 13, 21, 59)), day_from_date(2026, 7, 13));
	assert_int_equal(day_of(utc(2026, 7, 13, 22, 0)), day_from_date(2026, 7, 14));
}

static void
local_times_follow_daylight_saving(void **state)
{
	(void)state;
	assert_int_equal(clock_at(2026, 3, 28, 16, 30), utc(2026, 3, 28, 15, 30));
	assert_int_equal(clock_at(2026, 3, 29, 16, 30), utc(2026, 3, 29, 14, 30));
	assert_int_equal(clock_at(2026, 10, 24, 16, 30), utc(2026, 10, 24, 14, 30));
	assert_int_equal(clock_at(2026, 10, 25, 16, 30), utc(2026, 10, 25, 15, 30));
	/* 02:30 does not exist on this day. */
	assert_int_equal(clock_at(2026, 3, 29, 2, 30), utc(2026, 3, 29, 1, 30));
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
		cmocka_unit_test(every_day_agrees_with_libc),
		cmocka_unit_test(reads_days_that_exist),
		cmocka_unit_test(refuses_other_days),
		cmocka_unit_test(a_local_day_begins_at_local_midnight),
		cmocka_unit_test(local_times_follow_daylight_saving),
	};

	return cmocka_run_group_tests(tests, in_sweden, NULL);
}
