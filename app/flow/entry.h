/*
 * entry.c: people who come another way. A coordinator writes down a telephone
 * call or a visit, and it becomes a case like any other.
 */
#ifndef EGENREMISS_ENTRY_H
#define EGENREMISS_ENTRY_H

#include "flow/flow.h"

enum entry_verdict {
	ENTRY_STORED,		/* it waits in its queue, or did already */
	ENTRY_TAKEN,		/* it is the reader's */
	ENTRY_STRANGE,		/* nothing done: its queue is none of the reader's, who cannot take it */
	ENTRY_UNREAD		/* nothing done: nobody could open it */
};

/*
 * Stores the submission, whose way is set, with the reader named on its first
 * event; `take` claims it in the same transaction. The same again within a day
 * makes no second case. 0 with *verdict and the case's number, or -1.
 */
int	entry_make(struct store *store, const struct config *config,
	    const struct queue_locks *locks, const struct identity *reader,
	    const struct submission *submission, bool take, int64_t now,
	    enum entry_verdict *verdict, int64_t *number, struct error *error);

#endif
