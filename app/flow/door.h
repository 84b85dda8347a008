/*
 * The door: who may come in (signin.c, signin_code.c, identity.c; who must wait
 * stands in gate.h), and what each does to their own way in (passphrase.c,
 * factor.c, sessions.c). Blocks, as all of flow.h; what runs Argon2id says so.
 */
#ifndef EGENREMISS_DOOR_H
#define EGENREMISS_DOOR_H

#include "base/base.h"
#include "base/config.h"
#include "seal/seal.h"
#include "store/store.h"

/* gate.c */

/* Once, before the workers fork; once more forgets every count. */
int	gate_start(struct error *error);

/* signin.c */

/* However busy, a session ends this long after sign-in: a working day. */
#define SIGNIN_LONGEST_SECONDS	INT64_C(43200)
/* How long a code may be waited for once the passphrase was right. */
#define SIGNIN_HALF_SECONDS	INT64_C(300)
/* So many wrong codes end what the passphrase began. */
#define SIGNIN_WRONG_MOST	5

struct signin_try {
	const char *user, *passphrase;
	const char *browser;		/* the cookie of a known browser; NULL or "" without */
	unsigned char source[SEAL_MARK_SIZE];	/* a keyed digest of the address it comes from */
	int64_t now;
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
enum answer signin(struct store *store, const struct signin_try *try,
	    struct signin_answer *answer, struct error *error);

/* identity.c */

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
enum answer identity_of(struct store *store, const struct config *config,
	    const char *cookie, int64_t now, bool present, struct identity *identity,
	    struct error *error);
/* FOUND when the session waits for its code, and still may: for signin_code alone. */
enum answer identity_half(struct store *store, const struct config *config,
	    const char *cookie, int64_t now, struct identity *identity, struct error *error);
void	identity_free(struct identity *identity);
int	signout(struct store *store, const struct identity *identity, struct error *error);
/* Removes sessions idle longer than the configuration allows. */
int	signin_forget(struct store *store, const struct config *config, int64_t now,
	    struct error *error);

/*
 * signin_code.c: a one-time code or a recovery code makes the session whole.
 * ABSENT: wrong (see *answer). After five wrong ones from strange browsers each
 * further one waits 2^(n-5) s, at most 120: whoever gets that far has the
 * passphrase already, and there are only a million codes.
 */
enum answer signin_code(struct store *store, const struct identity *half, const char *code,
	    const struct signin_try *try, struct signin_answer *answer, struct error *error);

/* passphrase.c */

enum passphrase_verdict {
	PASSPHRASE_GOOD,
	PASSPHRASE_WEAK,		/* under PASSPHRASE_LEAST_BITS: add a word */
	PASSPHRASE_LONG,		/* over PASSPHRASE_MOST_POINTS characters */
	PASSPHRASE_BROKEN		/* not UTF-8 */
};

/* The user's, the service's and the areas' names make it easier to guess. A few milliseconds. */
enum passphrase_verdict passphrase_judge(const struct config *config, const char *passphrase,
	    const char *user, const char *name);
/* 0, or -1 with ERROR_INPUT and what to do. */
int	passphrase_check(const struct config *config, const char *passphrase, const char *user,
	    const char *name, struct error *error);

/* FOUND when it is the account's. Counted in the session: the sixth wrong one ends it. Argon2id. */
enum answer passphrase_prove(struct store *store, const struct identity *identity,
	    const char *passphrase, struct error *error);
/*
 * Another passphrase for the same key; the account's other sessions end.
 * ABSENT: `present` is wrong. ERROR_INPUT: see passphrase_judge. Argon2id, twice.
 */
enum answer passphrase_change(struct store *store, const struct config *config,
	    const struct identity *identity, const char *present, const char *fresh,
	    struct error *error);

/* factor.c: one's own second factor */

struct factor_codes { char text[FACTOR_CODES][FACTOR_CODE_SIZE]; };	/* wiped by the caller */

struct factor_state {
	int64_t confirmed_at;		/* 0: not yet */
	int codes_left;
	int wrong;			/* codes typed wrong in strange browsers since the last right one */
	char secret[TOTP_TEXT_SIZE];	/* until confirmed; wiped by the caller */
};

/* ABSENT: none, nor one begun. */
enum answer factor_show(struct store *store, const struct identity *identity,
	    struct factor_state *state, struct error *error);
/* A fresh secret, in place of one that was never confirmed. ABSENT: there is a factor already. */
enum answer factor_begin(struct store *store, const struct identity *identity,
	    struct error *error);
/* The first code: from now on it is asked for. ABSENT: wrong, or nothing to confirm. */
enum answer factor_confirm(struct store *store, const struct identity *identity, const char *code,
	    int64_t now, struct factor_codes *codes, struct error *error);
/* Ten fresh recovery codes; the old ones are void. ABSENT: no factor. */
enum answer factor_renew(struct store *store, const struct identity *identity,
	    struct factor_codes *codes, struct error *error);
/* Takes it away, by a code or a recovery code. ABSENT: wrong (counted as a passphrase), or none. */
enum answer factor_drop(struct store *store, const struct identity *identity, const char *code,
	    int64_t now, struct error *error);
/* FOUND when the code is right, and *row is to be stored: a code is taken once. */
enum answer factor_take(struct factor_row *row, const struct secret_key *secret,
	    const char *code, int64_t now, struct error *error);

/* sessions.c: one's own */

struct session_seen {
	int64_t number, created_at, seen_at;
	bool this_one;
};
/* Newest first, at most so many. How many, or -1. */
int	sessions_read(struct store *store, const struct config *config,
	    const struct identity *identity, int64_t now, struct session_seen *sessions,
	    size_t most, struct error *error);
int	session_end(struct store *store, const struct identity *identity, int64_t number,
	    struct error *error);
int	sessions_end_others(struct store *store, const struct identity *identity,
	    struct error *error);

#endif
