/* Key pairs and envelopes: what opens and what does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "seal/seal.h"
#include "seal_damage.h"
#include "seal_reader.h"
#include "seal_vectors.h"

#define RECORD_SIZE	(SEAL_RECORD_OVERHEAD + SEAL_PAD_BLOCK)

static const struct record_place place = { RECORD_SUBMISSION, INT64_C(1) << 40, -1 };

/* Made by set_up: a queue, a case's data key as opened, its record. */
static struct secret_key *queue, *data_key, *other;
static unsigned char queue_public[SEAL_KEY_SIZE];
static unsigned char sealed[SEAL_SEALED_KEY_SIZE];
static struct buffer record;
static char text[] = "name=%C3%85sa&phone=%2B46701740605";

static int
set_up(void **state)
{
	(void)state;
	queue = secret_key_new();
	data_key = secret_key_new();
	other = secret_key_new();
	if (queue == NULL || data_key == NULL || other == NULL)
		return -1;
	keypair_make(queue, queue_public);
	data_key_make(other);
	if (envelope_seal(&record, sealed, &place, queue_public, text, strlen(text)) != 0)
		return -1;
	return key_open(data_key, sealed, sizeof(sealed), queue);
}

static int
tear_down(void **state)
{
	(void)state;
	secret_key_free(queue);
	secret_key_free(data_key);
	secret_key_free(other);
	buffer_free(&record);
	return 0;
}

static int
open_at(const struct record_place *where, const struct secret_key *key,
    const unsigned char *bytes, size_t size)
{
	struct buffer plain = { 0 };
	int result;

	buffer_text(&plain, "what stood there before");
	result = record_open(&plain, where, key, bytes, size);
	if (result == 0)
		assert_string_equal(buffer_string(&plain), text);
	else
		assert_int_equal(plain.length, 0);
	buffer_wipe(&plain);
	return result;
}

static int
open_record(const unsigned char *bytes, size_t size)
{
	return open_at(&place, data_key, bytes, size);
}

static int
open_key(const unsigned char *bytes, size_t size)
{
	struct secret_key key;
	int result;

	memset(&key, 0xa5, sizeof(key));
	result = key_open(&key, bytes, size, queue);
	if (result == 0)
		assert_memory_equal(key.bytes, data_key->bytes, SEAL_KEY_SIZE);
	else
		assert_true(sodium_is_zero(key.bytes, SEAL_KEY_SIZE));
	return result;
}

static void
damaged_blobs_do_not_open(void **state)
{
	(void)state;
	assert_int_equal(record.length, RECORD_SIZE);
	assert_damage_refused(open_record, (unsigned char *)record.data, record.length);
	assert_damage_refused(open_key, sealed, sizeof(sealed));
}

static void
a_record_opens_in_its_own_place_only(void **state)
{
	const unsigned char *bytes = (unsigned char *)record.data;
	struct record_place kind = place, case_number = place, number = place;
	struct secret_key key;

	(void)state;
	kind.kind = RECORD_NOTE;
	case_number.case_number++;
	number.record_number = 0;
	assert_int_equal(open_at(&kind, data_key, bytes, record.length), -1);
	assert_int_equal(open_at(&case_number, data_key, bytes, record.length), -1);
	assert_int_equal(open_at(&number, data_key, bytes, record.length), -1);
	assert_int_equal(open_at(&place, other, bytes, record.length), -1);
	assert_int_equal(key_open(&key, sealed, sizeof(sealed), other), -1);
}

/* Handing over: the same data key, sealed to one more queue, opens the same record. */
static void
a_data_key_can_be_sealed_to_one_more_queue(void **state)
{
	unsigned char public[SEAL_KEY_SIZE], made[SEAL_KEY_SIZE], again[SEAL_SEALED_KEY_SIZE];
	struct secret_key youth, key;

	(void)state;
	keypair_make(&youth, made);
	keypair_public(&youth, public);
	assert_memory_equal(public, made, SEAL_KEY_SIZE);
	assert_int_equal(key_seal(again, data_key, public), 0);
	assert_int_equal(key_open(&key, again, sizeof(again), &youth), 0);
	assert_int_equal(open_at(&place, &key, (unsigned char *)record.data, record.length), 0);
	assert_int_equal(key_open(&key, again, sizeof(again), queue), -1);
}

static void
sealing_to_no_public_key_fails(void **state)
{
	static const unsigned char nobody[SEAL_KEY_SIZE];
	unsigned char key[SEAL_SEALED_KEY_SIZE];
	struct buffer out = { 0 };

	(void)state;
	buffer_text(&out, "before");
	assert_int_equal(envelope_seal(&out, key, &place, nobody, text, strlen(text)), -1);
	assert_string_equal(buffer_string(&out), "before");
	assert_true(sodium_is_zero(key, sizeof(key)));
	buffer_free(&out);
}

/* An honest box that is longer than a key goes nowhere near the key's memory. */
static void
a_sealed_secret_that_is_too_long_is_refused(void **state)
{
	static const unsigned char secret[SEAL_KEY_SIZE + 8] = "longer than a key";
	unsigned char box[1 + sizeof(secret) + crypto_box_SEALBYTES] = { 1 };
	struct { struct secret_key key; unsigned char beyond[8]; } memory = { 0 };

	(void)state;
	assert_int_equal(crypto_box_seal(box + 1, secret, sizeof(secret), queue_public), 0);
	assert_int_equal(key_open(&memory.key, box, sizeof(box), queue), -1);
	assert_true(sodium_is_zero((unsigned char *)&memory, sizeof(memory)));
}

static size_t
bytes_alike(const struct buffer *one, const struct buffer *two)
{
	size_t alike = 0;

	assert_int_equal(one->length, two->length);
	for (size_t i = 0; i < one->length; i++)
		alike += one->data[i] == two->data[i];
	return alike;
}

/*
 * The same text again, in another envelope or under the same data key: what
 * is written is alike in its format byte and by chance, and in no nonce.
 */
static void
sealing_twice_shares_no_nonce(void **state)
{
	unsigned char again[SEAL_SEALED_KEY_SIZE];
	struct buffer second = { 0 }, third = { 0 };

	(void)state;
	assert_int_equal(envelope_seal(&second, again, &place, queue_public, text,
	    strlen(text)), 0);
	assert_int_equal(open_at(&place, data_key, (unsigned char *)second.data, second.length),
	    -1);
	assert_int_equal(record_seal(&third, &place, data_key, text, strlen(text)), 0);
	assert_in_range(bytes_alike(&record, &second), 1, 40);
	assert_in_range(bytes_alike(&record, &third), 1, 40);
	assert_memory_not_equal(record.data + 1, second.data + 1, 24);
	assert_memory_not_equal(record.data + 1, third.data + 1, 24);
	assert_memory_not_equal(sealed + 1, again + 1, 32);
	buffer_free(&second);
	buffer_free(&third);
}

/* What app/seal writes is what seal.h says, read by somebody else. */
static void
an_independent_reader_opens_what_is_sealed(void **state)
{
	unsigned char key[32];
	char plain[RECORD_SIZE];
	size_t length;

	(void)state;
	assert_int_equal(reader_sealed_key(key, sealed, sizeof(sealed), queue->bytes), 0);
	assert_int_equal(reader_record(plain, &length, (unsigned char *)record.data,
	    record.length, place.kind, place.case_number, place.record_number, key), 0);
	assert_string_equal(plain, text);
}

/* What the first version wrote still opens, from the words on paper on. */
static void
a_backup_of_the_first_version_opens(void **state)
{
	const struct record_place note = { RECORD_NOTE, VECTOR_CASE, VECTOR_NOTE };
	unsigned char bytes[600];
	struct secret_key recovery, key;
	struct buffer plain = { 0 };

	(void)state;
	assert_int_equal(recovery_read(&recovery, vectors.recovery_words), 0);
	assert_int_equal(key_open(&key, bytes, vector_read(bytes, vectors.recovery_sealed),
	    &recovery), 0);
	recovery = key;
	assert_int_equal(key_open(&key, bytes, vector_read(bytes, vectors.key_sealed),
	    &recovery), 0);
	assert_int_equal(record_open(&plain, &note, &key, bytes, vector_read(bytes,
	    vectors.note)), 0);
	assert_string_equal(buffer_string(&plain), VECTOR_NOTE_TEXT);
	buffer_wipe(&plain);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damaged_blobs_do_not_open),
		cmocka_unit_test(a_record_opens_in_its_own_place_only),
		cmocka_unit_test(a_data_key_can_be_sealed_to_one_more_queue),
		cmocka_unit_test(sealing_to_no_public_key_fails),
		cmocka_unit_test(a_sealed_secret_that_is_too_long_is_refused),
		cmocka_unit_test(sealing_twice_shares_no_nonce),
		cmocka_unit_test(an_independent_reader_opens_what_is_sealed),
		cmocka_unit_test(a_backup_of_the_first_version_opens),
	};

	if (seal_start() != 0)
		return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
