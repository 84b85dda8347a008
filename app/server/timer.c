#include <stddef.h>
#include <string.h>

#include <kore/kore.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/people.h"
#include "flow/work.h"
#include "public/intake.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/people.h"
#include "store/auth.h"
#include "store/store.h"

/* Kore's memory comes in blocks of 8, 16 ... 8192 bytes; the smallest hold nobody's name. */
#define BLOCK_MIN	32
#define BLOCK_MAX	8192

/* Blocks come back in the order last in, first out: below so many that are clean all are. */
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

void
pool_wipe(void)
{
	for (size_t size = BLOCK_MIN; size <= BLOCK_MAX; size *= 2)
		wipe_blocks(size);
}

#define HOUR	INT64_C(3600)

static struct {
	struct job job;
	bool running;
	int64_t next_at;
} forget;

static struct {
	struct job job;
	bool running;
} drain;

/* Once a second: the log into the file, and offers that nobody answered in time. */
static void
drain_work(struct job *job, struct store *store)
{
	struct work work = { .store = store, .config = &site.config, .now = clock_now() };
	int lapsed;

	(void)job;
	if (store_drain(store, &work.error) != 0)
		log_line(LOG_LINE_WARNING, "upkeep: %s", work.error.text);
	lapsed = handover_lapse(&work);
	if (lapsed > 0)
		log_line(LOG_LINE_INFO, "hand-over: %d offers came back unanswered", lapsed);
	else if (lapsed == -1)
		log_line(LOG_LINE_WARNING, "hand-over: %s", work.error.text);
}

static void
drain_done(struct job *job)
{
	(void)job;
	drain.running = false;
}

static void
drain_start(void)
{
	if (drain.running)
		return;
	drain.running = true;
	drain.job = (struct job){ .work = drain_work, .done = drain_done };
	(void)worker_submit(WORKER_STAFF, &drain.job);
}

/*
 * What has served its time: sessions left open, links, absences, keys that
 * were replaced, closed cases as the municipality has decided. Each purge is
 * logged.
 */
static void
forget_work(struct job *job, struct store *store)
{
	struct work work = { .store = store, .config = &site.config, .now = clock_now() };
	int64_t purged;

	(void)job;
	purged = retention_run(&work);
	if (purged > 0)
		log_line(LOG_LINE_INFO, "retention: %lld closed cases purged", (long long)purged);
	else if (purged == -1)
		log_line(LOG_LINE_WARNING, "retention: %s", work.error.text);
	if (signin_forget(&work) != 0 || invitation_forget(&work) != 0 ||
	    absence_forget(&work) != 0 || rotation_retire(&work) == -1)
		log_line(LOG_LINE_WARNING, "upkeep: %s", work.error.text);
}

static void
forget_done(struct job *job)
{
	(void)job;
	forget.running = false;
}

void
timer_tick(void)
{
	int64_t now = clock_now();

	pool_wipe();
	codes_refresh(NULL);
	intakes_refresh();
	queue_keys_refresh();
	key_migration_tick();
	drain_start();
	if (now < forget.next_at || forget.running)
		return;
	forget.next_at = now + HOUR;
	forget.running = true;
	forget.job = (struct job){ .work = forget_work, .done = forget_done };
	(void)worker_submit(WORKER_STAFF, &forget.job);
}
