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

/* What one account's look for the same number found; sealed. */
struct repeats_row {
	int64_t number, case_number, account, at;
	const unsigned char *box; size_t box_size;
};
/* Adds, or replaces the account's. */
int	store_repeats_put(struct store *, const struct repeats_row *, struct error *);
typedef int (*repeats_fn)(const struct repeats_row *, void *);
/* Everybody's of one case. */
int	store_repeats_each(struct store *, int64_t case_number, repeats_fn, void *, struct error *);

/* Cases that somebody has said are the same person's. Again is fine. */
int	store_link_add(struct store *, int64_t one, int64_t other, struct error *);
int	store_link_remove(struct store *, int64_t one, int64_t other, struct error *);
/* The others of one case. */
int	store_link_each(struct store *, int64_t case_number, number_fn, void *, struct error *);

#endif
