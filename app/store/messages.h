/*
 * Part of store.h, all in messages.c: messages, templates, notices (each account's mail address and
 * wanted kinds of alerts), and the broken due times that staff have been told of.
 */
#ifndef EGENREMISS_STORE_MESSAGES_H
#define EGENREMISS_STORE_MESSAGES_H

#include "base/base.h"
#include "base/words.h"
#include "store/auth.h"
#include "store/store.h"

#define STORE_ADDRESS	255	/* an e-mail address, with NUL */

struct message_row {
	int64_t number;
	enum message_way way;
	int kind;			/* of a mail: enum alert_kind of notify/; 0 of a text */
	char queue[STORE_QUEUE];	/* it is sent during this queue's opening hours */
	int64_t case_number;		/* of a text; 0 of a mail */
	int64_t account;		/* the receiver of a mail; the account that asked for a text */
	enum message_state state;
	enum message_reason reason;
	int64_t created_at;
	int64_t due_at;			/* it is not tried before this moment */
	int64_t changed_at;		/* when it came into its state */
	int tries;
	unsigned char sealed[STORE_SEALED];	/* the key of the box */
	const unsigned char *box; size_t box_size;	/* size 0: none */
};

/* Adds a message with 0 tries. */
int	store_message_add(struct store *, const struct message_row *, struct error *);
/* Names a case that a mail tells of. Naming it twice is not a failure. */
int	store_message_case_add(struct store *, int64_t message, int64_t case_number,
	    struct error *);
/* Fills everything but sealed and box. */
enum answer store_message_get(struct store *, int64_t number, struct message_row *,
	    struct error *);
typedef int (*message_fn)(const struct message_row *, void *);
/* Gives the queued message with the earliest due_at, with its box, if that is `now` or before. */
int	store_message_due(struct store *, int64_t now, message_fn, void *, struct error *);
/*
 * Writes state, reason, due_at, changed_at and tries of a message that is still in the
 * state `from`; ABSENT when it is not. A message that becomes sent or dropped loses its
 * sealed key and box.
 */
enum answer store_message_change(struct store *, const struct message_row *,
	    enum message_state from, struct error *);
/*
 * Makes every message in state sending unknown; call it when the outbox starts. Returns
 * their number, or -1.
 */
int64_t	store_message_recover(struct store *, int64_t now, struct error *);
/* Gives the failed and the unknown messages, oldest first, without boxes. */
int	store_message_each_unsent(struct store *, message_fn, void *, struct error *);
/* Gives the texts of a case, oldest first, without boxes. */
int	store_message_each_of_case(struct store *, int64_t case_number, message_fn, void *,
	    struct error *);
/* Drops the failed and unknown texts of closed cases. Returns their number, or -1. */
int64_t	store_message_close(struct store *, int64_t now, struct error *);
/* Drops the texts of a case that were made at `from_at` or later, and are not sent. */
int	store_message_drop(struct store *, int64_t case_number, int64_t from_at, int64_t now,
	    struct error *);
/* Removes the mails that are neither queued nor sending, and have not changed since `before_at`. */
int	store_message_forget(struct store *, int64_t before_at, struct error *);
/*
 * Counts the queued messages. *oldest_at becomes their earliest due_at, 0 without any; when
 * it is long past, the outbox does not run.
 */
int	store_message_waiting(struct store *, int64_t *count, int64_t *oldest_at, struct error *);

/* The number of a mail's cases that still wait; -1 on failure. */
int64_t	store_message_new(struct store *, int64_t number, struct error *);
/* The number of a mail's cases that are overdue at `now`; -1 on failure. */
int64_t	store_message_overdue(struct store *, int64_t number, int64_t now, struct error *);
/* The number of a mail's cases that are still offered to a queue of the account; or -1. */
int64_t	store_message_offered(struct store *, int64_t number, int64_t account, struct error *);
/* The number of a mail's cases that another account still asks to close; or -1. */
int64_t	store_message_confirm(struct store *, int64_t number, int64_t account, struct error *);
/* The number of a mail's cases, or -1. */
int64_t	store_message_cases(struct store *, int64_t number, struct error *);

struct notice_row {
	int64_t account;
	char address[STORE_ADDRESS];	/* "" when the account has given none */
	unsigned kinds;			/* wanted kinds: mask, 1 << enum alert_kind */
	int32_t digest_day;		/* the last local day whose digest has been made */
};
enum answer store_notice_get(struct store *, int64_t account, struct notice_row *,
	    struct error *);
/* Adds or replaces. */
int	store_notice_put(struct store *, const struct notice_row *, struct error *);
typedef int (*notice_fn)(const struct notice_row *, enum role, void *);
/* Gives the active members of a queue, or of any queue for NULL, that have given an address. */
int	store_notice_each(struct store *, const char *queue, notice_fn, void *, struct error *);
/* FOUND when an account that this one stands in for on that local day wants one of the kinds. */
enum answer store_notice_instead(struct store *, int64_t account, unsigned kinds, int32_t day,
	    struct error *);
/* The notice of an account; ABSENT unless it is active and has given an address. */
enum answer store_notice_reach(struct store *, int64_t account, struct notice_row *,
	    struct error *);

/* Templates: texts to begin a note or a text message with, and who changed them. */

#define STORE_TITLE	241	/* 60 characters of at most four bytes, with NUL */
#define STORE_WORDS	4001	/* 1000 characters */

struct template_row {
	int64_t number;
	char queue[STORE_QUEUE];
	enum template_kind kind;
	char title[STORE_TITLE], words[STORE_WORDS];
};
typedef int (*template_fn)(const struct template_row *, void *);
/* The templates of a queue, notes first, by title. */
int	store_template_each(struct store *, const char *queue, template_fn, void *, struct error *);
enum answer store_template_get(struct store *, int64_t number, struct template_row *,
	    struct error *);
int	store_template_add(struct store *, const struct template_row *, struct error *);
/* Writes title and words of a template, which must exist. */
int	store_template_change(struct store *, const struct template_row *, struct error *);
/* Removes a template, which must exist. */
int	store_template_remove(struct store *, int64_t number, struct error *);

struct template_change_row {
	char queue[STORE_QUEUE];
	int64_t account, at;
	enum template_act act;
	char title[STORE_TITLE];
};
int	store_template_told(struct store *, const struct template_change_row *, struct error *);
typedef int (*template_change_fn)(const struct template_change_row *, void *);
/* The last `limit` changes in a queue, newest first. */
int	store_template_changes(struct store *, const char *queue, int limit, template_change_fn,
	    void *, struct error *);

typedef int (*overdue_fn)(int64_t case_number, const char *queue, int64_t due_at, void *);
/*
 * Gives at most `limit` cases that were due before `now` and whose due time has not been told
 * with an alert of `kind` (store_overdue_tell).
 */
int	store_overdue_each(struct store *, int64_t now, int kind, int limit, overdue_fn, void *,
	    struct error *);
/*
 * Gives the cases whose present due time has been told with an alert of `kind`, but not with
 * one of `next`.
 */
int	store_overdue_each_told(struct store *, int kind, int next, overdue_fn, void *,
	    struct error *);
/* Writes down that a case's due time has been told with an alert of `kind`. */
int	store_overdue_tell(struct store *, int64_t case_number, int64_t due_at, int kind,
	    struct error *);
/* Removes the rows of store_overdue_tell whose case has another due time now. */
int	store_overdue_forget(struct store *, struct error *);

#endif
