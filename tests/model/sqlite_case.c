/* Compares the rows of one case with the model. */
#include <stdlib.h>

#include "base/base.h"
#include "base/words.h"
#include "look.h"

/* Reads words with spaces between them. */
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

	if (!look_next(row))
		return "there is no such row";
	const struct pair pairs[] = {
		{ "queue", c->queue, look_queue(look_text(row, 0)) },
		{ "state", c->state, word_value(&words_state, look_text(row, 1)) },
		{ "due_at", c->due_at, sqlite3_column_int64(row, 2) },
		{ "holder", c->holder, look_account(sqlite3_column_int64(row, 3)) },
		{ "closed_at", c->closed_at, sqlite3_column_int64(row, 4) },
		{ "attempts", c->attempts, sqlite3_column_int(row, 5) },
		{ "promised_at", c->promised_at, sqlite3_column_int64(row, 6) },
		{ "received_at", c->received_at, sqlite3_column_int64(row, 7) },
		{ "part_of_day", c->window, word_value(&words_window, look_text(row, 8)) },
		{ "records", c->records, sqlite3_column_int(row, 9) },
		{ "steps", c->count, sqlite3_column_int(row, 10) },
		{ "mask of outcomes", c->outcomes, outcomes_of(look_text(row, 11)) },
	};

	(void)sqlite3_reset(row);
	return look_pairs(pairs, COUNT_OF(pairs));
}

/* The proposed closing, and the planned contacts with the steps that made them. */
static const char *
look_staying(const struct model_case *c)
{
	sqlite3_stmt *row = look_at(LOOK_STAYING, c->number);
	int64_t sum = 0;

	if (!look_next(row))
		return "nothing is said of it";
	for (int i = 0; i < c->plans; i++)
		sum += c->plan[i].at * (1 + c->plan[i].step);
	const struct pair pairs[] = {
		{ "who asks to close", c->closing_by, look_account(sqlite3_column_int64(row, 0)) },
		{ "mask of outcomes asked for", c->closing_outcomes, outcomes_of(look_text(row, 1)) },
		{ "planned contacts", c->plans, sqlite3_column_int(row, 2) },
		{ "sum of planned contacts", sum, sqlite3_column_int64(row, 3) },
	};

	(void)sqlite3_reset(row);
	return look_pairs(pairs, COUNT_OF(pairs));
}

/* Reads numbers with spaces between them, as a mask of places. */
static int64_t
accounts_of(const char *numbers)
{
	int64_t mask = 0;
	char *end;

	for (; *numbers != '\0'; numbers = end)
		mask |= (int64_t)BIT(look_account(strtoll(numbers, &end, 10)));
	return mask;
}

static int64_t
queues_of(const char *ids)
{
	int64_t mask = 0;

	for (int q = 0; q < QUEUES; q++) {
		if (strstr(ids, model_config.queues[q].id) != NULL)
			mask |= (int64_t)BIT(q);
	}
	return mask;
}

/* The offer, the queues that take part, the conflicts of interest. */
static const char *
look_among(const struct model_case *c)
{
	sqlite3_stmt *row = look_at(LOOK_AMONG, c->number);
	const struct model_offer *offer = &c->offer;
	int64_t shared = 0;

	if (!look_next(row))
		return "nothing is said of it";
	for (int q = 0; q < QUEUES; q++)
		shared |= c->shared[q] ? (int64_t)BIT(q) : 0;
	const struct pair pairs[] = {
		{ "offered", offer->made, look_text(row, 0)[0] != '\0' },
		{ "mask of the queue offered to", offer->made ? (int64_t)BIT(offer->queue) : 0,
		    queues_of(look_text(row, 0)) },
		{ "who offers it", offer->account, look_account(sqlite3_column_int64(row, 1)) },
		{ "lapses_at", offer->lapses_at, sqlite3_column_int64(row, 2) },
		{ "generation and stays", offer->generation * 2 + offer->stays,
		    sqlite3_column_int(row, 3) },
		{ "mask of those who take part", shared, queues_of(look_text(row, 4)) },
		{ "mask of those who keep away", (int64_t)c->recused, accounts_of(look_text(row, 5)) },
		{ "reasons", c->reasons, sqlite3_column_int(row, 6) },
	};

	(void)sqlite3_reset(row);
	return look_pairs(pairs, COUNT_OF(pairs));
}

static const char *
look_keys(const struct model_case *c)
{
	sqlite3_stmt *row = look_at(LOOK_KEYS, c->number);
	uint64_t keys[QUEUES] = { 0 };
	const char *wrong = NULL;

	while (look_next(row))
		keys[look_queue(look_text(row, 0))] |= BIT(sqlite3_column_int(row, 1));
	for (int q = 0; q < QUEUES && wrong == NULL; q++)
		wrong = look_differs("mask of generations", (int64_t)c->keys[q], (int64_t)keys[q]);
	return wrong;
}

/* The accounts that can open the case by the rows; there must be one. */
static const char *
look_readers(const struct model_case *c)
{
	sqlite3_stmt *row = look_at(LOOK_READERS, c->number);
	uint64_t readers = 0;

	while (look_next(row))
		readers |= BIT(look_account(sqlite3_column_int64(row, 0)));
	if (rules_open(c) && readers == 0)
		return "nobody who is active has a way to it";
	return look_differs("mask of those with a way to it", (int64_t)access_keys(c),
	    (int64_t)readers);
}

static const char *
look_step(const struct model_step *step, sqlite3_stmt *row)
{
	const struct pair pairs[] = {
		{ "step's at", step->at, sqlite3_column_int64(row, 1) },
		{ "step's due_at", step->due_at, sqlite3_column_int64(row, 2) },
		{ "step's act", step->act, word_value(&words_act, look_text(row, 3)) },
		{ "step's from", step->from, word_value(&words_state, look_text(row, 4)) },
		{ "step's to", step->to, word_value(&words_state, look_text(row, 5)) },
		{ "step's account", step->account, look_account(sqlite3_column_int64(row, 6)) },
		{ "step's holder", step->holder, look_account(sqlite3_column_int64(row, 7)) },
		{ "step's of_step", step->of_step, sqlite3_column_int(row, 8) },
		{ "step's instead_of", step->instead_of, look_account(sqlite3_column_int64(row, 9)) },
	};

	return look_pairs(pairs, COUNT_OF(pairs));
}

/* The last steps; now and then, and at the end, the whole trail. */
static const char *
look_trail(const struct model_case *c)
{
	int first = rules_open(c) && !chance(1, 16) ? c->count : 1;
	sqlite3_stmt *row = look_at(LOOK_TRAIL, c->number);
	const char *wrong = NULL;

	(void)sqlite3_bind_int(row, 2, first);
	for (int i = first - 1; look_next(row); i++) {
		if (wrong == NULL)
			wrong = i >= c->count ? "there is a step more" :
			    look_step(&c->trail[i], row);
	}
	return wrong;
}

/* The invariant of the service, apart from the model. */
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
	if (c->holder != 0 && (c->recused & BIT(c->holder)) != 0)
		return "held by somebody who knows the person";
	if (rules_open(c) && access_able(c) == 0)
		return "nobody in its queue can open it";
	return NULL;
}

const char *
look_case(int place)
{
	const struct model_case *c = &model->at[place];
	static const char *(*const looks_at[])(const struct model_case *) = {
		look_invariant, look_row, look_staying, look_among, look_keys, look_trail, look_readers
	};
	const char *wrong = NULL;

	for (size_t i = 0; c->number != 0 && i < COUNT_OF(looks_at) && wrong == NULL; i++)
		wrong = looks_at[i](c);
	return wrong;
}
