/*
 * Signing in (auth_signin.c), the login throttle (auth_throttle.c), sessions (auth_session.c),
 * and the changes that an account makes to its own passphrase (auth_passphrase.c) and second
 * factor (auth_factor.c). Every function blocks on the disk; those that run Argon2id say so.
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

/* Once, before the workers fork; once more forgets every count. */
int	throttle_start(struct error *error);

/* auth_signin.c */

/* However busy, a session ends this long after sign-in: a working day. */
#define SIGNIN_LONGEST_SECONDS	INT64_C(43200)
/* How long a code may be waited for once the passphrase was right. */
#define SIGNIN_HALF_SECONDS	INT64_C(300)
/* So many wrong codes end what the passphrase began. */
#define SIGNIN_WRONG_MAX	5

struct signin_try {
	const char *user, *passphrase;
	const char *browser;		/* the cookie of a known browser; NULL or "" without */
	unsigned char source[SEAL_DIGEST_SIZE];	/* a keyed digest of the address it comes from */
};

struct signin_answer {
	char cookie[SEAL_COOKIE_SIZE];	/* the session's */
	char browser[SEAL_COOKIE_SIZE];	/* to be kept by the browser; "" while a code is to come */
	bool half;			/* the code of the second factor is still to come */
	bool ended;			/* too many wrong codes: begin anew */
	int64_t wait_seconds;		/* ABSENT: it came too early, and was not checked */
};

/*
 * Checks user and passphrase (Argon2id, about 100 ms, 64 MiB), makes a
 * session. ABSENT: wrong, or unknown, or inactive: told apart nowhere, not by
 * time or waiting either. The caller wipes *answer.
 */
enum answer signin(struct work *work, const struct signin_try *try,
	    struct signin_answer *answer);

/* auth_session.c */

/* Who is signed in; wiped and freed by identity_free. */
struct identity {
	int64_t account;
	char user[64], name[128];
	enum role role;
	bool must_enrol;		/* may do nothing but make a second factor */
	int64_t session_number;
	struct secret_key *secret;		/* the coordinator's */
	struct session_keys session;
};

/*
 * FOUND with *identity filled; ABSENT when the session is unknown, waits for
 * its code, is idle longer than the configuration's session_minutes, older
 * than SIGNIN_LONGEST_SECONDS, of an inactive account, or from before its
 * passphrase was lost. `present`: somebody asked, not a page by itself, so that
 * the session is no longer idle.
 */
enum answer identity_of(struct work *work, const char *cookie, bool present,
	    struct identity *identity);
/* FOUND when the session waits for its code, and still may: for signin_code alone. */
enum answer identity_half(struct work *work, const char *cookie, struct identity *identity);
void	identity_free(struct identity *identity);
int	signout(struct work *work);
/* Removes sessions idle longer than the configuration allows. */
int	signin_forget(struct work *work);

/*
 * auth_signin.c: a one-time code or a recovery code completes the session. ABSENT: the code
 * is wrong (see *answer). After five wrong codes from devices that are not trusted each
 * further one waits 2^(n-5) s, at most 120: the person who types it has the passphrase
 * already, and there are only a million codes.
 */
enum answer signin_code(struct work *work, const char *code, const struct signin_try *try,
	    struct signin_answer *answer);

/* auth_passphrase.c */

enum passphrase_verdict {
	PASSPHRASE_GOOD,
	PASSPHRASE_WEAK,		/* under PASSPHRASE_LEAST_BITS: add a word */
	PASSPHRASE_LONG,		/* over PASSPHRASE_MAX characters */
	PASSPHRASE_BROKEN		/* not UTF-8 */
};

/*
 * A passphrase is cleaned (rules.h, typed_clean) before it is used, so that its NFC and
 * its NFD are one, and a space at its end does not matter.
 */

/* Whether both are the same after the cleaning. */
bool	passphrase_same(const char *one, const char *other);
/* secret_lock under the clean passphrase. Argon2id. */
int	passphrase_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
	    int64_t account, const char *typed);
/*
 * Unlocks the account's secret key with the clean passphrase, or else with the
 * passphrase as it was typed, because an account may be older than the cleaning; *old
 * says so. account NULL: no passphrase fits, and the call takes as long as a wrong one.
 * -1 when none fits; errno is ENOMEM when there is no memory. Argon2id, twice when the
 * two passphrases differ and the clean one does not fit.
 */
int	passphrase_unlock(struct secret_key *secret, const struct account_row *account,
	    const char *typed, bool *old);

/* The user's, the service's and the areas' names make it easier to guess. A few milliseconds. */
enum passphrase_verdict passphrase_judge(const struct config *config, const char *passphrase,
	    const char *user, const char *name);
/* 0, or -1 with ERROR_INPUT and what to do. */
int	passphrase_check(struct work *work, const char *passphrase, const char *user,
	    const char *name);

/* FOUND when it is the account's. Counted in the session: the sixth wrong one ends it. Argon2id. */
enum answer passphrase_prove(struct work *work, const char *passphrase);
/*
 * Another passphrase for the same key; the account's other sessions end.
 * ABSENT: `present` is wrong. ERROR_INPUT: see passphrase_judge. Argon2id, twice.
 */
enum answer passphrase_change(struct work *work, const char *present, const char *fresh);

/* auth_factor.c: the reader's own second factor */

struct factor_codes { char text[FACTOR_CODES][FACTOR_CODE_SIZE]; };	/* wiped by the caller */

struct factor_state {
	int64_t confirmed_at;		/* 0: not yet */
	int codes_left;
	int wrong;			/* codes typed wrong in strange browsers since the last right one */
	char secret[TOTP_TEXT_SIZE];	/* until confirmed; wiped by the caller */
};

/* ABSENT: none, nor one begun. */
enum answer factor_show(struct work *work, struct factor_state *state);
/* A fresh secret, in place of one that was never confirmed. ABSENT: there is a factor already. */
enum answer factor_begin(struct work *work);
/* The first code: from now on it is asked for. ABSENT: wrong, or nothing to confirm. */
enum answer factor_confirm(struct work *work, const char *code, struct factor_codes *codes);
/* Ten fresh recovery codes; the old ones are void. ABSENT: no factor. */
enum answer factor_renew(struct work *work, struct factor_codes *codes);
/* Takes it away, by a code or a recovery code. ABSENT: wrong (counted as a passphrase), or none. */
enum answer factor_drop(struct work *work, const char *code);
/* FOUND when the code is right, and *row is to be stored: a code is taken once. */
enum answer factor_take(struct work *work, struct factor_row *row,
	    const struct secret_key *secret, const char *code);

/* auth_session.c: the reader's own sessions */

struct session_seen {
	int64_t number, created_at, seen_at;
	bool this_one;
};
/* Newest first, at most so many. How many, or -1. */
int	sessions_read(struct work *work, struct session_seen *sessions, size_t most);
int	session_end(struct work *work, int64_t number);
int	sessions_end_others(struct work *work);

/*
 * The login throttle: how long a sign-in must wait before it is tried. It holds against
 * guessing, and against being used to keep a colleague out. n failures in a row cost
 *
 *	wait(n, free, most) = 0 while n < free, then 2^(n - free) s, at most `most`
 *
 *   a browser that the account knows	wait(n, 5, 300) from its last try, where n is
 *					its own failures alone (table browsers). What
 *					strangers do is never felt there.
 *   a stranger, by the name		wait(n, 5, 30), where n is all strangers'
 *					failures on that name, from wherever. Each
 *					source waits from when it first asked, and its
 *					turn is kept for ten minutes: a colleague with
 *					a new phone is let try after 30 s at most,
 *					though a thousand others keep on.
 *   a stranger, by the source		wait(n, 20, 30) from the source's last try, where
 *					n is its failures on all names: an office behind
 *					one address mistypes more than one person does.
 *
 * A stranger waits for the longer of the two. A try that comes too early is
 * neither checked nor counted, so that trying on makes nobody's wait longer; a
 * try is counted before it is checked, and the count taken back when it was
 * right, so that a hundred at once are not a hundred free ones. An hour after
 * the last failure it is forgotten.
 *
 * What that leaves: a source makes two guesses a minute on a name, 2 880 a
 * day; 2^40 of them (PASSPHRASE_LEAST_BITS) from a thousand sources take a
 * thousand years. A name that nobody has waits as all others do. A stranger
 * behind the very address of a colleague's *new* browser can take its turns
 * there; a known one is not concerned, nor is any other address.
 *
 * Private to flow/. Counts are in memory that the workers share, under keyed
 * digests (keyed_digest_make); a restart forgets them.
 */

#define THROTTLE_NAME_FREE		5
#define THROTTLE_SOURCE_FREE	20
#define THROTTLE_MAX		INT64_C(30)
#define THROTTLE_BROWSER_FREE	5
#define THROTTLE_BROWSER_MAX	INT64_C(300)
#define THROTTLE_FORGET_SECONDS	INT64_C(3600)
#define THROTTLE_TURN_SECONDS	INT64_C(600)

int64_t	throttle_wait(int failures, int free, int64_t most);
/* What is left of that wait. */
int64_t	throttle_left(int failures, int64_t failed_at, int free, int64_t most, int64_t now);
/* A stranger's try: 0, and it is counted; else how long it must wait, and it is not. */
int64_t	throttle_ask(const char *user, const unsigned char source[SEAL_DIGEST_SIZE], int64_t now);
/* Counts one more, or takes one back (-1). */
void	throttle_count(const char *user, const unsigned char source[SEAL_DIGEST_SIZE], int by,
	    int64_t now);

/*
 * Counts one more wrong passphrase or code in the reader's session, or takes one back (-1),
 * in a transaction of its own. The sixth wrong one ends the session, since somebody else may
 * sit at the device. Private to flow/.
 */
int	session_wrong(struct work *work, int by);
/*
 * Within a transaction: every session of the account ends, its second factor
 * and the browsers it knows are forgotten. For a key that was lost, or an
 * account that is shut.
 */
int	auth_revoke(struct work *work, int64_t account);

#endif
