/* Tables for a spreadsheet: quoted so that they are read back, and never a formula. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/base.h"

static void
a_table_is_cells_in_rows(void **state)
{
	struct buffer table = { 0 };

	(void)state;
	csv_start(&table);
	csv_text(&table, "Plats");
	csv_text(&table, "Besök");
	csv_end_row(&table);
	csv_text(&table, "Skolan; nya, huset");
	csv_number(&table, 12);
	csv_number(&table, INT64_MAX);
	csv_end_row(&table);
	assert_string_equal(buffer_string(&table), "\xEF\xBB\xBF\"Plats\";\"Besök\"\r\n"
	    "\"Skolan; nya, huset\";12;9223372036854775807\r\n");
	buffer_free(&table);
}

static void
assert_cell(const char *text, const char *cell)
{
	struct buffer table = { 0 };

	csv_text(&table, text);
	assert_string_equal(buffer_string(&table), cell);
	buffer_free(&table);
}

static void
quotes_and_line_breaks_stay_in_their_cell(void **state)
{
	(void)state;
	assert_cell("", "\"\"");
	assert_cell("\"", "\"\"\"\"");
	assert_cell("Kafé \"Solen\"", "\"Kafé \"\"Solen\"\"\"");
	assert_cell("en\nrad\r\ntill", "\"en\nrad\r\ntill\"");
	assert_cell("x\";=1+1;\"", "\"x\"\";=1+1;\"\"\"");
}

static void
a_formula_becomes_text(void **state)
{
	static const char starts[] = "=+-@\t\r\n\x01";

	(void)state;
	for (const char *start = starts; *start != '\0'; start++) {
		const char plain[] = { *start, 'x', '\0' }, blank[] = { ' ', ' ', *start, '\0' };
		const char plain_cell[] = { '"', '\'', *start, 'x', '"', '\0' };
		const char blank_cell[] = { '"', '\'', ' ', ' ', *start, '"', '\0' };

		assert_cell(plain, plain_cell);
		assert_cell(blank, blank_cell);
	}
	assert_cell("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"");
	assert_cell("\"=1\"", "\"\"\"=1\"\"\"");
	assert_cell("a=1", "\"a=1\"");
	assert_cell("å-b", "\"å-b\"");
	assert_cell("  ", "\"  \"");
}

static void
text_that_would_become_another_number_stays_text(void **state)
{
	static const char *const numbers[] = {
		"000144", "00", "0001E3", "1E2345", "12e4", "123456789012",
	};
	static const char *const texts[] = {
		"", "0", "1781", "12345678901", "12345E", "E00012", "1E23E4", "00A144", "2027-01-31",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		char cell[40];

		(void)snprintf(cell, sizeof(cell), "\"'%s\"", numbers[i]);
		assert_cell(numbers[i], cell);
	}
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		char cell[40];

		(void)snprintf(cell, sizeof(cell), "\"%s\"", texts[i]);
		assert_cell(texts[i], cell);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_that_would_become_another_number_stays_text),
		cmocka_unit_test(a_table_is_cells_in_rows),
		cmocka_unit_test(quotes_and_line_breaks_stay_in_their_cell),
		cmocka_unit_test(a_formula_becomes_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
