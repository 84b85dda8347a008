/* What is typed to find a case, and which names it finds. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "rules/rules.h"

static void
reads_what_was_typed(void **state)
{
	static const struct { const char *typed; enum search_query_kind kind; } table[] = {
		{ "", SEARCH_QUERY_NOTHING }, { "   ", SEARCH_QUERY_NOTHING }, { "-./", SEARCH_QUERY_NOTHING },
		{ "\u200b", SEARCH_QUERY_NOTHING },
		{ "a", SEARCH_QUERY_SHORT }, { " å ", SEARCH_QUERY_SHORT }, { "a\u030a", SEARCH_QUERY_SHORT },
		{ "al", SEARCH_QUERY_NAME }, { "Ö-I", SEARCH_QUERY_NAME }, { "a b", SEARCH_QUERY_NAME },
		{ "7", SEARCH_QUERY_DIGITS }, { "070-17", SEARCH_QUERY_DIGITS }, { "123 456 789 012 345", SEARCH_QUERY_DIGITS },
		{ "605", SEARCH_QUERY_DIGITS }, { "40605", SEARCH_QUERY_DIGITS },
		{ "0605", SEARCH_QUERY_LAST }, { " 06 05 ", SEARCH_QUERY_LAST }, { "06-05", SEARCH_QUERY_LAST },
		{ "070-174 06 05", SEARCH_QUERY_PHONE }, { "+46 (0)70 1740605", SEARCH_QUERY_PHONE },
		{ "0046701740605", SEARCH_QUERY_PHONE }, { "054-12 34 56", SEARCH_QUERY_PHONE },
		{ "01KB0000000AB", SEARCH_QUERY_REFERENCE }, { " 01kb0000000ab ", SEARCH_QUERY_REFERENCE },
		{ "01KB0000000A", SEARCH_QUERY_NAME }, { "01KB0000000AU", SEARCH_QUERY_NAME },
		{ "01KB0000000AB x", SEARCH_QUERY_NAME }, { "Alva 2", SEARCH_QUERY_NAME },
	};
	struct search_query search_query;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		search_query_read(table[i].typed, &search_query);
		if (search_query.kind != table[i].kind)
			fail_msg("\"%s\" is %d, not %d", table[i].typed, (int)search_query.kind,
			    (int)table[i].kind);
	}
	search_query_read("070 174 06 05", &search_query);
	assert_string_equal(search_query.phone, "+46701740605");
	assert_true(search_query_is_phone(&search_query, "+46701740605"));
	assert_false(search_query_is_phone(&search_query, "+46701740606"));
	search_query_read("06 05", &search_query);
	assert_true(search_query_is_phone(&search_query, "+46701740605"));
	assert_true(search_query_is_phone(&search_query, "+4722860605"));
	assert_false(search_query_is_phone(&search_query, "+46701740650"));
	assert_false(search_query_is_phone(&search_query, "0605"));
	assert_false(search_query_is_phone(&search_query, ""));
}

/* So many letters of two bytes, and of two points. */
static void
takes_eighty_letters(void **state)
{
	static char typed[4 * 10000 + 1];
	struct search_query search_query;

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		memcpy(typed + 4 * i, "😀", 5);
		if (i + 1 == 80 || i + 1 == 81 || i + 1 == 10000) {
			search_query_read(typed, &search_query);
			assert_int_equal(search_query.kind, i + 1 == 80 ? SEARCH_QUERY_NAME : SEARCH_QUERY_LONG);
		}
	}
	typed[0] = '\0';
	for (size_t i = 0; i < 80; i++)
		strcat(typed, "ấ");
	search_query_read(typed, &search_query);
	assert_int_equal(search_query.kind, SEARCH_QUERY_NAME);
	assert_int_equal(search_query.name.count, 240);
	assert_true(search_query_is_name(&search_query, typed));
}

static bool
finds(const char *typed, const char *name)
{
	struct search_query search_query;

	search_query_read(typed, &search_query);
	assert_int_equal(search_query.kind, SEARCH_QUERY_NAME);
	return search_query_is_name(&search_query, name);
}

static void
finds_names(void **state)
{
	static const struct { const char *typed, *name; bool is; } table[] = {
		{ "alva", "Alva", true }, { "ALVA", "alva", true }, { "al", "Alva", true },
		{ "lva", "Alva", false }, { "alvar", "Alva", false },
		{ "alva lund", "Alva Lundström", true }, { "lund alva", "Alva Lundström", true },
		{ "alva berg", "Alva Lundström", false }, { "al al", "Alva", true },
		{ "maria", "Anna-Maria", true }, { "annamaria", "Anna-Maria", false },
		{ "anna maria", "Anna-Maria", true }, { "brien", "O’Brien", true },
		/* Swedish letters, and those who have a keyboard without them. */
		{ "åsa", "Åsa", true }, { "ÅSA", "åsa", true }, { "asa", "Åsa", true },
		{ "åsa", "Asa", false }, { "äsa", "Åsa", false }, { "ostlund", "Östlund", true },
		{ "östlund", "Ostlund", false },
		/* Decomposed, as some telephones write it, and the other way about. */
		{ "a\u030asa", "Åsa", true }, { "åsa", "A\u030asa", true }, { "A\u030asa", "ASA", false },
		{ "zoe", "Zoë", true }, { "zoë", "Zoe", false }, { "jose", "José", true },
		{ "soren", "Søren", true }, { "lukasz", "Łukasz", true }, { "irem", "İrem", true },
		{ "nguyen", "Nguyễn", true }, { "nguyê", "Nguyễn", true }, { "nguyè", "Nguyễn", false },
		{ "олена", "ОЛЕНА", true }, { "іван", "Іван", true }, { "андрии", "Андрій", false },
		{ "алексеи", "Алексей", true }, { "ελε", "ΕΛΕΝΗ", true },
		/* An alif with and without its hamza, the Persian and the Arabic ye, vowels. */
		{ "احمد", "أحمد", true }, { "أحمد", "احمد", false }, { "علي", "علی", true },
		{ "محمد", "مُحَمَّد", true }, { "محمد", "مـحـمد", true },
		{ "ሰላም", "ሰላም", true }, { "สมชาย", "สมชาย", true }, { "a\u200blva", "Alva", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		if (finds(table[i].typed, table[i].name) != table[i].is)
			fail_msg("\"%s\" and \"%s\": not %d", table[i].typed, table[i].name, table[i].is);
	}
	assert_false(finds("alva", ""));
}

/* Any text, also with digits, one letter or nothing, which a search among cases does not take. */
static void
finds_words_in_a_text(void **state)
{
	static const struct {
		const char *typed, *text;
		bool is;
	} table[] = {
		{ "", "Skolan Öst A1B2C3 Årjäng", true }, { "sko", "Skolan Öst A1B2C3 Årjäng", true },
		{ "ost", "Skolan Öst A1B2C3 Årjäng", true }, { "ÖST skolan", "Skolan Öst A1B2C3 Årjäng", true },
		{ "a1b", "Skolan Öst A1B2C3 Årjäng", true }, { "arjang", "Skolan Öst A1B2C3 Årjäng", true },
		{ "s", "Skolan Öst", true }, { "2", "Skolan 2", true }, { "ö", "Skolan Ost", false },
		{ "olan", "Skolan Öst", false }, { "skolan väst", "Skolan Öst", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		if (search_query_finds(table[i].typed, table[i].text) != table[i].is)
			fail_msg("\"%s\" and \"%s\": not %d", table[i].typed, table[i].text, table[i].is);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_was_typed),
		cmocka_unit_test(takes_eighty_letters),
		cmocka_unit_test(finds_names),
		cmocka_unit_test(finds_words_in_a_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
