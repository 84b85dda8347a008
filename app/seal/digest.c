#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "seal/seal.h"
#include "seal/wipe.h"

#define ETAG_BYTES	8

static struct secret_key *mark_key;

void
digest_sha256_base64(const void *bytes, size_t length, char text[45])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	(void)crypto_hash_sha256(hash, bytes, length);
	(void)sodium_bin2base64(text, 45, hash, sizeof(hash), sodium_base64_VARIANT_ORIGINAL);
}

void
digest_etag(const void *bytes, size_t length, char text[17])
{
	unsigned char hash[crypto_generichash_BYTES];

	(void)crypto_generichash(hash, sizeof(hash), bytes, length, NULL, 0);
	(void)sodium_bin2hex(text, 17, hash, ETAG_BYTES);
}

int
mark_start(void)
{
	if (mark_key != NULL)
		return 0;
	mark_key = secret_key_new();
	if (mark_key == NULL)
		return -1;
	randombytes_buf(mark_key->bytes, sizeof(mark_key->bytes));
	(void)sodium_mprotect_readonly(mark_key);
	return 0;
}

void
mark_make(unsigned char mark[SEAL_MARK_SIZE], const void *bytes, size_t length)
{
	/* Without its key a mark would be a hash of a name and a number: guessable. */
	if (mark_key == NULL)
		abort();
	(void)crypto_generichash(mark, SEAL_MARK_SIZE, bytes, length, mark_key->bytes,
	    sizeof(mark_key->bytes));
	frames_wipe();
}
