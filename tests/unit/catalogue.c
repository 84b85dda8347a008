/* The catalogue compiler: what it refuses, and the tables that it makes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "tool_run.h"

#define HEADER_OF(language, plural)					\
	"msgid \"\"\nmsgstr \"\"\n\"Language: " language "\\n\"\n"	\
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"		\
	"\"Plural-Forms: " plural "\\n\"\n"				\
	"\"X-Language-Name: English\\n\"\n\n"
#define HEADER	HEADER_OF("en", "nplurals=2; plural=(n != 1);")

struct refusal {
	const char *source, *place, *said;
};

static void
expect_refusals(const struct refusal *rows, size_t count)
{
	char said[2048];

	for (size_t i = 0; i < count; i++) {
		file_write("en.po", rows[i].source);
		if (run("\"$TOOLS/catalogue\" bad.c en.po", said,
		    sizeof(said)) == 0)
			fail_msg("accepted: %s", rows[i].source);
		if (strncmp(said, rows[i].place, strlen(rows[i].place)) != 0 ||
		    strstr(said, rows[i].said) == NULL)
			fail_msg("%s\nis refused with: %s", rows[i].source, said);
		assert_int_not_equal(run("test -e bad.c", said, sizeof(said)), 0);
	}
}

static void
refuses_messages_that_do_not_fit(void **state)
{
	static const struct refusal rows[] = {
		{ HEADER "msgid \"Hej\"\nmsgstr \"\"\n", "en.po:8: ", "not translated: \"Hej\"" },
		{ HEADER "msgid \"a\"\nmsgstr \"b\"\n\n#, fuzzy\nmsgid \"Hej\"\nmsgstr \"Hi\"\n", "en.po:12: ", "fuzzy" },
		{ HEADER "msgid \"{a}\"\nmsgstr \"{b}\"\n", "en.po:8: ", "{a} is missing" },
		{ HEADER "msgid \"Hej\"\nmsgstr \"Hi {a}\"\n", "en.po:8: ", "{a} is not in the source" },
		{ HEADER "#~ msgid \"Old\"\n#~ msgstr \"\"\n\nmsgid \"Hej {a}\"\nmsgstr \"Hi\"\n", "en.po:11: ", "{a} is missing" },
		{ HEADER "msgid \"a\"\nmsgid_plural \"{n} {x}\"\nmsgstr[0] \"{x}\"\nmsgstr[1] \"{n}\"\n", "en.po:8: ", "{x} is missing" },
		{ HEADER "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\n", "en.po:8: ", "msgstr[1] is missing" },
		{ HEADER "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[1] \"c\"\nmsgstr[2] \"c\"\n", "en.po:8: ", "more than 2" },
		{ HEADER "msgctxt \"x\"\nmsgid \"a\"\nmsgstr \"b\"\n", "en.po:9: ", "msgctxt" },
		{ HEADER "msgid \"a\nmsgstr \"b\"\n", "en.po:9: ", "" },
		{ HEADER "msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n", "en.po:", "" },
	};

	(void)state;
	expect_refusals(rows, COUNT_OF(rows));
}

static void
refuses_headers_that_lack(void **state)
{
	static const struct refusal rows[] = {
		{ "msgid \"a\"\nmsgstr \"b\"\n", "en.po:1: ", "no header" },
		{ "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n", "en.po:1: ", "X-Language-Name" },
		{ "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n", "en.po:1: ", "charset=UTF-8" },
		{ HEADER_OF("ar", "nplurals=2; plural=(n != 1);"), "en.po:1: ", "Language is not en" },
	};
	char said[1024];

	(void)state;
	expect_refusals(rows, COUNT_OF(rows));
	file_write("sv.po", HEADER);
	assert_int_not_equal(run("\"$TOOLS/catalogue\" bad.c sv.po", said,
	    sizeof(said)), 0);
	assert_non_null(strstr(said, "Swedish is the source"));
}

/* The rule becomes C, so only arithmetic may pass. */
static void
refuses_plurals_that_are_no_rule(void **state)
{
	static const char *const rules[] = {
		"nplurals=2; plural=system(n);",
		"nplurals=2; plural=n != 1); } int x = (1;",
		"nplurals=2; plural=n = 1;",
		"nplurals=2; plural=n++;",
		"nplurals=2; plural=n % 0;",
		"nplurals=2; plural=n % n;",
		"nplurals=2; plural=n / (1 - 1);",
		"nplurals=2; plural=(n;",
		"nplurals=2; plural=n ? 1;",
		"nplurals=2; plural=;",
		"nplurals=2; plural=99999999999;",
		"nplurals=2; plural=n != 1; n",
		"nplurals=2; plural=nn;",
		"nplurals=0; plural=0;",
		"nplurals=7; plural=0;",
		"plural=0;",
	};
	char source[1024], said[1024];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		snprintf(source, sizeof(source), HEADER_OF("en", "%s"), rules[i]);
		file_write("en.po", source);
		if (run("\"$TOOLS/catalogue\" bad.c en.po", said,
		    sizeof(said)) == 0)
			fail_msg("accepted: %s", rules[i]);
		if (strstr(said, "Plural-Forms is not a rule") == NULL)
			fail_msg("%s is refused with: %s", rules[i], said);
	}
}

static const char arabic[] =
    HEADER_OF("ar", "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);")
    "msgid \"Ö\"\nmsgstr \"o\"\n\nmsgid \"a\\\"?\?)\\n\"\nmsgstr \"\\\"?\?)\\t\\n\"\n\n"
    "msgid \"Hej {x}\"\nmsgstr \"{x}!\"\n\n"
    "msgid \"en\"\nmsgid_plural \"{n}\"\nmsgstr[0] \"0\"\nmsgstr[1] \"1\"\n"
    "msgstr[2] \"2\"\nmsgstr[3] \"3 {n}\"\nmsgstr[4] \"4 {n}\"\nmsgstr[5] \"5 {n}\"\n";

/* Ternary within a sum, || with &&, ! and every comparison. */
static const char odd[] =
    HEADER_OF("sr-Latn", "nplurals=4; plural=(n>4 || n==0 && !n ? 1 : n>=3 && n<=3) * 2 + 1;")
    "msgid \"en\"\nmsgid_plural \"{n}\"\nmsgstr[0] \"0\"\nmsgstr[1] \"1\"\n"
    "msgstr[2] \"2\"\nmsgstr[3] \"3\"\n\n"
    "msgid \"Hej\"\nmsgstr \"Zdravo\"\n";

static const char driver[] =
    "#include <stdio.h>\n#include \"text/text.h\"\n"
    "int main(void) { for (size_t i = 0; i < text_languages_count; i++) {\n"
    "	const struct language *l = text_languages[i];\n"
    "	printf(\"%s %s %s:\", l->tag, l->name, l->dir);\n"
    "	for (int64_t n = 0; n < 6; n++) printf(\" %s\", text_plural(l, \"en\", \"{n}\", n));\n"
    "	printf(\" %s %s\", text_plural(l, \"en\", \"{n}\", 11), text_plural(l, \"en\", \"{n}\", -1));\n"
    "	printf(\" %s %s %s\", text(l, \"Ö\"), text(l, \"Hej {x}\"), text(l, \"Hej\"));\n"
    "	printf(\" %s\", text(l, \"a\\\"?\\?)\\n\")); puts(\"\"); }\n"
    "	return 0; }\n";

static void
makes_tables_that_are_found(void **state)
{
	char said[8192];

	(void)state;
	file_write("ar.po", arabic);
	file_write("sr_Latn.po", odd);
	file_write("driver.c", driver);
	if (run("\"$TOOLS/catalogue\" out.c ar.po sr_Latn.po && cc -std=c17 -Wall "
	    "-Wextra -Wpedantic -Wshadow -Wconversion -Werror -D_GNU_SOURCE "
	    "-I\"$REPOSITORY/app\" -o driver driver.c out.c "
	    "\"$REPOSITORY\"/app/text/text.c", said, sizeof(said)) != 0)
		fail_msg("%s", said);
	assert_int_equal(run("./driver", said, sizeof(said)), 0);
	assert_string_equal(said,
	    "sv Svenska ltr: {n} en {n} {n} {n} {n} {n} en Ö Hej {x} Hej a\"?\?)\n\n"
	    "ar English rtl: 0 1 2 3 {n} 3 {n} 3 {n} 4 {n} 1 o {x}! Hej \"?\?)\t\n\n"
	    "sr-Latn English ltr: 3 1 1 3 1 3 3 1 Ö Hej {x} Zdravo a\"?\?)\n\n");
}

static void
leaves_missing_in_swedish_when_allowed(void **state)
{
	char said[8192];

	(void)state;
	file_write("en.po", HEADER "msgid \"Hej\"\nmsgstr \"\"\n\n#, fuzzy\n"
	    "msgid \"Ja\"\nmsgstr \"Maybe\"\n\nmsgid \"Nej\"\nmsgstr \"No\"\n");
	assert_int_equal(run("\"$TOOLS/catalogue\" --allow-missing out.c en.po",
	    said, sizeof(said)), 0);
	assert_int_equal(run("cat out.c", said, sizeof(said)), 0);
	assert_non_null(strstr(said, "\"Nej\""));
	assert_null(strstr(said, "\"Hej\""));
	assert_null(strstr(said, "Maybe"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_messages_that_do_not_fit),
		cmocka_unit_test(refuses_headers_that_lack),
		cmocka_unit_test(refuses_plurals_that_are_no_rule),
		cmocka_unit_test(makes_tables_that_are_found),
		cmocka_unit_test(leaves_missing_in_swedish_when_allowed),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
