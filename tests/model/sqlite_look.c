/* The rows themselves, read past the store, against the model. */
#include "model.h"
#include "store/sqlite.h"

enum look {
	LOOK_CASE, LOOK_KEYS, LOOK_STAYING, LOOK_READERS, LOOK_TRAIL, LOOK_MEMBERSHIPS, LOOK_ACCOUNTS,
	LOOK_QUEUES, LOOK_PURGED, LOOK_COUNTS, LOOK_NEWEST, LOOK_COUNT
};

static const char *const texts[LOOK_COUNT] = {
	[LOOK_CASE] = "SELECT queue, state, due_at, holder, closed_at, attempts, promised_at, "
	    "received_at, part_of_day, (SELECT count(*) FROM records WHERE case_number = cases.number), "
	    "(SELECT max(step) FROM events WHERE case_number = cases.number), "
	    "outcomes FROM cases WHERE number = ?1",
	[LOOK_STAYING] = "SELECT (SELECT account FROM closings WHERE case_number = ?1), "
	    "(SELECT outcomes FROM closings WHERE case_number = ?1), "
	    "(SELECT count(*) FROM plans WHERE case_number = ?1), "
	    "(SELECT sum(at * (1 + coalesce(step, 0))) FROM plans WHERE case_number = ?1)",
	[LOOK_KEYS] = "SELECT queue, generation FROM case_keys WHERE case_number = ?1",
	/* Whoever has a way from a key of an account's own to the case's. */
	[LOOK_READERS] = "SELECT a.number FROM accounts a WHERE a.active = 1 AND EXISTS "
	    "(SELECT 1 FROM case_keys k JOIN memberships m ON m.account = a.number "
	    "AND m.queue = k.queue AND m.generation = k.generation WHERE k.case_number = ?1)",
	[LOOK_TRAIL] = "SELECT step, at, due_at, act, from_state, to_state, account, holder, of_step "
	    "FROM events WHERE case_number = ?1 AND step >= ?2 ORDER BY step",
	[LOOK_MEMBERSHIPS] = "SELECT account, queue, generation FROM memberships",
	[LOOK_ACCOUNTS] = "SELECT number, active, role FROM accounts",
	[LOOK_QUEUES] = "SELECT queue, max(generation) FROM queue_keys GROUP BY queue",
	[LOOK_PURGED] = "SELECT (SELECT count(*) FROM case_keys WHERE case_number = ?1) + "
	    "(SELECT count(*) FROM records WHERE case_number = ?1), "
	    "(SELECT state FROM cases WHERE number = ?1)",
	[LOOK_COUNTS] = "SELECT count(due_at), count(*) FROM cases",
	[LOOK_NEWEST] = "SELECT max(number) FROM cases",
};

static sqlite3_stmt *looks[LOOK_COUNT];
static char difference[200];

static sqlite3_stmt *
look_at(enum look look, int64_t number)
{
	if (looks[look] == NULL && sqlite3_prepare_v3(real.store->db, texts[look], -1,
	    SQLITE_PREPARE_PERSISTENT, &looks[look], NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(real.store->db));
	(void)sqlite3_reset(looks[look]);
	if (sqlite3_bind_parameter_count(looks[look]) > 0)
		(void)sqlite3_bind_int64(looks[look], 1, number);
	return looks[look];
}

static bool
next(sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);

	if (result == SQLITE_ROW)
		return true;
	if (result != SQLITE_DONE)
		fail_msg("%s", sqlite3_errmsg(real.store->db));
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

static const char *
text(sqlite3_stmt *statement, int column)
{
	const unsigned char *found = sqlite3_column_text(statement, column);

	return found == NULL ? "" : (const char *)found;
}

static int
queue_place(const char *id)
{
	for (int q = 0; q < QUEUES; q++) {
		if (strcmp(model_config.queues[q].id, id) == 0)
			return q;
	}
	fail_msg("there is no queue %s", id);
	return NO_QUEUE;
}

static int
account_place(int64_t number)
{
	for (int i = 1; i <= model->world.accounts; i++) {
		if (model->world.account[i].number == number)
			return i;
	}
	return number == 0 ? 0 : -1;
}

static const char *
differs(const char *what, int64_t expected, int64_t found)
{
	if (expected == found)
		return NULL;
	(void)snprintf(difference, sizeof(difference), "%s is %lld, the model says %lld", what,
	    (long long)found, (long long)expected);
	return difference;
}

struct pair {
	const char *what;
	int64_t expected, found;
};

static const char *
first_difference(const struct pair *pairs, size_t count)
{
	const char *wrong = NULL;

	for (size_t i = 0; i < count && wrong == NULL; i++)
		wrong = differs(pairs[i].what, pairs[i].expected, pairs[i].found);
	return wrong;
}

/* Words with a space between. */
static int64_t
outcomes_of(const char *words)
{
	int64_t mask = 0;

	while (*words != '\0') {
		char word[32] = "";
		size_t length = strcspn(words, " ");

		memcpy(word, words, length < sizeof(word) ? length : 0);
		mask |= (int64_t)BIT(word_value(&words_outcome, word));
		words += length;
		words += strspn(words, " ");
	}
	return mask;
}

static const char *
look_row(const struct model_case *c)
{
	sqlite3_stmt *row = look_at(LOOK_CASE, c->number);

	if (!next(row))
		return "there is no such row";
	const struct pair pairs[] = {
		{ "queue", c->queue, queue_place(text(row, 0)) },
		{ "state", c->state, word_value(&words_state, text(row, 1)) },
		{ "due_at", c->due_at, sqlite3_column_int64(row, 2) },
		{ "holder", c->holder, account_place(sqlite3_column_int64(row, 3)) },
		{ "closed_at", c->closed_at, sqlite3_column_int64(row, 4) },
		{ "attempts", c->attempts, sqlite3_column_int(row, 5) },
		{ "promised_at", c->promised_at, sqlite3_column_int64(row, 6) },
		{ "received_at", c->received_at, sqlite3_column_int64(row, 7) },
		{ "part_of_day", c->window, word_value(&words_window, text(row, 8)) },
		{ "records", c->records, sqlite3_column_int(row, 9) },
		{ "steps", c->count, sqlite3_column_int(row, 10) },
		{ "mask of outcomes", c->outcomes, outcomes_of(text(row, 11)) },
	};

	(void)sqlite3_reset(row);
	return first_difference(pairs, COUNT_OF(pairs));
}

/* The closing that is asked for, and planned contacts with the steps that made them. */
static const char *
look_staying(const struct model_case *c)
{
	sqlite3_stmt *row = look_at(LOOK_STAYING, c->number);
	int64_t sum = 0;

	if (!next(row))
		return "nothing is said of it";
	for (int i = 0; i < c->plans; i++)
		sum += c->plan[i].at * (1 + c->plan[i].step);
	const struct pair pairs[] = {
		{ "who asks to close", c->closing_by, account_place(sqlite3_column_int64(row, 0)) },
		{ "mask of outcomes asked for", c->closing_outcomes, outcomes_of(text(row, 1)) },
		{ "planned contacts", c->plans, sqlite3_column_int(row, 2) },
		{ "sum of planned contacts", sum, sqlite3_column_int64(row, 3) },
	};

	(void)sqlite3_reset(row);
	return first_difference(pairs, COUNT_OF(pairs));
}

static const char *
look_keys(const struct model_case *c)
{
	sqlite3_stmt *row = look_at(LOOK_KEYS, c->number);
	uint64_t keys[QUEUES] = { 0 };
	const char *wrong = NULL;

	while (next(row))
		keys[queue_place(text(row, 0))] |= BIT(sqlite3_column_int(row, 1));
	for (int q = 0; q < QUEUES && wrong == NULL; q++)
		wrong = differs("mask of generations", (int64_t)c->keys[q], (int64_t)keys[q]);
	return wrong;
}

/* By the rows: who has a way to it; and that somebody has. */
static const char *
look_readers(const struct model_case *c)
{
	sqlite3_stmt *row = look_at(LOOK_READERS, c->number);
	uint64_t readers = 0;

	while (next(row))
		readers |= BIT(account_place(sqlite3_column_int64(row, 0)));
	if (rules_open(c) && readers == 0)
		return "nobody who is active has a way to it";
	return differs("mask of those with a way to it", (int64_t)access_keys(c),
	    (int64_t)readers);
}

static const char *
look_step(const struct model_step *step, sqlite3_stmt *row)
{
	const struct pair pairs[] = {
		{ "step's at", step->at, sqlite3_column_int64(row, 1) },
		{ "step's due_at", step->due_at, sqlite3_column_int64(row, 2) },
		{ "step's act", step->act, word_value(&words_act, text(row, 3)) },
		{ "step's from", step->from, word_value(&words_state, text(row, 4)) },
		{ "step's to", step->to, word_value(&words_state, text(row, 5)) },
		{ "step's account", step->account, account_place(sqlite3_column_int64(row, 6)) },
		{ "step's holder", step->holder, account_place(sqlite3_column_int64(row, 7)) },
		{ "step's of_step", step->of_step, sqlite3_column_int(row, 8) },
	};

	return first_difference(pairs, COUNT_OF(pairs));
}

/* The last steps, the whole trail now and then and at the end. */
static const char *
look_trail(const struct model_case *c)
{
	int first = rules_open(c) && !chance(1, 16) ? c->count : 1;
	sqlite3_stmt *row = look_at(LOOK_TRAIL, c->number);
	const char *wrong = NULL;

	(void)sqlite3_bind_int(row, 2, first);
	for (int i = first - 1; next(row); i++) {
		if (wrong == NULL)
			wrong = i >= c->count ? "there is a step more" :
			    look_step(&c->trail[i], row);
	}
	return wrong;
}

/* The invariant, whatever the model says. */
static const char *
look_invariant(const struct model_case *c)
{
	if (rules_open(c) != (c->due_at > 0))
		return "open without a due time, or due without being open";
	if ((c->state == STATE_WAITING || !rules_open(c)) != (c->holder == 0))
		return "held by nobody, or by somebody who does not work on it";
	if (c->holder != 0 && !access_member(c, c->holder))
		return "held by somebody who is no member of its queue";
	if (c->holder != 0 && !model->world.account[c->holder].active)
		return "held by somebody who has left";
	if (rules_open(c) && (access_keys(c) & access_readers(c->queue)) == 0)
		return "nobody in its queue can open it";
	return NULL;
}

const char *
look_case(int place)
{
	const struct model_case *c = &model->at[place];
	static const char *(*const looks_at[])(const struct model_case *) = {
		look_invariant, look_row, look_staying, look_keys, look_trail, look_readers
	};
	const char *wrong = NULL;

	for (size_t i = 0; c->number != 0 && i < COUNT_OF(looks_at) && wrong == NULL; i++)
		wrong = looks_at[i](c);
	return wrong;
}

static const char *
look_accounts(void)
{
	sqlite3_stmt *row = look_at(LOOK_ACCOUNTS, 0);
	const char *wrong = NULL;
	int count = 0;

	while (next(row)) {
		int place = account_place(sqlite3_column_int64(row, 0));

		if (wrong == NULL && place > 0)
			wrong = differs("active", model->world.account[place].active,
			    sqlite3_column_int(row, 1));
		count++;
	}
	return wrong != NULL ? wrong : differs("accounts", model->world.accounts, count);
}

const char *
look_world(void)
{
	uint64_t keys[ACCOUNTS_MOST][QUEUES] = { 0 };
	sqlite3_stmt *row = look_at(LOOK_MEMBERSHIPS, 0);
	const char *wrong = NULL;

	while (next(row))
		keys[account_place(sqlite3_column_int64(row, 0))][queue_place(text(row, 1))] |=
		    BIT(sqlite3_column_int(row, 2));
	for (int i = 1; i <= model->world.accounts; i++) {
		for (int q = 0; q < QUEUES && wrong == NULL; q++)
			wrong = differs("mask of generations held",
			    (int64_t)model->world.account[i].keys[q], (int64_t)keys[i][q]);
	}
	row = look_at(LOOK_QUEUES, 0);
	while (next(row)) {
		if (wrong == NULL)
			wrong = differs("newest generation",
			    model->world.newest[queue_place(text(row, 0))],
			    sqlite3_column_int(row, 1));
	}
	return wrong != NULL ? wrong : look_accounts();
}

const char *
look_purged(int64_t number)
{
	sqlite3_stmt *row = look_at(LOOK_PURGED, number);
	const char *wrong = NULL;

	if (!next(row) || sqlite3_column_int(row, 0) != 0)
		wrong = "purged, and sealed things of it remain";
	else if (strcmp(text(row, 1), "purged") != 0)
		wrong = "purged, and its state is not";
	(void)sqlite3_reset(row);
	return wrong;
}

void
look_counts(int64_t *open, int64_t *all)
{
	sqlite3_stmt *row = look_at(LOOK_COUNTS, 0);

	assert_true(next(row));
	*open = sqlite3_column_int64(row, 0);
	*all = sqlite3_column_int64(row, 1);
	(void)sqlite3_reset(row);
}

int64_t
look_newest(void)
{
	sqlite3_stmt *row = look_at(LOOK_NEWEST, 0);
	int64_t number;

	assert_true(next(row));
	number = sqlite3_column_int64(row, 0);
	(void)sqlite3_reset(row);
	return number;
}
