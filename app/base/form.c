/* Decodes and encodes application/x-www-form-urlencoded; checks a mail address. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decodes one name or value to *out, adds a NUL, and moves *out behind it. */
static enum form_fault
decode_part(const char *from, const char *end, char **out)
{
	char *to = *out;

	while (from < end) {
		char c = *from++;

		if (c == '+') {
			c = ' ';
		} else if (c == '%') {
			int high = end - from < 2 ? -1 : hex_value(from[0]);
			int low = high < 0 ? -1 : hex_value(from[1]);

			if (low < 0)
				return FORM_BAD_ENCODING;
			c = (char)(high << 4 | low);
			from += 2;
		}
		if (c == '\0')
			return FORM_BAD_CHARACTER;
		*to++ = c;
	}
	*to++ = '\0';
	*out = to;
	return FORM_OK;
}

/* A piece without = is a name with an empty value. */
static enum form_fault
decode_field(struct form *form, const char *from, const char *end, char **out)
{
	const char *equals = memchr(from, '=', (size_t)(end - from));
	struct form_field *field;
	enum form_fault fault;

	if (form->count == FORM_FIELDS_MAX)
		return FORM_TOO_MANY;
	field = &form->fields[form->count];
	field->name = *out;
	fault = decode_part(from, equals == NULL ? end : equals, out);
	if (fault != FORM_OK)
		return fault;
	field->value = *out - 1;
	if (equals != NULL) {
		field->value = *out;
		fault = decode_part(equals + 1, end, out);
		if (fault != FORM_OK)
			return fault;
	}
	if (form_value(form, field->name) != NULL)
		return FORM_REPEATED;
	form->count++;
	return FORM_OK;
}

/*
 * Decoding never makes a text longer, and each & or = leaves room for a NUL. Therefore all
 * fields fit in length + 1 bytes. The NULs also keep a broken UTF-8 sequence from
 * reaching into the next field.
 */
enum form_fault
form_decode(struct form *form, const char *bytes, size_t length)
{
	enum form_fault fault = FORM_OK;
	size_t left = length;
	char *out;

	form->count = 0;
	form->encoding = ENCODING_UTF_8;
	form->text_size = length + 1;
	form->text = out = malloc(form->text_size);
	if (form->text == NULL)
		abort();
	while (left > 0 && fault == FORM_OK) {
		const char *ampersand = memchr(bytes, '&', left);
		size_t piece = ampersand == NULL ? left : (size_t)(ampersand - bytes);

		if (piece > 0)
			fault = decode_field(form, bytes, bytes + piece, &out);
		piece += ampersand != NULL;
		bytes += piece;
		left -= piece;
	}
	if (fault == FORM_OK && !utf8_valid(form->text, (size_t)(out - form->text)))
		fault = FORM_BAD_ENCODING;
	if (fault != FORM_OK)
		form_wipe(form);
	return fault;
}

const char *
form_value(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++) {
		if (strcmp(form->fields[i].name, name) == 0)
			return form->fields[i].value;
	}
	return NULL;
}

/* Copies the fields of a form, whose text now stands elsewhere, to the end of another. */
static void
fields_move(struct form *to, const struct form *from, const char *text)
{
	for (size_t i = 0; i < from->count && to->count < FORM_FIELDS_MAX; i++)
		to->fields[to->count++] = (struct form_field){
			text + (from->fields[i].name - from->text),
			text + (from->fields[i].value - from->text)
		};
}

void
form_cover(struct form *form, struct form *over)
{
	struct form under = *form;

	form->count = 0;
	form->text_size = over->text_size + under.text_size;
	form->text = calloc(1, form->text_size + 1);
	if (form->text == NULL)
		abort();
	if (over->text_size > 0)
		memcpy(form->text, over->text, over->text_size);
	if (under.text_size > 0)
		memcpy(form->text + over->text_size, under.text, under.text_size);
	fields_move(form, over, form->text);
	fields_move(form, &under, form->text + over->text_size);
	form_wipe(over);
	form_wipe(&under);
}

void
form_wipe(struct form *form)
{
	if (form->text != NULL)
		explicit_bzero(form->text, form->text_size);
	free(form->text);
	form->count = 0;
	form->text = NULL;
	form->text_size = 0;
}

static bool
stands_for_itself(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '-' || c == '.' || c == '_' || c == '*';
}

static void
encode_part(struct buffer *out, const char *text)
{
	static const char digits[] = "0123456789ABCDEF";
	char *to;

	buffer_reserve(out, 3 * strlen(text));
	to = out->data + out->length;
	for (; *text != '\0'; text++) {
		if (stands_for_itself(*text)) {
			*to++ = *text;
		} else if (*text == ' ') {
			*to++ = '+';
		} else {
			*to++ = '%';
			*to++ = digits[(unsigned char)*text >> 4];
			*to++ = digits[(unsigned char)*text & 15];
		}
	}
	*to = '\0';
	out->length = (size_t)(to - out->data);
}

void
form_encode(struct buffer *out, const char *name, const char *value)
{
	if (out->length > 0)
		buffer_add(out, "&", 1);
	encode_part(out, name);
	buffer_add(out, "=", 1);
	encode_part(out, value);
}

#define ADDRESS_MAX		254
#define LOCAL_PART_MAX	64

bool
address_right(const char *address)
{
	const char *at = strchr(address, '@');

	if (at == NULL || at == address || at - address > LOCAL_PART_MAX ||
	    strlen(address) > ADDRESS_MAX)
		return false;
	for (const char *c = address; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || strchr("()<>[]\\,;:\"", *c) != NULL)
			return false;
	at++;
	return at[strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")]
	    == '\0' && at[0] != '\0' && at[0] != '.' && at[0] != '-' &&
	    at[strlen(at) - 1] != '.' && strstr(at, "..") == NULL;
}
