/* The lock on keys, the settings of a connection, and what no verb may do. */

#include "fixture.h"
#include "base/base.h"
#include "base/words.h"
#include "store/sqlite.h"
#include "store/store.h"

static int
try(struct place *place, const char *sql)
{
	return sqlite3_exec(place->store->db, sql, NULL, NULL, NULL);
}

static void
test_dangerous_statements_are_denied(void **state)
{
	static const char *const denied[] = {
		"ATTACH ':memory:' AS other",
		"PRAGMA foreign_keys = OFF",
		"PRAGMA writable_schema = ON",
		"PRAGMA ignore_check_constraints = ON",
		"PRAGMA user_version",
		"DROP TRIGGER events_stay",
		"DROP TABLE events",
		"CREATE TABLE more (a)",
		"CREATE TEMP TABLE more (a)",
		"CREATE TEMP TRIGGER t AFTER INSERT ON cases BEGIN SELECT 1; END",
		"CREATE VIEW v AS SELECT 1",
		"ALTER TABLE cases ADD COLUMN more",
		"VACUUM",
		"VACUUM INTO '/tmp/store-stolen.db'",
		"SELECT load_extension('x')",
		"UPDATE sqlite_schema SET sql = ''",
		"INSERT INTO meta VALUES ('a', x'00')",
		"UPDATE accounts SET role = 'administrator'",
		"DELETE FROM sessions",
		"UPDATE queue_keys SET public = x'00'",
		"INSERT INTO memberships SELECT * FROM memberships",
		"UPDATE absences SET deputy = NULL",
		"INSERT INTO acts VALUES ('invent')",
		"DELETE FROM outcomes",
	};
	struct place *place = *state;

	add_service(place);
	for (size_t i = 0; i < COUNT_OF(denied); i++)
		if (try(place, denied[i]) == SQLITE_OK)
			fail_msg("not denied: %s", denied[i]);
	assert_int_equal(try(place, "PRAGMA integrity_check"), SQLITE_OK);
}

/* Unlocked, keys can be written; what is worse cannot. */
static void
test_unlocking_opens_keys_alone(void **state)
{
	struct place *place = *state;

	add_service(place);
	store_unlock_keys(place->store);
	assert_int_equal(try(place, "UPDATE accounts SET active = 1"), SQLITE_OK);
	assert_int_equal(try(place, "ATTACH ':memory:' AS other"), SQLITE_AUTH);
	store_lock_keys(place->store);
	assert_int_equal(try(place, "UPDATE accounts SET active = 1"), SQLITE_AUTH);
}

static void
test_locking_forgets_what_was_prepared(void **state)
{
	struct place *place = *state;

	add_service(place);
	assert_null(place->store->prepared[ACCOUNT_ADD].statement);
	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_meta_put(place->store, "a", "b", 1, &place->error));
	assert_non_null(place->store->prepared[META_PUT].statement);
	store_lock_keys(place->store);
	assert_null(place->store->prepared[META_PUT].statement);
}

static void
test_history_is_never_rewritten(void **state)
{
	static const char *const refused[] = {
		"UPDATE cases SET inflow = 'kaa'",
		"UPDATE cases SET received_at = received_at",
		"UPDATE cases SET area = '1780'",
		"UPDATE cases SET code = 'ABCDEF'",
		"UPDATE cases SET number = number + 1",
		"UPDATE cases SET promised_at = promised_at + 1",
		"UPDATE cases SET state = 'purged'",
		"DELETE FROM cases",
		"UPDATE events SET at = 0",
		"DELETE FROM events",
		"UPDATE records SET box = x'00'",
		"DELETE FROM records",
		"DELETE FROM case_keys",
	};
	struct place *place = *state;

	add_service(place);
	receive(place, 1, YOUTH, T0);
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		if (try(place, refused[i]) != SQLITE_CONSTRAINT_TRIGGER)
			fail_msg("%s: %s", refused[i], sqlite3_errmsg(place->store->db));
	move_case(place, 1, STATE_CLAIMED, ANNA, T0);
	move_case(place, 1, STATE_CLOSED, 0, T0);
	assert_int_equal(try(place, "DELETE FROM records"), SQLITE_CONSTRAINT_TRIGGER);
	ASSERT_DONE(place, purge_case(place, 1));
	assert_int_equal(try(place, "UPDATE cases SET state = 'closed'"),
	    SQLITE_CONSTRAINT_TRIGGER);
}

/* A misspelt pragma does nothing and says nothing, so each is read back. */
static void
test_connection_has_its_settings(void **state)
{
	static const struct {
		const char *name, *value;
	} settings[] = {
		{ "journal_mode", "wal" },
		{ "synchronous", "2" },
		{ "secure_delete", "1" },
		{ "foreign_keys", "1" },
		{ "trusted_schema", "0" },
		{ "cell_size_check", "1" },
		{ "temp_store", "2" },
		{ "cache_size", "-1024" },
		{ "mmap_size", "0" },
		{ "wal_autocheckpoint", "32000" },
		{ "application_id", "1701278317" },
	};
	struct place *place = *state;
	char sql[64];

	(void)sqlite3_set_authorizer(place->store->db, NULL, NULL);
	for (size_t i = 0; i < COUNT_OF(settings); i++) {
		sqlite3_stmt *statement;

		(void)snprintf(sql, sizeof(sql), "PRAGMA %s", settings[i].name);
		assert_int_equal(sqlite3_prepare_v2(place->store->db, sql, -1, &statement, NULL),
		    SQLITE_OK);
		assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
		if (strcmp((const char *)sqlite3_column_text(statement, 0), settings[i].value) != 0)
			fail_msg("%s is %s", sql, (const char *)sqlite3_column_text(statement, 0));
		(void)sqlite3_finalize(statement);
	}
	assert_int_equal(store_version_check(place->store, &store_schema, &place->error), 0);
}

/* SQLite's own "full" ends the whole transaction, parts and all. */
static void
test_full_disk_ends_the_transaction(void **state)
{
	struct place *place = *state;
	struct case_row row = waiting_case(1, YOUTH, T0);
	int result = 0;

	add_service(place);
	(void)sqlite3_set_authorizer(place->store->db, NULL, NULL);
	assert_int_equal(try(place, "PRAGMA max_page_count = 1"), SQLITE_OK);
	guard_install(place->store);
	ASSERT_DONE(place, store_begin(place->store, &place->error));
	for (; result == 0 && row.number < 2000; row.number++) {
		ASSERT_DONE(place, store_part_begin(place->store, &place->error));
		result = store_case_add(place->store, &row, &place->error);
		store_part_end(place->store, result == 0);
	}
	assert_int_equal(result, -1);
	assert_int_equal(place->error.kind, ERROR_UNAVAILABLE);
	if (sqlite3_get_autocommit(place->store->db)) {
		ASSERT_FAILS(place, ERROR_UNAVAILABLE,
		    store_part_begin(place->store, &place->error));
		assert_int_equal(store_commit(place->store, &place->error), -1);
	}
	store_rollback(place->store);
	assert_int_equal(store_case_get(place->store, 1, &row, &place->error), ABSENT);
}

/* Only a constraint that is judged at the end makes a commit fail and stay. */
static void
test_failed_commit_is_rolled_back(void **state)
{
	struct place *place = *state;
	struct record_row orphan = {
		.number = 1, .case_number = 77, .kind = 1, .box = (const unsigned char *)"b",
		.box_size = 1
	};

	ASSERT_DONE(place, store_begin(place->store, &place->error));
	(void)sqlite3_set_authorizer(place->store->db, NULL, NULL);
	assert_int_equal(try(place, "PRAGMA defer_foreign_keys = ON"), SQLITE_OK);
	guard_install(place->store);
	ASSERT_DONE(place, store_record_add(place->store, &orphan, &place->error));
	ASSERT_FAILS(place, ERROR_REFUSED, store_commit(place->store, &place->error));
	ASSERT_DONE(place, store_begin(place->store, &place->error));
	receive(place, 1, YOUTH, T0);
	ASSERT_DONE(place, store_commit(place->store, &place->error));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_dangerous_statements_are_denied),
		BOTH(test_unlocking_opens_keys_alone),
		BOTH(test_locking_forgets_what_was_prepared),
		BOTH(test_history_is_never_rewritten),
		ON_DISK(test_connection_has_its_settings),
		BOTH(test_full_disk_ends_the_transaction),
		BOTH(test_failed_commit_is_rolled_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
