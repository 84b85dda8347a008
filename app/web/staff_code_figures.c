#include "web/outreach.h"

#define DAYS	30
#define WEEKS	26
#define MONTHS	12

static void
fill_figures(struct exchange *x, struct code_figures_view *view,
    const struct outreach_figures *told)
{
	const struct code_figure_view figures[] = {
		{ N_("Besök"), { told->visits[VISIT_PERSON] } },
		{ N_("Hörde av sig"), { told->came } },
		{ N_("Nådda"), { told->reached } },
		{ N_("Arbete eller studier"), { told->well } },
		{ N_("varav arbete"), { told->work } },
		{ N_("varav studier"), { told->studies } },
		{ N_("Annat utfall"), { told->other } },
		{ N_("Robotar"), { told->visits[VISIT_ROBOT] } },
		{ N_("Personal"), { told->visits[VISIT_STAFF] } },
	};
	struct code_figure_view *kept = exchange_keep_array(x, COUNT_OF(figures), sizeof(*kept));

	for (size_t i = 0; i < COUNT_OF(figures); i++)
		kept[i] = figures[i];
	view->figures = kept;
	view->figures_count = COUNT_OF(figures);
}

int
staff_figures_fill(struct exchange *x, struct store *store, struct code_figures_view *view,
    const char *code, struct error *error)
{
	const int32_t today = day_of(x->now);
	struct {
		struct chart_view *chart;
		const char *id, *name;		/* name a msgid */
		enum step step;
		int32_t days;
	} charts[] = {
		{ &view->days, "days", N_("Besök de senaste 30 dagarna."), STEP_DAY, DAYS - 1 },
		{ &view->weeks, "weeks", N_("Besök det senaste halvåret, vecka för vecka."), STEP_WEEK,
		    7 * (WEEKS - 1) },
		{ &view->months, "months", N_("Besök det senaste året, månad för månad."), STEP_MONTH,
		    30 * (MONTHS - 1) },
	};
	struct outreach_wish wish = { .to_day = today, .code = code };
	struct outreach outreach;
	int result = outreach_read(&outreach, store, &wish, error);

	if (result == 0)
		fill_figures(x, view, &outreach.whole);
	outreach_free(&outreach);
	for (size_t i = 0; i < COUNT_OF(charts) && result == 0; i++) {
		struct visit_steps steps;

		wish.from_day = step_begin(charts[i].step, today - charts[i].days);
		result = outreach_steps(&steps, store, &wish, charts[i].step, error);
		if (result == 0)
			chart_fill(x, charts[i].chart, charts[i].id, text(x->language, charts[i].name),
			    &steps, steps.most);
	}
	return result;
}
