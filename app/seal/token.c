/* Keys that come from a random token: sessions, trusted devices, calendars, invitations. */
#include <sodium.h>
#include <string.h>

#include "seal/internal.h"
#include "seal/seal.h"

#define BASE64	sodium_base64_VARIANT_URLSAFE_NO_PADDING

_Static_assert(SEAL_TOKEN_SIZE == sodium_base64_ENCODED_LEN(SEAL_KEY_SIZE, BASE64),
    "a token is 32 bytes in base64url");
_Static_assert(crypto_kdf_KEYBYTES == SEAL_KEY_SIZE, "a root is a key to derive from");

void
token_text(char text[SEAL_TOKEN_SIZE], const unsigned char bytes[SEAL_KEY_SIZE])
{
	(void)sodium_bin2base64(text, SEAL_TOKEN_SIZE, bytes, SEAL_KEY_SIZE, BASE64);
}

void
token_make(unsigned char root[SEAL_KEY_SIZE], char text[SEAL_TOKEN_SIZE])
{
	randombytes_buf(root, SEAL_KEY_SIZE);
	token_text(text, root);
}

/* Accepts one spelling only, because libsodium 1.0.18 reads some bytes beyond ASCII as letters. */
int
token_read(unsigned char root[SEAL_KEY_SIZE], const char *text)
{
	char again[SEAL_TOKEN_SIZE];
	size_t length;
	int result = -1;

	if (text == NULL || strnlen(text, SEAL_TOKEN_SIZE) != SEAL_TOKEN_SIZE - 1)
		return -1;
	if (sodium_base642bin(root, SEAL_KEY_SIZE, text, SEAL_TOKEN_SIZE - 1, NULL, &length,
	    NULL, BASE64) == 0 && length == SEAL_KEY_SIZE) {
		token_text(again, root);
		result = sodium_memcmp(again, text, sizeof(again));
		sodium_memzero(again, sizeof(again));
	}
	return result;
}

void
token_derive(unsigned char subkey[SEAL_KEY_SIZE], uint64_t which, const char *context,
    const unsigned char root[SEAL_KEY_SIZE])
{
	(void)crypto_kdf_derive_from_key(subkey, SEAL_KEY_SIZE, which, context, root);
}

/* Derives all keys of a root into *keys. 0, or -1 when there is no memory. */
typedef int derive_keys(void *keys, const unsigned char root[SEAL_KEY_SIZE]);

/* Makes a root, writes it as text and derives its keys; a failure wipes the text. */
static int
token_make_keys(char text[SEAL_TOKEN_SIZE], derive_keys *derive, void *keys)
{
	unsigned char root[SEAL_KEY_SIZE];
	int result;

	token_make(root, text);
	result = derive(keys, root);
	if (result != 0)
		sodium_memzero(text, SEAL_TOKEN_SIZE);
	sodium_memzero(root, sizeof(root));
	return result;
}

/* Reads a root and derives its keys. -1 when the text is malformed or there is no memory. */
static int
token_read_keys(const char *text, derive_keys *derive, void *keys)
{
	unsigned char root[SEAL_KEY_SIZE];
	int result = token_read(root, text);

	if (result == 0)
		result = derive(keys, root);
	sodium_memzero(root, sizeof(root));
	return result;
}

#define SESSION_CONTEXT	"session_"

_Static_assert(SEAL_TOKEN_SIZE == SEAL_COOKIE_SIZE, "a cookie and a token are written alike");
_Static_assert(SEAL_SESSION_BOX_SIZE == 1 + SEAL_KEY_SIZE + BOX_OVERHEAD,
    "a session box is a format byte and a box");

enum { SESSION_IDENTITY = 1, BOX_KEY = 2, FORM_TOKEN = 3 };	/* subkeys, by number */

static int
session_derive(void *into, const unsigned char root[SEAL_KEY_SIZE])
{
	struct session_keys *keys = into;
	unsigned char token[SEAL_KEY_SIZE];

	keys->box_key = secret_key_new();
	if (keys->box_key == NULL)
		return -1;
	token_derive(keys->identity, SESSION_IDENTITY, SESSION_CONTEXT, root);
	token_derive(keys->box_key->bytes, BOX_KEY, SESSION_CONTEXT, root);
	token_derive(token, FORM_TOKEN, SESSION_CONTEXT, root);
	token_text(keys->form_token, token);
	sodium_memzero(token, sizeof(token));
	frames_wipe();
	return 0;
}

int
session_make(char cookie[SEAL_COOKIE_SIZE], struct session_keys *keys)
{
	*keys = (struct session_keys){ 0 };
	return token_make_keys(cookie, session_derive, keys);
}

int
session_read(const char *cookie, struct session_keys *keys)
{
	*keys = (struct session_keys){ 0 };
	return token_read_keys(cookie, session_derive, keys);
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
	aead_data_start(binding, "egenremiss session");
	aead_data_number(binding, account);
}

int
session_box(unsigned char box[SEAL_SESSION_BOX_SIZE], const struct session_keys *keys,
    int64_t account, const struct secret_key *secret)
{
	struct binding binding;

	box[0] = SEAL_FORMAT;
	session_binding(&binding, account);
	aead_seal(box + 1, secret->bytes, sizeof(secret->bytes), keys->box_key->bytes, &binding);
	return 0;
}

int
session_unbox(struct secret_key *secret, const struct session_keys *keys, int64_t account,
    const unsigned char *box, size_t size)
{
	struct binding binding;

	session_binding(&binding, account);
	if (size == SEAL_SESSION_BOX_SIZE && box[0] == SEAL_FORMAT &&
	    aead_open(secret->bytes, box + 1, size - 1, keys->box_key->bytes, &binding) == 0)
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

	token_make(root, cookie);
	sodium_memzero(root, sizeof(root));
}

int
browser_digest(unsigned char digest[SEAL_KEY_SIZE], const char *cookie, int64_t account)
{
	unsigned char root[SEAL_KEY_SIZE];
	int result = token_read(root, cookie);

	if (result == 0) {
		token_derive(digest, (uint64_t)account, "browser_", root);
		frames_wipe();
	} else {
		sodium_memzero(digest, SEAL_KEY_SIZE);
	}
	sodium_memzero(root, sizeof(root));
	return result;
}

#define CALENDAR_CONTEXT	"calendar"

void
calendar_make(char token[SEAL_TOKEN_SIZE], unsigned char identity[SEAL_KEY_SIZE])
{
	unsigned char root[SEAL_KEY_SIZE];

	token_make(root, token);
	token_derive(identity, 1, CALENDAR_CONTEXT, root);
	sodium_memzero(root, sizeof(root));
	frames_wipe();
}

int
calendar_identity(unsigned char identity[SEAL_KEY_SIZE], const char *token)
{
	unsigned char root[SEAL_KEY_SIZE];
	int result = token_read(root, token);

	if (result == 0) {
		token_derive(identity, 1, CALENDAR_CONTEXT, root);
		frames_wipe();
	} else {
		sodium_memzero(identity, SEAL_KEY_SIZE);
	}
	sodium_memzero(root, sizeof(root));
	return result;
}

#define INVITATION_CONTEXT	"invite__"

enum { INVITATION_IDENTITY = 1, INVITATION_SECRET = 2 };	/* subkeys, by number */

static int
invitation_derive(void *into, const unsigned char root[SEAL_KEY_SIZE])
{
	struct invitation_keys *keys = into;

	keys->secret = secret_key_new();
	if (keys->secret == NULL)
		return -1;
	token_derive(keys->identity, INVITATION_IDENTITY, INVITATION_CONTEXT, root);
	token_derive(keys->secret->bytes, INVITATION_SECRET, INVITATION_CONTEXT, root);
	keypair_public(keys->secret, keys->public);
	frames_wipe();
	return 0;
}

int
invitation_make(char token[SEAL_TOKEN_SIZE], struct invitation_keys *keys)
{
	*keys = (struct invitation_keys){ 0 };
	return token_make_keys(token, invitation_derive, keys);
}

int
invitation_read(const char *token, struct invitation_keys *keys)
{
	*keys = (struct invitation_keys){ 0 };
	return token_read_keys(token, invitation_derive, keys);
}

void
invitation_keys_free(struct invitation_keys *keys)
{
	secret_key_free(keys->secret);
	sodium_memzero(keys, sizeof(*keys));
}
