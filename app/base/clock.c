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
