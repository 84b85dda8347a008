/* Reads a list of codes: rows from a spreadsheet, a mail or a file, by libcsv. */
#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicase.h>

#include "base/base.h"
#include "rules/codes.h"
#include "rules/rules.h"

#define CELLS_MAX	12	/* of a row that are told apart; all beyond are one */
#define WORDS_MAX	4

/* In the first row of a list that has a heading. In capitals or not. */
static const char *const column_words[COLUMN_COUNT][WORDS_MAX] = {
	[COLUMN_PLACE] = { "plats", "ställe", "place", "location" },
	[COLUMN_CHANNEL] = { "kanal", "channel" },
	[COLUMN_AREA] = { "kommun", "område", "municipality", "area" },
	[COLUMN_LANGUAGE] = { "språk", "language" },
	[COLUMN_FIRST] = { "första dag", "första dagen", "first day", "first" },
	[COLUMN_LAST] = { "sista dag", "sista dagen", "last day", "last" },
};

/* How even the rows are with one separator. */
struct evenness {
	size_t rows, split, wide;	/* with any text, with two cells or more, with three or more */
	size_t with[CELLS_MAX + 1];	/* rows with so many cells, empty ones at the end not counted */
};

/* One pass over the text. A kept text is known by its offset in list->text, which still grows. */
struct pass {
	const char *from;		/* the row being read */
	size_t row_length;
	int number;			/* of that row, from 1 */
	size_t cells, filled;		/* of that row; filled: without empty ones at its end */
	struct evenness *evenness;	/* only counts; NULL: keeps */
	struct code_list *list;
	const char *const *words;
	size_t cell[CELLS_MAX];		/* 0 empty */
	enum code_column column[CELLS_MAX];	/* COLUMN_COUNT: none */
	bool begun;			/* a row has been kept, or the heading was read */
	bool unclosed;			/* the quote that opened in the row did not close */
	size_t (*kept)[COLUMN_COUNT + 2];
};

/* The cell as a person means it. What cannot be cleaned stays, and is a fault of its row. */
static size_t
keep_cell(struct buffer *text, const char *bytes, size_t length)
{
	const size_t at = text->length;
	char *cell = strndup(bytes, length);
	enum fault fault;

	if (cell == NULL)
		abort();
	fault = typed_clean(cell, TYPED_LINE, text);
	if (fault != FAULT_NONE && fault != FAULT_MISSING)
		buffer_text(text, cell);
	free(cell);
	if (text->length == at)
		return 0;
	buffer_add(text, "", 1);
	return at;
}

static bool
is_blank_cell(const char *bytes, size_t length)
{
	uint32_t point;

	for (size_t i = 0, step; i < length; i += step) {
		step = utf8_sequence(bytes + i, length - i, &point);
		if (step == 0 || typed_is_visible(point))
			return false;
	}
	return true;
}

static void
take_cell(void *bytes, size_t length, void *argument)
{
	struct pass *pass = argument;
	const size_t at = pass->cells++;

	if (bytes == NULL || is_blank_cell(bytes, length))
		return;
	pass->filled = pass->cells;
	if (pass->evenness == NULL)
		pass->cell[at < CELLS_MAX ? at : CELLS_MAX - 1] =
		    keep_cell(&pass->list->text, bytes, length);
}

static void
count_row(struct evenness *evenness, size_t filled)
{
	if (filled == 0)
		return;
	evenness->rows++;
	evenness->split += filled >= 2;
	evenness->wide += filled >= 3;
	evenness->with[filled < CELLS_MAX ? filled : CELLS_MAX]++;
}

static bool
are_same(const char *one, const char *other)
{
	int order;

	return u8_casecmp((const uint8_t *)one, strlen(one), (const uint8_t *)other,
	    strlen(other), NULL, NULL, &order) == 0 && order == 0;
}

/* COLUMN_COUNT: it is no column's word. */
static enum code_column
column_named(const struct pass *pass, const char *word)
{
	for (int i = 0; i < COLUMN_COUNT; i++) {
		if (pass->words != NULL && are_same(word, pass->words[i]))
			return (enum code_column)i;
		for (int j = 0; j < WORDS_MAX && column_words[i][j] != NULL; j++) {
			if (are_same(word, column_words[i][j]))
				return (enum code_column)i;
		}
	}
	return COLUMN_COUNT;
}

/* Whether the row is a heading: only words of columns, each once, the place among them. */
static bool
read_heading(struct pass *pass)
{
	enum code_column column[CELLS_MAX];
	unsigned seen = 0;

	for (size_t i = 0; i < CELLS_MAX; i++) {
		column[i] = COLUMN_COUNT;
		if (pass->cell[i] == 0)
			continue;
		column[i] = column_named(pass, pass->list->text.data + pass->cell[i]);
		if (column[i] == COLUMN_COUNT || (seen & 1U << column[i]) != 0)
			return false;
		seen |= 1U << column[i];
	}
	if ((seen & 1U << COLUMN_PLACE) == 0)
		return false;
	memcpy(pass->column, column, sizeof(column));
	return true;
}

static void
keep_row(struct pass *pass)
{
	struct code_list *list = pass->list;
	size_t *kept;

	if (list->count == CODE_LIST_MAX) {
		list->cut = true;
		return;
	}
	kept = pass->kept[list->count];
	for (size_t i = 0; i < CELLS_MAX; i++) {
		const size_t at = pass->column[i] == COLUMN_COUNT ? COLUMN_COUNT : pass->column[i];

		if (pass->cell[i] != 0 && kept[at] == 0)
			kept[at] = pass->cell[i];
	}
	/* What an open quote has taken in is not shown again, as it is all the rest. */
	if (pass->unclosed)
		pass->row_length = strcspn(pass->from, "\n");
	kept[COLUMN_COUNT + 1] = keep_cell(&list->text, pass->from, pass->row_length);
	list->row[list->count].unclosed = pass->unclosed;
	list->row[list->count++].number = pass->number;
}

static void
take_row(int end, void *argument)
{
	struct pass *pass = argument;

	(void)end;
	if (pass->evenness != NULL) {
		count_row(pass->evenness, pass->filled);
	} else if (pass->filled > 0) {
		if (pass->begun || !read_heading(pass))
			keep_row(pass);
		pass->begun = true;
	}
	memset(pass->cell, 0, sizeof(pass->cell));
	pass->cells = pass->filled = 0;
	pass->number++;
}

/* Between cells a tab is no space to be trimmed. */
static int
is_space(unsigned char c)
{
	return c == ' ';
}

static int
is_end(unsigned char c)
{
	return c == '\n';
}

/* Reads the lines of a text; they end with LF alone. Byte by byte, to know where each row ends. */
static void
read_rows(struct pass *pass, const char *text, char separator)
{
	struct csv_parser parser;
	size_t done = 0, failed = 0;

	/* Empty lines count, so that a row is called by the number that it has. */
	if (csv_init(&parser, CSV_REPALL_NL | CSV_EMPTY_IS_NULL) != 0)
		abort();
	csv_set_delim(&parser, (unsigned char)separator);
	csv_set_space_func(&parser, is_space);
	csv_set_term_func(&parser, is_end);
	pass->from = text;
	for (; text[done] != '\0'; done++) {
		const int row = pass->number;

		pass->row_length = (size_t)(text + done - pass->from);
		failed += csv_parse(&parser, text + done, 1, take_cell, take_row, pass) != 1;
		if (pass->number != row)
			pass->from = text + done + 1;
	}
	pass->row_length = (size_t)(text + done - pass->from);
	/* Strictly, only to be told of a quote that is open. */
	(void)csv_set_opts(&parser, CSV_REPALL_NL | CSV_EMPTY_IS_NULL | CSV_STRICT | CSV_STRICT_FINI);
	pass->unclosed = csv_fini(&parser, take_cell, take_row, pass) != 0;
	(void)csv_set_opts(&parser, CSV_REPALL_NL | CSV_EMPTY_IS_NULL);
	if (failed > 0 || csv_fini(&parser, take_cell, take_row, pass) != 0)
		abort();	/* only for want of memory: nothing is an error without CSV_STRICT */
	csv_free(&parser);
}

/* Copies a text with each of its line ends, CR LF, CR or LF, as LF. */
static char *
with_plain_ends(const char *text)
{
	char *plain = strdup(text), *to = plain;

	if (plain == NULL)
		abort();
	for (; *text != '\0'; text++) {
		if (text[0] == '\r' && text[1] == '\n')
			continue;
		*to++ = *text == '\r' ? '\n' : *text;
	}
	*to = '\0';
	return plain;
}

/* Excel's first line "sep=;", quoted or not: returns the separator and its length, else '\0'. */
static char
separator_said(const char *text, size_t *length)
{
	const bool quoted = text[0] == '"';
	const char *sign = text + quoted + strlen("sep="), *end;

	if (strncasecmp(text + quoted, "sep=", strlen("sep=")) != 0 || *sign == '\0' ||
	    *sign == '\n' || *sign == '"' || (unsigned char)*sign > '~')
		return '\0';
	end = sign + 1;
	end += quoted && *end == '"';
	end += strspn(end, " ");
	if (*end != '\n' && *end != '\0')
		return '\0';
	*length = (size_t)(end + (*end == '\n') - text);
	return *sign;
}

/*
 * How well a separator parts the rows, 0 not at all. It stands in most rows, or parts half of
 * them three ways: a sign that stands in one place's name is no separator. Of two, the one with
 * which more rows have equally many cells; a tab before others, as nobody types it in a name.
 */
static size_t
score(const struct evenness *evenness, char separator)
{
	size_t best = 2;

	if (2 * evenness->split <= evenness->rows &&
	    (evenness->wide == 0 || 2 * evenness->wide < evenness->rows))
		return 0;
	for (size_t cells = 3; cells <= CELLS_MAX; cells++) {
		if (evenness->with[cells] >= evenness->with[best])
			best = cells;
	}
	return (evenness->with[best] + 1) * 4 * CELLS_MAX +
	    (separator == '\t' ? (size_t)2 * CELLS_MAX : best <= COLUMN_COUNT ? best : 2);
}

static char
separator_found(const char *text)
{
	static const char separators[] = "\t;,|";
	char found = '\0';
	size_t most = 0;

	for (size_t i = 0; separators[i] != '\0'; i++) {
		struct evenness evenness = { 0 };
		struct pass pass = { .evenness = &evenness };
		size_t reached;

		read_rows(&pass, text, separators[i]);
		reached = score(&evenness, separators[i]);
		if (reached > most) {
			most = reached;
			found = separators[i];
		}
	}
	return found;
}

static void
point_at_texts(struct code_list *list, size_t (*kept)[COLUMN_COUNT + 2])
{
	for (size_t i = 0; i < list->count; i++) {
		struct code_list_row *row = &list->row[i];

		for (int column = 0; column < COLUMN_COUNT; column++)
			row->cell[column] = list->text.data + kept[i][column];
		row->beyond = list->text.data + kept[i][COLUMN_COUNT];
		row->written = list->text.data + kept[i][COLUMN_COUNT + 1];
	}
}

void
code_list_read(struct code_list *list, const char *text, const char *const words[COLUMN_COUNT])
{
	static const char mark[] = "\xEF\xBB\xBF";
	char *plain = with_plain_ends(text), *from = plain;
	struct pass pass = { .number = 1, .list = list, .words = words };
	size_t said = 0;

	*list = (struct code_list){ .count = 0 };
	buffer_add(&list->text, "", 1);		/* offset 0: the empty text */
	pass.kept = calloc(CODE_LIST_MAX, sizeof(*pass.kept));
	if (pass.kept == NULL)
		abort();
	for (size_t i = 0; i < CELLS_MAX; i++)
		pass.column[i] = i < COLUMN_COUNT ? (enum code_column)i : COLUMN_COUNT;
	if (strncmp(from, mark, sizeof(mark) - 1) == 0)
		from += sizeof(mark) - 1;
	list->separator = separator_said(from, &said);
	if (said > 0)
		pass.number = 2;
	from += said;
	if (list->separator == '\0')
		list->separator = separator_found(from);
	/* Of a single column, no byte that a text has separates, and quotes still count. */
	read_rows(&pass, from, list->separator == '\0' ? '\x01' : list->separator);
	point_at_texts(list, pass.kept);
	free(pass.kept);
	free(plain);
}

void
code_list_free(struct code_list *list)
{
	buffer_free(&list->text);
	list->count = 0;
}
