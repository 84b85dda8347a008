#include <string.h>

#include <sodium.h>

#include "seal/proquint.h"
#include "seal/seal.h"
#include "seal/wipe.h"

#define CHECK_SIZE	2
#define WORDS		((SEAL_KEY_SIZE + CHECK_SIZE) / 2)

_Static_assert(SEAL_RECOVERY_TEXT_SIZE >= PROQUINT_TEXT_SIZE(WORDS),
    "the recovery words fit where they are written");

static void
check_make(unsigned char check[CHECK_SIZE], const unsigned char key[SEAL_KEY_SIZE])
{
	unsigned char hash[crypto_generichash_BYTES];

	(void)crypto_generichash(hash, sizeof(hash), key, SEAL_KEY_SIZE, NULL, 0);
	frames_wipe();
	memcpy(check, hash, CHECK_SIZE);
	sodium_memzero(hash, sizeof(hash));
}

void
recovery_write(const struct secret_key *key, char text[SEAL_RECOVERY_TEXT_SIZE])
{
	unsigned char bytes[SEAL_KEY_SIZE + CHECK_SIZE];

	memcpy(bytes, key->bytes, SEAL_KEY_SIZE);
	check_make(bytes + SEAL_KEY_SIZE, key->bytes);
	proquint_write(text, bytes, WORDS);
	sodium_memzero(bytes, sizeof(bytes));
}

int
recovery_read(struct secret_key *key, const char *text)
{
	unsigned char bytes[SEAL_KEY_SIZE + CHECK_SIZE], check[CHECK_SIZE];
	int result = proquint_read(bytes, WORDS, text);

	if (result == 0) {
		check_make(check, bytes);
		result = sodium_memcmp(check, bytes + SEAL_KEY_SIZE, CHECK_SIZE);
	}
	if (result == 0)
		memcpy(key->bytes, bytes, SEAL_KEY_SIZE);
	else
		sodium_memzero(key, sizeof(*key));
	sodium_memzero(bytes, sizeof(bytes));
	return result;
}
