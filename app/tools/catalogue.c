/* Compiles catalogues (.po) to C tables, and refuses translations with other placeholders. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "text/text.h"
#include "tools/catalogue.h"

/* Fails unless `other` has each placeholder of `text`; a plural form may lack {n}. */
static void
check_within(const struct catalogue *catalogue, const struct entry *entry,
    const char *text, const char *other, const char *fault)
{
	const char *name;
	size_t length;

	for (; (text = placeholder_find(text, &name, &length)) != NULL; text++) {
		if (entry->msgid_plural != NULL && length == 1 && *name == 'n')
			continue;
		if (!text_has_placeholder(other, name, length))
			catalogue_fail(catalogue, entry->line, "{%.*s} %s",
			    (int)length, name, fault);
	}
}

void
entry_check(const struct catalogue *catalogue, const struct entry *entry)
{
	const char *source = entry->msgid_plural != NULL ?
	    entry->msgid_plural : entry->msgid;

	for (size_t i = 0; i < entry->forms_count; i++) {
		check_within(catalogue, entry, source, entry->forms[i],
		    "is missing from the translation; add it");
		check_within(catalogue, entry, entry->forms[i], source,
		    "is not in the source text; remove it, or spell it as there");
	}
}

/* Writes a C string, without trigraphs and with escapes for special bytes. */
static void
quote(struct buffer *code, const char *text)
{
	buffer_text(code, "\"");
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == 0x7f || c == '"' || c == '\\' || c == '?')
			buffer_format(code, "\\%03o", c);
		else
			buffer_add(code, text, 1);
	}
	buffer_text(code, "\"");
}

/* Languages that are written from right to left, and such scripts of other languages. */
static bool
is_from_right(const char *tag)
{
	static const char *const languages[] = {
		"ar", "arc", "bal", "ckb", "dv", "fa", "glk", "he", "ks",
		"lrc", "mzn", "nqo", "pnb", "prs", "ps", "sd", "sdh", "syr",
		"ug", "ur", "yi"
	};
	size_t primary = strcspn(tag, "-");

	if (strcasestr(tag, "-Latn") != NULL || strcasestr(tag, "-Cyrl") != NULL)
		return false;
	if (strcasestr(tag, "-Arab") != NULL || strcasestr(tag, "-Hebr") != NULL)
		return true;
	for (size_t i = 0; i < COUNT_OF(languages); i++)
		if (strlen(languages[i]) == primary &&
		    strncasecmp(languages[i], tag, primary) == 0)
			return true;
	return false;
}

/* A translation as the program shows it. */
static void
translation_emit(struct buffer *code, const struct catalogue *catalogue, const char *form)
{
	struct buffer marked = { 0 };

	if (is_from_right(catalogue->tag))
		text_numbers(&marked, form, strlen(form));
	else
		buffer_text(&marked, form);
	quote(code, buffer_string(&marked));
	buffer_free(&marked);
}

static void
messages_emit(struct buffer *code, const struct catalogue *catalogue,
    const char *prefix)
{
	const struct entry *entries = catalogue->entries;

	for (size_t i = 0; i < catalogue->entries_count; i++) {
		buffer_format(code, "static const char *const %s_%zu[] = {",
		    prefix, i);
		for (size_t j = 0; j < entries[i].forms_count; j++) {
			buffer_text(code, "\n\t");
			translation_emit(code, catalogue, entries[i].forms[j]);
			buffer_text(code, ",");
		}
		buffer_text(code, "\n};\n");
	}
	buffer_format(code, "\nstatic const struct text_message %s_messages[] "
	    "= {\n", prefix);
	for (size_t i = 0; i < catalogue->entries_count; i++) {
		buffer_text(code, "\t{ ");
		quote(code, entries[i].msgid);
		buffer_format(code, ", %s_%zu, %zu },\n", prefix, i,
		    entries[i].forms_count);
	}
	buffer_text(code, "};\n\n");
}

void
catalogue_emit(struct buffer *code, const struct catalogue *catalogue,
    const char *prefix)
{
	if (catalogue->entries_count > 0)
		messages_emit(code, catalogue, prefix);
	buffer_format(code, "static unsigned\n%s_plural(int64_t n)\n{\n"
	    "\t(void)n;\n\treturn (unsigned)(%s);\n}\n\n", prefix,
	    catalogue->plural.data);
	buffer_format(code, "static const struct language %s = {\n\t.tag = ",
	    prefix);
	quote(code, catalogue->tag);
	buffer_text(code, ",\n\t.name = ");
	quote(code, catalogue->name);
	buffer_format(code, ",\n\t.dir = \"%s\",\n\t.plural = %s_plural,\n",
	    is_from_right(catalogue->tag) ? "rtl" : "ltr", prefix);
	if (catalogue->entries_count > 0)
		buffer_format(code, "\t.messages = %s_messages,\n"
		    "\t.messages_count = %zu,\n", prefix,
		    catalogue->entries_count);
	buffer_text(code, "};\n\n");
}

/*
 * catalogue [--allow-missing] OUT.c IN.po...
 *
 * Writes the tables that text/text.h declares. Swedish, the source language, stands first
 * and has no file; the others follow in the order of the command line. A message that is
 * fuzzy or not translated is a fault; with --allow-missing it stays Swedish.
 */
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

/* Takes the tag from the path: "assets/text/sr_Latn.po" gives "sr-Latn". */
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
