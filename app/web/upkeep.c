#include <stddef.h>

#include "flow/absences.h"
#include "flow/handover.h"
#include "web/colleagues.h"
#include "web/intakes.h"
#include "web/web.h"

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
