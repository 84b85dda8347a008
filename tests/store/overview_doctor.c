/* The doctor finds each breach, which the test makes with the guard switched off. */

#include "fixture.h"
#include "base/base.h"
#include "base/words.h"
#include "store/sqlite.h"
#include "store/store.h"

struct found {
	int count[BREACH_COUNT];
	int64_t number;
	char detail[256];
};

static int
note(enum breach breach, int64_t number, const char *detail, void *context)
{
	struct found *found = context;

	found->count[breach]++;
	found->number = number;
	(void)snprintf(found->detail, sizeof(found->detail), "%s", detail);
	return 0;
}

static struct found
examine(struct place *place)
{
	struct found found = { .number = -1 };

	ASSERT_DONE(place, store_doctor(place->store, note, &found, &place->error));
	return found;
}

/* With every rule of the schema switched off. */
static void
break_it(struct place *place, const char *sql)
{
	sqlite3 *db = place->store->db;

	(void)sqlite3_set_authorizer(db, NULL, NULL);
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	if (sqlite3_exec(db, "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;",
	    NULL, NULL, NULL) != SQLITE_OK || sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_exec(db, "PRAGMA ignore_check_constraints = OFF", NULL, NULL,
	    NULL), SQLITE_OK);
	guard_install(place->store);
}

static void
test_doctor_finds_nothing_in_a_whole_store(void **state)
{
	struct place *place = *state;
	struct found found;

	add_service(place);
	receive(place, 1, YOUTH, T0);
	receive(place, 2, KAA, T0);
	receive(place, 3, YOUTH, T0);
	move_case(place, 1, STATE_CLAIMED, ANNA, T0);
	move_case(place, 3, STATE_CLAIMED, ANNA, T0);
	move_case(place, 3, STATE_CLOSED, 0, T0);
	found = examine(place);
	for (int i = 0; i < BREACH_COUNT; i++)
		assert_int_equal(found.count[i], 0);
}

static void
test_doctor_finds_each_breach(void **state)
{
	static const struct {
		enum breach breach;
		int64_t number;
		const char *sql;
	} breaches[] = {
		{ BREACH_NO_DUE, 1, "UPDATE cases SET due_at = NULL WHERE number = 1" },
		{ BREACH_NO_DUE, 1, "UPDATE cases SET due_at = 0 WHERE number = 1" },
		{ BREACH_NO_READER, 2, "UPDATE accounts SET active = 0 WHERE user = 'anna'" },
		{ BREACH_NO_READER, 2,
		    "DELETE FROM memberships WHERE queue = 'kristinehamn-kaa'" },
		{ BREACH_NO_READER, 1, "DELETE FROM case_keys WHERE case_number = 1" },
		{ BREACH_NO_READER, 1, "UPDATE cases SET queue = 'karlstad-unga' WHERE number = 1" },
		{ BREACH_NO_RECORD, 1, "DELETE FROM records WHERE case_number = 1" },
		{ BREACH_NO_RECORD, 1, "UPDATE records SET kind = 2 WHERE case_number = 1" },
		{ BREACH_NO_EVENT, 2, "DELETE FROM events WHERE case_number = 2" },
		{ BREACH_NO_EVENT, 1, "UPDATE cases SET state = 'waiting' WHERE number = 1" },
		{ BREACH_HOLDER, 1, "DELETE FROM memberships WHERE account = 102" },
		{ BREACH_HOLDER, 1, "UPDATE accounts SET active = 0 WHERE user = 'bo'" },
		{ BREACH_NO_READER, 2, "INSERT INTO conflicts_of_interest SELECT 2, number FROM accounts" },
		{ BREACH_OFFER, 3, "INSERT INTO offers (case_number, queue, account, at, lapses_at, "
		    "stays, generation, sealed) VALUES (3, 'karlstad-unga', 101, 1, 2, 0, 1, "
		    "zeroblob(81))" },
		{ BREACH_KEY, 1,
		    "INSERT INTO case_keys VALUES (1, 'karlstad-unga', 1, zeroblob(81))" },
		{ BREACH_KEY, 1, "INSERT INTO case_keys VALUES (1, 'karlstad-unga', 1, zeroblob(81)); "
		    "INSERT INTO shares VALUES (1, 1, 'karlstad-unga', 101, 1, 1, 1, 2, 101)" },
		{ BREACH_SHARE, 1,
		    "INSERT INTO shares VALUES (1, 1, 'karlstad-unga', 101, 1, 1, 1, NULL, NULL)" },
		{ BREACH_INTEGRITY, 0, "UPDATE records SET case_number = 77 WHERE case_number = 1" },
		{ BREACH_INTEGRITY, 0, "UPDATE cases SET area = 'x' WHERE number = 1" },
	};
	struct place *place = *state;

	add_service(place);
	receive(place, 1, YOUTH, T0);
	move_case(place, 1, STATE_CLAIMED, BO, T0);
	receive(place, 2, KAA, T0);
	receive(place, 3, YOUTH, T0);
	move_case(place, 3, STATE_CLAIMED, ANNA, T0);
	move_case(place, 3, STATE_CLOSED, 0, T0);
	for (size_t i = 0; i < COUNT_OF(breaches); i++) {
		struct found found;

		break_it(place, "SAVEPOINT before");
		break_it(place, breaches[i].sql);
		found = examine(place);
		if (found.count[breaches[i].breach] == 0)
			fail_msg("not found: %s", breaches[i].sql);
		if (breaches[i].breach != BREACH_INTEGRITY && found.number != breaches[i].number &&
		    breaches[i].breach != BREACH_NO_EVENT)
			fail_msg("%s: case %d", breaches[i].sql, (int)found.number);
		break_it(place, "ROLLBACK TO before; RELEASE before");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_doctor_finds_nothing_in_a_whole_store),
		BOTH(test_doctor_finds_each_breach),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
