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

/* Shared by the workers. */
static struct {
	pthread_mutex_t next;	/* whose turn comes next: who has just had one waits here */
	pthread_mutex_t now;
} *turn;

int
turn_start(struct error *error)
{
	turn = shared_new(sizeof(*turn), error);
	if (turn == NULL)
		return -1;
	shared_lock_start(&turn->next);
	shared_lock_start(&turn->now);
	return 0;
}

static bool
take(pthread_mutex_t *lock, const struct timespec *until)
{
	int result = pthread_mutex_clocklock(lock, CLOCK_MONOTONIC, until);

	/* Its worker was killed; what it had not committed is rolled back. */
	if (result == EOWNERDEAD)
		result = pthread_mutex_consistent(lock);
	return result == 0;
}

bool
turn_take(void)
{
	struct timespec until;
	bool taken;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += PATIENCE_NS;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	if (!take(&turn->next, &until))
		return false;
	taken = take(&turn->now, &until);
	(void)pthread_mutex_unlock(&turn->next);
	return taken;
}

void
turn_give(void)
{
	(void)pthread_mutex_unlock(&turn->now);
}
