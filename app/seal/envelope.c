/* Records of a case under its data key. */
#include <sodium.h>
#include <string.h>

#include "base/base.h"
#include "seal/internal.h"
#include "seal/seal.h"

_Static_assert(SEAL_RECORD_OVERHEAD == 1 + BOX_OVERHEAD, "a record is a format byte and a box");

static void
record_binding(struct binding *binding, const struct record_place *place)
{
	aead_data_start(binding, "egenremiss record");
	aead_data_byte(binding, (unsigned char)place->kind);
	aead_data_number(binding, place->case_number);
	aead_data_number(binding, place->record_number);
}

void
data_key_make(struct secret_key *key)
{
	randombytes_buf(key->bytes, sizeof(key->bytes));
}

int
record_seal(struct buffer *out, const struct record_place *place,
    const struct secret_key *data_key, const void *plain, size_t length)
{
	struct binding binding;
	unsigned char *record, *text;
	size_t padded;

	buffer_reserve(out, length + SEAL_PAD_BLOCK + SEAL_RECORD_OVERHEAD);
	record = (unsigned char *)out->data + out->length;
	text = record + 1 + BOX_NONCE_SIZE;

	/* Padding and encryption happen in the record's own place, so that no copy is left. */
	record[0] = SEAL_FORMAT;
	if (length > 0)
		memcpy(text, plain, length);
	if (sodium_pad(&padded, text, length, SEAL_PAD_BLOCK, length + SEAL_PAD_BLOCK) != 0) {
		sodium_memzero(text, length);
		return -1;
	}
	record_binding(&binding, place);
	aead_seal(record + 1, text, padded, data_key->bytes, &binding);

	out->length += padded + SEAL_RECORD_OVERHEAD;
	out->data[out->length] = '\0';
	return 0;
}

int
record_open(struct buffer *plain, const struct record_place *place,
    const struct secret_key *data_key, const void *record, size_t length)
{
	const unsigned char *bytes = record;
	struct binding binding;
	size_t padded;

	/* A buffer that grows could leave its former content behind. */
	buffer_wipe(plain);
	if (length < SEAL_RECORD_OVERHEAD + SEAL_PAD_BLOCK || bytes[0] != SEAL_FORMAT)
		return -1;
	padded = length - SEAL_RECORD_OVERHEAD;
	buffer_reserve(plain, padded);
	record_binding(&binding, place);
	if (aead_open((unsigned char *)plain->data, bytes + 1, length - 1, data_key->bytes,
	    &binding) != 0)
		goto err;
	if (padded % SEAL_PAD_BLOCK != 0 || sodium_unpad(&plain->length,
	    (unsigned char *)plain->data, padded, SEAL_PAD_BLOCK) != 0)
		goto err;
	plain->data[plain->length] = '\0';
	return 0;
err:
	buffer_wipe(plain);
	return -1;
}

int
envelope_seal(struct buffer *record, unsigned char sealed[SEAL_SEALED_KEY_SIZE],
    const struct record_place *place, const unsigned char queue_public[SEAL_KEY_SIZE],
    const void *plain, size_t length)
{
	struct secret_key data_key;
	int result;

	data_key_make(&data_key);
	result = key_seal(sealed, &data_key, queue_public);
	if (result == 0)
		result = record_seal(record, place, &data_key, plain, length);
	sodium_memzero(&data_key, sizeof(data_key));
	return result;
}
