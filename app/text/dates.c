/* Days and times in the reader's language. */
#include "base/base.h"
#include "base/words.h"
#include "text/text.h"

static const char *const weekdays[] = {
	N_("söndag"), N_("måndag"), N_("tisdag"), N_("onsdag"), N_("torsdag"),
	N_("fredag"), N_("lördag")
};

static const char *const months[] = {
	N_("januari"), N_("februari"), N_("mars"), N_("april"), N_("maj"),
	N_("juni"), N_("juli"), N_("augusti"), N_("september"), N_("oktober"),
	N_("november"), N_("december")
};

static void
write_date(struct buffer *out, const struct language *language,
    const char *pattern, const struct tm *day)
{
	struct buffer number = {0}, year = {0};
	const char *weekday = weekdays[(unsigned)day->tm_wday % COUNT_OF(weekdays)];
	const char *month = months[(unsigned)day->tm_mon % COUNT_OF(months)];

	buffer_format(&number, "%d", day->tm_mday);
	buffer_format(&year, "%d", day->tm_year + 1900);
	text_fill(out, language, text(language, pattern), (const struct text_argument[]){
		{ "weekday", text(language, weekday) },
		{ "day", number.data },
		{ "month", text(language, month) },
		{ "year", year.data }
	}, 4);
	buffer_free(&number);
	buffer_free(&year);
}

void
text_day(struct buffer *out, const struct language *language,
    const struct tm *day)
{
	write_date(out, language, N_("{weekday} {day} {month}"), day);
}

void
text_date(struct buffer *out, const struct language *language,
    const struct tm *day)
{
	write_date(out, language, N_("{weekday} {day} {month} {year}"), day);
}

const char *
text_month(const struct language *language, int month)
{
	return text(language, months[(unsigned)month % COUNT_OF(months)]);
}

void
text_clock(struct buffer *out, const struct tm *at)
{
	buffer_format(out, "%02d:%02d", at->tm_hour, at->tm_min);
}

static int32_t
civil_day(const struct tm *at)
{
	return day_from_date(at->tm_year + 1900, at->tm_mon + 1, at->tm_mday);
}

static const char *
near_pattern(int32_t days)
{
	switch (days) {
	case -1:
		return N_("i går kl. {clock}");
	case 0:
		return N_("i dag kl. {clock}");
	case 1:
		return N_("i morgon kl. {clock}");
	default:
		return NULL;
	}
}

void
text_when(struct buffer *out, const struct language *language,
    const struct tm *at, const struct tm *now)
{
	const char *pattern = near_pattern(civil_day(at) - civil_day(now));
	struct buffer clock = {0};

	if (pattern == NULL && at->tm_year == now->tm_year) {
		text_day(out, language, at);
	} else if (pattern == NULL) {
		text_date(out, language, at);
	} else {
		text_clock(&clock, at);
		text_fill(out, language, text(language, pattern),
		    &(const struct text_argument){ "clock", clock.data }, 1);
		buffer_free(&clock);
	}
}

static const char *
half_pattern(int32_t days, enum window half)
{
	if (days == 0)
		return half == WINDOW_MORNING ? N_("i dag på förmiddagen") :
		    half == WINDOW_AFTERNOON ? N_("i dag på eftermiddagen") : N_("i dag");
	if (days == 1)
		return half == WINDOW_MORNING ? N_("i morgon på förmiddagen") :
		    half == WINDOW_AFTERNOON ? N_("i morgon på eftermiddagen") : N_("i morgon");
	return half == WINDOW_MORNING ? N_("{day} på förmiddagen") :
	    half == WINDOW_AFTERNOON ? N_("{day} på eftermiddagen") : "{day}";
}

void
text_half(struct buffer *out, const struct language *language, const struct tm *at,
    const struct tm *now, enum window half)
{
	const char *pattern = half_pattern(civil_day(at) - civil_day(now), half);
	struct buffer day = {0};

	text_day(&day, language, at);
	text_fill(out, language, text(language, pattern),
	    &(const struct text_argument){ "day", day.data }, 1);
	buffer_free(&day);
}
