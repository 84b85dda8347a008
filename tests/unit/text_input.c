/* Names, texts and language tags as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "base/base.h"
#include "rules/rules.h"

#include <cmocka.h>

static void
repeat(struct buffer *out, const char *text, int times)
{
	buffer_clear(out);
	for (int i = 0; i < times; i++)
		buffer_text(out, text);
}

static void
cleans_names(void **state)
{
	static const struct {
		const char *written, *name;
	} rows[] = {
		{ "Bo", "Bo" }, { "  Bo  Ek ", "Bo Ek" }, { "Bo\u00a0\u2003Ek\u3000", "Bo Ek" },
		{ "محمد", "محمد" }, { "علی\u200cرضا", "علی\u200cرضا" }, { "\u200fعلی", "علی" },
		{ "ሰላም", "ሰላም" }, { "สมชาย", "สมชาย" }, { "😀", "😀" },
		{ "<script>alert(1)</script>", "<script>alert(1)</script>" },
		{ "O'Hara & \"Åsa\"", "O'Hara & \"Åsa\"" }, { "-", "-" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char name[NAME_MAX_CHARACTERS * 4 + 1];

		assert_int_equal(text_input_name(rows[i].written, name), FAULT_NONE);
		assert_string_equal(name, rows[i].name);
	}
}

static void
refuses_other_names(void **state)
{
	static const struct {
		const char *written;
		enum fault fault;
	} rows[] = {
		{ "", FAULT_MISSING }, { " ", FAULT_MISSING }, { "\u00a0\u2003", FAULT_MISSING },
		{ "\u200b\u200d", FAULT_MISSING }, { "\ufeff", FAULT_MISSING },
		{ "\u3164", FAULT_MISSING }, { "\u2800 \u00ad", FAULT_MISSING },
		{ "Bo\nEk", FAULT_LINE_BREAK }, { "Bo\r\nEk", FAULT_LINE_BREAK },
		{ "Bo\u2028Ek", FAULT_LINE_BREAK }, { "Bo\x7f", FAULT_CHARACTERS },
		{ "Bo\x1b[31m", FAULT_CHARACTERS }, { "Bo\xc2\x9f", FAULT_CHARACTERS },
		{ "Bo\xff", FAULT_CHARACTERS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char name[NAME_MAX_CHARACTERS * 4 + 1] = "before";

		if (text_input_name(rows[i].written, name) != rows[i].fault)
			fail_msg("row %zu: %s", i, rows[i].written);
		assert_string_equal(name, "");
	}
}

/* Characters are counted, not bytes, and after trimming. */
static void
counts_characters(void **state)
{
	static const char *const each[] = { "a", "å", "€", "😀" };
	char name[NAME_MAX_CHARACTERS * 4 + 1], text[MESSAGE_MAX * 4 + 1];
	struct buffer written = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(each); i++) {
		repeat(&written, each[i], 80);
		buffer_text(&written, "   ");
		assert_int_equal(text_input_name(written.data, name), FAULT_NONE);
		assert_int_equal(utf8_count(name), 80);
		repeat(&written, each[i], 81);
		assert_int_equal(text_input_name(written.data, name), FAULT_LONG);
		assert_string_equal(name, "");
		repeat(&written, each[i], 500);
		buffer_text(&written, "\r\n ");
		assert_int_equal(text_input_text(written.data, MESSAGE_MAX, text), FAULT_NONE);
		assert_int_equal(utf8_count(text), 500);
		repeat(&written, each[i], 501);
		assert_int_equal(text_input_text(written.data, MESSAGE_MAX, text), FAULT_LONG);
		assert_string_equal(text, "");
	}
	buffer_free(&written);
}

static void
cleans_messages(void **state)
{
	static const struct {
		const char *written;
		enum fault fault;
		const char *text;
	} rows[] = {
		{ "hej", FAULT_NONE, "hej" }, { "a\r\nb\rc\nd", FAULT_NONE, "a\nb\nc\nd" },
		{ "\r\n\n a  b \r\n", FAULT_NONE, "a  b" }, { "a\u2028b\u2029c", FAULT_NONE, "a\nb\nc" },
		{ "a\r\n\r\nb", FAULT_NONE, "a\n\nb" }, { "<b>", FAULT_NONE, "<b>" },
		{ "\r\n", FAULT_MISSING, "" }, { "\u200b\r\n\u200b", FAULT_MISSING, "" },
		{ "a\tb", FAULT_NONE, "a b" }, { "a\x01", FAULT_CHARACTERS, "" },
		{ "a\xc2\x85z", FAULT_NONE, "a z" }, { "a\u202eb", FAULT_NONE, "ab" },
		{ "a\u2067b", FAULT_NONE, "ab" }, { "a\xc3", FAULT_CHARACTERS, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char text[MESSAGE_MAX * 4 + 1] = "before";

		if (text_input_text(rows[i].written, MESSAGE_MAX, text) != rows[i].fault)
			fail_msg("row %zu: %s", i, rows[i].written);
		assert_string_equal(text, rows[i].text);
	}
}

static void
knows_language_tags(void **state)
{
	static const char *const right[] = {
		"sv", "ar", "sv-x-easy", "ckb", "fa-AF", "zh-Hant-TW", "de-CH-1901", "en-a-bbb-x-a",
		"SV", "x-whatever", "sl-rozaj-biske-1994", "en-u-nu-latn",
	};
	static const char *const wrong[] = {
		"", "s", "-", "sv-", "-sv", "sv--x", "sv_SE", "swedish languages", "svenskaaa",
		"1sv", "sv-x", "en-u", "en-a-b", "s1", "sv-123456789", "å", "x", "x-",
		"abcdefgh-abcdefgh-abcdefgh-abcdefghi", "sv-SE-aaaaaaaa-bbbbbbbb-cccccccc-dddd",
	};
	char language[LANGUAGE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(right); i++) {
		if (text_input_language(right[i], language) != FAULT_NONE)
			fail_msg("%s is refused", right[i]);
		assert_string_equal(language, right[i]);
	}
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		if (text_input_language(wrong[i], language) != FAULT_LANGUAGE)
			fail_msg("%s is taken", wrong[i]);
	}
}

/* The days that staff write: "" of a text that is none, and the year that is asked about. */
static void
reads_days_and_asks_about_odd_years(void **state)
{
	static const struct { const char *written, *day; int odd; } rows[] = {
		{ "2026-12-14", "2026-12-14", 0 }, { "20261214", "2026-12-14", 0 },
		{ " 2026-12-14\u200e", "2026-12-14", 0 }, { "20261214 ", "2026-12-14", 0 },
		{ "2000-01-01", "2000-01-01", 0 }, { "2199-12-31", "2199-12-31", 0 },
		{ "2028-02-29", "2028-02-29", 0 },
		{ "0014-12-20", "", 14 }, { "0202-06-12", "", 202 }, { "1999-12-31", "", 1999 },
		{ "2200-01-01", "", 2200 }, { "9999-12-31", "", 9999 }, { "00141220", "", 14 },
		{ "202612-01-04", "", 202612 }, { "20261-01-04", "", 20261 },
		{ "", "", 0 }, { "14", "", 0 }, { "2026-02-30", "", 0 }, { "20260230", "", 0 },
		{ "2026-1-4", "", 0 }, { "31/1", "", 0 }, { "261214", "", 0 }, { "202612140", "", 0 },
		{ "1-2-3", "", 0 }, { "0000-01-01", "", 0 }, { "-2026-12-14", "", 0 }, { "i morgon", "", 0 },
		{ "2026-12-14\x07", "", 0 }, { "2026\n1214", "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int32_t expected = -1, day = -1;
		const int result = text_input_day(rows[i].written, &day);

		if (*rows[i].day != '\0')
			assert_int_equal(day_parse(rows[i].day, &expected), 0);
		if (result != (*rows[i].day == '\0' ? -1 : 0) || day != expected ||
		    text_input_odd_year(rows[i].written) != rows[i].odd)
			fail_msg("%s: %d, day %d, odd %d", rows[i].written, result, (int)day,
			    text_input_odd_year(rows[i].written));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cleans_names),
		cmocka_unit_test(refuses_other_names),
		cmocka_unit_test(counts_characters),
		cmocka_unit_test(cleans_messages),
		cmocka_unit_test(knows_language_tags),
		cmocka_unit_test(reads_days_and_asks_about_odd_years),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
