#include "store/sqlite.h"

int
store_alert_add(struct store *store, const char *queue, int64_t case_number, int kind,
    int64_t at, struct error *error)
{
	struct query query = query_start(store, ALERT_ADD, error);

	put_text(&query, queue);
	put_number(&query, case_number);
	put_number(&query, kind);
	put_number(&query, at);
	return query_run(&query);
}

int
store_alert_each(struct store *store, alert_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, ALERT_EACH, error);
	struct alert_row row;

	while (query_next(&query)) {
		row.id = take_number(&query);
		take_text(&query, row.queue, sizeof(row.queue));
		row.case_number = take_number(&query);
		row.kind = take_small(&query);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_alert_done(struct store *store, int64_t id, struct error *error)
{
	struct query query = query_start(store, ALERT_DONE, error);

	put_number(&query, id);
	return query_run(&query);
}
