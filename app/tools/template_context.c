#include <string.h>

#include "tools/template.h"

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
	/* A literal : after it would make the value a scheme: no scheme has a *. */
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

/* Of two, the one that forbids more: a blank must follow, : is no scheme's end, & is encoded. */
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
	if (strcmp(html->scheme, strict.scheme) != 0)
		strcpy(html->scheme, "*");
	return true;
}
