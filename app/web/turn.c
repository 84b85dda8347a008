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

#define IN_A_ROW	8	/* commits past who waits and is not awake yet */
#define PATIENCE_NS	500000000	/* then it goes on without: a worker may hang */

/* Shared by the workers. */
static struct {
	pthread_mutex_t now;
	pthread_mutex_t next;	/* held by who is served before any that comes later */
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

/* What came of asking for a lock. */
static bool
have(pthread_mutex_t *lock, int result)
{
	/* Its worker was killed; what it had not committed is rolled back. */
	if (result == EOWNERDEAD)
		result = pthread_mutex_consistent(lock);
	return result == 0;
}

static bool
stand_in_line(void)
{
	struct timespec until;
	bool taken;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += PATIENCE_NS;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	if (!have(&turn->next, pthread_mutex_clocklock(&turn->next, CLOCK_MONOTONIC, &until)))
		return false;
	taken = have(&turn->now, pthread_mutex_clocklock(&turn->now, CLOCK_MONOTONIC, &until));
	(void)pthread_mutex_unlock(&turn->next);
	return taken;
}

bool
turn_take(void)
{
	static int in_a_row;	/* the one lane's that writes */

	if (in_a_row < IN_A_ROW && have(&turn->now, pthread_mutex_trylock(&turn->now))) {
		in_a_row++;
		return true;
	}
	in_a_row = 0;
	return stand_in_line();
}

void
turn_give(void)
{
	(void)pthread_mutex_unlock(&turn->now);
}
