/* Compiles templates to C: the program, and literal text. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "tools/template.h"

/* Every C17 compiler accepts 4095 bytes in a string literal. */
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
			buffer_text(code, "\\?");	/* avoids trigraphs */
		else
			buffer_format(code, c == '"' || c == '\\' ? "\\%c" :
			    "%c", c);
	}
	buffer_text(code, "\"");
}

/* The length of the next piece: at most LITERAL_MAX bytes, no UTF-8 sequence split. */
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

/* Blanks in text become one: a line end if one of them is, else a space. */
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

/* Whether HTML ignores a line end here, right after <textarea> or <pre>. */
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
	if (c == '>' && template->html.closing && strcmp(template->html.tag, "form") == 0)
		token_check(template);
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

/*
 * template OUT.c OUT.h IN.html...
 *
 * Writes a C file with a function for each template, and a header that declares them. A
 * template may include a template that another call compiles. After a fault no file is
 * written and the exit status is 1.
 */
#define SOURCE_MAX	((size_t)1024 * 1024)

void
template_fail(const struct template *template, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: ", template->path, template->tag_line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* Takes the name from the path: "assets/page/public/form.html" gives "form". */
static void
name_from_path(struct template *template)
{
	const char *base = base_name(template->path);
	size_t length = strspn(base, "abcdefghijklmnopqrstuvwxyz0123456789_");

	if (length == 0 || length > NAME_MAX_LENGTH ||
	    strcmp(base + length, ".html") != 0)
		template_fail(template, "a template is called NAME.html, NAME "
		    "being at most %d of a-z, 0-9 and _", NAME_MAX_LENGTH);
	memcpy(template->name, base, length);
}

/* Refuses two templates of the same name, in two folders. */
static void
name_check(const struct template *template, char *const paths[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(base_name(paths[i]), base_name(template->path)) == 0)
			template_fail(template, "%s is called %s too; every "
			    "template has a name of its own", paths[i],
			    template->name);
}

void
declare(struct buffer *code, const char *name)
{
	buffer_format(code, "struct %s_view;\nvoid\tpage_%s(struct buffer *out, "
	    "const struct language *lang,\n\t    const struct %s_view *v);\n",
	    name, name, name);
}

static void
source_read(const struct template *template, struct buffer *source)
{
	struct error error;

	buffer_text(source, "");
	if (buffer_read_file(source, template->path, SOURCE_MAX, &error) != 0)
		template_fail(template, "%s", error.text);
	if (strlen(source->data) != source->length)
		template_fail(template, "holds a NUL byte");
}

/* Compiles the template at paths[at]; the earlier ones are compiled already. */
static void
template_compile(char *const paths[], size_t at, struct buffer *code,
    struct buffer *header)
{
	struct template template = { .path = paths[at], .tag_line = 1 };
	struct buffer source = {0};

	name_from_path(&template);
	name_check(&template, paths, at);
	source_read(&template, &source);
	template.source = source.data;
	template_scan(&template);
	declare(header, template.name);
	buffer_format(code, "\n%s\nvoid\npage_%s(struct buffer *out, "
	    "const struct language *lang,\n    const struct %s_view *v)\n{\n"
	    "\t(void)lang;\n\t(void)v;\n%s}\n",
	    buffer_string(&template.declarations), template.name, template.name,
	    buffer_string(&template.code));
	buffer_free(&source);
	buffer_free(&template.literal);
	buffer_free(&template.string);
	buffer_free(&template.code);
	buffer_free(&template.declarations);
}

static int
write_file(const char *path, const struct buffer *text)
{
	FILE *file = fopen(path, "w");
	int result = -1;

	if (file != NULL) {
		result = fwrite(text->data, 1, text->length, file) ==
		    text->length ? 0 : -1;
		if (fclose(file) != 0)
			result = -1;
	}
	if (result != 0)
		perror(path);
	return result;
}

int
main(int argc, char **argv)
{
	struct buffer code = {0}, header = {0};
	int result;

	if (argc < 4) {
		fputs("usage: template OUT.c OUT.h IN.html...\n", stderr);
		return 2;
	}
	buffer_format(&code, "/* Made by app/tools/template.c. */\n"
	    "#include \"render/render.h\"\n#include \"render/views.h\"\n"
	    "#include \"%s\"\n\n#define _(message) text(lang, message)\n"
	    "#define _n(one, many, n) text_plural(lang, one, many, n)\n",
	    base_name(argv[2]));
	buffer_text(&header, "/* Made by app/tools/template.c. */\n#pragma once\n"
	    "#include \"render/render.h\"\n#include \"text/text.h\"\n\n");
	for (size_t i = 0; i < (size_t)argc - 3; i++)
		template_compile(argv + 3, i, &code, &header);
	result = write_file(argv[1], &code);
	if (write_file(argv[2], &header) != 0)
		result = -1;
	buffer_free(&code);
	buffer_free(&header);
	return result == 0 ? 0 : 1;
}
