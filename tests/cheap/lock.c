/*
 * Linked in the place of what is slow on purpose: a passphrase is locked at the
 * least cost that the format allows, so that an account is made in no time. What
 * is locked, and how, is as in the service; seal_passphrase tests the real cost.
 */
#include "seal/seal.h"

int	__real_secret_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
    int64_t account, const char *passphrase, const struct passphrase_cost *cost);
int	__wrap_secret_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
    int64_t account, const char *passphrase, const struct passphrase_cost *cost);

int
__wrap_secret_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
    int64_t account, const char *passphrase, const struct passphrase_cost *cost)
{
	const struct passphrase_cost least = { .operations = 1, .memory_kib = 8 };

	(void)cost;
	return __real_secret_lock(locked, secret, account, passphrase, &least);
}
