/* The results of the codes: table, chart and file. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/outreach.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_outreach.h"
#include "server/server.h"
#include "staff/outreach.h"
#include "staff/staff.h"
#include "text/text.h"

#define STEP_WIDTH	10
#define BAR_WIDTH	8
#define HEIGHT		100

static bool
is_mirrored(const struct request *x)
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

/* Returns a step's name: "torsdag 14 januari", "vecka 3, 2027", "januari 2027", "2027". */
static const char *
step_name(struct request *x, enum step step, int32_t from_day)
{
	struct tm date = date_of(from_day);
	struct buffer out = { 0 };
	int year = date.tm_year + 1900;
	const char *week = arena_format(x, "%d", step_week(from_day, &year));
	const char *written = arena_format(x, "%d", year);

	switch (step) {
	case STEP_DAY:
		text_day(&out, x->language, &date);
		break;
	case STEP_WEEK:
		text_fill(&out, x->language, text(x->language, N_("vecka {week}, {year}")),
		    (const struct text_argument[]){ { "week", week }, { "year", written } }, 2);
		break;
	case STEP_MONTH:
		text_fill(&out, x->language, text(x->language, N_("{month} {year}")),
		    (const struct text_argument[]){
		    { "month", text_month(x->language, date.tm_mon) }, { "year", written } }, 2);
		break;
	case STEP_YEAR:
	default:
		return written;
	}
	return arena_take(x, &out);
}

/*
 * Returns the length of a bar for n, at least 1 when n is not 0, so that one visit can be
 * seen.
 */
static int
part_of(int64_t n, int64_t most, int whole)
{
	if (n == 0 || most == 0)
		return 0;
	return n * whole < most ? 1 : (int)(n * whole / most);
}

void
chart_fill(struct request *x, struct chart_view *chart, const char *id, const char *name,
    const struct visit_steps *steps, int64_t scale)
{
	struct chart_bar_view *bars = arena_array(x, steps->count + 1, sizeof(*bars));
	struct chart_row_view *rows = arena_array(x, steps->count + 1, sizeof(*rows));
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
chart_bar(struct request *x, int64_t n, int64_t most, int *length, int *begin)
{
	*length = part_of(n, most, CHART_WHOLE);
	*begin = is_mirrored(x) ? CHART_WHOLE - *length : 0;
}

static void
put_words(struct request *x, struct buffer *table)
{
	static const char *const words[] = {
		N_("Från"), N_("Till"), N_("Kod"), N_("Plats"), N_("Kanal"), N_("Kommun"), N_("Besök"),
		N_("Robotar"), N_("Vår personal"), N_("Hörde av sig"), N_("Nådda"),
		N_("Arbete eller studier"), N_("varav arbete"), N_("varav studier"), N_("Annat utfall")
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		csv_text(table, text(x->language, words[i]));
	csv_end_row(table);
}

static void
put_figure(struct request *x, struct buffer *table, int64_t figure)
{
	if (figure == FIGURE_HIDDEN)
		csv_text(table, text(x->language, N_("visas inte")));
	else
		csv_number(table, figure);
}

static void
put_code(struct request *x, struct buffer *table, const struct outreach_code *code,
    const struct outreach_wish *wish)
{
	const struct config_area *area = config_area(&site.config, code->area);
	const struct outreach_figures *figures = &code->figures;

	csv_text(table, wish->from_day == 0 ? "" : staff_date(x, wish->from_day));
	csv_text(table, staff_date(x, wish->to_day));
	csv_text(table, code->code);
	csv_text(table, code->place);
	csv_text(table, text(x->language, code_channel_text(code->channel)));
	csv_text(table, area != NULL ? area->name : code->area);
	for (int kind = 0; kind < VISIT_KIND_COUNT; kind++)
		csv_number(table, figures->visits[kind]);
	put_figure(x, table, figures->came);
	put_figure(x, table, figures->reached);
	put_figure(x, table, figures->well);
	put_figure(x, table, figures->work);
	put_figure(x, table, figures->studies);
	put_figure(x, table, figures->other);
	csv_end_row(table);
}

static void
staff_outreach_csv(struct request *x, struct work *work)
{
	struct outreach_wish wish;
	struct outreach outreach;

	if (!outreach_asked(x, &wish))
		return;
	if (outreach_read(work, &outreach, &wish) == 0) {
		x->status = 200;
		x->type = "text/csv; charset=utf-8";
		csv_start(&x->body);
		put_words(x, &x->body);
		for (size_t i = 0; i < outreach.count; i++)
			put_code(x, &x->body, &outreach.codes[i], &wish);
	} else {
		staff_failed(x, &work->error);
	}
	outreach_free(&outreach);
}

bool
outreach_asked(struct request *x, struct outreach_wish *wish)
{
	const struct period *period = period_asked(x);
	int64_t from_at, before_at;

	if (period == NULL) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return false;
	}
	period_bounds(period, x->now, &from_at, &before_at);
	*wish = (struct outreach_wish){
		.from_day = from_at == 0 ? 0 : day_of(from_at),
		.to_day = day_of(before_at == 0 ? x->now : before_at - 1)
	};
	return true;
}

static void
fill_row(struct request *x, struct outreach_row_view *row, const struct outreach_code *code,
    int64_t most)
{
	const struct config_area *area = config_area(&site.config, code->area);
	const struct outreach_figures *figures = &code->figures;

	row->code = arena_format(x, "%s", code->code);
	row->place = arena_format(x, "%s", code->place);
	row->area = area != NULL ? area->name : arena_format(x, "%s", code->area);
	row->channel = code_channel_text(code->channel);
	row->retired = code->retired;
	row->people = figures->visits[VISIT_PERSON];
	row->robots = figures->visits[VISIT_ROBOT];
	row->staff = figures->visits[VISIT_STAFF];
	chart_bar(x, row->people, most, &row->bar, &row->bar_x);
	row->came.n = figures->came;
	row->reached.n = figures->reached;
	row->well.n = figures->well;
	row->work.n = figures->work;
	row->studies.n = figures->studies;
	row->other.n = figures->other;
}

void
outreach_fill(struct request *x, struct outreach_table_view *table,
    const struct outreach *outreach)
{
	struct outreach_row_view *rows =
	    arena_array(x, outreach->count + 1, sizeof(*rows));
	int64_t most = 0;

	for (size_t i = 0; i < outreach->count; i++) {
		int64_t people = outreach->codes[i].figures.visits[VISIT_PERSON];

		if (people > most)
			most = people;
	}
	for (size_t i = 0; i < outreach->count; i++)
		fill_row(x, &rows[i], &outreach->codes[i], most);
	table->rows = rows;
	table->rows_count = outreach->count;
}

static void
staff_outreach(struct request *x, struct work *work)
{
	struct outreach_view view = { 0 };
	struct outreach outreach = { 0 };
	struct visit_steps steps;
	struct outreach_wish wish;

	if (!outreach_asked(x, &wish))
		return;
	if (outreach_read(work, &outreach, &wish) != 0 ||
	    outreach_steps(work, &steps, &wish, wish.to_day - wish.from_day <= 31 ? STEP_DAY :
	    STEP_MONTH) != 0) {
		staff_failed(x, &work->error);
		goto done;
	}
	outreach_fill(x, &view.table, &outreach);
	chart_fill(x, &view.chart, "visits", text(x->language, N_("Besök av människor, alla koder.")),
	    &steps, steps.most);
	period_fill(x, &view.period, "/staff/outreach", period_asked(x));
	view.csv_href = arena_format(x, "/staff/outreach.csv?period=%s",
	    period_word(period_asked(x)));
	view.now = period_moment(x, x->now);
	staff_frame(x, &view.frame, N_("Vad koderna har gett"), "codes");
	x->status = 200;
	page_outreach(&x->body, x->language, &view);
done:
	outreach_free(&outreach);
}

const struct route staff_outreach_routes[] = {
	{ METHOD_GET, "/staff/outreach", LEAD, WORKER_SLOW, staff_outreach, { "period" } },
	{ METHOD_GET, "/staff/outreach.csv", LEAD, WORKER_SLOW, staff_outreach_csv, { "period" } },
	{ .path = NULL }
};
