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

/* Reads a part without its delimiters: header lines, an empty line, the value. */
static enum form_fault
read_part(struct form *form, char *part)
{
	char *name = part + sizeof(PART_START) - 1, *end, *value;

	if (strncasecmp(part, PART_START, sizeof(PART_START) - 1) != 0)
		return FORM_BAD_PARTS;
	end = name + strcspn(name, "\"\r\n");
	value = strstr(end, "\r\n\r\n");
	if (value == NULL || *end != '"' || (end[1] != ';' && end[1] != '\r'))
		return FORM_BAD_PARTS;
	*end = '\0';
	unescape(name);
	if (form->count == FORM_FIELDS_MAX)
		return FORM_TOO_MANY;
	if (form_value(form, name) != NULL)
		return FORM_REPEATED;
	form->fields[form->count++] = (struct form_field){ .name = name, .value = value + 4 };
	return FORM_OK;
}

static enum form_fault
read_parts(struct form *form, char *text, const struct delimiter *delimiter)
{
	enum form_fault fault;
	char *end;

	/* The first boundary stands at the start of the body, without a line end before it. */
	if (strncmp(text, delimiter->text + 2, delimiter->length - 2) != 0)
		return FORM_BAD_PARTS;
	text += delimiter->length - 2;
	while (strncmp(text, "\r\n", 2) == 0) {
		text += 2;
		end = strstr(text, delimiter->text);
		if (end == NULL)
			return FORM_BAD_PARTS;
		*end = '\0';
		fault = read_part(form, text);
		if (fault != FORM_OK)
			return fault;
		text = end + delimiter->length;
	}
	return strcmp(text, "--\r\n") == 0 || strcmp(text, "--") == 0 ? FORM_OK : FORM_BAD_PARTS;
}

/*
 * A body without a NUL is one text. The fields are pieces of it, cut at ASCII characters;
 * when the whole is UTF-8, each piece is UTF-8, too.
 */
enum form_fault
form_decode_parts(struct form *form, const char *type, const char *bytes, size_t length)
{
	struct delimiter delimiter;
	enum form_fault fault;

	*form = (struct form){ .count = 0 };
	if (memchr(bytes, '\0', length) != NULL)
		return FORM_BAD_CHARACTER;
	if (!utf8_valid(bytes, length))
		return FORM_BAD_ENCODING;
	if (!read_boundary(&delimiter, type))
		return FORM_BAD_PARTS;
	form->text_size = length + 1;
	form->text = strndup(bytes, length);
	if (form->text == NULL)
		abort();
	fault = read_parts(form, form->text, &delimiter);
	if (fault != FORM_OK)
		form_wipe(form);
	return fault;
}
