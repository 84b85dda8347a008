/* Padding: what a record's length tells, and what is not padded as it should be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "seal/seal.h"
#include "seal_reader.h"

static const struct record_place place = { RECORD_ATTEMPT, 1, 2 };
static const char text[] = "note=Ring+efter+lunch";
static struct secret_key data_key;

static int
set_up(void **state)
{
	(void)state;
	data_key_make(&data_key);
	return 0;
}

/* A record by the right hand, in the right place, that is not padded as it should be. */
static int
open_padded_as(const unsigned char *padded, size_t length)
{
	unsigned char box[SEAL_RECORD_OVERHEAD + 2 * SEAL_PAD_BLOCK] = { 1 }, ad[64];
	struct buffer plain = { 0 };
	int result;
	size_t bound = reader_bound_to(ad, "egenremiss record", place.kind,
	    (const int64_t[]){ place.case_number, place.record_number }, 2);

	crypto_aead_xchacha20poly1305_ietf_encrypt(box + 25, NULL, padded, length, ad, bound,
	    NULL, box + 1, data_key.bytes);
	result = record_open(&plain, &place, &data_key, box, SEAL_RECORD_OVERHEAD + length);
	assert_string_equal(buffer_string(&plain), result == 0 ? text : "");
	buffer_wipe(&plain);
	return result;
}

static void
wrong_padding_does_not_open(void **state)
{
	unsigned char padded[2 * SEAL_PAD_BLOCK] = { 0 };

	(void)state;
	memcpy(padded, text, strlen(text));
	assert_int_equal(open_padded_as(padded, SEAL_PAD_BLOCK), -1);
	padded[strlen(text)] = 0x80;
	assert_int_equal(open_padded_as(padded, SEAL_PAD_BLOCK), 0);
	assert_int_equal(open_padded_as(padded, SEAL_PAD_BLOCK - 1), -1);
	assert_int_equal(open_padded_as(padded, SEAL_PAD_BLOCK + 1), -1);
	assert_int_equal(open_padded_as(padded, 2 * SEAL_PAD_BLOCK), -1);
	padded[SEAL_PAD_BLOCK - 1] = 1;
	assert_int_equal(open_padded_as(padded, SEAL_PAD_BLOCK), -1);
	assert_int_equal(open_padded_as(padded, 0), -1);
}

static void
every_length_is_padded_and_opens(void **state)
{
	char plain[2 * SEAL_PAD_BLOCK];

	(void)state;
	memset(plain, 0x80, sizeof(plain));
	for (size_t length = 0; length < sizeof(plain); length++) {
		struct buffer out = { 0 }, opened = { 0 };
		size_t blocks = length < SEAL_PAD_BLOCK ? 1 : 2;

		buffer_text(&out, "x");
		assert_int_equal(record_seal(&out, &place, &data_key, plain, length), 0);
		assert_int_equal(out.length, 1 + SEAL_RECORD_OVERHEAD + blocks * SEAL_PAD_BLOCK);
		assert_int_equal(record_open(&opened, &place, &data_key, out.data + 1,
		    out.length - 1), 0);
		assert_int_equal(opened.length, length);
		assert_memory_equal(buffer_string(&opened), plain, length);
		assert_int_equal(buffer_string(&opened)[length], '\0');
		buffer_free(&out);
		buffer_wipe(&opened);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_length_is_padded_and_opens),
		cmocka_unit_test(wrong_padding_does_not_open),
	};

	if (seal_start() != 0)
		return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, set_up, NULL);
}
