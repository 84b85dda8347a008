#include <string.h>

#include "tools/template.h"

/* C17 promises compilers that take 4095 bytes in one string literal. */
#define LITERAL_MAX	4000

void
quote(struct buffer *code, const char *bytes, size_t length)
{
	buffer_text(code, "\"");
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c == '\n')
			buffer_text(code, "\\n");
		else if (c < 0x20 || c == 0x7f)
			buffer_format(code, "\\%03o", c);
		else if (c == '?' && i > 0 && bytes[i - 1] == '?')
			buffer_text(code, "\\?");	/* no trigraphs */
		else
			buffer_format(code, c == '"' || c == '\\' ? "\\%c" :
			    "%c", c);
	}
	buffer_text(code, "\"");
}

/* At most LITERAL_MAX bytes, not ending within a UTF-8 sequence. */
static size_t
chunk_length(const char *bytes, size_t left)
{
	size_t length = left;

	if (left > LITERAL_MAX) {
		length = LITERAL_MAX;
		while (((unsigned char)bytes[length] & 0xc0) == 0x80)
			length--;
	}
	return length;
}

static void
indent(struct template *template)
{
	for (size_t i = 0; i <= template->depth; i++)
		buffer_text(&template->code, "\t");
}

void
literal_flush(struct template *template)
{
	const char *bytes = template->literal.data;
	size_t left = template->literal.length, length;

	for (; left > 0; left -= length, bytes += length) {
		length = chunk_length(bytes, left);
		indent(template);
		buffer_text(&template->code, "buffer_add(out, ");
		quote(&template->code, bytes, length);
		buffer_format(&template->code, ", %zu);\n", length);
	}
	buffer_clear(&template->literal);
}

void
code_line(struct template *template)
{
	literal_flush(template);
	buffer_format(&template->code, "#line %d ", template->tag_line);
	quote(&template->code, template->path, strlen(template->path));
	buffer_text(&template->code, "\n");
	indent(template);
}

/* Of blanks in text one is kept, a line's end when there was any. */
static void
text_blank(struct template *template, char c)
{
	struct buffer *literal = &template->literal;

	if (!template->after_blank)
		buffer_add(literal, c == '\n' ? "\n" : " ", 1);
	else if (c == '\n' && literal->length > 0 &&
	    literal->data[literal->length - 1] == ' ')
		literal->data[literal->length - 1] = '\n';
	template->after_blank = true;
}

/* HTML drops a line's end right after these tags; one that is data must not be the first. */
static bool
drops_first_line_end(const struct html *before, const struct html *after)
{
	return (after->state == HTML_RAW && before->state != HTML_RAW &&
	    strcmp(after->tag, "textarea") == 0) ||
	    (after->preserve && !before->preserve);
}

void
literal_byte(struct template *template, char c)
{
	struct html before = template->html;
	const char *fault = html_step(&template->html, c);
	bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';

	template->tag_line = template->line;
	if (fault != NULL)
		template_fail(template, "%s", fault);
	if (blank && html_blanks_shrink(&before)) {
		text_blank(template, c);
		return;
	}
	template->after_blank = false;
	if (blank && before.state == HTML_TAG)
		return;
	if (blank && template->html.state == HTML_TAG)
		c = ' ';
	buffer_add(&template->literal, &c, 1);
	if (drops_first_line_end(&before, &template->html) &&
	    *template->at != '\n')
		buffer_text(&template->literal, "\n");
}
