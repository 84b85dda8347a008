/*
 * Part of store.h, all in handover.c: offers of a case to another queue, queues that take
 * part beside the owner, conflicts of interest.
 */
#ifndef EGENREMISS_STORE_HANDOVER_H
#define EGENREMISS_STORE_HANDOVER_H

#include "base/base.h"
#include "base/words.h"
#include "store/auth.h"
#include "store/store.h"

struct offer_row {
	int64_t case_number;
	char queue[STORE_QUEUE];	/* the queue that may take the case over */
	int64_t account, at;		/* the account that offered it, and when */
	int64_t lapses_at;		/* when the offer ends by itself */
	bool stays;			/* the sending queue will take part afterwards */
	int generation;			/* of the receiving queue's key */
	unsigned char sealed[STORE_SEALED];	/* the data key of the case, sealed to that key */
	int32_t agreed_day;		/* with stays: the day of the person's consent */
	int64_t record;			/* with stays: the record that says what it covers */
	int64_t note_number;		/* 0 without a note */
	unsigned char note_sealed[STORE_SEALED];	/* the key of the note */
	const unsigned char *note; size_t note_size;	/* of store_offer_add only */
};
/* ERROR_REFUSED when the case is offered already. */
int	store_offer_add(struct store *, const struct offer_row *, struct error *);
/* Appends the sealed note to *note, unless note is NULL; row->note stays NULL. */
enum answer store_offer_get(struct store *, int64_t case_number, struct offer_row *row,
	    struct buffer *note, struct error *);

struct offer_ended_row {
	int64_t case_number;
	char from_queue[STORE_QUEUE], queue[STORE_QUEUE];	/* sender, receiver */
	int64_t account, at;		/* the account that offered it, and when */
	int64_t ended_by, ended_at;	/* the account that ended it, 0 the program; and when */
	enum act how;			/* ACT_ACCEPT, _RETURN, _WITHDRAW, _LAPSE or _CLOSE */
};
/* Ends the offer of a case, which must exist. Closing a case ends its offer by itself. */
int	store_offer_end(struct store *, const struct offer_ended_row *, struct error *);
/*
 * The last ended offer of the case from or to one of the account's queues. ABSENT also
 * when the account has a conflict of interest in the case.
 */
enum answer store_offer_last(struct store *, int64_t case_number, int64_t account,
	    struct offer_ended_row *, struct error *);

/*
 * The last ended offer of the case, if the account made it, it was declined or lapsed, and
 * the account has not opened the case since.
 */
enum answer store_offer_declined(struct store *, int64_t case_number, int64_t account,
	    struct offer_ended_row *, struct error *);

/*
 * Gives the offers from or to the account's queues that lapsed at `since_at` or later, last
 * one first, except those of cases in which the account has a conflict of interest.
 */
typedef int (*offer_ended_fn)(const struct offer_ended_row *, void *);
int	store_offer_each_unanswered(struct store *, int64_t account, int64_t since_at,
	    offer_ended_fn, void *, struct error *);

/* Gives the ended offers of a case, first ended first. */
int	store_offer_each_ended(struct store *, int64_t case_number, offer_ended_fn, void *,
	    struct error *);

/* Of the offer only queue, case_number, account, at, lapses_at and stays are filled. */
typedef int (*offer_fn)(const struct case_row *, const struct offer_row *, void *);
/*
 * Gives the offers to the account's queues, the first to lapse first, except those of
 * cases in which the account has a conflict of interest.
 */
int	store_offer_each(struct store *, int64_t account, offer_fn, void *, struct error *);
/* Gives the offers from the account's queues, in the same order, with the same exception. */
int	store_offer_each_sent(struct store *, int64_t account, offer_fn, void *, struct error *);
/* Gives the cases whose offer lapses at `now` or before. */
int	store_offer_each_lapsed(struct store *, int64_t now, number_fn, void *, struct error *);
/*
 * The number of active coordinators and leads that have the queue's newest key and no
 * conflict of interest in the case; -1 on failure.
 */
int	store_offer_readers(struct store *, int64_t case_number, const char *queue,
	    struct error *);

/* The reason why an offer was declined, until its text is moved to the case's notes. */
struct decline_reason_row {
	int64_t number, case_number, account, at;
	char queue[STORE_QUEUE]; int generation;	/* the owning queue and its key */
	unsigned char sealed[STORE_SEALED];
	const unsigned char *box; size_t box_size;
};
int	store_decline_reason_add(struct store *, const struct decline_reason_row *, struct error *);
typedef int (*decline_reason_fn)(const struct decline_reason_row *, void *);
/* The reasons of one case, oldest first. */
int	store_decline_reason_each(struct store *, int64_t case_number, decline_reason_fn, void *,
	    struct error *);
/* It must exist. */
int	store_decline_reason_remove(struct store *, int64_t number, struct error *);

/* Removes a queue's keys to a case. ERROR_REFUSED when the owning queue would have none left. */
int	store_case_key_remove(struct store *, int64_t case_number, const char *queue,
	    struct error *);

struct share_row {
	int64_t number, case_number;
	char queue[STORE_QUEUE];	/* the queue that takes part */
	int64_t account, at;		/* the account that wrote the consent down, and when */
	int32_t agreed_day;		/* the day of the consent */
	int64_t record;			/* the record that says what may be shared */
	int64_t withdrawn_at, withdrawn_by;	/* 0 while the share lasts */
};
/* ERROR_REFUSED when the queue takes part already. */
int	store_share_add(struct store *, const struct share_row *, struct error *);
typedef int (*share_fn)(const struct share_row *, void *);
/* All shares of a case, ended ones too, oldest first. */
int	store_share_each(struct store *, int64_t case_number, share_fn, void *, struct error *);
/* The share of a queue that takes part now; ABSENT when it does not. */
enum answer store_share_get(struct store *, int64_t case_number, const char *queue,
	    struct share_row *, struct error *);
/* Ends a share, which must last, and removes the queue's keys to the case. */
int	store_share_end(struct store *, int64_t number, int64_t by, int64_t at, struct error *);
/* FOUND when the account has a key of that queue, of any generation. */
enum answer store_is_member(struct store *, int64_t account, const char *queue,
	    struct error *);

/*
 * Writes down that the account has a conflict of interest: it knows the person and must
 * not read the case. One that is written down already is not a failure.
 */
int	store_conflict_add(struct store *, int64_t case_number, int64_t account, struct error *);
/* Removes that of one account. */
int	store_conflict_remove(struct store *, int64_t case_number, int64_t account, struct error *);
/* The case in which the account last declared one that stands, at `since_at` or later. */
enum answer store_conflict_latest(struct store *, int64_t account, int64_t since_at,
	    int64_t *case_number, struct error *);
/* Removes every conflict of interest in the case. */
int	store_conflict_lift(struct store *, int64_t case_number, struct error *);
/*
 * The number of active coordinators and leads of the owning queue that can open the case
 * and have no conflict of interest in it, without the account `except`; -1 on failure.
 */
int	store_case_readers(struct store *, int64_t case_number, int64_t except, struct error *);
/* Gives the waiting cases that only accounts with a conflict of interest could open. */
int	store_case_each_shunned(struct store *, number_fn, void *, struct error *);

#endif
