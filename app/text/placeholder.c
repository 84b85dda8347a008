/* Finds {placeholders} in messages and fills them. */
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

struct text_values {
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
		if (argument->value != NULL)
			buffer_text(out, argument->value);
		return true;
	}
	return false;
}

void
text_fill(struct buffer *out, const char *message,
    const struct text_argument *arguments, size_t count)
{
	static const struct text_filler filler = { .plain = add_plain, .value = add_value };

	text_fill_with(out, message, &filler,
	    &(const struct text_values){ .arguments = arguments, .count = count });
}
