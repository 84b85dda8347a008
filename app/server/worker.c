/*
 * Worker threads with a store each, and the commit lock, by which the processes
 * commit one at a time. SQLite's own lock would be enough for correctness. But a
 * process that waits for SQLite's lock polls, and has already chosen the
 * submissions that it will commit. A process that waits for the commit lock is
 * woken, and then takes all submissions that have come in meanwhile.
 */
#include <sys/eventfd.h>
#include <sys/resource.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <kore/kore.h>

#include "base/base.h"
#include "seal/seal.h"
#include "server/server.h"
#include "store/auth.h"
#include "store/store.h"

#define IN_A_ROW	8	/* commits of one process before it lets a waiting one go first */
#define PATIENCE_NS	500000000	/* then it commits without the lock: the holder may hang */

/* In memory that the processes share. */
static struct {
	pthread_mutex_t held;	/* by the process that commits */
	pthread_mutex_t next;	/* by the process that commits after it */
} *commit_lock;

int
commit_lock_start(struct error *error)
{
	commit_lock = shared_new(sizeof(*commit_lock), error);
	if (commit_lock == NULL)
		return -1;
	shared_lock_start(&commit_lock->next);
	shared_lock_start(&commit_lock->held);
	return 0;
}

/* Whether the lock was taken, from the result of taking it. */
static bool
is_taken(pthread_mutex_t *lock, int result)
{
	/* The process that held it was killed; SQLite rolls back its commit. */
	if (result == EOWNERDEAD)
		result = pthread_mutex_consistent(lock);
	return result == 0;
}

static bool
stand_in_line(void)
{
	pthread_mutex_t *const held = &commit_lock->held, *const next = &commit_lock->next;
	struct timespec until;
	bool taken;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += PATIENCE_NS;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	if (!is_taken(next, pthread_mutex_clocklock(next, CLOCK_MONOTONIC, &until)))
		return false;
	taken = is_taken(held, pthread_mutex_clocklock(held, CLOCK_MONOTONIC, &until));
	(void)pthread_mutex_unlock(next);
	return taken;
}

bool
commit_lock_take(void)
{
	pthread_mutex_t *const held = &commit_lock->held;
	static int in_a_row;	/* only WORKER_WRITER reads and writes it */

	if (in_a_row < IN_A_ROW && is_taken(held, pthread_mutex_trylock(held))) {
		in_a_row++;
		return true;
	}
	in_a_row = 0;
	return stand_in_line();
}

void
commit_lock_release(void)
{
	(void)pthread_mutex_unlock(&commit_lock->held);
}

/* Jobs that wait, a tenth of a second each. More would take too many of Kore's requests from forms. */
#define SLOW_MAX	32

struct worker_queue {
	struct job *first, **end;
};

/*
 * The state of a worker thread. `event` comes first: Kore reads the pointer that
 * was registered with epoll as a struct kore_event.
 */
static struct worker_state {
	struct kore_event event;
	int wake;			/* eventfd: a job has ended */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct worker_queue waiting, finished;
	size_t waiting_count;
	bool stop;
	int nice;
	struct store *store;		/* opened for the first job; of WORKER_STAFF at start */
} workers[WORKER_COUNT];

static const char *database;

static void
queue_clear(struct worker_queue *queue)
{
	queue->first = NULL;
	queue->end = &queue->first;
}

static void
queue_append(struct worker_queue *queue, struct job *job)
{
	job->next = NULL;
	*queue->end = job;
	queue->end = &job->next;
}

static struct job *
queue_take(struct worker_queue *queue)
{
	struct job *job = queue->first;

	queue->first = job->next;
	if (queue->first == NULL)
		queue->end = &queue->first;
	return job;
}

/*
 * Opens the store for the first job of a worker thread. The store of WORKER_STAFF
 * is open by then, so this fails only when memory or file descriptors are used up.
 * The process then aborts, and Kore starts another.
 */
static struct store *
worker_open(void)
{
	struct error error;
	struct store *store = store_open(database, STORE_AGAIN, &error);

	if (store != NULL)
		return store;
	log_line(LOG_LINE_ERROR, "worker thread: cannot open the database: %s", error.text);
	abort();
}

static void *
worker_thread(void *argument)
{
	struct worker_state *state = argument;
	const uint64_t one = 1;
	struct job *job;

	/* On Linux a thread has a priority of its own. The program also works when this fails. */
	if (state->nice != 0)
		(void)setpriority(PRIO_PROCESS, (id_t)gettid(), state->nice);
	(void)pthread_mutex_lock(&state->lock);
	for (;;) {
		while (state->waiting.first == NULL && !state->stop)
			(void)pthread_cond_wait(&state->work, &state->lock);
		if (state->stop)
			break;
		job = queue_take(&state->waiting);
		state->waiting_count--;
		(void)pthread_mutex_unlock(&state->lock);
		if (state->store == NULL)
			state->store = worker_open();
		job->work(job, state->store);
		/* A job leaves names on the stack. */
		seal_wipe_stack();
		(void)pthread_mutex_lock(&state->lock);
		queue_append(&state->finished, job);
		if (write(state->wake, &one, sizeof(one)) != (ssize_t)sizeof(one))
			log_line(LOG_LINE_ERROR, "worker thread: cannot wake the event loop");
	}
	(void)pthread_mutex_unlock(&state->lock);
	return NULL;
}

/* Called by Kore's event loop when a worker thread has written to its eventfd. */
static void
worker_collect(void *argument, int failed)
{
	struct worker_state *state = argument;
	struct job *job, *next;
	uint64_t count;

	(void)failed;
	state->event.flags &= ~KORE_EVENT_READ;
	if (read(state->wake, &count, sizeof(count)) != (ssize_t)sizeof(count))
		return;
	(void)pthread_mutex_lock(&state->lock);
	job = state->finished.first;
	queue_clear(&state->finished);
	(void)pthread_mutex_unlock(&state->lock);
	for (; job != NULL; job = next) {
		next = job->next;
		job->done(job);
	}
}

static int
worker_start(struct worker_state *state, struct error *error)
{
	sigset_t all, before;
	int failed;

	queue_clear(&state->waiting);
	queue_clear(&state->finished);
	(void)pthread_mutex_init(&state->lock, NULL);
	(void)pthread_cond_init(&state->work, NULL);
	state->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (state->wake == -1)
		return error_set(error, ERROR_INTERNAL, "eventfd: %s", strerror(errno));
	state->event.type = KORE_TYPE_TASK;
	state->event.handle = worker_collect;
	kore_platform_event_level_read(state->wake, state);
	/* The event loop's thread alone handles signals. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&state->thread, NULL, worker_thread, state);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed != 0)
		return error_set(error, ERROR_INTERNAL, "thread: %s", strerror(failed));
	return 0;
}

int
workers_start(const char *path, struct error *error)
{
	database = path;
	workers[WORKER_SLOW].nice = 19;
	workers[WORKER_STAFF].store = store_open(database, STORE_AGAIN, error);
	if (workers[WORKER_STAFF].store == NULL)
		return -1;
	for (size_t i = 0; i < WORKER_COUNT; i++) {
		if (worker_start(&workers[i], error) != 0)
			return -1;
	}
	/* All processes wait for a commit, so the worker threads go before the event loop. */
	(void)setpriority(PRIO_PROCESS, (id_t)gettid(), 4);
	return 0;
}

void
workers_stop(void (*last)(struct store *))
{
	for (size_t i = 0; i < WORKER_COUNT; i++) {
		struct worker_state *state = &workers[i];

		if (state->thread == 0)
			continue;
		(void)pthread_mutex_lock(&state->lock);
		state->stop = true;
		(void)pthread_cond_signal(&state->work);
		(void)pthread_mutex_unlock(&state->lock);
		(void)pthread_join(state->thread, NULL);
		if (i == WORKER_STAFF)
			last(state->store);
		store_close(state->store);
		(void)close(state->wake);
		memset(state, 0, sizeof(*state));
	}
}

int
worker_submit(enum worker_thread thread, struct job *job)
{
	struct worker_state *state = &workers[thread];
	bool full;

	(void)pthread_mutex_lock(&state->lock);
	full = thread == WORKER_SLOW && state->waiting_count == SLOW_MAX;
	if (!full) {
		queue_append(&state->waiting, job);
		state->waiting_count++;
		(void)pthread_cond_signal(&state->work);
	}
	(void)pthread_mutex_unlock(&state->lock);
	return full ? -1 : 0;
}
