/*
 * Linked in the place of two parts of seal/ that are slow on purpose, so that
 * a million events can be had: a passphrase is locked at the least cost that
 * the format allows, and keys lie in plain memory (each guarded page costs
 * several system calls; under ASan plain memory is watched as well). What is
 * sealed, and how, is as in the service.
 */
#include <stdlib.h>

#include "model.h"

int	__real_secret_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
	    int64_t account, const char *passphrase, const struct passphrase_cost *cost);
int	__wrap_secret_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
	    int64_t account, const char *passphrase, const struct passphrase_cost *cost);
struct secret_key *__real_secret_key_new(void);
struct secret_key *__wrap_secret_key_new(void);
void	__wrap_secret_key_free(struct secret_key *key);

int
__wrap_secret_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
    int64_t account, const char *passphrase, const struct passphrase_cost *cost)
{
	const struct passphrase_cost least = { .operations = 1, .memory_kib = 8 };

	(void)cost;
	return __real_secret_lock(locked, secret, account, passphrase, &least);
}

bool cheap_keys;

struct secret_key *
__wrap_secret_key_new(void)
{
	if (!cheap_keys)
		return __real_secret_key_new();
	return calloc(1, sizeof(struct secret_key));
}

void
__wrap_secret_key_free(struct secret_key *key)
{
	if (key != NULL)
		seal_wipe(key, sizeof(*key));
	free(key);
}
