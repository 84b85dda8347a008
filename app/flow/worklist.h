/*
 * listing.c: what a coordinator has to do, in the order in which to do it.
 * Part of flow.h.
 */
#ifndef EGENREMISS_FLOW_WORKLIST_H
#define EGENREMISS_FLOW_WORKLIST_H

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/keys.h"
#include "rules/rules.h"
#include "rules/text_input.h"
#include "store/auth.h"
#include "store/store.h"

struct identity;

/*
 * Parts of the page, in its order. Those by due time share out the open cases
 * of the reader's queues, so that each stands in one of them; within a part
 * rows go by the key of that part. LISTING_ARRIVED is all of them in one, when
 * that is asked for.
 */
enum listing_part {
	LISTING_OVERDUE,	/* due before now */
	LISTING_NOW,		/* due in this half of the day */
	LISTING_TODAY,		/* due in the other half */
	LISTING_OFFERED,	/* to a queue of the reader's */
	LISTING_CONFIRM,	/* closings that a colleague asks for */
	LISTING_FOLLOW,		/* the reader's follow-ups, due today */
	LISTING_PARKED,		/* until today */
	LISTING_REMIND,		/* who takes over from KAA */
	LISTING_SHARED,		/* queues of the reader's take part */
	LISTING_LATER,		/* due after today */
	LISTING_ARRIVED,
	LISTING_PART_COUNT
};

struct listing_filter {
	bool mine;			/* only what is the reader's to do; no offers, closings or shares */
	bool by_arrival;
	const char *queue, *area, *who;	/* ids and a word of words_who; NULL: any */
	bool interpreter;
	enum listing_part after_part;	/* the page begins after this row; 0 0 0 the first */
	int64_t after_key, after_number;
	int limit;
};

struct listing_row {
	enum listing_part part;
	int64_t key;			/* its place within the part */
	struct case_row row;
	bool mine;			/* the reader holds it, or stands in for who does */
	bool stands_in;			/* the latter */
	bool unattended;		/* who holds it is away, and nobody stands in */
	enum act cause;			/* what set the due time */
	int64_t cause_at;
	char name[NAME_MAX_POINTS * 4 + 1];	/* of what is `mine`; "" else */
	char phone[PHONE_MAX];		/* E.164; likewise */
	char holder[STORE_NAME];	/* name of who holds it; "" nobody */
	int64_t asked_by;		/* who offers it or asks to close it; 0 else */
	char asker[STORE_NAME];
};
struct listing {
	struct listing_row *rows; size_t count;
	bool more;			/* a further page begins after the last row */
	struct queue_counts counts;
};

/* When this half of the day and the day end. */
void	listing_day(int64_t now, int64_t *half_end, int64_t *day_end);
/* A page of what the reader has to do. Free after a failure too. */
int	listing_read(struct listing *listing, struct store *store,
	    const struct identity *reader, const struct listing_filter *filter, int64_t now,
	    struct error *error);
void	listing_free(struct listing *listing);	/* wipes names and numbers */

/*
 * search.c: looking for a person among the cases that a reader may open. What
 * could be searched is stored nowhere: each submission is opened, compared and
 * wiped.
 */

#define SEARCH_MOST	20	/* hits: more is a question asked too widely */
#define REACH_MOST	3000	/* cases that are looked at, unless more are open: 150 ms */

/* Among what was looked. */
struct search_extent {
	int open, closed;
	int damaged;		/* of those, what could not be read: the log says which */
	bool all_closed;	/* no closed case was left out */
};

struct search {
	/* How it was understood. WANTED_REFERENCE: that case alone was looked up. */
	enum wanted_kind kind;
	struct search_hit {
		struct case_row row;
		char name[NAME_MAX_POINTS * 4 + 1];	/* "" what is not the reader's to see */
	} hits[SEARCH_MOST];
	size_t count;
	bool more;		/* there are others than these */
	struct search_extent extent;	/* of a search that found no more than these */
};

/*
 * By telephone number, by case number, or by the beginnings of a name's words.
 * A name that is shown leaves an ACT_FIND event, one a person, day and case,
 * on disk when this returns. 0 with *search whatever was found, or -1. Wipe
 * *search in any case.
 */
int	search_do(struct search *search, struct store *store, const struct config *config,
	    const struct identity *reader, const char *typed, int64_t now, struct error *error);
void	search_wipe(struct search *search);

/* Every submission that a reader may look for a person in. Private to flow/. */

/*
 * The form is wiped when this returns. Not 0 stops. The keyring is turned to
 * the case.
 */
typedef int (*reached_fn)(const struct case_row *row, const struct form *submission, void *);

/*
 * Opens them one by one, nothing of any other is kept: all that are open, the
 * first due first; then, up to REACH_MOST in all, those that closed, the last
 * first. Within the caller's transaction. *extent tells how far it came, when
 * nothing stopped it. 50 us a case.
 */
int	reach_each(struct keyring *ring, reached_fn give, void *context,
	    struct search_extent *extent, struct error *error);

/*
 * proof.c: how the promise is kept, by queue: what the doctor prints and a lead
 * sees. Reads plain columns only, so that an administrator may ask too.
 */

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
