/* The escaping of a value by its place in HTML; inline styles and drawings. */
#include <string.h>

#include "base/base.h"
#include "tools/template.h"

#define INLINE_MAX	((size_t)1024 * 1024)

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_edge(char c)
{
	return strchr("{};,", c) != NULL;	/* NUL too: the end */
}

/* Skips blanks and comments; *blank and *comment become true when there are any. */
static const char *
css_gap(const char *css, bool *blank, bool *comment)
{
	const char *end;

	*blank = *comment = false;
	for (;;) {
		if (*css != '\0' && is_blank(*css)) {
			*blank = true;
			css++;
		} else if (strncmp(css, "/*", 2) == 0) {
			*comment = true;
			end = strstr(css + 2, "*/");
			css = end == NULL ? css + strlen(css) : end + 2;
		} else {
			return css;
		}
	}
}

/* Copies a string in quotes as it is, or one byte. */
static const char *
css_unit(const char *css)
{
	char opening = *css++;

	if (opening == '\\' && *css != '\0')
		return css + 1;
	if (opening != '"' && opening != '\'')
		return css;
	while (*css != '\0' && *css != opening)
		css += *css == '\\' && css[1] != '\0' ? 2 : 1;
	return *css == '\0' ? css : css + 1;
}

/*
 * Removes blanks where they cannot have a meaning: "color: red" loses its blank, "a :hover"
 * and "1px + 2px" keep theirs. A comment that separates two words stays as an empty one.
 */
void
css_shrink(struct buffer *out, const char *css)
{
	bool blank, comment;
	const char *next;
	char last = '{';

	while (*(css = css_gap(css, &blank, &comment)) != '\0') {
		if (!is_edge(last) && last != ':' && !is_edge(*css))
			buffer_text(out, blank ? " " : comment ? "/**/" : "");
		next = css_unit(css);
		last = next - css == 1 ? *css : 'x';
		if (last == '}' && out->data != NULL && out->length > 0 &&
		    out->data[out->length - 1] == ';')
			out->length--;
		buffer_add(out, css, (size_t)(next - css));
		css = next;
	}
}

/* The length of "assets/" in "assets/page/case/case.html", before the last folder page/. */
static size_t
assets_length(const struct template *template)
{
	const char *path = template->path, *found = NULL, *at = path;

	for (; (at = strstr(at, "page/")) != NULL; at++)
		if (at == path || at[-1] == '/')
			found = at;
	if (found == NULL)
		template_fail(template, "inline reads below assets/, so the "
		    "template stands below assets/page/");
	return (size_t)(found - path);
}

/* Reads the file that a template names by its path below assets/. */
static void
file_read(struct template *template, const char *path, struct buffer *text)
{
	struct buffer whole = {0};
	struct error error;

	if (*path == '/' || strstr(path, "..") != NULL)
		template_fail(template, "\"%s\" leaves assets/", path);
	buffer_add(&whole, template->path, assets_length(template));
	buffer_text(&whole, path);
	if (buffer_read_file(text, whole.data, INLINE_MAX, &error) != 0)
		template_fail(template, "%s", error.text);
	if (strlen(buffer_string(text)) != text->length)
		template_fail(template, "%s holds a NUL byte", path);
	buffer_free(&whole);
}

static bool
ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), end_length = strlen(end);

	return length > end_length &&
	    strcmp(text + length - end_length, end) == 0;
}

static void
css_inline(struct template *template, const char *path, const char *css)
{
	if (template->html.state != HTML_RAW ||
	    strcmp(template->html.tag, "style") != 0)
		template_fail(template, "%s may only stand within <style>",
		    path);
	if (strstr(css, "</") != NULL)
		template_fail(template, "%s holds </, which would end <style>",
		    path);
	css_shrink(&template->literal, css);
}

/* The script without what its reader alone needs: lines that are comments, and indentation. */
static void
js_inline(struct template *template, const char *path, const char *js)
{
	if (template->html.state != HTML_RAW || strcmp(template->html.tag, "script") != 0)
		template_fail(template, "%s may only stand within <script>", path);
	if (strstr(js, "</") != NULL || strstr(js, "<!--") != NULL)
		template_fail(template, "%s holds </ or <!--, which would end <script>", path);
	while (*js != '\0') {
		const size_t blanks = strspn(js, " \t"), length = strcspn(js, "\n");

		if (length > blanks && strncmp(js + blanks, "//", 2) != 0) {
			buffer_add(&template->literal, js + blanks, length - blanks);
			buffer_text(&template->literal, "\n");
		}
		js += length + (js[length] == '\n');
	}
}

static void
svg_inline(struct template *template, const char *path, struct buffer *svg)
{
	if (template->html.state != HTML_TEXT)
		template_fail(template, "%s may only stand in element text",
		    path);
	if (strncmp(svg->data, "<svg", 4) != 0)
		template_fail(template, "%s does not begin with <svg; remove "
		    "what stands before", path);
	while (svg->length > 0 && is_blank(svg->data[svg->length - 1]))
		svg->length--;
	buffer_add(&template->literal, svg->data, svg->length);
}

void
inline_compile(struct template *template)
{
	struct buffer path = {0}, text = {0};

	word_string(template, &path);
	buffer_text(&text, "");
	file_read(template, buffer_string(&path), &text);
	if (ends_with(path.data, ".css"))
		css_inline(template, path.data, text.data);
	else if (ends_with(path.data, ".js"))
		js_inline(template, path.data, text.data);
	else if (ends_with(path.data, ".svg"))
		svg_inline(template, path.data, &text);
	else
		template_fail(template, "inline takes .css, .js and .svg files");
	template->after_blank = false;
	buffer_free(&path);
	buffer_free(&text);
}

bool
html_blanks_shrink(const struct html *html)
{
	return html->state == HTML_TEXT && !html->preserve;
}

static enum html_context
context_value(const struct html *html, const char **fault)
{
	*fault = attribute_refused(html->attribute);
	if (*fault != NULL)
		return CONTEXT_NONE;
	if (!html->address)
		return CONTEXT_ATTRIBUTE;
	if (html->address_begun)
		return html->address_query ? CONTEXT_QUERY : CONTEXT_PATH;
	if (tag_loads_code(html->tag)) {
		*fault = "value at the start of an address that loads code; "
		    "begin it with a literal path";
		return CONTEXT_NONE;
	}
	return CONTEXT_URL;
}

static enum html_context
context_raw(const struct html *html, const char **fault)
{
	if (html->matched > 0)
		*fault = "value within an end tag";
	else if (strcmp(html->tag, "script") == 0)
		*fault = "value in a script; put it in a data- attribute";
	else
		return strcmp(html->tag, "style") == 0 ? CONTEXT_COLOUR :
		    CONTEXT_RCDATA;
	return CONTEXT_NONE;
}

enum html_context
html_context(const struct html *html, const char **fault)
{
	*fault = NULL;
	switch (html->state) {
	case HTML_TEXT:
		return CONTEXT_TEXT;
	case HTML_RAW:
		return context_raw(html, fault);
	case HTML_VALUE:
		return context_value(html, fault);
	case HTML_EQUALS:
		*fault = "value in an unquoted attribute; put it in double quotes";
		break;
	case HTML_BANG:
	case HTML_DECLARATION:
	case HTML_COMMENT:
		*fault = "value in a comment or doctype; take it out";
		break;
	default:
		*fault = "value in the name of a tag or attribute; "
		    "write the name, within {% if %} when it varies";
	}
	return CONTEXT_NONE;
}

void
html_value(struct html *html)
{
	html->address_begun = true;
	/* A * stands for the value, since no scheme has one, in case a literal : follows. */
	strcpy(html->scheme, "*");
}

const char *
html_block(struct html *html)
{
	switch (html->state) {
	case HTML_TEXT:
	case HTML_TAG:
	case HTML_AFTER:
	case HTML_VALUE:
		return NULL;
	case HTML_ATTRIBUTE_NAME:
		if (strncmp(html->attribute, "on", 2) == 0)
			return "an inline handler; put it in a script file";
		html->state = HTML_AFTER;
		return NULL;
	case HTML_TAG_NAME:
		html->state = HTML_AFTER;
		return NULL;
	case HTML_RAW:
		return html->matched == 0 ? NULL : "a block within an end tag";
	default:
		return "a block within a comment, a doctype or the start of a "
		    "tag, or between = and its value; put it around the whole";
	}
}

static bool
same_place(const struct html *a, const struct html *b)
{
	if (a->state != b->state || a->preserve != b->preserve)
		return false;
	if (a->state == HTML_TEXT)
		return true;
	if (strcmp(a->tag, b->tag) != 0 || a->closing != b->closing)
		return false;
	if (a->state != HTML_VALUE)
		return true;
	return strcmp(a->attribute, b->attribute) == 0 &&
	    (!a->address || a->address_begun == b->address_begun);
}

/*
 * The result is the state that forbids more: a blank must follow, a : ends no scheme, & is
 * encoded, and a form that lacks its token after one branch lacks it.
 */
bool
html_join(struct html *html, const struct html *other)
{
	struct html strict = *other;

	if (html->state == HTML_AFTER && other->state == HTML_TAG)
		strict.state = HTML_AFTER;
	if (html->state == HTML_TAG && other->state == HTML_AFTER)
		html->state = HTML_AFTER;
	if (!same_place(html, &strict))
		return false;
	html->address_query |= strict.address_query;
	html->address_scheme |= strict.address_scheme;
	html->posts |= strict.posts;
	html->lacks_token |= strict.lacks_token;
	if (strcmp(html->scheme, strict.scheme) != 0)
		strcpy(html->scheme, "*");
	return true;
}
