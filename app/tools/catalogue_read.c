/* Reads a catalogue with libgettextpo. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "tools/catalogue.h"

#define SOURCE_MAX	((size_t)8 * 1024 * 1024)

static void
report(int severity, po_message_t message, const char *path, size_t line,
    size_t column, int multiline, const char *text)
{
	(void)message;
	(void)column;
	(void)multiline;
	if (path != NULL && line != SIZE_MAX)
		fprintf(stderr, "%s:%zu: ", path, line);
	fprintf(stderr, "%s\n", text);
	if (severity != PO_SEVERITY_WARNING)
		exit(1);
}

static void
report_two(int severity, po_message_t message, const char *path, size_t line,
    size_t column, int multiline, const char *text, po_message_t message2,
    const char *path2, size_t line2, size_t column2, int multiline2,
    const char *text2)
{
	(void)message2;
	(void)path2;
	(void)column2;
	(void)multiline2;
	fprintf(stderr, "%s:%zu: %s\n", path, line2, text2);
	report(severity, message, path, line, column, multiline, text);
}

/*
 * The line of the next message. libgettextpo does not tell it, but gives messages in the
 * order of the file, and each begins with a line "msgid"; *at moves from one to the next.
 */
static int
next_line(const char **at, int *line)
{
	for (;;) {
		bool found = strncmp(*at, "msgid ", 6) == 0 ||
		    strncmp(*at, "msgid\t", 6) == 0;
		int here = *line;

		*at += strcspn(*at, "\n");
		if (**at == '\0')
			return found ? here : 0;
		(*at)++;
		(*line)++;
		if (found)
			return here;
	}
}

/* Checks that the header names the file's language and UTF-8. */
static void
header_check(const struct catalogue *catalogue, const char *header)
{
	char *language = po_header_field(header, "Language");
	char *type = po_header_field(header, "Content-Type");

	for (char *s = language; s != NULL && *s != '\0'; s++)
		*s = *s == '_' ? '-' : *s;
	if (language == NULL || strcmp(language, catalogue->tag) != 0)
		catalogue_fail(catalogue, 1, "the header's Language is not %s, "
		    "as the file's name says", catalogue->tag);
	if (type == NULL || strcasestr(type, "charset=UTF-8") == NULL)
		catalogue_fail(catalogue, 1, "the header's Content-Type is not "
		    "text/plain; charset=UTF-8");
	free(language);
	free(type);
}

static void
header_read(struct catalogue *catalogue)
{
	/* The caller frees this copy, although libgettextpo declares it const. */
	char *header = (char *)po_file_domain_header(catalogue->file, NULL);
	char *plural;

	if (header == NULL)
		catalogue_fail(catalogue, 1, "no header; begin with msgid \"\"");
	header_check(catalogue, header);
	catalogue->name = po_header_field(header, "X-Language-Name");
	if (catalogue->name == NULL || *catalogue->name == '\0')
		catalogue_fail(catalogue, 1, "the header lacks X-Language-Name, "
		    "the language's own name of itself");
	plural = po_header_field(header, "Plural-Forms");
	if (plural == NULL || plural_compile(plural, &catalogue->forms_count,
	    &catalogue->plural) != 0)
		catalogue_fail(catalogue, 1, "the header's Plural-Forms is not a "
		    "rule; write nplurals=2; plural=(n != 1); or alike");
	free(plural);
	free(header);
}

static void
forms_read(const struct catalogue *catalogue, struct entry *entry,
    po_message_t message)
{
	if (entry->msgid_plural == NULL) {
		entry->forms[0] = po_message_msgstr(message);
		entry->forms_count = 1;
		return;
	}
	entry->forms_count = catalogue->forms_count;
	for (size_t i = 0; i < entry->forms_count; i++) {
		entry->forms[i] = po_message_msgstr_plural(message, (int)i);
		if (entry->forms[i] == NULL)
			catalogue_fail(catalogue, entry->line, "msgstr[%zu] is "
			    "missing; this language has %zu forms", i,
			    catalogue->forms_count);
	}
	if (po_message_msgstr_plural(message, (int)entry->forms_count) != NULL)
		catalogue_fail(catalogue, entry->line, "more than %zu forms",
		    catalogue->forms_count);
}

static bool
is_translated(const struct entry *entry)
{
	for (size_t i = 0; i < entry->forms_count; i++)
		if (*entry->forms[i] == '\0')
			return false;
	return true;
}

/* Checks a message. False when it shall stay Swedish. */
static bool
entry_read(const struct catalogue *catalogue, struct entry *entry,
    po_message_t message)
{
	entry->msgid = po_message_msgid(message);
	entry->msgid_plural = po_message_msgid_plural(message);
	if (po_message_msgctxt(message) != NULL)
		catalogue_fail(catalogue, entry->line, "msgctxt is not used here; "
		    "word the source texts differently");
	if (po_message_is_fuzzy(message) && !catalogue->allow_missing)
		catalogue_fail(catalogue, entry->line, "fuzzy; check the "
		    "translation and remove the mark");
	forms_read(catalogue, entry, message);
	if (po_message_is_fuzzy(message))
		return false;
	if (!is_translated(entry) && !catalogue->allow_missing)
		catalogue_fail(catalogue, entry->line, "not translated: \"%s\"",
		    entry->msgid);
	if (!is_translated(entry))
		return false;
	entry_check(catalogue, entry);
	return true;
}

static void
entries_read(struct catalogue *catalogue, const char *source)
{
	po_message_iterator_t iterator =
	    po_message_iterator(catalogue->file, NULL);
	po_message_t message;
	int line = 1;

	while ((message = po_next_message(iterator)) != NULL) {
		struct entry entry = {0};

		if (po_message_is_obsolete(message))
			continue;
		entry.line = next_line(&source, &line);
		if (*po_message_msgid(message) == '\0' ||
		    !entry_read(catalogue, &entry, message))
			continue;
		catalogue->entries = reallocarray(catalogue->entries,
		    catalogue->entries_count + 1, sizeof(entry));
		if (catalogue->entries == NULL)
			abort();
		catalogue->entries[catalogue->entries_count++] = entry;
	}
	po_message_iterator_free(iterator);
}

static int
compare_entries(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->msgid,
	    ((const struct entry *)b)->msgid);
}

void
catalogue_read(struct catalogue *catalogue)
{
	static const struct po_xerror_handler handler = {
		.xerror = report, .xerror2 = report_two
	};
	struct buffer source = {0};
	struct error error;

	if (buffer_read_file(&source, catalogue->path, SOURCE_MAX, &error) != 0)
		catalogue_fail(catalogue, 0, "%s", error.text);
	catalogue->file = po_file_read(catalogue->path, &handler);
	if (catalogue->file == NULL)
		catalogue_fail(catalogue, 0, "cannot be read");
	header_read(catalogue);
	entries_read(catalogue, buffer_string(&source));
	if (catalogue->entries_count > 0)
		qsort(catalogue->entries, catalogue->entries_count,
		    sizeof(struct entry), compare_entries);
	buffer_free(&source);
}
