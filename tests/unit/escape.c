/* What pages are written with, the choice of language, and dates in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "render/render.h"
#include "text/text.h"

static unsigned
english_plural(int64_t n)
{
	return n != 1;
}

#define ONE(msgid, text)	{ msgid, (const char *const[]){ text }, 1 }

/* In strcmp order. */
static const struct text_message english_messages[] = {
	{ "en dag", (const char *const[]){ "a day", "{n} days" }, 2 },
	ONE("i morgon kl. {clock}", "tomorrow at {clock}"),
	ONE("januari", "January"),
	ONE("torsdag", "Thursday"),
	ONE("{weekday} {day} {month}", "{weekday}, {month} {day}"),
};

static const struct language swedish = {
	.tag = "sv", .name = "Svenska", .dir = "ltr", .plural = english_plural
};
static const struct language english = {
	.tag = "xx", .name = "English", .dir = "ltr", .plural = english_plural,
	.messages = english_messages,
	.messages_count = COUNT_OF(english_messages)
};

struct pair {
	const char *value, *written;
};

static void
expect_pairs(void (*write)(struct buffer *, const char *),
    const struct pair *pairs, size_t count)
{
	struct buffer out = {0};

	for (size_t i = 0; i < count; i++) {
		buffer_clear(&out);
		write(&out, pairs[i].value);
		assert_string_equal(buffer_string(&out), pairs[i].written);
	}
	buffer_free(&out);
}

static void
text_escapes_five_characters(void **state)
{
	static const struct pair pairs[] = {
		{ NULL, "" }, { "", "" }, { "a", "a" },
		{ "&<>\"'", "&amp;&lt;&gt;&quot;&#39;" },
		{ "&amp;", "&amp;amp;" }, { "a<b", "a&lt;b" },
		{ "\xd8\xa7 =`/\n", "\xd8\xa7 =`/\n" },
	};

	(void)state;
	expect_pairs(escape_text, pairs, COUNT_OF(pairs));
}

static void
addresses_have_no_foreign_scheme(void **state)
{
	static const struct pair pairs[] = {
		{ NULL, "" }, { "/a?b#c", "/a?b#c" }, { "a/b:c", "a/b:c" },
		{ "?a:b", "?a:b" }, { "HTTPS://a.se/", "HTTPS://a.se/" },
		{ "tel:+4654", "tel:+4654" }, { "sms:112", "sms:112" },
		{ "mailto:a@b", "mailto:a@b" },
		{ "otpauth://totp/A:b?secret=C", "otpauth://totp/A:b?secret=C" },
		{ "data:image/svg+xml,x", "data:image/svg+xml,x" },
		{ "data:text/html,x", "#" }, { "data:", "#" },
		{ "javascript:alert(1)", "#" }, { "JavaScript:x", "#" },
		{ "java\nscript:x", "#" }, { "\x01javascript:x", "#" },
		{ " javascript:x", "#" }, { "vbscript:x", "#" }, { ":x", "#" },
		{ "httpx:x", "#" }, { "htt:x", "#" }, { "/a\tb", "#" },
		{ "javascript&colon;x", "javascript&amp;colon;x" },
	};

	(void)state;
	expect_pairs(escape_url, pairs, COUNT_OF(pairs));
}

static void
parts_of_addresses_stay_parts(void **state)
{
	static const struct pair path[] = {
		{ NULL, "" }, { "a-Z_0.~+@", "a-Z_0.~+@" },
		{ "/?#:&%\"\\", "%2F%3F%23%3A%26%25%22%5C" },
		{ "\xc3\xa5", "%C3%A5" },
	};
	static const struct pair query[] = {
		{ "a b&c=d+e@f", "a%20b%26c%3Dd%2Be%40f" },
	};

	(void)state;
	expect_pairs(escape_path, path, COUNT_OF(path));
	expect_pairs(escape_query, query, COUNT_OF(query));
}

static void
colours_are_hexadecimal(void **state)
{
	static const struct pair pairs[] = {
		{ NULL, "" }, { "", "" }, { "#", "" }, { "#aBc", "#aBc" },
		{ "#0b5a7a", "#0b5a7a" }, { "#12", "" }, { "#1234", "" },
		{ "#12345678", "" }, { "red", "" }, { "#abc;", "" },
		{ "#xyz", "" }, { "abc", "" },
	};

	(void)state;
	expect_pairs(escape_colour, pairs, COUNT_OF(pairs));
}

static void
messages_are_filled(void **state)
{
	struct buffer out = {0};

	(void)state;
	put_message(&out, "<{a}> {b}{c} {}{A} {a b} {a", (const struct page_argument[]){
	    ARGUMENT("a", true, "&"), ARGUMENT("b", false, (int64_t)-3) }, 2);
	assert_string_equal(out.data, "&lt;<bdi>&amp;</bdi>&gt; -3{c} {}{A} {a b} {a");
	buffer_clear(&out);
	text_fill(&out, text_languages[0], "{a}{a} {b} <{c}>", (const struct text_argument[]){
	    { "a", "&" }, { "b", NULL } }, 2);
	assert_string_equal(out.data, "&& " " <{c}>");
	buffer_free(&out);
}

static void
texts_are_found(void **state)
{
	(void)state;
	assert_string_equal(text(&english, "torsdag"), "Thursday");
	assert_string_equal(text(&english, "fredag"), "fredag");
	assert_string_equal(text(&swedish, "torsdag"), "torsdag");
	assert_string_equal(text(&english, NULL), "");
	assert_string_equal(text_plural(&english, "en dag", "{n} dagar", 1), "a day");
	assert_string_equal(text_plural(&english, "en dag", "{n} dagar", 0), "{n} days");
	assert_string_equal(text_plural(&english, "en dag", "{n} dagar", -1), "a day");
	assert_string_equal(text_plural(&english, "en dag", "{n} dagar", INT64_MIN), "{n} days");
	assert_string_equal(text_plural(&english, "en ko", "{n} kor", 1), "en ko");
	assert_string_equal(text_plural(&english, "en ko", "{n} kor", 2), "{n} kor");
}

/* Of the catalogues that the program is built with: sv, en and ar at least. */
static void
language_is_negotiated(void **state)
{
	static const struct pair pairs[] = {
		{ NULL, "sv" }, { "", "sv" }, { "*", "sv" }, { "tlh", "sv" },
		{ "en", "en" }, { "EN-gb", "en" }, { "en-x-a", "en" },
		{ "ar-Arab-SY", "ar" }, { "eng", "sv" }, { "e", "sv" },
		{ "tlh, en;q=0.5, ar;q=0.6", "ar" }, { "en,ar", "en" },
		{ "en;q=0, ar;q=0.001", "ar" }, { "en;q=0", "sv" },
		{ "en;q=0.8 , ar ; q=0.9", "ar" }, { "en;Q=0.1,ar;q=0.123", "ar" },
		{ "en;q=2, ar;q=0.1", "ar" }, { "en;q=1.001, ar;q=0.1", "ar" },
		{ "en;q=x, ar;q=0.1", "ar" }, { "en;q=0.1234, ar;q=0.1", "ar" },
		{ "en;level=1, ar;q=0.1", "ar" }, { "en q, ar;q=0.1", "ar" },
		{ ",,;;,=,-,en-,--,ar;q=", "en" }, { "\xff\x01,en", "en" },
		{ "sv-FI, en", "sv" }, { "en;q=", "sv" }, { "en;", "en" },
	};
	char many[1024] = "";

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		if (strcmp(text_negotiate(pairs[i].value)->tag,
		    pairs[i].written) != 0)
			fail_msg("\"%s\" gives %s", pairs[i].value,
			    text_negotiate(pairs[i].value)->tag);
	for (size_t i = 0; i < 100; i++)
		strcat(many, "tlh,");
	strcat(many, "en");
	assert_string_equal(text_negotiate(many)->tag, "sv");
	assert_null(text_language("tlh", 3));
	assert_null(text_language("", 0));
	assert_string_equal(text_language("enough", 2)->tag, "en");
	assert_string_equal(text_languages[0]->name, "Svenska");
}

/* 2027-01-14 is a Thursday. */
static struct tm
moment(int year, int month, int day, int hour, int minute)
{
	struct tm at = { .tm_year = year - 1900, .tm_mon = month - 1,
	    .tm_mday = day, .tm_hour = hour, .tm_min = minute };

	at.tm_wday = day_weekday(day_from_date(year, month, day));
	return at;
}

static void
expect_when(const struct language *language, struct tm at, struct tm now,
    const char *written)
{
	struct buffer out = {0};

	text_when(&out, language, &at, &now);
	assert_string_equal(out.data, written);
	buffer_free(&out);
}

static void
dates_are_told(void **state)
{
	struct tm at = moment(2027, 1, 14, 9, 5);
	struct buffer out = {0};

	(void)state;
	text_day(&out, &swedish, &at);
	buffer_text(&out, "|");
	text_day(&out, &english, &at);
	buffer_text(&out, "|");
	text_date(&out, &swedish, &at);
	buffer_text(&out, "|");
	text_clock(&out, &at);
	assert_string_equal(out.data, "torsdag 14 januari|"
	    "Thursday, January 14|torsdag 14 januari 2027|09:05");
	buffer_free(&out);
}

static void
near_days_are_told_by_name(void **state)
{
	struct tm now = moment(2026, 12, 31, 23, 59);

	(void)state;
	expect_when(&swedish, moment(2026, 12, 31, 0, 0), now, "i dag kl. 00:00");
	expect_when(&swedish, moment(2027, 1, 1, 10, 0), now, "i morgon kl. 10:00");
	expect_when(&english, moment(2027, 1, 1, 10, 0), now, "tomorrow at 10:00");
	expect_when(&swedish, moment(2026, 12, 30, 23, 0), now, "i går kl. 23:00");
	expect_when(&swedish, moment(2026, 12, 29, 9, 0), now, "tisdag 29 december");
	expect_when(&swedish, moment(2027, 1, 14, 9, 0), now, "torsdag 14 januari 2027");
	expect_when(&english, moment(2027, 1, 14, 9, 0), moment(2027, 1, 2, 3, 4),
	    "Thursday, January 14");
}

static void
numbers_keep_their_order(void **state)
{
	static const struct { const char *text, *marked; } table[] = {
		{ "070-174 06 12", "\u200e070-174 06 12" },
		{ "a +46701740612.", "a \u200e+46701740612." },
		{ "\u200e070-174 06 12", "\u200e070-174 06 12" },
		{ "15–29, 112", "\u200e15–29, 112" },
		{ "2027-01-31", "\u200e2027-01-31" },
		{ "16:30 + 4", "16:30 + 4" },
		{ "", "" },
	};
	struct buffer out = {0};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		text_numbers(&out, table[i].text, strlen(table[i].text));
		assert_string_equal(buffer_string(&out), table[i].marked);
		buffer_clear(&out);
	}
	buffer_free(&out);
	assert_true(text_from_right("Hej \u0627"));
	assert_false(text_from_right("Hej 070-174 06 12 –"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_escapes_five_characters),
		cmocka_unit_test(addresses_have_no_foreign_scheme),
		cmocka_unit_test(parts_of_addresses_stay_parts),
		cmocka_unit_test(colours_are_hexadecimal),
		cmocka_unit_test(messages_are_filled),
		cmocka_unit_test(numbers_keep_their_order),
		cmocka_unit_test(texts_are_found),
		cmocka_unit_test(language_is_negotiated),
		cmocka_unit_test(dates_are_told),
		cmocka_unit_test(near_days_are_told_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
