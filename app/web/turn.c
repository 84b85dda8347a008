/*
 * Workers commit in turn. The database has a lock of its own, which is what
 * counts; but who waits for that looks again and again, and has chosen by then
 * what to commit. Who waits here is woken, and then takes all that has come
 * in meanwhile.
 */
#include <sys/mman.h>

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "web/web.h"

#define PATIENCE_NS	500000000	/* then it goes on without: a worker may hang */

static pthread_mutex_t *turn;		/* shared by the workers */

int
turn_start(struct error *error)
{
	pthread_mutexattr_t shared;

	turn = mmap(NULL, sizeof(*turn), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (turn == MAP_FAILED)
		return error_set(error, ERROR_INTERNAL, "shared memory: %s", strerror(errno));
	(void)pthread_mutexattr_init(&shared);
	(void)pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
	(void)pthread_mutexattr_setrobust(&shared, PTHREAD_MUTEX_ROBUST);
	(void)pthread_mutex_init(turn, &shared);
	(void)pthread_mutexattr_destroy(&shared);
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
