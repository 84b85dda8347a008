/*
 * What stands on printed brochures: which texts each kind has, and how many
 * characters of each fit at the size in which it is set, in any language. The
 * styles under assets/style/ are made for these limits, and
 * tests/browser/brochures.mjs prints texts that reach them.
 */
#ifndef EGENREMISS_BROCHURE_H
#define EGENREMISS_BROCHURE_H

#include "referral/referral.h"

#define BROCHURE_MOST	220	/* characters of the longest part */
#define BROCHURE_SIZE	(BROCHURE_MOST * 4 + 1)

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
/* As written_text, on one line. FAULT_MISSING: the catalogue's own words. */
enum fault brochure_read(enum brochure_part part, const char *written, char words[BROCHURE_SIZE]);

#endif
