/* Decoding and encoding of application/x-www-form-urlencoded, and UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#include <cmocka.h>

/* A literal with its length, so that a NUL can stand in it. */
#define BYTES(literal)	literal, sizeof(literal) - 1

static void
decodes_what_browsers_send(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		size_t count;
		const char *name, *value;
	} rows[] = {
		{ BYTES(""), 0, "a", NULL },
		{ BYTES("a=1"), 1, "a", "1" },
		{ BYTES("a=1&b=2"), 2, "b", "2" },
		{ BYTES("a="), 1, "a", "" },
		{ BYTES("a"), 1, "a", "" },
		{ BYTES("a&b=2"), 2, "a", "" },
		{ BYTES("a&b=2"), 2, "b", "2" },
		{ BYTES("&&a=1&"), 1, "a", "1" },
		{ BYTES("="), 1, "", "" },
		{ BYTES("a=b=c"), 1, "a", "b=c" },
		{ BYTES("a=x+y"), 1, "a", "x y" },
		{ BYTES("a=x%2By%26%3d"), 1, "a", "x+y&=" },
		{ BYTES("n%61me=1"), 1, "name", "1" },
		{ BYTES("a=%C3%A5%c3%a4\xc3\xb6"), 1, "a", "åäö" },
		{ BYTES("a=%F0%9F%98%80"), 1, "a", "😀" },
		{ BYTES("a=1&A=2"), 2, "A", "2" },
		{ BYTES("a=%0D%0A"), 1, "a", "\r\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct form form;
		const char *value;

		if (form_decode(&form, rows[i].bytes, rows[i].length) != FORM_OK)
			fail_msg("%s is refused", rows[i].bytes);
		assert_int_equal(form.count, rows[i].count);
		value = form_value(&form, rows[i].name);
		if (rows[i].value == NULL)
			assert_null(value);
		else
			assert_string_equal(value, rows[i].value);
		form_wipe(&form);
		assert_int_equal(form.count, 0);
		assert_null(form_value(&form, rows[i].name));
	}
}

static void
refuses_what_is_not_a_form(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		enum form_fault fault;
	} rows[] = {
		{ BYTES("a=%"), FORM_BAD_ENCODING },
		{ BYTES("a=%4"), FORM_BAD_ENCODING },
		{ BYTES("a=%4&b=1"), FORM_BAD_ENCODING },
		{ BYTES("a=%G1"), FORM_BAD_ENCODING },
		{ BYTES("a=%1G"), FORM_BAD_ENCODING },
		{ BYTES("a=%+1"), FORM_BAD_ENCODING },
		{ BYTES("%=1"), FORM_BAD_ENCODING },
		{ BYTES("a=%u00e5"), FORM_BAD_ENCODING },
		{ BYTES("a=\xe5"), FORM_BAD_ENCODING },
		{ BYTES("a=%E5"), FORM_BAD_ENCODING },
		{ BYTES("a=%C0%AF"), FORM_BAD_ENCODING },
		{ BYTES("a=%ED%A0%80"), FORM_BAD_ENCODING },
		{ BYTES("a=%F4%90%80%80"), FORM_BAD_ENCODING },
		{ BYTES("a=%C3&b=%A5"), FORM_BAD_ENCODING },
		{ BYTES("%C3=%A5"), FORM_BAD_ENCODING },
		{ BYTES("a=%00"), FORM_BAD_CHARACTER },
		{ BYTES("a=1%00b"), FORM_BAD_CHARACTER },
		{ BYTES("a=1\0b"), FORM_BAD_CHARACTER },
		{ BYTES("a\0=1"), FORM_BAD_CHARACTER },
		{ BYTES("a=1&a=1"), FORM_REPEATED },
		{ BYTES("a&a"), FORM_REPEATED },
		{ BYTES("a=1&%61=2"), FORM_REPEATED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct form form;
		enum form_fault fault = form_decode(&form, rows[i].bytes, rows[i].length);

		if (fault != rows[i].fault)
			fail_msg("%s: fault %d, not %d", rows[i].bytes, (int)fault,
			    (int)rows[i].fault);
		assert_int_equal(form.count, 0);
		assert_null(form.text);
	}
}

static void
stops_at_too_many_fields(void **state)
{
	struct buffer body = { 0 };
	struct form form;

	(void)state;
	for (int i = 0; i < FORM_FIELDS_MAX; i++)
		buffer_format(&body, "%sf%d=%d", i == 0 ? "" : "&", i, i);
	assert_int_equal(form_decode(&form, body.data, body.length), FORM_OK);
	assert_int_equal(form.count, FORM_FIELDS_MAX);
	form_wipe(&form);
	for (int i = FORM_FIELDS_MAX; i < 10000; i++)
		buffer_format(&body, "&f%d=%d", i, i);
	assert_int_equal(form_decode(&form, body.data, body.length), FORM_TOO_MANY);
	buffer_free(&body);
}

/* The body stands at the end of its own allocation, so that ASan sees a read beyond. */
static void
reads_nothing_beyond_the_end(void **state)
{
	static const char *const bodies[] = { "a=1", "a=%", "a=%4", "a", "&", "a=\xc3", "=" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bodies); i++) {
		size_t length = strlen(bodies[i]);
		char *exact = malloc(length);
		struct form form;

		assert_non_null(exact);
		memcpy(exact, bodies[i], length);
		if (form_decode(&form, exact, length) == FORM_OK)
			form_wipe(&form);
		free(exact);
	}
}

static void
keeps_its_own_copy(void **state)
{
	char body[] = "a=1&b=%C3%A5";
	struct form form;

	(void)state;
	assert_int_equal(form_decode(&form, body, strlen(body)), FORM_OK);
	memset(body, 'x', sizeof(body));
	assert_string_equal(form_value(&form, "b"), "å");
	form_wipe(&form);
}

static void
encodes_what_it_decodes(void **state)
{
	static const char *const values[] = {
		"", "a", " ", "åäö & = + % \r\n", "😀", "~!*'();:@,/?#[]", "علی"
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(values); i++) {
		struct buffer out = { 0 };
		struct form form;

		form_encode(&out, "first name", "x");
		form_encode(&out, values[i][0] == '\0' ? "empty" : values[i], values[i]);
		assert_int_equal(strspn(out.data, "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._*+%&="), out.length);
		assert_int_equal(form_decode(&form, out.data, out.length), FORM_OK);
		assert_int_equal(form.count, 2);
		assert_string_equal(form_value(&form, "first name"), "x");
		assert_string_equal(form.fields[1].value, values[i]);
		form_wipe(&form);
		buffer_free(&out);
	}
}

static void
encodes_as_the_standard_says(void **state)
{
	struct buffer out = { 0 };

	(void)state;
	form_encode(&out, "name", "Åsa & Bo~");
	form_encode(&out, "tel", "+46");
	assert_string_equal(buffer_string(&out), "name=%C3%85sa+%26+Bo%7E&tel=%2B46");
	buffer_free(&out);
}

/* Every code point there is comes back; every surrogate and what is above is refused. */
static void
utf8_knows_every_code_point(void **state)
{
	(void)state;
	for (uint32_t point = 0; point < 0x110400; point++) {
		char text[4];
		size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
		bool exists = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
		uint32_t read = 0;

		if (length == 1)
			text[0] = (char)point;
		for (size_t i = 0; length > 1 && i < length; i++)
			text[i] = (char)((i == 0 ? 0xf0U << (4 - length) : 0x80U) |
			    (point >> 6 * (length - 1 - i) & 0x3f));
		if (utf8_sequence(text, length, &read) != (exists ? length : 0) ||
		    (exists && read != point))
			fail_msg("U+%04X", point);
		assert_int_equal(utf8_sequence(text, length - 1, &read), 0);
		assert_int_equal(utf8_valid(text, length), exists);
	}
}

static void
utf8_refuses_other_bytes(void **state)
{
	static const char *const broken[] = {
		"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc3", "\xc3\x28", "\xe0\x80\x80",
		"\xe0\x9f\xbf", "\xe2\x82", "\xe2\x28\xa1", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",
		"\xf8\x88\x80\x80\x80", "\xfe", "\xff", "a\xff", "å\xc3",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(broken); i++)
		assert_false(utf8_valid(broken[i], strlen(broken[i])));
	assert_int_equal(utf8_count(""), 0);
	assert_int_equal(utf8_count("aå€😀"), 4);
}

static void
a_covering_form_is_found_first(void **state)
{
	struct form form = { 0 };

	(void)state;
	for (int i = 0; i < 2 * FORM_FIELDS_MAX; i++) {
		char text[40];
		int length = snprintf(text, sizeof(text), "name=%d&also%d=", i, i % 3);
		struct form over = { 0 };

		assert_int_equal(form_decode(&over, text, (size_t)length), FORM_OK);
		form_cover(&form, &over);
		assert_null(over.text);
		assert_int_equal(atoi(form_value(&form, "name")), i);
		assert_string_equal(form.fields[0].name, "name");
		/* The values before follow, latest first, while there is room. */
		if (i > 0)
			assert_int_equal(atoi(form.fields[2].value), i - 1);
		assert_true(form.count == (size_t)2 * (size_t)(i + 1) || form.count == FORM_FIELDS_MAX);
	}
	form_wipe(&form);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decodes_what_browsers_send),
		cmocka_unit_test(refuses_what_is_not_a_form),
		cmocka_unit_test(stops_at_too_many_fields),
		cmocka_unit_test(reads_nothing_beyond_the_end),
		cmocka_unit_test(keeps_its_own_copy),
		cmocka_unit_test(encodes_what_it_decodes),
		cmocka_unit_test(encodes_as_the_standard_says),
		cmocka_unit_test(a_covering_form_is_found_first),
		cmocka_unit_test(utf8_knows_every_code_point),
		cmocka_unit_test(utf8_refuses_other_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
