#include <sodium.h>

#include "seal/root.h"
#include "seal/seal.h"
#include "seal/wipe.h"

#define CONTEXT	"invite__"

enum { IDENTITY = 1, SECRET = 2 };	/* subkeys, by number */

static int
keys_derive(struct invitation_keys *keys, const unsigned char root[SEAL_KEY_SIZE])
{
	keys->secret = secret_key_new();
	if (keys->secret == NULL)
		return -1;
	root_derive(keys->identity, IDENTITY, CONTEXT, root);
	root_derive(keys->secret->bytes, SECRET, CONTEXT, root);
	keypair_public(keys->secret, keys->public);
	frames_wipe();
	return 0;
}

int
invitation_make(char token[SEAL_TOKEN_SIZE], struct invitation_keys *keys)
{
	unsigned char root[SEAL_KEY_SIZE];
	int result;

	*keys = (struct invitation_keys){ 0 };
	root_make(root, token);
	result = keys_derive(keys, root);
	if (result != 0)
		sodium_memzero(token, SEAL_TOKEN_SIZE);
	sodium_memzero(root, sizeof(root));
	return result;
}

int
invitation_read(const char *token, struct invitation_keys *keys)
{
	unsigned char root[SEAL_KEY_SIZE];
	int result;

	*keys = (struct invitation_keys){ 0 };
	result = root_read(root, token);
	if (result == 0)
		result = keys_derive(keys, root);
	sodium_memzero(root, sizeof(root));
	return result;
}

void
invitation_keys_free(struct invitation_keys *keys)
{
	secret_key_free(keys->secret);
	sodium_memzero(keys, sizeof(*keys));
}
