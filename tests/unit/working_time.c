/* Working time between two moments, against a minute-by-minute count of when a queue is open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "rules/rules.h"

#include <cmocka.h>

#define MINUTE	60
#define DAY	INT64_C(86400)
#define TRIES	1000
#define HOURS(opens, closes)	{ (opens) * 60, (closes) * 60 }

static struct config_special_day special[3];
static struct config_queue office, always;

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

/* Monday to Friday 8 to 16; 30 April until noon, 16 November closed, Saturday 21 November open. */
static int
set_up(void **state)
{
	(void)state;
	special[0] = (struct config_special_day){ day("2026-04-30"), HOURS(8, 12) };
	special[1] = (struct config_special_day){ day("2026-11-16"), HOURS(0, 0) };
	special[2] = (struct config_special_day){ day("2026-11-21"), HOURS(10, 14) };
	office = (struct config_queue){ .special = special, .special_count = COUNT_OF(special) };
	always = (struct config_queue){ 0 };
	for (int i = 0; i < 7; i++) {
		always.week[i] = (struct config_hours)HOURS(0, 24);
		if (i >= 1 && i <= 5)
			office.week[i] = (struct config_hours)HOURS(8, 16);
	}
	return 0;
}

static void
hours_between_two_moments(void **state)
{
	static const struct {
		const char *from, *to;
		int minutes;
	} rows[] = {
		{ "2026-01-12 10:00", "2026-01-12 10:25", 25 },
		{ "2026-01-12 10:00", "2026-01-12 10:00", 0 },
		{ "2026-01-12 10:00", "2026-01-12 09:00", 0 },	/* never negative */
		{ "2026-01-12 06:00", "2026-01-12 09:00", 60 },	/* comes before opening */
		{ "2026-01-12 15:00", "2026-01-12 23:00", 60 },
		{ "2026-01-12 20:00", "2026-01-13 06:00", 0 },	/* a night */
		{ "2026-01-12 15:00", "2026-01-13 09:00", 120 },
		{ "2026-01-16 15:00", "2026-01-19 09:00", 120 },	/* a weekend */
		{ "2026-04-02 15:00", "2026-04-07 09:00", 120 },	/* Easter */
		{ "2026-04-30 11:00", "2026-05-04 09:00", 120 },	/* half day, 1 May, weekend */
		{ "2026-11-13 15:00", "2026-11-17 09:00", 120 },	/* closed for once */
		{ "2026-11-20 15:00", "2026-11-23 09:00", 60 + 240 + 60 },
		{ "2026-12-23 08:00", "2027-01-04 16:00", (1 + 3 + 1) * 480 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t seconds = duetime_open_seconds(&office, local(rows[i].from), local(rows[i].to));

		if (seconds != rows[i].minutes * MINUTE)
			fail_msg("%s to %s: %lld minutes, not %d", rows[i].from, rows[i].to,
			    (long long)seconds / MINUTE, rows[i].minutes);
	}
}

/* The day on which an hour is skipped has 23, the one on which it comes again 25. */
static void
daylight_saving(void **state)
{
	(void)state;
	special[0] = (struct config_special_day){ day("2026-03-29"), HOURS(0, 24) };
	special[1] = (struct config_special_day){ day("2026-10-25"), HOURS(0, 24) };
	assert_int_equal(duetime_open_seconds(&office, local("2026-03-28 12:00"),
	    local("2026-03-30 08:00")), 23 * 3600);
	assert_int_equal(duetime_open_seconds(&office, local("2026-10-24 12:00"),
	    local("2026-10-26 08:00")), 25 * 3600);
}

static int64_t
count_minutes(const struct config_queue *queue, int64_t from_at, int64_t to_at)
{
	int64_t open = 0;

	for (int64_t at = from_at; at < to_at; at += MINUTE)
		open += duetime_is_open(queue, at);
	return open * MINUTE;
}

/* xorshift64*: the same moments on every machine. */
static int64_t
below(int64_t bound)
{
	static uint64_t state = 20260112;

	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (int64_t)((state * UINT64_C(2685821657736338717)) >> 11) % bound;
}

static void
every_minute_counted(void **state)
{
	const int64_t begin_at = local("2026-01-01 00:00");

	(void)state;
	for (int i = 0; i < TRIES; i++) {
		const struct config_queue *queue = i % 4 == 0 ? &always : &office;
		int64_t from_at = begin_at + below(730 * 1440) * MINUTE;
		int64_t to_at = from_at + below(i % 5 == 0 ? 40 * 1440 : 3 * 1440) * MINUTE;
		int64_t counted = count_minutes(queue, from_at, to_at);

		if (duetime_open_seconds(queue, from_at, to_at) != counted)
			fail_msg("%lld to %lld: %lld, counted %lld", (long long)from_at, (long long)to_at,
			    (long long)duetime_open_seconds(queue, from_at, to_at), (long long)counted);
	}
}

/* Cut anywhere, to the second, the parts make the whole. */
static void
parts_make_the_whole(void **state)
{
	const int64_t begin_at = local("2026-01-01 00:00");

	(void)state;
	for (int i = 0; i < TRIES; i++) {
		int64_t from_at = begin_at + below(730 * DAY), to_at = from_at + below(20 * DAY) + 1;
		int64_t cut_at = from_at + below(to_at - from_at);

		assert_int_equal(duetime_open_seconds(&office, from_at, cut_at) +
		    duetime_open_seconds(&office, cut_at, to_at),
		    duetime_open_seconds(&office, from_at, to_at));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(hours_between_two_moments, set_up),
		cmocka_unit_test_setup(daylight_saving, set_up),
		cmocka_unit_test_setup(every_minute_counted, set_up),
		cmocka_unit_test_setup(parts_make_the_whole, set_up),
	};

	clock_start("Europe/Stockholm");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
