/* Writes a table for a spreadsheet, in which no text becomes a formula. */
#include <string.h>

#include "base/base.h"

#define MARK	"\xEF\xBB\xBF"
#define PRECISION	11	/* digits of a number that Excel shows whole in a cell */

void
csv_start(struct buffer *table)
{
	buffer_text(table, MARK);
}

/* Separates the next cell from the cell before it in the row. */
static void
part(struct buffer *table)
{
	const char *text = buffer_string(table);

	if (table->length > strlen(MARK) && text[table->length - 1] != '\n')
		buffer_text(table, ";");
}

static bool
is_formula(const char *text)
{
	const char first = text[strspn(text, " ")];

	return first != '\0' && (strchr("=+-@", first) != NULL || (unsigned char)first < ' ');
}

/* "000144", "0001E3", a number of twelve digits: a spreadsheet would show other characters. */
static bool
is_changed_number(const char *text)
{
	static const char digits[] = "0123456789";
	const size_t whole = strspn(text, digits);

	if (whole == 0)
		return false;
	if (text[whole] == '\0')
		return whole > PRECISION || (text[0] == '0' && whole > 1);
	return (text[whole] == 'E' || text[whole] == 'e') && text[whole + 1] != '\0' &&
	    text[whole + 1 + strspn(text + whole + 1, digits)] == '\0';
}

void
csv_text(struct buffer *table, const char *text)
{
	part(table);
	buffer_text(table, is_formula(text) || is_changed_number(text) ? "\"'" : "\"");
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buffer_text(table, "\"");
		buffer_add(table, text, 1);
	}
	buffer_text(table, "\"");
}

void
csv_number(struct buffer *table, int64_t number)
{
	part(table);
	buffer_format(table, "%lld", (long long)number);
}

void
csv_end_row(struct buffer *table)
{
	buffer_text(table, "\r\n");
}
