/*
 * A case among queues: the handlers, and their parts of its page.
 */
#ifndef EGENREMISS_STAFF_HANDOVER_H
#define EGENREMISS_STAFF_HANDOVER_H

#include "base/base.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/overview.h"
#include "render/view_case.h"
#include "render/view_messages.h"
#include "server/server.h"

/* staff_handover.c */

/* staff_together.c */

/* What all of them answer: done leads on, with that word for a notice; else why not. */
void	staff_handover_answer(struct request *x, struct work *work, enum answer found,
	    const struct handover_answer *answer, const char *done, const struct error *error);
/* The person's yes, as the form has it in the field of that name and in "agreed". */
struct yes staff_yes(const struct request *x, const char *what);

/*
 * The parts of the case's page: staff_together.c, then staff_offered.c, which
 * asks nobody who takes part already. 0, or -1 with *error.
 */
int	staff_together_fill(struct request *x, struct work *work, struct case_view *view,
	    const struct casefile *file);
int	staff_offered_fill(struct request *x, struct work *work, struct case_view *view,
	    const struct casefile *file);
/* A queue's name, or its id when the configuration has it no longer; kept by the exchange. */
const char *staff_queue_name(struct request *x, const char *id);

/* Texts to people, what was not sent, and what staff want to be told: pages and their handlers. */

/* staff_text.c */

/* Whether the person may be sent a text now, and this service can. */
bool	staff_may_text(const struct casefile *file);

/* staff_texts.c */

/* Puts on a case's page the way to write a text, and what became of those sent. 0, or -1. */
int	staff_case_texts(struct request *x, struct work *work, const struct casefile *file,
	    struct case_view *view);

/* staff_messages.c */

/* What was not sent, of the queues of the proof. 0, or -1. */
int	overview_messages(struct request *x, struct work *work, const struct level *level,
	    struct overview_messages_view *view);

/* staff_notices.c */

#endif
