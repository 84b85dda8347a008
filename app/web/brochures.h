/* Brochures: pages and their handlers, and what is printed. */
#ifndef EGENREMISS_WEB_BROCHURES_H
#define EGENREMISS_WEB_BROCHURES_H

#include "flow/brochure.h"
#include "web/web.h"

/* What a lead has chosen to print. */
struct brochure_wish {
	const char *code, *place;
	const struct config_area *area;
	enum brochure kind;
	const struct language *language;
	bool bleed;
};

/* staff_brochures.c */

void	staff_brochures(struct exchange *, struct store *);
void	staff_brochure_print(struct exchange *, struct store *);
void	staff_brochures_save(struct exchange *, struct store *);

/* brochure_wish.c */

/*
 * What a request asks for (the flyer of the first code, in that code's language, unless it says
 * otherwise), the words that stand on it, and into *view the codes to choose from. wish->area
 * stays NULL while there is no code. false: something else has been answered.
 */
bool	brochure_wish_read(struct exchange *x, struct store *store, const struct form *form,
	    struct brochure_wish *wish, struct brochure_words *words, struct brochures_view *view);
/* The same as a query, kept by the exchange. */
const char *brochure_wish_query(struct exchange *x, const struct brochure_wish *wish);

/* brochure_paper.c */

/* What the catalogue says, in the brochure's language. */
const char *brochure_usual(enum brochure_part part, const struct language *language);
/* Fills the pages of the wish with those words; kept by the exchange. */
void	brochure_paper(struct exchange *x, const struct brochure_wish *wish,
	    const struct brochure_words *words, struct brochure_view *view);

#endif
