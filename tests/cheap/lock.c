/*
 * Replaces secret_lock, which is slow on purpose: locks a key under a passphrase at the
 * least cost that the format allows, so that a test makes an account quickly. The format
 * is the service's. tests/unit/seal_passphrase.c tests the real cost.
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
