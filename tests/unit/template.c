/* The template compiler: what it refuses, and what the C that it makes writes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "tool_run.h"

struct refusal {
	const char *source, *line, *said;
};

static void
expect_refusals(const struct refusal *rows, size_t count)
{
	char said[2048], place[64];

	for (size_t i = 0; i < count; i++) {
		file_write("page/bad.html", rows[i].source);
		if (run("\"$TOOLS/template\" bad.c bad.h page/bad.html", said,
		    sizeof(said)) == 0)
			fail_msg("accepted: %s", rows[i].source);
		snprintf(place, sizeof(place), "page/bad.html:%s: ",
		    rows[i].line);
		if (strncmp(said, place, strlen(place)) != 0 ||
		    strstr(said, rows[i].said) == NULL)
			fail_msg("%s\nis refused with: %s", rows[i].source, said);
		assert_int_not_equal(run("test -e bad.c", said, sizeof(said)), 0);
	}
}

static void
refuses_values_where_none_is_safe(void **state)
{
	static const struct refusal rows[] = {
		{ "<p>\n<a title={{ v.a }}>", "2", "unquoted attribute; put it in double quotes" },
		{ "<p {{ v.a }}>", "1", "name of a tag or attribute" },
		{ "<p da{{ v.a }}=\"\">", "1", "name of a tag or attribute" },
		{ "<{{ v.a }}>", "1", "name of a tag" },
		{ "<h{{ v.a }}>", "1", "name of a tag" },
		{ "<!-- {{ v.a }} -->", "1", "comment" },
		{ "<!doctype {{ v.a }}>", "1", "comment or doctype" },
		{ "<script>\nlet a = {{ v.a }};</script>", "2", "value in a script" },
		{ "<SCRIPT>{{ v.a }}</SCRIPT>", "1", "value in a script" },
		{ "<script></scrip{{ v.a }}</script>", "1", "end tag" },
		{ "<p style=\"color: {{ v.a }}\">", "1", "style attribute" },
		{ "<img srcset=\"{{ v.a }}\">", "1", "list of addresses" },
		{ "<iframe srcdoc=\"{{ v.a }}\"></iframe>", "1", "srcdoc" },
		{ "<script src=\"{{ v.a }}\"></script>", "1", "loads code" },
		{ "<base href=\"{{ v.a }}\">", "1", "loads code" },
		{ "<a href=\"{{ v.a }}:{{ v.b }}\">", "1", "this scheme" },
		{ "<a href=\"{{ v.a }}tel:1\">", "1", "this scheme" },
	};

	(void)state;
	expect_refusals(rows, COUNT_OF(rows));
}

static void
refuses_html_that_is_not_strict(void **state)
{
	static const struct refusal rows[] = {
		{ "\n\n<p class=a>", "3", "unquoted attribute" },
		{ "<p class='a'>", "1", "double quotes" },
		{ "<p class = \"a\">", "1", "without blanks" },
		{ "<p onclick=\"a()\">", "1", "inline handler" },
		{ "<p OnClick>", "1", "inline handler" },
		{ "<p {% if v.a %}onclick{% end %}>", "1", "inline handler" },
		{ "<p a=\"b\"c=\"d\">", "1", "no blank" },
		{ "<a href=\"javascript:a()\">", "1", "this scheme" },
		{ "<a href=\" JavaScript:a()\">", "1", "this scheme" },
		{ "a < b", "1", "write &lt;" },
		{ "<p", "1", "ends within a tag" },
		{ "<pre>", "1", "pre" },
		{ "<textarea>", "1", "<textarea> has no end tag" },
		{ "<script>", "1", "<script> has no end tag" },
		{ "<!-- -", "1", "comment" },
	};

	(void)state;
	expect_refusals(rows, COUNT_OF(rows));
}

static void
refuses_branches_that_end_elsewhere(void **state)
{
	static const struct refusal rows[] = {
		{ "{% if v.a %}<p{% else %}<b{% end %}>", "1", "elsewhere in the HTML" },
		{ "{% if v.a %}<p {% end %}>", "1", "elsewhere" },
		{ "<p class=\"{% if v.a %}a\"{% else %}b{% end %}>", "1", "elsewhere" },
		{ "{% if v.a %}<style>{% end %}</style>", "1", "elsewhere" },
		{ "{% if v.a %}<pre>{% end %}</pre>", "1", "elsewhere" },
		{ "<a href=\"{% if v.a %}/x{% end %}{{ v.b }}\">", "1", "elsewhere" },
		{ "\n{% each r in v.rows %}\n<p {% end %}>", "3", "this loop ends elsewhere" },
		{ "<p {% each r in v.rows %}a{% end %}>", "1", "this loop ends elsewhere" },
		{ "<p {% if v.a %}a{% end %}b>", "1", "no blank" },
		{ "<p a={% if v.a %}\"b\"{% end %}>", "1", "between = and its value" },
		{ "<!-- {% if v.a %}{% end %} -->", "1", "comment" },
		{ "\n{% if v.a %}\n", "2", "no {% end %}" },
		{ "{% end %}", "1", "end without" },
		{ "{% else %}", "1", "no if" },
		{ "{% if v.a %}{% else %}{% elif v.b %}{% end %}", "1", "no if" },
		{ "{% each r in v.rows %}{% else %}{% end %}", "1", "no if" },
		{ "<p {% include head(v) %}>", "1", "include within a tag" },
		{ "<title>{% include head(v) %}</title>", "1", "include within" },
	};

	(void)state;
	expect_refusals(rows, COUNT_OF(rows));
}

/* A form that posts says on every way through it which token it sends, or that it needs none. */
static void
refuses_forms_that_post_without_a_token(void **state)
{
	static const struct refusal rows[] = {
		{ "<form method=\"post\">\n</form>", "2", "no token" },
		{ "<FORM action=\"/a\" METHOD=\"Post\">\n</FORM>", "2", "no token" },
		{ "<form method=\"post\">\n", "1", "no token" },
		{ "<form{% if v.b %} method=\"post\"{% end %}></form>", "1", "no token" },
		{ "<form method=\"post\">{% if v.b %}{% token v.a %}{% end %}</form>", "1", "no token" },
		{ "<form method=\"post\">{% each r in v.rows %}{% token r.name %}{% end %}</form>", "1", "no token" },
		{ "<form method=\"post\">{% token v.a %}</form>\n<form method=\"post\"></form>", "2", "no token" },
		{ "<form method=\"{{ v.a }}\"></form>", "1", "write get or post" },
		{ "{% token v.a %}", "1", "a token stands once" },
		{ "<form method=\"get\">{% token v.a %}</form>", "1", "a token stands once" },
		{ "<form method=\"post\">{% token v.a %}{% token v.a %}</form>", "1", "a token stands once" },
		{ "<form method=\"post\"><p {% token v.a %}></p></form>", "1", "a token stands once" },
		{ "<form method=\"post\">{% token v %}</form>", "1", "alone is no token" },
	};

	(void)state;
	expect_refusals(rows, COUNT_OF(rows));
}

static void
refuses_messages_that_do_not_fit(void **state)
{
	static const struct refusal rows[] = {
		{ "\n{{ _(\"Hej {name}\") }}", "2", "{name} has no argument" },
		{ "{{ _(\"Hej\", name: v.a) }}", "1", "argument name has no placeholder" },
		{ "{{ _(\"{a}\", a: v.a, a: v.b) }}", "1", "given twice" },
		{ "{{ _n(\"{x} dag\", \"{n} dagar\", v.a) }}", "1", "{x} has no argument" },
		{ "{{ _n(\"en dag\", \"{n} dagar {x}\", v.a) }}", "1", "{x} has no argument" },
		{ "{{ _n(\"en dag\", \"{n} dagar\", v.a, x: v.b) }}", "1", "argument x has no" },
		{ "{{ _(\"\") }}", "1", "empty message" },
		{ "{{ _(v.a) }}", "1", "text in double quotes" },
		{ "<p title=\"{{ _(\"{a}\", a: bdi v.a) }}\">", "1", "bdi is an element" },
		{ "<title>{{ _(\"{a}\", a: bdi v.a) }}</title>", "1", "bdi is an element" },
		{ "<a href=\"{{ _(\"/hem\") }}\">", "1", "translated text in an address" },
		{ "<style>{{ _(\"röd\") }}</style>", "1", "translated text in an address or a style" },
	};

	(void)state;
	expect_refusals(rows, COUNT_OF(rows));
}

static void
refuses_what_it_cannot_read(void **state)
{
	static const struct refusal rows[] = {
		{ "{{ v.a", "1", "ends within this tag" },
		{ "{{ v }}", "1", "alone" },
		{ "{{ w.a }}", "1", "'w' is neither" },
		{ "{{ v.a | raw }}", "1", "'|' means nothing" },
		{ "{{ v.a %}", "1", "'}}' expected" },
		{ "{% if v.a }}{% end %}", "1", "is no comparison" },
		{ "{{ v.a v.b }}", "1", "'}}' expected" },
		{ "{{ _(\"a }}", "1", "without its closing" },
		{ "{{ _(\"a\\n\") }}", "1", "\\ in a text" },
		{ "{% while v.a %}", "1", "'while' is not if" },
		{ "{% each v in v.rows %}{% end %}", "1", "v is taken" },
		{ "{% if v.a and v.b or v.c %}{% end %}", "1", "nest an if" },
		{ "{% include a(b: ) %}", "1", "a value expected" },
		{ "{% include a(b: v.a v.b) %}", "1", "')' expected" },
		{ "{% include a(b: v.a,) %}", "1", "a field's name expected" },
		{ "{# a", "1", "comment without" },
		{ "{% inline \"../secret.css\" %}", "1", "leaves assets/" },
		{ "{% inline \"style/none.css\" %}", "1", "No such file" },
		{ "{% inline \"style/a.css\" %}", "1", "within <style>" },
		{ "<style>{% inline \"style/end.css\" %}</style>", "1", "would end <style>" },
		{ "{% inline \"style/a.js\" %}", "1", "within <script>" },
		{ "<style>{% inline \"style/a.js\" %}</style>", "1", "within <script>" },
		{ "<script>{% inline \"style/end.js\" %}</script>", "1", "would end <script>" },
		{ "<script>{% inline \"style/open.js\" %}</script>", "1", "would end <script>" },
		{ "{% inline \"style/a.txt\" %}", "1", ".css, .js and .svg" },
	};

	(void)state;
	file_write("style/a.css", "a{}");
	file_write("style/a.js", "a()");
	file_write("style/a.txt", "a");
	file_write("style/end.js", "a('</script>')");
	file_write("style/open.js", "a('<!--<script')");
	file_write("style/end.css", "</style><script>");
	expect_refusals(rows, COUNT_OF(rows));
}

/* A template, the view as a C initialiser of its part, and what is written. */
struct acceptance {
	const char *source, *view, *written;
};

#define HOSTILE	"\\\"><script>alert('1')&"
#define HARMLESS "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&amp;"

static const struct acceptance accepted[] = {
	/* Each context. */
	{ "<p>{{ v.a }}</p>", ".a = \"" HOSTILE "\"", "<p>" HARMLESS "</p>" },
	{ "<p title=\"{{ v.a }}\">", ".a = \"" HOSTILE "\"", "<p title=\"" HARMLESS "\">" },
	{ "<title>{{ v.a }}</title>", ".a = \"" HOSTILE "\"", "<title>" HARMLESS "</title>" },
	{ "<textarea>{{ v.a }}</textarea>", ".a = \"</textarea>\"", "<textarea>\n&lt;/textarea&gt;</textarea>" },
	{ "<a href=\"{{ v.a }}\">", ".a = \"javascript:alert(1)\"", "<a href=\"#\">" },
	{ "<a HREF=\"{{ v.a }}\">", ".a = \"javascript:alert(1)\"", "<a HREF=\"#\">" },
	{ "<form action=\"{{ v.a }}\">", ".a = \"java\\tscript:alert(1)\"", "<form action=\"#\">" },
	{ "<button formaction=\"{{ v.a }}\">", ".a = \" javascript:alert(1)\"", "<button formaction=\"#\">" },
	{ "<img src=\"{{ v.a }}\">", ".a = \"data:text/html,x\"", "<img src=\"#\">" },
	{ "<img src=\"{{ v.a }}\">", ".a = \"data:image/png;base64,x\"", "<img src=\"data:image/png;base64,x\">" },
	{ "<a href=\"{{ v.a }}\">", ".a = \"/a?b=c&d=\\\"\"", "<a href=\"/a?b=c&amp;d=&quot;\">" },
	{ "<a href=\"tel:{{ v.a }}\">", ".a = \"+46 70\"", "<a href=\"tel:+46%2070\">" },
	{ "<a href=\"/{{ v.a }}/x\">", ".a = \"/evil?å\"", "<a href=\"/%2Fevil%3F%C3%A5/x\">" },
	{ "<a href=\"/?a={{ v.a }}&amp;n={{ v.n }}\">", ".a = \"b&c=d+e\", .n = 7", "<a href=\"/?a=b%26c%3Dd%2Be&amp;n=7\">" },
	{ "<a href=\"x{{ v.a }}\">", ".a = \":alert(1)\"", "<a href=\"x%3Aalert%281%29\">" },
	{ "<style>a{color:{{ v.a }}}</style>", ".a = \"#0b5A7a\"", "<style>a{color:#0b5A7a}</style>" },
	{ "<style>a{color:{{ v.a }}}</style>", ".a = \"red;}</style>\"", "<style>a{color:}</style>" },
	{ "<style>a{color:{{ v.a }}}</style>", ".a = \"#1234\"", "<style>a{color:}</style>" },
	{ "<script src=\"/s/{{ v.a }}.js\"></script>", ".a = \"../x\"", "<script src=\"/s/..%2Fx.js\"></script>" },
	{ "<script>if (a < b) { \"</p>\" }</script>{{ v.a }}", ".a = \"<\"", "<script>if (a < b) { \"</p>\" }</script>&lt;" },
	/* Types. */
	{ "{{ v.n }} {{ v.i }} {{ v.z }} {{ v.u }}", ".n = -7, .i = INT64_MIN, .z = SIZE_MAX, .u = 5", "-7 -9223372036854775808 18446744073709551615 5" },
	{ "a{{ v.a }}b", ".a = NULL", "ab" },
	{ "{{ lang.tag }} {{ lang.dir }} {{ lang.name }}", "", "sv ltr Svenska" },
	/* Messages. */
	{ "{{ _(\"Ring <{x}>\", x: v.a) }}", ".a = \"<{x}>\"", "Ring &lt;&lt;{x}&gt;&gt;" },
	{ "{{ _(\"Ring {x}\", x: bdi v.a) }}", ".a = \"&\"", "Ring <bdi>&amp;</bdi>" },
	{ "{{ _(\"{x} {y} {x} {}\", x: \"a\", y: v.n) }}", ".n = 3", "a 3 a {}" },
	{ "{{ _(\"En \" \"text?\?)\") }}", "", "En text?\?)" },
	{ "<p title=\"{{ _(\"\\\"{x}\\\"\", x: v.a) }}\">", ".a = \"'\"", "<p title=\"&quot;&#39;&quot;\">" },
	{ "{{ _n(\"en dag\", \"{n} dagar\", v.n) }}", ".n = 1", "en dag" },
	{ "{{ _n(\"en dag\", \"{n} dagar {x}\", v.n, x: v.a) }}", ".n = 2, .a = \"kvar\"", "2 dagar kvar" },
	{ "{{ _v(v.a) }}", ".a = \"<hej>\"", "&lt;hej&gt;" },
	{ "{{ _v(v.a, n: v.n) }}", ".a = \"{n} tecken\", .n = 9", "9 tecken" },
	{ "{{ _(\"{x}\", x: _(\"ja\")) }}", "", "ja" },
	/* Blocks. */
	{ "<i {% if v.a is \"x\" %}checked{% end %}>", ".a = \"x\"", "<i checked>" },
	{ "<i {% if v.a is \"x\" %}checked{% end %}>", ".a = NULL", "<i >" },
	{ "<i{% if v.a %} checked{% end %} a>", ".a = \"x\"", "<i checked a>" },
	{ "{% if v.a %}a{% elif v.n == 3 %}b{% elif not v.n > 5 %}c{% else %}d{% end %}", ".a = \"\", .n = 3", "b" },
	{ "{% if v.a %}a{% elif v.n == 3 %}b{% elif not v.n > 5 %}c{% else %}d{% end %}", ".n = 9", "d" },
	{ "{% if v.b and not v.a %}a{% end %}{% if v.a or v.z %}b{% end %}", ".b = true, .z = 1", "ab" },
	{ "{% if v.a is v.rows_name %}a{% end %}", ".a = \"x\", .rows_name = \"x\"", "a" },
	{ "{% each r in v.rows %}[{{ r.name }}:{% each t in r.tags %}{{ t }}{% if t is v.a %}!{% end %},{% end %}]{% end %}", ".rows = rows, .rows_count = 2, .a = \"y\"", "[one:x,y!,][&lt;two&gt;:]" },
	{ "{% include part(v.part) %}{% each r in v.rows %}{% include row(r) %}{% end %}", ".part.title = \"T\", .rows = rows, .rows_count = 2", "<b>T</b>\n<i>one</i>\n<i>&lt;two&gt;</i>\n" },
	/* Tokens. */
	{ "<form method=\"post\">{% token v.a %}</form>", ".a = \"<a>\"", "<form method=\"post\"><input type=\"hidden\" name=\"token\" value=\"&lt;a&gt;\"></form>" },
	{ "<form method=\"post\">\n{% token v.part.title %}\n<b></b></form>", ".part.title = \"t\"", "<form method=\"post\">\n<input type=\"hidden\" name=\"token\" value=\"t\"><b></b></form>" },
	{ "<form method=\"post\">{% if v.b %}{% token v.a %}{% else %}{% token none %}{% end %}</form>", ".a = \"a\"", "<form method=\"post\"></form>" },
	{ "<form method=\"get\"></form><form></form>", "", "<form method=\"get\"></form><form></form>" },
	/* Parts whose fields stand where they are included. */
	{ "{% include part(title: v.a) %}", ".a = \"<\"", "<b>&lt;</b>\n" },
	{ "{% each r in v.rows %}{% include part(title: r.name) %}{% end %}{% include part(title: _(\"Hej\")) %}", ".rows = rows, .rows_count = 1", "<b>one</b>\n<b>Hej</b>\n" },
	{ "{% include choice(title: \"A\", on: if v.a is \"x\") %}{% include choice(title: \"B\", on: if v.b and not v.n > 2) %}{% include choice(on: if v.b, title: \"C\") %}", ".a = \"x\", .b = true, .n = 3", "<i>A on</i>\n<i>B</i>\n<i>C on</i>\n" },
	/* Blanks. */
	{ "\n<ul>\n\t<li>a  b\n\n\t\tc</li> <li>\n</ul>", "", "<ul>\n<li>a b\nc</li> <li>\n</ul>" },
	{ "a\n\t{% if v.b %}\n\tb\n\t{% end %}\nc", ".b = true", "a\nb\nc" },
	{ "a {# x #} b{# \n #}", "", "a b" },
	{ "<pre>\n  a\n\n  {{ v.a }} </pre>", ".a = \"b\"", "<pre>\n  a\n\n  b </pre>" },
	{ "<a\n\ttitle=\"b  c\"\n\tclass=\"d\"\n>", "", "<a title=\"b  c\" class=\"d\" >" },
	{ "<style>{% inline \"style/b.css\" %}</style>", "", "<style>a :hover{margin:0 1px;width:calc(1px + 2px)}b/**/c{content:\"/* x */  ;}\"}</style>" },
	{ "<p>{% inline \"image/i.svg\" %}</p>", "", "<p><svg a='1'/></p>" },
};

/* The view has all types; no page needs another. */
static const char view_header[] =
    "struct part_view { const char *title; };\n"
    "struct choice_view { const char *title; bool on; };\n"
    "struct row_view { const char *name; const char *const *tags; size_t tags_count; };\n"
    "struct page_view { const char *a, *rows_name; int n; int64_t i; size_t z; unsigned u; bool b;\n"
    "	struct part_view part; const struct row_view *rows; size_t rows_count; };\n";

static const char driver_start[] =
    "#include <stdio.h>\n#include \"render/render.h\"\n#include \"render/views.h\"\n#include \"pages.h\"\n"
    "static const char *const tags[] = { \"x\", \"y\" };\n"
    "static const struct row_view rows[] = { { \"one\", tags, 2 }, { \"<two>\", NULL, 0 } };\n"
    "static unsigned plural(int64_t n) { return n != 1; }\n"
    "static const struct language sv = { .tag = \"sv\", .name = \"Svenska\", .dir = \"ltr\", .plural = plural };\n"
    "const struct language *const text_languages[] = { &sv };\nconst size_t text_languages_count = 1;\n"
    "int main(void) { struct buffer out = {0};\n"
    "(void)tags; (void)rows;\n";

static const char compile[] =
    "\"$TOOLS/template\" pages.c pages.h page/t*.html page/part.html page/row.html page/choice.html && cc -std=c17 -Wall "
    "-Wextra -Wpedantic -Wshadow -Wconversion -Werror -D_GNU_SOURCE -I. "
    "-I\"$REPOSITORY/app\" -o driver driver.c pages.c \"$REPOSITORY\"/app/render/render.c "
    "\"$REPOSITORY\"/app/text/text.c \"$REPOSITORY\"/app/text/placeholder.c "
    "\"$REPOSITORY\"/app/base/buffer.c \"$REPOSITORY\"/app/base/error.c \"$REPOSITORY\"/app/base/calendar.c";

/* Each template is a page of its own; all are compiled and run at once. */
static void
write_acceptances(void)
{
	struct buffer driver = {0}, views = {0};
	char name[64];

	buffer_text(&driver, driver_start);
	buffer_text(&views, view_header);
	for (size_t i = 0; i < COUNT_OF(accepted); i++) {
		snprintf(name, sizeof(name), "page/t%zu.html", i);
		file_write(name, accepted[i].source);
		buffer_format(&views, "#define t%zu_view page_view\n", i);
		buffer_format(&driver, "page_t%zu(&out, &sv, &(const struct "
		    "page_view){ %s });\nfwrite(out.data, 1, "
		    "out.length, stdout); putchar(1); buffer_clear(&out);\n",
		    i, *accepted[i].view == '\0' ? ".n = 0" : accepted[i].view);
	}
	buffer_text(&driver, "buffer_free(&out); return 0; }\n");
	file_write("page/part.html", "<b>{{ v.title }}</b>\n");
	file_write("page/row.html", "<i>{{ v.name }}</i>\n");
	file_write("page/choice.html", "<i>{{ v.title }}{% if v.on %} on{% end %}</i>\n");
	file_write("style/b.css", "/* a */\na :hover /* b */\n{ margin: 0 1px;\n"
	    "  width: calc(1px + 2px) ; }\nb/* c */c{ content: \"/* x */  ;}\" }\n");
	file_write("image/i.svg", "<svg a='1'/>\n");
	file_write("render/views.h", views.data);
	file_write("driver.c", driver.data);
	buffer_free(&views);
	buffer_free(&driver);
}

static void
writes_what_it_should(void **state)
{
	char said[32768], *written = said, *end;

	(void)state;
	write_acceptances();
	if (run(compile, said, sizeof(said)) != 0)
		fail_msg("%s", said);
	assert_int_equal(run("./driver", said, sizeof(said)), 0);
	for (size_t i = 0; i < COUNT_OF(accepted); i++) {
		end = strchr(written, 1);
		if (end == NULL)
			fail_msg("page %zu is missing", i);
		*end = '\0';
		if (strcmp(written, accepted[i].written) != 0)
			fail_msg("%s\nwrites %s\nand not %s",
			    accepted[i].source, written, accepted[i].written);
		written = end + 1;
	}
}

/* What the C compiler finds must be told of the template, not of the C. */
static void
compiler_names_the_template(void **state)
{
	static const struct refusal rows[] = {
		{ "\n<p>\n{{ v.misspelt }}", "3", "misspelt" },
		{ "\n{{ v.b }}", "2", "_Generic" },
		{ "{% include unknown(v) %}", "1", "unknown" },
		{ "\n{% include row(misspelt: v.a) %}", "2", "misspelt" },
	};
	char said[8192], place[64];

	(void)state;
	file_write("render/views.h", view_header);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		file_write("page/page.html", rows[i].source);
		assert_int_not_equal(run("\"$TOOLS/template\" pages.c pages.h "
		    "page/page.html && cc -std=c17 -Wall -Werror -I. "
		    "-I\"$REPOSITORY/app\" -c -o /dev/null pages.c", said,
		    sizeof(said)), 0);
		snprintf(place, sizeof(place), "page/page.html:%s:", rows[i].line);
		if (strstr(said, place) == NULL ||
		    strstr(said, rows[i].said) == NULL)
			fail_msg("%s\nis refused with: %s", rows[i].source, said);
	}
}

/* A folder is for the reader: the name is the file's, and a fault tells the whole path. */
static void
folders_are_no_part_of_a_name(void **state)
{
	char said[8192];

	(void)state;
	assert_int_equal(run("mkdir -p page/case page/people && rm -f nested.c", said,
	    sizeof(said)), 0);
	file_write("style/nested.css", "a{}");
	file_write("page/case/nested.html",
	    "<style>{% inline \"style/nested.css\" %}</style>{% include row(v) %}");
	file_write("page/people/row.html", "<i>a</i>");
	if (run("\"$TOOLS/template\" nested.c nested.h page/case/nested.html page/people/row.html "
	    "&& cat nested.c", said, sizeof(said)) != 0)
		fail_msg("%s", said);
	assert_non_null(strstr(said, "page_nested(struct buffer *out"));
	assert_non_null(strstr(said, "#line 1 \"page/case/nested.html\""));
	assert_non_null(strstr(said, "page_row(out, lang, v)"));
	assert_non_null(strstr(said, "<style>a{}</style>"));
}

static void
two_templates_of_one_name_are_refused(void **state)
{
	char said[8192];

	(void)state;
	assert_int_equal(run("mkdir -p page/case page/people && rm -f twice.c", said,
	    sizeof(said)), 0);
	file_write("page/case/same.html", "a");
	file_write("page/people/same.html", "b");
	assert_int_not_equal(run("\"$TOOLS/template\" twice.c twice.h page/case/same.html "
	    "page/people/same.html", said, sizeof(said)), 0);
	if (strncmp(said, "page/people/same.html:1: page/case/same.html is called same too", 62) != 0)
		fail_msg("two templates of one name are refused with: %s", said);
	assert_int_not_equal(run("test -e twice.c", said, sizeof(said)), 0);
}

static void
inline_needs_the_folder_above(void **state)
{
	char said[8192];

	(void)state;
	file_write("stray.html", "<style>{% inline \"style/a.css\" %}</style>");
	assert_int_not_equal(run("\"$TOOLS/template\" stray.c stray.h stray.html", said,
	    sizeof(said)), 0);
	assert_non_null(strstr(said, "stray.html:1: inline reads below assets/"));
}

static void
xgettext_finds_each_message(void **state)
{
	char said[8192];

	(void)state;
	file_write("page/page.html", "<p>\n{{ _(\"Hej på \" \"dig\") }}\n"
	    "{{ _n(\"en dag\", \"{n} dagar\", v.n) }}");
	assert_int_equal(run("\"$TOOLS/template\" pages.c pages.h page/page.html "
	    "&& xgettext --from-code=UTF-8 --language=C --keyword=_ "
	    "--keyword=N_ --keyword=_n:1,2 -o - pages.c", said, sizeof(said)), 0);
	assert_non_null(strstr(said, "#: page/page.html:2\nmsgid \"Hej på dig\""));
	assert_non_null(strstr(said, "#: page/page.html:3\nmsgid \"en dag\"\n"
	    "msgid_plural \"{n} dagar\""));
}

static int
folders_make(void **state)
{
	char said[256];

	if (folder_make(state) != 0)
		return -1;
	return run("mkdir page render style image", said, sizeof(said));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_values_where_none_is_safe),
		cmocka_unit_test(refuses_html_that_is_not_strict),
		cmocka_unit_test(refuses_branches_that_end_elsewhere),
		cmocka_unit_test(refuses_forms_that_post_without_a_token),
		cmocka_unit_test(refuses_messages_that_do_not_fit),
		cmocka_unit_test(refuses_what_it_cannot_read),
		cmocka_unit_test(writes_what_it_should),
		cmocka_unit_test(compiler_names_the_template),
		cmocka_unit_test(folders_are_no_part_of_a_name),
		cmocka_unit_test(two_templates_of_one_name_are_refused),
		cmocka_unit_test(inline_needs_the_folder_above),
		cmocka_unit_test(xgettext_finds_each_message),
	};

	return cmocka_run_group_tests(tests, folders_make, folder_remove);
}
