#include <stddef.h>

#include "web/web.h"

#define HOUR	3600
#define DAY	(24 * HOUR)

static struct {
	struct job job;
	bool running;
	int64_t next_at;
} forget;

/* What has served its time: marks of submissions after a day, sessions left open. */
static void
forget_work(struct job *job, struct store *store)
{
	int64_t now = clock_now();
	struct error error;

	(void)job;
	if (store_mark_forget(store, now - DAY, &error) != 0 ||
	    signin_forget(store, &site.config, now, &error) != 0)
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
	if (now < forget.next_at || forget.running)
		return;
	forget.next_at = now + HOUR;
	forget.running = true;
	forget.job = (struct job){ .work = forget_work, .done = forget_done };
	lane_submit(LANE_STAFF, &forget.job);
}
