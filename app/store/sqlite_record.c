#include "store/sqlite.h"

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
store_record_each(struct store *store, int64_t case_number, int kind, record_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, RECORD_EACH, error);
	struct record_row row;

	put_number(&query, case_number);
	put_number(&query, kind);
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
