#include "store/sqlite.h"

int
store_campaign_put(struct store *store, const struct campaign_row *row, struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_PUT, error);

	put_number(&query, row->number);
	put_text(&query, row->name);
	put_number(&query, row->from_day);
	put_number(&query, row->to_day);
	put_number(&query, row->created_at);
	return query_run(&query);
}

static void
campaign_take(struct query *query, struct campaign_row *row)
{
	row->number = take_number(query);
	take_text(query, row->name, sizeof(row->name));
	row->from_day = take_small(query);
	row->to_day = take_small(query);
	row->created_at = take_number(query);
}

enum answer
store_campaign_get(struct store *store, int64_t number, struct campaign_row *row,
    struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_GET, error);
	bool found;

	put_number(&query, number);
	found = query_next(&query);
	if (found)
		campaign_take(&query, row);
	return query_answer(&query, found);
}

int
store_campaign_each(struct store *store, campaign_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_EACH, error);
	struct campaign_row row;

	while (query_next(&query)) {
		campaign_take(&query, &row);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_campaign_remove(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_REMOVE, error);

	put_number(&query, number);
	return query_run(&query);
}

int
store_campaign_code_add(struct store *store, int64_t number, const char *code,
    struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_CODE_ADD, error);

	put_number(&query, number);
	put_text(&query, code);
	return query_run(&query);
}

int
store_campaign_codes_clear(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_CODES_CLEAR, error);

	put_number(&query, number);
	return query_run(&query);
}

int
store_campaign_each_code(struct store *store, int64_t number, campaign_code_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_EACH_CODE, error);
	struct code_figures code;

	put_number(&query, number);
	while (query_next(&query)) {
		bool taken;

		code_facts_take(&query, &code);
		taken = take_number(&query) != 0;
		if (query.failed || give(&code, taken, context) != 0)
			break;
	}
	return query_end(&query);
}
