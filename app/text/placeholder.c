#include <string.h>

#include "base/base.h"
#include "text/text.h"

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
text_placeholder(const char *message, const char **name, size_t *length)
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

static const struct text_argument *
argument_named(const struct text_argument *arguments, size_t count,
    const char *name, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(arguments[i].name, name, length) == 0 &&
		    arguments[i].name[length] == '\0')
			return &arguments[i];
	return NULL;
}

void
text_fill(struct buffer *out, const char *message,
    const struct text_argument *arguments, size_t count)
{
	const struct text_argument *argument;
	const char *brace, *name;
	size_t length;

	while ((brace = text_placeholder(message, &name, &length)) != NULL) {
		buffer_add(out, message, (size_t)(brace - message));
		argument = argument_named(arguments, count, name, length);
		if (argument == NULL)
			buffer_add(out, brace, length + 2);
		else if (argument->value != NULL)
			buffer_text(out, argument->value);
		message = name + length + 1;
	}
	buffer_text(out, message);
}
