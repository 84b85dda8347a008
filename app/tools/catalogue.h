/*
 * The catalogue compiler, which makes the tables of app/text/ from .po files. Every fault
 * ends the program with file, line and remedy.
 */
#ifndef EGENREMISS_TOOLS_CATALOGUE_H
#define EGENREMISS_TOOLS_CATALOGUE_H

#include <gettext-po.h>

#include "base/base.h"

#define TAG_MAX		15
#define FORMS_MAX	6	/* Arabic has six; no language has more */

struct entry {
	const char *msgid, *msgid_plural;	/* msgid_plural is NULL without a plural */
	const char *forms[FORMS_MAX];
	size_t forms_count;
	int line;
};

/* Most strings belong to `file`, which lives as long as the struct. */
struct catalogue {
	const char *path;
	char tag[TAG_MAX + 1];		/* "ar" from ".../ar.po" */
	char *name;			/* owned */
	po_file_t file;
	size_t forms_count;		/* of each plural message */
	struct buffer plural;		/* the rule as C, over int64_t n */
	struct entry *entries;		/* by msgid, in strcmp order */
	size_t entries_count;
	bool allow_missing;
};

/* catalogue.c: reports a fault at the line (0: of the whole file), and exits. */
_Noreturn void catalogue_fail(const struct catalogue *catalogue, int line,
	    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* catalogue_read.c: fills *catalogue from the file at catalogue->path. */
void	catalogue_read(struct catalogue *catalogue);

/* catalogue.c: fails unless the translation has the placeholders of the source. */
void	entry_check(const struct catalogue *catalogue,
	    const struct entry *entry);

/*
 * catalogue_plural.c: reads a rule such as "nplurals=2; plural=(n != 1);" and appends it in
 * C, each operation in parentheses. 0, or -1 when the rule has anything but n, numbers and
 * operators, or could divide by zero.
 */
int	plural_compile(const char *header, size_t *forms_count,
	    struct buffer *code);

/* catalogue.c: appends the tables of one language as C. */
void	catalogue_emit(struct buffer *code, const struct catalogue *catalogue,
	    const char *prefix);

#endif
