/* Reads the rows without the store, and compares them with the model. */
#include "base/base.h"
#include "look.h"

static const char *const texts[LOOK_COUNT] = {
	[LOOK_CASE] = "SELECT queue, state, due_at, holder, closed_at, attempts, promised_at, "
	    "received_at, coalesce(part_of_day_now, part_of_day), (SELECT count(*) FROM records WHERE case_number = cases.number), "
	    "(SELECT max(step) FROM events WHERE case_number = cases.number), "
	    "(SELECT group_concat(outcome, ' ') FROM case_outcomes WHERE case_number = cases.number) "
	    "FROM cases WHERE number = ?1",
	[LOOK_STAYING] = "SELECT (SELECT account FROM closings WHERE case_number = ?1), "
	    "(SELECT group_concat(outcome, ' ') FROM closing_outcomes WHERE case_number = ?1), "
	    "(SELECT count(*) FROM plans WHERE case_number = ?1), "
	    "(SELECT sum(at * (1 + coalesce(step, 0))) FROM plans WHERE case_number = ?1)",
	[LOOK_AMONG] = "SELECT (SELECT queue FROM offers WHERE case_number = ?1), "
	    "(SELECT account FROM offers WHERE case_number = ?1), "
	    "(SELECT lapses_at FROM offers WHERE case_number = ?1), "
	    "(SELECT generation * 2 + stays FROM offers WHERE case_number = ?1), "
	    "(SELECT group_concat(queue, ' ') FROM shares WHERE case_number = ?1 "
	    "AND withdrawn_at IS NULL), "
	    "(SELECT group_concat(account, ' ') FROM conflicts_of_interest WHERE case_number = ?1), "
	    "(SELECT count(*) FROM decline_reasons WHERE case_number = ?1)",
	[LOOK_KEYS] = "SELECT queue, generation FROM case_keys WHERE case_number = ?1",
	/* The accounts whose own key opens a chain of keys to the case's. */
	[LOOK_READERS] = "SELECT a.number FROM accounts a WHERE a.active = 1 AND EXISTS "
	    "(SELECT 1 FROM case_keys k JOIN memberships m ON m.account = a.number "
	    "AND m.queue = k.queue AND m.generation = k.generation WHERE k.case_number = ?1)",
	[LOOK_TRAIL] = "SELECT step, at, due_at, act, from_state, to_state, account, holder, of_step, "
	    "instead_of FROM events WHERE case_number = ?1 AND step >= ?2 ORDER BY step",
	[LOOK_MEMBERSHIPS] = "SELECT account, queue, generation FROM memberships",
	[LOOK_ACCOUNTS] = "SELECT number, active, role FROM accounts",
	[LOOK_ABSENCES] = "SELECT account, deputy, from_day, to_day FROM absences",
	[LOOK_QUEUES] = "SELECT queue, max(generation) FROM queue_keys GROUP BY queue",
	[LOOK_PURGED] = "SELECT (SELECT count(*) FROM case_keys WHERE case_number = ?1) + "
	    "(SELECT count(*) FROM records WHERE case_number = ?1), "
	    "(SELECT state FROM cases WHERE number = ?1)",
	[LOOK_COUNTS] = "SELECT count(due_at), count(*) FROM cases",
};

static sqlite3_stmt *looks[LOOK_COUNT];
static char difference[200];

sqlite3_stmt *
look_at(enum look look, int64_t number)
{
	if (looks[look] == NULL && sqlite3_prepare_v3(real.work.store->db, texts[look], -1,
	    SQLITE_PREPARE_PERSISTENT, &looks[look], NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(real.work.store->db));
	(void)sqlite3_reset(looks[look]);
	if (sqlite3_bind_parameter_count(looks[look]) > 0)
		(void)sqlite3_bind_int64(looks[look], 1, number);
	return looks[look];
}

bool
look_next(sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);

	if (result == SQLITE_ROW)
		return true;
	if (result != SQLITE_DONE)
		fail_msg("%s", sqlite3_errmsg(real.work.store->db));
	(void)sqlite3_reset(statement);
	return false;
}

void
look_forget(void)
{
	for (int i = 0; i < LOOK_COUNT; i++) {
		(void)sqlite3_finalize(looks[i]);
		looks[i] = NULL;
	}
}

const char *
look_text(sqlite3_stmt *statement, int column)
{
	const unsigned char *found = sqlite3_column_text(statement, column);

	return found == NULL ? "" : (const char *)found;
}

int
look_queue(const char *id)
{
	for (int q = 0; q < QUEUES; q++) {
		if (strcmp(model_config.queues[q].id, id) == 0)
			return q;
	}
	fail_msg("there is no queue %s", id);
	return NO_QUEUE;
}

int
look_account(int64_t number)
{
	for (int i = 1; i <= model->world.accounts; i++) {
		if (model->world.account[i].number == number)
			return i;
	}
	return number == 0 ? 0 : -1;
}

const char *
look_differs(const char *what, int64_t expected, int64_t found)
{
	if (expected == found)
		return NULL;
	(void)snprintf(difference, sizeof(difference), "%s is %lld, the model says %lld", what,
	    (long long)found, (long long)expected);
	return difference;
}

const char *
look_pairs(const struct pair *pairs, size_t count)
{
	const char *wrong = NULL;

	for (size_t i = 0; i < count && wrong == NULL; i++)
		wrong = look_differs(pairs[i].what, pairs[i].expected, pairs[i].found);
	return wrong;
}

static const char *
look_accounts(void)
{
	sqlite3_stmt *row = look_at(LOOK_ACCOUNTS, 0);
	const char *wrong = NULL;
	int count = 0;

	while (look_next(row)) {
		int place = look_account(sqlite3_column_int64(row, 0));

		if (wrong == NULL && place > 0)
			wrong = look_differs("active", model->world.account[place].active,
			    sqlite3_column_int(row, 1));
		count++;
	}
	return wrong != NULL ? wrong : look_differs("accounts", model->world.accounts, count);
}

static const char *
look_absences(void)
{
	sqlite3_stmt *row = look_at(LOOK_ABSENCES, 0);
	const char *wrong = NULL;
	int count = 0;

	for (int i = 1; i <= model->world.accounts; i++)
		count += model->world.account[i].away;
	while (look_next(row)) {
		const struct model_account *account =
		    &model->world.account[look_account(sqlite3_column_int64(row, 0))];
		const struct pair pairs[] = {
			{ "away", account->away, 1 },
			{ "deputy", account->deputy, look_account(sqlite3_column_int64(row, 1)) },
			{ "from_day", account->from_day, sqlite3_column_int(row, 2) },
			{ "to_day", account->to_day, sqlite3_column_int(row, 3) },
		};

		if (wrong == NULL)
			wrong = look_pairs(pairs, COUNT_OF(pairs));
		count--;
	}
	return wrong != NULL ? wrong : look_differs("absences that are missing", 0, count);
}

const char *
look_world(void)
{
	uint64_t keys[ACCOUNTS_MAX][QUEUES] = { 0 };
	sqlite3_stmt *row = look_at(LOOK_MEMBERSHIPS, 0);
	const char *wrong = NULL;

	while (look_next(row))
		keys[look_account(sqlite3_column_int64(row, 0))][look_queue(look_text(row, 1))] |=
		    BIT(sqlite3_column_int(row, 2));
	for (int i = 1; i <= model->world.accounts; i++) {
		for (int q = 0; q < QUEUES && wrong == NULL; q++)
			wrong = look_differs("mask of generations held",
			    (int64_t)model->world.account[i].keys[q], (int64_t)keys[i][q]);
	}
	row = look_at(LOOK_QUEUES, 0);
	while (look_next(row)) {
		if (wrong == NULL)
			wrong = look_differs("newest generation",
			    model->world.newest[look_queue(look_text(row, 0))],
			    sqlite3_column_int(row, 1));
	}
	if (wrong == NULL)
		wrong = look_absences();
	return wrong != NULL ? wrong : look_accounts();
}

const char *
look_purged(int64_t number)
{
	sqlite3_stmt *row = look_at(LOOK_PURGED, number);
	const char *wrong = NULL;

	if (!look_next(row) || sqlite3_column_int(row, 0) != 0)
		wrong = "purged, and sealed things of it remain";
	else if (strcmp(look_text(row, 1), "purged") != 0)
		wrong = "purged, and its state is not";
	(void)sqlite3_reset(row);
	return wrong;
}

void
look_counts(int64_t *open, int64_t *all)
{
	sqlite3_stmt *row = look_at(LOOK_COUNTS, 0);

	assert_true(look_next(row));
	*open = sqlite3_column_int64(row, 0);
	*all = sqlite3_column_int64(row, 1);
	(void)sqlite3_reset(row);
}
