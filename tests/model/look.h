/* Shared by sqlite_look.c and sqlite_case.c: statements, and comparisons with the model. */
#ifndef LOOK_H
#define LOOK_H

#include "model.h"
#include "store/sqlite.h"

enum look {
	LOOK_CASE, LOOK_KEYS, LOOK_STAYING, LOOK_AMONG, LOOK_READERS, LOOK_TRAIL,
	LOOK_MEMBERSHIPS, LOOK_ACCOUNTS, LOOK_ABSENCES, LOOK_QUEUES, LOOK_PURGED, LOOK_COUNTS, LOOK_COUNT
};

/* Prepares a statement; `number` is its first parameter, if it has one. */
sqlite3_stmt *look_at(enum look look, int64_t number);
/* Steps; false after the last row, when the statement is finalized. */
bool	look_next(sqlite3_stmt *statement);
const char *look_text(sqlite3_stmt *statement, int column);
/* The places in the model of an account, a queue or a case. */
int	look_queue(const char *id);
int	look_account(int64_t number);

struct pair {
	const char *what;
	int64_t expected, found;
};

/* NULL, or the first difference. */
const char *look_differs(const char *what, int64_t expected, int64_t found);
const char *look_pairs(const struct pair *pairs, size_t count);

#endif
