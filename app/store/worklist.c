/* Pages of the worklist, sections, the search, duplicates and links. */
#include "base/base.h"
#include "store/sqlite.h"
#include "store/store.h"

static enum statement
statement_of(const struct case_filter *filter)
{
	if (filter->mine)
		return filter->by_arrival ? LIST_HELD_ARRIVED : LIST_HELD;
	return filter->by_arrival ? LIST_ARRIVED : LIST_QUEUES;
}

/* Puts the fourteen parameters of a list. */
static void
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
	put_number(query, filter->holder);
	put_number(query, (int)filter->did);
	put_number(query, filter->workable);
}

int
store_queue_page(struct store *store, const struct case_filter *filter, case_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, statement_of(filter), error);

	filter_put(&query, filter);
	return query_cases(&query, give, context);
}

int
store_colleague_each(struct store *store, int64_t account, colleague_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, LIST_COLLEAGUES, error);
	char name[STORE_NAME];
	int64_t number;

	put_number(&query, account);
	while (query_next(&query)) {
		number = take_number(&query);
		take_text(&query, name, sizeof(name));
		if (query.failed || give(number, name, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_closed_page(struct store *store, int64_t account, int64_t closed_at, int64_t number,
    int limit, case_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, LIST_CLOSED, error);

	put_number(&query, account);
	put_number(&query, closed_at);
	put_number(&query, number);
	put_number(&query, limit);
	return query_cases(&query, give, context);
}

int
store_event_own(struct store *store, int64_t account, int limit, event_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, EVENT_OWN, error);
	struct event_row event;

	put_number(&query, account);
	put_number(&query, limit);
	QUERY_EACH(&query, event_take, &event, give, context)
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
	put_number(&query, STORE_COUNT_MAX);
	put_number(&query, day_of(now));
	if (query_next(&query)) {
		counts->overdue = take_number(&query);
		counts->today = take_number(&query);
		counts->open = take_number(&query);
		counts->mine = take_number(&query);
	}
	return query_end(&query);
}

int
store_section_page(struct store *store, enum section section, const struct case_filter *filter,
    section_fn give, void *context, struct error *error)
{
	static const enum statement statements[] = {
		[SECTION_DECLINED] = SECTION_DECLINES,
		[SECTION_OFFERED] = SECTION_OFFERS,
		[SECTION_CONFIRM] = SECTION_CLOSINGS,
		[SECTION_REMIND] = SECTION_REMINDERS,
		[SECTION_SHARED] = SECTION_SHARES,
	};
	struct query query = query_start(store, statements[section], error);
	struct section_row row;

	filter_put(&query, filter);
	while (query_next(&query)) {
		case_take(&query, &row.row);
		row.key = take_number(&query);
		row.account = take_number(&query);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_reach_open(struct store *store, int64_t account, case_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, REACH_OPEN, error);

	put_number(&query, account);
	return query_cases(&query, give, context);
}

int
store_reach_closed(struct store *store, int64_t account, int limit, case_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, REACH_CLOSED, error);

	put_number(&query, account);
	put_number(&query, limit);
	return query_cases(&query, give, context);
}

int
store_duplicates_put(struct store *store, const struct duplicates_row *row, struct error *error)
{
	struct query query = query_start(store, DUPLICATES_PUT, error);

	put_number(&query, row->number);
	put_number(&query, row->case_number);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_bytes(&query, row->box, row->box_size);
	return query_run(&query);
}

int
store_duplicates_each(struct store *store, int64_t case_number, duplicates_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, DUPLICATES_EACH, error);
	struct duplicates_row row;

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
