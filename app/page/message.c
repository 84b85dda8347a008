#include <string.h>

#include "page/page.h"

struct page_argument
argument_text(const char *name, bool isolated, const char *value)
{
	return (struct page_argument){ .name = name, .text = value,
	    .isolated = isolated };
}

struct page_argument
argument_signed(const char *name, bool isolated, int64_t value)
{
	return (struct page_argument){ .name = name, .number = value,
	    .is_number = true, .isolated = isolated };
}

struct page_argument
argument_unsigned(const char *name, bool isolated, uint64_t value)
{
	return argument_signed(name, isolated,
	    value > INT64_MAX ? INT64_MAX : (int64_t)value);
}

static void
put_argument(struct buffer *out, const struct page_argument *argument)
{
	if (argument->isolated)
		buffer_text(out, "<bdi>");
	if (argument->is_number)
		write_signed(out, argument->number);
	else
		escape_text(out, argument->text);
	if (argument->isolated)
		buffer_text(out, "</bdi>");
}

static const struct page_argument *
argument_named(const struct page_argument *arguments, size_t count,
    const char *name, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(arguments[i].name, name, length) == 0 &&
		    arguments[i].name[length] == '\0')
			return &arguments[i];
	return NULL;
}

void
put_message(struct buffer *out, const char *message,
    const struct page_argument *arguments, size_t count)
{
	const struct page_argument *argument;
	const char *brace, *name;
	size_t length;

	while ((brace = text_placeholder(message, &name, &length)) != NULL) {
		escape_bytes(out, message, (size_t)(brace - message));
		argument = argument_named(arguments, count, name, length);
		if (argument == NULL)
			buffer_add(out, brace, length + 2);
		else
			put_argument(out, argument);
		message = name + length + 1;
	}
	escape_text(out, message);
}

bool
truth_text(const char *value)
{
	return value != NULL && *value != '\0';
}

bool
truth_signed(int64_t value)
{
	return value != 0;
}

bool
truth_unsigned(uint64_t value)
{
	return value != 0;
}

bool
same_text(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}
