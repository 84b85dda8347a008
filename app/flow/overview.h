/*
 * overview.c: the service level, that is, how each queue keeps its promise; the doctor
 * prints it and a lead sees it. It reads plain columns only, so that an administrator may
 * read it, too.
 */
#ifndef EGENREMISS_FLOW_OVERVIEW_H
#define EGENREMISS_FLOW_OVERVIEW_H

#include "config/config.h"
#include "flow/work.h"
#include "store/handover.h"
#include "store/store.h"

/* Selects the queues, and the cases whose promises are counted. */
struct service_level_wish {
	int64_t account;		/* only this account's queues; 0: all queues */
	/* Cases received from from_at until before before_at; before_at 0: no end. */
	int64_t from_at, before_at;
};

struct service_level_queue {
	char id[STORE_QUEUE];
	const struct config_queue *queue;	/* NULL when the configuration no longer has it */
	struct queue_figures now;		/* the open cases, whenever they were received */
	/* Promises of the selected cases by their verdict (see promise_judge). */
	int64_t kept, broken, running;
	/*
	 * Working time from receipt to the first attempt that was not undone, by the
	 * queue's opening hours: the median and the 90th percentile of `tried` cases (see
	 * promise_quantile). A queue that is not in the configuration has no hours; its
	 * `tried` is 0.
	 */
	size_t tried;
	int64_t median_seconds, p90_seconds;
	int64_t *waited;			/* private to overview.c */
};

struct level {
	struct service_level_queue *queues; size_t count;	/* by id */
};

/*
 * Reads the service level in one transaction. The caller frees it with service_level_free,
 * after a failure, too.
 */
int	service_level_read(struct work *work, struct level *level,
	    const struct service_level_wish *wish);
void	service_level_free(struct level *level);
/*
 * Returns the queue, which `level` owns; NULL when the service level does not include it.
 */
struct service_level_queue *service_level_queue(const struct level *level, const char *id);

/*
 * The overview: the problems in these queues that a lead or an administrator has to solve.
 */

#define OVERVIEW_BREACHES_MAX	50
#define OVERVIEW_UNTRIED_MAX	10
#define OVERVIEW_OFFERS_MAX	50
#define OVERVIEW_LAPSED_SECONDS	(14 * INT64_C(86400))	/* a lapsed offer is shown for so long */

struct overview_offer {
	int64_t number;			/* the case */
	char from[STORE_QUEUE], to[STORE_QUEUE];
	char by[STORE_NAME];		/* "" when the account is gone */
	int64_t at;			/* the deadline of an open offer; the end of a lapsed one */
	bool opens;			/* a member of these queues may open the case */
};

struct overview {
	struct level level;
	struct overview_breach { enum breach breach; int64_t number; } *breaches;
	size_t breaches_count;
	bool breaches_more;
	/*
	 * Open cases whose promise has passed without an attempt, earliest promise first.
	 */
	struct case_row *untried; size_t untried_count;
	int64_t untried_all;		/* the number of all such cases */
	/*
	 * Offers from or to the reader's queues that wait for an answer, earliest deadline
	 * first.
	 */
	struct overview_offer *open; size_t open_count;
	struct overview_offer *lapsed; size_t lapsed_count;	/* latest lapse first */
};

/*
 * For a lead the overview includes the lead's queues, for an administrator all queues. The
 * promises are those of cases received from from_at until before before_at (0: no end). The
 * caller frees *overview with overview_free, after a failure, too.
 */
int	overview_read(struct work *work, struct overview *overview, int64_t from_at,
	    int64_t before_at);
void	overview_free(struct overview *overview);

#endif
