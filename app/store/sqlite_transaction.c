#include "store/sqlite.h"

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
