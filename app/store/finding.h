/*
 * Part of store.h: the cases among which an account may look for a person.
 * sqlite_finding.c.
 */
#ifndef EGENREMISS_STORE_FINDING_H
#define EGENREMISS_STORE_FINDING_H

#include "store/store.h"

/*
 * Open cases of the account's queues, and those in which one of them takes
 * part, the first due first. None from which it keeps away.
 */
int	store_reach_open(struct store *, int64_t account, case_fn, void *, struct error *);
/* At most `limit` closed cases of its queues that are not purged, the last closed first; likewise. */
int	store_reach_closed(struct store *, int64_t account, int limit, case_fn, void *,
	    struct error *);

#endif
