/* What the files of the overview share. */
#ifndef EGENREMISS_STAFF_OVERVIEW_H
#define EGENREMISS_STAFF_OVERVIEW_H

#include "flow/proof.h"
#include "web/web.h"

/* staff_overview.c: as staff call the queue, else its id; kept by the exchange if need be. */
const char *overview_queue_name(struct exchange *x, const char *id);
/*
 * staff_watch.c: what has to be put right in the queues of the proof: breaches,
 * promises that passed without an attempt. 0, or -1.
 */
int	overview_watch(struct exchange *x, struct store *store, const struct proof *proof,
	    struct overview_view *view, struct error *error);

/* staff_offers.c: offers to and from the reader's queues, open, and lapsed lately. 0, or -1. */
int	overview_offers(struct exchange *x, struct store *store, const struct proof *proof,
	    struct overview_offers_view *view, struct error *error);

#endif
