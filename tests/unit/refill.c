/* What was typed, put back into the form of a page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "render/render.h"

struct row {
	const char *page, *sent, *becomes;	/* becomes: NULL for no form of that address */
};

#define FORM(fields)	"<form method=\"post\" action=\"/a\">" fields "</form>"

static const struct row rows[] = {
	/* One line. */
	{ FORM("<input name=\"n\">"), "n=x", FORM("<input name=\"n\" value=\"x\">") },
	{ FORM("<input name=\"n\" value=\"old\">"), "n=x", FORM("<input name=\"n\" value=\"x\">") },
	{ FORM("<input name=\"n\" value=\"old\" id=\"i\">"), "n=",
	  FORM("<input name=\"n\" value=\"\" id=\"i\">") },
	{ FORM("<input type=\"date\" name=\"n\">"), "n=2027-01-01",
	  FORM("<input type=\"date\" name=\"n\" value=\"2027-01-01\">") },
	{ FORM("<input name=\"n\" data-value=\"v\" aria-label=\"a value=b > c\">"), "n=x",
	  FORM("<input name=\"n\" data-value=\"v\" aria-label=\"a value=b > c\" value=\"x\">") },
	{ FORM("<input name=\"nn\"><input name=\"n\">"), "n=x&nn=y",
	  FORM("<input name=\"nn\" value=\"y\"><input name=\"n\" value=\"x\">") },
	/* What is escaped stays text. */
	{ FORM("<input name=\"n\">"), "n=%22%3E%3Cscript%3E%26%27",
	  FORM("<input name=\"n\" value=\"&quot;&gt;&lt;script&gt;&amp;&#39;\">") },
	{ FORM("<textarea name=\"n\"></textarea>"), "n=%3C%2Ftextarea%3E%3Cb%3E",
	  FORM("<textarea name=\"n\">\n&lt;/textarea&gt;&lt;b&gt;</textarea>") },
	/* Several lines. */
	{ FORM("<textarea name=\"n\" rows=\"3\">old</textarea>"), "n=a%0Ab",
	  FORM("<textarea name=\"n\" rows=\"3\">\na\nb</textarea>") },
	{ FORM("<textarea name=\"n\"></textarea>"), "n=%0Aa",
	  FORM("<textarea name=\"n\">\n\na</textarea>") },
	{ FORM("<textarea name=\"n\"></textarea>"), "n=", FORM("<textarea name=\"n\">\n</textarea>") },
	/* Choices. */
	{ FORM("<input type=\"radio\" name=\"n\" value=\"a\" checked><input type=\"radio\" name=\"n\" value=\"b\">"),
	  "n=b",
	  FORM("<input type=\"radio\" name=\"n\" value=\"a\"><input type=\"radio\" name=\"n\" value=\"b\" checked>") },
	{ FORM("<input type=\"checkbox\" name=\"n\" value=\"yes\" checked><input name=\"m\">"), "m=",
	  FORM("<input type=\"checkbox\" name=\"n\" value=\"yes\"><input name=\"m\" value=\"\">") },
	{ FORM("<input type=\"checkbox\" name=\"n\" value=\"yes\">"), "n=yes",
	  FORM("<input type=\"checkbox\" name=\"n\" value=\"yes\" checked>") },
	{ FORM("<select name=\"n\"><option value=\"a\" selected>A</option><option value=\"b\">B</option></select>"),
	  "n=b",
	  FORM("<select name=\"n\"><option value=\"a\">A</option><option value=\"b\" selected>B</option></select>") },
	{ FORM("<select name=\"m\"><option value=\"b\" selected>B</option></select><select name=\"n\"><option value=\"b\">B</option></select>"),
	  "n=b&m=b",
	  FORM("<select name=\"m\"><option value=\"b\" selected>B</option></select><select name=\"n\"><option value=\"b\" selected>B</option></select>") },
	/* What is never put back. */
	{ FORM("<input type=\"password\" name=\"n\">"), "n=x", FORM("<input type=\"password\" name=\"n\">") },
	{ FORM("<input type=\"hidden\" name=\"token\" value=\"new\"><input name=\"n\">"), "token=old&n=x",
	  FORM("<input type=\"hidden\" name=\"token\" value=\"new\"><input name=\"n\" value=\"x\">") },
	{ FORM("<input type=\"file\" name=\"n\">"), "n=x", FORM("<input type=\"file\" name=\"n\">") },
	/* Which form. */
	{ "<form action=\"/b\"><input name=\"n\"></form>" FORM("<input name=\"n\">"), "n=x",
	  "<form action=\"/b\"><input name=\"n\"></form>" FORM("<input name=\"n\" value=\"x\">") },
	{ "<form action=\"/a?send\"><input name=\"n\"></form>", "n=x",
	  "<form action=\"/a?send\"><input name=\"n\" value=\"x\"></form>" },
	{ FORM("<input type=\"hidden\" name=\"of\" value=\"1\"><input name=\"n\">")
	  FORM("<input type=\"hidden\" name=\"of\" value=\"2\"><input name=\"n\">"), "of=2&n=x",
	  FORM("<input type=\"hidden\" name=\"of\" value=\"1\"><input name=\"n\">")
	  FORM("<input type=\"hidden\" name=\"of\" value=\"2\"><input name=\"n\" value=\"x\">") },
	{ FORM("<input name=\"n\"><button name=\"do\" value=\"one\">1</button>")
	  FORM("<input name=\"n\"><button name=\"do\" value=\"two\">2</button>"), "do=two&n=x",
	  FORM("<input name=\"n\"><button name=\"do\" value=\"one\">1</button>")
	  FORM("<input name=\"n\" value=\"x\"><button name=\"do\" value=\"two\">2</button>") },
	{ FORM("<input name=\"n\">") FORM("<input name=\"n\"><input name=\"m\">"), "n=x&m=y",
	  FORM("<input name=\"n\">") FORM("<input name=\"n\" value=\"x\"><input name=\"m\" value=\"y\">") },
	{ FORM("<input name=\"n\">"), "m=x", NULL },
	{ "<form action=\"/b\"><input name=\"n\"></form>", "n=x", NULL },
	{ "<form><input name=\"n\"></form>", "n=x", NULL },
	{ "<p>n</p>", "n=x", NULL },
	{ "", "n=x", NULL },
	/* A form in a fold is unfolded. */
	{ "<details class=\"c\"><p>1</p></details><details><summary>2</summary>" FORM("<input name=\"n\">") "</details>",
	  "n=x",
	  "<details class=\"c\"><p>1</p></details><details open><summary>2</summary>"
	  FORM("<input name=\"n\" value=\"x\">") "</details>" },
	{ "<details><details open>" FORM("<input name=\"n\">") "</details></details><p>end</p>", "n=x",
	  "<details open><details open>" FORM("<input name=\"n\" value=\"x\">") "</details></details><p>end</p>" },
	{ FORM("<details><input name=\"n\"></details>"), "n=x",
	  FORM("<details open><input name=\"n\" value=\"x\"></details>") },
};

static void
what_was_sent_stands_in_its_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buffer page = { 0 };
		struct form typed;

		buffer_text(&page, rows[i].page);
		assert_int_equal(form_decode(&typed, rows[i].sent, strlen(rows[i].sent)), FORM_OK);
		assert_int_equal(refill(&page, "/a", &typed), rows[i].becomes != NULL);
		assert_string_equal(buffer_string(&page),
		    rows[i].becomes != NULL ? rows[i].becomes : rows[i].page);
		form_wipe(&typed);
		buffer_wipe(&page);
	}
}

/* A page that ends anywhere is read to its end, and no further: the sanitizer watches. */
static void
a_page_that_was_cut_off_is_harmless(void **state)
{
	static const char whole[] = "<details><p a=\"b\">" FORM(
	    "<input type=\"radio\" name=\"n\" value=\"a\" checked><textarea name=\"m\">t</textarea>"
	    "<select name=\"s\"><option value=\"1\" selected>1</option></select>") "</details>";

	(void)state;
	for (size_t length = 0; length < sizeof(whole); length++) {
		struct buffer page = { 0 };
		struct form typed;

		buffer_add(&page, whole, length);
		assert_int_equal(form_decode(&typed, "n=b&m=x&s=2", 11), FORM_OK);
		(void)refill(&page, "/a", &typed);
		form_wipe(&typed);
		buffer_wipe(&page);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sent_stands_in_its_form),
		cmocka_unit_test(a_page_that_was_cut_off_is_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
