/*
 * Threads with a store each, and the lock by which the processes commit in
 * turn. The database has a lock of its own, which is the one that counts; but
 * a process that waits for that one looks again and again, and has chosen by
 * then which submissions to commit. A process that waits here is woken, and
 * then takes all that have come in meanwhile.
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

#define IN_A_ROW	8	/* commits past who waits and is not awake yet */
#define PATIENCE_NS	500000000	/* then it goes on without: a worker may hang */

/* Shared by the workers. */
static struct {
	pthread_mutex_t now;
	pthread_mutex_t next;	/* held by who is served before any that comes later */
} *turn;

int
commit_lock_start(struct error *error)
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
commit_lock_take(void)
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
commit_lock_release(void)
{
	(void)pthread_mutex_unlock(&turn->now);
}

/* A tenth of a second each: more would hold requests that forms are to have. */
#define SLOW_MAX	32

struct worker_queue {
	struct job *first, **end;
};

/*
 * `event` comes first: Kore hands its address back as the pointer that was
 * registered, and takes that for a struct kore_event.
 */
static struct worker_state {
	struct kore_event event;
	int wake;			/* eventfd: some job is done */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct worker_queue waiting, finished;
	size_t waiting_count;
	bool stop;
	int nice;
	struct store *store;		/* NULL until its first job, but for the staff's */
} lanes[WORKER_COUNT];

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
 * When a lane has its first job. The staff's store is open by then, so nothing
 * but memory or descriptors can be missing: the process ends, and Kore starts another.
 */
static struct store *
worker_open(void)
{
	struct error error;
	struct store *store = store_open(database, STORE_AGAIN, &error);

	if (store != NULL)
		return store;
	log_line(LOG_LINE_ERROR, "lane: %s", error.text);
	abort();
}

static void *
worker_thread(void *argument)
{
	struct worker_state *lane = argument;
	const uint64_t one = 1;
	struct job *job;

	/* On Linux a thread has a priority of its own. Failing costs fairness only. */
	if (lane->nice != 0)
		(void)setpriority(PRIO_PROCESS, (id_t)gettid(), lane->nice);
	(void)pthread_mutex_lock(&lane->lock);
	for (;;) {
		while (lane->waiting.first == NULL && !lane->stop)
			(void)pthread_cond_wait(&lane->work, &lane->lock);
		if (lane->stop)
			break;
		job = queue_take(&lane->waiting);
		lane->waiting_count--;
		(void)pthread_mutex_unlock(&lane->lock);
		if (lane->store == NULL)
			lane->store = worker_open();
		job->work(job, lane->store);
		/* Frames hold a name until a later job goes down as far. */
		seal_wipe_stack();
		(void)pthread_mutex_lock(&lane->lock);
		queue_append(&lane->finished, job);
		if (write(lane->wake, &one, sizeof(one)) != (ssize_t)sizeof(one))
			log_line(LOG_LINE_ERROR, "lane: cannot wake the event loop");
	}
	(void)pthread_mutex_unlock(&lane->lock);
	return NULL;
}

/* Called by Kore's event loop when a lane has written to its eventfd. */
static void
worker_collect(void *argument, int failed)
{
	struct worker_state *lane = argument;
	struct job *job, *next;
	uint64_t count;

	(void)failed;
	lane->event.flags &= ~KORE_EVENT_READ;
	if (read(lane->wake, &count, sizeof(count)) != (ssize_t)sizeof(count))
		return;
	(void)pthread_mutex_lock(&lane->lock);
	job = lane->finished.first;
	queue_clear(&lane->finished);
	(void)pthread_mutex_unlock(&lane->lock);
	for (; job != NULL; job = next) {
		next = job->next;
		job->done(job);
	}
}

static int
worker_start(struct worker_state *lane, struct error *error)
{
	sigset_t all, before;
	int failed;

	queue_clear(&lane->waiting);
	queue_clear(&lane->finished);
	(void)pthread_mutex_init(&lane->lock, NULL);
	(void)pthread_cond_init(&lane->work, NULL);
	lane->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (lane->wake == -1)
		return error_set(error, ERROR_INTERNAL, "eventfd: %s", strerror(errno));
	lane->event.type = KORE_TYPE_TASK;
	lane->event.handle = worker_collect;
	kore_platform_event_level_read(lane->wake, lane);
	/* Signals are the event loop's. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&lane->thread, NULL, worker_thread, lane);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed != 0)
		return error_set(error, ERROR_INTERNAL, "thread: %s", strerror(failed));
	return 0;
}

int
workers_start(const char *path, struct error *error)
{
	database = path;
	lanes[WORKER_SLOW].nice = 19;
	lanes[WORKER_STAFF].store = store_open(database, STORE_AGAIN, error);
	if (lanes[WORKER_STAFF].store == NULL)
		return -1;
	for (size_t i = 0; i < WORKER_COUNT; i++) {
		if (worker_start(&lanes[i], error) != 0)
			return -1;
	}
	/* A lane that commits holds everybody up: it goes before the event loop. */
	(void)setpriority(PRIO_PROCESS, (id_t)gettid(), 4);
	return 0;
}

void
workers_stop(void (*last)(struct store *))
{
	for (size_t i = 0; i < WORKER_COUNT; i++) {
		struct worker_state *lane = &lanes[i];

		if (lane->thread == 0)
			continue;
		(void)pthread_mutex_lock(&lane->lock);
		lane->stop = true;
		(void)pthread_cond_signal(&lane->work);
		(void)pthread_mutex_unlock(&lane->lock);
		(void)pthread_join(lane->thread, NULL);
		if (i == WORKER_STAFF)
			last(lane->store);
		store_close(lane->store);
		(void)close(lane->wake);
		memset(lane, 0, sizeof(*lane));
	}
}

int
worker_submit(enum lane which, struct job *job)
{
	struct worker_state *lane = &lanes[which];
	bool full;

	(void)pthread_mutex_lock(&lane->lock);
	full = which == WORKER_SLOW && lane->waiting_count == SLOW_MAX;
	if (!full) {
		queue_append(&lane->waiting, job);
		lane->waiting_count++;
		(void)pthread_cond_signal(&lane->work);
	}
	(void)pthread_mutex_unlock(&lane->lock);
	return full ? -1 : 0;
}
