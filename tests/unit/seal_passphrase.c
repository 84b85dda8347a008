/* Passphrases and what they lock. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <time.h>

#include <cmocka.h>

#include "base/base.h"
#include "seal/internal.h"
#include "seal/seal.h"
#include "seal_damage.h"
#include "seal_reader.h"
#include "seal_vectors.h"

static const struct passphrase_cost cheap = { .operations = 1, .memory_kib = 8 };
static const char passphrase[] = "lusab-babad-gutih-tugad-motir";
static const int64_t account = 42;

static struct secret_key secret;
static unsigned char locked[SEAL_LOCKED_SIZE];

static int
set_up(void **state)
{
	(void)state;
	data_key_make(&secret);
	return secret_lock(locked, &secret, account, passphrase, &cheap);
}

static int
unlock(const unsigned char *bytes, size_t size)
{
	struct secret_key opened;
	int result;

	memset(&opened, 0xa5, sizeof(opened));
	result = secret_unlock(&opened, bytes, size, account, passphrase);
	if (result == 0)
		assert_memory_equal(opened.bytes, secret.bytes, SEAL_KEY_SIZE);
	else
		assert_true(sodium_is_zero(opened.bytes, SEAL_KEY_SIZE));
	return result;
}

static void
only_its_passphrase_and_account_unlock_a_secret(void **state)
{
	struct secret_key opened;
	unsigned char read[32];

	(void)state;
	assert_damage_refused(unlock, locked, sizeof(locked));
	assert_int_equal(secret_unlock(&opened, locked, sizeof(locked), account + 1, passphrase),
	    -1);
	assert_int_equal(secret_unlock(&opened, locked, sizeof(locked), account, "lusab-babad"),
	    -1);
	assert_int_equal(secret_unlock(&opened, locked, sizeof(locked), account, ""), -1);
	assert_int_equal(errno, 0);
	assert_int_equal(reader_locked(read, locked, sizeof(locked), account, passphrase), 0);
	assert_memory_equal(read, secret.bytes, SEAL_KEY_SIZE);
}

/* The same again has another salt, so that one guess is a guess at one account. */
static void
locking_twice_uses_another_salt(void **state)
{
	unsigned char again[SEAL_LOCKED_SIZE];

	(void)state;
	assert_int_equal(secret_lock(again, &secret, account, passphrase, &cheap), 0);
	assert_memory_equal(again, locked, 9);
	assert_memory_not_equal(again + 9, locked + 9, 16);
	assert_memory_not_equal(again + 25, locked + 25, 24);
}

static void
a_secret_of_the_first_version_unlocks(void **state)
{
	unsigned char bytes[600], public[SEAL_KEY_SIZE];
	struct secret_key opened;

	(void)state;
	assert_int_equal(secret_unlock(&opened, bytes, vector_read(bytes, vectors.locked),
	    VECTOR_ACCOUNT, VECTOR_PASSPHRASE), 0);
	keypair_public(&opened, public);
	vector_read(bytes, vectors.coordinator_public);
	assert_memory_equal(public, bytes, SEAL_KEY_SIZE);
}

static double
processor_seconds(void)
{
	struct timespec used;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

/* Refused before any work: each of these would take seconds or a gigabyte. */
static void
costs_out_of_bounds_are_refused_at_once(void **state)
{
	static const struct passphrase_cost wrong[] = {
		{ 0, 1024 }, { 17, 1024 * 1024 }, { UINT32_MAX, 1024 * 1024 }, { 16, 7 },
		{ 16, 0 }, { 16, 1024 * 1024 + 1 }, { 16, UINT32_MAX }, { 0, 0 },
	};
	double before = processor_seconds();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		unsigned char damaged[SEAL_LOCKED_SIZE];
		struct secret_key opened;
		const uint32_t numbers[] = { wrong[i].operations, wrong[i].memory_kib };

		assert_int_equal(secret_lock(damaged, &secret, account, passphrase, &wrong[i]), -1);
		assert_int_equal(errno, 0);
		assert_true(sodium_is_zero(damaged, sizeof(damaged)));
		memcpy(damaged, locked, sizeof(damaged));
		for (int byte = 0; byte < 8; byte++)
			damaged[1 + byte] = (unsigned char)(numbers[byte / 4] >>
			    (24 - 8 * (byte % 4)));
		assert_int_equal(secret_unlock(&opened, damaged, sizeof(damaged), account,
		    passphrase), -1);
		assert_int_equal(errno, 0);
	}
	assert_true(processor_seconds() - before < 0.05);
}

static void
lack_of_memory_is_told_apart(void **state)
{
	const struct passphrase_cost large = { 1, 1024 * 1024 };
	unsigned char out[SEAL_LOCKED_SIZE];
	struct rlimit before, little;
	int result, why;

	(void)state;
	if (SANITIZED)
		skip();
	assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
	little = before;
	little.rlim_cur = 512 << 20;
	assert_int_equal(setrlimit(RLIMIT_AS, &little), 0);
	result = secret_lock(out, &secret, account, passphrase, &large);
	why = errno;
	assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
	assert_int_equal(result, -1);
	assert_int_equal(why, ENOMEM);
}

static void
pretending_takes_as_long(void **state)
{
	unsigned char real[SEAL_LOCKED_SIZE];
	struct secret_key opened;
	double start, one, two;

	(void)state;
	assert_int_equal(secret_lock(real, &secret, account, passphrase, &passphrase_cost), 0);
	start = processor_seconds();
	assert_int_equal(secret_unlock(&opened, real, sizeof(real), account, "wrong"), -1);
	one = processor_seconds() - start;
	secret_unlock_pretend("wrong");
	two = processor_seconds() - start - one;
	assert_true(two > one / 2 && two < one * 2);
}

static void
a_made_passphrase_is_five_random_proquints(void **state)
{
	char first[SEAL_PASSPHRASE_SIZE], second[SEAL_PASSPHRASE_SIZE];
	unsigned char bytes[10];

	(void)state;
	passphrase_make(first);
	passphrase_make(second);
	assert_int_equal(strlen(first), 5 * 5 + 4);
	assert_int_equal(proquint_read(bytes, 5, first), 0);
	assert_string_not_equal(first, second);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_its_passphrase_and_account_unlock_a_secret),
		cmocka_unit_test(locking_twice_uses_another_salt),
		cmocka_unit_test(a_secret_of_the_first_version_unlocks),
		cmocka_unit_test(costs_out_of_bounds_are_refused_at_once),
		cmocka_unit_test(lack_of_memory_is_told_apart),
		cmocka_unit_test(pretending_takes_as_long),
		cmocka_unit_test(a_made_passphrase_is_five_random_proquints),
	};

	if (seal_start() != 0)
		return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, set_up, NULL);
}
