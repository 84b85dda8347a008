#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/intake.h"
#include "flow/people.h"
#include "flow/work.h"
#include "public/intake.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "server/server.h"
#include "store/store.h"

struct site site;

/* The keys as they are before the workers fork. */
static struct queue_keys first_keys;

int
site_start(const char *data, const char *config, struct error *error)
{
	char folder[PATH_MAX];
	struct work work = { .config = &site.config };
	int result;

	if (seal_start() != 0 || keyed_digest_start() != 0)
		return error_set(error, ERROR_INTERNAL, "libsodium cannot start");
	if (commit_lock_start(error) != 0 || throttle_start(error) != 0 ||
	    duplicate_submissions_start(error) != 0 ||
	    config_load(&site.config, config, error) != 0 ||
	    routing_check(&site.config, error) != 0)
		return -1;
	clock_start(site.config.zone);
	if (realpath(data, folder) == NULL)
		return error_set(error, ERROR_INPUT,
		    "%s: no such folder; make the service first: egenremiss init --data %s",
		    data, data);
	(void)snprintf(site.database, sizeof(site.database), "%s/" STORE_FILE, folder);
	work.store = store_open(site.database, STORE_OPEN, error);
	if (work.store == NULL)
		return -1;
	work.now = clock_now();
	result = setup_check(&work);
	if (result == 0)
		result = queue_keys_read(&work, &first_keys);
	site.locks = &first_keys;
	if (result == 0)
		result = intakes_start(&work);
	store_close(work.store);
	if (result == -1)
		*error = work.error;
	return result == 0 ? page_cache_start(error) : -1;
}

void
site_stop(void)
{
	page_cache_free();
	intakes_stop();
	queue_keys_free(&first_keys);
	config_free(&site.config);
}
