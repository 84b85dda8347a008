#include "store/handover.h"
#include "store/sqlite.h"

int
store_share_add(struct store *store, const struct share_row *row, struct error *error)
{
	struct query query = query_start(store, SHARE_ADD, error);

	put_number(&query, row->number);
	put_number(&query, row->case_number);
	put_text(&query, row->queue);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_number(&query, row->agreed_day);
	put_number(&query, row->record);
	put_number_or_null(&query, row->withdrawn_at);
	put_number_or_null(&query, row->withdrawn_by);
	return query_run(&query);
}

static void
share_take(struct query *query, struct share_row *row)
{
	row->number = take_number(query);
	row->case_number = take_number(query);
	take_text(query, row->queue, sizeof(row->queue));
	row->account = take_number(query);
	row->at = take_number(query);
	row->agreed_day = take_small(query);
	row->record = take_number(query);
	row->withdrawn_at = take_number(query);
	row->withdrawn_by = take_number(query);
}

int
store_share_each(struct store *store, int64_t case_number, share_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, SHARE_EACH, error);
	struct share_row row;

	put_number(&query, case_number);
	while (query_next(&query)) {
		share_take(&query, &row);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

enum answer
store_share_get(struct store *store, int64_t case_number, const char *queue,
    struct share_row *row, struct error *error)
{
	struct query query = query_start(store, SHARE_GET, error);
	bool found;

	put_number(&query, case_number);
	put_text(&query, queue);
	found = query_next(&query);
	if (found)
		share_take(&query, row);
	return query_answer(&query, found);
}

/* That the keys go with it is a trigger's, so that no other way to end it exists. */
int
store_share_end(struct store *store, int64_t number, int64_t by, int64_t at,
    struct error *error)
{
	struct query query = query_start(store, SHARE_END, error);

	put_number(&query, number);
	put_number(&query, at);
	put_number(&query, by);
	return query_change(&query);
}

enum answer
store_is_member(struct store *store, int64_t account, const char *queue,
    struct error *error)
{
	struct query query = query_start(store, IS_MEMBER, error);

	put_number(&query, account);
	put_text(&query, queue);
	return query_answer(&query, query_next(&query));
}

int
store_recusal_add(struct store *store, int64_t case_number, int64_t account,
    struct error *error)
{
	struct query query = query_start(store, RECUSAL_ADD, error);

	put_number(&query, case_number);
	put_number(&query, account);
	return query_run(&query);
}

int
store_recusal_lift(struct store *store, int64_t case_number, struct error *error)
{
	struct query query = query_start(store, RECUSAL_LIFT, error);

	put_number(&query, case_number);
	return query_run(&query);
}

int
store_case_readers(struct store *store, int64_t case_number, int64_t except,
    struct error *error)
{
	struct query query = query_start(store, CASE_READERS, error);
	int readers = 0;

	put_number(&query, case_number);
	put_number(&query, except);
	if (query_next(&query))
		readers = take_small(&query);
	return query_end(&query) == 0 ? readers : -1;
}

int
store_case_each_shunned(struct store *store, number_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, CASE_EACH_SHUNNED, error);

	return query_numbers(&query, give, context);
}
