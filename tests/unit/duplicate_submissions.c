/* Submissions that come twice: for how long they are known, and how many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/base.h"
#include "flow/intake.h"
#include "seal/seal.h"

#define NOW	INT64_C(1795428000)
#define DAY	INT64_C(86400)

/* The n-th of those that fall into one set. */
static const unsigned char *
neighbour(unsigned char n)
{
	static unsigned char mark[SEAL_DIGEST_SIZE];

	memset(mark, 7, sizeof(mark));
	mark[SEAL_DIGEST_SIZE - 1] = n;
	return mark;
}

static int
start(void **state)
{
	struct error error;

	(void)state;
	return duplicate_submissions_start(&error);
}

static void
a_submission_is_known_for_a_day(void **state)
{
	(void)state;
	assert_int_equal(duplicate_submission_find(neighbour(0), NOW), 0);
	duplicate_submission_add(neighbour(0), 5, NOW);
	assert_int_equal(duplicate_submission_find(neighbour(0), NOW), 5);
	assert_int_equal(duplicate_submission_find(neighbour(0), NOW + DAY), 5);
	assert_int_equal(duplicate_submission_find(neighbour(0), NOW + DAY + 1), 0);
	assert_int_equal(duplicate_submission_find(neighbour(1), NOW), 0);
	/* What came of it last is what it stands for. */
	duplicate_submission_add(neighbour(0), 6, NOW + 1);
	assert_int_equal(duplicate_submission_find(neighbour(0), NOW + DAY), 6);
}

static void
the_oldest_goes_first(void **state)
{
	(void)state;
	for (unsigned char i = 0; i < 8; i++)
		duplicate_submission_add(neighbour(i), i + 1, NOW + (i * 5) % 8);
	duplicate_submission_add(neighbour(8), 9, NOW + 8);
	assert_int_equal(duplicate_submission_find(neighbour(0), NOW + 8), 0);
	for (unsigned char i = 1; i <= 8; i++)
		assert_int_equal(duplicate_submission_find(neighbour(i), NOW + 8), i + 1);
}

static void
workers_share_the_known_submissions(void **state)
{
	int status;
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		duplicate_submission_add(neighbour(0), 5, NOW);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(duplicate_submission_find(neighbour(0), NOW), 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_submission_is_known_for_a_day, start),
		cmocka_unit_test_setup(the_oldest_goes_first, start),
		cmocka_unit_test_setup(workers_share_the_known_submissions, start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
