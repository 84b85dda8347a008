/*
 * Part of store.h: what a coordinator has to do, page by page. sqlite_list.c
 * and sqlite_aside.c.
 */
#ifndef EGENREMISS_STORE_TODAY_H
#define EGENREMISS_STORE_TODAY_H

#include "store/store.h"

/* sqlite_list.c */

/* What a case is due for, by the act that set its due time (store_case_cause). */
enum due_kind {
	DUE_ANY,
	DUE_ORDINARY,			/* neither of those that follow */
	DUE_FOLLOW_UP,			/* of a person who was reached; held as in `mine` */
	DUE_PARKED			/* put off until now */
};

/*
 * Which rows, and where a page begins. Only queues in which the account is a
 * member, and no case from which it keeps away.
 */
struct case_filter {
	int64_t account;		/* whose queues */
	bool mine;			/* only those held by the account, or by whom it stands in for */
	int32_t day;			/* the local day that it is, for who is away */
	bool by_arrival;		/* in the order in which they came, else by due time */
	enum due_kind kind;
	const char *queue, *area, *who;	/* who: a word of words_who; NULL: any */
	bool interpreter;		/* only those who may need one */
	int64_t due_before;		/* 0: any */
	int64_t after_key, after_number;	/* after this due time and number; 0 0 first page */
	int limit;
};
int	store_queue_page(struct store *, const struct case_filter *, case_fn, void *,
	    struct error *);
/* The last event that set the case's due time and still stands. */
enum answer store_case_cause(struct store *, int64_t number, struct event_row *, struct error *);
/*
 * Open cases in the account's queues, without those from which it keeps away:
 * due before `now`, due from then until `today_end`, all, and those it holds or
 * stands in for. Counting stops at STORE_COUNT_MOST a queue, so that a page
 * costs the same however many cases wait.
 */
#define STORE_COUNT_MOST	1000
struct queue_counts { int64_t overdue, today, open, mine; };
int	store_queue_count(struct store *, int64_t account, int64_t now, int64_t today_end,
	    struct queue_counts *, struct error *);

/* sqlite_aside.c: what is asked of the account beside the due times of its queues */

enum aside {
	ASIDE_OFFERED,			/* to one of its queues; by when it lapses */
	ASIDE_CONFIRM,			/* closings that somebody else asks for; by when */
	ASIDE_REMIND,			/* reminders of what it or nobody holds; by when */
	ASIDE_SHARED			/* a queue of its takes part, and does not own; by due time */
};
struct aside_row {
	struct case_row row;
	int64_t key;			/* by which they are ordered */
	int64_t account;		/* who offered or asks; 0 else */
};
typedef int (*aside_fn)(const struct aside_row *, void *);
/* due_before is of the key; kind, mine and by_arrival mean nothing here. */
int	store_aside_page(struct store *, enum aside, const struct case_filter *, aside_fn, void *,
	    struct error *);

#endif
