/*
 * Part of store.h: messages, notices (what staff want to be told, and where) and the
 * broken due times of which staff have been told. All of it stands in messages.c.
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
	char queue[STORE_QUEUE];	/* whose hours it keeps */
	int64_t case_number;		/* of a text; 0 of a mail */
	int64_t account;		/* who gets the mail; who pressed for the text */
	enum message_state state;
	enum message_reason reason;
	int64_t created_at, due_at, changed_at;
	int tries;
	unsigned char sealed[STORE_SEALED];
	const unsigned char *box; size_t box_size;	/* size 0: none */
};

int	store_message_add(struct store *, const struct message_row *, struct error *);
/* Names a case that a mail tells of; twice is once. */
int	store_message_case_add(struct store *, int64_t message, int64_t case_number,
	    struct error *);
/* Without its box. */
enum answer store_message_get(struct store *, int64_t number, struct message_row *,
	    struct error *);
typedef int (*message_fn)(const struct message_row *, void *);	/* not 0 stops */
/* The queued message that is due longest at now, if any is, its box included. */
int	store_message_due(struct store *, int64_t now, message_fn, void *, struct error *);
/*
 * Writes state, reason, due_at, changed_at and tries of a message that is
 * still in state `from`; ABSENT when it is not. Sent and dropped ones lose
 * what was sealed.
 */
enum answer store_message_change(struct store *, const struct message_row *,
	    enum message_state from, struct error *);
/* Those that were being sent when the outbox died become unknown. How many, or -1. */
int64_t	store_message_recover(struct store *, int64_t now, struct error *);
/* Failed and unknown ones, oldest first; without boxes. */
int	store_message_each_unsent(struct store *, message_fn, void *, struct error *);
/* The texts of a case, oldest first; without boxes. */
int	store_message_each_of_case(struct store *, int64_t case_number, message_fn, void *,
	    struct error *);
/* Drops the unsent texts of cases that are closed. How many, or -1. */
int64_t	store_message_close(struct store *, int64_t now, struct error *);
/* Removes mails that came to rest before then. */
int	store_message_forget(struct store *, int64_t before_at, struct error *);
/* How many wait, and since when the oldest does; for an outbox that does not run. */
int	store_message_waiting(struct store *, int64_t *count, int64_t *oldest_at, struct error *);

/*
 * How many of a mail's cases are still as it tells: waiting (new), overdue at
 * now. -1 on failure.
 */
int64_t	store_message_new(struct store *, int64_t number, struct error *);
int64_t	store_message_overdue(struct store *, int64_t number, int64_t now, struct error *);
/*
 * The same of what is still asked of the account: offered to a queue of its,
 * awaiting a second person's yes. -1 on failure.
 */
int64_t	store_message_offered(struct store *, int64_t number, int64_t account, struct error *);
int64_t	store_message_confirm(struct store *, int64_t number, int64_t account, struct error *);
/* How many cases it tells of, or -1. */
int64_t	store_message_cases(struct store *, int64_t number, struct error *);

struct notice_row {
	int64_t account;
	char address[STORE_ADDRESS];	/* "" nowhere */
	unsigned kinds;			/* mask, 1 << enum alert_kind */
	int32_t digest_day;		/* the local day that has been seen to */
};
enum answer store_notice_get(struct store *, int64_t account, struct notice_row *,
	    struct error *);
/* Adds or replaces. */
int	store_notice_put(struct store *, const struct notice_row *, struct error *);
typedef int (*notice_fn)(const struct notice_row *, enum role, void *);
/* Active members of a queue who named an address; queue NULL: everybody such. */
int	store_notice_each(struct store *, const char *queue, notice_fn, void *, struct error *);
/* FOUND when somebody for whom the account stands in on that local day wants one of those kinds. */
enum answer store_notice_instead(struct store *, int64_t account, unsigned kinds, int32_t day,
	    struct error *);
/* Whether the account is active, and named an address; with that. */
enum answer store_notice_reach(struct store *, int64_t account, struct notice_row *,
	    struct error *);

typedef int (*overdue_fn)(int64_t case_number, const char *queue, int64_t due_at, void *);
/* At most `limit` cases due before `now` of which nobody was told as of `kind`. */
int	store_overdue_each(struct store *, int64_t now, int kind, int limit, overdue_fn, void *,
	    struct error *);
/* Cases told of as of `kind` that are still due at the same moment, and not told as of `next`. */
int	store_overdue_each_told(struct store *, int kind, int next, overdue_fn, void *,
	    struct error *);
int	store_overdue_tell(struct store *, int64_t case_number, int64_t due_at, int kind,
	    struct error *);
/* Forgets those whose case has another due time now. */
int	store_overdue_forget(struct store *, struct error *);

#endif
