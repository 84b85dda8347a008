/*
 * worklist.c: the worklist of a coordinator: cases, in the order in which to work on them.
 */
#ifndef EGENREMISS_FLOW_WORKLIST_H
#define EGENREMISS_FLOW_WORKLIST_H

#include "base/base.h"
#include "base/words.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/store.h"

struct identity;

/*
 * The parts of the page, in its order. The parts SOON, OVERDUE, NOW, TODAY, FOLLOW, PARKED and
 * LATER divide the open cases of the reader's queues by due time, so that each case is in
 * one of them. Within a part, rows are ordered by the part's key. A page by arrival has the
 * part WORKLIST_ARRIVED alone, with all these cases.
 */
enum worklist_part {
	WORKLIST_SOON,		/* a text message of the reader says that the call comes at once */
	WORKLIST_DECLINED,	/* an offer of the reader that was declined or lapsed, unread */
	WORKLIST_OVERDUE,	/* due before now */
	WORKLIST_NOW,		/* due in this half of the day */
	WORKLIST_TODAY,		/* due in the other half */
	WORKLIST_OFFERED,	/* offered to a queue of the reader */
	WORKLIST_CONFIRM,	/* a colleague asks to close the case */
	WORKLIST_FOLLOW,		/* follow-ups due today that the reader holds */
	WORKLIST_PARKED,		/* parked until today */
	WORKLIST_REMIND,		/* due to be handed over from KAA */
	WORKLIST_SHARED,		/* a queue of the reader takes part */
	WORKLIST_LATER,		/* due after today */
	WORKLIST_ARRIVED,
	WORKLIST_PART_COUNT
};

struct worklist_filter {
	/*
	 * only cases that the reader holds or stands in for; no offers, closings or shares
	 */
	bool mine;
	bool by_arrival;
	const char *queue, *area, *who;	/* ids, and a word of words_who; NULL: any */
	bool interpreter;
	enum { WORKLIST_ANY_DUE, WORKLIST_ONLY_OVERDUE, WORKLIST_ONLY_TODAY } due;
	/* an account, or STORE_NOBODY; 0: any. With `did`: as in struct case_filter */
	int64_t holder;
	int did;
	/*
	 * The last row of the page before, or with `backwards` the first row of the page
	 * after; 0 0 0: the first page.
	 */
	enum worklist_part after_part;
	int64_t after_key, after_number;
	bool backwards;
	int limit;
};

struct worklist_row {
	enum worklist_part part;
	int64_t key;			/* orders the rows of a part */
	struct case_row row;
	bool mine;			/* the reader holds it or stands in for its holder */
	bool stands_in;			/* the reader stands in for its holder */
	bool unattended;		/* the holder is absent, and nobody stands in */
	enum act cause;			/* the act that set the due time */
	int64_t cause_at;
	char name[NAME_MAX_CHARACTERS * 4 + 1];	/* only when `mine`; otherwise "" */
	char phone[PHONE_MAX];		/* E.164; only when `mine`; "" when it is wrong */
	char language[LANGUAGE_SIZE];	/* in which to talk; only when `mine` */
	enum contact contact;		/* the person's wish; only when `mine`, else CONTACT_CALL */
	bool text_first;		/* the wish is a text before a call, and none has gone yet */
	bool number_asks;		/* the number is wrong, and no other way is chosen */
	bool number_new;		/* the number was wrong, and a new one has come since */
	enum means means;		/* how to reach a person whose number is wrong */
	/* Only in WORKLIST_DECLINED: ACT_RETURN or ACT_LAPSE, and the queue that did not take over. */
	enum act declined;
	char declined_by[STORE_QUEUE];
	char holder[STORE_NAME];	/* the holder's name; "" when nobody holds it */
	int64_t asked_by;		/* the account that offers it or asks to close it, or 0 */
	char asker[STORE_NAME];
};
struct worklist {
	struct worklist_row *rows; size_t count;
	bool more;			/* there is a further page; it begins after the last row */
	bool earlier;			/* there is a page before; it ends before the first row */
	int64_t next;			/* the case to ring now; 0: none, or not the first page */
	/* The accounts that may hold a case of the list, by name. */
	struct worklist_colleague { int64_t account; char name[STORE_NAME]; } *colleagues;
	size_t colleagues_count;
	struct queue_counts counts;
};

/* Computes when the current half of the local day, which ends at 12:00, and the day end. */
void	worklist_day(int64_t now, int64_t *half_end, int64_t *day_end);
/*
 * Reads a page of at most filter->limit rows, at least 1, for the account that is signed
 * in. The caller frees *worklist with worklist_free, after a failure, too.
 */
int	worklist_read(struct work *work, struct worklist *worklist,
	    const struct worklist_filter *filter);
void	worklist_free(struct worklist *worklist);	/* wipes names and numbers */


/*
 * Fills *row with the case to ring now, of those that the filter wants: the reader may do it,
 * moment_fits, and it is the earliest due. It is never `except`. ABSENT: there is none. Works
 * within the caller's transaction or without one. No name is filled in.
 */
enum answer worklist_next(struct work *work, const struct worklist_filter *filter,
	    int64_t except, struct worklist_row *row);

/*
 * worklist_search.c: searches for a person among the cases that a reader may open. There is
 * no search index on disk: each submission is opened, compared and wiped.
 */

#define SEARCH_MAX	20	/* hits; a search with more is too wide */
#define REACH_MAX	3000	/* cases that are searched, unless more are open; 150 ms */

/* The cases that were searched. */
struct search_extent {
	int open, closed;
	int damaged;		/* those that could not be read; the log names them */
	bool all_closed;	/* every closed case was searched */
};

struct search {
	/*
	 * The kind of the query. SEARCH_QUERY_REFERENCE: only the case of that number was
	 * looked up.
	 */
	enum search_query_kind kind;
	struct search_hit {
		struct case_row row;
		char name[NAME_MAX_CHARACTERS * 4 + 1];	/* "" when the reader may not see it */
		/* The number is the person's; an attempt found it wrong; or another has replaced it. */
		enum search_number { SEARCH_NUMBER_OWN, SEARCH_NUMBER_WRONG, SEARCH_NUMBER_BEFORE } number;
	} hits[SEARCH_MAX];
	size_t count;
	bool more;		/* there are further hits */
	struct search_extent extent;	/* filled unless `more` */
};

/*
 * Searches by telephone number or its last four digits, by case number, or by the
 * beginnings of the words of a name. Each name that is shown leaves an ACT_FIND event, at
 * most one a reader, day and case; it is on disk when this returns. Returns 0, with hits or
 * without, or -1. The caller calls search_wipe after either.
 */
int	search_do(struct work *work, struct search *search, const char *typed);
void	search_wipe(struct search *search);

/*
 * worklist_calendar.c: planned calls for a calendar program, which reads them at a secret
 * address. It is made for an account, which may renew and remove it.
 */

#define CALENDAR_MAX	500	/* cases */

struct calendar {
	struct planned_call {
		int64_t number;		/* of the case */
		int64_t at;		/* when it is due */
		bool later;		/* a planned contact after the one that is due next */
		bool follow_up;		/* work or studies have begun */
		int64_t changed_at;	/* when the case was last changed, */
		int changes;		/* and a number that grows with each change */
	} *calls; size_t count;
};

/* When the reader's address was made. ABSENT, and 0: the reader has none. */
enum answer calendar_state(struct work *work, int64_t *made_at);
/* Makes the reader's address, in place of an earlier one. The caller wipes the token. */
int	calendar_renew(struct work *work, char token[SEAL_TOKEN_SIZE]);
int	calendar_remove(struct work *work);
/*
 * The calls of the cases that the owner of the address holds or stands in for. Needs no
 * reader. ABSENT: there is no such address, or its account is not active.
 */
enum answer calendar_read(struct work *work, struct calendar *calendar, const char *token);
/*
 * The next call of one case, none when it is closed. ABSENT: the reader has no part in the
 * case.
 */
enum answer calendar_of_case(struct work *work, struct calendar *calendar, int64_t number);
void	calendar_free(struct calendar *calendar);
/* worklist_search.c: what is past */

/* A page of closed cases, last closed first. */
struct worklist_closed {
	struct case_row *rows; size_t count;
	bool more;
};
/* Continues after that case; INT64_MAX twice: from the first. The caller frees ->rows. */
int	worklist_closed_read(struct work *work, struct worklist_closed *closed, int64_t closed_at,
	    int64_t number, int limit);
/* What the reader did lately, newest first. The caller frees ->acts. */
struct worklist_history {
	struct worklist_act {
		int64_t at;
		enum act act;
		int step, of_step;	/* as in struct event_row */
		bool undone;		/* a later act undid it */
		struct case_row row;	/* the case as it is now */
	} *acts; size_t count;
};
int	worklist_history_read(struct work *work, struct worklist_history *history, int limit);

/* worklist_fill.c: what a row tells. Private to flow/. */

/* Fills in whether the reader holds the case or stands in, or nobody does. */
int	worklist_stand(struct work *work, struct worklist_row *row);
/* Fills in all that a row has beside its case, part and key. */
int	worklist_fill(struct work *work, struct worklist *worklist);

/* Opens every submission that a reader may search. Private to flow/. */

/*
 * Called for each case. The keyring holds the case's data key. A result other than 0 stops
 * the search. The form is wiped when the callback returns.
 */
typedef int (*reached_fn)(const struct case_row *row, const struct form *submission, void *);

/*
 * Opens the submissions one at a time: first those of all open cases, earliest due time
 * first; then those of closed cases, latest closed first, up to REACH_MAX in all. A
 * submission that is damaged is logged and left out. The caller owns the transaction.
 * Returns 0, or -1 on failure. *extent is complete only when no callback stopped the
 * search. Takes 50 us a case.
 */
int	reach_each(struct keyring *ring, reached_fn give, void *context,
	    struct search_extent *extent);

#endif
