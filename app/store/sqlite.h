/*
 * The files of the SQLite engine share the connection, its prepared statements, and one
 * way to run a statement. Outside of store/ only its tests include this header.
 *
 * A verb starts a query, puts its parameters in order, takes the columns of each row in
 * order, and ends the query. After a failure at any step the following steps do nothing,
 * and the end returns the failure; so a verb checks one result. The end resets the
 * statement, because a read transaction that stays open would keep the write-ahead log
 * from being emptied.
 */
#ifndef EGENREMISS_STORE_SQLITE_H
#define EGENREMISS_STORE_SQLITE_H

#include <sqlite3.h>

#include "base/base.h"
#include "base/words.h"
#include "store/store.h"

enum statement {
#define STATEMENT(name, text)	name,
#include "store/sqlite_statements.def"
#undef STATEMENT
	STATEMENT_COUNT
};

struct store {
	sqlite3 *db;
	struct prepared {
		sqlite3_stmt *statement;	/* NULL until first used */
		bool writes_keys;
	} prepared[STATEMENT_COUNT];
	bool keys_unlocked;
	bool writes_keys;		/* the guard sets it while a statement is prepared */
	bool copying;			/* a backup runs, and the guard permits everything */
	int patience_ms;		/* a verb waits so long for another writer */
	int64_t waiting_since;		/* ms; when the present wait began */
};

/* sqlite_query.c */

struct query {
	struct store *store;
	struct error *error;
	enum statement name;
	sqlite3_stmt *statement;	/* NULL after a failure, and when the query has ended */
	int next;			/* the number of parameters put, then of columns taken */
	bool failed;			/* *error is filled */
};

/* Prepares the statement when it is first used. A failure shows at the end of the query. */
struct query query_start(struct store *store, enum statement name, struct error *error);

void	put_number(struct query *query, int64_t value);
/* 0 becomes NULL. */
void	put_number_or_null(struct query *query, int64_t value);
/* The text must live until the query has ended. "" stays ""; NULL becomes SQL's NULL. */
void	put_text(struct query *query, const char *text);
/* "" becomes NULL. */
void	put_text_or_null(struct query *query, const char *text);
/* Puts the word of a value; SQL's NULL when the value is outside the set. */
void	put_word(struct query *query, const struct words *words, int value);
/* The bytes must live until the query has ended. */
void	put_bytes(struct query *query, const void *bytes, size_t size);
/* No bytes become NULL. */
void	put_bytes_or_null(struct query *query, const void *bytes, size_t size);

/* Moves to the next row. False when there is none, or after a failure. */
bool	query_next(struct query *query);

/* These take the next column of the row that query_next has found. SQL's NULL is 0. */
int64_t	take_number(struct query *query);
int	take_small(struct query *query);
/* SQL's NULL is ""; a text that does not fit is a failure. */
void	take_text(struct query *query, char *text, size_t size);
/* The value of a word. SQL's NULL is the set's count; a word outside the set is a failure. */
int	take_word(struct query *query, const struct words *words);
/* Copies a value of exactly so many bytes; another size is a failure. */
void	take_exactly(struct query *query, void *bytes, size_t size);
/* The bytes live until the next query_next or query_end. */
const void *take_bytes(struct query *query, size_t *size);

/* Hands out each row, as `take` reads it into *row, until give is not 0. The caller ends the query. */
#define QUERY_EACH(query, take, row, give, context)			\
	while (query_next(query)) {					\
		take((query), (row));					\
		if ((query)->failed || (give)((row), (context)) != 0)	\
			break;						\
	}

/* Ends the query. 0, or -1 when any of its steps has failed. */
int	query_end(struct query *query);
/* Ends a look-up; `found` is the result of its query_next. */
enum answer query_answer(struct query *query, bool found);
/* Gives the number of each row to the callback until that returns not 0, and ends the query. */
int	query_numbers(struct query *query, number_fn give, void *context);
/* Runs a statement, skips its rows, and ends the query. */
int	query_run(struct query *query);
/* The same; a statement that has changed no row is a failure, ERROR_INTERNAL. */
int	query_change(struct query *query);

/* Finalizes every prepared statement, none of which may be in use. */
void	statements_forget(struct store *store);
/* Fills *error from SQLite's result code; `what` names the failed step. Returns -1. */
int	sqlite_fault(sqlite3 *db, int result, const char *what, struct error *error);

/* sqlite_schema.c */

struct script {
	const char *name;
	const char *text;
};

struct schema {
	const char *current;		/* schema.sql, which makes the newest version at once */
	const struct script *migrations;	/* the n-th turns version n into version n + 1 */
	size_t migrations_count;
};

/* The build makes it from schema.sql and migrations/. */
extern const struct schema store_schema;

/*
 * Brings the database to the newest version: an empty one by `current`, an older one by
 * each migration that it lacks. Each script runs in a transaction of its own, at whose end
 * foreign keys are checked; a script that fails changes nothing. ERROR_INPUT when the
 * database is another program's or of a newer version.
 */
int	store_migrate(struct store *store, const struct schema *schema, struct error *error);
/* 0 when the database is ours and of the newest version; else -1 with ERROR_INPUT. */
int	store_version_check(struct store *store, const struct schema *schema,
	    struct error *error);
/* Adds the words of acts and outcomes that the database does not have yet. */
int	store_words_fill(struct store *store, struct error *error);

/* sqlite_difference.c: both return the number of differences, or -1. */

/* Compares every table, column, index and trigger with those that `current` makes. */
int	store_differences(struct store *store, const char *current, difference_fn give,
	    void *context, struct error *error);
/* Compares the rows of acts and outcomes with the program's words. */
int	store_word_differences(struct store *store, difference_fn give, void *context,
	    struct error *error);

/* sqlite_guard.c */

/* Installs the authorizer, which permits only what verbs need. */
void	guard_install(struct store *store);

/* case.c */

#define OUTCOMES_SIZE	256	/* holds every word of the set, with spaces between */

/* Takes the columns of CASE_COLUMNS. */
void	case_take(struct query *query, struct case_row *row);
/* Hands out a case a row until give is not 0, and ends. */
int	query_cases(struct query *query, case_fn give, void *context);
/* Takes the columns of CASE_KEY_GET. */
void	case_key_take(struct query *query, struct case_key_row *row);
/* Takes the columns of EVENT_EACH. */
void	event_take(struct query *query, struct event_row *row);
/*
 * Takes a column with words of outcomes and spaces between, and returns their mask. Unknown
 * words are left out.
 */
unsigned outcomes_take(struct query *query);
/* Runs the statement `clear`, which removes the outcomes of a case or of its closing. */
int	outcomes_clear(struct store *store, enum statement clear, int64_t number,
	    struct error *error);
/* Runs the statement `add`, which adds one outcome, for each outcome of the mask. */
int	outcomes_put(struct store *store, enum statement add, int64_t number,
	    unsigned outcomes, struct error *error);

/* people.c */

/* Takes the columns of ACCOUNT_COLUMNS. */
void	account_take(struct query *query, struct account_row *row);

#endif
