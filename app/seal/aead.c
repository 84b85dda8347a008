/* AEAD with associated data, digests, random numbers and wiping. */
#include <endian.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "seal/internal.h"
#include "seal/seal.h"

#define FRAMES_SIZE	4096	/* more stack than libsodium's functions use */
#define STACK_SIZE	32768	/* more stack than making a page uses */

void
seal_wipe(void *bytes, size_t length)
{
	sodium_memzero(bytes, length);
}

void
frames_wipe(void)
{
	sodium_stackzero(FRAMES_SIZE);
}

void
seal_wipe_stack(void)
{
	sodium_stackzero(STACK_SIZE);
}

uint32_t
seal_random_below(uint32_t bound)
{
	return randombytes_uniform(bound);
}

#define ETAG_BYTES	8

static struct secret_key *digest_key;

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

enum { DIGEST_KEY = 1, RECEIPT_KEY = 2 };	/* subkeys, by number */

#define SERVICE_CONTEXT	"service_"

static struct secret_key *receipt_key;

int
keyed_digest_start(struct service_secret *kept)
{
	struct service_secret own = { 0 };

	if (digest_key != NULL)
		return 0;
	if (kept == NULL)
		kept = &own;
	digest_key = secret_key_new();
	receipt_key = secret_key_new();
	if (digest_key == NULL || receipt_key == NULL)
		return -1;
	if (!kept->made)
		randombytes_buf(kept->root, sizeof(kept->root));
	kept->made = true;
	token_derive(digest_key->bytes, DIGEST_KEY, SERVICE_CONTEXT, kept->root);
	token_derive(receipt_key->bytes, RECEIPT_KEY, SERVICE_CONTEXT, kept->root);
	frames_wipe();
	sodium_memzero(&own, sizeof(own));
	(void)sodium_mprotect_readonly(digest_key);
	(void)sodium_mprotect_readonly(receipt_key);
	return 0;
}

_Static_assert(SEAL_RECEIPT_TEXT_SIZE ==
    sodium_base64_ENCODED_LEN(SEAL_RECEIPT_SIZE + BOX_OVERHEAD, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
    "a receipt is a box in base64url");

static void
receipt_binding(struct binding *binding, const char *label, int64_t number)
{
	if (receipt_key == NULL)
		abort();
	aead_data_start(binding, label);
	aead_data_number(binding, number);
}

/* Seals the bytes with the service's key, and writes them for an address or a form. */
static void
sealed_write(char token[SEAL_RECEIPT_TEXT_SIZE], const char *label, int64_t number,
    const unsigned char plain[SEAL_RECEIPT_SIZE])
{
	unsigned char box[SEAL_RECEIPT_SIZE + BOX_OVERHEAD];
	struct binding binding;

	receipt_binding(&binding, label, number);
	aead_seal(box, plain, SEAL_RECEIPT_SIZE, receipt_key->bytes, &binding);
	(void)sodium_bin2base64(token, SEAL_RECEIPT_TEXT_SIZE, box, sizeof(box),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static int
sealed_read(unsigned char plain[SEAL_RECEIPT_SIZE], const char *label, int64_t number,
    const char *token, size_t size)
{
	unsigned char box[SEAL_RECEIPT_SIZE + BOX_OVERHEAD];
	struct binding binding;
	size_t length;

	receipt_binding(&binding, label, number);
	memset(plain, 0, SEAL_RECEIPT_SIZE);
	if (sodium_base642bin(box, sizeof(box), token, size, NULL, &length, NULL,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 || length != sizeof(box))
		return -1;
	return aead_open(plain, box, sizeof(box), receipt_key->bytes, &binding);
}

#define RECEIPT_LABEL	"egenremiss receipt"
#define TICKET_LABEL	"egenremiss ticket"

void
receipt_seal(char token[SEAL_RECEIPT_TEXT_SIZE], int64_t area,
    const unsigned char plain[SEAL_RECEIPT_SIZE])
{
	sealed_write(token, RECEIPT_LABEL, area, plain);
}

int
receipt_open(unsigned char plain[SEAL_RECEIPT_SIZE], int64_t area, const char *token)
{
	return sealed_read(plain, RECEIPT_LABEL, area, token, strlen(token));
}

_Static_assert(sizeof(struct ticket) == SEAL_RECEIPT_SIZE, "a ticket is as long as a receipt");

void
ticket_seal(char text[SEAL_TICKET_TEXT_SIZE], int64_t account, int64_t now)
{
	struct ticket ticket = { .account = account, .made_minute = (uint32_t)(now / 60) };
	unsigned char plain[SEAL_RECEIPT_SIZE];

	randombytes_buf(ticket.number, sizeof(ticket.number));
	memcpy(plain, &ticket, sizeof(plain));
	sealed_write(text, TICKET_LABEL, 0, plain);
}

int
ticket_open(struct ticket *ticket, const char *text, size_t length)
{
	unsigned char plain[SEAL_RECEIPT_SIZE];
	int result = sealed_read(plain, TICKET_LABEL, 0, text, length);

	memcpy(ticket, plain, sizeof(plain));
	return result;
}

void
ticket_digest(unsigned char digest[SEAL_DIGEST_SIZE], const struct ticket *ticket,
    const void *bytes, size_t length)
{
	(void)crypto_generichash(digest, SEAL_DIGEST_SIZE, bytes, length,
	    (const unsigned char *)ticket, sizeof(*ticket));
	frames_wipe();
}

void
keyed_digest_make(unsigned char mark[SEAL_DIGEST_SIZE], const void *bytes, size_t length)
{
	/* Without a key it would be a hash of a name and a number, which can be guessed. */
	if (digest_key == NULL)
		abort();
	(void)crypto_generichash(mark, SEAL_DIGEST_SIZE, bytes, length, digest_key->bytes,
	    sizeof(digest_key->bytes));
	frames_wipe();
}

_Static_assert(BOX_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES &&
    BOX_OVERHEAD == BOX_NONCE_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    "a box is a nonce, the ciphertext and its authenticator");

void
aead_data_start(struct binding *binding, const char *label)
{
	binding->length = strlen(label);
	memcpy(binding->bytes, label, binding->length);
	aead_data_byte(binding, SEAL_FORMAT);
}

void
aead_data_byte(struct binding *binding, unsigned char byte)
{
	binding->bytes[binding->length++] = byte;
}

void
aead_data_number(struct binding *binding, int64_t number)
{
	uint64_t big_endian = htobe64((uint64_t)number);

	memcpy(binding->bytes + binding->length, &big_endian, sizeof(big_endian));
	binding->length += sizeof(big_endian);
}

void
aead_seal(unsigned char *box, const unsigned char *plain, size_t length,
    const unsigned char key[32], const struct binding *binding)
{
	randombytes_buf(box, BOX_NONCE_SIZE);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(box + BOX_NONCE_SIZE, NULL, plain,
	    length, binding->bytes, binding->length, NULL, box, key);
}

int
aead_open(unsigned char *plain, const unsigned char *box, size_t size,
    const unsigned char key[32], const struct binding *binding)
{
	if (size < BOX_OVERHEAD)
		return -1;
	return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, box + BOX_NONCE_SIZE,
	    size - BOX_NONCE_SIZE, binding->bytes, binding->length, box, key);
}
