#include <endian.h>
#include <errno.h>
#include <string.h>

#include <sodium.h>

#include "seal/box.h"
#include "seal/proquint.h"
#include "seal/seal.h"

#define MEMORY_KIB_MIN	(crypto_pwhash_argon2id_MEMLIMIT_MIN / 1024)
#define MEMORY_KIB_MAX	(UINT32_C(1) << 20)
#define OPERATIONS_MAX	16
#define PASSPHRASE_WORDS	5

/* Where the parts of a locked secret stand. */
enum {
	AT_OPERATIONS = 1,
	AT_MEMORY = AT_OPERATIONS + 4,
	AT_SALT = AT_MEMORY + 4,
	AT_BOX = AT_SALT + crypto_pwhash_argon2id_SALTBYTES
};

_Static_assert(SEAL_LOCKED_SIZE == AT_BOX + SEAL_KEY_SIZE + BOX_OVERHEAD,
    "a locked secret ends with its box");
_Static_assert(SEAL_PASSPHRASE_SIZE >= PROQUINT_TEXT_SIZE(PASSPHRASE_WORDS),
    "a passphrase fits where it is written");

const struct passphrase_cost passphrase_cost = { .operations = 3, .memory_kib = 64 * 1024 };

static void
cost_write(unsigned char *locked, const struct passphrase_cost *cost)
{
	uint32_t operations = htobe32(cost->operations), memory = htobe32(cost->memory_kib);

	memcpy(locked + AT_OPERATIONS, &operations, sizeof(operations));
	memcpy(locked + AT_MEMORY, &memory, sizeof(memory));
}

static void
cost_read(struct passphrase_cost *cost, const unsigned char *locked)
{
	uint32_t operations, memory;

	memcpy(&operations, locked + AT_OPERATIONS, sizeof(operations));
	memcpy(&memory, locked + AT_MEMORY, sizeof(memory));
	cost->operations = be32toh(operations);
	cost->memory_kib = be32toh(memory);
}

static bool
cost_allowed(const struct passphrase_cost *cost)
{
	return cost->operations >= crypto_pwhash_argon2id_OPSLIMIT_MIN &&
	    cost->operations <= OPERATIONS_MAX &&
	    cost->memory_kib >= MEMORY_KIB_MIN && cost->memory_kib <= MEMORY_KIB_MAX;
}

/* Of an allowed cost, so that the one thing that can be wanting is memory. */
static int
passphrase_key(unsigned char key[SEAL_KEY_SIZE], const char *passphrase,
    const unsigned char *locked, const struct passphrase_cost *cost)
{
	if (crypto_pwhash_argon2id(key, SEAL_KEY_SIZE, passphrase, strlen(passphrase),
	    locked + AT_SALT, cost->operations, (size_t)cost->memory_kib * 1024,
	    crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0)
		return 0;
	errno = ENOMEM;
	return -1;
}

static void
account_binding(struct binding *binding, int64_t account)
{
	binding_start(binding, "egenremiss account");
	binding_number(binding, account);
}

int
secret_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
    int64_t account, const char *passphrase, const struct passphrase_cost *cost)
{
	unsigned char key[SEAL_KEY_SIZE];
	struct binding binding;
	int result = -1;

	errno = 0;
	sodium_memzero(locked, SEAL_LOCKED_SIZE);
	if (!cost_allowed(cost))
		return -1;
	randombytes_buf(locked + AT_SALT, crypto_pwhash_argon2id_SALTBYTES);
	if (passphrase_key(key, passphrase, locked, cost) == 0) {
		locked[0] = SEAL_FORMAT;
		cost_write(locked, cost);
		account_binding(&binding, account);
		box_close(locked + AT_BOX, secret->bytes, sizeof(secret->bytes), key, &binding);
		result = 0;
	}
	sodium_memzero(key, sizeof(key));
	return result;
}

int
secret_unlock(struct secret_key *secret, const unsigned char *locked, size_t size,
    int64_t account, const char *passphrase)
{
	unsigned char key[SEAL_KEY_SIZE];
	struct passphrase_cost cost;
	struct binding binding;
	int result;

	errno = 0;
	sodium_memzero(secret, sizeof(*secret));
	if (size != SEAL_LOCKED_SIZE || locked[0] != SEAL_FORMAT)
		return -1;
	cost_read(&cost, locked);
	if (!cost_allowed(&cost))
		return -1;
	result = passphrase_key(key, passphrase, locked, &cost);
	if (result == 0) {
		account_binding(&binding, account);
		result = box_open(secret->bytes, locked + AT_BOX, size - AT_BOX, key, &binding);
	}
	sodium_memzero(key, sizeof(key));
	return result;
}

void
secret_unlock_pretend(const char *passphrase)
{
	unsigned char locked[SEAL_LOCKED_SIZE];
	struct secret_key nobody;

	randombytes_buf(locked, sizeof(locked));
	locked[0] = SEAL_FORMAT;
	cost_write(locked, &passphrase_cost);
	(void)secret_unlock(&nobody, locked, sizeof(locked), 0, passphrase);
}

void
passphrase_make(char passphrase[SEAL_PASSPHRASE_SIZE])
{
	unsigned char bytes[2 * PASSPHRASE_WORDS];

	randombytes_buf(bytes, sizeof(bytes));
	proquint_write(passphrase, bytes, PASSPHRASE_WORDS);
	sodium_memzero(bytes, sizeof(bytes));
}
