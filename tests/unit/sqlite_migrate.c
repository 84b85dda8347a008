/* Scripts of the test's own, run by the mechanism that runs the real ones. */

#include "../store/fixture.h"
#include "base/base.h"
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

/* The scripts that were built in stand in order, none twice. */
static void
test_built_in_scripts(void **state)
{
	(void)state;
	assert_true(store_scripts_count >= 1);
	assert_string_equal(store_scripts[0].name, "schema.sql");
	for (size_t i = 1; i < store_scripts_count; i++)
		assert_int_equal(strtol(store_scripts[i].name, NULL, 10), i + 1);
}

/* A service that has run with version 1: a case at work, a closed one, a purged one. */
static const char lived[] =
    "INSERT INTO queue_keys VALUES ('kaa', 1, zeroblob(32), zeroblob(81), 100), "
    "('kaa', 2, randomblob(32), randomblob(81), 200), ('unga', 1, zeroblob(32), zeroblob(81), 100);"
    "INSERT INTO accounts (number, user, name, role, active, demonstration, public, locked, created_at) "
    "VALUES (7, 'anna', 'Anna Å', 'lead', 1, 0, randomblob(32), randomblob(97), 100), "
    "(8, 'bo', 'Bo', 'coordinator', 0, 1, randomblob(32), randomblob(97), 101);"
    "INSERT INTO memberships VALUES (7, 'kaa', 1, randomblob(81)), (7, 'kaa', 2, randomblob(81)), "
    "(8, 'unga', 1, randomblob(81));"
    "INSERT INTO codes VALUES ('ABCDEF', '1781', 'health', 'Vårdcentralen', 100, NULL);"
    "INSERT INTO visits VALUES ('ABCDEF', 20000, 3);"
    "INSERT INTO meta VALUES ('recovery', randomblob(32));"
    "INSERT INTO cases (number, area, queue, code, who, age, part_of_day, speak, workplace, inflow, "
    "state, received_at, promised_at, due_at, holder, closed_at, outcomes, attempts) VALUES "
    "(31, '1781', 'kaa', 'ABCDEF', 'professional', '15-17', 'morning', 'other', 'health', 'partner', "
    "'claimed', 300, 400, 500, 7, NULL, '', 2), "
    "(32, '1781', 'kaa', NULL, 'self', '18-19', 'any', 'sv', NULL, 'self', "
    "'closed', 301, 401, NULL, NULL, 600, 'work studies', 0), "
    "(33, '1715', 'unga', NULL, 'relative', 'unsaid', 'any', 'sv', NULL, 'relative', "
    "'purged', 302, 402, NULL, NULL, 601, 'moved', 1);"
    "INSERT INTO case_keys VALUES (31, 'kaa', 2, randomblob(81)), (32, 'kaa', 1, randomblob(81));"
    "INSERT INTO records VALUES (41, 31, 1, 0, 300, randomblob(300)), "
    "(42, 31, 2, 7, 310, randomblob(99)), (43, 32, 1, 0, 301, randomblob(300));"
    "INSERT INTO events VALUES (31, 1, 0, 300, 'receive', 'waiting', 'waiting', 400), "
    "(31, 2, 7, 305, 'claim', 'waiting', 'claimed', 400), "
    "(31, 3, 7, 306, 'open', 'claimed', 'claimed', 400), "
    "(31, 4, 7, 310, 'no-answer', 'claimed', 'waiting', 450), "
    "(31, 5, 7, 320, 'claim', 'waiting', 'claimed', 450), "
    "(32, 1, 0, 301, 'receive', 'waiting', 'waiting', 401), "
    "(32, 2, 8, 600, 'close', 'claimed', 'closed', NULL), "
    "(33, 1, 0, 302, 'receive', 'waiting', 'waiting', 402), "
    "(33, 2, 0, 700, 'purge', 'closed', 'purged', NULL);";

/* What version 1 knew of what must never be lost; later columns are no matter of it. */
static const char *const known[] = {
	"SELECT number, area, queue, code, who, age, part_of_day, speak, workplace, inflow, state, "
	"received_at, promised_at, due_at, holder, closed_at, outcomes, attempts FROM cases ORDER BY 1",
	"SELECT case_number, queue, generation, sealed FROM case_keys ORDER BY 1, 2, 3",
	"SELECT number, case_number, kind, account, at, box FROM records ORDER BY 1",
	"SELECT case_number, step, account, at, act, from_state, to_state, due_at FROM events ORDER BY 1, 2",
	"SELECT queue, generation, public, recovery_sealed, created_at FROM queue_keys ORDER BY 1, 2",
	"SELECT account, queue, generation, sealed FROM memberships ORDER BY 1, 2, 3",
	"SELECT number, user, name, role, active, demonstration, public, locked, created_at "
	"FROM accounts ORDER BY 1",
	"SELECT code, area, channel, place, created_at, retired_at FROM codes ORDER BY 1",
	"SELECT code, day, count FROM visits ORDER BY 1, 2",
	"SELECT key, value FROM meta ORDER BY 1"
};

/* Every value of every row, byte by byte. */
static void
tell(struct place *place, const char *sql, struct buffer *told)
{
	sqlite3_stmt *statement;

	assert_int_equal(sqlite3_prepare_v2(place->store->db, sql, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(statement); i++) {
			buffer_format(told, "\n%d ", sqlite3_column_type(statement, i));
			buffer_add(told, sqlite3_column_blob(statement, i),
			    (size_t)sqlite3_column_bytes(statement, i));
		}
	}
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
}

static struct buffer
tell_all(struct place *place)
{
	struct buffer told = { 0 };

	for (size_t i = 0; i < COUNT_OF(known); i++)
		tell(place, known[i], &told);
	return told;
}

/* What the schema has forbidden since version 1, or since its rule was made wider. */
static const char *const forbidden[] = {
	"UPDATE events SET at = 1 WHERE case_number = 31 AND step = 2",
	"DELETE FROM events WHERE case_number = 33",
	"UPDATE events SET holder = 8",
	"DELETE FROM case_keys WHERE case_number = 31",
	"DELETE FROM case_keys WHERE case_number = 32",
	"DELETE FROM records WHERE number = 41",
	"UPDATE records SET box = x'00' WHERE number = 41",
	"DELETE FROM cases WHERE number = 31",
	"UPDATE cases SET due_at = NULL WHERE number = 31",
	"UPDATE cases SET holder = NULL WHERE number = 31",
	"UPDATE cases SET queue = 'unga' WHERE number = 31",
	"UPDATE cases SET promised_at = 1 WHERE number = 31",
	"UPDATE cases SET inflow = 'kaa' WHERE number = 31",
	"UPDATE cases SET state = 'purged', due_at = NULL, holder = NULL WHERE number = 31",
	"UPDATE cases SET state = 'closed' WHERE number = 33",
	"INSERT INTO events (case_number, step, account, at, act, from_state, to_state) "
	"VALUES (99, 1, 0, 1, 'receive', 'waiting', 'waiting')",
	"INSERT INTO memberships VALUES (7, 'kaa', 3, zeroblob(81))"
};

/* A version 1 database with a life behind it comes through every migration whole. */
static void
test_version_1_comes_through_whole(void **state)
{
	struct place *place = *state;
	sqlite3 *db = place->store->db;
	struct buffer before, after;

	ASSERT_DONE(place, store_migrate(place->store, store_scripts, 1, &place->error));
	assert_int_equal(sqlite3_exec(db, lived, NULL, NULL, NULL), SQLITE_OK);
	before = tell_all(place);
	for (size_t have = 2; have <= store_scripts_count; have++) {
		ASSERT_DONE(place, store_migrate(place->store, store_scripts, have, &place->error));
		after = tell_all(place);
		assert_int_equal(after.length, before.length);
		assert_memory_equal(after.data, before.data, before.length);
		buffer_free(&after);
	}
	buffer_free(&before);
	assert_int_equal(ask(place, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	assert_int_equal(ask(place, "SELECT count(*) FROM pragma_integrity_check "
	    "WHERE integrity_check <> 'ok'"), 0);
	assert_int_equal(sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL), SQLITE_OK);
	for (size_t i = 0; i < COUNT_OF(forbidden); i++) {
		if ((sqlite3_exec(db, forbidden[i], NULL, NULL, NULL) & 0xff) != SQLITE_CONSTRAINT)
			fail_msg("not refused: %s", forbidden[i]);
	}
	assert_int_equal(sqlite3_exec(db, "UPDATE cases SET state = 'purged' WHERE number = 32",
	    NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(ask(place, "SELECT (SELECT count(*) FROM case_keys WHERE case_number = 32) + "
	    "(SELECT count(*) FROM records WHERE case_number = 32)"), 0);
	assert_int_equal(ask(place, "SELECT count(*) FROM events WHERE case_number = 32"), 2);
}

/* Who ran an earlier state of version 4 has an empty table of that name. */
static void
test_an_earlier_table_of_absences_gives_way(void **state)
{
	struct place *place = *state;

	ASSERT_DONE(place, store_migrate(place->store, store_scripts, 7, &place->error));
	assert_int_equal(sqlite3_exec(place->store->db, "CREATE TABLE absences "
	    "(account INTEGER PRIMARY KEY, deputy INTEGER NOT NULL) STRICT; "
	    "CREATE INDEX absences_deputy ON absences (deputy)", NULL, NULL, NULL), SQLITE_OK);
	ASSERT_DONE(place, store_migrate(place->store, store_scripts, store_scripts_count,
	    &place->error));
	assert_int_equal(ask(place, "SELECT count(*) FROM pragma_table_info('absences') "
	    "WHERE name = 'from_day'"), 1);
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
		EMPTY(test_version_1_comes_through_whole),
		EMPTY(test_an_earlier_table_of_absences_gives_way),
		cmocka_unit_test(test_built_in_scripts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
