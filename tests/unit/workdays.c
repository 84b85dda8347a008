/* The Swedish calendar of days off. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "base/base.h"
#include "rules/rules.h"

#include <cmocka.h>

/* Published dates of Easter Sunday. */
static void
easter_is_when_the_almanac_says(void **state)
{
	static const struct {
		int year, month, day;
	} rows[] = {
		{ 1583, 4, 10 }, { 1818, 3, 22 }, { 1943, 4, 25 }, { 1954, 4, 18 }, { 1981, 4, 19 },
		{ 2008, 3, 23 }, { 2020, 4, 12 }, { 2021, 4, 4 }, { 2022, 4, 17 }, { 2023, 4, 9 },
		{ 2024, 3, 31 }, { 2025, 4, 20 }, { 2026, 4, 5 }, { 2027, 3, 28 }, { 2028, 4, 16 },
		{ 2029, 4, 1 }, { 2030, 4, 21 }, { 2038, 4, 25 }, { 2049, 4, 18 }, { 2076, 4, 19 },
		{ 2285, 3, 22 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(workdays_easter(rows[i].year),
		    day_from_date(rows[i].year, rows[i].month, rows[i].day));
}

/* The church's definition by another road: the anonymous Gregorian rule of 1876. */
static int32_t
easter_of_1876(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;

	return day_from_date(year, n / 31, n % 31 + 1);
}

static void
easter_agrees_with_the_rule_of_1876(void **state)
{
	(void)state;
	for (int year = 1583; year <= 9999; year++) {
		if (workdays_easter(year) != easter_of_1876(year))
			fail_msg("%d", year);
	}
}

struct named_day {
	const char *day, *name;
};

/* Every day off of a year but its Saturdays and Sundays without a name. */
static const struct named_day year_2026[] = {
	{ "2026-01-01", "Nyårsdagen" }, { "2026-01-06", "Trettondedag jul" },
	{ "2026-04-03", "Långfredagen" }, { "2026-04-05", "Påskdagen" },
	{ "2026-04-06", "Annandag påsk" }, { "2026-05-01", "Första maj" },
	{ "2026-05-14", "Kristi himmelsfärdsdag" }, { "2026-05-24", "Pingstdagen" },
	{ "2026-06-06", "Sveriges nationaldag" }, { "2026-06-19", "Midsommarafton" },
	{ "2026-06-20", "Midsommardagen" }, { "2026-10-31", "Alla helgons dag" },
	{ "2026-12-24", "Julafton" }, { "2026-12-25", "Juldagen" },
	{ "2026-12-26", "Annandag jul" }, { "2026-12-31", "Nyårsafton" },
};

static void
names_each_holiday_of_a_year(void **state)
{
	int32_t day = day_from_date(2026, 1, 1), end = day_from_date(2027, 1, 1);
	size_t next = 0;

	(void)state;
	for (; day < end; day++) {
		const char *name = workdays_holiday(day);
		int32_t named = 0;

		if (name == NULL)
			continue;
		assert_true(next < COUNT_OF(year_2026));
		assert_int_equal(day_parse(year_2026[next].day, &named), 0);
		assert_int_equal(day, named);
		assert_string_equal(name, year_2026[next].name);
		assert_true(workdays_is_off(day));
		next++;
	}
	assert_int_equal(next, COUNT_OF(year_2026));
}

/* Midsummer and All Saints at both ends of their week; two holidays on one day. */
static void
moves_holidays_that_move(void **state)
{
	static const struct named_day rows[] = {
		{ "2020-06-19", "Midsommarafton" }, { "2020-06-20", "Midsommardagen" },
		{ "2021-06-25", "Midsommarafton" }, { "2021-06-26", "Midsommardagen" },
		{ "2020-10-31", "Alla helgons dag" }, { "2021-11-06", "Alla helgons dag" },
		{ "2024-03-29", "Långfredagen" }, { "2024-04-01", "Annandag påsk" },
		{ "2008-05-01", "Första maj" }, { "2022-06-06", "Sveriges nationaldag" },
		{ "2022-06-05", "Pingstdagen" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int32_t day = 0;

		assert_int_equal(day_parse(rows[i].day, &day), 0);
		assert_non_null(workdays_holiday(day));
		assert_string_equal(workdays_holiday(day), rows[i].name);
	}
}

static void
days_off_are_not_working_days(void **state)
{
	static const struct {
		const char *day;
		bool off;
	} rows[] = {
		{ "2026-01-02", false }, { "2026-01-03", true }, { "2026-01-04", true },
		{ "2026-01-05", false }, { "2026-01-06", true }, { "2026-01-07", false },
		{ "2026-04-02", false }, { "2026-04-04", true }, { "2026-04-07", false },
		{ "2026-04-30", false }, { "2026-05-15", false }, { "2026-05-25", false },
		{ "2025-06-06", true }, { "2025-06-20", true }, { "2025-06-19", false },
		{ "2026-10-30", false }, { "2026-12-23", false }, { "2026-12-24", true },
		{ "2026-12-28", false }, { "2026-12-31", true }, { "2024-12-27", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int32_t day = 0;

		assert_int_equal(day_parse(rows[i].day, &day), 0);
		if (workdays_is_off(day) != rows[i].off)
			fail_msg("%s", rows[i].day);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(easter_is_when_the_almanac_says),
		cmocka_unit_test(easter_agrees_with_the_rule_of_1876),
		cmocka_unit_test(names_each_holiday_of_a_year),
		cmocka_unit_test(moves_holidays_that_move),
		cmocka_unit_test(days_off_are_not_working_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
