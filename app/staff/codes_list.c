/* The list of codes: one is made by a form, many by a list that is pasted or in a file. */
#include <csv.h>
#include <stdlib.h>
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
		.seen = row->seen_at == 0 ? NULL : staff_day(x, day_of(row->seen_at)),
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

/* The list with a form that comes back: fault of the one code, or an import of many; NULL without. */
static void
show_codes(struct request *x, struct work *work, int status, enum code_fault fault,
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

#define LINES_MAX	500

enum column {
	COLUMN_PLACE, COLUMN_CHANNEL, COLUMN_AREA, COLUMN_LANGUAGE, COLUMN_FIRST, COLUMN_LAST,
	COLUMN_COUNT
};

struct line {
	const char *cell[COLUMN_COUNT];	/* kept in the arena; NULL where there is none */
	int number;
	enum code_fault fault;
};

struct list {
	struct request *x;
	struct line *line;
	struct code_row *row;		/* one for each line */
	size_t count;
	int number;			/* of the line being read, from 1 */
	int column;
	bool cut;			/* there were more lines than are taken */
};

static void
take_cell(void *bytes, size_t length, void *argument)
{
	struct list *list = argument;

	if (list->count < LINES_MAX && list->column < COLUMN_COUNT)
		list->line[list->count].cell[list->column] =
		    arena_format(list->x, "%.*s", (int)length, (const char *)bytes);
	list->column++;
}

static bool
is_empty(const struct line *line)
{
	for (int i = 0; i < COLUMN_COUNT; i++) {
		if (line->cell[i] != NULL && *line->cell[i] != '\0')
			return false;
	}
	return true;
}

static void
take_line(int end, void *argument)
{
	struct list *list = argument;
	struct line *line = &list->line[list->count];

	(void)end;
	list->number++;
	list->column = 0;
	if (list->count == LINES_MAX) {
		list->cut = true;
		return;
	}
	if (is_empty(line)) {
		*line = (struct line){ 0 };
		return;
	}
	line->number = list->number;
	list->count++;
}

/* A spreadsheet pastes tabs; what a Swedish one saves has semicolons. */
static unsigned char
delimiter(const char *text)
{
	return strchr(text, '\t') != NULL ? '\t' : strchr(text, ';') != NULL ? ';' : ',';
}

/* A browser ends lines with CR LF; between cells a tab is no space to be trimmed. */
static int
is_blank(unsigned char c)
{
	return c == ' ' || c == '\r';
}

static int
is_end(unsigned char c)
{
	return c == '\n';
}

static void
read_lines(struct list *list, const char *text)
{
	struct csv_parser parser;

	/* Empty lines count, so that a line is called by the number that it has. */
	if (csv_init(&parser, CSV_REPALL_NL | CSV_EMPTY_IS_NULL) != 0)
		abort();
	csv_set_delim(&parser, delimiter(text));
	csv_set_space_func(&parser, is_blank);
	csv_set_term_func(&parser, is_end);
	if (csv_parse(&parser, text, strlen(text), take_cell, take_line, list) != strlen(text) ||
	    csv_fini(&parser, take_cell, take_line, list) != 0)
		abort();	/* only for want of memory: nothing is an error without CSV_STRICT */
	csv_free(&parser);
}

static const char *
cell_or(const struct line *line, enum column column, const char *otherwise)
{
	return line->cell[column] == NULL || *line->cell[column] == '\0' ? otherwise :
	    line->cell[column];
}

/* The channel by its word, or by its name in the reader's language or in Swedish; -1 unknown. */
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
judge(const struct request *x, const struct line *line, struct code_row *row)
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
	enum code_fault fault = code_wish_read(&wish, &site.config, row);

	return fault == CODE_RIGHT && row->language[0] != '\0' &&
	    text_language(row->language, strlen(row->language)) == NULL ? CODE_LANGUAGE : fault;
}

/* Those that may be made stand first in `good`, whose room is that of all. */
static int
make(struct list *list, struct work *work)
{
	struct code_row *good = arena_array(list->x, list->count + 1, sizeof(*good));
	size_t *of = arena_array(list->x, list->count + 1, sizeof(*of));
	size_t count = 0;
	int made = 0;

	for (size_t i = 0; i < list->count; i++) {
		list->line[i].fault = judge(list->x, &list->line[i], &good[count]);
		if (list->line[i].fault == CODE_RIGHT)
			of[count++] = i;
		else
			good[count] = (struct code_row){ .area = "" };
	}
	if (code_issue_all(work, good, count) == -1)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (good[i].code[0] == '\0')
			list->line[of[i]].fault = CODE_TAKEN;
		else
			made++;
	}
	return made;
}

/* As a cell that reads the same again. */
static void
write_cell(struct request *x, struct buffer *lines, const char *cell)
{
	const size_t length = strlen(cell), size = csv_write(NULL, 0, cell, length);
	char *quoted;

	if (cell[strcspn(cell, "\t\n\"")] == '\0') {
		buffer_add(lines, cell, length);
		return;
	}
	quoted = arena_array(x, size, 1);
	buffer_add(lines, quoted, csv_write(quoted, size, cell, length));
}

/* The lines that were refused, to be mended: what was typed is not lost. */
static void
report(struct list *list, struct code_import_view *view)
{
	struct code_refusal_view *refused = arena_array(list->x, list->count + 1,
	    sizeof(*refused));
	struct buffer lines = { 0 };

	for (size_t i = 0; i < list->count; i++) {
		const struct line *line = &list->line[i];

		if (line->fault == CODE_RIGHT)
			continue;
		refused[view->refused_count++] = (struct code_refusal_view){
			.line = arena_format(list->x, "%d", line->number),
			.text = cell_or(line, COLUMN_PLACE, "–"), .why = code_fault_text(line->fault)
		};
		for (int column = 0; column < COLUMN_COUNT; column++) {
			buffer_text(&lines, column == 0 ? "" : "\t");
			write_cell(list->x, &lines, line->cell[column] == NULL ? "" : line->cell[column]);
		}
		buffer_text(&lines, "\n");
	}
	view->refused = refused;
	view->lines = arena_take(list->x, &lines);
}

static void
import(struct request *x, struct work *work, const char *typed)
{
	struct list list = {
		.x = x, .line = arena_array(x, LINES_MAX + 1, sizeof(*list.line))
	};
	struct code_import_view view = { .lines = typed };

	read_lines(&list, typed);
	if (list.count == 0 || list.cut) {
		view.told = list.cut ? N_("Det är fler än 500 rader. Dela upp listan.") :
		    N_("Skriv en rad för varje kod, eller välj en fil.");
		show_codes(x, work, 422, CODE_RIGHT, &view);
		return;
	}
	view.made = make(&list, work);
	if (view.made == -1) {
		staff_failed(x, &work->error);
		return;
	}
	report(&list, &view);
	view.done = view.refused_count > 0;
	if (view.done)
		show_codes(x, work, 422, CODE_RIGHT, &view);
	else
		request_redirect(x, "/staff/codes?notice=codes-made");
}

/* What a field holds but for white space, and the mark that Excel sets before UTF-8; "" of none. */
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
	const struct code_import_view both = {
		.lines = typed,
		.told = N_("Det kom både rader och en fil. Ta bort raderna och välj filen igen, "
		    "eller skicka bara raderna.")
	};

	if (*typed != '\0' && *file != '\0')
		show_codes(x, work, 422, CODE_RIGHT, &both);
	else
		import(x, work, *file != '\0' ? file : typed);
}

const struct route staff_codes_list_routes[] = {
	{ METHOD_GET, "/staff/codes", LEAD, WORKER_STAFF, staff_codes, { "notice" } },
	{ METHOD_POST, "/staff/codes", LEAD, WORKER_STAFF, staff_code_make,
	    { "place", "channel", "area", "language", "first", "last" } },
	{ METHOD_POST, "/staff/codes/import", UPLOADERS, WORKER_SLOW, staff_codes_import,
	    { "lines", "file", "channel", "area" } },
	{ .path = NULL }
};
