/* A passphrase as people type it: clean, and in its old form once more. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "seal/seal.h"

#include <cmocka.h>

static bool
opens(const struct account_row *account, const char *typed, bool *old)
{
	struct secret_key *secret = secret_key_new();
	bool is;

	assert_non_null(secret);
	is = passphrase_unlock(secret, account, typed, old) == 0;
	secret_key_free(secret);
	return is;
}

static void
is_one_however_it_is_typed(void **state)
{
	static const char *const same[] = {
		"blåbär på tallrik", "bla\u030aba\u0308r pa\u030a tallrik", " blåbär på tallrik\t",
		"blåbär\u00a0på tallrik", "blåbär på\u200b tallrik", "blåbär  på tallrik\n",
	};
	struct account_row account = { .number = 7 };
	struct secret_key *secret = secret_key_new();
	bool old;

	(void)state;
	assert_non_null(secret);
	keypair_make(secret, account.public);
	assert_int_equal(passphrase_lock(account.locked, secret, account.number, same[1]), 0);
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		assert_true(opens(&account, same[i], &old));
		assert_false(old);
		assert_true(passphrase_same(same[0], same[i]));
	}
	assert_false(opens(&account, "blabar pa tallrik", &old));
	assert_false(passphrase_same(same[0], "Blåbär på tallrik"));
	secret_key_free(secret);
}

static void
opens_in_its_old_form(void **state)
{
	static const char before[] = "bla\u030aba\u0308r pa\u030a tallrik ";
	struct account_row account = { .number = 7 };
	struct secret_key *secret = secret_key_new();
	bool old;

	(void)state;
	assert_non_null(secret);
	keypair_make(secret, account.public);
	assert_int_equal(secret_lock(account.locked, secret, account.number, before,
	    &passphrase_cost), 0);
	assert_true(opens(&account, before, &old));
	assert_true(old);
	assert_false(opens(&account, "blåbär på tallrik", &old));
	/* Renewed, any form is right. */
	assert_int_equal(passphrase_lock(account.locked, secret, account.number, before), 0);
	assert_true(opens(&account, "blåbär på tallrik", &old));
	assert_true(opens(&account, before, &old));
	assert_false(old);
	secret_key_free(secret);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_one_however_it_is_typed),
		cmocka_unit_test(opens_in_its_old_form),
	};

	if (seal_start() == -1)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
