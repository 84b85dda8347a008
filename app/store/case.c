/* Cases, their outcomes, events, records and sealed data keys. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "store/sqlite.h"
#include "store/store.h"

int
outcomes_put(struct store *store, enum statement add, int64_t number, unsigned outcomes,
    struct error *error)
{
	for (int i = 0; i < OUTCOME_COUNT; i++) {
		struct query query;

		if ((outcomes & 1u << i) == 0)
			continue;
		query = query_start(store, add, error);
		put_number(&query, number);
		put_word(&query, &words_outcome, i);
		if (query_run(&query) == -1)
			return -1;
	}
	return 0;
}

int
outcomes_clear(struct store *store, enum statement clear, int64_t number, struct error *error)
{
	struct query query = query_start(store, clear, error);

	put_number(&query, number);
	return query_run(&query);
}

unsigned
outcomes_take(struct query *query)
{
	char text[OUTCOMES_SIZE];
	unsigned outcomes = 0;
	char *rest;

	take_text(query, text, sizeof(text));
	for (char *word = strtok_r(text, " ", &rest); word != NULL;
	    word = strtok_r(NULL, " ", &rest)) {
		int value = word_value(&words_outcome, word);

		if (value != -1)
			outcomes |= 1u << value;
	}
	return outcomes;
}

int
store_case_add(struct store *store, const struct case_row *row, struct error *error)
{
	struct query query = query_start(store, CASE_ADD, error);

	put_number(&query, row->number);
	put_text(&query, row->area);
	put_text(&query, row->queue);
	put_text_or_null(&query, row->code);
#define PUT(set, member, column)	put_word(&query, &words_##set, (int)row->member);
	CASE_CHOICES(PUT)
#undef PUT
	put_word(&query, &words_state, (int)row->state);
	put_number(&query, row->received_at);
	put_number(&query, row->promised_at);
	put_number_or_null(&query, row->due_at);
	put_number_or_null(&query, row->holder);
	put_number_or_null(&query, row->closed_at);
	put_number(&query, row->attempts);
	if (query_run(&query) == -1)
		return -1;
	return outcomes_put(store, CASE_OUTCOME_ADD, row->number, row->outcomes, error);
}

void
case_take(struct query *query, struct case_row *row)
{
	row->number = take_number(query);
	take_text(query, row->area, sizeof(row->area));
	take_text(query, row->queue, sizeof(row->queue));
	take_text(query, row->code, sizeof(row->code));
#define TAKE(set, member, column)	row->member = (enum set)take_word(query, &words_##set);
	CASE_CHOICES(TAKE)
#undef TAKE
	row->state = (enum state)take_word(query, &words_state);
	row->received_at = take_number(query);
	row->promised_at = take_number(query);
	row->due_at = take_number(query);
	row->holder = take_number(query);
	row->closed_at = take_number(query);
	row->attempts = take_small(query);
	row->first = (struct case_first){ row->age, row->when, row->speak };
#define TAKE_NOW(set, member, now) do {					\
	int value = take_word(query, &words_##set);			\
	if ((size_t)value < words_##set.count)				\
		row->member = (enum set)value;				\
} while (0);
	CORRECTED_CHOICES(TAKE_NOW)
#undef TAKE_NOW
	row->outcomes = outcomes_take(query);
}

int
query_cases(struct query *query, case_fn give, void *context)
{
	struct case_row row;

	while (query_next(query)) {
		case_take(query, &row);
		if (query->failed || give(&row, context) != 0)
			break;
	}
	return query_end(query);
}

enum answer
store_case_get(struct store *store, int64_t number, struct case_row *row, struct error *error)
{
	struct query query = query_start(store, CASE_GET, error);
	bool found;

	put_number(&query, number);
	found = query_next(&query);
	if (found)
		case_take(&query, row);
	return query_answer(&query, found);
}

int
store_case_change(struct store *store, const struct case_row *row, struct error *error)
{
	struct query query = query_start(store, CASE_CHANGE, error);

	put_number(&query, row->number);
	put_text(&query, row->queue);
	put_word(&query, &words_state, (int)row->state);
	put_number_or_null(&query, row->due_at);
	put_number_or_null(&query, row->holder);
	put_number_or_null(&query, row->closed_at);
	put_number(&query, row->attempts);
	if (query_change(&query) == -1 ||
	    outcomes_clear(store, CASE_OUTCOMES_CLEAR, row->number, error) == -1)
		return -1;
	return outcomes_put(store, CASE_OUTCOME_ADD, row->number, row->outcomes, error);
}

int
store_case_correct(struct store *store, const struct case_row *row, struct error *error)
{
	struct query query = query_start(store, CASE_CORRECT, error);

	put_number(&query, row->number);
#define PUT_NOW(set, member, now)	put_word(&query, &words_##set, (int)row->member);
	CORRECTED_CHOICES(PUT_NOW)
#undef PUT_NOW
	return query_change(&query);
}

int
store_case_number(struct store *store, int64_t number, struct number_row *row,
    struct error *error)
{
	struct query query = query_start(store, CASE_NUMBER, error);

	*row = (struct number_row){ 0 };
	put_number(&query, number);
	if (query_next(&query)) {
		row->wrong_step = take_small(&query);
		row->new_step = take_small(&query);
		row->other_step = take_small(&query);
		row->wrong_at = take_number(&query);
		row->new_at = take_number(&query);
	}
	return query_end(&query);
}

enum answer
store_case_standing(struct store *store, int64_t number, int64_t account, int32_t day,
    struct case_access *policy, struct error *error)
{
	struct query query = query_start(store, CASE_STANDING, error);
	bool found;

	*policy = (struct case_access){ 0 };
	put_number(&query, number);
	put_number(&query, account);
	put_number(&query, day);
	found = query_next(&query);
	if (found) {
		policy->member = take_number(&query) != 0;
		policy->partner = take_number(&query) != 0;
		policy->receiver = take_number(&query) != 0;
		policy->recused = take_number(&query) != 0;
		policy->closing_by = take_number(&query);
		policy->stands_in = take_number(&query) == account;
		policy->unattended = take_number(&query) != 0;
	}
	return query_answer(&query, found);
}

int
store_case_each_closed(struct store *store, int64_t closed_before, number_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, CASE_EACH_CLOSED, error);

	put_number(&query, closed_before);
	return query_numbers(&query, give, context);
}

int
store_event_add(struct store *store, const struct event_row *row, struct error *error)
{
	struct query query = query_start(store, EVENT_ADD, error);

	put_number(&query, row->case_number);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_word(&query, &words_act, (int)row->act);
	put_word(&query, &words_state, (int)row->from);
	put_word(&query, &words_state, (int)row->to);
	put_number_or_null(&query, row->due_at);
	put_number_or_null(&query, row->holder);
	put_number_or_null(&query, row->of_step);
	put_number_or_null(&query, row->instead_of);
	return query_run(&query);
}

void
event_take(struct query *query, struct event_row *row)
{
	row->case_number = take_number(query);
	row->account = take_number(query);
	row->at = take_number(query);
	row->act = (enum act)take_word(query, &words_act);
	row->from = (enum state)take_word(query, &words_state);
	row->to = (enum state)take_word(query, &words_state);
	row->due_at = take_number(query);
	row->holder = take_number(query);
	row->of_step = take_small(query);
	row->instead_of = take_number(query);
	row->step = take_small(query);
}

int
store_event_each(struct store *store, int64_t case_number, event_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, EVENT_EACH, error);
	struct event_row row;

	put_number(&query, case_number);
	QUERY_EACH(&query, event_take, &row, give, context)
	return query_end(&query);
}

int
store_record_add(struct store *store, const struct record_row *row, struct error *error)
{
	struct query query = query_start(store, RECORD_ADD, error);

	put_number(&query, row->number);
	put_number(&query, row->case_number);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_number(&query, row->kind);
	put_bytes(&query, row->box, row->box_size);
	return query_run(&query);
}

int
store_record_each(struct store *store, int64_t case_number, unsigned kinds, record_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, RECORD_EACH, error);
	struct record_row row;

	put_number(&query, case_number);
	put_number(&query, kinds);
	while (query_next(&query)) {
		row.number = take_number(&query);
		row.case_number = take_number(&query);
		row.account = take_number(&query);
		row.at = take_number(&query);
		row.kind = take_small(&query);
		row.box = take_bytes(&query, &row.box_size);
		if (give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_case_key_add(struct store *store, const struct case_key_row *row, struct error *error)
{
	struct query query = query_start(store, CASE_KEY_ADD, error);

	put_number(&query, row->case_number);
	put_text(&query, row->queue);
	put_number(&query, row->generation);
	put_bytes(&query, row->sealed, sizeof(row->sealed));
	return query_run(&query);
}

void
case_key_take(struct query *query, struct case_key_row *row)
{
	row->case_number = take_number(query);
	take_text(query, row->queue, sizeof(row->queue));
	row->generation = take_small(query);
	take_exactly(query, row->sealed, sizeof(row->sealed));
}

enum answer
store_case_key_get(struct store *store, int64_t case_number, int64_t account,
    struct case_key_row *row, struct error *error)
{
	struct query query = query_start(store, CASE_KEY_GET, error);
	bool found;

	put_number(&query, case_number);
	put_number(&query, account);
	found = query_next(&query);
	if (found)
		case_key_take(&query, row);
	return query_answer(&query, found);
}
