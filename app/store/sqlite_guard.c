/*
 * The authorizer. SQLite asks it while it prepares a statement, not while it runs one.
 * Therefore store_lock_keys finalizes every statement that writes keys, so that none can
 * run that was prepared while keys were unlocked.
 */
#include <string.h>

#include "base/base.h"
#include "store/sqlite.h"
#include "store/store.h"

static const char *const key_tables[] = {
	"queue_keys", "memberships", "accounts", "sessions", "factors", "trusted_devices",
	"meta", "invitations", "invitation_keys", "absences", "calendars"
};

static int
judge_write(struct store *store, const char *table)
{
	if (strncmp(table, "sqlite_", 7) == 0 || strcmp(table, "acts") == 0 ||
	    strcmp(table, "outcomes") == 0)
		return SQLITE_DENY;
	for (size_t i = 0; i < COUNT_OF(key_tables); i++) {
		if (strcmp(table, key_tables[i]) != 0)
			continue;
		store->writes_keys = true;
		return store->keys_unlocked ? SQLITE_OK : SQLITE_DENY;
	}
	return SQLITE_OK;
}

/* Permits the pragmas that only read; the others change the connection or the file. */
static int
judge_pragma(const char *name)
{
	if (strcmp(name, "integrity_check") == 0 || strcmp(name, "foreign_key_check") == 0)
		return SQLITE_OK;
	return SQLITE_DENY;
}

/* Denies every action that is not named here: ATTACH, DETACH, changes of the schema. */
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
