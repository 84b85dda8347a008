#include <string.h>

#include <sodium.h>

#include "seal/box.h"
#include "seal/root.h"
#include "seal/seal.h"
#include "seal/wipe.h"

#define CONTEXT	"session_"

_Static_assert(SEAL_TOKEN_SIZE == SEAL_COOKIE_SIZE, "a cookie and a token are written alike");
_Static_assert(SEAL_SESSION_BOX_SIZE == 1 + SEAL_KEY_SIZE + BOX_OVERHEAD,
    "a session box is a format byte and a box");

enum { IDENTITY = 1, BOX_KEY = 2, FORM_TOKEN = 3 };	/* subkeys, by number */

static int
keys_derive(struct session_keys *keys, const unsigned char root[SEAL_KEY_SIZE])
{
	unsigned char token[SEAL_KEY_SIZE];

	keys->box_key = secret_key_new();
	if (keys->box_key == NULL)
		return -1;
	root_derive(keys->identity, IDENTITY, CONTEXT, root);
	root_derive(keys->box_key->bytes, BOX_KEY, CONTEXT, root);
	root_derive(token, FORM_TOKEN, CONTEXT, root);
	root_text(keys->form_token, token);
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
	root_make(root, cookie);
	result = keys_derive(keys, root);
	if (result != 0)
		sodium_memzero(cookie, SEAL_COOKIE_SIZE);
	sodium_memzero(root, sizeof(root));
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

void
browser_make(char cookie[SEAL_COOKIE_SIZE])
{
	unsigned char root[SEAL_KEY_SIZE];

	root_make(root, cookie);
	sodium_memzero(root, sizeof(root));
}

int
browser_digest(unsigned char digest[SEAL_KEY_SIZE], const char *cookie, int64_t account)
{
	unsigned char root[SEAL_KEY_SIZE];
	int result = root_read(root, cookie);

	if (result == 0) {
		root_derive(digest, (uint64_t)account, "browser_", root);
		frames_wipe();
	} else {
		sodium_memzero(digest, SEAL_KEY_SIZE);
	}
	sodium_memzero(root, sizeof(root));
	return result;
}
