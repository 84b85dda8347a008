#include "store/sqlite.h"

static enum error_kind
kind_of(int result)
{
	switch (result & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_FULL:
	case SQLITE_IOERR:		/* over quota is told as this, not as full */
	case SQLITE_PROTOCOL:
		return ERROR_UNAVAILABLE;
	case SQLITE_CONSTRAINT:
		break;
	default:
		return ERROR_INTERNAL;
	}
	switch (result) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
	case SQLITE_CONSTRAINT_TRIGGER:
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return ERROR_REFUSED;
	default:
		return ERROR_INTERNAL;
	}
}

/* SQLite's messages name tables, columns and constraints, never a value. */
int
sqlite_fault(sqlite3 *db, int result, const char *what, struct error *error)
{
	return error_set(error, kind_of(result), "%s: %s (SQLite %d)", what,
	    db == NULL ? "out of memory" : sqlite3_errmsg(db), result);
}
