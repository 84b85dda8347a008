/* What every request reads: the configuration, the queue keys, and the parts. */
#include <sys/wait.h>

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/intake.h"
#include "flow/people.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "server/server.h"
#include "store/auth.h"
#include "store/people.h"
#include "store/store.h"

struct site site;

static char database[PATH_MAX + sizeof(STORE_FILE)];

/* The queue keys that are read before the processes fork. */
static struct queue_keys first_keys;

/* A reading of the keys on the worker thread, apart from site.queue_keys. */
static struct {
	int64_t version;		/* of the keys in site.queue_keys */
	struct queue_keys *fresh;	/* NULL: nothing new */
} reading = { .version = -1 };

static int
read_queue_keys(struct work *work)
{
	int64_t version;
	int result;

	if (store_queue_key_version(work->store, &version, &work->error) == -1)
		return -1;
	if (version == reading.version)
		return 0;
	reading.fresh = calloc(1, sizeof(*reading.fresh));
	if (reading.fresh == NULL)
		abort();
	result = queue_keys_read(work, reading.fresh);
	if (result == 0) {
		reading.version = version;
	} else {
		free(reading.fresh);
		reading.fresh = NULL;
	}
	return result;
}

/* At every look: reads the queue keys again when one of them has been replaced. */
static void
queue_keys_work(struct work *work)
{
	reading.fresh = NULL;
	if (read_queue_keys(work) == -1)
		log_line(LOG_LINE_ERROR, "cannot read the queue keys: %s", work->error.text);
}

/*
 * The old keys are never freed, since a worker thread may be reading them. A queue
 * gets a new key so seldom that the memory costs less than a lock for every form.
 */
static void
queue_keys_done(void)
{
	if (reading.fresh != NULL)
		site.queue_keys = reading.fresh;
}

static int64_t
queue_keys_version(void)
{
	return reading.version;
}

/* At every look: moves the write-ahead log into the database's file. */
static void
drain_work(struct work *work)
{
	if (store_drain(work->store, &work->error) != 0)
		log_line(LOG_LINE_WARNING, "write-ahead log cannot be moved: %s", work->error.text);
}

static int
start_parts(struct work *work)
{
	for (size_t i = 0; site.parts[i].part != NULL; i++) {
		if (site.parts[i].part->start != NULL && site.parts[i].part->start(work) != 0)
			return -1;
	}
	return 0;
}

/* The process that checks the database while this one starts, and where it tells a fault. */
struct checking {
	pid_t process;
	struct error *told;
};

/*
 * Opens the database in a process of its own, which compares its schema: that takes some
 * milliseconds and a second database in memory, and memory that this process has freed
 * would stay with it and with each worker.
 */
static int
check_begin(struct checking *checking, struct error *error)
{
	struct store *store;

	checking->told = shared_new(sizeof(*checking->told), error);
	if (checking->told == NULL)
		return -1;
	checking->process = fork();
	if (checking->process == 0) {
		store = store_open(database, STORE_OPEN, checking->told);
		store_close(store);
		_exit(store == NULL ? EXIT_FAILURE : EXIT_SUCCESS);
	}
	return checking->process != -1 ? 0 : error_set(error, ERROR_INTERNAL,
	    "a process to check the database: %s", strerror(errno));
}

/* Waits for it. Its fault goes before any that this process has met. */
static int
check_end(const struct checking *checking, int result, struct error *error)
{
	int status;

	if (waitpid(checking->process, &status, 0) == -1)
		return error_set(error, ERROR_INTERNAL, "the check of the database: %s",
		    strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
		return result;
	if (!WIFEXITED(status))
		return error_set(error, ERROR_INTERNAL,
		    "the check of the database has ended by signal %d", WTERMSIG(status));
	*error = *checking->told;
	return -1;
}

/* Reads the queue keys and starts the parts, with the configuration that has been read. */
static int
start_with_store(struct error *error)
{
	struct work work = {
		.store = store_open(database, STORE_AGAIN, error), .config = &site.config,
		.now = clock_now()
	};
	int result;

	if (work.store == NULL)
		return -1;
	result = setup_check(&work);
	if (result == 0)
		result = queue_keys_read(&work, &first_keys);
	site.queue_keys = &first_keys;
	if (result == 0)
		result = start_parts(&work);
	store_close(work.store);
	if (result == -1)
		*error = work.error;
	return result;
}

int
site_start(const char *data, const char *config, const struct served *parts,
    struct error *error)
{
	struct service_secret *kept;
	struct checking checking;
	char folder[PATH_MAX];
	int result;

	site.parts = parts;
	if (seal_start() != 0)
		return error_set(error, ERROR_INTERNAL, "libsodium cannot start");
	kept = shared_kept("secret", sizeof(*kept), error);
	if (kept == NULL)
		return -1;
	if (keyed_digest_start(kept) != 0)
		return error_set(error, ERROR_INTERNAL, "memory for keys cannot be had");
	if (commit_lock_start(error) != 0 || timer_start(error) != 0 ||
	    config_load(&site.config, config, error) != 0 ||
	    routing_check(&site.config, error) != 0)
		return -1;
	clock_start(site.config.zone);
	if (realpath(data, folder) == NULL)
		return error_set(error, ERROR_INPUT,
		    "%s: no such folder; make the service first: egenremiss init --data %s",
		    data, data);
	(void)snprintf(database, sizeof(database), "%s/" STORE_FILE, folder);
	timer_job_add(0, queue_keys_work, queue_keys_done);
	timer_job_add(0, drain_work, NULL);
	if (check_begin(&checking, error) == -1)
		return -1;
	result = check_end(&checking, start_with_store(error), error);
	timer_copy_add("keys", queue_keys_version);
	return result;
}

void
site_stop(void)
{
	for (size_t i = 0; site.parts[i].part != NULL; i++) {
		if (site.parts[i].part->stop != NULL)
			site.parts[i].part->stop();
	}
	queue_keys_free(&first_keys);
	config_free(&site.config);
}

const char *
site_database(bool chrooted)
{
	return chrooted ? "/" STORE_FILE : database;
}

void
site_last(struct store *store)
{
	struct work work = { .store = store, .config = &site.config, .now = clock_now() };

	for (size_t i = 0; site.parts[i].part != NULL; i++) {
		if (site.parts[i].part->last != NULL)
			site.parts[i].part->last(&work);
	}
}
