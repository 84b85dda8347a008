/* The functions that compiled templates call: escaping by context, and messages with values. */
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "render/render.h"
#include "text/text.h"

static const char *
entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return "&#39;";
	}
}

void
escape_bytes(struct buffer *out, const char *value, size_t length)
{
	const char *end = value + length, *plain = value;

	for (; value < end; value++) {
		if (*value != '&' && *value != '<' && *value != '>' && *value != '"' &&
		    *value != '\'')
			continue;
		buffer_add(out, plain, (size_t)(value - plain));
		buffer_text(out, entity(*value));
		plain = value + 1;
	}
	buffer_add(out, plain, (size_t)(end - plain));
}

void
escape_text(struct buffer *out, const char *value)
{
	if (value != NULL)
		escape_bytes(out, value, strlen(value));
}

static bool
scheme_allowed(const char *value, size_t length)
{
	static const char *const schemes[] = {
		"http", "https", "tel", "mailto", "sms", "otpauth"
	};

	for (size_t i = 0; i < COUNT_OF(schemes); i++)
		if (strlen(schemes[i]) == length &&
		    strncasecmp(schemes[i], value, length) == 0)
			return true;
	return strncasecmp(value, "data:image/", 11) == 0;
}

/* A browser ignores tabs and line ends inside a scheme, so an address with one is refused. */
static bool
has_control(const char *value)
{
	for (; *value != '\0'; value++)
		if ((unsigned char)*value < 0x20 || *value == 0x7f)
			return true;
	return false;
}

void
escape_url(struct buffer *out, const char *value)
{
	size_t length;

	if (value == NULL)
		return;
	length = strcspn(value, ":/?#");
	if (has_control(value) ||
	    (value[length] == ':' && !scheme_allowed(value, length)))
		buffer_text(out, "#");
	else
		escape_text(out, value);
}

static void
percent_encode(struct buffer *out, const char *value, const char *also)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned char c;

	for (; value != NULL && (c = (unsigned char)*value) != '\0'; value++) {
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || strchr(also, c) != NULL)
			buffer_add(out, value, 1);
		else
			buffer_add(out, (const char[]){ '%', digits[c >> 4],
			    digits[c & 15] }, 3);
	}
}

/* + and @ belong to telephone numbers and mail addresses. */
void
escape_path(struct buffer *out, const char *value)
{
	percent_encode(out, value, "-._~+@");
}

void
escape_query(struct buffer *out, const char *value)
{
	percent_encode(out, value, "-._~");
}

void
escape_colour(struct buffer *out, const char *value)
{
	size_t digits;

	if (value == NULL)
		return;
	if (*value != '#') {
		if (value[strspn(value, "0123456789")] == '\0')
			buffer_text(out, value);
		return;
	}
	digits = strspn(value + 1, "0123456789abcdefABCDEF");
	if ((digits == 3 || digits == 6) && value[1 + digits] == '\0')
		buffer_text(out, value);
}

void
escape_card(struct buffer *out, const char *words)
{
	for (; *words != '\0'; words++) {
		if (*words == '\r')
			continue;
		if (strchr("\\;,\n", *words) != NULL)
			buffer_add(out, "\\", 1);
		buffer_add(out, *words == '\n' ? "n" : words, 1);
	}
}

void
write_signed(struct buffer *out, int64_t value)
{
	buffer_format(out, "%lld", (long long)value);
}

void
write_unsigned(struct buffer *out, uint64_t value)
{
	buffer_format(out, "%llu", (unsigned long long)value);
}

struct page_argument
argument_text(const char *name, enum isolation isolated, const char *value)
{
	return (struct page_argument){ .name = name, .text = value,
	    .isolated = isolated };
}

struct page_argument
argument_signed(const char *name, enum isolation isolated, int64_t value)
{
	return (struct page_argument){ .name = name, .number = value,
	    .is_number = true, .isolated = isolated };
}

struct page_argument
argument_unsigned(const char *name, enum isolation isolated, uint64_t value)
{
	return argument_signed(name, isolated,
	    value > INT64_MAX ? INT64_MAX : (int64_t)value);
}

static void
put_argument(struct buffer *out, const struct page_argument *argument)
{
	if (argument->isolated != IN_LINE)
		buffer_text(out, argument->isolated == IN_BDI ? "<bdi>" : "<bdi lang=\"sv\">");
	if (argument->is_number)
		write_signed(out, argument->number);
	else
		escape_text(out, argument->text);
	if (argument->isolated != IN_LINE)
		buffer_text(out, "</bdi>");
}

struct page_values {
	const struct page_argument *arguments;
	size_t count;
};

static bool
put_value(struct buffer *out, const void *values, const char *name, size_t length)
{
	const struct page_values *from = values;

	for (size_t i = 0; i < from->count; i++) {
		if (strncmp(from->arguments[i].name, name, length) == 0 &&
		    from->arguments[i].name[length] == '\0') {
			put_argument(out, &from->arguments[i]);
			return true;
		}
	}
	return false;
}

void
put_message(struct buffer *out, const char *message,
    const struct page_argument *arguments, size_t count)
{
	static const struct text_filler filler = { .plain = escape_bytes, .value = put_value };

	text_fill_with(out, message, &filler,
	    &(const struct page_values){ .arguments = arguments, .count = count });
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
