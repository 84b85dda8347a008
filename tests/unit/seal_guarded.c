/* A secret key's memory: nothing reads beyond it, nor after it is freed. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "seal/seal.h"

/* Whether reading the byte ends a process. */
static bool
is_out_of_reach(const volatile unsigned char *byte)
{
	const struct rlimit no_core = { 0, 0 };
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		(void)setrlimit(RLIMIT_CORE, &no_core);
		(void)signal(SIGSEGV, SIG_DFL);
		(void)*byte;
		_exit(EXIT_SUCCESS);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status);
}

static void
guarded_memory_ends_at_its_bounds(void **state)
{
	struct secret_key *guarded = secret_key_new();
	const volatile unsigned char *bytes = (const unsigned char *)guarded;

	(void)state;
	assert_non_null(guarded);
	assert_false(is_out_of_reach(bytes + SEAL_KEY_SIZE - 1));
	assert_true(is_out_of_reach(bytes + SEAL_KEY_SIZE));
	secret_key_free(guarded);
	assert_true(is_out_of_reach(bytes));
	secret_key_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guarded_memory_ends_at_its_bounds),
	};

	if (seal_start() != 0)
		return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
