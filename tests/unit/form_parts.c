/* Decoding of multipart/form-data: what browsers write, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#include <cmocka.h>

#define TYPE	"multipart/form-data; boundary=B"
#define START	"--B\r\nContent-Disposition: form-data; name="
#define END	"\r\n--B--\r\n"
#define SEVENTY	"0123456789012345678901234567890123456789012345678901234567890123456789"

/* A literal with its length, so that a NUL can stand in it. */
#define BYTES(literal)	literal, sizeof(literal) - 1

static void
decodes_what_browsers_send(void **state)
{
	static const struct {
		const char *body;
		size_t count;
		const char *name, *value;
	} rows[] = {
		{ START "\"a\"\r\n\r\n1" END, 1, "a", "1" },
		{ START "\"a\"\r\n\r\n1\r\n--B--", 1, "a", "1" },
		{ START "\"a\"\r\n\r\n" END, 1, "a", "" },
		{ START "\"\"\r\n\r\n1" END, 1, "", "1" },
		{ "--B--\r\n", 0, "a", NULL },
		{ START "\"a\"\r\n\r\n1\r\n" START "\"b\"\r\n\r\n2" END, 2, "b", "2" },
		{ START "\"a\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n" END,
		    1, "a", "" },
		{ START "\"a\"; filename=\"name=\"x\".csv\"\r\nContent-Type: text/csv\r\n\r\nx;y\r\nz" END,
		    1, "a", "x;y\r\nz" },
		{ START "\"a\"\r\n\r\n\r\n\r\n1\r\n" END, 1, "a", "\r\n\r\n1\r\n" },
		{ START "\"a\"\r\n\r\nx--B\r--B\n--B" END, 1, "a", "x--B\r--B\n--B" },
		{ START "\"a\"\r\n\r\n+ %20 & = å 😀" END, 1, "a", "+ %20 & = å 😀" },
		{ START "\"å \\\"\r\n\r\n1" END, 1, "å \\", "1" },
		{ START "\"%22%0D%0A%\"\r\n\r\n1" END, 1, "\"\r\n%", "1" },
		{ START "\"%2%222%0d\"\r\n\r\n1" END, 1, "%2\"2%0d", "1" },
		{ "--B\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1" END, 1, "a", "1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct form form;
		const char *value;

		if (form_decode_parts(&form, TYPE, rows[i].body, strlen(rows[i].body)) != FORM_OK)
			fail_msg("%s is refused", rows[i].body);
		assert_int_equal(form.count, rows[i].count);
		value = form_value(&form, rows[i].name);
		if (rows[i].value == NULL)
			assert_null(value);
		else
			assert_string_equal(value, rows[i].value);
		form_wipe(&form);
		assert_int_equal(form.count, 0);
	}
}

/* A file may be in another encoding than the form; what is no text is empty, and said. */
static void
reads_a_file_in_its_encoding(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		enum text_encoding encoding;
		const char *value;
	} rows[] = {
		{ BYTES("V\xc3\xa5rd"), ENCODING_UTF_8, "Vård" },
		{ BYTES("V\xe5rd"), ENCODING_WINDOWS_1252, "Vård" },
		{ BYTES("V\x8crd"), ENCODING_MAC_ROMAN, "Vård" },
		{ BYTES("\xff\xfe" "V\0\xe5\0r\0d\0"), ENCODING_UTF_16, "Vård" },
		{ BYTES("PK\3\4\0\xb5"), ENCODING_UNREADABLE, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buffer body = { 0 };
		struct form form;

		buffer_text(&body, START "\"f\"; filename=\"a.csv\"\r\n\r\n");
		buffer_add(&body, rows[i].bytes, rows[i].length);
		buffer_text(&body, "\r\n" START "\"a\"\r\n\r\nå" END);
		assert_int_equal(form_decode_parts(&form, TYPE, body.data, body.length), FORM_OK);
		assert_int_equal(form.encoding, rows[i].encoding);
		assert_string_equal(form_value(&form, "f"), rows[i].value);
		assert_string_equal(form_value(&form, "a"), "å");
		form_wipe(&form);
		buffer_free(&body);
	}
}

static void
refuses_what_is_not_in_parts(void **state)
{
	static const struct {
		const char *body;
		size_t length;
		enum form_fault fault;
	} rows[] = {
		{ BYTES(""), FORM_BAD_PARTS },
		{ BYTES("a=1"), FORM_BAD_PARTS },
		{ BYTES("--"), FORM_BAD_PARTS },
		{ BYTES("--B"), FORM_BAD_PARTS },
		{ BYTES("--B\r\n"), FORM_BAD_PARTS },
		{ BYTES("\r\n--B--\r\n"), FORM_BAD_PARTS },
		{ BYTES("--C--\r\n"), FORM_BAD_PARTS },
		{ BYTES("--B--\r\n\r\n"), FORM_BAD_PARTS },
		{ BYTES("--B--x"), FORM_BAD_PARTS },
		{ BYTES("--B--\n"), FORM_BAD_PARTS },
		{ BYTES("--B -- \r\n"), FORM_BAD_PARTS },
		{ BYTES("--B\r\n\r\n1" END), FORM_BAD_PARTS },
		{ BYTES("--B\r\n\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1" END), FORM_BAD_PARTS },
		{ BYTES("--B\r\nContent-Type: text/csv\r\n\r\n1" END), FORM_BAD_PARTS },
		{ BYTES("--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1" END), FORM_BAD_PARTS },
		{ BYTES("before\r\n" START "\"a\"\r\n\r\n1" END), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"\r\n\r\n1"), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"\r\n\r\n1\r\n--B"), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"\r\n\r\n1\r\n--B-"), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"\r\n\r\n1\r\n--Bx\r\n" START "\"b\"\r\n\r\n2" END), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"\n\n1" END), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"\r\n1" END), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"\r\n" END), FORM_BAD_PARTS },
		{ BYTES(START "\"a\r\n\r\n1" END), FORM_BAD_PARTS },
		{ BYTES(START "\"a\nb\"\r\n\r\n1" END), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"b\"\r\n\r\n1" END), FORM_BAD_PARTS },
		{ BYTES(START "a\r\n\r\n1" END), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"\r\n\r\n1\r\n" START "\"a\"\r\n\r\n1" END), FORM_REPEATED },
		{ BYTES(START "\"a\"\r\n\r\n--B" END), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"\r\n\r\nV\xe5rd" END), FORM_BAD_ENCODING },
		{ BYTES(START "\"\xe5\"\r\n\r\n1" END), FORM_BAD_ENCODING },
		{ BYTES(START "\"a\"\r\n\r\n\xc3" END), FORM_BAD_ENCODING },
		{ BYTES(START "\"a\"\r\n\r\n\xed\xa0\x80" END), FORM_BAD_ENCODING },
		{ BYTES(START "\"a\"\r\n\r\n1\0" END), FORM_BAD_CHARACTER },
		{ BYTES(START "\"a\0\"\r\n\r\n1" END), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"\r\n\r\n1" END "\0"), FORM_BAD_PARTS },
		{ BYTES(START "\"a\"; filename=\"\"\r\n\r\n1\r\n" START "\"b\"; filename=\"\"\r\n\r\n2" END),
		    FORM_BAD_PARTS },
		{ BYTES(START "\"a\"\r\n\r\n\xff\xfe" "V\0\xe5\0" END), FORM_BAD_CHARACTER },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct form form;
		enum form_fault fault = form_decode_parts(&form, TYPE, rows[i].body, rows[i].length);

		if (fault != rows[i].fault)
			fail_msg("%s: fault %d, not %d", rows[i].body, (int)fault, (int)rows[i].fault);
		assert_int_equal(form.count, 0);
		assert_null(form.text);
	}
}

/* A boundary as it stands in the type, and in the body; NULL where the type has none. */
static void
reads_the_boundary(void **state)
{
	static const struct {
		const char *type, *boundary;
	} rows[] = {
		{ "multipart/form-data; boundary=----WebKitFormBoundaryAbC0", "----WebKitFormBoundaryAbC0" },
		{ "multipart/form-data; boundary=\"a b:c\"", "a b:c" },
		{ "multipart/form-data;BOUNDARY=x", "x" },
		{ "multipart/form-data; charset=utf-8; boundary=x; y=z", "x" },
		{ "multipart/form-data; boundary=" SEVENTY, SEVENTY },
		{ "multipart/form-data; boundary=\"" SEVENTY "\"", SEVENTY },
		{ "multipart/form-data; boundary=" SEVENTY "0", NULL },
		{ "multipart/form-data; boundary=", NULL },
		{ "multipart/form-data; boundary=\"\"", NULL },
		{ "multipart/form-data; boundary=\"x", NULL },
		{ "multipart/form-data; boundary", NULL },
		{ "multipart/form-data", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const char *boundary = rows[i].boundary == NULL ? "x" : rows[i].boundary;
		struct buffer body = { 0 };
		struct form form;
		enum form_fault fault;

		buffer_format(&body, "--%s\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1"
		    "\r\n--%s--\r\n", boundary, boundary);
		fault = form_decode_parts(&form, rows[i].type, body.data, body.length);
		if (fault != (rows[i].boundary == NULL ? FORM_BAD_PARTS : FORM_OK))
			fail_msg("%s: fault %d", rows[i].type, (int)fault);
		if (fault == FORM_OK)
			assert_string_equal(form_value(&form, "a"), "1");
		form_wipe(&form);
		buffer_free(&body);
	}
}

static void
stops_at_too_many_fields(void **state)
{
	(void)state;
	for (int count = FORM_FIELDS_MAX; count <= FORM_FIELDS_MAX + 1; count++) {
		struct buffer body = { 0 };
		struct form form;

		for (int i = 0; i < count; i++)
			buffer_format(&body, START "\"f%d\"\r\n\r\n%d\r\n", i, i);
		buffer_text(&body, "--B--\r\n");
		assert_int_equal(form_decode_parts(&form, TYPE, body.data, body.length),
		    count > FORM_FIELDS_MAX ? FORM_TOO_MANY : FORM_OK);
		form_wipe(&form);
		buffer_free(&body);
	}
}

/* Each beginning of a body, at the end of its own allocation, so that ASan sees a read beyond. */
static void
reads_nothing_beyond_the_end(void **state)
{
	static const char body[] = START "\"%22\"; filename=\"x\"\r\n\r\n1\r\n" START "\"b\"\r\n\r\n2" END;

	(void)state;
	for (size_t length = 1; length < sizeof(body); length++) {
		char *exact = malloc(length);
		struct form form;
		enum form_fault fault;

		assert_non_null(exact);
		memcpy(exact, body, length);
		fault = form_decode_parts(&form, TYPE, exact, length);
		free(exact);
		if (fault == FORM_OK)
			assert_string_equal(form_value(&form, "\""), "1");
		assert_int_equal(fault == FORM_OK, length == sizeof(body) - 1 ||
		    length == sizeof(body) - 3);
		form_wipe(&form);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decodes_what_browsers_send),
		cmocka_unit_test(reads_a_file_in_its_encoding),
		cmocka_unit_test(refuses_what_is_not_in_parts),
		cmocka_unit_test(reads_the_boundary),
		cmocka_unit_test(stops_at_too_many_fields),
		cmocka_unit_test(reads_nothing_beyond_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
