/*
 * How a database is made, migrated and compared with the schema that it should have.
 * The scripts are the test's own, run by the mechanism that runs the real ones.
 */
#include <sys/wait.h>

#include "fixture.h"
#include "base/base.h"
#include "base/words.h"
#include "store/sqlite.h"

/* Three versions of a made-up program: what was released first, two migrations, the current one. */
static const char released[] =
    "CREATE TABLE towns (-- A code.\n code TEXT PRIMARY KEY) STRICT;"
    "CREATE TABLE people (town TEXT NOT NULL REFERENCES towns) STRICT;";

static const struct script migrations[] = {
	{ "0002-name.sql",	/* a column with a rule that no row has broken */
	    "ALTER TABLE towns ADD COLUMN name TEXT CHECK (name <> 'a,b)');"
	    "UPDATE towns SET name = 'Kristinehamn';" },
	{ "0003-anew.sql",	/* a table made anew, as SQLite's ALTER cannot do it */
	    "CREATE TABLE new (code TEXT PRIMARY KEY, name TEXT NOT NULL, "
	    "CHECK (length(code) = 4)) STRICT;"
	    "INSERT INTO new SELECT code, name FROM towns;"
	    "DROP TABLE towns; ALTER TABLE new RENAME TO towns;"
	    "CREATE INDEX people_town ON people (town);" },
};

static const char second[] =
    "CREATE TABLE towns (\n"
    "	-- What it is called; NULL unknown.\n"
    "	name	TEXT CHECK (name <> 'a,b)'),\n"
    "	code	TEXT PRIMARY KEY\n"
    ") STRICT;\n"
    "CREATE TABLE people (town TEXT NOT NULL REFERENCES towns) STRICT;";

static const char current[] =
    "CREATE TABLE towns (\n"
    "	-- What it is called.\n"
    "	name	TEXT NOT NULL,\n"
    "	code	TEXT PRIMARY KEY, /* four digits */\n"
    "	CHECK (length(code) = 4)\n"
    ") STRICT;\n"
    "CREATE TABLE people (town TEXT NOT NULL REFERENCES towns) STRICT;\n"
    "CREATE INDEX people_town\n	ON people (town);";

static const struct schema schemas[] = {
	{ released, migrations, 0 }, { second, migrations, 1 }, { current, migrations, 2 }
};

#define NEWEST	(&schemas[COUNT_OF(schemas) - 1])

static int64_t
ask(struct place *place, const char *sql)
{
	sqlite3_stmt *statement;
	int64_t number;

	assert_int_equal(sqlite3_prepare_v2(place->store->db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	number = sqlite3_column_int64(statement, 0);
	(void)sqlite3_finalize(statement);
	return number;
}

static void
run(struct place *place, const char *sql)
{
	if (sqlite3_exec(place->store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(place->store->db));
}

/* A connection as store_open has it before it migrates: empty, without guard. */
static int
open_empty(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	assert_non_null(place);
	place->store = calloc(1, sizeof(*place->store));
	assert_non_null(place->store);
	assert_int_equal(sqlite3_open_v2(":memory:", &place->store->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL), SQLITE_OK);
	*state = place;
	return 0;
}

/* The first version with one town in which one person lives. */
static void
live(struct place *place)
{
	ASSERT_DONE(place, store_migrate(place->store, &schemas[0], &place->error));
	run(place, "INSERT INTO towns (code) VALUES ('1781'); INSERT INTO people VALUES ('1781');");
}

/* What was told, a line each. */
struct told {
	char text[2048];
	size_t used;
	int most;		/* stops after so many; 0 never */
	int count;
};

static int
tell(const char *what, const char *remedy, void *context)
{
	struct told *told = context;

	assert_true(strlen(remedy) > 10);
	told->used += (size_t)snprintf(told->text + told->used, sizeof(told->text) - told->used,
	    "%s\n", what);
	return ++told->count == told->most;
}

static void
assert_differences(struct place *place, const char *schema, const char *expected)
{
	struct told told = { 0 };
	int count = store_differences(place->store, schema, tell, &told, &place->error);

	if (count == -1)
		fail_msg("%s", place->error.text);
	assert_string_equal(told.text, expected);
	assert_int_equal(count, told.count);
}

/* Both ways to each version end in the same schema, and in its version. */
static void
test_made_and_migrated_schemas_are_the_same(void **state)
{
	for (size_t have = 0; have < COUNT_OF(schemas); have++) {
		struct place *place = *state;

		ASSERT_DONE(place, store_migrate(place->store, &schemas[have], &place->error));
		assert_int_equal(ask(place, "PRAGMA user_version"), have + 1);
		assert_differences(place, schemas[have].current, "");
		(void)shut(state);
		(void)open_empty(state);
		place = *state;
		for (size_t i = 0; i <= have; i++) {
			ASSERT_DONE(place, store_migrate(place->store, &schemas[i], &place->error));
			assert_int_equal(ask(place, "PRAGMA user_version"), i + 1);
			ASSERT_DONE(place, store_version_check(place->store, &schemas[i],
			    &place->error));
			assert_differences(place, schemas[i].current, "");
		}
		(void)shut(state);
		(void)open_empty(state);
	}
}

/* A migration that was forgotten, or that does something else, does not go unseen. */
static void
test_schemas_of_different_versions_differ(void **state)
{
	struct place *place = *state;

	live(place);
	assert_differences(place, second, "column name of table towns is missing\n");
	assert_differences(place, current, "column name of table towns is missing\n"
	    "rule CHECK(length(code)=4) of table towns is missing\n"
	    "index people_town is missing\n");
	ASSERT_DONE(place, store_migrate(place->store, NEWEST, &place->error));
	assert_differences(place, second,
	    "column name of table towns is not as it should be\n"
	    "rule CHECK(length(code)=4) of table towns is unknown\n"
	    "index people_town is unknown\n");
}

static void
test_rows_come_through_every_migration(void **state)
{
	struct place *place = *state;

	live(place);
	ASSERT_DONE(place, store_migrate(place->store, NEWEST, &place->error));
	assert_int_equal(ask(place, "PRAGMA user_version"), 3);
	assert_int_equal(ask(place, "SELECT count(*) FROM people JOIN towns ON town = code "
	    "WHERE name = 'Kristinehamn'"), 1);
	/* Again changes nothing. */
	ASSERT_DONE(place, store_migrate(place->store, NEWEST, &place->error));
	assert_int_equal(ask(place, "SELECT count(*) FROM people"), 1);
}

/* A new database runs no migration: their UPDATEs are for rows that it does not have. */
static void
test_new_database_runs_the_current_schema_alone(void **state)
{
	static const struct script broken[] = { { "0002-broken.sql", "SELECT nonsense" } };
	const struct schema schema = { current, broken, 1 };
	struct place *place = *state;

	ASSERT_DONE(place, store_migrate(place->store, &schema, &place->error));
	assert_int_equal(ask(place, "PRAGMA user_version"), 2);
}

/* A migration that fails half-way leaves the version before it, whole. */
static void
test_failed_migration_leaves_nothing(void **state)
{
	static const struct script broken[] = {
		{ "0002-broken.sql", "DELETE FROM people; CREATE TABLE half (a); SELECT nonsense;" },
		{ "0002-orphans.sql", "CREATE TABLE half (a); DELETE FROM towns;" },
	};
	struct place *place = *state;

	live(place);
	for (size_t i = 0; i < COUNT_OF(broken); i++) {
		const struct schema schema = { second, &broken[i], 1 };

		ASSERT_FAILS(place, ERROR_INTERNAL,
		    store_migrate(place->store, &schema, &place->error));
		assert_non_null(strstr(place->error.text, broken[i].name));
		assert_int_equal(ask(place, "PRAGMA user_version"), 1);
		assert_int_equal(ask(place, "SELECT count(*) FROM people JOIN towns ON town = code"),
		    1);
		assert_differences(place, released, "");
	}
}

/* A schema.sql that fails leaves an empty database. */
static void
test_failed_schema_leaves_nothing(void **state)
{
	const struct schema schema = { "CREATE TABLE half (a); CREATE TABLE half (a);", NULL, 0 };
	struct place *place = *state;

	ASSERT_FAILS(place, ERROR_INTERNAL, store_migrate(place->store, &schema, &place->error));
	assert_int_equal(ask(place, "SELECT count(*) FROM sqlite_schema"), 0);
	assert_int_equal(ask(place, "PRAGMA user_version"), 0);
}

/* Ends the process at the n-th step of SQLite's machine. */
static int
end_process(void *argument)
{
	int *left = argument;

	if (--*left == 0)
		_exit(9);
	return 0;
}

/* A process of its own migrates the file, and is ended at that step. Whether it came to its end. */
static bool
migrate_until(const char *path, int steps)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		struct store store = { 0 };
		struct error error;

		if (sqlite3_open_v2(path, &store.db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
			_exit(1);
		sqlite3_progress_handler(store.db, 1, end_process, &steps);
		_exit(store_migrate(&store, NEWEST, &error) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9));
	return WEXITSTATUS(status) == 0;
}

/* A process that dies in a migration leaves one of the versions, whole; the next one goes on. */
static void
test_interrupted_migration_is_whole_or_not_at_all(void **state)
{
	struct place *place = *state;
	char folder[] = "/tmp/store-XXXXXX", path[64];
	bool done = false;
	int seen[4] = { 0 };

	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/" STORE_FILE, folder);
	for (int steps = 1; !done; steps += 7) {
		int64_t version;

		(void)unlink(path);
		statements_forget(place->store);
		assert_int_equal(sqlite3_close(place->store->db), SQLITE_OK);
		assert_int_equal(sqlite3_open(path, &place->store->db), SQLITE_OK);
		live(place);
		done = migrate_until(path, steps);
		version = ask(place, "PRAGMA user_version");
		assert_in_range(version, 1, 3);
		seen[version]++;
		assert_differences(place, schemas[version - 1].current, "");
		assert_int_equal(ask(place, "SELECT count(*) FROM people JOIN towns ON town = code"),
		    1);
		ASSERT_DONE(place, store_migrate(place->store, NEWEST, &place->error));
		assert_differences(place, current, "");
	}
	assert_true(seen[1] > 0 && seen[2] > 0 && seen[3] > 0);
	(void)unlink(path);
	assert_int_equal(rmdir(folder), 0);
}

static void
test_other_versions_are_refused(void **state)
{
	struct place *place = *state;

	ASSERT_FAILS(place, ERROR_INPUT,
	    store_version_check(place->store, &schemas[0], &place->error));
	ASSERT_DONE(place, store_migrate(place->store, &schemas[1], &place->error));
	ASSERT_FAILS(place, ERROR_INPUT,
	    store_migrate(place->store, &schemas[0], &place->error));
	assert_non_null(strstr(place->error.text, "newer"));
	ASSERT_FAILS(place, ERROR_INPUT,
	    store_version_check(place->store, &schemas[0], &place->error));
	ASSERT_FAILS(place, ERROR_INPUT,
	    store_version_check(place->store, &schemas[2], &place->error));
	assert_non_null(strstr(place->error.text, "egenremiss init"));
}

static void
test_another_program_is_left_alone(void **state)
{
	struct place *place = *state;

	run(place, "CREATE TABLE theirs (a)");
	ASSERT_FAILS(place, ERROR_INPUT, store_migrate(place->store, NEWEST, &place->error));
	assert_int_equal(ask(place, "SELECT count(*) FROM sqlite_schema"), 1);
}

/* The scripts that were built in stand in order, none twice. */
static void
test_built_in_migrations_stand_in_order(void **state)
{
	(void)state;
	assert_non_null(strstr(store_schema.current, "CREATE TABLE cases"));
	for (size_t i = 0; i < store_schema.migrations_count; i++)
		assert_int_equal(strtol(store_schema.migrations[i].name, NULL, 10), i + 2);
	assert_null(store_schema.migrations[store_schema.migrations_count].name);
}

/* Every kind of difference, each made by one statement. */
static void
test_each_difference_is_named(void **state)
{
	static const struct {
		const char *sql, *told;
	} changes[] = {
		{ "DROP TABLE overdue_told", "table overdue_told is missing\n" },
		{ "CREATE TABLE more (a)", "table more is unknown\n" },
		{ "ALTER TABLE codes ADD COLUMN more TEXT", "column more of table codes is unknown\n" },
		{ "ALTER TABLE codes RENAME COLUMN last_day TO old",
		    "column last_day of table codes is missing\n"
		    "column old of table codes is unknown\n" },
		{ "DROP INDEX cases_held", "index cases_held is missing\n" },
		{ "DROP INDEX cases_held; CREATE INDEX cases_held ON cases (holder)",
		    "index cases_held is not as it should be\n" },
		{ "CREATE INDEX more ON cases (age)", "index more is unknown\n" },
		{ "DROP TRIGGER events_stay", "trigger events_stay is missing\n" },
		{ "DROP TRIGGER events_stay; CREATE TRIGGER events_stay BEFORE DELETE ON events "
		    "BEGIN SELECT 1; END", "trigger events_stay is not as it should be\n" },
		{ "CREATE TRIGGER more AFTER INSERT ON cases BEGIN SELECT 1; END",
		    "trigger more is unknown\n" },
		{ "CREATE VIEW more AS SELECT 1", "view more is unknown\n" },
		{ "DROP TABLE meta; CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, "
		    "value TEXT NOT NULL) STRICT, WITHOUT ROWID",
		    "column value of table meta is not as it should be\n" },
		{ "DROP TABLE meta; CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, "
		    "value BLOB NOT NULL) STRICT", "table meta is not made with the right options\n" },
		{ "DROP TABLE meta; CREATE TABLE meta (value BLOB NOT NULL, -- Anything.\n"
		    "\"key\" TEXT /* A name. */ NOT NULL PRIMARY KEY)STRICT,WITHOUT ROWID", "" },
	};
	struct place *place = *state;

	ASSERT_DONE(place, store_migrate(place->store, &store_schema, &place->error));
	assert_differences(place, store_schema.current, "");
	for (size_t i = 0; i < COUNT_OF(changes); i++) {
		run(place, "SAVEPOINT before");
		run(place, changes[i].sql);
		assert_differences(place, store_schema.current, changes[i].told);
		run(place, "ROLLBACK TO before; RELEASE before");
	}
}

static void
test_callback_can_stop(void **state)
{
	struct told told = { .most = 1 };
	struct place *place = *state;

	live(place);
	assert_true(store_differences(place->store, current, tell, &told, &place->error) > 0);
	assert_int_equal(told.count, 1);
}

/* The program puts its words in, again without harm, and tells of each that differs. */
static void
test_words_of_acts_and_outcomes_are_the_programs(void **state)
{
	struct place *place = *state;
	struct told told = { 0 };

	ASSERT_DONE(place, store_migrate(place->store, &store_schema, &place->error));
	assert_int_equal(store_word_differences(place->store, tell, &told, &place->error),
	    ACT_COUNT + OUTCOME_COUNT);
	for (int i = 0; i < 2; i++) {
		ASSERT_DONE(place, store_words_fill(place->store, &place->error));
		assert_int_equal(ask(place, "SELECT count(*) FROM acts"), ACT_COUNT);
		assert_int_equal(ask(place, "SELECT count(*) FROM outcomes"), OUTCOME_COUNT);
	}
	told = (struct told){ 0 };
	assert_int_equal(store_word_differences(place->store, tell, &told, &place->error), 0);
	run(place, "DELETE FROM acts WHERE act = 'unlink'; INSERT INTO outcomes VALUES ('fame')");
	assert_int_equal(store_word_differences(place->store, tell, &told, &place->error), 2);
	assert_string_equal(told.text, "act unlink is missing\noutcome fame is unknown\n");
}

#define EMPTY(test)	{ #test, test, open_empty, shut, NULL }

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EMPTY(test_made_and_migrated_schemas_are_the_same),
		EMPTY(test_schemas_of_different_versions_differ),
		EMPTY(test_rows_come_through_every_migration),
		EMPTY(test_new_database_runs_the_current_schema_alone),
		EMPTY(test_failed_migration_leaves_nothing),
		EMPTY(test_failed_schema_leaves_nothing),
		EMPTY(test_interrupted_migration_is_whole_or_not_at_all),
		EMPTY(test_other_versions_are_refused),
		EMPTY(test_another_program_is_left_alone),
		EMPTY(test_each_difference_is_named),
		EMPTY(test_callback_can_stop),
		EMPTY(test_words_of_acts_and_outcomes_are_the_programs),
		cmocka_unit_test(test_built_in_migrations_stand_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
