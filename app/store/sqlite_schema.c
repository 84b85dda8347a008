#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "store/sqlite.h"
#include "store/store.h"

int
store_meta_put(struct store *store, const char *key, const void *value, size_t size,
    struct error *error)
{
	struct query query = query_start(store, META_PUT, error);

	put_text(&query, key);
	put_bytes(&query, value, size);
	return query_run(&query);
}

enum answer
store_meta_get(struct store *store, const char *key, struct buffer *value, struct error *error)
{
	struct query query = query_start(store, META_GET, error);
	bool found;

	put_text(&query, key);
	found = query_next(&query);
	if (found) {
		size_t size;
		const void *bytes = take_bytes(&query, &size);

		buffer_clear(value);
		buffer_add(value, bytes, size);
	}
	return query_answer(&query, found);
}

/*
 * The version of a database is its user_version, that of the program the
 * number of its scripts.
 */
#define APPLICATION	0x6567726d	/* "egrm": marks the file as ours */

/* The one number that a statement gives. */
static int
ask(sqlite3 *db, const char *sql, int64_t *number, struct error *error)
{
	sqlite3_stmt *statement;
	int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

	if (result == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
		*number = sqlite3_column_int64(statement, 0);
	result = result == SQLITE_OK ? sqlite3_finalize(statement) : result;
	return result == SQLITE_OK ? 0 : sqlite_fault(db, result, sql, error);
}

static int
run(sqlite3 *db, const char *sql, const char *name, struct error *error)
{
	int result = sqlite3_exec(db, sql, NULL, NULL, NULL);

	return result == SQLITE_OK ? 0 : sqlite_fault(db, result, name, error);
}

/* The version; 0 of an empty database; -1 of what is not ours. */
static int64_t
version_of(sqlite3 *db, size_t newest, struct error *error)
{
	int64_t version = 0, application = 0, tables = 0;

	if (ask(db, "PRAGMA user_version", &version, error) == -1 ||
	    ask(db, "PRAGMA application_id", &application, error) == -1 ||
	    ask(db, "SELECT count(*) FROM sqlite_schema", &tables, error) == -1)
		return -1;
	if (application != APPLICATION && tables > 0)
		return error_set(error, ERROR_INPUT, "the database is another program's");
	if (version > (int64_t)newest)
		return error_set(error, ERROR_INPUT,
		    "the database is of version %lld, newer than this program's %zu; "
		    "install the newer program", (long long)version, newest);
	return version;
}

/* Runs inside a transaction. */
static int
step(sqlite3 *db, const struct script *script, int64_t to, struct error *error)
{
	char mark[96];
	int64_t orphans = 0;

	(void)snprintf(mark, sizeof(mark),
	    "PRAGMA user_version = %lld; PRAGMA application_id = %d", (long long)to, APPLICATION);
	if (run(db, script->text, script->name, error) == -1 ||
	    run(db, mark, script->name, error) == -1 ||
	    ask(db, "SELECT count(*) FROM pragma_foreign_key_check", &orphans, error) == -1)
		return -1;
	if (orphans > 0)
		return error_set(error, ERROR_INTERNAL, "%s: leaves %lld rows without parent",
		    script->name, (long long)orphans);
	return 0;
}

/* The version is read anew under the write lock: another process may be ahead. */
int
store_migrate(struct store *store, const struct script *scripts, size_t count,
    struct error *error)
{
	sqlite3 *db = store->db;
	int64_t version;

	do {
		if (run(db, "BEGIN IMMEDIATE", "migration", error) == -1)
			return -1;
		version = version_of(db, count, error);
		if (version == -1)
			goto err;
		if (version < (int64_t)count &&
		    step(db, &scripts[version], version + 1, error) == -1)
			goto err;
		if (run(db, "COMMIT", "migration", error) == -1)
			goto err;
	} while (version < (int64_t)count);
	return 0;
err:
	if (!sqlite3_get_autocommit(db))
		(void)run(db, "ROLLBACK", "migration", NULL);
	return -1;
}

int
store_version_check(struct store *store, size_t count, struct error *error)
{
	int64_t version = version_of(store->db, count, error);

	if (version == -1)
		return -1;
	if (version < (int64_t)count)
		return error_set(error, ERROR_INPUT,
		    "the database is of version %lld, this program needs %zu; "
		    "run egenremiss init to bring it up to date", (long long)version, count);
	return 0;
}

/*
 * VACUUM INTO reads the whole database in one transaction and writes it
 * without free pages; it takes no write lock. It attaches the new file and
 * makes tables there, for which the guard stands aside.
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

/* A new name is on disk when its folder is. */
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

	/* Somebody else drains it, or writes: there is a next time. */
	return result == SQLITE_OK || (result & 0xff) == SQLITE_BUSY ? 0 :
	    sqlite_fault(store->db, result, "drain", error);
}
