/* A one-time link's keys, and a key that changes hands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "seal/seal.h"

static void
a_link_gives_the_same_keys_again(void **state)
{
	struct invitation_keys made, read, other;
	char token[SEAL_TOKEN_SIZE], second[SEAL_TOKEN_SIZE];
	unsigned char public[SEAL_KEY_SIZE];

	(void)state;
	assert_int_equal(invitation_make(token, &made), 0);
	assert_int_equal(strlen(token), SEAL_TOKEN_SIZE - 1);
	assert_int_equal(invitation_read(token, &read), 0);
	assert_memory_equal(read.identity, made.identity, SEAL_KEY_SIZE);
	assert_memory_equal(read.secret->bytes, made.secret->bytes, SEAL_KEY_SIZE);
	assert_memory_equal(read.public, made.public, SEAL_KEY_SIZE);
	keypair_public(read.secret, public);
	assert_memory_equal(read.public, public, SEAL_KEY_SIZE);
	/* What the database holds is not what opens. */
	assert_memory_not_equal(read.identity, read.secret->bytes, SEAL_KEY_SIZE);

	assert_int_equal(invitation_make(second, &other), 0);
	assert_string_not_equal(second, token);
	assert_memory_not_equal(other.identity, made.identity, SEAL_KEY_SIZE);
	assert_memory_not_equal(other.secret->bytes, made.secret->bytes, SEAL_KEY_SIZE);
	invitation_keys_free(&other);
	invitation_keys_free(&read);
	invitation_keys_free(&made);
	invitation_keys_free(&made);
}

static void
assert_no_link(const char *text)
{
	struct invitation_keys read;

	assert_int_equal(invitation_read(text, &read), -1);
	assert_null(read.secret);
	invitation_keys_free(&read);
}

static void
other_texts_are_no_link(void **state)
{
	struct invitation_keys made;
	char token[SEAL_TOKEN_SIZE], longer[SEAL_TOKEN_SIZE + 1] = { 0 };

	(void)state;
	assert_int_equal(invitation_make(token, &made), 0);
	invitation_keys_free(&made);
	memcpy(longer, token, strlen(token));
	longer[strlen(token)] = 'A';
	assert_no_link(longer);
	assert_no_link(NULL);
	assert_no_link("");
	for (size_t i = 0; i < strlen(token); i++) {
		char kept = token[i];

		token[i] = '=';
		assert_no_link(token);
		token[i] = kept;
	}
	token[strlen(token) - 1] = '\0';
	assert_no_link(token);
}

static void
the_address_of_a_calendar_gives_its_identity(void **state)
{
	unsigned char made[SEAL_KEY_SIZE], read[SEAL_KEY_SIZE], other[SEAL_KEY_SIZE];
	const unsigned char none[SEAL_KEY_SIZE] = { 0 };
	char token[SEAL_TOKEN_SIZE], second[SEAL_TOKEN_SIZE];
	struct invitation_keys link;

	(void)state;
	calendar_make(token, made);
	assert_int_equal(calendar_identity(read, token), 0);
	assert_memory_equal(read, made, sizeof(made));
	calendar_make(second, other);
	assert_string_not_equal(second, token);
	assert_memory_not_equal(other, made, sizeof(made));
	/* The same token as a link has another identity. */
	assert_int_equal(invitation_read(token, &link), 0);
	assert_memory_not_equal(link.identity, made, sizeof(made));
	invitation_keys_free(&link);
	token[3] = '=';
	assert_int_equal(calendar_identity(read, token), -1);
	assert_memory_equal(read, none, sizeof(none));
	assert_int_equal(calendar_identity(read, NULL), -1);
}

static void
a_key_is_resealed_to_another_recipient(void **state)
{
	struct secret_key *anna = secret_key_new(), *bo = secret_key_new();
	struct secret_key *queue = secret_key_new(), *opened = secret_key_new();
	unsigned char annas[SEAL_KEY_SIZE], bos[SEAL_KEY_SIZE], none[SEAL_KEY_SIZE] = { 0 };
	unsigned char sealed[SEAL_SEALED_KEY_SIZE], resealed[SEAL_SEALED_KEY_SIZE];

	(void)state;
	keypair_make(anna, annas);
	keypair_make(bo, bos);
	data_key_make(queue);
	assert_int_equal(key_seal(sealed, queue, annas), 0);
	assert_int_equal(key_migrate(resealed, sealed, sizeof(sealed), anna, bos), 0);
	assert_int_equal(key_open(opened, resealed, sizeof(resealed), bo), 0);
	assert_memory_equal(opened->bytes, queue->bytes, SEAL_KEY_SIZE);
	assert_int_equal(key_open(opened, resealed, sizeof(resealed), anna), -1);

	assert_int_equal(key_migrate(resealed, sealed, sizeof(sealed), bo, bos), -1);
	assert_int_equal(key_migrate(resealed, sealed, sizeof(sealed) - 1, anna, bos), -1);
	assert_int_equal(key_migrate(resealed, sealed, sizeof(sealed), anna, none), -1);
	sealed[sizeof(sealed) - 1] ^= 1;
	assert_int_equal(key_migrate(resealed, sealed, sizeof(sealed), anna, bos), -1);
	secret_key_free(anna);
	secret_key_free(bo);
	secret_key_free(queue);
	secret_key_free(opened);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_link_gives_the_same_keys_again),
		cmocka_unit_test(other_texts_are_no_link),
		cmocka_unit_test(the_address_of_a_calendar_gives_its_identity),
		cmocka_unit_test(a_key_is_resealed_to_another_recipient),
	};

	return seal_start() == -1 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
