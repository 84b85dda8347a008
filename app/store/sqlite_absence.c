#include "store/sqlite.h"

int
store_absence_put(struct store *store, const struct absence_row *row, struct error *error)
{
	struct query query = query_start(store, ABSENCE_PUT, error);

	put_number(&query, row->account);
	put_number_or_null(&query, row->deputy);
	put_number(&query, row->from_day);
	put_number_or_null(&query, row->to_day);
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
store_absence_each(struct store *store, absence_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, ABSENCE_EACH, error);
	struct absence_row row;

	while (query_next(&query)) {
		absence_take(&query, &row);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

static int
run_with(struct store *store, enum statement name, int64_t parameter, struct error *error)
{
	struct query query = query_start(store, name, error);

	put_number(&query, parameter);
	return query_run(&query);
}

int
store_absence_remove(struct store *store, int64_t account, struct error *error)
{
	return run_with(store, ABSENCE_REMOVE, account, error);
}

int
store_absence_leave(struct store *store, int64_t deputy, struct error *error)
{
	return run_with(store, ABSENCE_LEAVE, deputy, error);
}

int
store_absence_forget(struct store *store, int32_t before_day, struct error *error)
{
	return run_with(store, ABSENCE_FORGET, before_day, error);
}

enum answer
store_absence_deputy(struct store *store, int64_t account, const char *queue, int32_t day,
    int64_t *deputy, struct error *error)
{
	struct query query = query_start(store, ABSENCE_DEPUTY, error);
	bool found;

	put_number(&query, account);
	put_text(&query, queue);
	put_number(&query, day);
	found = query_next(&query);
	if (found)
		*deputy = take_number(&query);
	return query_answer(&query, found);
}

int
store_absence_load(struct store *store, int64_t account, int64_t now, struct absence_load *load,
    struct error *error)
{
	struct query query = query_start(store, ABSENCE_LOAD, error);

	*load = (struct absence_load){ 0 };
	put_number(&query, account);
	put_number(&query, day_of(now));
	put_number(&query, now);
	if (query_next(&query)) {
		load->held = take_number(&query);
		load->unattended = take_number(&query);
		load->overdue = take_number(&query);
	}
	return query_end(&query);
}
