#include "store/sqlite.h"

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
	while (query_next(&query)) {
		event_take(&query, &row);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}
