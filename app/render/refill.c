/*
 * Puts what somebody sent back into the form that sent it. It reads pages that the
 * template compiler has made, so every tag is complete and every value is quoted.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "render/render.h"

#define DETAILS_MAX	8

struct span {
	const char *at;
	size_t length;
};

static bool
span_is(struct span span, const char *text)
{
	return span.at != NULL && span.length == strlen(text) &&
	    memcmp(span.at, text, span.length) == 0;
}

/* Whether `at` is the start tag, or with '/' the end tag, of that element. */
static bool
tag_is(const char *at, const char *name)
{
	const size_t length = strlen(name);

	return strncmp(at, name, length) == 0 && !isalnum((unsigned char)at[length]);
}

/* The end of a tag, behind its '>'. */
static const char *
tag_end(const char *at)
{
	char quote = '\0';

	for (; *at != '\0'; at++) {
		if (quote != '\0')
			quote = *at == quote ? '\0' : quote;
		else if (*at == '"')
			quote = *at;
		else if (*at == '>')
			return at + 1;
	}
	return at;
}

/* The value of an attribute; at is NULL without. *whole is the attribute with the space before it. */
static struct span
attribute(const char *tag, const char *name, struct span *whole)
{
	const char *end = tag_end(tag), *at = tag;
	const size_t length = strlen(name);

	*whole = (struct span){ NULL, 0 };
	while ((at = memchr(at, ' ', (size_t)(end - at))) != NULL) {
		const char *word = ++at, *value = NULL, *close;

		at += strcspn(at, " =>");
		if (at + 2 < end && at[0] == '=') {
			value = at + 2;
			if ((close = memchr(value, '"', (size_t)(end - value))) == NULL)
				break;
			at = close + 1;
		}
		if ((size_t)(strcspn(word, " =>")) != length || strncmp(word, name, length) != 0)
			continue;
		*whole = (struct span){ word - 1, (size_t)(at - word + 1) };
		return value == NULL ? (struct span){ word + length, 0 } :
		    (struct span){ value, (size_t)(at - 1 - value) };
	}
	return *whole;
}

/* The typed value of the field that the tag names, NULL when the form did not send it. */
static const char *
typed_value(const char *tag, const struct form *typed)
{
	struct span whole, name = attribute(tag, "name", &whole);

	for (size_t i = 0; name.at != NULL && i < typed->count; i++) {
		if (span_is(name, typed->fields[i].name))
			return typed->fields[i].value;
	}
	return NULL;
}

/* Whether the tag's own value is that text. */
static bool
value_is(const char *tag, const char *text)
{
	struct buffer escaped = { 0 };
	struct span whole, value = attribute(tag, "value", &whole);
	bool same;

	escape_text(&escaped, text);
	same = span_is(value, buffer_string(&escaped));
	buffer_wipe(&escaped);
	return same;
}

/* Copies a tag with `more` in place of that attribute, or before its end. */
static void
tag_change(struct buffer *out, const char *tag, const char *name, const char *more)
{
	const char *end = tag_end(tag) - 1;
	struct span whole;

	(void)attribute(tag, name, &whole);
	if (whole.at == NULL)
		whole = (struct span){ end, 0 };
	buffer_add(out, tag, (size_t)(whole.at - tag));
	buffer_text(out, more);
	tag = whole.at + whole.length;
	buffer_add(out, tag, (size_t)(end + 1 - tag));
}

static void
refill_input(struct buffer *out, const char *tag, const struct form *typed)
{
	struct span whole, type = attribute(tag, "type", &whole);
	const char *value = typed_value(tag, typed);
	struct buffer attribute_text = { 0 };

	if (span_is(type, "radio") || span_is(type, "checkbox")) {
		tag_change(out, tag, "checked",
		    value != NULL && value_is(tag, value) ? " checked" : "");
	} else if (value == NULL || span_is(type, "hidden") || span_is(type, "password") ||
	    span_is(type, "submit") || span_is(type, "file")) {
		buffer_add(out, tag, (size_t)(tag_end(tag) - tag));
	} else {
		buffer_text(&attribute_text, " value=\"");
		escape_text(&attribute_text, value);
		buffer_text(&attribute_text, "\"");
		tag_change(out, tag, "value", buffer_string(&attribute_text));
		buffer_wipe(&attribute_text);
	}
}

/* Copies a form up to its end tag, with the typed values; returns the end tag. */
static const char *
refill_form(struct buffer *out, const char *at, const struct form *typed)
{
	const char *chosen = NULL, *value;

	while (*at != '\0' && !tag_is(at, "</form")) {
		const char *end = *at == '<' ? tag_end(at) : at + strcspn(at, "<");

		if (tag_is(at, "<input")) {
			refill_input(out, at, typed);
		} else if (tag_is(at, "<option") && chosen != NULL) {
			tag_change(out, at, "selected", value_is(at, chosen) ? " selected" : "");
		} else if (tag_is(at, "<details")) {
			tag_change(out, at, "open", " open");
		} else {
			if (tag_is(at, "<select"))
				chosen = typed_value(at, typed);
			buffer_add(out, at, (size_t)(end - at));
			if (tag_is(at, "<textarea") && (value = typed_value(at, typed)) != NULL) {
				/* A browser drops a first line end. */
				buffer_text(out, "\n");
				escape_text(out, value);
				end += strcspn(end, "<");
			}
		}
		at = end;
	}
	return at;
}

static bool
is_field(const char *at)
{
	return tag_is(at, "<input") || tag_is(at, "<textarea") || tag_is(at, "<select") ||
	    tag_is(at, "<button");
}

/* Whether the form has sent that field: hidden fields and buttons have only one value to send. */
static bool
has_sent(const char *tag, const char *name, const char *value)
{
	struct span whole;

	for (const char *at = tag_end(tag); *at != '\0' && !tag_is(at, "</form"); at++) {
		if (is_field(at) && span_is(attribute(at, "name", &whole), name))
			return (!tag_is(at, "<button") &&
			    !span_is(attribute(at, "type", &whole), "hidden")) || value_is(at, value) ||
			    has_sent(at, name, value);
	}
	return false;
}

/* Whether what was typed has come from this form: it has the address and every field. */
static bool
form_is(const char *tag, const char *address, const struct form *typed)
{
	struct span whole, action = attribute(tag, "action", &whole);

	if (action.at == NULL)
		return false;
	action.length = strcspn(action.at, "?\"");
	if (!span_is(action, address))
		return false;
	for (size_t i = 0; i < typed->count; i++) {
		if (strcmp(typed->fields[i].name, "token") != 0 &&
		    !has_sent(tag, typed->fields[i].name, typed->fields[i].value))
			return false;
	}
	return true;
}

struct folds {
	const char *open[DETAILS_MAX];
	size_t count;
};

/* Finds the form, and the folded parts of the page in which it stands. */
static const char *
form_find(const char *page, const char *address, const struct form *typed, struct folds *folds)
{
	folds->count = 0;
	for (const char *at = page; (at = strchr(at, '<')) != NULL; at++) {
		if (tag_is(at, "<details") && folds->count < DETAILS_MAX)
			folds->open[folds->count++] = at;
		else if (tag_is(at, "</details") && folds->count > 0)
			folds->count--;
		else if (tag_is(at, "<form") && form_is(at, address, typed))
			return at;
	}
	return NULL;
}

bool
refill(struct buffer *page, const char *address, const struct form *typed)
{
	struct buffer out = { 0 };
	struct folds folds;
	const char *at = buffer_string(page), *form = form_find(at, address, typed, &folds);

	if (form == NULL)
		return false;
	buffer_reserve(&out, page->length + 6 * typed->text_size + 1024);
	for (size_t i = 0; i < folds.count; i++) {
		buffer_add(&out, at, (size_t)(folds.open[i] - at));
		tag_change(&out, folds.open[i], "open", " open");
		at = tag_end(folds.open[i]);
	}
	buffer_add(&out, at, (size_t)(tag_end(form) - at));
	at = refill_form(&out, tag_end(form), typed);
	buffer_text(&out, at);
	buffer_wipe(page);
	*page = out;
	return true;
}
