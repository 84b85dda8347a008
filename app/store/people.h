/*
 * Part of store.h: one-time links, the members of a queue, key migration, absences.
 * Links and absences are written only while keys are unlocked (store_unlock_keys).
 */
#ifndef EGENREMISS_STORE_PEOPLE_H
#define EGENREMISS_STORE_PEOPLE_H

#include "base/base.h"
#include "base/words.h"
#include "store/auth.h"
#include "store/store.h"

/* people.c */

struct invitation_row {
	int64_t number;
	unsigned char identity[STORE_KEY];
	unsigned char public[STORE_KEY];
	int64_t account;		/* whose passphrase is lost; 0: somebody new */
	enum role role;
	int64_t inviter;
	int64_t created_at, expires_at;
};
/* Another one for the same account: ERROR_REFUSED. */
int	store_invitation_add(struct store *, const struct invitation_row *, struct error *);
enum answer store_invitation_get(struct store *, int64_t number, struct invitation_row *,
	    struct error *);
enum answer store_invitation_by_identity(struct store *, const unsigned char identity[STORE_KEY],
	    struct invitation_row *, struct error *);
typedef int (*invitation_fn)(const struct invitation_row *, void *);
/* Oldest first, those that have expired too. */
int	store_invitation_each(struct store *, invitation_fn, void *, struct error *);
/* What it gives goes with it. It must be there. */
int	store_invitation_remove(struct store *, int64_t number, struct error *);
/*
 * All that this account made, and those that would restore it; queue not NULL:
 * of them only those that open that queue. None is fine.
 */
int	store_invitation_remove_of(struct store *, int64_t account, const char *queue,
	    struct error *);
/* Removes what expired before. */
int	store_invitation_forget(struct store *, int64_t before_at, struct error *);

struct invitation_key_row {
	int64_t invitation;
	char queue[STORE_QUEUE]; int generation;
	unsigned char sealed[STORE_SEALED];	/* the queue's secret key, to the link's */
};
int	store_invitation_key_add(struct store *, const struct invitation_key_row *, struct error *);
typedef int (*invitation_key_fn)(const struct invitation_key_row *, void *);
/* Of one link, by queue and generation. */
int	store_invitation_key_each(struct store *, int64_t invitation, invitation_key_fn, void *,
	    struct error *);

/* keys.c, but for store_invitation_each_of, which stands in people.c */

/* Every account with a key to the queue, of whatever generation, active or not. */
int	store_member_each(struct store *, const char *queue, account_fn, void *, struct error *);
/* Every link that opens the queue. */
int	store_invitation_each_of(struct store *, const char *queue, invitation_fn, void *,
	    struct error *);
/* Cases that the account holds; queue NULL: of every queue. */
int	store_case_each_held(struct store *, int64_t account, const char *queue, number_fn, void *,
	    struct error *);
/* Grows with every new key of any queue, so that a reader may keep a copy. */
int	store_queue_key_version(struct store *, int64_t *version, struct error *);

/*
 * Data keys of cases that are sealed to a generation of the queue's key before
 * `newest`: of open cases, or else of closed ones, beyond `after`, by case. At
 * most `limit`.
 */
struct old_key_filter {
	const char *queue;
	int newest;
	bool closed;
	int64_t after;
	int limit;
};
typedef int (*case_key_fn)(const struct case_key_row *, void *);
int	store_old_key_each(struct store *, const struct old_key_filter *, case_key_fn, void *,
	    struct error *);
/* How many they are, in open and closed cases. */
int	store_old_key_count(struct store *, const char *queue, int newest, int64_t *count,
	    struct error *);
/*
 * Puts a data key that is sealed anew in the place of the one that it was
 * opened from. ABSENT, and nothing happens, when that one is gone: the case
 * was purged, the queue takes part no longer, or another has moved it.
 */
enum answer store_case_key_renew(struct store *, const struct case_key_row *renewed,
	    int generation_before, struct error *);

/* A generation of a queue's key that somebody still holds, though there is a newer one. */
struct old_generation {
	char queue[STORE_QUEUE];
	int generation;
	int64_t replaced_at;		/* when the newest was made */
};
typedef int (*old_generation_fn)(const struct old_generation *, void *);
int	store_old_generation_each(struct store *, old_generation_fn, void *, struct error *);
/* FOUND when some case, or an offer of one, is sealed to it. */
enum answer store_generation_needed(struct store *, const char *queue, int generation,
	    struct error *);
/* Takes that generation from every account and link. */
int	store_generation_retire(struct store *, const char *queue, int generation, struct error *);

/* people.c: absences and deputies. Days are local, since 1970-01-01. */

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
