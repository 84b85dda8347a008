#include <string.h>
#include <strings.h>

#include "tools/catalogue.h"

/* As a C string; no trigraphs, and no byte that C would read otherwise. */
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

/* Languages, and scripts within other languages, that are written from the right. */
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
			quote(code, entries[i].forms[j]);
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
