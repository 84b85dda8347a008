/* The growing buffer, reading of whole files, base64 and UTF-8. */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

void
buffer_reserve(struct buffer *buffer, size_t more)
{
	size_t capacity = buffer->capacity == 0 ? 256 : buffer->capacity;
	char *moved;

	if (more >= SIZE_MAX / 4 - buffer->length)
		abort();
	while (capacity < buffer->length + more + 1)
		capacity *= 2;
	if (capacity == buffer->capacity)
		return;
	moved = malloc(capacity);
	if (moved == NULL)
		abort();
	/* realloc would leave a copy of the text, which a person may have written. */
	if (buffer->data != NULL) {
		memcpy(moved, buffer->data, buffer->length + 1);
		explicit_bzero(buffer->data, buffer->capacity);
		free(buffer->data);
	}
	buffer->data = moved;
	buffer->capacity = capacity;
}

void
buffer_add(struct buffer *buffer, const void *bytes, size_t length)
{
	buffer_reserve(buffer, length);
	if (length > 0)
		memcpy(buffer->data + buffer->length, bytes, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

void
buffer_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, text, strlen(text));
}

void
buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list args, again;
	int length;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		abort();
	buffer_reserve(buffer, (size_t)length);
	(void)vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
	va_end(again);
	buffer->length += (size_t)length;
}

const char *
buffer_string(const struct buffer *buffer)
{
	return buffer->data == NULL ? "" : buffer->data;
}

void
buffer_clear(struct buffer *buffer)
{
	buffer->length = 0;
	if (buffer->data != NULL)
		buffer->data[0] = '\0';
}

void
buffer_free(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer){ 0 };
}

void
buffer_wipe(struct buffer *buffer)
{
	if (buffer->data != NULL)
		explicit_bzero(buffer->data, buffer->capacity);
	buffer_free(buffer);
}

int
buffer_read_file(struct buffer *buffer, const char *path, size_t most, struct error *error)
{
	char chunk[8192];
	size_t got, before = buffer->length;
	int result = 0;
	FILE *file = fopen(path, "rb");

	if (file == NULL)
		return error_set(error, ERROR_INPUT, "%s: %s", path, strerror(errno));
	while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0) {
		buffer_add(buffer, chunk, got);
		if (buffer->length - before > most) {
			result = error_set(error, ERROR_INPUT,
			    "%s: larger than %zu bytes", path, most);
			break;
		}
	}
	if (result == 0 && ferror(file))
		result = error_set(error, ERROR_INPUT, "%s: %s", path, strerror(errno));
	(void)fclose(file);
	return result;
}

enum answer
buffer_read_secret(struct buffer *buffer, const char *path, size_t most, struct error *error)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	enum answer answer = FAILED;
	struct stat found;
	ssize_t got;

	if (file == -1 && errno == ENOENT)
		return ABSENT;
	if (file == -1 || fstat(file, &found) == -1) {
		(void)error_set(error, ERROR_INPUT, "%s: %s", path, strerror(errno));
		goto err;
	}
	if ((found.st_mode & 07) != 0) {
		(void)error_set(error, ERROR_INPUT,
		    "%s: every user of this machine may open it; run chmod o-rwx", path);
		goto err;
	}
	buffer_reserve(buffer, most + 1);
	while ((got = read(file, buffer->data + buffer->length, most + 1 - buffer->length)) > 0)
		buffer->length += (size_t)got;
	if (got == -1)
		(void)error_set(error, ERROR_INPUT, "%s: %s", path, strerror(errno));
	else if (buffer->length > most)
		(void)error_set(error, ERROR_INPUT, "%s: larger than %zu bytes", path, most);
	else
		answer = FOUND;
	buffer->data[buffer->length > most ? 0 : buffer->length] = '\0';
err:
	if (file != -1)
		(void)close(file);
	return answer;
}

void
base64_encode(struct buffer *out, const void *bytes, size_t length)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < length; i += 3) {
		size_t left = length - i;
		unsigned group = (unsigned)byte[i] << 16 |
		    (left > 1 ? (unsigned)byte[i + 1] << 8 : 0) |
		    (left > 2 ? byte[i + 2] : 0);
		char four[4] = {
			digits[group >> 18], digits[group >> 12 & 63],
			digits[left > 1 ? group >> 6 & 63 : 64], digits[left > 2 ? group & 63 : 64]
		};

		buffer_add(out, four, sizeof(four));
	}
}

/* Accepts the shortest form only, no surrogates, nothing above U+10FFFF (RFC 3629). */
size_t
utf8_sequence(const char *text, size_t left, uint32_t *code_point)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *byte = (const unsigned char *)text;
	uint32_t point;
	size_t length;

	if (left == 0)
		return 0;
	if (byte[0] < 0x80) {
		*code_point = byte[0];
		return 1;
	}
	length = byte[0] >= 0xf0 ? 4 : byte[0] >= 0xe0 ? 3 : 2;
	if (byte[0] < 0xc2 || byte[0] > 0xf4 || left < length)
		return 0;
	point = byte[0] & (0x7fU >> length);
	for (size_t i = 1; i < length; i++) {
		if ((byte[i] & 0xc0) != 0x80)
			return 0;
		point = point << 6 | (byte[i] & 0x3f);
	}
	if (point < least[length] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
		return 0;
	*code_point = point;
	return length;
}

bool
utf8_valid(const char *text, size_t length)
{
	uint32_t code_point;

	for (size_t i = 0, step; i < length; i += step) {
		step = utf8_sequence(text + i, length - i, &code_point);
		if (step == 0)
			return false;
	}
	return true;
}

size_t
utf8_count(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

static size_t
name_length(const char *s)
{
	size_t n = 0;

	if (*s < 'a' || *s > 'z')
		return 0;
	while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= '0' && s[n] <= '9') ||
	    s[n] == '_')
		n++;
	return n;
}

const char *
placeholder_find(const char *message, const char **name, size_t *length)
{
	const char *brace = message;

	while ((brace = strchr(brace, '{')) != NULL) {
		*name = brace + 1;
		*length = name_length(*name);
		if (*length > 0 && (*name)[*length] == '}')
			return brace;
		brace++;
	}
	return NULL;
}
