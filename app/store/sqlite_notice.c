#include "store/messages.h"
#include "store/sqlite.h"

static void
notice_take(struct query *query, struct notice_row *row)
{
	row->account = take_number(query);
	take_text(query, row->address, sizeof(row->address));
	row->kinds = (unsigned)take_number(query);
	row->digest_day = (int32_t)take_number(query);
}

static enum answer
get(struct store *store, enum statement name, int64_t account, struct notice_row *row,
    struct error *error)
{
	struct query query = query_start(store, name, error);
	bool found;

	put_number(&query, account);
	found = query_next(&query);
	if (found)
		notice_take(&query, row);
	return query_answer(&query, found);
}

enum answer
store_notice_get(struct store *store, int64_t account, struct notice_row *row,
    struct error *error)
{
	return get(store, NOTICE_GET, account, row, error);
}

enum answer
store_notice_reach(struct store *store, int64_t account, struct notice_row *row,
    struct error *error)
{
	return get(store, NOTICE_REACH, account, row, error);
}

enum answer
store_notice_instead(struct store *store, int64_t account, unsigned kinds, int32_t day,
    struct error *error)
{
	struct query query = query_start(store, NOTICE_INSTEAD, error);

	put_number(&query, account);
	put_number(&query, kinds);
	put_number(&query, day);
	return query_answer(&query, query_next(&query));
}

int
store_notice_put(struct store *store, const struct notice_row *row, struct error *error)
{
	struct query query = query_start(store, NOTICE_PUT, error);

	put_number(&query, row->account);
	put_text(&query, row->address);
	put_number(&query, row->kinds);
	put_number(&query, row->digest_day);
	return query_run(&query);
}

int
store_notice_each(struct store *store, const char *queue, notice_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, NOTICE_EACH, error);
	struct notice_row row;
	enum role role;

	put_text(&query, queue);
	while (query_next(&query)) {
		notice_take(&query, &row);
		role = (enum role)take_word(&query, &words_role);
		if (query.failed || give(&row, role, context) != 0)
			break;
	}
	return query_end(&query);
}

static int
overdue_each(struct query *query, overdue_fn give, void *context)
{
	char queue[STORE_QUEUE];

	while (query_next(query)) {
		int64_t number = take_number(query), due_at;

		take_text(query, queue, sizeof(queue));
		due_at = take_number(query);
		if (query->failed || give(number, queue, due_at, context) != 0)
			break;
	}
	return query_end(query);
}

int
store_overdue_each(struct store *store, int64_t now, int kind, int limit, overdue_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, OVERDUE_EACH, error);

	put_number(&query, now);
	put_number(&query, kind);
	put_number(&query, limit);
	return overdue_each(&query, give, context);
}

int
store_overdue_each_told(struct store *store, int kind, int next, overdue_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, OVERDUE_EACH_TOLD, error);

	put_number(&query, kind);
	put_number(&query, next);
	return overdue_each(&query, give, context);
}

int
store_overdue_tell(struct store *store, int64_t case_number, int64_t due_at, int kind,
    struct error *error)
{
	struct query query = query_start(store, OVERDUE_TELL, error);

	put_number(&query, case_number);
	put_number(&query, due_at);
	put_number(&query, kind);
	return query_run(&query);
}

int
store_overdue_forget(struct store *store, struct error *error)
{
	struct query query = query_start(store, OVERDUE_FORGET, error);

	return query_run(&query);
}
