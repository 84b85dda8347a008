/* Decodes multipart/form-data, a form that may hold a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#define BOUNDARY_MAX	70	/* RFC 2046, 5.1.1 */
#define PART_START	"Content-Disposition: form-data; name=\""

/* The boundary with the line end before it, which is no part of the value that it ends. */
struct delimiter {
	char text[sizeof("\r\n--") + BOUNDARY_MAX];
	size_t length;
};

/* Reads boundary=x or boundary="x"; false when it is missing, empty or too long. */
static bool
read_boundary(struct delimiter *delimiter, const char *type)
{
	static const char parameter[] = "boundary=";
	const char *from = strcasestr(type, parameter);
	bool quoted;
	size_t length;

	if (from == NULL)
		return false;
	from += sizeof(parameter) - 1;
	quoted = *from == '"';
	from += quoted;
	length = strcspn(from, quoted ? "\"" : "; \t");
	if (length == 0 || length > BOUNDARY_MAX || (quoted && from[length] != '"'))
		return false;
	delimiter->length = (size_t)snprintf(delimiter->text, sizeof(delimiter->text),
	    "\r\n--%.*s", (int)length, from);
	return true;
}

/* Browsers escape three characters in a name, but no percent sign. */
static void
unescape(char *name)
{
	static const struct {
		const char *written;
		char character;
	} escapes[] = { { "%22", '"' }, { "%0D", '\r' }, { "%0A", '\n' } };
	char *to = name;

	while (*name != '\0') {
		char c = *name;
		size_t step = 1;

		for (size_t i = 0; i < COUNT_OF(escapes); i++) {
			if (strncmp(name, escapes[i].written, 3) == 0) {
				c = escapes[i].character;
				step = 3;
			}
		}
		*to++ = c;
		name += step;
	}
	*to = '\0';
}

/* A body on its way into a form. */
struct parts {
	struct form *form;
	struct delimiter delimiter;
	char *next, *end;	/* of the body */
	char *room;		/* for the text of a file; NULL: there was one */
};

static enum form_fault
read_value(const char *value, size_t length)
{
	if (memchr(value, '\0', length) != NULL)
		return FORM_BAD_CHARACTER;
	return utf8_valid(value, length) ? FORM_OK : FORM_BAD_ENCODING;
}

static enum form_fault
read_file(struct parts *parts, const char **value, size_t length)
{
	struct buffer text = { 0 };

	if (parts->room == NULL)
		return FORM_BAD_PARTS;
	parts->form->encoding = text_decode(*value, length, &text);
	memcpy(parts->room, buffer_string(&text), text.length + 1);
	buffer_wipe(&text);
	*value = parts->room;
	parts->room = NULL;
	return FORM_OK;
}

/* Reads a part without its delimiters, which ends in NUL: header lines, an empty line, the value. */
static enum form_fault
read_part(struct parts *parts, char *part, const char *part_end)
{
	char *name = part + sizeof(PART_START) - 1, *end;
	const char *value;
	enum form_fault fault;

	if (strncasecmp(part, PART_START, sizeof(PART_START) - 1) != 0)
		return FORM_BAD_PARTS;
	end = name + strcspn(name, "\"\r\n");
	value = strstr(end, "\r\n\r\n");
	if (value == NULL || *end != '"' || (end[1] != ';' && end[1] != '\r'))
		return FORM_BAD_PARTS;
	value += 4;
	/* Only the name of a file stands behind the field's. */
	fault = end[1] == ';' ? read_file(parts, &value, (size_t)(part_end - value)) :
	    read_value(value, (size_t)(part_end - value));
	*end = '\0';
	if (fault == FORM_OK && !utf8_valid(name, strlen(name)))
		fault = FORM_BAD_ENCODING;
	if (fault != FORM_OK)
		return fault;
	unescape(name);
	if (parts->form->count == FORM_FIELDS_MAX)
		return FORM_TOO_MANY;
	if (form_value(parts->form, name) != NULL)
		return FORM_REPEATED;
	parts->form->fields[parts->form->count++] = (struct form_field){ name, value };
	return FORM_OK;
}

static bool
is_at(const struct parts *parts, const char *text, size_t length)
{
	return (size_t)(parts->end - parts->next) >= length && memcmp(parts->next, text, length) == 0;
}

static enum form_fault
read_parts(struct parts *parts)
{
	const struct delimiter *delimiter = &parts->delimiter;
	enum form_fault fault;
	size_t left;

	/* The first boundary stands at the start of the body, without a line end before it. */
	if (!is_at(parts, delimiter->text + 2, delimiter->length - 2))
		return FORM_BAD_PARTS;
	parts->next += delimiter->length - 2;
	while (is_at(parts, "\r\n", 2)) {
		char *part = parts->next + 2, *end = memmem(part, (size_t)(parts->end - part),
		    delimiter->text, delimiter->length);

		if (end == NULL)
			return FORM_BAD_PARTS;
		*end = '\0';
		fault = read_part(parts, part, end);
		if (fault != FORM_OK)
			return fault;
		parts->next = end + delimiter->length;
	}
	left = (size_t)(parts->end - parts->next);
	return (left == 2 || left == 4) && memcmp(parts->next, "--\r\n", left) == 0 ? FORM_OK :
	    FORM_BAD_PARTS;
}

enum form_fault
form_decode_parts(struct form *form, const char *type, const char *bytes, size_t length)
{
	struct parts parts = { .form = form };
	enum form_fault fault;

	*form = (struct form){ .count = 0 };
	if (!read_boundary(&parts.delimiter, type))
		return FORM_BAD_PARTS;
	form->text_size = 4 * length + 2;	/* the body, and what a file in it becomes */
	form->text = malloc(form->text_size);
	if (form->text == NULL)
		abort();
	memcpy(form->text, bytes, length);
	form->text[length] = '\0';
	parts.next = form->text;
	parts.end = form->text + length;
	parts.room = parts.end + 1;
	fault = read_parts(&parts);
	if (fault != FORM_OK)
		form_wipe(form);
	return fault;
}
