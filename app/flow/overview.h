/*
 * overview.c: how the promise is kept, by queue: what the doctor prints and a lead
 * sees. Reads plain columns only, so that an administrator may ask too.
 */
#ifndef EGENREMISS_FLOW_OVERVIEW_H
#define EGENREMISS_FLOW_OVERVIEW_H

#include "config/config.h"
#include "flow/work.h"
#include "store/handover.h"
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
/* NULL when the service level is not about that queue. */
struct service_level_queue *service_level_queue(const struct level *level, const char *id);

/* What a lead or an administrator has to put right in the queues of the service level. */

#define OVERVIEW_BREACHES_MAX	50
#define OVERVIEW_UNTRIED_MAX	10
#define OVERVIEW_OFFERS_MAX	50
#define OVERVIEW_LAPSED_SECONDS	(14 * INT64_C(86400))	/* so long a lapsed offer is shown */

struct overview_offer {
	int64_t number;			/* of the case */
	char from[STORE_QUEUE], to[STORE_QUEUE];
	char by[STORE_NAME];		/* "" when the account is gone */
	int64_t at;			/* to be answered by; when it lapsed */
	bool opens;			/* a member of the service level's queues may open the case */
};

struct overview {
	struct level level;
	struct overview_breach { enum breach breach; int64_t number; } *breaches;
	size_t breaches_count;
	bool breaches_more;
	/* Open cases whose promise has passed without an attempt, the oldest promise first. */
	struct case_row *untried; size_t untried_count;
	int64_t untried_all;		/* how many there are */
	/* Offers from and to the reader's queues that wait, the first to lapse first. */
	struct overview_offer *open; size_t open_count;
	struct overview_offer *lapsed; size_t lapsed_count;	/* the last first */
};

/*
 * A lead's own queues, an administrator's all; promises are those of cases that came in
 * from from_at until before before_at, as in the wish above. Free after a failure too.
 */
int	overview_read(struct work *work, struct overview *overview, int64_t from_at,
	    int64_t before_at);
void	overview_free(struct overview *overview);

#endif
