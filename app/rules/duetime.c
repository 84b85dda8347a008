/* Public holidays, opening hours, due times, working time, kept promises. */
#include <stdlib.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/rules.h"

/*
 * Lag (1989:253) om allmänna helgdagar, 1 §, and three eves on which Swedish
 * offices are closed by custom and agreement.
 */

static const struct {
	int month, day;
	const char *name;
} fixed[] = {
	{ 1, 1, "Nyårsdagen" },
	{ 1, 6, "Trettondedag jul" },
	{ 5, 1, "Första maj" },
	{ 6, 6, "Sveriges nationaldag" },
	{ 12, 24, "Julafton" },
	{ 12, 25, "Juldagen" },
	{ 12, 26, "Annandag jul" },
	{ 12, 31, "Nyårsafton" },
};

static const struct {
	int after_easter;
	const char *name;
} movable[] = {
	{ -2, "Långfredagen" },
	{ 0, "Påskdagen" },
	{ 1, "Annandag påsk" },
	{ 39, "Kristi himmelsfärdsdag" },
	{ 49, "Pingstdagen" },
};

/* The holiday is the first such weekday on or after the date. */
static const struct {
	int month, day, weekday;
	const char *name;
} within_week[] = {
	{ 6, 19, 5, "Midsommarafton" },
	{ 6, 20, 6, "Midsommardagen" },
	{ 10, 31, 6, "Alla helgons dag" },
};

/*
 * The Sunday after the first full moon on or after 21 March, by the tables of the
 * church. Full moons fall on the same dates every nineteen years, so `place` is the
 * year's place among nineteen. `moved` corrects the dates for each century: for the leap
 * days that the Gregorian calendar omits and for the small error of the cycle.
 */
int32_t
workdays_easter(int year)
{
	int place = year % 19, century = year / 100;
	int moved = century - century / 4 - (8 * century + 13) / 25;
	int wait = (moved + 19 * place + 15) % 30;
	int32_t moon;

	/* The tables have 29 dates for 30 values, and no date twice in nineteen years. */
	wait -= wait == 29 || (wait == 28 && place > 10);
	moon = day_from_date(year, 3, 21) + wait;
	return moon + 7 - day_weekday(moon);
}

const char *
workdays_holiday(int32_t day)
{
	int year, month, date;
	int32_t easter;

	day_to_date(day, &year, &month, &date);
	for (size_t i = 0; i < COUNT_OF(fixed); i++) {
		if (fixed[i].month == month && fixed[i].day == date)
			return fixed[i].name;
	}
	easter = workdays_easter(year);
	for (size_t i = 0; i < COUNT_OF(movable); i++) {
		if (day == easter + movable[i].after_easter)
			return movable[i].name;
	}
	for (size_t i = 0; i < COUNT_OF(within_week); i++) {
		int32_t first = day_from_date(year, within_week[i].month, within_week[i].day);

		if (day >= first && day < first + 7 && day_weekday(day) == within_week[i].weekday)
			return within_week[i].name;
	}
	return NULL;
}

bool
workdays_is_off(int32_t day)
{
	int weekday = day_weekday(day);

	return weekday == 0 || weekday == 6 || workdays_holiday(day) != NULL;
}

#define NOON		(12 * 60)
#define USABLE		60	/* minutes of a half day that make it worth a call */
#define LOOK_AHEAD	731	/* days, after which a queue counts as never open */
#define WINDOW_DAYS	10	/* open days to look through for the person's window */
#define DAY_SECONDS	86400

static bool
is_open_day(struct config_hours hours)
{
	return hours.closes > hours.opens;
}

static int
minute_of(int64_t at)
{
	struct tm local;

	clock_local(at, &local);
	return local.tm_hour * 60 + local.tm_min;
}

static const struct config_special_day *
special_day(const struct config_queue *queue, int32_t day)
{
	size_t low = 0, high = queue->special_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (queue->special[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == queue->special_count || queue->special[low].day != day)
		return NULL;
	return &queue->special[low];
}

struct config_hours
duetime_hours(const struct config_queue *queue, int32_t day)
{
	const struct config_special_day *special = special_day(queue, day);

	if (special != NULL)
		return special->hours;
	if (workdays_is_off(day))
		return (struct config_hours){ 0, 0 };
	return queue->week[day_weekday(day)];
}

bool
duetime_is_open(const struct config_queue *queue, int64_t at)
{
	struct config_hours hours = duetime_hours(queue, day_of(at));
	int minute = minute_of(at);

	return minute >= hours.opens && minute < hours.closes;
}

/* Advances *day to the first open day on or after it; false when none is near enough. */
static bool
find_open_day(const struct config_queue *queue, int32_t *day)
{
	for (int32_t last = *day + LOOK_AHEAD; *day <= last; (*day)++) {
		if (is_open_day(duetime_hours(queue, *day)))
			return true;
	}
	return false;
}

int64_t
duetime_opens(const struct config_queue *queue, int64_t at)
{
	int32_t day = day_of(at);

	if (duetime_is_open(queue, at))
		return at;
	if (minute_of(at) >= duetime_hours(queue, day).opens)
		day++;
	if (!find_open_day(queue, &day))
		return at + DAY_SECONDS;
	return day_at(day, duetime_hours(queue, day).opens);
}

int64_t
duetime_on(const struct config_queue *queue, int32_t day)
{
	int32_t open = day;

	if (!find_open_day(queue, &open))
		return day_at(day, 0) + DAY_SECONDS;
	return day_at(open, duetime_hours(queue, open).closes);
}

int64_t
duetime_after(const struct config_queue *queue, int64_t at, int days)
{
	int32_t day = day_of(at);

	for (int i = 0; i < days; i++) {
		day++;
		if (!find_open_day(queue, &day))
			return at + (int64_t)days * DAY_SECONDS;
	}
	return duetime_on(queue, day);
}

int64_t
duetime_first(const struct config_queue *queue, int64_t received_at)
{
	return duetime_after(queue, received_at, queue->promise_days);
}

/* The part of the hours that lies in one half of the day. */
static struct config_hours
half_hours(struct config_hours hours, enum window half)
{
	if (half == WINDOW_MORNING && hours.closes > NOON)
		hours.closes = NOON;
	if (half == WINDOW_AFTERNOON && hours.opens < NOON)
		hours.opens = NOON;
	return hours;
}

/* Whether that half of the day can be used; *end_at becomes its end. */
static bool
half_usable(const struct config_queue *queue, int32_t day, enum window half, int64_t *end_at)
{
	struct config_hours hours = half_hours(duetime_hours(queue, day), half);

	if (hours.closes - hours.opens < USABLE)
		return false;
	*end_at = day_at(day, hours.closes);
	return true;
}

struct retry
duetime_retry_why(const struct config_queue *queue, enum window window, int64_t at)
{
	bool before_noon = minute_of(at) < NOON;
	int tries = window == WINDOW_ANY ? 1 : WINDOW_DAYS;
	int32_t today = day_of(at), day = today;
	struct retry retry = { .half = window, .reason = RETRY_WINDOW };

	if (window == WINDOW_ANY) {
		retry.half = before_noon ? WINDOW_AFTERNOON : WINDOW_MORNING;
		retry.reason = RETRY_OTHER_HALF;
	}
	if (before_noon && retry.half == WINDOW_AFTERNOON &&
	    half_usable(queue, today, retry.half, &retry.at))
		return retry;
	if (window == WINDOW_ANY)
		retry.reason = RETRY_OTHER_HALF_NEXT;
	for (int i = 0; i < tries; i++) {
		day++;
		if (!find_open_day(queue, &day))
			break;
		if (half_usable(queue, day, retry.half, &retry.at))
			return retry;
	}
	return (struct retry){ duetime_after(queue, at, 1), WINDOW_ANY, RETRY_HOURS };
}

int64_t
duetime_retry(const struct config_queue *queue, enum window window, int64_t at)
{
	return duetime_retry_why(queue, window, at).at;
}

/* The seconds of a day's hours between two moments. */
static int64_t
open_seconds_of(const struct config_queue *queue, int32_t day, int64_t from_at, int64_t to_at)
{
	struct config_hours hours = duetime_hours(queue, day);
	int64_t begins_at, ends_at;

	if (!is_open_day(hours))
		return 0;
	begins_at = day_at(day, hours.opens);
	ends_at = day_at(day, hours.closes);
	if (begins_at < from_at)
		begins_at = from_at;
	if (ends_at > to_at)
		ends_at = to_at;
	return ends_at > begins_at ? ends_at - begins_at : 0;
}

int64_t
duetime_open_seconds(const struct config_queue *queue, int64_t from_at, int64_t to_at)
{
	int64_t seconds = 0;

	if (to_at <= from_at)
		return 0;
	for (int32_t day = day_of(from_at), last = day_of(to_at); day <= last; day++)
		seconds += open_seconds_of(queue, day, from_at, to_at);
	return seconds;
}

enum promise
promise_judge(int64_t promised_at, int64_t answered_at, int64_t now)
{
	if (answered_at != 0)
		return answered_at <= promised_at ? PROMISE_KEPT : PROMISE_BROKEN;
	return now <= promised_at ? PROMISE_RUNNING : PROMISE_BROKEN;
}

static int
compare(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return (one > other) - (one < other);
}

int64_t
promise_quantile(int64_t *values, size_t count, int hundredths)
{
	size_t rank = (count * (size_t)hundredths + 99) / 100;

	if (count == 0)
		return 0;
	qsort(values, count, sizeof(*values), compare);
	return values[rank == 0 ? 0 : rank - 1];
}

static bool
is_small(int64_t persons)
{
	return persons > 0 && persons < FIGURE_MIN;
}

bool
promise_parts_shown(int64_t one, int64_t other)
{
	return parts_shown((const int64_t[]){ one, other }, 2);
}

bool
parts_shown(const int64_t *parts, size_t count)
{
	int64_t whole = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_small(parts[i]))
			return false;
		whole += parts[i];
	}
	return whole >= FIGURE_MIN;
}

/* The moment to ring. */

#define AN_HOUR	INT64_C(3600)
#define NOON	(12 * 60)

/* After an attempt: the half of the day in which it is to be tried again, and not at once. */
static int64_t
again_from(const struct config_queue *queue, const struct moment *moment)
{
	const struct retry retry = duetime_retry_why(queue, moment->window, moment->cause_at);
	int64_t from = moment->due_at;

	if (retry.at == moment->due_at)
		from = day_at(day_of(retry.at), retry.half == WINDOW_AFTERNOON ? NOON : 0);
	if (from < moment->cause_at + AN_HOUR)
		from = moment->cause_at + AN_HOUR;
	return from < moment->due_at ? from : moment->due_at;
}

static int64_t
fits_from(const struct config_queue *queue, const struct moment *moment)
{
	if (act_has(moment->cause, ACT_IS_ATTEMPT) && !act_has(moment->cause, ACT_IS_OTHER_WAY))
		return again_from(queue, moment);
	switch (moment->cause) {
	case ACT_ANNOUNCED:
		return moment->due_at;
	case ACT_REACHED:
	case ACT_RANG_BACK:
	case ACT_FOLLOW:
	case ACT_BEGIN:
	case ACT_PARK:
	case ACT_LETTER:
	case ACT_VISIT:
	case ACT_HELPER:
		return day_at(day_of(moment->due_at), 0);
	default:
		return 0;
	}
}

enum moment_fit
moment_fits(const struct config_queue *queue, const struct moment *moment, int64_t now)
{
	const int32_t today = day_of(now);
	const bool morning = now < day_at(today, NOON);
	/* When the half of the day that the other half is, ends. */
	const int64_t other_ends = morning ? day_at(today, NOON) : day_at(today + 1, 0);

	if (now < fits_from(queue, moment))
		return MOMENT_NOT;
	if (moment->window == WINDOW_ANY || (moment->window == WINDOW_MORNING) == morning)
		return MOMENT_FITS;
	return moment->due_at <= other_ends ? MOMENT_LAST : MOMENT_NOT;
}
