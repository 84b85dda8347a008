#include "store/sqlite.h"

int
store_queue_page(struct store *store, const struct case_filter *filter, case_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, filter->mine ? LIST_HELD : LIST_QUEUES, error);
	struct case_row row;

	put_number(&query, filter->account);
	put_number(&query, filter->after_due_at);
	put_number(&query, filter->after_number);
	put_number(&query, filter->due_before == 0 ? INT64_MAX : filter->due_before);
	put_number(&query, filter->limit);
	while (query_next(&query)) {
		case_take(&query, &row);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_queue_count(struct store *store, int64_t account, int64_t now, int64_t today_end,
    struct queue_counts *counts, struct error *error)
{
	struct query query = query_start(store, LIST_COUNT, error);

	*counts = (struct queue_counts){ 0 };
	put_number(&query, account);
	put_number(&query, now);
	put_number(&query, today_end);
	put_number(&query, STORE_COUNT_MOST);
	if (query_next(&query)) {
		counts->overdue = take_number(&query);
		counts->today = take_number(&query);
		counts->open = take_number(&query);
		counts->mine = take_number(&query);
	}
	return query_end(&query);
}
