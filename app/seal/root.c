#include <string.h>

#include <sodium.h>

#include "seal/root.h"

#define BASE64	sodium_base64_VARIANT_URLSAFE_NO_PADDING

_Static_assert(SEAL_TOKEN_SIZE == sodium_base64_ENCODED_LEN(SEAL_KEY_SIZE, BASE64),
    "a token is 32 bytes in base64url");
_Static_assert(crypto_kdf_KEYBYTES == SEAL_KEY_SIZE, "a root is a key to derive from");

void
root_text(char text[SEAL_TOKEN_SIZE], const unsigned char bytes[SEAL_KEY_SIZE])
{
	(void)sodium_bin2base64(text, SEAL_TOKEN_SIZE, bytes, SEAL_KEY_SIZE, BASE64);
}

void
root_make(unsigned char root[SEAL_KEY_SIZE], char text[SEAL_TOKEN_SIZE])
{
	randombytes_buf(root, SEAL_KEY_SIZE);
	root_text(text, root);
}

/*
 * Only the one spelling: libsodium 1.0.18 reads bytes beyond ASCII as if they
 * were letters.
 */
int
root_read(unsigned char root[SEAL_KEY_SIZE], const char *text)
{
	char again[SEAL_TOKEN_SIZE];
	size_t length;
	int result = -1;

	if (text == NULL || strnlen(text, SEAL_TOKEN_SIZE) != SEAL_TOKEN_SIZE - 1)
		return -1;
	if (sodium_base642bin(root, SEAL_KEY_SIZE, text, SEAL_TOKEN_SIZE - 1, NULL, &length,
	    NULL, BASE64) == 0 && length == SEAL_KEY_SIZE) {
		root_text(again, root);
		result = sodium_memcmp(again, text, sizeof(again));
		sodium_memzero(again, sizeof(again));
	}
	return result;
}

void
root_derive(unsigned char subkey[SEAL_KEY_SIZE], uint64_t which, const char *context,
    const unsigned char root[SEAL_KEY_SIZE])
{
	(void)crypto_kdf_derive_from_key(subkey, SEAL_KEY_SIZE, which, context, root);
}
