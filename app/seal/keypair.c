/* Key pairs, and secrets sealed to a public key. */
#include <sodium.h>
#include <string.h>

#include "seal/internal.h"
#include "seal/seal.h"

_Static_assert(SEAL_SEALED_KEY_SIZE == 1 + crypto_box_SEALBYTES + SEAL_KEY_SIZE,
    "a sealed key is a format byte and a sealed box");

struct secret_key *
secret_key_new(void)
{
	struct secret_key *key = sodium_malloc(sizeof(*key));

	if (key != NULL)
		sodium_memzero(key, sizeof(*key));
	return key;
}

void
secret_key_free(struct secret_key *key)
{
	sodium_free(key);
}

void
keypair_make(struct secret_key *secret, unsigned char public[SEAL_KEY_SIZE])
{
	(void)crypto_box_keypair(public, secret->bytes);
}

void
keypair_public(const struct secret_key *secret, unsigned char public[SEAL_KEY_SIZE])
{
	(void)crypto_scalarmult_base(public, secret->bytes);
}

int
key_seal(unsigned char sealed[SEAL_SEALED_KEY_SIZE], const struct secret_key *key,
    const unsigned char recipient[SEAL_KEY_SIZE])
{
	sealed[0] = SEAL_FORMAT;
	if (crypto_box_seal(sealed + 1, key->bytes, sizeof(key->bytes), recipient) == 0)
		return 0;
	sodium_memzero(sealed, SEAL_SEALED_KEY_SIZE);
	return -1;
}

int
key_open(struct secret_key *key, const unsigned char *sealed, size_t size,
    const struct secret_key *recipient)
{
	unsigned char public[SEAL_KEY_SIZE];

	keypair_public(recipient, public);
	return key_open_with(key, sealed, size, recipient, public);
}

int
key_open_with(struct secret_key *key, const unsigned char *sealed, size_t size,
    const struct secret_key *recipient, const unsigned char public[SEAL_KEY_SIZE])
{
	int result = -1;

	if (size == SEAL_SEALED_KEY_SIZE && sealed[0] == SEAL_FORMAT) {
		result = crypto_box_seal_open(key->bytes, sealed + 1, size - 1, public,
		    recipient->bytes);
		frames_wipe();
	}
	if (result != 0)
		sodium_memzero(key, sizeof(*key));
	return result;
}

int
key_migrate(unsigned char resealed[SEAL_SEALED_KEY_SIZE], const unsigned char *sealed, size_t size,
    const struct secret_key *opener, const unsigned char recipient[SEAL_KEY_SIZE])
{
	struct secret_key key;
	int result = key_open(&key, sealed, size, opener);

	if (result == 0)
		result = key_seal(resealed, &key, recipient);
	else
		sodium_memzero(resealed, SEAL_SEALED_KEY_SIZE);
	sodium_memzero(&key, sizeof(key));
	return result;
}

void
key_write(const struct secret_key *key, unsigned char bytes[SEAL_KEY_FILE_SIZE])
{
	bytes[0] = SEAL_FORMAT;
	memcpy(bytes + 1, key->bytes, sizeof(key->bytes));
}

int
key_read(struct secret_key *key, const void *bytes, size_t size)
{
	const unsigned char *from = bytes;

	if (size != SEAL_KEY_FILE_SIZE || from[0] != SEAL_FORMAT) {
		sodium_memzero(key, sizeof(*key));
		return -1;
	}
	memcpy(key->bytes, from + 1, sizeof(key->bytes));
	return 0;
}
