/* worklist.c: the cases that a coordinator has to work on, in the order in which to do so. */
#ifndef EGENREMISS_FLOW_WORKLIST_H
#define EGENREMISS_FLOW_WORKLIST_H

#include "base/base.h"
#include "base/words.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "store/store.h"

struct identity;

/*
 * Parts of the page, in its order. Those by due time share out the open cases
 * of the reader's queues, so that each stands in one of them; within a part
 * rows go by the key of that part. WORKLIST_ARRIVED is all of them in one, when
 * that is asked for.
 */
enum worklist_part {
	WORKLIST_OVERDUE,	/* due before now */
	WORKLIST_NOW,		/* due in this half of the day */
	WORKLIST_TODAY,		/* due in the other half */
	WORKLIST_OFFERED,	/* to a queue of the reader's */
	WORKLIST_CONFIRM,	/* closings that a colleague asks for */
	WORKLIST_FOLLOW,		/* the reader's follow-ups, due today */
	WORKLIST_PARKED,		/* until today */
	WORKLIST_REMIND,		/* who takes over from KAA */
	WORKLIST_SHARED,		/* queues of the reader's take part */
	WORKLIST_LATER,		/* due after today */
	WORKLIST_ARRIVED,
	WORKLIST_PART_COUNT
};

struct worklist_filter {
	bool mine;			/* only what is the reader's to do; no offers, closings or shares */
	bool by_arrival;
	const char *queue, *area, *who;	/* ids and a word of words_who; NULL: any */
	bool interpreter;
	enum worklist_part after_part;	/* the page begins after this row; 0 0 0 the first */
	int64_t after_key, after_number;
	int limit;
};

struct worklist_row {
	enum worklist_part part;
	int64_t key;			/* its place within the part */
	struct case_row row;
	bool mine;			/* the reader holds it, or stands in for who does */
	bool stands_in;			/* the latter */
	bool unattended;		/* who holds it is away, and nobody stands in */
	enum act cause;			/* what set the due time */
	int64_t cause_at;
	char name[NAME_MAX_CHARACTERS * 4 + 1];	/* of what is `mine`; "" else */
	char phone[PHONE_MAX];		/* E.164; likewise */
	char holder[STORE_NAME];	/* name of who holds it; "" nobody */
	int64_t asked_by;		/* who offers it or asks to close it; 0 else */
	char asker[STORE_NAME];
};
struct worklist {
	struct worklist_row *rows; size_t count;
	bool more;			/* a further page begins after the last row */
	struct queue_counts counts;
};

/* When this half of the day and the day end. */
void	worklist_day(int64_t now, int64_t *half_end, int64_t *day_end);
/* A page of what the reader has to do. Free after a failure too. */
int	worklist_read(struct work *work, struct worklist *worklist,
	    const struct worklist_filter *filter);
void	worklist_free(struct worklist *worklist);	/* wipes names and numbers */

/*
 * worklist_search.c: looking for a person among the cases that a reader may open. What
 * could be searched is stored nowhere: each submission is opened, compared and
 * wiped.
 */

#define SEARCH_MAX	20	/* hits: more is a question asked too widely */
#define REACH_MAX	3000	/* cases that are looked at, unless more are open: 150 ms */

/* Among what was looked. */
struct search_extent {
	int open, closed;
	int damaged;		/* of those, what could not be read: the log says which */
	bool all_closed;	/* no closed case was left out */
};

struct search {
	/* How it was understood. SEARCH_QUERY_REFERENCE: that case alone was looked up. */
	enum search_query_kind kind;
	struct search_hit {
		struct case_row row;
		char name[NAME_MAX_CHARACTERS * 4 + 1];	/* "" what is not the reader's to see */
	} hits[SEARCH_MAX];
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
int	search_do(struct work *work, struct search *search, const char *typed);
void	search_wipe(struct search *search);

/* Every submission that a reader may look for a person in. Private to flow/. */

/*
 * The form is wiped when this returns. Not 0 stops. The keyring is turned to
 * the case.
 */
typedef int (*reached_fn)(const struct case_row *row, const struct form *submission, void *);

/*
 * Opens them one by one, nothing of any other is kept: all that are open, the
 * first due first; then, up to REACH_MAX in all, those that closed, the last
 * first. Within the caller's transaction. *extent tells how far it came, when
 * nothing stopped it. 50 us a case.
 */
int	reach_each(struct keyring *ring, reached_fn give, void *context,
	    struct search_extent *extent);

#endif
