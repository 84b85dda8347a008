/* The periodic work of each process, and the versions of the tables that it has read. */
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

#include <kore/kore.h>

#include "base/base.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "server/server.h"
#include "store/auth.h"

/* Kore's memory pools have blocks of 8, 16 ... 8192 bytes; the smallest are too short for a name. */
#define BLOCK_MIN	32
#define BLOCK_MAX	8192

/* The last block freed is the first allocated again: after so many clean blocks, all are clean. */
#define CLEAN_ENOUGH	16

struct block {
	struct block *next;
};

static bool
is_clean(const char *bytes, size_t size)
{
	return bytes[0] == '\0' && memcmp(bytes, bytes + 1, size - 1) == 0;
}

static void
wipe_blocks(size_t size)
{
	struct block *taken = NULL, *block;

	for (int clean = 0; clean < CLEAN_ENOUGH; clean++) {
		block = kore_malloc(size);
		if (!is_clean((const char *)block, size)) {
			seal_wipe(block, size);
			clean = -1;
		}
		block->next = taken;
		taken = block;
	}
	while ((block = taken) != NULL) {
		taken = block->next;
		block->next = NULL;
		kore_free(block);
	}
}

/*
 * Overwrites the memory that Kore has freed. Kore keeps it for the next request
 * unchanged: a body that came in a packet of its own, the body of a client that
 * hung up, the parts of a cookie.
 */
static void
pool_wipe(void)
{
	for (size_t size = BLOCK_MIN; size <= BLOCK_MAX; size *= 2)
		wipe_blocks(size);
}

#define TICKS_MAX	8
#define JOBS_MAX	8
#define COPIES_MAX	4
#define PROCESSES	16	/* as many as number_start can tell apart */

/* A periodic job. */
static struct timer_job {
	struct job job;			/* comes first: a worker hands back its address */
	int64_t seconds, next_at;
	void (*work)(struct work *);
	void (*done)(void);
	bool running;
} jobs[JOBS_MAX];

static size_t jobs_count;

static void (*ticks[TICKS_MAX])(void);
static size_t ticks_count;

/* The tables that a process keeps a copy of. */
static struct {
	const char *name;
	int64_t (*version)(void);
} copies[COPIES_MAX];

static size_t copies_count;

/* The versions that each process has, in shared memory, so that any process can show them. */
static struct process {
	atomic_bool begun;
	_Atomic int64_t versions[COPIES_MAX];	/* in the order of copies; -1 none yet */
	/* Looks that have ended, including those of earlier processes with this number. */
	_Atomic int64_t looks;
} *processes, *own;

/* The last job of a look. When it ends, all jobs before it on WORKER_STAFF have ended. */
static struct {
	struct job job;
	bool running;
} look;

void
timer_add(void (*tick)(void))
{
	if (ticks_count == TICKS_MAX)
		abort();
	ticks[ticks_count++] = tick;
}

void
timer_job_add(int64_t seconds, void (*work)(struct work *), void (*done)(void))
{
	if (jobs_count == JOBS_MAX)
		abort();
	jobs[jobs_count++] = (struct timer_job){ .seconds = seconds, .work = work, .done = done };
}

void
timer_copy_add(const char *name, int64_t (*version)(void))
{
	if (copies_count == COPIES_MAX)
		abort();
	copies[copies_count].name = name;
	copies[copies_count++].version = version;
}

int
timer_start(struct error *error)
{
	processes = shared_new(PROCESSES * sizeof(*processes), error);
	return processes == NULL ? -1 : 0;
}

void
timer_start_process(unsigned number)
{
	own = &processes[number % PROCESSES];
	for (size_t i = 0; i < COPIES_MAX; i++)
		own->versions[i] = -1;
	own->begun = true;
}

void
timer_tell(struct buffer *out)
{
	for (size_t i = 0; i < PROCESSES; i++) {
		struct process *process = &processes[i];

		if (!process->begun)
			continue;
		buffer_format(out, "worker %zu: ", i);
		for (size_t j = 0; j < copies_count; j++)
			buffer_format(out, "%s %lld, ", copies[j].name,
			    (long long)process->versions[j]);
		buffer_format(out, "looks %lld\n", (long long)process->looks);
	}
}

static void
look_work(struct job *job, struct store *store)
{
	(void)job;
	(void)store;
}

static void
look_done(struct job *job)
{
	(void)job;
	look.running = false;
	for (size_t i = 0; i < copies_count; i++)
		own->versions[i] = copies[i].version();
	own->looks++;
}

static void
look_end(void)
{
	if (look.running)
		return;
	look.running = true;
	look.job = (struct job){ .work = look_work, .done = look_done };
	(void)worker_submit(WORKER_STAFF, &look.job);
}

static void
job_work(struct job *job, struct store *store)
{
	struct work work = { .store = store, .config = &site.config, .now = clock_now() };

	((struct timer_job *)(void *)job)->work(&work);
}

static void
job_done(struct job *job)
{
	struct timer_job *timed = (struct timer_job *)(void *)job;

	timed->running = false;
	if (timed->done != NULL)
		timed->done();
}

void
timer_tick(void)
{
	const int64_t now = clock_now();

	/* A handler leaves telephone numbers on the stack. */
	seal_wipe_stack();
	pool_wipe();
	for (size_t i = 0; i < ticks_count; i++)
		ticks[i]();
	for (size_t i = 0; i < jobs_count; i++) {
		struct timer_job *timed = &jobs[i];

		if (timed->running || now < timed->next_at)
			continue;
		timed->next_at = now + timed->seconds;
		timed->running = true;
		timed->job = (struct job){ .work = job_work, .done = job_done };
		(void)worker_submit(WORKER_STAFF, &timed->job);
	}
	look_end();
}
