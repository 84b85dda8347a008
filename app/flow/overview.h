/*
 * overview.c: how the promise is kept, by queue: what the doctor prints and a lead
 * sees. Reads plain columns only, so that an administrator may ask too.
 */
#ifndef EGENREMISS_FLOW_OVERVIEW_H
#define EGENREMISS_FLOW_OVERVIEW_H

#include "config/config.h"
#include "flow/work.h"
#include "store/store.h"

/* Which queues, and which cases the figures of promises are about. */
struct service_level_wish {
	int64_t account;		/* only queues it is a member of; 0 all */
	int64_t from_at, before_at;	/* came in from then until before then; before_at 0: no end */
};

struct service_level_queue {
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
	int64_t *waited;			/* private to overview.c */
};

struct level {
	struct service_level_queue *queues; size_t count;	/* in the order of their ids */
};

/* One reading at one moment. Free after a failure too. */
int	service_level_read(struct work *work, struct level *level,
	    const struct service_level_wish *wish);
void	service_level_free(struct level *level);
/* NULL when the proof is not about that queue. */
struct service_level_queue *service_level_queue(const struct level *level, const char *id);

#endif
