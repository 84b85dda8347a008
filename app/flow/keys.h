/*
 * Transactions that write keys, and the handing of queues' keys to accounts.
 * Private to flow/.
 */
#ifndef EGENREMISS_KEYS_H
#define EGENREMISS_KEYS_H

#include "flow/flow.h"

/* A writing transaction in which keys, accounts and sessions may be written. */
int	keys_begin(struct store *store, struct error *error);
/* Commits when result >= 0 and returns it, else rolls back; -1 when either fails. */
int	keys_end(struct store *store, int result, struct error *error);
/*
 * Opens queues' keys with the recovery key and seals every generation of them
 * to the account's present public key. queue NULL: of the queues that the
 * account is a member of. The caller owns the transaction.
 */
int	keys_give(struct store *store, const struct account_row *account,
	    const char *queue, const struct secret_key *recovery, struct error *error);

#endif
