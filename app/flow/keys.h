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
/*
 * Opens what is sealed to `opener` and puts it, sealed to the account's
 * present public key, in the place of row->sealed and among memberships.
 */
int	keys_put(struct store *store, const struct account_row *account,
	    const struct secret_key *opener, const struct membership_row *row,
	    struct error *error);
/*
 * Hands on every generation of the queue's key that the giver holds, each
 * sealed to the recipient. ABSENT, and nothing was handed on, when the giver
 * does not hold the newest.
 */
struct passed_key {
	const char *queue;
	int generation;
	unsigned char sealed[SEAL_SEALED_KEY_SIZE];
};
typedef int (*passed_fn)(const struct passed_key *, void *, struct error *);
enum answer keys_pass(struct store *store, const struct identity *giver, const char *queue,
	    const unsigned char recipient[SEAL_KEY_SIZE], passed_fn keep, void *context,
	    struct error *error);
/*
 * Makes and stores a generation of a queue's key: its secret half is sealed to
 * the recovery key, and given back in *secret.
 */
int	queue_key_make(struct store *store, struct queue_key_row *row, struct secret_key *secret,
	    const unsigned char recovery[SEAL_KEY_SIZE], struct error *error);
/* setup.c: FOUND with the recovery key's public half. */
enum answer recovery_public(struct store *store, unsigned char public[SEAL_KEY_SIZE],
	    struct error *error);

/* accounts.c */

/* A new key pair under the passphrase. Slow. ERROR_INPUT: not a passphrase that is taken. */
int	account_keys_make(struct account_row *account, const struct config *config,
	    const char *passphrase, struct error *error);
/* Whether it can be typed at sign-in. 0, or -1 with what to write. */
int	account_user_check(const char *user, struct error *error);

#endif
