/*
 * The calendar of a history: two years from Monday 2 March 2026, with a density at
 * which a million events fill them; fewer events end earlier. A day off has a tenth
 * of a working day's events. Most events of a day happen in office hours.
 */
#include "base/base.h"
#include "model.h"
#include "rules/rules.h"

#define DAYS		730
#define WHOLE		UINT64_C(1000000)
#define WORKING		10
#define OFF		1
#define DAYS_MIN	45	/* the days before and after Easter and summer time */

/* Thousandths of a day's events: before, in and after office hours. */
static const struct stretch {
	unsigned part;
	int from_minute, to_minute;
} stretches[] = { { 20, 0, 450 }, { 940, 450, 1050 }, { 40, 1050, 1440 } };

static uint64_t before[DAYS + 1];	/* number of events before that day */
static int days;

static unsigned
weight(int day)
{
	return workdays_is_off(day_from_date(2026, 3, 2) + day) ? OFF : WORKING;
}

void
calendar_start(uint64_t events)
{
	uint64_t sum = 0, all = 0;

	days = (int)(DAYS * events / WHOLE);
	if (days < DAYS_MIN)
		days = DAYS_MIN;
	else if (days > DAYS)
		days = DAYS;
	for (int day = 0; day < days; day++)
		all += weight(day);
	for (int day = 0; day <= days; day++) {
		before[day] = sum * events / all;
		sum += weight(day);
	}
}

static int64_t
minute_at(int32_t day, int minute)
{
	int year, month, date;

	day_to_date(day, &year, &month, &date);
	return clock_at(year, month, date, minute / 60, minute % 60);
}

int64_t
calendar_at(uint64_t event)
{
	static int day;
	uint64_t of_day, first = 0;
	int32_t today;
	const struct stretch *stretch = stretches;

	if (before[day] > event)
		day = 0;
	while (day < days - 1 && before[day + 1] <= event)
		day++;
	today = day_from_date(2026, 3, 2) + day;
	of_day = before[day + 1] - before[day];
	/* In millionths, so that a few events are spread too. */
	event = (event - before[day]) * 1000000 / of_day;
	while (event >= (first + stretch->part) * 1000) {
		first += stretch->part;
		stretch++;
	}
	event = (event - first * 1000) * (uint64_t)(stretch->to_minute - stretch->from_minute) * 60 /
	    (stretch->part * 1000);
	return minute_at(today, stretch->from_minute) + (int64_t)event;
}

unsigned
calendar_progress(void)
{
	return (unsigned)(model->world.event * 1000 / before[days]);
}
