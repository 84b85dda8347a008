/* The list of codes, a new code, and the page of one. */
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/codes.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_outreach.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/outreach.h"
#include "staff/staff.h"
#include "text/text.h"

/* DOMAIN.md, "Places". */
static const char *const channels[CHANNEL_COUNT] = {
	[CHANNEL_HEALTH] = N_("Vårdcentral"),
	[CHANNEL_COUNSELLOR] = N_("Kurator"),
	[CHANNEL_PSYCHIATRY] = N_("Psykiatri"),
	[CHANNEL_FAMILY_CENTRE] = N_("Familjecentral"),
	[CHANNEL_EMPLOYMENT_SERVICE] = N_("Arbetsförmedlingen"),
	[CHANNEL_INSURANCE_AGENCY] = N_("Försäkringskassan"),
	[CHANNEL_DENTAL] = N_("Folktandvården"),
	[CHANNEL_DIETICIAN] = N_("Dietist"),
	[CHANNEL_ADDICTION] = N_("Missbruksenheten"),
	[CHANNEL_BUDGET] = N_("Budget- och skuldrådgivning"),
	[CHANNEL_CAREERS] = N_("Studie- och yrkesvägledare"),
	[CHANNEL_SCHOOL] = N_("Skola"),
	[CHANNEL_POSTER] = N_("Affisch"),
	[CHANNEL_NEWSPAPER] = N_("Kommunens tidning"),
	[CHANNEL_SOCIAL_MEDIA] = N_("Sociala medier"),
	[CHANNEL_PRESS] = N_("Press"),
	[CHANNEL_OTHER] = N_("Annat"),
};

const char *
code_channel_text(enum channel channel)
{
	return channels[channel];
}

int
code_channel_named(const struct language *language, const char *name)
{
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		if (strcasecmp(name, channels[i]) == 0 ||
		    strcasecmp(name, text(language, channels[i])) == 0)
			return i;
	}
	return word_value(&words_channel, name);
}

const char *
code_fault_text(enum code_fault fault)
{
	switch (fault) {
	case CODE_AREA:
		return N_("Välj kommun.");
	case CODE_CHANNEL:
		return N_("Välj kanal.");
	case CODE_PLACE:
		return N_("Skriv platsen på en rad, med högst 60 tecken.");
	case CODE_LANGUAGE:
		return N_("Välj ett språk som finns här.");
	case CODE_FIRST:
		return N_("Skriv första dagen så här: 2027-01-31.");
	case CODE_LAST:
		return N_("Skriv sista dagen så här: 2027-01-31. Den får inte vara före den första.");
	case CODE_TAKEN:
		return N_("En sådan kod finns redan.");
	case CODE_RIGHT:
	default:
		return NULL;
	}
}

static const char *
fault_field(enum code_fault fault)
{
	static const char *const fields[] = {
		[CODE_AREA] = "area", [CODE_CHANNEL] = "channel", [CODE_PLACE] = "place",
		[CODE_LANGUAGE] = "language", [CODE_FIRST] = "first", [CODE_LAST] = "last"
	};

	return (size_t)fault < COUNT_OF(fields) ? fields[fault] : NULL;
}

const struct code_choice_view *
code_channels(struct request *x, const char *chosen, size_t *count)
{
	struct code_choice_view *choices = arena_array(x, CHANNEL_COUNT, sizeof(*choices));
	const int value = word_value(&words_channel, chosen);

	for (int i = 0; i < CHANNEL_COUNT; i++)
		choices[i] = (struct code_choice_view){
			.value = word_of(&words_channel, i), .text = channels[i], .chosen = i == value
		};
	*count = CHANNEL_COUNT;
	return choices;
}

static void
fill_languages(struct request *x, struct code_form_view *form, const char *chosen)
{
	struct code_choice_view *choices = arena_array(x, text_languages_count,
	    sizeof(*choices));

	for (size_t i = 0; i < text_languages_count; i++) {
		const struct language *language = text_languages[i];

		choices[i] = (struct code_choice_view){
			.value = language->tag, .text = language->name, .tag = language->tag,
			.dir = language->dir,
			.chosen = chosen != NULL && strcmp(chosen, language->tag) == 0
		};
	}
	form->languages = choices;
	form->languages_count = text_languages_count;
}

struct code_wish
code_posted(const struct request *x)
{
	return (struct code_wish){
		.area = form_value(&x->form, "area"),
		.channel = form_value(&x->form, "channel"),
		.place = form_value(&x->form, "place"),
		.language = form_value(&x->form, "language"),
		.first = form_value(&x->form, "first"),
		.last = form_value(&x->form, "last")
	};
}

void
code_form_fill(struct request *x, struct code_form_view *form, const char *id,
    const struct code_wish *wish, enum code_fault fault)
{
	const char *area = wish->area;

	/* Where there is but one there is nothing to choose. */
	if (area == NULL && site.config.areas_count == 1)
		area = site.config.areas[0].code;
	*form = (struct code_form_view){
		.id = id, .place = wish->place, .first = wish->first, .last = wish->last,
		.areas = staff_areas(x, area), .areas_count = site.config.areas_count,
		.fault = code_fault_text(fault), .fault_field = fault_field(fault)
	};
	form->channels = code_channels(x, wish->channel, &form->channels_count);
	fill_languages(x, form, wish->language);
}

struct codes_listed {
	struct request *x;
	struct buffer in_use, retired;	/* of struct code_row_view */
	int32_t today;
};

static int
list_one(const struct code_row *row, int64_t visits, int64_t cases, void *argument)
{
	struct codes_listed *worklist = argument;
	struct request *x = worklist->x;
	const struct config_area *area = config_area(&site.config, row->area);
	const struct code_row_view view = {
		.href = arena_format(x, "/staff/codes/%s", row->code),
		.code = arena_format(x, "%s", row->code),
		.place = arena_format(x, "%s", row->place),
		.area = area != NULL ? area->name : arena_format(x, "%s", row->area),
		.channel = code_channel_text(row->channel),
		.from = row->first_day > worklist->today ? staff_day(x, row->first_day) : NULL,
		.until = row->last_day != 0 && row->last_day < worklist->today ?
		    staff_day(x, row->last_day) : NULL,
		.retired = row->retired_at != 0
	};

	(void)visits;
	(void)cases;
	buffer_add(view.retired ? &worklist->retired : &worklist->in_use, &view, sizeof(view));
	return 0;
}

/* posted: the form comes back, with what was chosen. */
static void
fill_import(struct request *x, struct code_import_view *import, bool posted)
{
	import->token = x->identity.session.form_token;
	import->areas = staff_areas(x, posted ? form_value(&x->form, "area") : NULL);
	import->areas_count = site.config.areas_count;
	import->channels = code_channels(x, posted ? form_value(&x->form, "channel") : NULL,
	    &import->channels_count);
}

void
staff_codes_show(struct request *x, struct work *work, int status, enum code_fault fault,
    const struct code_import_view *import)
{
	const struct code_wish wish = import == NULL ? code_posted(x) : (struct code_wish){ 0 };
	struct codes_listed worklist = { .x = x, .today = day_of(x->now) };
	struct code_list_view view = { .adding = fault != CODE_RIGHT, .importing = import != NULL };
	int result = codes_each(work, list_one, &worklist);

	view.codes = arena_take_list(x, &worklist.in_use, sizeof(*view.codes), &view.codes_count);
	view.retired = arena_take_list(x, &worklist.retired, sizeof(*view.retired),
	    &view.retired_count);
	if (result == -1) {
		staff_failed(x, &work->error);
		return;
	}
	if (import != NULL)
		view.import = *import;
	fill_import(x, &view.import, view.importing);
	code_form_fill(x, &view.form, "new", &wish, fault);
	staff_frame(x, &view.frame, N_("Koder"), "codes");
	x->status = status;
	page_code_list(&x->body, x->language, &view);
}

static void
staff_codes(struct request *x, struct work *work)
{
	staff_codes_show(x, work, 200, CODE_RIGHT, NULL);
}

static void
staff_code_make(struct request *x, struct work *work)
{
	const struct code_wish wish = code_posted(x);
	struct code_row row = { 0 };
	enum code_fault fault = code_wish_read(&wish, &site.config, &row);

	if (fault != CODE_RIGHT)
		staff_codes_show(x, work, 422, fault, NULL);
	else if (code_issue(work, &row) == -1)
		staff_failed(x, &work->error);
	else
		request_redirect(x, "/staff/codes/%s?notice=code-made", row.code);
}

static void
answer_absent(struct request *x)
{
	staff_problem(x, 404, N_("Koden finns inte"), N_("Välj bland alla koder."));
}

/* As the form has it, of a code that is there. */
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
	view->idle = !code_in_use(row, day_of(x->now));
}

enum answer
staff_code_find(struct request *x, struct work *work, const char *written, struct code_row *row)
{
	const enum answer answer = code_read(work, written, row);

	if (answer == FAILED)
		staff_failed(x, &work->error);
	else if (answer == ABSENT)
		answer_absent(x);
	return answer;
}

/* fault: of the form that comes back; CODE_RIGHT: it was not posted. */
static void
show(struct request *x, struct work *work, const char *written, enum code_fault fault)
{
	struct code_page_view view = { .changing = fault != CODE_RIGHT };
	struct code_row row;
	struct code_wish wish;

	if (staff_code_find(x, work, written, &row) != FOUND)
		return;
	if (staff_figures_fill(x, work, &view.figures, row.code) == -1) {
		staff_failed(x, &work->error);
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

static void
staff_code_page(struct request *x, struct work *work)
{
	show(x, work, strrchr(x->path, '/') + 1, CODE_RIGHT);
}

/* What came of a press. */
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

const struct route staff_codes_routes[] = {
	{ METHOD_GET, "/staff/codes", LEAD, WORKER_STAFF, staff_codes, { "notice" } },
	{ METHOD_POST, "/staff/codes", LEAD, WORKER_STAFF, staff_code_make,
	    { "place", "channel", "area", "language", "first", "last" } },
	{ METHOD_POST, "/staff/codes/change", LEAD, WORKER_SLOW, staff_code_change,
	    { "code", "place", "channel", "area", "language", "first", "last" } },
	{ METHOD_POST, "/staff/codes/retire", LEAD, WORKER_STAFF, staff_code_retire, { "code" } },
	{ METHOD_POST, "/staff/codes/revive", LEAD, WORKER_STAFF, staff_code_revive, { "code" } },
	{ METHOD_GET, "/staff/codes/*", LEAD, WORKER_SLOW, staff_code_page,
	    { "notice", "code", "as", "mm", "level", "dpi" } },
	{ .path = NULL }
};
