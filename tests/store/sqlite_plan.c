/*
 * How statements walk: each prepares, and those that serve a page stay on
 * indexes however many closed cases there are.
 */

#include "fixture.h"
#include "base/base.h"
#include "base/words.h"
#include "store/handover.h"
#include "store/sqlite.h"
#include "store/store.h"

static const struct {
	const char *name, *text;
} statements[] = {
#define STATEMENT(name, text)	{ #name, text },
#include "store/sqlite_statements.def"
#undef STATEMENT
};

static void
test_every_statement_prepares(void **state)
{
	struct place *place = *state;

	store_unlock_keys(place->store);
	place->store->copying = true;
	for (size_t i = 0; i < COUNT_OF(statements); i++) {
		sqlite3_stmt *statement;

		if (sqlite3_prepare_v2(place->store->db, statements[i].text, -1, &statement, NULL)
		    != SQLITE_OK)
			fail_msg("%s: %s", statements[i].name, sqlite3_errmsg(place->store->db));
		(void)sqlite3_finalize(statement);
	}
}

/* What the planner says, a line each. */
static void
plan(struct place *place, enum statement name, char *text, size_t size)
{
	sqlite3_stmt *statement;
	static char sql[16384];
	size_t used = 0;

	(void)snprintf(sql, sizeof(sql), "EXPLAIN QUERY PLAN %s", statements[name].text);
	assert_int_equal(sqlite3_prepare_v2(place->store->db, sql, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW && used < size)
		used += (size_t)snprintf(text + used, size - used, "%s\n",
		    (const char *)sqlite3_column_text(statement, 3));
	(void)sqlite3_finalize(statement);
}

static void
test_pages_stay_on_indexes(void **state)
{
	static const enum statement pages[] = {
		LIST_QUEUES, LIST_ARRIVED, LIST_HELD, LIST_HELD_ARRIVED, LIST_COUNT, REACH_OPEN, REACH_CLOSED,
		LIST_COLLEAGUES, LIST_CLOSED, EVENT_OWN, CONFLICT_LATEST, SECTION_DECLINES, OFFER_EACH_ENDED, SECTION_OFFERS, SECTION_CLOSINGS, SECTION_REMINDERS, SECTION_SHARES, CASE_CAUSE, CASE_GET, CASE_CHANGE, CASE_KEY_GET,
		RECORD_EACH, EVENT_EACH, EVENT_ADD, QUEUE_KEY_GET, MEMBERSHIP_GET,
		ACCOUNT_BY_USER, SESSION_GET, SESSION_SEEN, CODE_GET
	};
	struct place *place = *state;
	char text[4096];

	store_unlock_keys(place->store);
	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		text[0] = '\0';
		plan(place, pages[i], text, sizeof(text));
		if (strstr(text, "SCAN cases") != NULL || strstr(text, "SCAN records") != NULL ||
		    strstr(text, "SCAN events") != NULL || strstr(text, "SCAN case_keys") != NULL ||
		    strstr(text, "SCAN accounts") != NULL || strstr(text, "SCAN offers_ended") != NULL ||
		    strstr(text, "SCAN sessions") != NULL || strstr(text, "AUTOMATIC") != NULL)
			fail_msg("%s:\n%s", statements[pages[i]].name, text);
	}
	plan(place, LIST_QUEUES, text, sizeof(text));
	assert_non_null(strstr(text, "SEARCH cases USING INDEX cases_open "
	    "(queue=? AND due_at=? AND rowid>?)"));
	assert_non_null(strstr(text, "SEARCH cases USING INDEX cases_open "
	    "(queue=? AND due_at>? AND due_at<?)"));
	plan(place, LIST_ARRIVED, text, sizeof(text));
	assert_non_null(strstr(text, "USING INDEX cases_open (queue=? AND due_at>? AND due_at<?)"));
	plan(place, LIST_COUNT, text, sizeof(text));
	assert_null(strstr(text, "USING INDEX cases_open"));
	plan(place, LIST_HELD, text, sizeof(text));
	/* Of each whom the account stands in for no more than a page. */
	assert_non_null(strstr(text, "USING INDEX cases_held (holder=? AND"));
}

/* Cases that are already closed, in bulk. */
static void
add_closed(struct place *place, int64_t from, int64_t count)
{
	struct case_row row = waiting_case(from, YOUTH, T0);

	row.state = STATE_CLOSED;
	row.due_at = 0;
	row.closed_at = T0;
	ASSERT_DONE(place, store_begin(place->store, &place->error));
	for (; row.number < from + count; row.number++)
		ASSERT_DONE(place, store_case_add(place->store, &row, &place->error));
	ASSERT_DONE(place, store_commit(place->store, &place->error));
}

static int
pass(const struct case_row *row, void *context)
{
	(void)row;
	++*(int *)context;
	return 0;
}

/* In steps of the database's own machine, which no other load disturbs. */
static int
steps(struct place *place, enum statement name, int64_t after, int expected)
{
	const struct case_filter filter = {
		.account = ANNA, .mine = name == LIST_HELD, .limit = 50,
		.after_key = after == 0 ? 0 : T0, .after_number = after
	};
	struct queue_counts counts;
	sqlite3_stmt *statement;
	int rows = 0;

	if (name == LIST_COUNT)
		ASSERT_DONE(place, store_queue_count(place->store, ANNA, T0, T0 + DAY, &counts,
		    &place->error));
	else
		ASSERT_DONE(place, store_queue_page(place->store, &filter, pass, &rows,
		    &place->error));
	assert_int_equal(rows, expected);
	statement = place->store->prepared[name].statement;
	return sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
}

static void
test_cases_elsewhere_cost_nothing(void **state)
{
	struct place *place = *state;
	int page, mine, counts;

	add_service(place);
	for (int64_t i = 1; i <= STORE_COUNT_MAX; i++)
		receive(place, i, i % 2 == 0 ? YOUTH : KAA, T0 + i % 7);
	for (int64_t i = 1; i <= 20; i++)
		move_case(place, i, STATE_CLAIMED, ANNA, T0);
	page = steps(place, LIST_QUEUES, 0, 50);
	mine = steps(place, LIST_HELD, 0, 20);
	counts = steps(place, LIST_COUNT, 0, 0);
	add_closed(place, 1000000, 100000);
	assert_int_equal(steps(place, LIST_QUEUES, 0, 50), page);
	assert_int_equal(steps(place, LIST_HELD, 0, 20), mine);
	assert_int_equal(steps(place, LIST_COUNT, 0, 0), counts);
}

/* A flood of open cases: the page costs what it did, the count has an end. */
static void
test_open_cases_cost_little(void **state)
{
	struct place *place = *state;
	struct queue_counts counts;
	int page, later;

	add_service(place);
	ASSERT_DONE(place, store_begin(place->store, &place->error));
	for (int64_t i = 1; i <= 200; i++)
		receive(place, i, YOUTH, T0);
	page = steps(place, LIST_QUEUES, 0, 50);
	later = steps(place, LIST_QUEUES, 100, 50);
	for (int64_t i = 201; i <= 20000; i++)
		receive(place, i, YOUTH, T0);
	ASSERT_DONE(place, store_commit(place->store, &place->error));
	assert_int_equal(steps(place, LIST_QUEUES, 0, 50), page);
	assert_int_equal(steps(place, LIST_QUEUES, 15000, 50), later);
	ASSERT_DONE(place, store_queue_count(place->store, ANNA, T0, T0 + DAY, &counts,
	    &place->error));
	assert_int_equal(counts.open, STORE_COUNT_MAX);
	assert_int_equal(counts.today, STORE_COUNT_MAX);
	assert_int_equal(counts.overdue, 0);
	/* One that is not counted leaves enough to count. */
	ASSERT_DONE(place, store_conflict_add(place->store, 5, ANNA, &place->error));
	ASSERT_DONE(place, store_queue_count(place->store, ANNA, T0, T0 + DAY, &counts,
	    &place->error));
	assert_int_equal(counts.open, STORE_COUNT_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(test_every_statement_prepares),
		IN_MEMORY(test_pages_stay_on_indexes),
		IN_MEMORY(test_cases_elsewhere_cost_nothing),
		IN_MEMORY(test_open_cases_cost_little),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
