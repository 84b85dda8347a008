/* What the handlers of the intake's door share. */
#ifndef EGENREMISS_STAFF_INTAKE_H
#define EGENREMISS_STAFF_INTAKE_H

#include "web/intakes.h"

/* staff_intake.c */

void	staff_intake(struct exchange *, struct store *);
void	staff_intake_change(struct exchange *, struct store *);

/* staff_intake_page.c */

/* What was refused on the page, and why: msgids that may hold {who}; NULL without. */
struct intake_fault {
	const char *notice, *who;
	const char *day, *back, *words;
	bool look;			/* nothing was refused: the words are to be seen */
};

void	staff_intakes_show(struct exchange *x, struct store *store);
void	staff_intake_show(struct exchange *x, struct store *store, const struct config_area *area,
	    int status, const struct intake_fault *fault);

#endif
