/* Finds and fills {placeholders}; keeps numbers in order in languages written from the right. */
#include <string.h>

#include "base/base.h"
#include "text/text.h"

bool
text_has_placeholder(const char *message, const char *name, size_t length)
{
	const char *found;
	size_t found_length;

	for (; (message = placeholder_find(message, &found, &found_length)) != NULL; message++)
		if (found_length == length && strncmp(found, name, length) == 0)
			return true;
	return false;
}

void
text_fill_with(struct buffer *out, const char *message, const struct text_filler *filler,
    const void *values)
{
	const char *brace, *name;
	size_t length;

	while ((brace = placeholder_find(message, &name, &length)) != NULL) {
		filler->plain(out, message, (size_t)(brace - message));
		if (!filler->value(out, values, name, length))
			buffer_add(out, brace, length + 2);
		message = name + length + 1;
	}
	filler->plain(out, message, strlen(message));
}

#define LEFT_TO_RIGHT_MARK	"\xE2\x80\x8E"

static bool
is_digit(const char *at, const char *end)
{
	return at < end && *at >= '0' && *at <= '9';
}

/* How many bytes stand between two digits of one number: one sign, or a dash of two or three bytes. */
static size_t
separator_length(const char *at, const char *end)
{
	static const char *const separators[] = { " ", "-", ".", "/", "–", "\xC2\xA0" };

	for (size_t i = 0; i < COUNT_OF(separators); i++) {
		size_t length = strlen(separators[i]);

		if ((size_t)(end - at) > length && memcmp(at, separators[i], length) == 0)
			return length;
	}
	return 0;
}

/* The end of the number at `at`, and whether it has several parts. */
static const char *
number_end(const char *at, const char *end, bool *parts)
{
	size_t separator;

	*parts = *at == '+';
	at += *at == '+';
	for (;;) {
		while (is_digit(at, end))
			at++;
		separator = separator_length(at, end);
		if (separator == 0 || !is_digit(at + separator, end))
			return at;
		*parts = true;
		at += separator;
	}
}

static bool
ends_with_mark(const struct buffer *out)
{
	const size_t length = strlen(LEFT_TO_RIGHT_MARK);

	return out->length >= length &&
	    memcmp(out->data + out->length - length, LEFT_TO_RIGHT_MARK, length) == 0;
}

bool
text_from_right(const char *text)
{
	uint32_t point;

	for (size_t at = 0, step, length = strlen(text); at < length; at += step) {
		step = utf8_sequence(text + at, length - at, &point);
		if (step == 0)
			return false;
		/* Hebrew, Arabic and their neighbours, and their presentation forms. */
		if ((point >= 0x590 && point <= 0x8ff) || (point >= 0xfb1d && point <= 0xfdff) ||
		    (point >= 0xfe70 && point <= 0xfefc))
			return true;
	}
	return false;
}

void
text_numbers(struct buffer *out, const char *bytes, size_t length)
{
	const char *end = bytes + length, *at = bytes, *after;
	bool parts;

	while (at < end) {
		if (!is_digit(at, end) && (*at != '+' || !is_digit(at + 1, end))) {
			buffer_add(out, at++, 1);
			continue;
		}
		after = number_end(at, end, &parts);
		if (parts && !ends_with_mark(out))
			buffer_text(out, LEFT_TO_RIGHT_MARK);
		buffer_add(out, at, (size_t)(after - at));
		at = after;
	}
}

struct text_values {
	bool from_right;
	const struct text_argument *arguments;
	size_t count;
};

static void
add_plain(struct buffer *out, const char *bytes, size_t length)
{
	buffer_add(out, bytes, length);
}

static bool
add_value(struct buffer *out, const void *values, const char *name, size_t length)
{
	const struct text_values *from = values;

	for (size_t i = 0; i < from->count; i++) {
		const struct text_argument *argument = &from->arguments[i];

		if (strncmp(argument->name, name, length) != 0 ||
		    argument->name[length] != '\0')
			continue;
		if (argument->value != NULL && from->from_right)
			text_numbers(out, argument->value, strlen(argument->value));
		else if (argument->value != NULL)
			buffer_text(out, argument->value);
		return true;
	}
	return false;
}

void
text_fill(struct buffer *out, const struct language *language, const char *message,
    const struct text_argument *arguments, size_t count)
{
	static const struct text_filler filler = { .plain = add_plain, .value = add_value };

	text_fill_with(out, message, &filler,
	    &(const struct text_values){ .from_right = strcmp(language->dir, "rtl") == 0,
		.arguments = arguments, .count = count });
}
