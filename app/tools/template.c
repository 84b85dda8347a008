/*
 * template OUT.c OUT.h IN.html...
 *
 * Writes one C file with a function for each template and a header that
 * declares them. What a template includes may be among them or in another
 * call's files. On a fault nothing is written and the exit status is 1.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/template.h"

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

/* "assets/page/form.html" is form, which becomes part of a C name. */
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

static void
template_compile(const char *path, struct buffer *code, struct buffer *header)
{
	struct template template = { .path = path, .tag_line = 1 };
	struct buffer source = {0};

	name_from_path(&template);
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
	    "#include \"page/page.h\"\n#include \"page/view.h\"\n"
	    "#include \"%s\"\n\n#define _(message) text(lang, message)\n"
	    "#define _n(one, many, n) text_plural(lang, one, many, n)\n",
	    base_name(argv[2]));
	buffer_text(&header, "/* Made by app/tools/template.c. */\n#pragma once\n"
	    "#include \"page/page.h\"\n\n");
	for (int i = 3; i < argc; i++)
		template_compile(argv[i], &code, &header);
	result = write_file(argv[1], &code);
	if (write_file(argv[2], &header) != 0)
		result = -1;
	buffer_free(&code);
	buffer_free(&header);
	return result == 0 ? 0 : 1;
}
