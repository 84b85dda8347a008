#include <string.h>

#include "web/outreach.h"

#define STEP_WIDTH	10
#define BAR_WIDTH	8
#define HEIGHT		100

static bool
is_mirrored(const struct exchange *x)
{
	return strcmp(x->language->dir, "rtl") == 0;
}

static struct tm
date_of(int32_t day)
{
	struct tm date = { .tm_wday = day_weekday(day) };

	day_to_date(day, &date.tm_year, &date.tm_mon, &date.tm_mday);
	date.tm_year -= 1900;
	date.tm_mon--;
	return date;
}

/* "torsdag 14 januari", "vecka 3, 2027", "januari 2027", "2027" */
static const char *
step_name(struct exchange *x, enum step step, int32_t from_day)
{
	struct tm date = date_of(from_day);
	struct buffer out = { 0 };
	int year = date.tm_year + 1900;
	const char *week = exchange_keep(x, "%d", step_week(from_day, &year));
	const char *written = exchange_keep(x, "%d", year);

	switch (step) {
	case STEP_DAY:
		text_day(&out, x->language, &date);
		break;
	case STEP_WEEK:
		text_fill(&out, text(x->language, N_("vecka {week}, {year}")),
		    (const struct text_argument[]){ { "week", week }, { "year", written } }, 2);
		break;
	case STEP_MONTH:
		text_fill(&out, text(x->language, N_("{month} {year}")),
		    (const struct text_argument[]){
		    { "month", text_month(x->language, date.tm_mon) }, { "year", written } }, 2);
		break;
	case STEP_YEAR:
	default:
		return written;
	}
	return exchange_keep_buffer(x, &out);
}

/* Anything is seen: at least one of the height for one visit. */
static int
part_of(int64_t n, int64_t most, int whole)
{
	if (n == 0 || most == 0)
		return 0;
	return n * whole < most ? 1 : (int)(n * whole / most);
}

void
chart_fill(struct exchange *x, struct chart_view *chart, const char *id, const char *name,
    const struct visit_steps *steps, int64_t scale)
{
	struct chart_bar_view *bars = exchange_keep_array(x, steps->count + 1, sizeof(*bars));
	struct chart_row_view *rows = exchange_keep_array(x, steps->count + 1, sizeof(*rows));
	const int width = (int)steps->count * STEP_WIDTH;

	for (size_t i = 0; i < steps->count; i++) {
		int x_from = (int)i * STEP_WIDTH + (STEP_WIDTH - BAR_WIDTH) / 2;
		int height = part_of(steps->steps[i].visits, scale, HEIGHT);

		bars[i].x = is_mirrored(x) ? width - x_from - BAR_WIDTH : x_from;
		bars[i].y = HEIGHT - height;
		bars[i].width = BAR_WIDTH;
		bars[i].height = height;
		rows[i].when = step_name(x, steps->step, steps->steps[i].from_day);
		rows[i].visits = steps->steps[i].visits;
	}
	*chart = (struct chart_view){
		.id = id, .name = name, .width = width, .height = HEIGHT, .most = steps->most,
		.bars = bars, .bars_count = steps->count, .rows = rows, .rows_count = steps->count
	};
	if (steps->count == 0)
		return;
	chart->first = rows[0].when;
	chart->last = rows[steps->count - 1].when;
}

void
chart_bar(struct exchange *x, int64_t n, int64_t most, int *length, int *begin)
{
	*length = part_of(n, most, CHART_WHOLE);
	*begin = is_mirrored(x) ? CHART_WHOLE - *length : 0;
}
