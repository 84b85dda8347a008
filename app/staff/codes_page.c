/* The page of one code: its figures, its QR code, the files for print, and changes. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/codes.h"
#include "flow/outreach.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_outreach.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/outreach.h"
#include "staff/staff.h"
#include "text/text.h"

static void
answer_absent(struct request *x)
{
	staff_problem(x, 404, N_("Koden finns inte"), N_("Välj bland alla koder."));
}

/*
 * FOUND with the code that was typed; `written` may be NULL. Otherwise the request has been
 * answered.
 */
static enum answer
find_code(struct request *x, struct work *work, const char *written, struct code_row *row)
{
	const enum answer answer = code_read(work, written, row);

	if (answer == FAILED)
		staff_failed(x, &work->error);
	else if (answer == ABSENT)
		answer_absent(x);
	return answer;
}

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

/*
 * Fills the section of figures on the code's page. Returns 0 or -1. Slow, because it reads
 * every case.
 */
static int
fill_all_figures(struct request *x, struct work *work, struct code_figures_view *view,
    const char *code)
{
	const int32_t today = day_of(x->now);
	struct {
		struct chart_view *chart;
		const char *id, *name;		/* name is a msgid */
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

/*
 * Reads the print options of the query, with the defaults for missing ones. Returns what is
 * wrong with them, a msgid; NULL when nothing is.
 */
static const char *
print_wish(const struct request *x, struct symbol_print *print)
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

/* Returns "host/q/ABC123". */
static const char *
short_address(struct request *x, const char *code)
{
	const char *scheme = strstr(site.config.base_url, "://");

	return arena_format(x, "%s/q/%s",
	    scheme == NULL ? site.config.base_url : scheme + 3, code);
}

/* Fills the section of the QR code, by the options of the query. */
static void
fill_symbol(struct request *x, struct code_symbol_view *view, const struct code_row *row)
{
	struct buffer address = { 0 }, link = { 0 };
	const char *typed = form_value(&x->query, "mm");
	struct symbol_print print;
	struct symbol symbol;

	view->fault = print_wish(x, &print);
	view->code = row->code;
	view->address = short_address(x, row->code);
	view->retired = row->retired_at != 0;
	view->format = symbol_format_word(print.format);
	view->level = print.level == SYMBOL_H ? "H" : "Q";
	view->asked = typed != NULL;
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

/* Returns an existing code's values as a form has them. */
static struct code_wish
wish_of(struct request *x, const struct code_row *row)
{
	return (struct code_wish){
		.area = row->area, .channel = word_of(&words_channel, (int)row->channel),
		.place = row->place, .language = row->language,
		.first = row->first_day == 0 ? "" : staff_date(x, row->first_day),
		.last = row->last_day == 0 ? "" : staff_date(x, row->last_day)
	};
}

static void
fill(struct request *x, struct code_page_view *view, const struct code_row *row)
{
	const struct config_area *area = config_area(&site.config, row->area);
	const struct language *language = text_language(row->language, strlen(row->language));
	struct buffer address = { 0 };

	code_address(&site.config, row->code, &address);
	view->code = row->code;
	view->place = row->place;
	view->area = area != NULL ? area->name : row->area;
	view->channel = code_channel_text(row->channel);
	if (language != NULL) {
		view->language = language->name;
		view->language_tag = language->tag;
		view->language_dir = language->dir;
	}
	view->address = arena_take(x, &address);
	view->href = arena_format(x, "/q/%s", row->code);
	view->created = staff_when(x, row->created_at);
	view->first = staff_day(x, row->first_day);
	view->last = staff_day(x, row->last_day);
	view->retired = staff_when(x, row->retired_at);
	view->seen = staff_when(x, row->seen_at);
	view->idle = !code_in_use(row, day_of(x->now));
}

/*
 * Shows the page. `fault` is of the form that comes back; CODE_RIGHT: no form was posted.
 */
static void
show(struct request *x, struct work *work, const char *written, enum code_fault fault)
{
	struct code_page_view view = { .changing = fault != CODE_RIGHT };
	struct code_row row;
	struct code_wish wish;
	enum answer unused;

	if (find_code(x, work, written, &row) != FOUND)
		return;
	unused = code_unused(work, row.code);
	if (unused == FAILED || fill_all_figures(x, work, &view.figures, row.code) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	fill(x, &view, &row);
	view.unused = unused == FOUND;
	fill_symbol(x, &view.symbol, &row);
	wish = view.changing ? code_posted(x) : wish_of(x, &row);
	code_form_fill(x, &view.form, "code", &wish, fault);
	staff_frame(x, &view.frame, N_("En kod"), "codes");
	x->status = view.changing || view.symbol.fault != NULL ? 422 : 200;
	page_code_page(&x->body, x->language, &view);
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
	struct code_row row;
	struct symbol symbol;

	/* The page shows what is wrong beside the field, which keeps what was typed. */
	if (print_wish(x, &print) != NULL) {
		show(x, work, form_value(&x->query, "code"), CODE_RIGHT);
		return;
	}
	if (find_code(x, work, form_value(&x->query, "code"), &row) != FOUND)
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
	} else if (code_printed(work, row.code) == -1) {
		symbol_free(&symbol);
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

static void
staff_code_page(struct request *x, struct work *work)
{
	show(x, work, strrchr(x->path, '/') + 1, CODE_RIGHT);
}

/* Answers after a code was changed, retired or revived. */
static void
answer_press(struct request *x, enum answer answer, const char *code, const char *notice,
    const struct error *error)
{
	if (answer == FAILED)
		staff_failed(x, error);
	else if (answer == ABSENT)
		answer_absent(x);
	else
		request_redirect(x, "/staff/codes/%s?notice=%s", code, notice);
}

static void
staff_code_change(struct request *x, struct work *work)
{
	const struct code_wish wish = code_posted(x);
	const char *written = form_value(&x->form, "code");
	struct code_row row = { 0 };
	enum code_fault fault = code_wish_read(&wish, &site.config, &row);
	enum answer answer = ABSENT;
	char code[CODE_SIZE];

	if (fault != CODE_RIGHT) {
		show(x, work, written, fault);
		return;
	}
	if (written != NULL && code_parse(written, code) == 0)
		answer = code_change(work, code, &row);
	answer_press(x, answer, code, "code-changed", &work->error);
}

static void
press(struct request *x, struct work *work, bool retires)
{
	const char *written = form_value(&x->form, "code");
	enum answer answer = ABSENT;
	char code[CODE_SIZE];

	if (written != NULL && code_parse(written, code) == 0)
		answer = retires ? code_retire(work, code) :
		    code_revive(work, code);
	answer_press(x, answer, code, retires ? "code-retired" : "code-revived", &work->error);
}

static void
staff_code_retire(struct request *x, struct work *work)
{
	press(x, work, true);
}

static void
staff_code_revive(struct request *x, struct work *work)
{
	press(x, work, false);
}

static void
staff_code_remove(struct request *x, struct work *work)
{
	const char *written = form_value(&x->form, "code");
	struct code_row row;

	if (find_code(x, work, written, &row) != FOUND)
		return;
	switch (code_remove(work, row.code)) {
	case FOUND:
		request_redirect(x, "/staff/codes?notice=code-removed");
		break;
	case ABSENT:
		staff_problem(x, 409, N_("Så kan koden inte tas bort"),
		    N_("Någon har tryckt eller öppnat den. Ta den ur bruk i stället."));
		break;
	case FAILED:
	default:
		staff_failed(x, &work->error);
	}
}

static void
staff_code_see(struct request *x, struct work *work)
{
	const char *written = form_value(&x->form, "code");
	enum answer answer = ABSENT;
	char code[CODE_SIZE];

	if (written != NULL && code_parse(written, code) == 0)
		answer = code_see(work, code);
	answer_press(x, answer, code, "code-seen", &work->error);
}

const struct route staff_codes_page_routes[] = {
	{ METHOD_POST, "/staff/codes/change", LEAD, WORKER_SLOW, staff_code_change,
	    { "code", "place", "channel", "area", "language", "first", "last" } },
	{ METHOD_POST, "/staff/codes/retire", LEAD, WORKER_STAFF, staff_code_retire, { "code" } },
	{ METHOD_POST, "/staff/codes/revive", LEAD, WORKER_STAFF, staff_code_revive, { "code" } },
	{ METHOD_POST, "/staff/codes/remove", LEAD, WORKER_SLOW, staff_code_remove, { "code" } },
	{ METHOD_POST, "/staff/codes/seen", LEAD, WORKER_STAFF, staff_code_see, { "code" } },
	{ METHOD_GET, "/staff/codes/symbol", LEAD, WORKER_SLOW, staff_symbol,
	    { "code", "as", "mm", "level", "dpi" } },
	{ METHOD_GET, "/staff/codes/*", LEAD, WORKER_SLOW, staff_code_page,
	    { "code", "as", "mm", "level", "dpi" } },
	{ .path = NULL }
};
