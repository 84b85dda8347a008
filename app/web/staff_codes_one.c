#include <string.h>

#include "page/pages.h"
#include "web/codes.h"
#include "web/outreach.h"
#include "web/staff_case.h"

static void
answer_absent(struct exchange *x)
{
	staff_problem(x, 404, N_("Koden finns inte"), N_("Välj bland alla koder."));
}

/* As the form has it, of a code that is there. */
static struct code_wish
wish_of(struct exchange *x, const struct code_row *row)
{
	return (struct code_wish){
		.area = row->area, .channel = word_of(&words_channel, (int)row->channel),
		.place = row->place, .language = row->language,
		.first = row->first_day == 0 ? "" : staff_date(x, row->first_day),
		.last = row->last_day == 0 ? "" : staff_date(x, row->last_day)
	};
}

static void
fill(struct exchange *x, struct code_page_view *view, const struct code_row *row)
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
	view->address = exchange_keep_buffer(x, &address);
	view->href = exchange_keep(x, "/q/%s", row->code);
	view->created = staff_when(x, row->created_at);
	view->first = staff_day(x, row->first_day);
	view->last = staff_day(x, row->last_day);
	view->retired = staff_when(x, row->retired_at);
	view->idle = !code_in_use(row, day_of(x->now));
}

enum answer
staff_code_find(struct exchange *x, struct store *store, const char *written, struct code_row *row)
{
	enum answer answer = ABSENT;
	char code[CODE_SIZE];
	struct error error;

	if (written != NULL && code_parse(written, code) == 0)
		answer = store_code_get(store, code, row, &error);
	if (answer == FAILED)
		staff_failed(x, &error);
	else if (answer == ABSENT)
		answer_absent(x);
	return answer;
}

/* fault: of the form that comes back; CODE_RIGHT: it was not posted. */
static void
show(struct exchange *x, struct store *store, const char *written, enum code_fault fault)
{
	struct code_page_view view = { .changing = fault != CODE_RIGHT };
	struct code_row row;
	struct code_wish wish;
	struct error error;

	if (staff_code_find(x, store, written, &row) != FOUND)
		return;
	if (staff_figures_fill(x, store, &view.figures, row.code, &error) == -1) {
		staff_failed(x, &error);
		return;
	}
	fill(x, &view, &row);
	staff_symbol_fill(x, &view.symbol, &row);
	wish = view.changing ? code_posted(x) : wish_of(x, &row);
	code_form_fill(x, &view.form, "code", &wish, fault);
	staff_frame(x, &view.frame, N_("En kod"), "codes");
	x->status = view.changing || view.symbol.fault != NULL ? 422 : 200;
	page_code_page(&x->body, x->language, &view);
}

void
staff_code_page(struct exchange *x, struct store *store)
{
	show(x, store, strrchr(x->path, '/') + 1, CODE_RIGHT);
}

/* What came of a press. */
static void
answer_press(struct exchange *x, enum answer answer, const char *code, const char *notice,
    const struct error *error)
{
	if (answer == FAILED)
		staff_failed(x, error);
	else if (answer == ABSENT)
		answer_absent(x);
	else
		exchange_redirect(x, "/staff/codes/%s?notice=%s", code, notice);
}

void
staff_code_change(struct exchange *x, struct store *store)
{
	const struct code_wish wish = code_posted(x);
	const char *written = form_value(&x->form, "code");
	struct code_row row = { 0 };
	enum code_fault fault = code_wish_read(&wish, &site.config, &row);
	enum answer answer = ABSENT;
	char code[CODE_SIZE];
	struct error error;

	if (fault != CODE_RIGHT) {
		show(x, store, written, fault);
		return;
	}
	if (written != NULL && code_parse(written, code) == 0)
		answer = code_change(store, code, &row, &error);
	answer_press(x, answer, code, "code-changed", &error);
}

static void
press(struct exchange *x, struct store *store, bool retires)
{
	const char *written = form_value(&x->form, "code");
	enum answer answer = ABSENT;
	char code[CODE_SIZE];
	struct error error;

	if (written != NULL && code_parse(written, code) == 0)
		answer = retires ? code_retire(store, code, x->now, &error) :
		    code_revive(store, code, &error);
	answer_press(x, answer, code, retires ? "code-retired" : "code-revived", &error);
}

void
staff_code_retire(struct exchange *x, struct store *store)
{
	press(x, store, true);
}

void
staff_code_revive(struct exchange *x, struct store *store)
{
	press(x, store, false);
}
