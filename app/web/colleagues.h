/* What the handlers of colleagues, of their links and of queues' keys share. */
#ifndef EGENREMISS_WEB_COLLEAGUES_H
#define EGENREMISS_WEB_COLLEAGUES_H

#include "flow/colleagues.h"
#include "web/web.h"

/* staff_colleagues.c: who works here */

void	staff_colleagues(struct exchange *, struct store *);

/* A link that has just been made: shown here, and nowhere again. */
struct fresh_link {
	const char *token;
	const char *restores;		/* user name of whom it restores; NULL somebody new */
};
/* The page, with a notice of what went wrong or a link; either is NULL without. */
void	staff_colleagues_show(struct exchange *x, struct store *store, int status,
	    const char *notice, const struct fresh_link *link);
/* Queues by their names in the configuration, kept by the exchange. */
const struct queue_name_view *queue_names(struct exchange *x, const struct queue_list *list,
	    size_t *count);

/* staff_colleague.c: what is done to them */

void	staff_invite(struct exchange *, struct store *);
void	staff_restore(struct exchange *, struct store *);
void	staff_withdraw(struct exchange *, struct store *);
void	staff_join(struct exchange *, struct store *);
void	staff_part(struct exchange *, struct store *);
void	staff_deactivate(struct exchange *, struct store *);
void	staff_rotate(struct exchange *, struct store *);

/* staff_invitation.c: what a link leads to; nobody need be signed in */

void	staff_invitation(struct exchange *, struct store *);
void	staff_accept(struct exchange *, struct store *);

/*
 * moving.c: data keys on their way to a queue's new key, a batch at a time on
 * the slow lane, while the key of somebody who can open the old one is at hand.
 */

/* From a handler: once the exchange is back, the reader's keys move what is left of the queue. */
void	moving_after(struct exchange *x, const char *queue);
/* The same with any queue of the reader's that has something left to move. */
void	moving_resume(struct exchange *x, struct store *store);
/* At every look, on the event loop. */
void	moving_tick(void);

/* locks.c: takes up new keys of queues, at every look, on the event loop */

void	locks_refresh(void);
/* Of the keys to which is sealed, once a refresh has ended; -1 before. */
int64_t	locks_version(void);

#endif
