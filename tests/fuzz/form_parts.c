/*
 * Decodes random bytes as multipart/form-data: every decoded text is clean, and gives the
 * same form when it is encoded and decoded again, in either encoding. Tries the first line
 * of the bytes as content type, and the bytes as indexes of pieces of such bodies.
 */
#include "base/base.h"
#include "form.h"

int	LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

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

static void
write_parts(struct buffer *parts, const struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		buffer_text(parts, "--B\r\nContent-Disposition: form-data; name=\"");
		write_name(parts, form->fields[i].name);
		buffer_format(parts, "\"\r\n\r\n%s\r\n", form->fields[i].value);
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
	encode_all(&form, &encoded);
	write_parts(&parts, &form);
	demand(form_decode(&again, buffer_string(&encoded), encoded.length) == FORM_OK);
	demand_same(&form, &again);
	form_wipe(&again);
	/* A text that was sent with another boundary or in another encoding may contain this one. */
	if (strcmp(type, "multipart/form-data; boundary=B") == 0 && form.encoding == ENCODING_UTF_8) {
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
		"\xFF\xFE", "\x8C",
	};
	struct buffer row = { 0 };

	try_typed((const char *)bytes, length);
	for (size_t i = 0; i < length; i++)
		buffer_text(&row, used[bytes[i] % COUNT_OF(used)]);
	try_parts("multipart/form-data; boundary=B", buffer_string(&row), row.length);
	buffer_free(&row);
	return 0;
}
