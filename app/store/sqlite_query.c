/* Prepared statements: their parameters, their columns, and the kinds of their errors. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "store/sqlite.h"

static enum error_kind
kind_of(int result)
{
	switch (result & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_FULL:
	case SQLITE_IOERR:		/* a full quota comes as this, not as SQLITE_FULL */
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

static const struct {
	const char *name, *text;
} statements[STATEMENT_COUNT] = {
#define STATEMENT(name, text)	[name] = { #name, text },
#include "store/sqlite_statements.def"
#undef STATEMENT
};

static void
fail(struct query *query, int result)
{
	if (query->failed)
		return;
	query->failed = true;
	(void)sqlite_fault(query->store->db, result, statements[query->name].name,
	    query->error);
}

static void
fail_because(struct query *query, const char *why)
{
	if (query->failed)
		return;
	query->failed = true;
	(void)error_set(query->error, ERROR_INTERNAL, "%s: %s",
	    statements[query->name].name, why);
}

static void
check(struct query *query, int result)
{
	if (result != SQLITE_OK)
		fail(query, result);
}

/* store_lock_keys finalizes statements that write keys; they are prepared anew each time. */
static int
prepare(struct store *store, enum statement name)
{
	struct prepared *prepared = &store->prepared[name];
	int result;

	if (prepared->statement != NULL)
		return SQLITE_OK;
	store->writes_keys = false;
	result = sqlite3_prepare_v3(store->db, statements[name].text, -1,
	    SQLITE_PREPARE_PERSISTENT, &prepared->statement, NULL);
	prepared->writes_keys = store->writes_keys;
	return result;
}

void
statements_forget(struct store *store)
{
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		(void)sqlite3_finalize(store->prepared[i].statement);
	memset(store->prepared, 0, sizeof(store->prepared));
}

struct query
query_start(struct store *store, enum statement name, struct error *error)
{
	struct query query = { .store = store, .error = error, .name = name };

	check(&query, prepare(store, name));
	if (query.failed)
		return query;
	if (sqlite3_stmt_busy(store->prepared[name].statement))
		fail_because(&query, "its own callback has called it again");
	else
		query.statement = store->prepared[name].statement;
	return query;
}

void
put_number(struct query *query, int64_t value)
{
	if (!query->failed)
		check(query, sqlite3_bind_int64(query->statement, ++query->next, value));
}

static void
put_null(struct query *query)
{
	if (!query->failed)
		check(query, sqlite3_bind_null(query->statement, ++query->next));
}

void
put_number_or_null(struct query *query, int64_t value)
{
	if (value == 0)
		put_null(query);
	else
		put_number(query, value);
}

void
put_text(struct query *query, const char *text)
{
	if (!query->failed)
		check(query, sqlite3_bind_text(query->statement, ++query->next, text, -1,
		    SQLITE_STATIC));
}

void
put_text_or_null(struct query *query, const char *text)
{
	put_text(query, text[0] == '\0' ? NULL : text);
}

void
put_word(struct query *query, const struct words *words, int value)
{
	put_text(query, word_of(words, value));
}

void
put_bytes(struct query *query, const void *bytes, size_t size)
{
	if (!query->failed)
		check(query, sqlite3_bind_blob64(query->statement, ++query->next,
		    size == 0 ? "" : bytes, size, SQLITE_STATIC));
}

void
put_bytes_or_null(struct query *query, const void *bytes, size_t size)
{
	if (size == 0)
		put_text(query, NULL);
	else
		put_bytes(query, bytes, size);
}

bool
query_next(struct query *query)
{
	int result;

	if (query->failed)
		return false;
	query->next = 0;
	result = sqlite3_step(query->statement);
	if (result != SQLITE_ROW && result != SQLITE_DONE)
		fail(query, result);
	return result == SQLITE_ROW;
}

int64_t
take_number(struct query *query)
{
	return sqlite3_column_int64(query->statement, query->next++);
}

int
take_small(struct query *query)
{
	return sqlite3_column_int(query->statement, query->next++);
}

void
take_text(struct query *query, char *text, size_t size)
{
	const void *bytes = sqlite3_column_text(query->statement, query->next);
	size_t length = (size_t)sqlite3_column_bytes(query->statement, query->next++);

	if (length >= size) {
		fail_because(query, "a text is longer than the schema permits");
		length = 0;
	}
	if (length > 0)
		memcpy(text, bytes, length);
	text[length] = '\0';
}

int
take_word(struct query *query, const struct words *words)
{
	const void *word = sqlite3_column_text(query->statement, query->next++);
	int value = word_value(words, word);

	if (word == NULL)
		return (int)words->count;
	if (value == -1)
		fail_because(query, "a word is not in its set");
	return value;
}

void
take_exactly(struct query *query, void *bytes, size_t size)
{
	size_t found;
	const void *blob = take_bytes(query, &found);

	if (found == size)
		memcpy(bytes, blob, size);
	else
		fail_because(query, "a value has not its fixed size");
}

const void *
take_bytes(struct query *query, size_t *size)
{
	const void *bytes = sqlite3_column_blob(query->statement, query->next);

	*size = (size_t)sqlite3_column_bytes(query->statement, query->next++);
	return bytes;
}

int
query_end(struct query *query)
{
	if (query->statement != NULL) {
		(void)sqlite3_reset(query->statement);	/* the step has reported its failure */
		(void)sqlite3_clear_bindings(query->statement);
		query->statement = NULL;
	}
	return query->failed ? -1 : 0;
}

enum answer
query_answer(struct query *query, bool found)
{
	if (query_end(query) == -1)
		return FAILED;
	return found ? FOUND : ABSENT;
}

int
query_numbers(struct query *query, number_fn give, void *context)
{
	while (query_next(query))
		if (give(take_number(query), context) != 0)
			break;
	return query_end(query);
}

int
query_run(struct query *query)
{
	while (query_next(query))
		continue;
	return query_end(query);
}

int
query_change(struct query *query)
{
	if (query_run(query) == -1)
		return -1;
	if (sqlite3_changes(query->store->db) == 0)
		fail_because(query, "no such row");
	return query->failed ? -1 : 0;
}
