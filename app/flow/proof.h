/*
 * proof.c: how the promise is kept, by queue: what the doctor prints and a lead
 * sees. Reads plain columns only, so that an administrator may ask too.
 */
#ifndef EGENREMISS_PROOF_H
#define EGENREMISS_PROOF_H

#include "base/config.h"
#include "store/store.h"

/* Which queues, and which cases the figures of promises are about. */
struct proof_wish {
	int64_t account;		/* only queues it is a member of; 0 all */
	int64_t from_at, before_at;	/* came in from then until before then; before_at 0: no end */
};

struct proof_queue {
	char id[STORE_QUEUE];
	const struct config_queue *queue;	/* NULL: gone from the configuration */
	struct queue_figures now;		/* what is open, whatever the wish's time */
	/* Of the cases of the time asked for (see promise_judge). */
	int64_t kept, broken, running;
	/*
	 * Working time, by the queue's own hours, from received to the first attempt
	 * that was not taken back: of so many cases, the median and the 90th percentile
	 * (see promise_quantile). A queue that is gone has no hours, and tried is 0.
	 */
	size_t tried;
	int64_t median_seconds, p90_seconds;
	int64_t *waited;			/* private to proof.c */
};

struct proof {
	struct proof_queue *queues; size_t count;	/* in the order of their ids */
};

/* One reading at one moment. Free after a failure too. */
int	proof_read(struct proof *proof, struct store *store, const struct config *config,
	    const struct proof_wish *wish, int64_t now, struct error *error);
void	proof_free(struct proof *proof);
/* NULL when the proof is not about that queue. */
struct proof_queue *proof_queue(const struct proof *proof, const char *id);

#endif
