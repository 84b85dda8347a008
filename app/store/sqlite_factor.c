#include "store/sqlite.h"

int
store_factor_put(struct store *store, const struct factor_row *row, struct error *error)
{
	struct query query = query_start(store, FACTOR_PUT, error);

	put_number(&query, row->account);
	put_bytes(&query, row->box, sizeof(row->box));
	put_number(&query, row->used_step);
	put_number_or_null(&query, row->confirmed_at);
	put_number(&query, row->wrong);
	put_number(&query, row->wrong_at);
	return query_run(&query);
}

enum answer
store_factor_get(struct store *store, int64_t account, struct factor_row *row,
    struct error *error)
{
	struct query query = query_start(store, FACTOR_GET, error);
	bool found;

	put_number(&query, account);
	found = query_next(&query);
	if (found) {
		row->account = take_number(&query);
		take_exactly(&query, row->box, sizeof(row->box));
		row->used_step = take_number(&query);
		row->confirmed_at = take_number(&query);
		row->wrong = take_small(&query);
		row->wrong_at = take_number(&query);
	}
	return query_answer(&query, found);
}

int
store_factor_remove(struct store *store, int64_t account, struct error *error)
{
	struct query query = query_start(store, FACTOR_REMOVE, error);

	put_number(&query, account);
	return query_run(&query);
}
