/* The list of codes: one is made by a form, many by a list that is pasted or in a file. */
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
#include "rules/codes.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/outreach.h"
#include "staff/staff.h"
#include "text/text.h"

struct codes_listed {
	struct request *x;
	struct buffer in_use, retired;	/* of struct code_row_view */
	int32_t today;
};

static int
list_one(const struct code_row *row, int64_t visits, int64_t cases, void *argument)
{
	struct codes_listed *listed = argument;
	struct request *x = listed->x;
	const struct config_area *area = config_area(&site.config, row->area);
	const struct code_row_view view = {
		.href = arena_format(x, "/staff/codes/%s", row->code),
		.code = arena_format(x, "%s", row->code),
		.place = arena_format(x, "%s", row->place),
		.area = area != NULL ? area->name : arena_format(x, "%s", row->area),
		.channel = code_channel_text(row->channel),
		.from = row->first_day > listed->today ? staff_day(x, row->first_day) : NULL,
		.until = row->last_day != 0 && row->last_day < listed->today ?
		    staff_day(x, row->last_day) : NULL,
		.seen = row->seen_at == 0 ? NULL : staff_day(x, day_of(row->seen_at)),
		.retired = row->retired_at != 0
	};

	(void)visits;
	(void)cases;
	if (code_wanted(x, row))
		buffer_add(view.retired ? &listed->retired : &listed->in_use, &view,
		    sizeof(view));
	return 0;
}

/* NULL: there was no file, or it is in UTF-8 or no text. */
static const char *
encoding_read(const struct form *form)
{
	static const char *const names[] = {
		[ENCODING_UTF_16] = "UTF-16", [ENCODING_WINDOWS_1252] = "Windows-1252",
		[ENCODING_MAC_ROMAN] = "Mac Roman"
	};

	return (size_t)form->encoding < COUNT_OF(names) ? names[form->encoding] : NULL;
}

/* Fills the form for many codes; posted: it comes back with what was chosen. */
static void
fill_import(struct request *x, struct code_import_view *import, bool posted)
{
	import->token = staff_form_token(x);
	import->read_as = encoding_read(&x->form);
	import->areas = staff_areas(x, posted ? form_value(&x->form, "area") : NULL);
	import->areas_count = site.config.areas_count;
	import->channels = code_channels(x, posted ? form_value(&x->form, "channel") : NULL,
	    &import->channels_count);
	import->languages = code_languages(x, NULL, &import->languages_count);
}

/*
 * Shows the list. `fault` is of the form for one code; `import` is the form for many codes
 * that comes back, or NULL.
 */
static void
show_codes(struct request *x, struct work *work, int status, enum code_fault fault,
    const struct code_import_view *import)
{
	const struct code_wish wish = import == NULL ? code_posted(x) : (struct code_wish){ 0 };
	struct codes_listed listed = { .x = x, .today = day_of(x->now) };
	struct code_list_view view = { .adding = fault != CODE_RIGHT, .importing = import != NULL };
	int result = codes_each(work, list_one, &listed);

	view.codes = arena_take_list(x, &listed.in_use, sizeof(*view.codes), &view.codes_count);
	view.retired = arena_take_list(x, &listed.retired, sizeof(*view.retired),
	    &view.retired_count);
	if (result == -1) {
		staff_failed(x, &work->error);
		return;
	}
	code_filter_fill(x, &view.filter, "/staff/codes");
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
	show_codes(x, work, 200, CODE_RIGHT, NULL);
}

static void
staff_code_make(struct request *x, struct work *work)
{
	const struct code_wish wish = code_posted(x);
	struct code_row row = { 0 };
	enum code_fault fault = code_wish_read(&wish, &site.config, &row);

	if (fault != CODE_RIGHT)
		show_codes(x, work, 422, fault, NULL);
	else if (code_issue(work, &row) == -1)
		staff_failed(x, &work->error);
	else
		request_redirect(x, "/staff/codes/%s?notice=code-made", row.code);
}

/* A list on its way from its text to codes. Its rows are those of `read`. */
struct list {
	struct request *x;
	struct code_list *read;
	enum code_fault *fault;		/* of each row */
	struct code_row *row;		/* first those to be made, `fresh` of them */
	size_t *of;			/* of each of these, its row in `read` */
	size_t fresh, refused;
	size_t *there;			/* rows whose like is there already */
	size_t there_count;
};

/* As the form's columns are called, in the order of enum code_column. */
static const char *const column_texts[COLUMN_COUNT] = {
	N_("Plats"), N_("Kanal"), N_("Kommun"), N_("Språk"), N_("Första dagen"), N_("Sista dagen")
};

static const char *
cell_or(const struct code_list_row *row, enum code_column column, const char *otherwise)
{
	return *row->cell[column] == '\0' ? otherwise : row->cell[column];
}

/*
 * Returns the channel of a word, or of a name in the page's language or in Swedish; -1 when
 * unknown.
 */
static int
channel_named(const struct language *language, const char *name)
{
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		if (strcasecmp(name, code_channel_text((enum channel)i)) == 0 ||
		    strcasecmp(name, text(language, code_channel_text((enum channel)i))) == 0)
			return i;
	}
	return word_value(&words_channel, name);
}

static enum code_fault
judge(const struct request *x, const struct code_list_row *line, struct code_row *row)
{
	const char *channel = cell_or(line, COLUMN_CHANNEL, form_value(&x->form, "channel"));
	const int known = channel == NULL ? -1 : channel_named(x->language, channel);
	const struct code_wish wish = {
		.place = line->cell[COLUMN_PLACE],
		.channel = known == -1 ? channel : word_of(&words_channel, known),
		.area = cell_or(line, COLUMN_AREA, form_value(&x->form, "area")),
		.language = line->cell[COLUMN_LANGUAGE],
		.first = line->cell[COLUMN_FIRST],
		.last = line->cell[COLUMN_LAST]
	};
	enum code_fault fault;

	if (line->unclosed)
		return CODE_QUOTE;
	if (*line->beyond != '\0')
		return CODE_BEYOND;
	fault = code_wish_read(&wish, &site.config, row);
	return fault == CODE_RIGHT && row->language[0] != '\0' &&
	    text_language(row->language, strlen(row->language)) == NULL ? CODE_LANGUAGE : fault;
}

static void
judge_all(struct list *list)
{
	const size_t count = list->read->count;

	list->fault = arena_array(list->x, count + 1, sizeof(*list->fault));
	list->row = arena_array(list->x, count + 1, sizeof(*list->row));
	list->of = arena_array(list->x, count + 1, sizeof(*list->of));
	list->there = arena_array(list->x, count + 1, sizeof(*list->there));
	for (size_t i = 0; i < count; i++) {
		struct code_row row = { .area = "" };

		list->fault[i] = judge(list->x, &list->read->row[i], &row);
		if (list->fault[i] != CODE_RIGHT) {
			list->refused++;
			continue;
		}
		list->of[list->fresh] = i;
		list->row[list->fresh++] = row;
	}
}

/* Puts those aside whose like is there already, or stands before them. 0, or -1. */
static int
leave_out_likes(struct list *list, struct work *work)
{
	size_t fresh = 0;

	if (code_issue_all(work, list->row, list->fresh, false) == FAILED)
		return -1;
	for (size_t i = 0; i < list->fresh; i++) {
		if (list->row[i].code[0] == '\0') {
			list->there[list->there_count++] = list->of[i];
			continue;
		}
		list->of[fresh] = list->of[i];
		list->row[fresh++] = list->row[i];
	}
	list->fresh = fresh;
	return 0;
}

/* By which the press is known to make exactly what the page showed. */
static const char *
digest(struct request *x, const struct list *list)
{
	struct buffer told = { 0 };
	char etag[17];

	for (size_t i = 0; i < list->fresh; i++) {
		const struct code_row *row = &list->row[i];

		buffer_format(&told, "%s\n%s\n%d\n%s\n%d\n%d\n", row->place, row->area,
		    (int)row->channel, row->language, (int)row->first_day, (int)row->last_day);
	}
	digest_etag(buffer_string(&told), told.length, etag);
	buffer_free(&told);
	return arena_format(x, "%s", etag);
}

static struct code_preview_view
preview(struct request *x, const struct code_list_row *line, const struct code_row *row)
{
	const struct config_area *area = config_area(&site.config, row->area);
	const struct language *language = text_language(row->language, strlen(row->language));
	struct code_preview_view view = {
		.line = arena_format(x, "%d", line->number),
		.place = arena_format(x, "%s", row->place),
		.area = area == NULL ? row->area : area->name,
		.channel = code_channel_text(row->channel),
		.first = staff_day(x, row->first_day), .last = staff_day(x, row->last_day)
	};

	if (row->language[0] != '\0' && language != NULL) {
		view.language = language->name;
		view.language_tag = language->tag;
		view.language_dir = language->dir;
	}
	return view;
}

/* The rows that stand in the way, as they stood in the file, and why. */
static void
fill_refused(struct list *list, struct code_import_view *view)
{
	struct code_refusal_view *refused = arena_array(list->x, list->refused + 1, sizeof(*refused));

	for (size_t i = 0; i < list->read->count; i++) {
		const struct code_list_row *line = &list->read->row[i];

		if (list->fault[i] == CODE_RIGHT)
			continue;
		refused[view->refused_count++] = (struct code_refusal_view){
			.line = arena_format(list->x, "%d", line->number),
			.text = arena_format(list->x, "%s", line->written),
			.why = staff_unusable(list->x, line->written, code_row_fault_text(list->fault[i]))
		};
		view->asks_channel |= list->fault[i] == CODE_CHANNEL;
		view->asks_area |= list->fault[i] == CODE_AREA;
		view->asks_language |= list->fault[i] == CODE_LANGUAGE;
		view->asks_columns |= list->fault[i] == CODE_BEYOND;
	}
	view->refused = refused;
}

static void
fill_preview(struct list *list, struct code_import_view *view)
{
	struct request *x = list->x;
	struct code_preview_view *made = arena_array(x, list->fresh + 1, sizeof(*made));
	struct code_refusal_view *there = arena_array(x, list->there_count + 1, sizeof(*there));

	for (size_t i = 0; i < list->fresh; i++)
		made[i] = preview(x, &list->read->row[list->of[i]], &list->row[i]);
	for (size_t i = 0; i < list->there_count; i++) {
		const struct code_list_row *line = &list->read->row[list->there[i]];

		there[i] = (struct code_refusal_view){
			.line = arena_format(x, "%d", line->number),
			.text = arena_format(x, "%s", line->written)
		};
	}
	view->made = made;
	view->made_count = list->fresh;
	view->there = there;
	view->there_count = list->there_count;
	fill_refused(list, view);
	if (list->refused == 0 && list->fresh > 0)
		view->seen = digest(x, list);
	view->shown = true;
}

/* Whether the press made the codes, all of them; the answer is then given. */
static bool
make(struct list *list, struct work *work, const struct code_import_view *view)
{
	const char *seen = form_value(&list->x->form, "seen");

	if (seen == NULL || view->seen == NULL || strcmp(seen, view->seen) != 0)
		return false;
	switch (code_issue_all(work, list->row, list->fresh, true)) {
	case FOUND:
		request_redirect(list->x, "/staff/codes?notice=codes-made");
		return true;
	case FAILED:
		staff_failed(list->x, &work->error);
		return true;
	case ABSENT:
	default:
		return false;
	}
}

/* Why there is nothing to press, or why a press made nothing: a msgid; NULL. */
static const char *
told(const struct list *list)
{
	if (list->refused > 0)
		return NULL;
	if (form_value(&list->x->form, "seen") != NULL)
		return N_("Listan är inte som när du såg den. Inga koder är gjorda. Läs igenom den "
		    "igen.");
	return list->fresh == 0 ? N_("Alla koderna finns redan. Det finns inget att göra.") : NULL;
}

static void
import_rows(struct request *x, struct work *work, const char *typed, struct code_list *read)
{
	struct code_import_view view = { .lines = typed };
	struct list list = { .x = x, .read = read };

	if (read->count == 0 || read->cut) {
		view.told = read->cut ? N_("Det är fler än 500 rader. Dela upp listan.") :
		    N_("Skriv en rad för varje kod, eller välj en fil.");
		show_codes(x, work, 422, CODE_RIGHT, &view);
		return;
	}
	judge_all(&list);
	if (leave_out_likes(&list, work) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	fill_preview(&list, &view);
	if (make(&list, work, &view))
		return;
	view.told = told(&list);
	show_codes(x, work, view.refused_count > 0 || view.told != NULL ? 422 : 200, CODE_RIGHT,
	    &view);
}

static void
import(struct request *x, struct work *work, const char *typed)
{
	struct code_list *read = arena_array(x, 1, sizeof(*read));
	const char *words[COLUMN_COUNT];

	for (int i = 0; i < COLUMN_COUNT; i++)
		words[i] = text(x->language, column_texts[i]);
	code_list_read(read, typed, words);
	import_rows(x, work, typed, read);
	code_list_free(read);
}

/*
 * Returns the text of a field without the byte order mark that Excel writes; "" when it is
 * blank or missing.
 */
static const char *
content(const struct request *x, const char *field)
{
	static const char mark[] = "\xEF\xBB\xBF";
	const char *text = form_value(&x->form, field);

	if (text == NULL)
		return "";
	if (strncmp(text, mark, sizeof(mark) - 1) == 0)
		text += sizeof(mark) - 1;
	return text[strspn(text, " \t\r\n")] == '\0' ? "" : text;
}

static void
staff_codes_import(struct request *x, struct work *work)
{
	const char *typed = content(x, "lines"), *file = content(x, "file");
	struct code_import_view view = { .lines = typed };

	if (x->form.encoding == ENCODING_UNREADABLE)
		view.told = N_("Det gick inte att läsa filen. Spara den som CSV UTF-8 i kalkylbladet och "
		    "välj den igen. Eller kopiera raderna och klistra in dem. Inga koder är gjorda.");
	else if (*typed != '\0' && *file != '\0')
		view.told = N_("Det kom både rader och en fil. Ta bort raderna och välj filen igen, "
		    "eller skicka bara raderna.");
	if (view.told != NULL)
		show_codes(x, work, 422, CODE_RIGHT, &view);
	else
		import(x, work, *file != '\0' ? file : typed);
}

const struct route staff_codes_list_routes[] = {
	{ METHOD_GET, "/staff/codes", LEAD, WORKER_STAFF, staff_codes, { CODE_FILTER_FIELDS } },
	{ METHOD_POST, "/staff/codes", LEAD, WORKER_STAFF, staff_code_make,
	    { "place", "channel", "area", "language", "first", "last" } },
	{ METHOD_POST, "/staff/codes/import", UPLOADERS, WORKER_SLOW, staff_codes_import,
	    { "lines", "file", "channel", "area", "seen" } },
	{ .path = NULL }
};
