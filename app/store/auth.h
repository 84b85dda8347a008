/*
 * Part of store.h, all in auth.c: sessions, second factors, trusted devices and addresses
 * of calendars. Verbs that write them need store_unlock_keys.
 */
#ifndef EGENREMISS_STORE_AUTH_H
#define EGENREMISS_STORE_AUTH_H

#include "base/base.h"

struct store;

#define STORE_KEY	32	/* a public key, a session's identity, a device's digest */
#define STORE_BOX	73	/* a secret key under a session */
#define STORE_SEALED	81	/* a key that is sealed to another key */
#define STORE_FACTOR	123	/* a second factor under its account's key */
#define STORE_DIGEST	16	/* of a form that was taken */
#define STORE_PATH	256	/* of a form */

struct session_row {
	unsigned char identity[STORE_KEY];
	int64_t number;			/* by which its owner can end it */
	int64_t account;
	unsigned char box[STORE_BOX];
	int64_t created_at, seen_at;
	bool half;			/* not signed in yet: the one-time code is still missing */
	int wrong;			/* wrong passphrases and codes that were typed in it */
};
int	store_session_add(struct store *, const struct session_row *, struct error *);
enum answer store_session_get(struct store *, const unsigned char identity[STORE_KEY],
	    struct session_row *, struct error *);
/* The sessions of an account, newest first. */
typedef int (*session_fn)(const struct session_row *, void *);
int	store_session_each(struct store *, int64_t account, session_fn, void *, struct error *);
/* Writes seen_at. A session that has ended is not a failure. */
int	store_session_seen(struct store *, const unsigned char identity[STORE_KEY], int64_t at,
	    struct error *);
/* Writes created_at, half and wrong. A session that has ended is not a failure. */
int	store_session_change(struct store *, const struct session_row *, struct error *);
int	store_session_remove(struct store *, const unsigned char identity[STORE_KEY], struct error *);
/* Removes the account's session of that number; another account's session stays. */
int	store_session_end(struct store *, int64_t account, int64_t number, struct error *);
/* Removes every session of an account but that one. */
int	store_session_remove_others(struct store *, int64_t account,
	    const unsigned char identity[STORE_KEY], struct error *);
/* Removes every session of an account: after a lost passphrase, or when it is deactivated. */
int	store_session_remove_all(struct store *, int64_t account, struct error *);
/* Removes the sessions of all accounts whose seen_at is before `seen_before`. */
int	store_session_forget(struct store *, int64_t seen_before, struct error *);

struct factor_row {
	int64_t account;
	unsigned char box[STORE_FACTOR];
	int64_t used_step;		/* the latest step whose code was accepted */
	int64_t confirmed_at;		/* when a first code was right; 0: no code is asked for */
	int wrong; int64_t wrong_at;	/* wrong codes from untrusted devices since a right one */
};
/* Adds or replaces. */
int	store_factor_put(struct store *, const struct factor_row *, struct error *);
enum answer store_factor_get(struct store *, int64_t account, struct factor_row *, struct error *);
int	store_factor_remove(struct store *, int64_t account, struct error *);

struct device_row {
	unsigned char digest[STORE_KEY];
	int64_t account, until_at;
	int failures; int64_t failed_at;	/* failed sign-ins since the last successful one */
};
/* Adds or replaces. */
int	store_device_put(struct store *, const struct device_row *, struct error *);
enum answer store_device_get(struct store *, const unsigned char digest[STORE_KEY],
	    struct device_row *, struct error *);
/*
 * Removes the account's devices whose trust ended before `now`. Of the others it keeps the
 * `most` whose trust ends last.
 */
int	store_device_trim(struct store *, int64_t account, int64_t now, int most, struct error *);
int	store_device_remove_all(struct store *, int64_t account, struct error *);

/* The secret address of an account's calendar. */
struct calendar_row {
	int64_t account;
	unsigned char identity[STORE_KEY];
	int64_t created_at;
};
/* Adds or replaces. */
int	store_calendar_put(struct store *, const struct calendar_row *, struct error *);
enum answer store_calendar_get(struct store *, int64_t account, struct calendar_row *,
	    struct error *);
enum answer store_calendar_by_identity(struct store *, const unsigned char identity[STORE_KEY],
	    struct calendar_row *, struct error *);
/* Removes the account's address, if it has one. */
int	store_calendar_remove(struct store *, int64_t account, struct error *);

/* Marks a form as taken. ABSENT: it was already. */
enum answer store_form_take(struct store *, const unsigned char digest[STORE_DIGEST], int64_t at,
	    struct error *);
/* Unmarks a form. */
int	store_form_give_back(struct store *, const unsigned char digest[STORE_DIGEST], struct error *);
/* Forgets the forms that were taken before that moment. */
int	store_forms_forget(struct store *, int64_t before, struct error *);

/* What an account sent and the service could not take: the fields of a form, or a page. */
struct draft_row {
	int64_t number;
	int64_t account;
	char address[STORE_PATH];	/* to which the form posts; "" of a page */
	int64_t session;		/* the number of the one that may see the page; 0 of a form */
	unsigned char sealed[STORE_SEALED];
	const unsigned char *box; size_t box_size;
	int64_t kept_at;
};
/* Adds; a form replaces the account's form of the same address. */
int	store_draft_put(struct store *, const struct draft_row *, struct error *);
/* Removes all but the newest `most` of an account. */
int	store_draft_trim(struct store *, int64_t account, int most, struct error *);
typedef int (*draft_fn)(const struct draft_row *, void *);
/* Gives a page of that session, or nothing. */
int	store_draft_page(struct store *, int64_t number, int64_t account, int64_t session,
	    draft_fn, void *, struct error *);
/* Gives the account's forms, oldest first. */
int	store_draft_each(struct store *, int64_t account, draft_fn, void *, struct error *);
/* Removes the account's form of that address. ABSENT when there is none. */
enum answer store_draft_remove(struct store *, int64_t account, const char *address,
	    struct error *);
/* Removes the pages that were kept before the first moment, and the forms before the second. */
int	store_drafts_forget(struct store *, int64_t pages_before, int64_t forms_before,
	    struct error *);

#endif
