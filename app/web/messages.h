/* Texts to people, what was not sent, and what staff want to be told: pages and their handlers. */
#ifndef EGENREMISS_WEB_MESSAGES_H
#define EGENREMISS_WEB_MESSAGES_H

#include "flow/proof.h"
#include "web/web.h"

/* staff_text.c */

void	staff_text(struct exchange *, struct store *);
void	staff_text_send(struct exchange *, struct store *);
/* Whether the person may be sent a text now, and this service can. */
bool	staff_may_text(const struct casefile *file);

/* staff_texts.c */

/* Puts on a case's page the way to write a text, and what became of those sent. 0, or -1. */
int	staff_case_texts(struct exchange *x, struct store *store, const struct casefile *file,
	    struct case_view *view, struct error *error);

/* staff_messages.c */

void	staff_message_resend(struct exchange *, struct store *);
void	staff_message_drop(struct exchange *, struct store *);
/* What was not sent, of the queues of the proof. 0, or -1. */
int	overview_messages(struct exchange *x, struct store *store, const struct proof *proof,
	    struct overview_messages_view *view, struct error *error);

/* staff_notices.c */

void	staff_notices(struct exchange *, struct store *);
void	staff_notices_set(struct exchange *, struct store *);

#endif
