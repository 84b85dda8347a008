#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/sqlite.h"

#define PATIENCE_MS	2000

/* Small memory that SQLite keeps for each connection: a fifth of its default's 120 kB. */
#define LOOKASIDE_SIZE	1200
#define LOOKASIDE_COUNT	20

/*
 * Before any table is touched. The program may run where there is no /tmp and
 * little memory, hence temp_store, cache_size (KiB) and mmap_size. The log is
 * moved into the file by store_drain; only the commit that fills 32 000 pages
 * (64 MB) in between has to do it itself.
 */
static const char settings[] =
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -1024;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA wal_autocheckpoint = 32000;";

/*
 * SQLite gives the log and its index the mode of the file, so the file is made
 * here: a umask would be the whole process's, threads and all.
 */
static int
make_file(const char *path, struct error *error)
{
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (file == -1)
		return error_set(error, ERROR_INPUT, "%s: %s", path, strerror(errno));
	(void)close(file);
	return 0;
}

static int
connect_to(struct store *store, const char *path, enum store_mode mode, struct error *error)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
	int result;

	/* Nobody asks for SQLite's count of its memory, and counting takes a lock. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	flags |= mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	result = sqlite3_open_v2(path == NULL ? ":memory:" : path, &store->db, flags, NULL);
	if ((result & 0xff) == SQLITE_CANTOPEN)
		return error_set(error, ERROR_INPUT,
		    "%s: no database that can be opened; make one with egenremiss init", path);
	if (result != SQLITE_OK)
		return sqlite_fault(store->db, result, path, error);
	(void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_LOOKASIDE, NULL, LOOKASIDE_SIZE,
	    LOOKASIDE_COUNT);
	(void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	(void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	store_patience(store, PATIENCE_MS);
	return 0;
}

static int
set(struct store *store, const char *pragmas, struct error *error)
{
	int result = sqlite3_exec(store->db, pragmas, NULL, NULL, NULL);

	return result == SQLITE_OK ? 0 : sqlite_fault(store->db, result, "open", error);
}

/*
 * Turning to a write-ahead log is remembered by the file, and needs it alone.
 * So is the size of a page, half the usual: a commit writes each page that it
 * touches whole.
 */
static int
bring_up_to_date(struct store *store, enum store_mode mode, struct error *error)
{
	if (mode != STORE_CREATE)
		return store_version_check(store, store_scripts_count, error);
	if (set(store, "PRAGMA page_size = 2048; PRAGMA journal_mode = WAL;", error) == -1)
		return -1;
	return store_migrate(store, store_scripts, store_scripts_count, error);
}

struct store *
store_open(const char *path, enum store_mode mode, struct error *error)
{
	struct store *store = calloc(1, sizeof(*store));

	if (store == NULL) {
		(void)error_set(error, ERROR_INTERNAL, "out of memory");
		return NULL;
	}
	if (path == NULL)
		mode = STORE_CREATE;
	else if (mode == STORE_CREATE && make_file(path, error) == -1)
		goto err;
	if (connect_to(store, path, mode, error) == -1 ||
	    set(store, settings, error) == -1 ||
	    bring_up_to_date(store, mode, error) == -1 ||
	    set(store, "PRAGMA foreign_keys = ON;", error) == -1)
		goto err;
	guard_install(store);
	return store;
err:
	store_close(store);
	return NULL;
}

void
store_close(struct store *store)
{
	if (store == NULL)
		return;
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		(void)sqlite3_finalize(store->prepared[i].statement);
	(void)sqlite3_close(store->db);
	free(store);
}

/*
 * Looks often whether the other writer is done: a commit takes a millisecond
 * or two. SQLite's own handler sleeps up to 100 ms, and who sleeps loses to
 * whoever comes meanwhile, again and again.
 */
static int
wait_turn(void *context, int tries)
{
	const struct timespec pause = { .tv_nsec = 300000 };
	struct store *store = context;
	int64_t now = clock_now_ms();

	if (tries == 0)
		store->waiting_since = now;
	if (now - store->waiting_since >= store->patience_ms)
		return 0;
	(void)nanosleep(&pause, NULL);
	return 1;
}

void
store_patience(struct store *store, int milliseconds)
{
	store->patience_ms = milliseconds;
	(void)sqlite3_busy_handler(store->db, wait_turn, store);
}
