/*
 * The authorizer as a lock. SQLite asks it while a statement is prepared, not
 * while it runs; so a statement that writes keys does not outlive the time in
 * which keys are unlocked, and nobody can run one that was prepared earlier.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "store/sqlite.h"
#include "store/store.h"

static const char *const key_tables[] = {
	"queue_keys", "memberships", "accounts", "sessions", "factors", "browsers",
	"meta", "invitations", "invitation_keys", "absences"
};

static int
judge_write(struct store *store, const char *table)
{
	if (strncmp(table, "sqlite_", 7) == 0)
		return SQLITE_DENY;
	for (size_t i = 0; i < COUNT_OF(key_tables); i++) {
		if (strcmp(table, key_tables[i]) != 0)
			continue;
		store->writes_keys = true;
		return store->keys_unlocked ? SQLITE_OK : SQLITE_DENY;
	}
	return SQLITE_OK;
}

/* What only looks at the database; every other pragma changes how it is kept. */
static int
judge_pragma(const char *name)
{
	if (strcmp(name, "integrity_check") == 0 || strcmp(name, "foreign_key_check") == 0)
		return SQLITE_OK;
	return SQLITE_DENY;
}

/* What is not named here (ATTACH, DETACH, any change of the schema) is denied. */
static int
judge(void *context, int action, const char *first, const char *second,
    const char *database, const char *trigger)
{
	struct store *store = context;

	(void)database;
	(void)trigger;
	if (store->copying)
		return SQLITE_OK;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
		return SQLITE_OK;
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		return judge_write(store, first);
	case SQLITE_FUNCTION:
		return strcmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_PRAGMA:
		return judge_pragma(first);
	default:
		return SQLITE_DENY;
	}
}

void
guard_install(struct store *store)
{
	(void)sqlite3_set_authorizer(store->db, judge, store);
}

void
store_unlock_keys(struct store *store)
{
	store->keys_unlocked = true;
}

void
store_lock_keys(struct store *store)
{
	store->keys_unlocked = false;
	for (size_t i = 0; i < STATEMENT_COUNT; i++) {
		struct prepared *prepared = &store->prepared[i];

		if (!prepared->writes_keys)
			continue;
		(void)sqlite3_finalize(prepared->statement);
		*prepared = (struct prepared){ 0 };
	}
}

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

static int
run(struct store *store, enum statement name, struct error *error)
{
	struct query query = query_start(store, name, error);

	return query_run(&query);
}

/*
 * A file that was removed or replaced takes writes all the same, and what was
 * written is gone with the process: nobody may be told that it is stored.
 */
static int
begin(struct store *store, enum statement name, struct error *error)
{
	int moved = 0;

	(void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	if (moved)
		return error_set(error, ERROR_UNAVAILABLE, "the database file was removed or "
		    "replaced while in use: put it back, then restart the service");
	return run(store, name, error);
}

int
store_begin(struct store *store, struct error *error)
{
	return begin(store, BEGIN_WRITE, error);
}

int
store_begin_read(struct store *store, struct error *error)
{
	return begin(store, BEGIN_READ, error);
}

int
store_commit(struct store *store, struct error *error)
{
	int result = run(store, COMMIT, error);

	if (result == -1)
		store_rollback(store);
	return result;
}

/* SQLite has rolled back by itself after some failures, such as a full disk. */
void
store_rollback(struct store *store)
{
	if (!sqlite3_get_autocommit(store->db))
		(void)run(store, ROLLBACK, NULL);
}

/* Outside of a transaction a savepoint would be one, and commit by itself. */
int
store_part_begin(struct store *store, struct error *error)
{
	if (sqlite3_get_autocommit(store->db))
		return error_set(error, ERROR_UNAVAILABLE,
		    "the transaction was rolled back by an earlier failure");
	return run(store, PART_BEGIN, error);
}

void
store_part_end(struct store *store, bool keep)
{
	if (sqlite3_get_autocommit(store->db))
		return;
	if (!keep)
		(void)run(store, PART_UNDO, NULL);
	(void)run(store, PART_END, NULL);
}
