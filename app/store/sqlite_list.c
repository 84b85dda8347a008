#include "store/sqlite.h"

static enum statement
statement_of(const struct case_filter *filter)
{
	if (filter->mine)
		return filter->by_arrival ? LIST_HELD_ARRIVED : LIST_HELD;
	return filter->by_arrival ? LIST_ARRIVED : LIST_QUEUES;
}

void
filter_put(struct query *query, const struct case_filter *filter)
{
	put_number(query, filter->account);
	put_number(query, filter->after_key);
	put_number(query, filter->after_number);
	put_number(query, filter->due_before == 0 ? INT64_MAX : filter->due_before);
	put_number(query, filter->limit);
	put_text(query, filter->queue);
	put_text(query, filter->area);
	put_text(query, filter->who);
	put_number(query, filter->interpreter);
	put_number(query, (int)filter->kind);
	put_number(query, filter->day);
}

int
store_queue_page(struct store *store, const struct case_filter *filter, case_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, statement_of(filter), error);
	struct case_row row;

	filter_put(&query, filter);
	while (query_next(&query)) {
		case_take(&query, &row);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

enum answer
store_case_cause(struct store *store, int64_t number, struct event_row *event,
    struct error *error)
{
	struct query query = query_start(store, CASE_CAUSE, error);
	bool found;

	put_number(&query, number);
	found = query_next(&query);
	if (found)
		event_take(&query, event);
	return query_answer(&query, found);
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
	put_number(&query, day_of(now));
	if (query_next(&query)) {
		counts->overdue = take_number(&query);
		counts->today = take_number(&query);
		counts->open = take_number(&query);
		counts->mine = take_number(&query);
	}
	return query_end(&query);
}
