#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/marks.h"
#include "referral/referral.h"
#include "web/intakes.h"
#include "web/web.h"

struct site site;

/* The keys as they are before the workers fork. */
static struct queue_locks first_locks;

int
site_start(const char *data, const char *config, struct error *error)
{
	char folder[PATH_MAX];
	struct store *store;
	int result;

	if (seal_start() != 0 || mark_start() != 0)
		return error_set(error, ERROR_INTERNAL, "libsodium cannot start");
	if (turn_start(error) != 0 || gate_start(error) != 0 || marks_start(error) != 0 ||
	    upkeep_start(error) != 0 ||
	    config_load(&site.config, config, error) != 0 ||
	    routing_check(&site.config, error) != 0)
		return -1;
	clock_start(site.config.zone);
	if (realpath(data, folder) == NULL)
		return error_set(error, ERROR_INPUT,
		    "%s: no such folder; make the service first: egenremiss init --data %s",
		    data, data);
	(void)snprintf(site.database, sizeof(site.database), "%s/" STORE_FILE, folder);
	store = store_open(site.database, STORE_OPEN, error);
	if (store == NULL)
		return -1;
	result = setup_check(store, &site.config, error);
	if (result == 0)
		result = queue_locks_read(&first_locks, &site.config, store, error);
	site.locks = &first_locks;
	if (result == 0)
		result = intakes_start(store, error);
	store_close(store);
	return result == 0 ? finished_make(error) : -1;
}

void
site_stop(void)
{
	finished_free();
	intakes_stop();
	queue_locks_free(&first_locks);
	config_free(&site.config);
}
