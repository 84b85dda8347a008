#include "referral/referral.h"

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
} moving[] = {
	{ -2, "Långfredagen" },
	{ 0, "Påskdagen" },
	{ 1, "Annandag påsk" },
	{ 39, "Kristi himmelsfärdsdag" },
	{ 49, "Pingstdagen" },
};

/* On the one day of that name among the seven that begin here. */
static const struct {
	int month, day, weekday;
	const char *name;
} within_week[] = {
	{ 6, 19, 5, "Midsommarafton" },
	{ 6, 20, 6, "Midsommardagen" },
	{ 10, 31, 6, "Alla helgons dag" },
};

/*
 * The Sunday after the first full moon on or after 21 March, as the church
 * tables it: by the year's place among nineteen, after which moons fall on
 * the same days again, and by how far the centuries have moved those days
 * (leap days left out, and the moon's own small error).
 */
int32_t
workdays_easter(int year)
{
	int place = year % 19, century = year / 100;
	int moved = century - century / 4 - (8 * century + 13) / 25;
	int wait = (moved + 19 * place + 15) % 30;
	int32_t moon;

	/* The tables have 29 days for 30 values, and let no day come twice in nineteen years. */
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
	for (size_t i = 0; i < COUNT_OF(moving); i++) {
		if (day == easter + moving[i].after_easter)
			return moving[i].name;
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
