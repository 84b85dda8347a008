/* Opens and closes a database; transactions, backup, write-ahead log. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "store/sqlite.h"
#include "store/store.h"

#define PATIENCE_MS	2000

/* The memory that SQLite keeps for each connection: 24 kB, a fifth of its default. */
#define LOOKASIDE_SIZE	1200
#define LOOKASIDE_COUNT	20

/*
 * The settings of a connection, made before it reads any table. The program may run
 * without /tmp and with little memory; therefore temp_store, cache_size (KiB) and
 * mmap_size. store_drain moves the log into the file; a commit does it only when the log
 * has grown to 32 000 pages (64 MB) in between.
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
 * Makes the file with its mode; SQLite gives the same mode to the log and its index. A
 * umask would do so as well, but for all threads of the process.
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

	/* SQLite would count its memory under a lock, and the program has no use for the count. */
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

/* The first differences of a schema, as far as they fit in one line. */
struct told {
	char text[360];
	size_t used;
	int more;
};

static int
tell_difference(const char *what, const char *remedy, void *context)
{
	struct told *told = context;
	const size_t length = strlen(what) + 2;

	(void)remedy;
	if (told->used + length >= sizeof(told->text)) {
		told->more++;
		return 0;
	}
	told->used += (size_t)snprintf(told->text + told->used, sizeof(told->text) - told->used,
	    "%s%s", told->used == 0 ? "" : "; ", what);
	return 0;
}

/*
 * The file remembers that it has a write-ahead log, and the size of its pages. Pages are
 * half as large as SQLite's default, because a commit writes each changed page whole.
 */
static int
bring_up_to_date(struct store *store, enum store_mode mode, struct error *error)
{
	if (mode != STORE_CREATE)
		return store_version_check(store, &store_schema, error);
	if (set(store, "PRAGMA page_size = 2048; PRAGMA journal_mode = WAL;", error) == -1)
		return -1;
	return store_migrate(store, &store_schema, error);
}

/* Compares the schema, adds new words of acts and outcomes, then compares the words. */
static int
schema_check(struct store *store, enum store_mode mode, struct error *error)
{
	struct told told = { 0 };
	int count = store_differences(store, store_schema.current, tell_difference, &told, error);

	if (count == 0 && mode == STORE_CREATE && store_words_fill(store, error) == -1)
		return -1;
	if (count == 0)
		count = store_word_differences(store, tell_difference, &told, error);
	statements_forget(store);
	if (count <= 0)
		return count;
	return error_set(error, ERROR_INPUT, "the database says that it is of version %zu, but "
	    "its schema is another: %s%s; egenremiss doctor names each difference and its remedy",
	    store_schema.migrations_count + 1, told.text, told.more > 0 ? " and more" : "");
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
	    (mode != STORE_AGAIN && schema_check(store, mode, error) == -1) ||
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
	statements_forget(store);
	(void)sqlite3_close(store->db);
	free(store);
}

int
store_schema_check(const char *path, difference_fn give, void *context, struct error *error)
{
	struct store *store = calloc(1, sizeof(*store));
	int count = -1;

	if (store == NULL)
		return error_set(error, ERROR_INTERNAL, "out of memory");
	if (connect_to(store, path, STORE_READ, error) == 0 &&
	    set(store, settings, error) == 0 &&
	    store_version_check(store, &store_schema, error) == 0)
		count = store_differences(store, store_schema.current, give, context, error);
	if (count == 0)
		count = store_word_differences(store, give, context, error);
	store_close(store);
	return count;
}

/*
 * Waits for another writer, and looks again every 0.3 ms, because a commit takes a
 * millisecond or two. SQLite's own handler sleeps up to 100 ms; a connection that sleeps
 * so long loses its turn to others again and again.
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
 * A file that was removed or replaced still accepts writes, which are lost when the
 * process ends. The program must not tell anybody that they are stored.
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

/* After some failures, such as a full disk, SQLite has rolled back by itself. */
void
store_rollback(struct store *store)
{
	if (!sqlite3_get_autocommit(store->db))
		(void)run(store, ROLLBACK, NULL);
}

/* Outside of a transaction a savepoint would begin one, and its release would commit. */
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

/*
 * VACUUM INTO reads the whole database in one transaction, without the write lock, and
 * writes it without free pages. It attaches the new file and makes tables there, which
 * the guard permits while `copying` is set.
 */
static int
copy_into(struct store *store, const char *path, struct error *error)
{
	struct query query;
	int result;

	store->copying = true;
	query = query_start(store, BACKUP, error);
	put_text(&query, path);
	result = query_run(&query);
	store->copying = false;
	return result;
}

/* Writes the folder to disk, because it holds the name of the new file. */
static int
sync_folder(const char *path)
{
	char copy[PATH_MAX];
	int folder, result;

	if (snprintf(copy, sizeof(copy), "%s", path) >= (int)sizeof(copy))
		return -1;
	folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder == -1)
		return -1;
	result = fsync(folder);
	(void)close(folder);
	return result;
}

int
store_backup(struct store *store, const char *path, struct error *error)
{
	int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (file == -1)
		return error_set(error, ERROR_INPUT, "%s: %s", path, strerror(errno));
	if (copy_into(store, path, error) == -1)
		goto err;
	if (fsync(file) == -1 || sync_folder(path) == -1) {
		(void)error_set(error, ERROR_UNAVAILABLE, "%s: %s", path, strerror(errno));
		goto err;
	}
	(void)close(file);
	return 0;
err:
	(void)close(file);
	(void)unlink(path);
	return -1;
}

int
store_settle(struct store *store, struct error *error)
{
	int result = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
	    NULL, NULL);

	return result == SQLITE_OK ? 0 : sqlite_fault(store->db, result, "settle", error);
}

int
store_drain(struct store *store, struct error *error)
{
	int result = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE,
	    NULL, NULL);

	/* Busy: another connection drains or writes; the next call comes in a second. */
	return result == SQLITE_OK || (result & 0xff) == SQLITE_BUSY ? 0 :
	    sqlite_fault(store->db, result, "drain", error);
}
