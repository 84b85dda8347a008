/*
 * That whoever is signed in still is the one who did: what they type wrong is
 * counted in their session, and the sixth ends it. Private to flow/.
 */
#ifndef EGENREMISS_SESSIONS_H
#define EGENREMISS_SESSIONS_H

#include "flow/flow.h"

/* One more that was wrong, or (-1) one taken back. A transaction of its own. */
int	session_wrong(struct store *store, const struct identity *identity, int by,
	    struct error *error);
/* FOUND when it is the account's passphrase; *account is filled. Slow. */
enum answer session_passphrase(struct store *store, const struct identity *identity,
	    const char *passphrase, struct account_row *account, struct error *error);
/*
 * Within a transaction: every session of the account ends, its second factor
 * and the browsers it knows are forgotten. For a key that was lost, or an
 * account that is shut.
 */
int	door_shut(struct store *store, int64_t account, struct error *error);
/* identity.c: idle for too long, or older than a working day. */
bool	session_is_over(const struct session_row *session, const struct config *config,
	    int64_t now);

#endif
