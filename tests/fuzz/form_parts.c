/*
 * Any bytes as a form in parts: decoded, they are clean text, and mean the same
 * when they are written again, as parts or as the other kind of form. They are
 * tried after their own first line as the type, and as a row of what such
 * bodies are made of.
 */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

int	LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

static void
demand_same(const struct form *one, const struct form *other)
{
	demand(one->count == other->count);
	for (size_t i = 0; i < one->count; i++) {
		demand(strcmp(one->fields[i].name, other->fields[i].name) == 0);
		demand(strcmp(one->fields[i].value, other->fields[i].value) == 0);
	}
}

static void
write_name(struct buffer *out, const char *name)
{
	for (; *name != '\0'; name++) {
		if (*name == '"' || *name == '\r' || *name == '\n')
			buffer_format(out, "%%%02X", (unsigned)*name);
		else
			buffer_add(out, name, 1);
	}
}

/* Written again, both ways. */
static void
write_parts(struct buffer *parts, struct buffer *encoded, const struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		const struct form_field *field = &form->fields[i];

		demand(utf8_valid(field->name, strlen(field->name)));
		demand(utf8_valid(field->value, strlen(field->value)));
		demand(form_value(form, field->name) == field->value);
		buffer_text(parts, "--B\r\nContent-Disposition: form-data; name=\"");
		write_name(parts, field->name);
		buffer_format(parts, "\"\r\n\r\n%s\r\n", field->value);
		form_encode(encoded, field->name, field->value);
	}
	buffer_text(parts, "--B--\r\n");
}

static void
try_parts(const char *type, const char *bytes, size_t length)
{
	struct buffer parts = { 0 }, encoded = { 0 };
	struct form form, again;

	if (form_decode_parts(&form, type, bytes, length) != FORM_OK) {
		demand(form.count == 0 && form.text == NULL);
		return;
	}
	write_parts(&parts, &encoded, &form);
	demand(form_decode(&again, buffer_string(&encoded), encoded.length) == FORM_OK);
	demand_same(&form, &again);
	form_wipe(&again);
	/* What came with another boundary may hold this one. */
	if (strcmp(type, "multipart/form-data; boundary=B") == 0) {
		demand(form_decode_parts(&again, type, parts.data, parts.length) == FORM_OK);
		demand_same(&form, &again);
		form_wipe(&again);
	}
	form_wipe(&form);
	buffer_free(&parts);
	buffer_free(&encoded);
}

static void
try_typed(const char *bytes, size_t length)
{
	const char *end = memchr(bytes, '\n', length);
	char *type;

	if (end == NULL)
		return;
	type = strndup(bytes, (size_t)(end - bytes));
	if (type == NULL)
		abort();
	try_parts(type, end + 1, length - (size_t)(end - bytes) - 1);
	free(type);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const char *const used[] = {
		"--B\r\nContent-Disposition: form-data; name=\"", "\"\r\n\r\n", "\r\n", "--B--\r\n",
		"--B", "--B\r\n", "Content-Disposition: form-data; name=\"", "\"", "\"; filename=\"",
		"\r\nContent-Type: text/csv", "a", "b", "%", "%22", "%0D%0A", "å", "\xC3", "\xE5", "\n", "-", "\r",
	};
	struct buffer row = { 0 };

	try_typed((const char *)bytes, length);
	for (size_t i = 0; i < length; i++)
		buffer_text(&row, used[bytes[i] % COUNT_OF(used)]);
	try_parts("multipart/form-data; boundary=B", buffer_string(&row), row.length);
	buffer_free(&row);
	return 0;
}
