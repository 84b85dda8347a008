/* What the handlers of absences share. */
#ifndef EGENREMISS_WEB_ABSENCE_H
#define EGENREMISS_WEB_ABSENCE_H

#include "flow/absences.h"
#include "web/web.h"

/* staff_absence.c: of the reader, or, named by the form, of a colleague */

void	staff_absence(struct exchange *, struct store *);
void	staff_absence_end(struct exchange *, struct store *);

/* staff_away.c: who is away, as pages show it; everything is kept by the exchange */

/* The absence of that colleague; NULL at work. */
const struct absence *absence_of(const struct absences *all, const char *user);
void	absence_fill(struct exchange *x, struct absence_view *view, const struct absence *absence);
/*
 * A form for a colleague, or for the reader when user is NULL: as it was typed,
 * else as it is registered. choices are the caller's.
 */
void	absence_form_fill(struct exchange *x, struct absence_form_view *view, const char *user,
	    const struct absence *absence);
/* Whether the form that came back is about that colleague's absence. */
bool	absence_was_typed(const struct exchange *x, const char *user);
/* Marks who is chosen, as in absence_form_fill. */
void	absence_choose(const struct exchange *x, const struct absence_form_view *form,
	    struct absence_choice_view *choice, const struct absence *absence);
/* fault is a msgid. 0, or -1. */
int	absence_own_fill(struct exchange *x, struct store *store, struct absence_own_view *view,
	    const char *fault, struct error *error);
int	overview_absences(struct exchange *x, struct store *store,
	    struct overview_absences_view *view, struct error *error);

#endif
