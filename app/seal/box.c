#include <endian.h>
#include <string.h>

#include <sodium.h>

#include "seal/box.h"

_Static_assert(BOX_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES &&
    BOX_OVERHEAD == BOX_NONCE_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    "a box is a nonce, the ciphertext and its authenticator");

void
binding_start(struct binding *binding, const char *label)
{
	binding->length = strlen(label);
	memcpy(binding->bytes, label, binding->length);
	binding_byte(binding, SEAL_FORMAT);
}

void
binding_byte(struct binding *binding, unsigned char byte)
{
	binding->bytes[binding->length++] = byte;
}

void
binding_number(struct binding *binding, int64_t number)
{
	uint64_t big_endian = htobe64((uint64_t)number);

	memcpy(binding->bytes + binding->length, &big_endian, sizeof(big_endian));
	binding->length += sizeof(big_endian);
}

void
box_close(unsigned char *box, const unsigned char *plain, size_t length,
    const unsigned char key[32], const struct binding *binding)
{
	randombytes_buf(box, BOX_NONCE_SIZE);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(box + BOX_NONCE_SIZE, NULL, plain,
	    length, binding->bytes, binding->length, NULL, box, key);
}

int
box_open(unsigned char *plain, const unsigned char *box, size_t size,
    const unsigned char key[32], const struct binding *binding)
{
	if (size < BOX_OVERHEAD)
		return -1;
	return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, box + BOX_NONCE_SIZE,
	    size - BOX_NONCE_SIZE, binding->bytes, binding->length, box, key);
}
