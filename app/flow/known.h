/*
 * Browsers that an account has signed in with before: their tries are counted
 * apart from strangers' (gate.h). Private to flow/.
 */
#ifndef EGENREMISS_KNOWN_H
#define EGENREMISS_KNOWN_H

#include "flow/flow.h"

#define KNOWN_SECONDS	(INT64_C(180) * 86400)
#define KNOWN_MOST	10		/* browsers an account */

struct known {
	bool is;			/* the row below is of this account's browser */
	struct browser_row row;
};

/* Whether the try's browser is one of the account's. */
int	known_read(struct store *store, struct known *known, int64_t account,
	    const struct signin_try *try, struct error *error);
/* Counts a try. FOUND: it may be checked. ABSENT: too early, *wait_seconds, not counted. */
enum answer known_count(struct store *store, struct known *known, int64_t now,
	    int64_t *wait_seconds, struct error *error);
/*
 * These two within the caller's transaction. Takes one count back: the
 * passphrase was right, the code is still to come. Not known: does nothing.
 */
int	known_forgive(struct store *store, const struct known *known, struct error *error);
/* After a whole sign-in: known from now on, without failures; fills the cookie to keep. */
int	known_remember(struct store *store, int64_t account, const struct signin_try *try,
	    char cookie[SEAL_COOKIE_SIZE], struct error *error);

#endif
