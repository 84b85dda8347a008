/*
 * Part of store.h: invitations (one-time links), members of a queue, key migration,
 * absences. Verbs that write invitations or absences need store_unlock_keys.
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
	int64_t account;		/* its passphrase is lost; 0: invites a new colleague */
	enum role role;
	int64_t inviter;		/* the account that made the link */
	int64_t created_at, expires_at;
};
/* ERROR_REFUSED when there is another invitation for the same account. */
int	store_invitation_add(struct store *, const struct invitation_row *, struct error *);
enum answer store_invitation_get(struct store *, int64_t number, struct invitation_row *,
	    struct error *);
enum answer store_invitation_by_identity(struct store *, const unsigned char identity[STORE_KEY],
	    struct invitation_row *, struct error *);
typedef int (*invitation_fn)(const struct invitation_row *, void *);
/* Every invitation, expired ones too, oldest first. */
int	store_invitation_each(struct store *, invitation_fn, void *, struct error *);
/* Removes an invitation, which must exist, with its keys. */
int	store_invitation_remove(struct store *, int64_t number, struct error *);
/*
 * Removes the invitations that this account made and the one that would restore it; with
 * queue not NULL only those of them that open that queue.
 */
int	store_invitation_remove_of(struct store *, int64_t account, const char *queue,
	    struct error *);
/* Removes the invitations that expired before that moment. */
int	store_invitation_forget(struct store *, int64_t before_at, struct error *);

struct invitation_key_row {
	int64_t invitation;
	char queue[STORE_QUEUE]; int generation;
	unsigned char sealed[STORE_SEALED];	/* the queue's secret key, sealed to the link's key */
};
int	store_invitation_key_add(struct store *, const struct invitation_key_row *, struct error *);
typedef int (*invitation_key_fn)(const struct invitation_key_row *, void *);
/* The keys of one invitation, by queue and generation. */
int	store_invitation_key_each(struct store *, int64_t invitation, invitation_key_fn, void *,
	    struct error *);

/* keys.c, but for store_invitation_each_of, which stands in people.c */

/* Every account that has a key of the queue, of any generation, active or not, by user name. */
int	store_member_each(struct store *, const char *queue, account_fn, void *, struct error *);
/* Every invitation that opens the queue. */
int	store_invitation_each_of(struct store *, const char *queue, invitation_fn, void *,
	    struct error *);
/* The cases of a queue, or of every queue for NULL, that the account holds. */
int	store_case_each_held(struct store *, int64_t account, const char *queue, number_fn, void *,
	    struct error *);
/* A number that grows with every new key of any queue. A reader keeps a copy until it grows. */
int	store_queue_key_version(struct store *, int64_t *version, struct error *);

/* Old keys: data keys of cases that are sealed to a generation of the queue before `newest`. */
struct old_key_filter {
	const char *queue;
	int newest;
	bool closed;			/* of closed cases; else of open ones */
	int64_t after;			/* of cases with a higher number */
	int limit;
};
typedef int (*case_key_fn)(const struct case_key_row *, void *);
/* Gives the next `limit` old keys, by case number. */
int	store_old_key_each(struct store *, const struct old_key_filter *, case_key_fn, void *,
	    struct error *);
/* Counts the old keys of open and closed cases. */
int	store_old_key_count(struct store *, const char *queue, int newest, int64_t *count,
	    struct error *);
/*
 * Replaces a data key that is sealed to generation_before by the same key sealed to a newer
 * generation. ABSENT, and nothing changes, when the old one is gone: the case was purged,
 * the queue no longer takes part, or another process has replaced it.
 */
enum answer store_case_key_renew(struct store *, const struct case_key_row *renewed,
	    int generation_before, struct error *);

/* An old generation of a queue's key that an account or an invitation still has. */
struct old_generation {
	char queue[STORE_QUEUE];
	int generation;
	int64_t replaced_at;		/* when the newest generation was made */
};
typedef int (*old_generation_fn)(const struct old_generation *, void *);
/* By queue and generation. */
int	store_old_generation_each(struct store *, old_generation_fn, void *, struct error *);
/* FOUND when a case, an offer or a decline reason is still sealed to the generation. */
enum answer store_generation_needed(struct store *, const char *queue, int generation,
	    struct error *);
/* Removes that generation from every account and invitation. */
int	store_generation_retire(struct store *, const char *queue, int generation, struct error *);

/* people.c: absences and deputies; days are local */

struct absence_row {
	int64_t account;
	int64_t deputy;			/* the account that stands in; 0 nobody */
	int32_t from_day, to_day;	/* both included; to_day 0: the end is not known */
};
/* Adds or replaces the absence of the account. */
int	store_absence_put(struct store *, const struct absence_row *, struct error *);
enum answer store_absence_get(struct store *, int64_t account, struct absence_row *,
	    struct error *);
/* Every absence, past and future ones too, by first day. */
typedef int (*absence_fn)(const struct absence_row *, void *);
int	store_absence_each(struct store *, absence_fn, void *, struct error *);
int	store_absence_remove(struct store *, int64_t account, struct error *);
/* Removes that account as deputy from every absence; nobody stands in then. */
int	store_absence_leave(struct store *, int64_t deputy, struct error *);
/* Removes the absences whose last day was before that day. */
int	store_absence_forget(struct store *, int32_t before_day, struct error *);

/*
 * The account that stands in on that day for this one, in that queue, or for NULL in any
 * queue that both are members of. ABSENT when the account is not absent or has no deputy,
 * or when the deputy is absent, too, or is not a member of the queue.
 */
enum answer store_absence_deputy(struct store *, int64_t account, const char *queue,
	    int32_t day, int64_t *deputy, struct error *);

/* Counts of the cases that an account holds. */
struct absence_load {
	int64_t held;
	int64_t unattended;		/* of these: the account is absent and nobody stands in */
	int64_t overdue;		/* of the unattended: the due time has passed at `now` */
};
/* Absences are those of the local day of `now`. */
int	store_absence_load(struct store *, int64_t account, int64_t now, struct absence_load *,
	    struct error *);
/*
 * The colleagues for whom an account stands in on that day, by name, each with the number of
 * their cases that it may open.
 */
typedef int (*standing_fn)(const char *name, int64_t cases, void *);
int	store_absence_standing(struct store *, int64_t deputy, int32_t day, standing_fn, void *,
	    struct error *);

#endif
