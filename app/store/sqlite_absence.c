#include "store/sqlite.h"

int
store_absence_put(struct store *store, const struct absence_row *row, struct error *error)
{
	struct query query = query_start(store, ABSENCE_PUT, error);

	put_number(&query, row->account);
	put_number(&query, row->deputy);
	put_number(&query, row->from_day);
	put_number(&query, row->to_day);
	return query_run(&query);
}

static void
absence_take(struct query *query, struct absence_row *row)
{
	row->account = take_number(query);
	row->deputy = take_number(query);
	row->from_day = take_small(query);
	row->to_day = take_small(query);
}

enum answer
store_absence_get(struct store *store, int64_t account, struct absence_row *row,
    struct error *error)
{
	struct query query = query_start(store, ABSENCE_GET, error);
	bool found;

	put_number(&query, account);
	found = query_next(&query);
	if (found)
		absence_take(&query, row);
	return query_answer(&query, found);
}

int
store_absence_each(struct store *store, int64_t deputy, int32_t day, absence_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, ABSENCE_EACH, error);
	struct absence_row row;

	put_number(&query, deputy);
	put_number(&query, day);
	while (query_next(&query)) {
		absence_take(&query, &row);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_absence_remove(struct store *store, int64_t account, struct error *error)
{
	struct query query = query_start(store, ABSENCE_REMOVE, error);

	put_number(&query, account);
	return query_run(&query);
}

int
store_absence_forget(struct store *store, int32_t before_day, struct error *error)
{
	struct query query = query_start(store, ABSENCE_FORGET, error);

	put_number(&query, before_day);
	return query_run(&query);
}
