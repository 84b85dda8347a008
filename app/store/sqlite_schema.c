/*
 * Versions and migrations. SQLite's user_version is the version of a database. The
 * version of the program is one more than the number of its migrations; the n-th turns
 * version n into version n + 1.
 */
#include <stdio.h>

#include "base/base.h"
#include "base/words.h"
#include "store/sqlite.h"
#include "store/store.h"

#define APPLICATION	0x6567726d	/* "egrm": marks the file as ours */

/* Runs a statement that gives one number. */
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

static int64_t
newest_of(const struct schema *schema)
{
	return (int64_t)schema->migrations_count + 1;
}

/* The version of a database; 0 when it is empty; -1 when it is another program's or newer. */
static int64_t
version_of(sqlite3 *db, int64_t newest, struct error *error)
{
	int64_t version = 0, application = 0, tables = 0;

	if (ask(db, "PRAGMA user_version", &version, error) == -1 ||
	    ask(db, "PRAGMA application_id", &application, error) == -1 ||
	    ask(db, "SELECT count(*) FROM sqlite_schema", &tables, error) == -1)
		return -1;
	if (application != APPLICATION && tables > 0)
		return error_set(error, ERROR_INPUT, "the database is another program's");
	if (version > newest)
		return error_set(error, ERROR_INPUT,
		    "the database is of version %lld, newer than this program's %lld; "
		    "install the newer program", (long long)version, (long long)newest);
	return version;
}

/* Runs the next script, inside a transaction. An empty database gets schema.sql alone. */
static int
step(sqlite3 *db, const struct schema *schema, int64_t *version, struct error *error)
{
	const struct script current = { "schema.sql", schema->current };
	const struct script *script = *version == 0 ? &current : &schema->migrations[*version - 1];
	const int64_t to = *version == 0 ? newest_of(schema) : *version + 1;
	char mark[96];
	int64_t orphans = 0;

	(void)snprintf(mark, sizeof(mark),
	    "PRAGMA user_version = %lld; PRAGMA application_id = %d", (long long)to, APPLICATION);
	if (run(db, script->text, script->name, error) == -1 ||
	    run(db, mark, script->name, error) == -1 ||
	    ask(db, "SELECT count(*) FROM pragma_foreign_key_check", &orphans, error) == -1)
		return -1;
	if (orphans > 0)
		return error_set(error, ERROR_INTERNAL,
		    "%s leaves %lld rows whose parent row does not exist", script->name,
		    (long long)orphans);
	*version = to;
	return 0;
}

/* Reads the version under the write lock, because another process may migrate as well. */
int
store_migrate(struct store *store, const struct schema *schema, struct error *error)
{
	const int64_t newest = newest_of(schema);
	sqlite3 *db = store->db;
	int64_t version;

	do {
		if (run(db, "BEGIN IMMEDIATE", "migration", error) == -1)
			return -1;
		version = version_of(db, newest, error);
		if (version == -1 ||
		    (version < newest && step(db, schema, &version, error) == -1) ||
		    run(db, "COMMIT", "migration", error) == -1)
			goto err;
	} while (version < newest);
	return 0;
err:
	if (!sqlite3_get_autocommit(db))
		(void)run(db, "ROLLBACK", "migration", NULL);
	return -1;
}

int
store_version_check(struct store *store, const struct schema *schema, struct error *error)
{
	const int64_t newest = newest_of(schema);
	int64_t version = version_of(store->db, newest, error);

	if (version == -1)
		return -1;
	if (version < newest)
		return error_set(error, ERROR_INPUT,
		    "the database is of version %lld, this program needs %lld; "
		    "run egenremiss init to bring it up to date", (long long)version,
		    (long long)newest);
	return 0;
}

static int
words_fill(struct store *store, enum statement add, const struct words *words,
    struct error *error)
{
	for (size_t i = 0; i < words->count; i++) {
		struct query query = query_start(store, add, error);

		put_word(&query, words, (int)i);
		if (query_run(&query) == -1)
			return -1;
	}
	return 0;
}

int
store_words_fill(struct store *store, struct error *error)
{
	if (store_begin(store, error) == -1)
		return -1;
	if (words_fill(store, ACT_ADD, &words_act, error) == 0 &&
	    words_fill(store, OUTCOME_ADD, &words_outcome, error) == 0)
		return store_commit(store, error);
	store_rollback(store);
	return -1;
}
