/* Reads HTML byte by byte, and refuses unsafe HTML. */
#include <ctype.h>
#include <string.h>

#include "tools/template.h"

static bool
listed(const char *const list[], const char *name)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

bool
attribute_is_address(const char *name)
{
	static const char *const addresses[] = {
		"href", "src", "action", "formaction", "poster", "cite", "data",
		"background", "manifest", "ping", "longdesc", "xlink:href", NULL
	};

	return listed(addresses, name);
}

const char *
attribute_refused(const char *name)
{
	if (strcmp(name, "style") == 0)
		return "value in a style attribute; use a class";
	if (strcmp(name, "srcset") == 0 || strcmp(name, "imagesrcset") == 0)
		return "value in a list of addresses; use src";
	if (strcmp(name, "srcdoc") == 0)
		return "value in srcdoc, which is HTML; use src";
	if (strcmp(name, "http-equiv") == 0)
		return "value in http-equiv; send the header instead";
	if (strcmp(name, "method") == 0)
		return "value in a form's method; write get or post";
	return NULL;
}

bool
tag_loads_code(const char *tag)
{
	static const char *const tags[] = {
		"script", "iframe", "object", "embed", "base", "link", NULL
	};

	return listed(tags, tag);
}

bool
scheme_is_allowed(const char *scheme)
{
	static const char *const schemes[] = {
		"http", "https", "tel", "mailto", "sms", "otpauth", "data", NULL
	};

	return listed(schemes, scheme);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Cuts long names; every name that the compiler knows is shorter. */
static void
name_add(char name[NAME_MAX_LENGTH + 1], char c)
{
	size_t length = strlen(name);

	if (length < NAME_MAX_LENGTH) {
		name[length] = (char)tolower((unsigned char)c);
		name[length + 1] = '\0';
	}
}

static bool
is_raw_element(const char *tag)
{
	return strcmp(tag, "script") == 0 || strcmp(tag, "style") == 0 ||
	    strcmp(tag, "textarea") == 0 || strcmp(tag, "title") == 0;
}

static const char *
step_less(struct html *html, char c)
{
	if (c == '/' && !html->closing) {
		html->closing = true;
	} else if (c == '!' && !html->closing) {
		html->state = HTML_BANG;
	} else if (is_letter(c)) {
		html->tag[0] = '\0';
		html->posts = false;
		name_add(html->tag, c);
		html->state = HTML_TAG_NAME;
	} else {
		return "a bare <; write &lt;";
	}
	return NULL;
}

static const char *
step_bang(struct html *html, char c)
{
	html->matched = 0;
	if (c != '-' && !is_letter(c))
		return "neither a comment nor a doctype after <!";
	html->state = c == '-' ? HTML_COMMENT : HTML_DECLARATION;
	return NULL;
}

static const char *
step_comment(struct html *html, char c)
{
	if (c == '>' && html->matched >= 2)
		html->state = HTML_TEXT;
	html->matched = c == '-' ? html->matched + 1 : 0;
	return NULL;
}

static const char *
step_tag_end(struct html *html)
{
	bool raw = !html->closing && is_raw_element(html->tag);

	html->state = raw ? HTML_RAW : HTML_TEXT;
	html->matched = 0;
	html->lacks_token |= html->posts;
	if (strcmp(html->tag, "pre") == 0)
		html->preserve = !html->closing;
	return NULL;
}

/* A byte between attributes or after the name of a tag. */
static const char *
step_tag(struct html *html, char c)
{
	if (c == '>')
		return step_tag_end(html);
	if (is_blank(c) || c == '/') {
		html->state = HTML_TAG;
	} else if (html->state == HTML_AFTER) {
		return "no blank before this attribute; put one there";
	} else if (html->state == HTML_TAG_NAME) {
		name_add(html->tag, c);
		if (strchr("\"'=<", c) != NULL)
			return "not a tag's name";
	} else if (strchr("\"'=<", c) != NULL) {
		return "not an attribute; write name=\"value\" without blanks";
	} else {
		html->attribute[0] = '\0';
		name_add(html->attribute, c);
		html->state = HTML_ATTRIBUTE_NAME;
	}
	return NULL;
}

static const char *
step_attribute_name(struct html *html, char c)
{
	if (c != '=' && c != '>' && c != '/' && !is_blank(c)) {
		name_add(html->attribute, c);
		return strchr("\"'<", c) == NULL ? NULL :
		    "not an attribute; write name=\"value\"";
	}
	if (strncmp(html->attribute, "on", 2) == 0)
		return "an inline handler; put it in a script file";
	if (c != '=') {
		html->state = HTML_TAG;
		return step_tag(html, c);
	}
	html->state = HTML_EQUALS;
	return NULL;
}

static const char *
step_equals(struct html *html, char c)
{
	if (c != '"')
		return "an unquoted attribute; put its value in double quotes";
	html->state = HTML_VALUE;
	html->address = attribute_is_address(html->attribute);
	html->address_begun = html->address_query = false;
	html->address_scheme = true;
	html->scheme[0] = '\0';
	return NULL;
}

static bool
is_form_method(const struct html *html)
{
	return strcmp(html->tag, "form") == 0 && strcmp(html->attribute, "method") == 0;
}

static const char *
step_value(struct html *html, char c)
{
	if (c == '"') {
		html->state = HTML_AFTER;
		html->posts |= is_form_method(html) && strcmp(html->scheme, "post") == 0;
		return NULL;
	}
	if (is_form_method(html))
		name_add(html->scheme, c);
	if (!html->address)
		return NULL;
	html->address_begun = true;
	if (c == '?' || c == '#')
		html->address_query = true;
	if (c == ':' && html->address_scheme &&
	    !scheme_is_allowed(html->scheme))
		return "an address with this scheme; only http, https, tel, "
		    "mailto, sms, otpauth and data:image, and not made from a value";
	if (strchr(":/?#", c) != NULL)
		html->address_scheme = false;
	name_add(html->scheme, c);
	return NULL;
}

/* Continues the search for </tag> with one byte; starts over when it does not match. */
static const char *
step_raw(struct html *html, char c)
{
	size_t length = strlen(html->tag);
	char wanted = '>';

	if (html->matched < 2)
		wanted = "</"[html->matched];
	else if (html->matched < length + 2)
		wanted = html->tag[html->matched - 2];
	if (tolower((unsigned char)c) != wanted)
		html->matched = c == '<';
	else if (++html->matched == length + 3)
		html->state = HTML_TEXT;
	return NULL;
}

const char *
html_step(struct html *html, char c)
{
	switch (html->state) {
	case HTML_TEXT:
		html->closing = false;
		html->state = c == '<' ? HTML_LESS : HTML_TEXT;
		return NULL;
	case HTML_LESS:
		return step_less(html, c);
	case HTML_BANG:
		return step_bang(html, c);
	case HTML_DECLARATION:
		html->state = c == '>' ? HTML_TEXT : HTML_DECLARATION;
		return NULL;
	case HTML_COMMENT:
		return step_comment(html, c);
	case HTML_TAG_NAME:
	case HTML_TAG:
	case HTML_AFTER:
		return step_tag(html, c);
	case HTML_ATTRIBUTE_NAME:
		return step_attribute_name(html, c);
	case HTML_EQUALS:
		return step_equals(html, c);
	case HTML_VALUE:
		return step_value(html, c);
	case HTML_RAW:
		return step_raw(html, c);
	}
	return NULL;
}
