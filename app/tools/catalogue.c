/*
 * catalogue [--allow-missing] OUT.c IN.po...
 *
 * Writes the tables that text/text.h declares. Swedish, the source, stands
 * first and has no file; the others follow in the order given. A message that
 * is fuzzy or not translated is a fault, or with --allow-missing stays
 * Swedish.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/catalogue.h"

void
catalogue_fail(const struct catalogue *catalogue, int line,
    const char *format, ...)
{
	va_list args;

	if (line > 0)
		fprintf(stderr, "%s:%d: ", catalogue->path, line);
	else
		fprintf(stderr, "%s: ", catalogue->path);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

/* "assets/text/sr_Latn.po" is sr-Latn. */
static void
tag_from_path(struct catalogue *catalogue)
{
	const char *slash = strrchr(catalogue->path, '/');
	const char *base = slash == NULL ? catalogue->path : slash + 1;
	size_t length = strcspn(base, ".");

	if (length == 0 || length > TAG_MAX || strcmp(base + length, ".po") != 0)
		catalogue_fail(catalogue, 0, "a catalogue is called LANGUAGE.po");
	for (size_t i = 0; i < length; i++) {
		if (!isalnum((unsigned char)base[i]) &&
		    strchr("-_", base[i]) == NULL)
			catalogue_fail(catalogue, 0, "not a language's tag");
		catalogue->tag[i] = base[i] == '_' ? '-' : base[i];
	}
	if (strcmp(catalogue->tag, "sv") == 0)
		catalogue_fail(catalogue, 0, "Swedish is the source and has no "
		    "catalogue; correct the text itself");
}

static void
source_language_emit(struct buffer *code)
{
	char name[] = "Svenska";
	struct catalogue swedish = { .tag = "sv", .name = name };

	buffer_text(&swedish.plural, "n != 1");
	catalogue_emit(code, &swedish, "language_0");
	buffer_free(&swedish.plural);
}

static void
language_emit(struct buffer *code, const char *path, bool allow_missing,
    int number)
{
	struct catalogue catalogue = { .path = path,
	    .allow_missing = allow_missing };
	struct buffer prefix = {0};

	tag_from_path(&catalogue);
	catalogue_read(&catalogue);
	buffer_format(&prefix, "language_%d", number);
	catalogue_emit(code, &catalogue, prefix.data);
	po_file_free(catalogue.file);
	free(catalogue.entries);
	free(catalogue.name);
	buffer_free(&catalogue.plural);
	buffer_free(&prefix);
}

static int
write_file(const char *path, const struct buffer *text)
{
	FILE *file = fopen(path, "w");
	bool written;

	if (file == NULL) {
		perror(path);
		return 1;
	}
	written = fwrite(text->data, 1, text->length, file) == text->length;
	if (fclose(file) != 0 || !written) {
		perror(path);
		return 1;
	}
	return 0;
}

int
main(int argc, char **argv)
{
	bool allow_missing = argc > 1 &&
	    strcmp(argv[1], "--allow-missing") == 0;
	int first = allow_missing ? 2 : 1, count = 0, result;
	struct buffer code = {0};

	if (argc <= first) {
		fputs("usage: catalogue [--allow-missing] OUT.c IN.po...\n",
		    stderr);
		return 2;
	}
	buffer_text(&code, "/* Made by app/tools/catalogue.c. */\n"
	    "#include \"text/text.h\"\n\n");
	source_language_emit(&code);
	for (int i = first + 1; i < argc; i++)
		language_emit(&code, argv[i], allow_missing, ++count);
	buffer_text(&code, "const struct language *const text_languages[] = {\n");
	for (int i = 0; i <= count; i++)
		buffer_format(&code, "\t&language_%d,\n", i);
	buffer_format(&code, "};\nconst size_t text_languages_count = %d;\n",
	    count + 1);
	result = write_file(argv[first], &code);
	buffer_free(&code);
	return result;
}
