/*
 * listing.c: what a coordinator has to do, in the order in which to do it.
 * Part of flow.h.
 */
#ifndef EGENREMISS_LISTING_H
#define EGENREMISS_LISTING_H

#include "referral/referral.h"
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

#endif
