/*
 * Signing in (auth_signin.c), the login throttle (auth_throttle.c), sessions
 * (auth_session.c), drafts (auth_drafts.c), and how an account changes its own passphrase
 * (auth_passphrase.c) and second factor (auth_factor.c). All functions but those of the throttle and
 * passphrase_judge block on the disk; a comment names those that run Argon2id, which takes
 * about 100 ms and 64 MiB.
 */
#ifndef EGENREMISS_FLOW_AUTH_H
#define EGENREMISS_FLOW_AUTH_H

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

/* auth_throttle.c */

/*
 * Allocates the counts; call it once before the workers fork. A second call forgets all
 * counts. Returns 0, or -1 with *error.
 */
int	throttle_start(struct error *error);

/* auth_signin.c */

/* A session ends so long after sign-in, even when it is in use: a working day. */
#define SIGNIN_LONGEST_SECONDS	INT64_C(43200)
/* After the passphrase, the code must come within this time. */
#define SIGNIN_HALF_SECONDS	INT64_C(300)
/* After so many wrong codes the sign-in must begin again. */
#define SIGNIN_WRONG_MAX	5

struct signin_try {
	const char *user, *passphrase;
	const char *browser;		/* the cookie of a trusted device; NULL or "" without */
	unsigned char source[SEAL_DIGEST_SIZE];	/* a keyed digest of the client's address */
};

struct signin_answer {
	char cookie[SEAL_COOKIE_SIZE];	/* the session's cookie */
	char browser[SEAL_COOKIE_SIZE];	/* the trusted device's cookie; "" while a code is needed */
	bool half;			/* the session still needs the code of the second factor */
	bool ended;			/* too many wrong codes: the sign-in must begin again */
	/* ABSENT: over 0 when it came too early and was not checked */
	int64_t wait_seconds;
};

/*
 * Checks user and passphrase and makes a session. FOUND with *answer. ABSENT when it came
 * too early, or the passphrase is wrong, or the user unknown or inactive; neither the
 * answer, its time nor the throttle tells which of the last three. Argon2id. The caller
 * wipes *answer after every result.
 */
enum answer signin(struct work *work, const struct signin_try *try,
	    struct signin_answer *answer);

/* auth_session.c */

/* The signed-in account. The caller ends it with identity_free. */
struct identity {
	int64_t account;
	char user[64], name[128];
	enum role role;
	bool must_enrol;		/* the account must make a second factor first */
	int64_t session_number;
	struct secret_key *secret;		/* the account's secret key */
	struct session_keys session;
};

/*
 * FOUND with *identity, which the caller ends with identity_free. ABSENT when the session
 * is unknown, still needs its code, has been idle longer than session_minutes of the
 * configuration, is older than SIGNIN_LONGEST_SECONDS, belongs to an inactive account, or
 * was made before its account got a new key pair. `present` marks the session as in use:
 * true for a request of a person, false for a page that updates itself.
 */
enum answer identity_of(struct work *work, const char *cookie, bool present,
	    struct identity *identity);
/*
 * The same for a session that still needs its code, for signin_code alone. ABSENT also when
 * the code is too late.
 */
enum answer identity_half(struct work *work, const char *cookie, struct identity *identity);
void	identity_free(struct identity *identity);
/* Removes the session of the signed-in account. Returns 0, also when it is gone, or -1. */
int	signout(struct work *work);
/*
 * Removes all sessions that have been idle longer than the configuration allows. Returns 0
 * or -1.
 */
int	signin_forget(struct work *work);

/*
 * auth_signin.c: completes the session of identity_half, which work->actor is, by a
 * one-time code or a recovery code. FOUND with answer->browser. ABSENT when it came too
 * early (wait_seconds), the code is wrong, too many were (ended), or the session is gone.
 * After five wrong codes from devices that are not trusted, the n-th wrong one causes a
 * wait of 2^(n-5) s, at most 120, because the person already has the passphrase and there
 * are only a million codes.
 */
enum answer signin_code(struct work *work, const char *code, const struct signin_try *try,
	    struct signin_answer *answer);

/* auth_drafts.c: what an account sent and the service could not take */

/*
 * Keeps the fields of a form that posts to `address`, without passphrases and codes, for a
 * day, for the account alone, which need not be signed in. In place of its token the form
 * then has `page`, on which it stood. ABSENT: nothing was typed, or no such account is active.
 */
enum answer draft_keep(struct work *work, int64_t account, const char *address,
	    const char *page, const struct form *form);
/* Called with each form that is kept for the signed-in account; it lives until the return. */
typedef void draft_show(const char *address, const struct form *form, void *context);
int	drafts_each(struct work *work, draft_show *show, void *context);
/* Forgets the form of that address, if one is kept: it has been taken. Returns 0 or -1. */
int	draft_drop(struct work *work, const char *address);
/*
 * Keeps a page for an hour, for the session alone; *number is a part of its address.
 * Returns 0 or -1.
 */
int	draft_page_keep(struct work *work, int status, const struct buffer *page,
	    int64_t *number);
/* Appends the page to *page. ABSENT: it is another session's, or too old. */
enum answer draft_page_read(struct work *work, int64_t number, int *status,
	    struct buffer *page);
/*
 * Takes the mark from the work's form when it was refused after all, although something was
 * committed, such as a count of wrong codes. Returns 0 or -1.
 */
int	form_refused(struct work *work, const unsigned char digest[SEAL_DIGEST_SIZE]);
/* Removes what is too old, and the marks of taken forms. Returns 0 or -1. */
int	drafts_forget(struct work *work);

/* auth_passphrase.c */

enum passphrase_verdict {
	PASSPHRASE_GOOD,
	PASSPHRASE_WEAK,		/* under PASSPHRASE_LEAST_BITS: a further word is needed */
	PASSPHRASE_LONG,		/* over PASSPHRASE_MAX characters */
	PASSPHRASE_BROKEN		/* not UTF-8 */
};

/*
 * A passphrase is cleaned (typed_clean in rules.h) before it is used, so that its NFC and
 * its NFD give the same result, and a space at its end does not matter.
 */

/* Whether both are the same after the cleaning. */
bool	passphrase_same(const char *one, const char *other);
/* secret_lock with the clean passphrase. Argon2id. */
int	passphrase_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
	    int64_t account, const char *typed);
/*
 * Unlocks the account's secret key with the clean passphrase, and after that with the
 * passphrase as it was typed, because an account may be older than the cleaning; *old is
 * then true. account NULL: no passphrase fits, and the call takes as long as for a wrong
 * one. Returns 0; or -1 when none fits, or with errno ENOMEM when there is no memory.
 * Argon2id, twice when the two passphrases differ and the clean one does not fit.
 */
int	passphrase_unlock(struct secret_key *secret, const struct account_row *account,
	    const char *typed, bool *old);

/*
 * Judges a new passphrase. Words of the user's name, the service's and the areas' names
 * make it weaker. Takes a few milliseconds.
 */
enum passphrase_verdict passphrase_judge(const struct config *config, const char *passphrase,
	    const char *user, const char *name);
/* The same: 0, or -1 with ERROR_INPUT and the remedy. */
int	passphrase_check(struct work *work, const char *passphrase, const char *user,
	    const char *name);

/*
 * Checks the passphrase of the signed-in account: FOUND, or ABSENT when it is wrong. The
 * sixth wrong one ends the session (see session_wrong). Argon2id.
 */
enum answer passphrase_prove(struct work *work, const char *passphrase);
/*
 * Changes the passphrase of the signed-in account; its key pair stays, its other sessions
 * end. ABSENT: `present` is wrong, which counts like passphrase_prove. FAILED with
 * ERROR_INPUT: passphrase_check refuses `fresh`; with ERROR_REFUSED: the passphrase was
 * changed at the same time. Argon2id, twice.
 */
enum answer passphrase_change(struct work *work, const char *present, const char *fresh);

/* auth_factor.c: the second factor of the signed-in account */

struct factor_codes { char text[FACTOR_CODES][FACTOR_CODE_SIZE]; };	/* wiped by the caller */

struct factor_state {
	int64_t confirmed_at;		/* 0: not confirmed yet */
	int codes_left;
	/* Wrong codes from devices that are not trusted, since the last right one. */
	int wrong;
	char secret[TOTP_TEXT_SIZE];	/* filled until it is confirmed; wiped by the caller */
};

/* FOUND with *state. ABSENT: there is no factor, not even an unconfirmed one. */
enum answer factor_show(struct work *work, struct factor_state *state);
/*
 * Makes a new unconfirmed secret, in place of an earlier unconfirmed one. ABSENT: a
 * confirmed factor exists.
 */
enum answer factor_begin(struct work *work);
/*
 * Confirms the factor with its first one-time code and makes ten recovery codes. Sign-in
 * needs a code from then on. ABSENT: the code is wrong, or there is nothing to confirm.
 */
enum answer factor_confirm(struct work *work, const char *code, struct factor_codes *codes);
/*
 * Makes ten new recovery codes; the old ones become invalid. The caller checks the
 * passphrase before. ABSENT: no confirmed factor.
 */
enum answer factor_renew(struct work *work, struct factor_codes *codes);
/*
 * Removes the factor, by a one-time code or a recovery code; an unconfirmed one without a
 * code. ABSENT: the code is wrong or there is no factor; both count as a wrong passphrase.
 */
enum answer factor_drop(struct work *work, const char *code);
/*
 * Checks a one-time code or a recovery code against a stored factor. FOUND: the code is
 * right; the caller must store *row, so that the code is accepted only once. ABSENT: it is
 * wrong.
 */
enum answer factor_take(struct work *work, struct factor_row *row,
	    const struct secret_key *secret, const char *code);

/* auth_session.c: the sessions of the signed-in account */

struct session_seen {
	int64_t number, created_at, seen_at;
	bool this_one;
};
/*
 * Fills in at most `most` sessions that are not over, newest first. Returns their number,
 * or -1.
 */
int	sessions_read(struct work *work, struct session_seen *sessions, size_t most);
/* Ends the session of that number, or nothing when the account has none. Returns 0 or -1. */
int	session_end(struct work *work, int64_t number);
/* Ends all but the present session. Returns 0 or -1. */
int	sessions_end_others(struct work *work);

/*
 * auth_throttle.c: the login throttle decides how long a sign-in must wait before it is
 * checked. It resists guessing, and also attempts to lock a colleague out. After n failures
 * in a row the wait is
 *
 *	wait(n, free, most) = 0 while n < free, then 2^(n - free) s, at most `most`
 *
 *   trusted device	wait(n, 5, 300) from its last try. n counts the failures of this
 *			device alone (table trusted_devices), so that other devices never delay it.
 *   other, by name	wait(n, 5, 30). n counts all failures on that name from devices
 *			that are not trusted, at any address. Each client waits from its
 *			own first try, and its turn is kept for ten minutes: a colleague
 *			with a new phone can try after at most 30 s, even while a thousand
 *			other clients try the same name.
 *   other, by client	wait(n, 20, 30) from the client's last try. n counts its failures
 *			on all names; it is larger because many people in an office share
 *			one address.
 *
 * A device that is not trusted waits for the longer of the last two. A try that comes too
 * early is neither checked nor counted, so it makes no wait longer. A try is counted before
 * it is checked, and the count is taken back when it was right; therefore a hundred
 * simultaneous tries are not a hundred free ones. An hour after the last failure, the
 * failures are forgotten.
 *
 * With this, one client makes two guesses a minute on a name, 2 880 a day; a thousand
 * clients need a thousand years for 2^40 guesses (PASSPHRASE_LEAST_BITS). An unknown name
 * waits like a known one. One attack remains: an attacker at the same address as a
 * colleague's new device can use up its turns. A trusted device is not affected, nor is
 * another address.
 *
 * Private to flow/. The counts are in memory that the workers share, under keyed digests
 * (keyed_digest_make); restarting the service forgets them.
 */

#define THROTTLE_NAME_FREE		5
#define THROTTLE_SOURCE_FREE	20
#define THROTTLE_MAX		INT64_C(30)
#define THROTTLE_BROWSER_FREE	5
#define THROTTLE_BROWSER_MAX	INT64_C(300)
#define THROTTLE_FORGET_SECONDS	INT64_C(3600)
#define THROTTLE_TURN_SECONDS	INT64_C(600)

/* Returns wait(failures, free, most) in seconds. */
int64_t	throttle_wait(int failures, int free, int64_t most);
/* Returns how much of that wait is left at `now`. */
int64_t	throttle_left(int failures, int64_t failed_at, int free, int64_t most, int64_t now);
/*
 * Asks for a sign-in from a device that is not trusted. Returns 0 and counts it as failed,
 * by the name and by the client; or returns how long it must wait, and does not count it.
 */
int64_t	throttle_ask(const char *user, const unsigned char source[SEAL_DIGEST_SIZE], int64_t now);
/*
 * Counts one more failure by the name and by the client (by 1), or takes one back (by -1).
 */
void	throttle_count(const char *user, const unsigned char source[SEAL_DIGEST_SIZE], int by,
	    int64_t now);

/*
 * Counts one more wrong passphrase or code (by 1), or takes one back (by -1), in the
 * session of the signed-in account and in a transaction of its own. The sixth wrong one
 * removes the session, because somebody else may use the device. Returns 0 or -1. Private
 * to flow/.
 */
int	session_wrong(struct work *work, int by);
/*
 * Removes all sessions, the second factor, the trusted devices and the calendar's address of
 * an account that has lost its key or becomes inactive. The caller owns the transaction. Returns 0 or -1.
 */
int	auth_revoke(struct work *work, int64_t account);

#endif
