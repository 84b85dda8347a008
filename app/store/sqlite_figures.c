#include "store/sqlite.h"

int
store_queue_figures(struct store *store, int64_t now, figures_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, QUEUE_FIGURES, error);
	struct queue_figures figures;

	put_number(&query, now);
	while (query_next(&query)) {
		take_text(&query, figures.queue, sizeof(figures.queue));
		figures.open = take_number(&query);
		figures.overdue = take_number(&query);
		figures.readers = take_small(&query);
		if (query.failed || give(&figures, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_promise_each(struct store *store, int64_t from_at, int64_t before_at, promise_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, PROMISE_EACH, error);
	struct promise_row row;

	put_number(&query, from_at);
	put_number(&query, before_at);
	while (query_next(&query)) {
		take_text(&query, row.queue, sizeof(row.queue));
		row.received_at = take_number(&query);
		row.promised_at = take_number(&query);
		row.tried_at = take_number(&query);
		row.answered_at = take_number(&query);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_untried_each(struct store *store, int64_t now, case_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, UNTRIED_EACH, error);
	struct case_row row;

	put_number(&query, now);
	while (query_next(&query)) {
		case_take(&query, &row);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}
