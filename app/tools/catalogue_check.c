#include <string.h>

#include "text/text.h"
#include "tools/catalogue.h"

static bool
has_placeholder(const char *text, const char *wanted, size_t wanted_length)
{
	const char *name;
	size_t length;

	for (; (text = text_placeholder(text, &name, &length)) != NULL; text++)
		if (wanted_length == length &&
		    strncmp(name, wanted, length) == 0)
			return true;
	return false;
}

/* Each placeholder of text is in other; {n} of a plural may be left to the words. */
static void
check_within(const struct catalogue *catalogue, const struct entry *entry,
    const char *text, const char *other, const char *fault)
{
	const char *name;
	size_t length;

	for (; (text = text_placeholder(text, &name, &length)) != NULL; text++) {
		if (entry->msgid_plural != NULL && length == 1 && *name == 'n')
			continue;
		if (!has_placeholder(other, name, length))
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
