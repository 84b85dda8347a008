/*
 * Part of store.h: who is away, and who stands in. Both are rights, and so are
 * written only while keys are unlocked. Days are local, since 1970-01-01.
 */
#ifndef EGENREMISS_STORE_ABSENCE_H
#define EGENREMISS_STORE_ABSENCE_H

#include "store/store.h"

/* sqlite_absence.c */

struct absence_row {
	int64_t account;
	int64_t deputy;			/* 0 nobody */
	int32_t from_day, to_day;	/* both included; to_day 0: without end */
};
/* Adds or replaces the account's. */
int	store_absence_put(struct store *, const struct absence_row *, struct error *);
enum answer store_absence_get(struct store *, int64_t account, struct absence_row *,
	    struct error *);
/* By first day; those to come and those that are over too. */
typedef int (*absence_fn)(const struct absence_row *, void *);
int	store_absence_each(struct store *, absence_fn, void *, struct error *);
/* None is fine. */
int	store_absence_remove(struct store *, int64_t account, struct error *);
/* Where that account was to stand in, nobody does. */
int	store_absence_leave(struct store *, int64_t deputy, struct error *);
/* Removes those whose last day was before. */
int	store_absence_forget(struct store *, int32_t before_day, struct error *);

/*
 * Who stands in for the account on that day, in that queue or, NULL, in any.
 * ABSENT when the account is at work, or nobody does: a deputy who is away or
 * has no key to the queue stands in for nobody.
 */
enum answer store_absence_deputy(struct store *, int64_t account, const char *queue,
	    int32_t day, int64_t *deputy, struct error *);

/* What an account that is away on the day of `now` holds. */
struct absence_load {
	int64_t held;
	int64_t unattended;		/* of them: nobody stands in; any member may take it */
	int64_t overdue;		/* of those: the due time has passed */
};
int	store_absence_load(struct store *, int64_t account, int64_t now, struct absence_load *,
	    struct error *);

#endif
