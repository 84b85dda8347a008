#include "store/sqlite.h"

static int
give_rows(struct query *query, case_fn give, void *context)
{
	struct case_row row;

	while (query_next(query)) {
		case_take(query, &row);
		if (query->failed || give(&row, context) != 0)
			break;
	}
	return query_end(query);
}

int
store_reach_open(struct store *store, int64_t account, case_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, REACH_OPEN, error);

	put_number(&query, account);
	return give_rows(&query, give, context);
}

int
store_reach_closed(struct store *store, int64_t account, int limit, case_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, REACH_CLOSED, error);

	put_number(&query, account);
	put_number(&query, limit);
	return give_rows(&query, give, context);
}

int
store_repeats_put(struct store *store, const struct repeats_row *row, struct error *error)
{
	struct query query = query_start(store, REPEATS_PUT, error);

	put_number(&query, row->number);
	put_number(&query, row->case_number);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_bytes(&query, row->box, row->box_size);
	return query_run(&query);
}

int
store_repeats_each(struct store *store, int64_t case_number, repeats_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, REPEATS_EACH, error);
	struct repeats_row row;

	put_number(&query, case_number);
	while (query_next(&query)) {
		row.number = take_number(&query);
		row.case_number = take_number(&query);
		row.account = take_number(&query);
		row.at = take_number(&query);
		row.box = take_bytes(&query, &row.box_size);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

static int
run_link(struct query query, int64_t one, int64_t other)
{
	put_number(&query, one < other ? one : other);
	put_number(&query, one < other ? other : one);
	return query_run(&query);
}

int
store_link_add(struct store *store, int64_t one, int64_t other, struct error *error)
{
	return run_link(query_start(store, LINK_ADD, error), one, other);
}

int
store_link_remove(struct store *store, int64_t one, int64_t other, struct error *error)
{
	return run_link(query_start(store, LINK_REMOVE, error), one, other);
}

int
store_link_each(struct store *store, int64_t case_number, number_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, LINK_EACH, error);

	put_number(&query, case_number);
	return query_numbers(&query, give, context);
}
