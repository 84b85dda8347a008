/* Sessions: what a cookie gives, and what is no cookie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "seal/seal.h"
#include "seal_damage.h"
#include "seal_reader.h"
#include "seal_vectors.h"

static const int64_t account = 42;

static char cookie[SEAL_COOKIE_SIZE];
static struct session_keys keys;
static struct secret_key secret;
static unsigned char box[SEAL_SESSION_BOX_SIZE];

static int
set_up(void **state)
{
	(void)state;
	data_key_make(&secret);
	if (session_make(cookie, &keys) != 0)
		return -1;
	return session_box(box, &keys, account, &secret);
}

static int
tear_down(void **state)
{
	(void)state;
	session_keys_free(&keys);
	session_keys_free(&keys);
	return 0;
}

static void
a_cookie_gives_the_same_keys_again(void **state)
{
	struct session_keys read, other;
	char second[SEAL_COOKIE_SIZE];

	(void)state;
	assert_int_equal(strlen(cookie), SEAL_COOKIE_SIZE - 1);
	assert_int_equal(session_read(cookie, &read), 0);
	assert_memory_equal(read.identity, keys.identity, SEAL_KEY_SIZE);
	assert_memory_equal(read.box_key->bytes, keys.box_key->bytes, SEAL_KEY_SIZE);
	assert_string_equal(read.form_token, keys.form_token);

	assert_int_equal(session_make(second, &other), 0);
	assert_string_not_equal(second, cookie);
	assert_memory_not_equal(other.identity, keys.identity, SEAL_KEY_SIZE);
	assert_memory_not_equal(other.box_key->bytes, keys.box_key->bytes, SEAL_KEY_SIZE);
	assert_string_not_equal(other.form_token, keys.form_token);
	session_keys_free(&read);
	session_keys_free(&other);
}

static void
assert_no_cookie(const char *text)
{
	struct session_keys read;

	assert_int_equal(session_read(text, &read), -1);
	assert_null(read.box_key);
	assert_false(session_token_right(&read, read.form_token));
	assert_false(session_token_right(&read, ""));
	session_keys_free(&read);
}

static void
other_texts_are_no_cookie(void **state)
{
	static const char wrong[] = "=+/ .%\n\x80\xff";
	char text[SEAL_COOKIE_SIZE + 2];

	(void)state;
	assert_no_cookie(NULL);
	for (size_t length = 0; length < SEAL_COOKIE_SIZE - 1; length++) {
		memcpy(text, cookie, length);
		text[length] = '\0';
		assert_no_cookie(text);
	}
	for (size_t i = 0; i < SEAL_COOKIE_SIZE - 1; i++)
		for (const char *bad = wrong; *bad != '\0'; bad++) {
			memcpy(text, cookie, sizeof(cookie));
			text[i] = *bad;
			assert_no_cookie(text);
		}
	memcpy(text, cookie, sizeof(cookie));
	memcpy(text + SEAL_COOKIE_SIZE - 1, "=", 2);
	assert_no_cookie(text);
	/* 32 bytes leave two bits of the last character, which must be zero. */
	memset(text, 'A', SEAL_COOKIE_SIZE - 2);
	memcpy(text + SEAL_COOKIE_SIZE - 2, "B", 2);
	assert_no_cookie(text);
}

static int
unbox(const unsigned char *bytes, size_t size)
{
	struct secret_key opened;
	int result;

	memset(&opened, 0xa5, sizeof(opened));
	result = session_unbox(&opened, &keys, account, bytes, size);
	if (result == 0)
		assert_memory_equal(opened.bytes, secret.bytes, SEAL_KEY_SIZE);
	else
		assert_true(sodium_is_zero(opened.bytes, SEAL_KEY_SIZE));
	return result;
}

static void
only_its_session_and_account_open_a_box(void **state)
{
	struct session_keys other;
	struct secret_key opened;
	char second[SEAL_COOKIE_SIZE];

	(void)state;
	assert_damage_refused(unbox, box, sizeof(box));
	assert_int_equal(session_unbox(&opened, &keys, account + 1, box, sizeof(box)), -1);
	assert_int_equal(session_make(second, &other), 0);
	assert_int_equal(session_unbox(&opened, &other, account, box, sizeof(box)), -1);
	session_keys_free(&other);
}

static void
only_the_form_token_is_right(void **state)
{
	char given[SEAL_TOKEN_SIZE + 1];

	(void)state;
	assert_true(session_token_right(&keys, keys.form_token));
	assert_false(session_token_right(&keys, NULL));
	assert_false(session_token_right(&keys, ""));
	assert_false(session_token_right(&keys, cookie));
	for (size_t i = 0; i < SEAL_TOKEN_SIZE - 1; i++) {
		memcpy(given, keys.form_token, SEAL_TOKEN_SIZE);
		given[i] ^= 1;
		assert_false(session_token_right(&keys, given));
		given[i] = '\0';
		assert_false(session_token_right(&keys, given));
	}
	memcpy(given, keys.form_token, SEAL_TOKEN_SIZE);
	memcpy(given + SEAL_TOKEN_SIZE - 1, "A", 2);
	assert_false(session_token_right(&keys, given));
}

/* What app/seal writes is what seal.h says, read by somebody else. */
static void
an_independent_reader_opens_a_session(void **state)
{
	unsigned char subkeys[3][32], read[32], token[32];

	(void)state;
	assert_int_equal(reader_cookie(subkeys, cookie), 0);
	assert_memory_equal(subkeys[0], keys.identity, 32);
	assert_int_equal(sodium_base642bin(token, 32, keys.form_token, SEAL_TOKEN_SIZE - 1, NULL,
	    NULL, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING), 0);
	assert_memory_equal(subkeys[2], token, 32);
	assert_int_equal(reader_account_box(read, box + 1, "egenremiss session", account,
	    subkeys[1]), 0);
	assert_memory_equal(read, secret.bytes, 32);
}

static void
a_session_of_the_first_version_opens(void **state)
{
	unsigned char bytes[600], public[SEAL_KEY_SIZE];
	struct session_keys old;
	struct secret_key opened;

	(void)state;
	assert_int_equal(session_read(vectors.cookie, &old), 0);
	assert_int_equal(session_unbox(&opened, &old, VECTOR_ACCOUNT, bytes,
	    vector_read(bytes, vectors.session_box)), 0);
	keypair_public(&opened, public);
	vector_read(bytes, vectors.coordinator_public);
	assert_memory_equal(public, bytes, SEAL_KEY_SIZE);
	session_keys_free(&old);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cookie_gives_the_same_keys_again),
		cmocka_unit_test(other_texts_are_no_cookie),
		cmocka_unit_test(only_its_session_and_account_open_a_box),
		cmocka_unit_test(only_the_form_token_is_right),
		cmocka_unit_test(an_independent_reader_opens_a_session),
		cmocka_unit_test(a_session_of_the_first_version_opens),
	};

	if (seal_start() != 0)
		return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
