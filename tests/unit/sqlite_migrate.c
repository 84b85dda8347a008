/* Scripts of the test's own, run by the mechanism that runs the real ones. */

#include "../store/fixture.h"
#include "store/sqlite.h"

static const struct script scripts[] = {
	{ "schema.sql",
	    "CREATE TABLE towns (code TEXT PRIMARY KEY) STRICT;"
	    "CREATE TABLE people (town TEXT NOT NULL REFERENCES towns) STRICT;"
	    "INSERT INTO towns VALUES ('1781'); INSERT INTO people VALUES ('1781');" },
	{ "0002-name.sql",
	    "ALTER TABLE towns ADD COLUMN name TEXT; UPDATE towns SET name = 'Kristinehamn';" },
	{ "0003-drop.sql",	/* a table made anew, as SQLite's ALTER cannot do it */
	    "CREATE TABLE new (code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;"
	    "INSERT INTO new SELECT code, name FROM towns;"
	    "DROP TABLE towns; ALTER TABLE new RENAME TO towns;" },
};

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

static void
test_every_way_to_the_newest(void **state)
{
	struct place *place = *state;

	for (size_t have = 1; have <= COUNT_OF(scripts); have++) {
		ASSERT_DONE(place, store_migrate(place->store, scripts, have, &place->error));
		assert_int_equal(ask(place, "PRAGMA user_version"), have);
		ASSERT_DONE(place, store_migrate(place->store, scripts, have, &place->error));
		ASSERT_DONE(place, store_version_check(place->store, have, &place->error));
	}
	assert_int_equal(ask(place, "SELECT count(*) FROM people JOIN towns ON town = code "
	    "WHERE name = 'Kristinehamn'"), 1);
}

static void
test_all_at_once(void **state)
{
	struct place *place = *state;

	ASSERT_DONE(place,
	    store_migrate(place->store, scripts, COUNT_OF(scripts), &place->error));
	assert_int_equal(ask(place, "PRAGMA user_version"), COUNT_OF(scripts));
	assert_int_equal(ask(place, "SELECT count(*) FROM towns WHERE name = 'Kristinehamn'"), 1);
}

/* What fails half-way leaves the version before it, whole. */
static void
test_failed_script_leaves_nothing(void **state)
{
	static const struct script broken[] = {
		{ "0002-broken.sql", "DELETE FROM people; CREATE TABLE half (a); SELECT nonsense;" },
		{ "0002-orphans.sql", "CREATE TABLE half (a); DELETE FROM towns;" },
	};
	struct place *place = *state;

	ASSERT_DONE(place, store_migrate(place->store, scripts, 1, &place->error));
	for (size_t i = 0; i < COUNT_OF(broken); i++) {
		const struct script both[] = { scripts[0], broken[i] };

		ASSERT_FAILS(place, ERROR_INTERNAL,
		    store_migrate(place->store, both, 2, &place->error));
		assert_non_null(strstr(place->error.text, broken[i].name));
		assert_int_equal(ask(place, "PRAGMA user_version"), 1);
		assert_int_equal(ask(place, "SELECT count(*) FROM people JOIN towns ON town = code"),
		    1);
		assert_int_equal(ask(place,
		    "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
	}
}

static void
test_other_versions_are_told(void **state)
{
	struct place *place = *state;

	ASSERT_FAILS(place, ERROR_INPUT, store_version_check(place->store, 1, &place->error));
	ASSERT_DONE(place, store_migrate(place->store, scripts, 2, &place->error));
	ASSERT_FAILS(place, ERROR_INPUT,
	    store_migrate(place->store, scripts, 1, &place->error));
	assert_non_null(strstr(place->error.text, "newer"));
	ASSERT_FAILS(place, ERROR_INPUT, store_version_check(place->store, 1, &place->error));
	ASSERT_FAILS(place, ERROR_INPUT, store_version_check(place->store, 3, &place->error));
}

static void
test_another_program_is_left_alone(void **state)
{
	struct place *place = *state;

	assert_int_equal(sqlite3_exec(place->store->db, "CREATE TABLE theirs (a)", NULL, NULL,
	    NULL), SQLITE_OK);
	ASSERT_FAILS(place, ERROR_INPUT,
	    store_migrate(place->store, scripts, 3, &place->error));
	assert_int_equal(ask(place, "SELECT count(*) FROM sqlite_schema"), 1);
}

/* The scripts that were built in stand in order and are all there. */
static void
test_built_in_scripts(void **state)
{
	(void)state;
	assert_true(store_scripts_count >= 1);
	assert_string_equal(store_scripts[0].name, "schema.sql");
	for (size_t i = 1; i < store_scripts_count; i++)
		assert_int_equal(strtol(store_scripts[i].name, NULL, 10), i + 1);
}

#define EMPTY(test)	{ #test, test, open_empty, shut, NULL }

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EMPTY(test_every_way_to_the_newest),
		EMPTY(test_all_at_once),
		EMPTY(test_failed_script_leaves_nothing),
		EMPTY(test_other_versions_are_told),
		EMPTY(test_another_program_is_left_alone),
		cmocka_unit_test(test_built_in_scripts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
