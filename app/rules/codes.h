/*
 * Visits of a code's page, and the texts of brochures. The kind of a visitor is
 * counted; the User-Agent that it is told from is forgotten at once.
 */
#ifndef EGENREMISS_RULES_CODES_H
#define EGENREMISS_RULES_CODES_H

#include "base/words.h"
#include "rules/rules.h"

/*
 * Whether a User-Agent (RFC 9110, 10.1.5) names a program and no person: a search
 * engine, a messenger that fetches a preview of a link, a tool. A robot that calls
 * itself a browser counts as a person, and so does a visitor without a User-Agent
 * (NULL): the figures tell which brochure is read, and keep nobody out.
 */
bool	agent_is_robot(const char *agent);

/*
 * The texts of printed brochures: which parts each kind has, and how many characters
 * of a part fit in print, in any language. The styles under assets/style/ are made for
 * these limits, and tests/browser/brochures.mjs prints texts that reach them.
 */

#define BROCHURE_MAX	220	/* characters of the longest part */
#define BROCHURE_SIZE	(BROCHURE_MAX * 4 + 1)

/* The parts of a kind, as a mask of 1 << enum brochure_part. */
unsigned brochure_parts(enum brochure kind);
/* The number of copies on a sheet. On a sheet of several no colour runs over an edge. */
int	brochure_copies(enum brochure kind);
/* The largest number of characters that a part may have. */
int	brochure_most(enum brochure_part part);
/* The largest number that fits at the usual size; see brochure_long. */
int	brochure_plain(enum brochure_part part);
/*
 * Whether a text must be set smaller than usual to fit: when it has more characters
 * than brochure_plain, where each three capitals count as one more. assets/script/fits.js
 * computes the same while the text is typed.
 */
bool	brochure_long(enum brochure_part part, const char *words);
/*
 * Reads a text as text_input_text does, with at most brochure_most characters, and
 * turns line breaks into spaces. FAULT_MISSING: the lead wants the catalogue's text.
 */
enum fault brochure_read(enum brochure_part part, const char *written, char words[BROCHURE_SIZE]);

#endif
