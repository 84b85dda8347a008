#include <string.h>

#include <sodium.h>

#include "seal/box.h"
#include "seal/seal.h"
#include "seal/wipe.h"

#define BASE64	sodium_base64_VARIANT_URLSAFE_NO_PADDING

_Static_assert(SEAL_COOKIE_SIZE == sodium_base64_ENCODED_LEN(SEAL_KEY_SIZE, BASE64) &&
    SEAL_TOKEN_SIZE == SEAL_COOKIE_SIZE, "a cookie and a token are 32 bytes in base64url");
_Static_assert(SEAL_SESSION_BOX_SIZE == 1 + SEAL_KEY_SIZE + BOX_OVERHEAD,
    "a session box is a format byte and a box");
_Static_assert(crypto_kdf_KEYBYTES == SEAL_KEY_SIZE, "a cookie is a key to derive from");

enum { IDENTITY = 1, BOX_KEY = 2, FORM_TOKEN = 3 };	/* subkeys, by number */

static void
derive(unsigned char subkey[SEAL_KEY_SIZE], uint64_t which, const unsigned char root[SEAL_KEY_SIZE])
{
	(void)crypto_kdf_derive_from_key(subkey, SEAL_KEY_SIZE, which, "session_", root);
}

static int
keys_derive(struct session_keys *keys, const unsigned char root[SEAL_KEY_SIZE])
{
	unsigned char token[SEAL_KEY_SIZE];

	keys->box_key = secret_key_new();
	if (keys->box_key == NULL)
		return -1;
	derive(keys->identity, IDENTITY, root);
	derive(keys->box_key->bytes, BOX_KEY, root);
	derive(token, FORM_TOKEN, root);
	(void)sodium_bin2base64(keys->form_token, sizeof(keys->form_token), token, sizeof(token),
	    BASE64);
	sodium_memzero(token, sizeof(token));
	frames_wipe();
	return 0;
}

int
session_make(char cookie[SEAL_COOKIE_SIZE], struct session_keys *keys)
{
	unsigned char root[SEAL_KEY_SIZE];
	int result;

	*keys = (struct session_keys){ 0 };
	randombytes_buf(root, sizeof(root));
	(void)sodium_bin2base64(cookie, SEAL_COOKIE_SIZE, root, sizeof(root), BASE64);
	result = keys_derive(keys, root);
	if (result != 0)
		sodium_memzero(cookie, SEAL_COOKIE_SIZE);
	sodium_memzero(root, sizeof(root));
	return result;
}

/*
 * Only the one spelling that session_make gives: libsodium 1.0.18 reads bytes
 * beyond ASCII as if they were letters.
 */
static int
root_read(unsigned char root[SEAL_KEY_SIZE], const char *cookie)
{
	char again[SEAL_COOKIE_SIZE];
	size_t length;
	int result = -1;

	if (cookie == NULL || strnlen(cookie, SEAL_COOKIE_SIZE) != SEAL_COOKIE_SIZE - 1)
		return -1;
	if (sodium_base642bin(root, SEAL_KEY_SIZE, cookie, SEAL_COOKIE_SIZE - 1, NULL, &length,
	    NULL, BASE64) == 0 && length == SEAL_KEY_SIZE) {
		(void)sodium_bin2base64(again, sizeof(again), root, SEAL_KEY_SIZE, BASE64);
		result = sodium_memcmp(again, cookie, sizeof(again));
		sodium_memzero(again, sizeof(again));
	}
	return result;
}

int
session_read(const char *cookie, struct session_keys *keys)
{
	unsigned char root[SEAL_KEY_SIZE];
	int result;

	*keys = (struct session_keys){ 0 };
	result = root_read(root, cookie);
	if (result == 0)
		result = keys_derive(keys, root);
	sodium_memzero(root, sizeof(root));
	return result;
}

void
session_keys_free(struct session_keys *keys)
{
	secret_key_free(keys->box_key);
	sodium_memzero(keys, sizeof(*keys));
}

static void
session_binding(struct binding *binding, int64_t account)
{
	binding_start(binding, "egenremiss session");
	binding_number(binding, account);
}

int
session_box(unsigned char box[SEAL_SESSION_BOX_SIZE], const struct session_keys *keys,
    int64_t account, const struct secret_key *secret)
{
	struct binding binding;

	box[0] = SEAL_FORMAT;
	session_binding(&binding, account);
	box_close(box + 1, secret->bytes, sizeof(secret->bytes), keys->box_key->bytes, &binding);
	return 0;
}

int
session_unbox(struct secret_key *secret, const struct session_keys *keys, int64_t account,
    const unsigned char *box, size_t size)
{
	struct binding binding;

	session_binding(&binding, account);
	if (size == SEAL_SESSION_BOX_SIZE && box[0] == SEAL_FORMAT &&
	    box_open(secret->bytes, box + 1, size - 1, keys->box_key->bytes, &binding) == 0)
		return 0;
	sodium_memzero(secret, sizeof(*secret));
	return -1;
}

bool
session_token_right(const struct session_keys *keys, const char *given)
{
	if (given == NULL || strnlen(given, SEAL_TOKEN_SIZE) != SEAL_TOKEN_SIZE - 1)
		return false;
	return sodium_memcmp(keys->form_token, given, SEAL_TOKEN_SIZE) == 0;
}
