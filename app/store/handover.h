/*
 * Part of store.h: offers of a case to another queue, queues that take part beside the
 * owner, and conflicts of interest. All of it stands in handover.c.
 */
#ifndef EGENREMISS_STORE_HANDOVER_H
#define EGENREMISS_STORE_HANDOVER_H

#include "base/base.h"
#include "base/words.h"
#include "store/auth.h"
#include "store/store.h"

struct offer_row {
	int64_t case_number;
	char queue[STORE_QUEUE];	/* that may take it over */
	int64_t account, at;		/* by whom, when */
	int64_t lapses_at;		/* when it ends by itself */
	bool stays;			/* the sender goes on taking part */
	int generation;			/* of the queue's key */
	unsigned char sealed[STORE_SEALED];	/* the data key */
	int32_t agreed_day;		/* of the person's consent; with stays */
	int64_t record;			/* the record that says to what; with stays */
	int64_t note_number;		/* 0 without a note */
	unsigned char note_sealed[STORE_SEALED];
	const unsigned char *note; size_t note_size;	/* for store_offer_add alone; the caller's */
};
/* A second for the same case: ERROR_REFUSED. */
int	store_offer_add(struct store *, const struct offer_row *, struct error *);
/* The sealed note is appended to *note, unless that is NULL. */
enum answer store_offer_get(struct store *, int64_t case_number, struct offer_row *row,
	    struct buffer *note, struct error *);

struct offer_ended_row {
	int64_t case_number;
	char from_queue[STORE_QUEUE], queue[STORE_QUEUE];
	int64_t account, at;		/* who offered it, when */
	int64_t ended_by, ended_at;	/* 0 the program */
	enum act how;			/* ACT_ACCEPT, _RETURN, _WITHDRAW, _LAPSE or _CLOSE */
};
/* Ends the case's offer, which must exist. Closing a case ends its offer by itself. */
int	store_offer_end(struct store *, const struct offer_ended_row *, struct error *);
/*
 * The case's last offer that is over, when it was from or to one of the account's
 * queues and the account has no conflict of interest in the case.
 */
enum answer store_offer_last(struct store *, int64_t case_number, int64_t account,
	    struct offer_ended_row *, struct error *);

/*
 * Offers from or to the account's queues that lapsed at `since_at` or later, last first,
 * except of cases in which the account has a conflict of interest.
 */
typedef int (*offer_ended_fn)(const struct offer_ended_row *, void *);
int	store_offer_each_unanswered(struct store *, int64_t account, int64_t since_at,
	    offer_ended_fn, void *, struct error *);

/* Sealed members of the offer are not filled. */
typedef int (*offer_fn)(const struct case_row *, const struct offer_row *, void *);
/* Offers to the account's queues, the first to lapse first. */
int	store_offer_each(struct store *, int64_t account, offer_fn, void *, struct error *);
/* Offers from the account's queues, in the same order. */
int	store_offer_each_sent(struct store *, int64_t account, offer_fn, void *, struct error *);
/* Cases whose offer has lapsed by `now`. */
int	store_offer_each_lapsed(struct store *, int64_t now, number_fn, void *, struct error *);
/*
 * How many active coordinators and leads with the queue's newest key can take the case
 * over; those with a conflict of interest do not count. -1 on failure.
 */
int	store_offer_readers(struct store *, int64_t case_number, const char *queue,
	    struct error *);

/* Why an offer was declined, until the text is moved to the case's notes. */
struct decline_reason_row {
	int64_t number, case_number, account, at;
	char queue[STORE_QUEUE]; int generation;	/* to whose key */
	unsigned char sealed[STORE_SEALED];
	const unsigned char *box; size_t box_size;
};
int	store_decline_reason_add(struct store *, const struct decline_reason_row *, struct error *);
typedef int (*decline_reason_fn)(const struct decline_reason_row *, void *);
/* Of one case, oldest first. */
int	store_decline_reason_each(struct store *, int64_t case_number, decline_reason_fn, void *,
	    struct error *);
int	store_decline_reason_remove(struct store *, int64_t number, struct error *);

/* Removes a queue's keys to a case. The owner's last one: ERROR_REFUSED. None is not a failure. */
int	store_case_key_remove(struct store *, int64_t case_number, const char *queue,
	    struct error *);

struct share_row {
	int64_t number, case_number;
	char queue[STORE_QUEUE];	/* that takes part */
	int64_t account, at;		/* that wrote the consent down, and when */
	int32_t agreed_day;		/* of the consent */
	int64_t record;			/* that says what may be shared */
	int64_t withdrawn_at, withdrawn_by;	/* 0 while it lasts */
};
/* ERROR_REFUSED when the queue takes part already. */
int	store_share_add(struct store *, const struct share_row *, struct error *);
typedef int (*share_fn)(const struct share_row *, void *);
/* Those of a case that last and those that ended, oldest first. */
int	store_share_each(struct store *, int64_t case_number, share_fn, void *, struct error *);
/* The one that lasts; ABSENT when the queue does not take part. */
enum answer store_share_get(struct store *, int64_t case_number, const char *queue,
	    struct share_row *, struct error *);
/* Ends it and removes the queue's keys to the case. It must not have ended. */
int	store_share_end(struct store *, int64_t number, int64_t by, int64_t at, struct error *);
/* FOUND when the account is a member of that queue. */
enum answer store_is_member(struct store *, int64_t account, const char *queue,
	    struct error *);

/* The account knows the person and keeps away from the case. Again changes nothing. */
int	store_conflict_add(struct store *, int64_t case_number, int64_t account, struct error *);
/* Removes every conflict of interest in the case. */
int	store_conflict_lift(struct store *, int64_t case_number, struct error *);
/*
 * How many active coordinators and leads of the owning queue can open the case and
 * have no conflict of interest, not counting `except`. -1 on failure.
 */
int	store_case_readers(struct store *, int64_t case_number, int64_t except, struct error *);
/* Waiting cases that only accounts with a conflict of interest can open. */
int	store_case_each_shunned(struct store *, number_fn, void *, struct error *);

#endif
