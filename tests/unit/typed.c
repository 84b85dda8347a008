/* What people type and paste, cleaned: of one line, and of a text. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "base/base.h"
#include "rules/rules.h"

#include <cmocka.h>

struct row {
	const char *written;
	enum fault fault;
	const char *clean;
};

static void
expect(const struct row *rows, size_t count, enum typed_kind kind)
{
	for (size_t i = 0; i < count; i++) {
		struct buffer clean = { 0 }, again = { 0 };

		if (typed_clean(rows[i].written, kind, &clean) != rows[i].fault)
			fail_msg("row %zu: %s", i, rows[i].written);
		if (strcmp(buffer_string(&clean), rows[i].clean) != 0)
			fail_msg("row %zu: \"%s\", not \"%s\"", i, buffer_string(&clean), rows[i].clean);
		/* Clean text stays as it is. */
		if (rows[i].fault == FAULT_NONE) {
			assert_int_equal(typed_clean(clean.data, kind, &again), FAULT_NONE);
			assert_string_equal(again.data, clean.data);
		}
		buffer_wipe(&clean);
		buffer_wipe(&again);
	}
}

static void
cleans_lines(void **state)
{
	static const struct row rows[] = {
		/* white space */
		{ "Bo\tEk", FAULT_NONE, "Bo Ek" }, { "\tBo \t Ek\t", FAULT_NONE, "Bo Ek" },
		{ "Bo\vEk", FAULT_NONE, "Bo Ek" }, { "Bo\fEk", FAULT_NONE, "Bo Ek" },
		{ "Bo\xc2\x85" "Ek", FAULT_NONE, "Bo Ek" }, { "Bo\u00a0Ek", FAULT_NONE, "Bo Ek" },
		{ "Bo\u202fEk", FAULT_NONE, "Bo Ek" }, { "Bo\u2007Ek\u3000", FAULT_NONE, "Bo Ek" },
		{ "Bo\u2800Ek\u3164", FAULT_NONE, "Bo Ek" }, { "Bo\r\n", FAULT_NONE, "Bo" },
		{ "\nBo\u2029", FAULT_NONE, "Bo" },
		/* direction */
		{ "\u2067محمد\u2069", FAULT_NONE, "محمد" }, { "\u2068محمد علي\u2069", FAULT_NONE, "محمد علي" },
		{ "\u200fمحمد\u200f", FAULT_NONE, "محمد" }, { "\u200eBo", FAULT_NONE, "Bo" },
		{ "\u202bمحمد\u202c", FAULT_NONE, "محمد" }, { "\u202eoB\u202c", FAULT_NONE, "oB" },
		{ "\u061cسارة", FAULT_NONE, "سارة" }, { "سارة\u200e Ek", FAULT_NONE, "سارة Ek" },
		{ "\u2066Bo\u2069", FAULT_NONE, "Bo" }, { "Bo\u202a", FAULT_NONE, "Bo" },
		/* zero width */
		{ "A\u200bnna", FAULT_NONE, "Anna" }, { "\ufeffAnna", FAULT_NONE, "Anna" },
		{ "An\u00adna", FAULT_NONE, "Anna" }, { "An\u2060na", FAULT_NONE, "Anna" },
		{ "An\u200cna", FAULT_NONE, "Anna" }, { "An\u200dna", FAULT_NONE, "Anna" },
		{ "Anna\u200d", FAULT_NONE, "Anna" }, { "\u200cAnna", FAULT_NONE, "Anna" },
		{ "An\ufe0fna", FAULT_NONE, "Anna" }, { "An\ufffcna", FAULT_NONE, "Anna" },
		{ "\ufe0f Anna", FAULT_NONE, "Anna" },
		/* what has a meaning */
		{ "علی\u200cرضا", FAULT_NONE, "علی\u200cرضا" },
		{ "می\u200cخواهم", FAULT_NONE, "می\u200cخواهم" },
		{ "ශ්\u200dරී", FAULT_NONE, "ශ්\u200dරී" }, { "क्\u200dष", FAULT_NONE, "क्\u200dष" },
		{ "👩\u200d🚀", FAULT_NONE, "👩\u200d🚀" }, { "👩🏽\u200d🚀", FAULT_NONE, "👩🏽\u200d🚀" },
		{ "❤\ufe0f\u200d🔥", FAULT_NONE, "❤\ufe0f\u200d🔥" }, { "☎\ufe0f", FAULT_NONE, "☎\ufe0f" },
		{ "🏴\U000e0067\U000e0062\U000e007f", FAULT_NONE, "🏴\U000e0067\U000e0062\U000e007f" },
		/* NFC */
		{ "A\u030asa", FAULT_NONE, "Åsa" }, { "o\u0308", FAULT_NONE, "ö" },
		{ "Zoe\u0308 E\u0301k", FAULT_NONE, "Zoë Ék" }, { "\u212bsa", FAULT_NONE, "Åsa" },
		{ "Nguye\u0302\u0303n", FAULT_NONE, "Nguyễn" }, { "\u1112\u1161\u11ab", FAULT_NONE, "한" },
		{ "ا\u0653", FAULT_NONE, "آ" }, { "A\u200b\u030asa", FAULT_NONE, "Åsa" },
		/* what is left as it is */
		{ "O'Hara-Ek", FAULT_NONE, "O'Hara-Ek" }, { "<b>", FAULT_NONE, "<b>" },
		{ "ሰላም", FAULT_NONE, "ሰላም" }, { "สมชาย", FAULT_NONE, "สมชาย" },
		/* what cannot be taken */
		{ "", FAULT_MISSING, "" }, { " \u00a0\t", FAULT_MISSING, "" },
		{ "\u200b\u200d\u200f", FAULT_MISSING, "" }, { "\u2068\u2069", FAULT_MISSING, "" },
		{ "\n\r\n", FAULT_MISSING, "" }, { "Bo\nEk", FAULT_LINE_BREAK, "" },
		{ "Bo\r\nEk", FAULT_LINE_BREAK, "" }, { "Bo\u2028Ek", FAULT_LINE_BREAK, "" },
		{ "Bo\x07", FAULT_CHARACTERS, "" }, { "\x1b[31mBo", FAULT_CHARACTERS, "" },
		{ "Bo\x7f", FAULT_CHARACTERS, "" }, { "Bo\xc2\x9b", FAULT_CHARACTERS, "" },
		{ "Bo\ufffe", FAULT_CHARACTERS, "" }, { "Bo\U0010ffff", FAULT_CHARACTERS, "" },
		{ "Bo\xff", FAULT_CHARACTERS, "" },
	};

	(void)state;
	expect(rows, COUNT_OF(rows), TYPED_LINE);
}

static void
cleans_texts(void **state)
{
	static const struct row rows[] = {
		{ "a\r\nb\rc\nd", FAULT_NONE, "a\nb\nc\nd" }, { "\n\n a  b \n", FAULT_NONE, "a  b" },
		{ "a\tb\vc\fd", FAULT_NONE, "a b c d" }, { "a\xc2\x85" "b", FAULT_NONE, "a b" },
		{ "a\u00a0b", FAULT_NONE, "a b" }, { "a\u202eb\u202c", FAULT_NONE, "ab" },
		{ "Hej\u200b!\nHej\u00ad!", FAULT_NONE, "Hej!\nHej!" },
		/* one direction: the marks mean nothing */
		{ "\u2067مرحبا\u2069", FAULT_NONE, "مرحبا" }, { "\u2066Hej\u2069 \u200eBo", FAULT_NONE, "Hej Bo" },
		/* both: a number keeps its order */
		{ "اتصل \u200e070-174 06 05\u200e", FAULT_NONE, "اتصل \u200e070-174 06 05\u200e" },
		{ "اتصل \u2066070-174\u2069", FAULT_NONE, "اتصل \u2066070-174\u2069" },
		/* an isolate ends on its line */
		{ "اتصل \u2066070\nB", FAULT_NONE, "اتصل \u2066070\u2069\nB" },
		{ "\u2069اتصل 070\u2069", FAULT_NONE, "اتصل 070" },
		{ "A\u030a\no\u0308", FAULT_NONE, "Å\nö" }, { "👩\u200d🚀\n", FAULT_NONE, "👩\u200d🚀" },
		{ "\r\n\u200b\r\n", FAULT_MISSING, "" }, { "a\x01" "b", FAULT_CHARACTERS, "" },
	};

	(void)state;
	expect(rows, COUNT_OF(rows), TYPED_TEXT);
}

/* What cannot be taken is told by the words around it, so that a person finds it. */
static void
tells_where_a_character_cannot_be_taken(void **state)
{
	static const struct {
		const char *written;
		bool found;
		const char *before, *after;
	} rows[] = {
		{ "", false, "", "" }, { "Anna Ek", false, "", "" }, { "Anna\tEk\r\n\u200b\xc2\x85", false, "", "" },
		{ "Anna\x07" "Ek", true, "Anna", "Ek" }, { "Anna \x07 Ek", true, "Anna", "Ek" },
		{ "Anna Maria\x07 Ek Bo", true, "Maria", "Ek" }, { "\x07" "Anna Ek", true, "", "Anna" },
		{ "Anna Ek\x07", true, "Ek", "" }, { "\x07", true, "", "" }, { " \x07 ", true, "", "" },
		{ "Hej\nAnna\x1b[31mEk\nBo", true, "Anna", "[31mEk" }, { "Hej\n\x07\nBo", true, "", "" },
		{ "Hej\r\n\x07" "Bo", true, "", "Bo" }, { "Åsa\x07\x1b\x01Öb", true, "Åsa", "Öb" },
		{ "a\x07" "b\x07" "c", true, "a", "b" }, { "a\x07" "b\u202e c", true, "a", "b" },
		{ "\u2067محمد\u2069\x07علي", true, "محمد", "علي" }, { "Bo\ufffe" "Ek", true, "Bo", "Ek" },
		{ "Bo\xc2\x9b" "Ek", true, "Bo", "Ek" }, { "Bo\xff" "Ek", true, "Bo", "" },
		{ "åååååååååååååååååååååb\x07" "bååååååååååååååååååååå", true, "åååååååååååååååååååb", "båååååååååååååååååå" "å" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buffer before = { 0 }, after = { 0 };

		if (typed_unusable(rows[i].written, &before, &after) != rows[i].found ||
		    strcmp(buffer_string(&before), rows[i].before) != 0 ||
		    strcmp(buffer_string(&after), rows[i].after) != 0)
			fail_msg("row %zu: \"%s\" and \"%s\"", i, buffer_string(&before),
			    buffer_string(&after));
		buffer_wipe(&before);
		buffer_wipe(&after);
	}
}

/* A text that is decomposed counts as people see it, in a name and in a text message. */
static void
counts_what_is_composed(void **state)
{
	char name[NAME_MAX_CHARACTERS * 4 + 1], text[MESSAGE_MAX * 4 + 1];
	struct buffer written = { 0 };
	struct sms_segments parts;

	(void)state;
	for (int i = 0; i < NAME_MAX_CHARACTERS; i++)
		buffer_text(&written, "a\u030a");
	assert_int_equal(text_input_name(written.data, name), FAULT_NONE);
	assert_int_equal(utf8_count(name), NAME_MAX_CHARACTERS);
	assert_int_equal(text_input_text(written.data, MESSAGE_MAX, text), FAULT_NONE);
	sms_segments_count(text, &parts);
	assert_false(parts.unicode);
	assert_int_equal(parts.units, NAME_MAX_CHARACTERS);
	buffer_free(&written);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cleans_lines),
		cmocka_unit_test(cleans_texts),
		cmocka_unit_test(tells_where_a_character_cannot_be_taken),
		cmocka_unit_test(counts_what_is_composed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
