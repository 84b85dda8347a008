/* The clock, and days as numbers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base.h"

void
clock_start(const char *zone)
{
	if (setenv("TZ", zone, 1) != 0)
		abort();
	tzset();
}

int64_t
clock_now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
clock_now(void)
{
	return clock_now_ms() / 1000;
}

void
clock_local(int64_t at, struct tm *local)
{
	time_t seconds = (time_t)at;

	if (localtime_r(&seconds, local) == NULL)
		memset(local, 0, sizeof(*local));
}

int64_t
clock_at(int year, int month, int day, int hour, int minute)
{
	struct tm local = {
		.tm_year = year - 1900,
		.tm_mon = month - 1,
		.tm_mday = day,
		.tm_hour = hour,
		.tm_min = minute,
		.tm_isdst = -1,
	};

	return (int64_t)mktime(&local);
}

/*
 * Counts in years that begin on 1 March. The leap day is then the last day of the year,
 * and the first day of a month is a linear function of the month.
 */
int32_t
day_from_date(int year, int month, int day)
{
	int32_t march_year = year - (month <= 2);
	int32_t era = march_year / 400;
	int32_t year_of_era = march_year - era * 400;
	int32_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
	    day_of_year - 719468;
}

void
day_to_date(int32_t day, int *year, int *month, int *day_of_month)
{
	int32_t since = day + 719468;
	int32_t era = since / 146097;
	int32_t day_of_era = since - era * 146097;
	int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
	    day_of_era / 146096) / 365;
	int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 -
	    year_of_era / 100);
	int32_t march_month = (5 * day_of_year + 2) / 153;

	*day_of_month = day_of_year - (153 * march_month + 2) / 5 + 1;
	*month = march_month + (march_month < 10 ? 3 : -9);
	*year = era * 400 + year_of_era + (*month <= 2);
}

int32_t
day_of(int64_t at)
{
	struct tm local;

	clock_local(at, &local);
	return day_from_date(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

int64_t
day_at(int32_t day, int minutes)
{
	int year, month, date;

	day_to_date(day, &year, &month, &date);
	return clock_at(year, month, date, minutes / 60, minutes % 60);
}

int
day_weekday(int32_t day)
{
	int32_t weekday = (day + 4) % 7;	/* 1970-01-01 was a Thursday */

	return weekday < 0 ? weekday + 7 : weekday;
}

int
day_parse(const char *text, int32_t *day)
{
	int year, month, date, back_year, back_month, back_date, end = 0;

	/* Checks the form first, because sscanf also accepts spaces and signs. */
	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' ||
	    strspn(text, "0123456789") != 4 || strspn(text + 5, "0123456789") != 2 ||
	    strspn(text + 8, "0123456789") != 2 ||
	    sscanf(text, "%4d-%2d-%2d%n", &year, &month, &date, &end) != 3 ||
	    end != 10 || year < 1 || month < 1 || month > 12 || date < 1)
		return -1;
	*day = day_from_date(year, month, date);
	day_to_date(*day, &back_year, &back_month, &back_date);
	return back_year == year && back_month == month && back_date == date ? 0 : -1;
}
