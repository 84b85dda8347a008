/*
 * brochure.c: the words on an area's brochures in one language, as its lead
 * has written them. They are for print and for everybody: nothing of a person.
 */
#ifndef EGENREMISS_FLOW_BROCHURE_H
#define EGENREMISS_FLOW_BROCHURE_H

#include "flow/flow.h"
#include "referral/brochure.h"

struct brochure_words {
	char of[BROCHURE_PART_COUNT][BROCHURE_SIZE];	/* "": the catalogue's */
};

int	brochure_words_read(struct brochure_words *words, struct store *store, const char *area,
	    const char *language, struct error *error);
/* Keeps those of the parts in the mask, as brochure_read gave them; the others stay. All or none. */
int	brochure_words_save(const struct brochure_words *words, unsigned parts,
	    struct store *store, const char *area, const char *language, struct error *error);

#endif
