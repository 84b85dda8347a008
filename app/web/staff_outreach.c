#include "page/pages.h"
#include "web/codes.h"
#include "web/outreach.h"
#include "web/period.h"

bool
outreach_asked(struct exchange *x, struct outreach_wish *wish)
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
fill_row(struct exchange *x, struct outreach_row_view *row, const struct outreach_code *code,
    int64_t most)
{
	const struct config_area *area = config_area(&site.config, code->area);
	const struct outreach_figures *figures = &code->figures;

	row->code = exchange_keep(x, "%s", code->code);
	row->place = exchange_keep(x, "%s", code->place);
	row->area = area != NULL ? area->name : exchange_keep(x, "%s", code->area);
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
outreach_fill(struct exchange *x, struct outreach_table_view *table,
    const struct outreach *outreach)
{
	struct outreach_row_view *rows =
	    exchange_keep_array(x, outreach->count + 1, sizeof(*rows));
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

void
staff_outreach(struct exchange *x, struct store *store)
{
	struct outreach_view view = { 0 };
	struct outreach outreach = { 0 };
	struct visit_steps steps;
	struct outreach_wish wish;
	struct error error;

	if (!outreach_asked(x, &wish))
		return;
	if (outreach_read(&outreach, store, &wish, &error) != 0 ||
	    outreach_steps(&steps, store, &wish, wish.to_day - wish.from_day <= 31 ? STEP_DAY :
	    STEP_MONTH, &error) != 0) {
		staff_failed(x, &error);
		goto done;
	}
	outreach_fill(x, &view.table, &outreach);
	chart_fill(x, &view.chart, "visits", text(x->language, N_("Besök av människor, alla koder.")),
	    &steps, steps.most);
	period_fill(x, &view.period, "/staff/outreach", period_asked(x));
	view.csv_href = exchange_keep(x, "/staff/outreach.csv?period=%s",
	    period_word(period_asked(x)));
	view.now = period_moment(x, x->now);
	staff_frame(x, &view.frame, N_("Vad koderna har gett"), "codes");
	x->status = 200;
	page_outreach(&x->body, x->language, &view);
done:
	outreach_free(&outreach);
}
