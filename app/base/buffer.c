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
	/* realloc would leave what a person wrote where it stood. */
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
		(void)error_set(error, ERROR_INPUT, "%s: everybody may read it; chmod o-rwx it",
		    path);
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
