#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/sqlite.h"

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
