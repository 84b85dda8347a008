/* A lead's own words on brochures, a part of store.h. */
#ifndef EGENREMISS_STORE_BROCHURE_H
#define EGENREMISS_STORE_BROCHURE_H

#include "store/store.h"

/* sqlite_brochure.c: of an area in one language; a part without words has the catalogue's */

typedef int (*brochure_fn)(enum brochure_part, const char *words, void *);	/* not 0 stops */
int	store_brochure_each(struct store *, const char *area, const char *language, brochure_fn,
	    void *, struct error *);
/* Adds or replaces. */
int	store_brochure_put(struct store *, const char *area, const char *language,
	    enum brochure_part, const char *words, struct error *);
/* None is fine. */
int	store_brochure_remove(struct store *, const char *area, const char *language,
	    enum brochure_part, struct error *);

#endif
