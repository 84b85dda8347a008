#include <stdlib.h>

#include "web/colleagues.h"

/* A reading on its way: what the lane reads, apart from site.locks. */
static struct {
	struct job job;
	bool running;
	int64_t version;		/* of the keys that site.locks has */
	struct queue_locks *fresh;	/* NULL: nothing new */
} refresh = { .version = -1 };

static int
read_locks(struct store *store, struct error *error)
{
	int64_t version;
	int result;

	if (store_queue_key_version(store, &version, error) == -1)
		return -1;
	if (version == refresh.version)
		return 0;
	refresh.fresh = calloc(1, sizeof(*refresh.fresh));
	if (refresh.fresh == NULL)
		abort();
	result = queue_locks_read(refresh.fresh, &site.config, store, error);
	if (result == 0) {
		refresh.version = version;
	} else {
		free(refresh.fresh);
		refresh.fresh = NULL;
	}
	return result;
}

static void
refresh_work(struct job *job, struct store *store)
{
	struct error error;

	(void)job;
	refresh.fresh = NULL;
	if (read_locks(store, &error) == -1)
		log_line(LOG_LINE_ERROR, "queues' keys: %s", error.text);
}

/*
 * What is replaced stays: a lane may be reading it, and a queue gets a new key
 * so seldom that the little memory is not worth a lock in front of every form.
 */
static void
refresh_done(struct job *job)
{
	(void)job;
	if (refresh.fresh != NULL)
		site.locks = refresh.fresh;
	refresh.running = false;
}

int64_t
locks_version(void)
{
	return refresh.version;
}

void
locks_refresh(void)
{
	if (refresh.running)
		return;
	refresh.running = true;
	refresh.job = (struct job){ .work = refresh_work, .done = refresh_done };
	(void)lane_submit(LANE_STAFF, &refresh.job);
}
