/*
 * What the files of the SQLite backend share: the connection, its prepared
 * statements, and the one way to run one. Nothing outside of store/ includes
 * this but its tests.
 *
 * A verb starts a query, puts its parameters in order, takes columns in
 * order, ends it. A failure at any step makes the rest do nothing and is told
 * by the end, so that a verb has one place to look. Ending resets the
 * statement: a read transaction left open would stop the write-ahead log from
 * ever being emptied.
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
	bool writes_keys;		/* told by the guard while preparing */
	bool copying;			/* a backup runs: the guard stands aside */
	int patience_ms;		/* for another writer */
	int64_t waiting_since;		/* ms, while waiting for one */
};

/* sqlite_query.c */

struct query {
	struct store *store;
	struct error *error;
	enum statement name;
	sqlite3_stmt *statement;	/* NULL when it could not be had */
	int next;			/* parameters put, then columns taken */
	bool failed;			/* *error is filled */
};

struct query query_start(struct store *store, enum statement name, struct error *error);

void	put_number(struct query *query, int64_t value);
/* 0 becomes NULL. */
void	put_number_or_null(struct query *query, int64_t value);
/* The bytes must live until the query has ended. "" stays "". */
void	put_text(struct query *query, const char *text);
/* "" becomes NULL. */
void	put_text_or_null(struct query *query, const char *text);
/* NULL when the value is outside the set. */
void	put_word(struct query *query, const struct words *words, int value);
void	put_bytes(struct query *query, const void *bytes, size_t size);
/* No bytes become NULL. */
void	put_bytes_or_null(struct query *query, const void *bytes, size_t size);

/* Whether there is a (further) row to take columns from. */
bool	query_next(struct query *query);

int64_t	take_number(struct query *query);	/* NULL is 0 */
int	take_small(struct query *query);
void	take_text(struct query *query, char *text, size_t size);	/* NULL is "" */
/* NULL is the set's count; a word outside the set is a failure. */
int	take_word(struct query *query, const struct words *words);
/* Exactly so many bytes, else a failure. */
void	take_exactly(struct query *query, void *bytes, size_t size);
/* Live until the next query_next or query_end. */
const void *take_bytes(struct query *query, size_t *size);

/* Hands out each row, as `take` reads it into *row, until give is not 0. The caller ends the query. */
#define QUERY_EACH(query, take, row, give, context)			\
	while (query_next(query)) {					\
		take((query), (row));					\
		if ((query)->failed || (give)((row), (context)) != 0)	\
			break;						\
	}

/* 0, or -1 when anything failed since the start. */
int	query_end(struct query *query);
/* Ends a look-up whose query_next said `found`. */
enum answer query_answer(struct query *query, bool found);
/* Hands out a number a row until give is not 0, and ends. */
int	query_numbers(struct query *query, number_fn give, void *context);
/* Runs what gives no row, and ends. */
int	query_run(struct query *query);
/* The same; that no row was changed is a failure. */
int	query_change(struct query *query);

/* Finalizes every prepared statement. None may be in use. */
void	statements_forget(struct store *store);
/* Fills *error from a result code and returns -1. */
int	sqlite_fault(sqlite3 *db, int result, const char *what, struct error *error);

/* sqlite_schema.c */

struct script {
	const char *name;
	const char *text;
};

struct schema {
	const char *current;		/* schema.sql: makes the newest version at once */
	const struct script *migrations;	/* the n-th makes version n + 1 of version n */
	size_t migrations_count;
};

/* Made at build from schema.sql and migrations/. */
extern const struct schema store_schema;

/*
 * Brings the database to the newest version: an empty one by `current`, an older one
 * by each migration that it lacks. Each runs in a transaction of its own; foreign keys
 * are checked at its end and not underway. A script that fails leaves nothing.
 */
int	store_migrate(struct store *store, const struct schema *schema, struct error *error);
/* 0 when the database is ours and of the newest version; else ERROR_INPUT. */
int	store_version_check(struct store *store, const struct schema *schema,
	    struct error *error);
/* Puts the words of acts and outcomes in that are not there yet. */
int	store_words_fill(struct store *store, struct error *error);

/* sqlite_difference.c: both return how many differences they gave, or -1. */

/* Compares every table, column, index and trigger with those that `current` makes. */
int	store_differences(struct store *store, const char *current, difference_fn give,
	    void *context, struct error *error);
/* Compares the rows of acts and outcomes with the program's words. */
int	store_word_differences(struct store *store, difference_fn give, void *context,
	    struct error *error);

/* sqlite_guard.c */

/* From here on the connection does nothing but what verbs need. */
void	guard_install(struct store *store);

/* case.c */

#define OUTCOMES_SIZE	256	/* every word of the set, with spaces between */

/* Takes the columns of CASE_COLUMNS. */
void	case_take(struct query *query, struct case_row *row);
/* Hands out a case a row until give is not 0, and ends. */
int	query_cases(struct query *query, case_fn give, void *context);
/* Takes the columns of CASE_KEY_GET. */
void	case_key_take(struct query *query, struct case_key_row *row);
/* Takes the columns of EVENT_EACH. */
void	event_take(struct query *query, struct event_row *row);
/* Takes the words of a set of outcomes, with spaces between; returns its mask. */
unsigned outcomes_take(struct query *query);
/* Removes the outcomes of a case, or of its closing, by the statement `clear`. */
int	outcomes_clear(struct store *store, enum statement clear, int64_t number,
	    struct error *error);
/* Adds those of the mask by the statement `add`. */
int	outcomes_put(struct store *store, enum statement add, int64_t number,
	    unsigned outcomes, struct error *error);

/* people.c */

/* Takes the columns of ACCOUNT_COLUMNS. */
void	account_take(struct query *query, struct account_row *row);

#endif
