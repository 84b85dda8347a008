/*
 * Who opened a code's page, as far as that is told without watching: the kind is
 * counted, and what it was taken from is forgotten at once.
 */
#ifndef EGENREMISS_RULES_CODES_H
#define EGENREMISS_RULES_CODES_H

#include "base/words.h"
#include "rules/rules.h"

/*
 * robots.c: whether a User-Agent (RFC 9110, 10.1.5) says that no person looks
 * at the page: a search engine's, a messenger that fetches a preview of what
 * somebody sent, a tool. A robot that calls itself a browser is taken for a
 * person, and so is who says nothing (NULL): figures are to tell which brochure
 * is read, not to keep anybody out.
 */
bool	agent_is_robot(const char *agent);

/*
 * What stands on printed brochures: which texts each kind has, and how many
 * characters of each fit at the size in which it is set, in any language. The
 * styles under assets/style/ are made for these limits, and
 * tests/browser/brochures.mjs prints texts that reach them.
 */

#define BROCHURE_MAX	220	/* characters of the longest part */
#define BROCHURE_SIZE	(BROCHURE_MAX * 4 + 1)

/* Mask of 1 << enum brochure_part. */
unsigned brochure_parts(enum brochure kind);
/* How many are on a sheet. Where it is more than one, no colour runs beyond an edge. */
int	brochure_copies(enum brochure kind);
/* How many characters the part may have. */
int	brochure_most(enum brochure_part part);
/* How many of them at the usual size; see brochure_long. */
int	brochure_plain(enum brochure_part part);
/*
 * Whether a text of that part is to be set smaller than usual to fit its box: by
 * its length, since nothing measures it on paper. assets/script/fits.js does the
 * same while it is typed.
 */
bool	brochure_long(enum brochure_part part, const char *words);
/* As text_input_text, on one line. FAULT_MISSING: the catalogue's own words. */
enum fault brochure_read(enum brochure_part part, const char *written, char words[BROCHURE_SIZE]);

#endif
