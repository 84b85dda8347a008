#include <stdatomic.h>
#include <stddef.h>

#include "base/shared.h"
#include "flow/absences.h"
#include "flow/handover.h"
#include "web/colleagues.h"
#include "web/intakes.h"
#include "web/web.h"

#define HOUR	INT64_C(3600)
#define WORKERS	16	/* as many as case numbers can tell apart */

/* What each worker goes by, for whichever of them is asked. */
static struct standing {
	atomic_bool begun;
	_Atomic int64_t codes, intakes, keys;	/* versions of the database; -1 none yet */
	_Atomic int64_t looks;			/* that have ended, of this worker and those before it */
} *standings, *own;

static struct {
	struct job job;
	bool running;
	int64_t next_at;
} forget;

static struct {
	struct job job;
	bool running;
} drain;

/* At every look: the log into the file, and offers that nobody answered in time. */
static void
drain_work(struct job *job, struct store *store)
{
	struct error error;
	int lapsed;

	(void)job;
	if (store_drain(store, &error) != 0)
		log_line(LOG_LINE_WARNING, "upkeep: %s", error.text);
	lapsed = handover_lapse(store, &site.config, clock_now(), &error);
	if (lapsed > 0)
		log_line(LOG_LINE_INFO, "hand-over: %d offers came back unanswered", lapsed);
	else if (lapsed == -1)
		log_line(LOG_LINE_WARNING, "hand-over: %s", error.text);
}

static void
drain_done(struct job *job)
{
	(void)job;
	drain.running = false;
	/* The last job of a look: on its lane everything that was begun before it is done. */
	own->codes = codes_version();
	own->intakes = intakes_now()->version;
	own->keys = locks_version();
	own->looks++;
}

static void
drain_start(void)
{
	if (drain.running)
		return;
	drain.running = true;
	drain.job = (struct job){ .work = drain_work, .done = drain_done };
	(void)lane_submit(LANE_STAFF, &drain.job);
}

/*
 * What has served its time: sessions left open, links, absences, keys that
 * were replaced, closed cases as the municipality has decided. Each purge is
 * logged.
 */
static void
forget_work(struct job *job, struct store *store)
{
	int64_t now = clock_now(), purged;
	struct error error;

	(void)job;
	purged = retention_run(store, &site.config, now, &error);
	if (purged > 0)
		log_line(LOG_LINE_INFO, "retention: %lld closed cases purged", (long long)purged);
	else if (purged == -1)
		log_line(LOG_LINE_WARNING, "retention: %s", error.text);
	if (signin_forget(store, &site.config, now, &error) != 0 ||
	    invitation_forget(store, now, &error) != 0 ||
	    absence_forget(store, now, &error) != 0 ||
	    rotation_retire(store, now, &error) == -1)
		log_line(LOG_LINE_WARNING, "upkeep: %s", error.text);
}

static void
forget_done(struct job *job)
{
	(void)job;
	forget.running = false;
}

int
upkeep_start(struct error *error)
{
	standings = shared_new(WORKERS * sizeof(*standings), error);
	return standings == NULL ? -1 : 0;
}

void
upkeep_begin(unsigned worker)
{
	own = &standings[worker % WORKERS];
	own->codes = own->intakes = own->keys = -1;
	own->begun = true;
}

void
upkeep_tell(struct buffer *out)
{
	for (size_t i = 0; i < WORKERS; i++) {
		struct standing *standing = &standings[i];

		if (standing->begun)
			buffer_format(out, "worker %zu: codes %lld, intakes %lld, keys %lld, looks %lld\n", i,
			    (long long)standing->codes, (long long)standing->intakes,
			    (long long)standing->keys, (long long)standing->looks);
	}
}

void
upkeep_tick(void)
{
	int64_t now = clock_now();

	freed_wipe();
	codes_refresh(NULL);
	intakes_refresh();
	locks_refresh();
	moving_tick();
	drain_start();
	if (now < forget.next_at || forget.running)
		return;
	forget.next_at = now + HOUR;
	forget.running = true;
	forget.job = (struct job){ .work = forget_work, .done = forget_done };
	(void)lane_submit(LANE_STAFF, &forget.job);
}
