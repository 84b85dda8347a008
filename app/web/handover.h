/*
 * A case among queues: the handlers, and their parts of its page.
 */
#ifndef EGENREMISS_WEB_HANDOVER_H
#define EGENREMISS_WEB_HANDOVER_H

#include "flow/handover.h"
#include "page/view.h"
#include "web/web.h"

/* staff_handover.c */

void	staff_handover_offer(struct exchange *, struct store *);
void	staff_handover_accept(struct exchange *, struct store *);
void	staff_handover_return(struct exchange *, struct store *);
void	staff_handover_withdraw(struct exchange *, struct store *);
void	staff_recuse(struct exchange *, struct store *);

/* staff_together.c */

void	staff_share(struct exchange *, struct store *);
void	staff_unshare(struct exchange *, struct store *);

/* What all of them answer: done leads on, with that word for a notice; else why not. */
void	staff_handover_answer(struct exchange *x, struct store *store, enum answer found,
	    const struct handover_answer *answer, const char *done, const struct error *error);
/* The person's yes, as the form has it in the field of that name and in "agreed". */
struct yes staff_yes(const struct exchange *x, const char *what);

/*
 * The parts of the case's page: staff_together.c, then staff_offered.c, which
 * asks nobody who takes part already. 0, or -1 with *error.
 */
int	staff_together_fill(struct exchange *x, struct store *store, struct case_view *view,
	    const struct casefile *file, struct error *error);
int	staff_offered_fill(struct exchange *x, struct store *store, struct case_view *view,
	    const struct casefile *file, struct error *error);
/* A queue's name, or its id when the configuration has it no longer; kept by the exchange. */
const char *staff_queue_name(struct exchange *x, const char *id);

#endif
