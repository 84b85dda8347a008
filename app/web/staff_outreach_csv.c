#include "web/codes.h"
#include "web/outreach.h"
#include "web/period.h"
#include "web/staff_case.h"

static void
put_words(struct exchange *x, struct buffer *table)
{
	static const char *const words[] = {
		N_("Från"), N_("Till"), N_("Kod"), N_("Plats"), N_("Kanal"), N_("Kommun"), N_("Besök"),
		N_("Robotar"), N_("Personal"), N_("Hörde av sig"), N_("Nådda"),
		N_("Arbete eller studier"), N_("varav arbete"), N_("varav studier"), N_("Annat utfall")
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		csv_text(table, text(x->language, words[i]));
	csv_end_row(table);
}

static void
put_figure(struct exchange *x, struct buffer *table, int64_t figure)
{
	if (figure == FIGURE_HIDDEN)
		csv_text(table, text(x->language, N_("visas inte")));
	else
		csv_number(table, figure);
}

static void
put_code(struct exchange *x, struct buffer *table, const struct outreach_code *code,
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

void
staff_outreach_csv(struct exchange *x, struct store *store)
{
	struct outreach_wish wish;
	struct outreach outreach;
	struct error error;

	if (!outreach_asked(x, &wish))
		return;
	if (outreach_read(&outreach, store, &wish, &error) == 0) {
		x->status = 200;
		x->type = "text/csv; charset=utf-8";
		csv_start(&x->body);
		put_words(x, &x->body);
		for (size_t i = 0; i < outreach.count; i++)
			put_code(x, &x->body, &outreach.codes[i], &wish);
	} else {
		staff_failed(x, &error);
	}
	outreach_free(&outreach);
}
