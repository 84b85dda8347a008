/*
 * Workers commit in turn. The database has a lock of its own, which is what
 * counts; but who waits for that looks again and again, and has chosen by then
 * what to commit. Who waits here is woken, and then takes all that has come
 * in meanwhile.
 */
#include <errno.h>
#include <time.h>

#include "base/shared.h"
#include "web/web.h"

#define PATIENCE_NS	500000000	/* then it goes on without: a worker may hang */

static pthread_mutex_t *turn;		/* shared by the workers */

int
turn_start(struct error *error)
{
	turn = shared_new(sizeof(*turn), error);
	if (turn == NULL)
		return -1;
	shared_lock_start(turn);
	return 0;
}

bool
turn_take(void)
{
	struct timespec until;
	int result;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += PATIENCE_NS;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	result = pthread_mutex_clocklock(turn, CLOCK_MONOTONIC, &until);
	/* Its worker was killed; what it had not committed is rolled back. */
	if (result == EOWNERDEAD)
		result = pthread_mutex_consistent(turn);
	return result == 0;
}

void
turn_give(void)
{
	(void)pthread_mutex_unlock(turn);
}
