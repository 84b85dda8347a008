/*
 * What the store keeps of the door: sessions, second factors, known
 * browsers. All of it is written only while keys are unlocked. See store.h.
 */
#ifndef EGENREMISS_STORE_AUTH_H
#define EGENREMISS_STORE_AUTH_H

#include "base/base.h"

struct store;

#define STORE_KEY	32	/* a public key, a session's identity, a browser's digest */
#define STORE_BOX	73	/* a secret key under a session */
#define STORE_FACTOR	123	/* a second factor under its account's key */

/* sqlite_session.c */

struct session_row {
	unsigned char identity[STORE_KEY];
	int64_t number;			/* for its owner's list */
	int64_t account;
	unsigned char box[STORE_BOX];
	int64_t created_at, seen_at;
	bool half;			/* the code is still to come: nobody is signed in */
	int wrong;			/* passphrases and codes typed wrong in it */
};
int	store_session_add(struct store *, const struct session_row *, struct error *);
enum answer store_session_get(struct store *, const unsigned char identity[STORE_KEY],
	    struct session_row *, struct error *);
/* Newest first. */
typedef int (*session_fn)(const struct session_row *, void *);
int	store_session_each(struct store *, int64_t account, session_fn, void *, struct error *);
int	store_session_seen(struct store *, const unsigned char identity[STORE_KEY], int64_t at,
	    struct error *);
/* Writes created_at, half and wrong. That it has ended meanwhile is no failure. */
int	store_session_change(struct store *, const struct session_row *, struct error *);
int	store_session_remove(struct store *, const unsigned char identity[STORE_KEY], struct error *);
/* One that its owner names; another's, or none, is no failure. */
int	store_session_end(struct store *, int64_t account, int64_t number, struct error *);
/* Every session of an account but that one. */
int	store_session_remove_others(struct store *, int64_t account,
	    const unsigned char identity[STORE_KEY], struct error *);
/* Every session of an account: after a lost passphrase, or when it is shut. */
int	store_session_remove_all(struct store *, int64_t account, struct error *);
int	store_session_forget(struct store *, int64_t seen_before, struct error *);

/* sqlite_factor.c */

struct factor_row {
	int64_t account;
	unsigned char box[STORE_FACTOR];
	int64_t used_step;		/* the latest step whose code was taken */
	int64_t confirmed_at;		/* 0: no code has been right yet, it counts for nothing */
	int wrong; int64_t wrong_at;	/* wrong codes from strange browsers since the last right one */
};
/* Adds or replaces. */
int	store_factor_put(struct store *, const struct factor_row *, struct error *);
enum answer store_factor_get(struct store *, int64_t account, struct factor_row *, struct error *);
/* None is fine. */
int	store_factor_remove(struct store *, int64_t account, struct error *);

/* sqlite_browser.c */

struct browser_row {
	unsigned char digest[STORE_KEY];
	int64_t account, until_at;
	int failures; int64_t failed_at;	/* sign-ins that failed since the last that did not */
};
/* Adds or replaces. */
int	store_browser_put(struct store *, const struct browser_row *, struct error *);
enum answer store_browser_get(struct store *, const unsigned char digest[STORE_KEY],
	    struct browser_row *, struct error *);
/* Of an account: forgets those known until before `now`, and all but the `most` known longest. */
int	store_browser_trim(struct store *, int64_t account, int64_t now, int most, struct error *);
int	store_browser_remove_all(struct store *, int64_t account, struct error *);

#endif
