/*
 * Gives random bytes to each function of app/seal that reads from a disk, a cookie or
 * paper. No fuzzer can forge an authenticator, so the bytes are also sealed with the right
 * key, with and without padding, to test the code behind it.
 */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/base.h"
#include "seal/internal.h"
#include "seal/seal.h"

#define MEMORY_KIB_MAX	64	/* the largest cost of a try; dearer formats are tested for refusal alone */

static const struct record_place place = { RECORD_NOTE, 1, 2 };
static struct secret_key key = { "any key at all, but not a secret" };

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

static uint32_t
big_endian(const uint8_t *bytes)
{
	uint32_t number;

	memcpy(&number, bytes, sizeof(number));
	return be32toh(number);
}

static void
blobs(const uint8_t *bytes, size_t size)
{
	struct secret_key opened;
	struct buffer plain = { 0 };
	uint32_t operations, memory;

	demand(record_open(&plain, &place, &key, bytes, size) == -1 && plain.length == 0);
	demand(key_open(&opened, bytes, size, &key) == -1);
	if (size >= 9) {
		operations = big_endian(bytes + 1);
		memory = big_endian(bytes + 5);
		if (operations > 16 || memory > 1 << 20 ||
		    (operations <= 2 && memory <= MEMORY_KIB_MAX))
			demand(secret_unlock(&opened, bytes, size, 1, "passphrase") == -1);
	}
	demand(sodium_is_zero(opened.bytes, sizeof(opened.bytes)));
}

static void
texts(const char *text)
{
	char again[SEAL_RECOVERY_TEXT_SIZE];
	struct session_keys session;
	struct secret_key read, second;

	if (session_read(text, &session) == 0)
		demand(strlen(text) == SEAL_COOKIE_SIZE - 1 &&
		    session_token_right(&session, session.form_token));
	demand(!session_token_right(&session, text) || strlen(text) == SEAL_TOKEN_SIZE - 1);
	session_keys_free(&session);
	if (recovery_read(&read, text) == 0) {
		recovery_write(&read, again);
		demand(recovery_read(&second, again) == 0);
		demand(memcmp(&read, &second, sizeof(read)) == 0);
	}
}

static void
honest(const uint8_t *bytes, size_t size)
{
	struct buffer record = { 0 }, plain = { 0 };

	demand(record_seal(&record, &place, &key, bytes, size) == 0);
	demand(record_open(&plain, &place, &key, record.data, record.length) == 0);
	demand(plain.length == size && (size == 0 || memcmp(plain.data, bytes, size) == 0));
	buffer_free(&record);
	buffer_free(&plain);
}

/* Sealed with the right key for the right place, with any padding. */
static void
wrongly_padded(const uint8_t *bytes, size_t size)
{
	unsigned char *record = malloc(size + SEAL_RECORD_OVERHEAD);
	struct buffer plain = { 0 };
	struct binding binding;

	demand(record != NULL);
	aead_data_start(&binding, "egenremiss record");
	aead_data_byte(&binding, (unsigned char)place.kind);
	aead_data_number(&binding, place.case_number);
	aead_data_number(&binding, place.record_number);
	record[0] = SEAL_FORMAT;
	aead_seal(record + 1, bytes, size, key.bytes, &binding);
	if (record_open(&plain, &place, &key, record, size + SEAL_RECORD_OVERHEAD) == 0)
		demand(size % SEAL_PAD_BLOCK == 0 && plain.length < size &&
		    size - plain.length <= SEAL_PAD_BLOCK && bytes[plain.length] == 0x80);
	buffer_free(&plain);
	free(record);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static bool started;
	char *text = malloc(size + 1);

	if (!started)
		demand(seal_start() == 0);
	started = true;
	demand(text != NULL);
	if (size > 0)
		memcpy(text, bytes, size);
	text[size] = '\0';
	blobs(bytes, size);
	texts(text);
	honest(bytes, size);
	wrongly_padded(bytes, size);
	free(text);
	return 0;
}
