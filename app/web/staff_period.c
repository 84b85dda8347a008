#include <string.h>

#include "web/period.h"

/* When a period begins and ends: months from this one's first day, or days back. */
struct period {
	const char *word, *text;
	bool whole;			/* everything */
	int from_month, before_month;	/* from this month; before_month 1: no end yet */
};

static const struct period periods[] = {
	{ "month", N_("Den här månaden"), false, 0, 1 },
	{ "last-month", N_("Förra månaden"), false, -1, 0 },
	{ "year", N_("12 månader"), false, -12, 1 },
	{ "all", N_("All tid"), true, 0, 1 },
};

#define PERIOD_DEFAULT	2	/* few come in a month where few live */

const struct period *
period_asked(const struct exchange *x)
{
	const char *word = form_value(&x->query, "period");

	if (word == NULL)
		return &periods[PERIOD_DEFAULT];
	for (size_t i = 0; i < COUNT_OF(periods); i++) {
		if (strcmp(periods[i].word, word) == 0)
			return &periods[i];
	}
	return NULL;
}

const char *
period_word(const struct period *period)
{
	return period->word;
}

/* The first moment of a month, counted from that of now. */
static int64_t
month_at(int64_t now, int months)
{
	struct tm local;
	int month;

	clock_local(now, &local);
	month = (local.tm_year + 1900) * 12 + local.tm_mon + months;
	return clock_at(month / 12, month % 12 + 1, 1, 0, 0);
}

void
period_bounds(const struct period *period, int64_t now, int64_t *from_at, int64_t *before_at)
{
	*from_at = period->whole ? 0 : month_at(now, period->from_month);
	*before_at = period->before_month <= 0 ? month_at(now, period->before_month) : 0;
}

const char *
period_date(struct exchange *x, int64_t at)
{
	struct buffer out = { 0 };
	struct tm local;

	clock_local(at, &local);
	text_date(&out, x->language, &local);
	return exchange_keep_buffer(x, &out);
}

const char *
period_moment(struct exchange *x, int64_t at)
{
	struct buffer clock = { 0 };
	struct tm local;
	const char *moment;

	clock_local(at, &local);
	text_clock(&clock, &local);
	moment = exchange_keep(x, "%s %s", period_date(x, at), buffer_string(&clock));
	buffer_free(&clock);
	return moment;
}

void
period_fill(struct exchange *x, struct period_view *view, const char *path,
    const struct period *asked)
{
	struct period_link_view *links =
	    exchange_keep_array(x, COUNT_OF(periods), sizeof(*links));
	int64_t from_at, before_at;

	for (size_t i = 0; i < COUNT_OF(periods); i++) {
		links[i].href = exchange_keep(x, "%s?period=%s", path, periods[i].word);
		links[i].text = periods[i].text;
		links[i].current = &periods[i] == asked;
	}
	view->links = links;
	view->links_count = COUNT_OF(periods);
	period_bounds(asked, x->now, &from_at, &before_at);
	if (from_at != 0)
		view->from = period_date(x, from_at);
	view->to = period_date(x, before_at != 0 ? before_at - 1 : x->now);
}
