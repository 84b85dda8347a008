/* A code's symbol on its page and as a file, and its figures. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/codes.h"
#include "flow/outreach.h"
#include "flow/work.h"
#include "render/view_outreach.h"
#include "server/server.h"
#include "staff/outreach.h"
#include "staff/staff.h"
#include "store/store.h"
#include "text/text.h"

#define DAYS	30
#define WEEKS	26
#define MONTHS	12

static void
fill_figures(struct request *x, struct code_figures_view *view,
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
		{ N_("Vår personal"), { told->visits[VISIT_STAFF] } },
	};
	struct code_figure_view *kept = arena_array(x, COUNT_OF(figures), sizeof(*kept));

	for (size_t i = 0; i < COUNT_OF(figures); i++)
		kept[i] = figures[i];
	view->figures = kept;
	view->figures_count = COUNT_OF(figures);
}

int
staff_figures_fill(struct request *x, struct work *work, struct code_figures_view *view,
    const char *code)
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
	int result = outreach_read(work, &outreach, &wish);

	if (result == 0)
		fill_figures(x, view, &outreach.whole);
	outreach_free(&outreach);
	for (size_t i = 0; i < COUNT_OF(charts) && result == 0; i++) {
		struct visit_steps steps;

		wish.from_day = step_begin(charts[i].step, today - charts[i].days);
		result = outreach_steps(work, &steps, &wish, charts[i].step);
		if (result == 0)
			chart_fill(x, charts[i].chart, charts[i].id, text(x->language, charts[i].name),
			    &steps, steps.most);
	}
	return result;
}

/* What the query wishes, and for the rest what is usual. What is wrong with it, a msgid; NULL when right. */
static const char *
wish_of(const struct request *x, struct symbol_print *print)
{
	const char *format = form_value(&x->query, "as"), *level = form_value(&x->query, "level");
	const char *mm = form_value(&x->query, "mm"), *dpi = form_value(&x->query, "dpi");
	enum symbol_level wished = SYMBOL_Q;
	const char *fault = NULL;

	*print = symbol_print_usual;
	if (dpi != NULL && symbol_read_dpi(dpi, &print->dpi) == -1)
		fault = N_("Välj 300 eller 600 punkter per tum.");
	if (level != NULL && (symbol_read_level(level, &wished) == -1 || wished < SYMBOL_Q))
		fault = N_("Välj tåligheten Q eller H.");
	else
		print->level = wished;
	if (format != NULL && symbol_read_format(format, &print->format) == -1)
		fault = N_("Välj SVG, PNG eller EPS.");
	if (mm != NULL && symbol_read_mm(mm, &print->mm) == -1)
		fault = N_("Skriv en bredd från 10 till 1000 millimeter.");
	return fault;
}

/* "host/q/ABC123" */
static const char *
short_address(struct request *x, const char *code)
{
	const char *scheme = strstr(site.config.base_url, "://");

	return arena_format(x, "%s/q/%s",
	    scheme == NULL ? site.config.base_url : scheme + 3, code);
}

void
staff_symbol_fill(struct request *x, struct code_symbol_view *view, const struct code_row *row)
{
	struct buffer address = { 0 }, link = { 0 };
	const char *typed = form_value(&x->query, "mm");
	struct symbol_print print;
	struct symbol symbol;

	view->fault = wish_of(x, &print);
	view->code = row->code;
	view->address = short_address(x, row->code);
	view->retired = row->retired_at != 0;
	view->format = symbol_format_word(print.format);
	view->level = print.level == SYMBOL_H ? "H" : "Q";
	view->mm = typed != NULL ? typed : arena_format(x, "%g", print.mm);
	view->dpi = print.dpi == 600 ? "600" : "300";
	view->small = print.mm < SYMBOL_MM_SMALL;
	code_address(&site.config, row->code, &address);
	if (symbol_make(&symbol, buffer_string(&address), print.level) == 0) {
		symbol_link(&symbol, &link);
		view->symbol = arena_take(x, &link);
		view->reach = symbol_reach(&symbol, print.mm);
		symbol_free(&symbol);
	}
	buffer_free(&address);
}

static void
name_file(struct request *x, const char *code, const struct symbol_print *print)
{
	char dots[16] = "";

	if (print->format == SYMBOL_PNG)
		(void)snprintf(dots, sizeof(dots), "-%ddpi", print->dpi);
	(void)snprintf(x->file, sizeof(x->file), "qr-%s-%gmm-%s%s.%s", code, print->mm,
	    print->level == SYMBOL_H ? "H" : "Q", dots, symbol_format_word(print->format));
}

static void
staff_symbol(struct request *x, struct work *work)
{
	struct buffer address = { 0 };
	struct symbol_print print;
	const char *fault = wish_of(x, &print);
	struct code_row row;
	struct symbol symbol;

	if (fault != NULL) {
		staff_problem(x, 422, N_("Så kan QR-koden inte göras"), fault);
		return;
	}
	if (staff_code_find(x, work, form_value(&x->query, "code"), &row) != FOUND)
		return;
	if (row.retired_at != 0) {
		staff_problem(x, 409, N_("Så kan QR-koden inte göras"),
		    N_("Koden är tagen ur bruk. Ta den i bruk igen om den ska tryckas."));
		return;
	}
	code_address(&site.config, row.code, &address);
	if (symbol_make(&symbol, buffer_string(&address), print.level) == -1) {
		(void)error_set(&work->error, ERROR_INPUT, "base_url is too long for a QR code");
		staff_failed(x, &work->error);
	} else {
		symbol_print(&symbol, &print, &x->body);
		symbol_free(&symbol);
		name_file(x, row.code, &print);
		x->type = symbol_format_type(print.format);
		x->status = 200;
	}
	buffer_free(&address);
}

const struct route staff_codes_symbol_routes[] = {
	{ METHOD_GET, "/staff/codes/symbol", LEAD, WORKER_SLOW, staff_symbol,
	    { "code", "as", "mm", "level", "dpi" } },
	{ .path = NULL }
};
