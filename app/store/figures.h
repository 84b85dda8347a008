/*
 * What a lead and the doctor count. Nothing here reads what is sealed.
 * Included by store.h.
 */
#ifndef EGENREMISS_STORE_FIGURES_H
#define EGENREMISS_STORE_FIGURES_H

#include "store/store.h"

/* sqlite_figures.c */

/* By queue, in the order of its id: what is open, what is overdue at now, who can open it. */
struct queue_figures {
	char queue[STORE_QUEUE];
	int64_t open, overdue;
	int readers;
};
typedef int (*figures_fn)(const struct queue_figures *, void *);
int	store_queue_figures(struct store *, int64_t now, figures_fn, void *, struct error *);

/* A promise that was given, and what came of it. Of cases that are purged, too. */
struct promise_row {
	char queue[STORE_QUEUE];	/* the owning queue */
	int64_t received_at, promised_at;
	int64_t tried_at;		/* the first attempt to reach the person; 0 none */
	int64_t answered_at;		/* that, or the closing when it came first; 0 neither */
};
typedef int (*promise_fn)(const struct promise_row *, void *);
/* Of every case that came in from one moment until before the other, in no order. */
int	store_promise_each(struct store *, int64_t from_at, int64_t before_at, promise_fn, void *,
	    struct error *);
/*
 * Open cases whose promise has passed and whom nobody has tried to reach, the
 * oldest promise first.
 */
int	store_untried_each(struct store *, int64_t now, case_fn, void *, struct error *);

#endif
