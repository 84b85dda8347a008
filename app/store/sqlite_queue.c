#include "store/sqlite.h"

int
store_queue_key_add(struct store *store, const struct queue_key_row *row, struct error *error)
{
	struct query query = query_start(store, QUEUE_KEY_ADD, error);

	put_text(&query, row->queue);
	put_number(&query, row->generation);
	put_bytes(&query, row->public, sizeof(row->public));
	put_bytes(&query, row->recovery_sealed, sizeof(row->recovery_sealed));
	put_number(&query, row->created_at);
	return query_run(&query);
}

static void
queue_key_take(struct query *query, struct queue_key_row *row)
{
	take_text(query, row->queue, sizeof(row->queue));
	row->generation = take_small(query);
	take_exactly(query, row->public, sizeof(row->public));
	take_exactly(query, row->recovery_sealed, sizeof(row->recovery_sealed));
	row->created_at = take_number(query);
}

enum answer
store_queue_key_get(struct store *store, const char *queue, struct queue_key_row *row,
    struct error *error)
{
	struct query query = query_start(store, QUEUE_KEY_GET, error);
	bool found;

	put_text(&query, queue);
	found = query_next(&query);
	if (found)
		queue_key_take(&query, row);
	return query_answer(&query, found);
}

int
store_queue_key_each(struct store *store, queue_key_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, QUEUE_KEY_EACH, error);
	struct queue_key_row row;

	while (query_next(&query)) {
		queue_key_take(&query, &row);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_membership_put(struct store *store, const struct membership_row *row, struct error *error)
{
	struct query query = query_start(store, MEMBERSHIP_PUT, error);

	put_number(&query, row->account);
	put_text(&query, row->queue);
	put_number(&query, row->generation);
	put_bytes(&query, row->sealed, sizeof(row->sealed));
	return query_run(&query);
}

static void
membership_take(struct query *query, struct membership_row *row)
{
	row->account = take_number(query);
	take_text(query, row->queue, sizeof(row->queue));
	row->generation = take_small(query);
	take_exactly(query, row->sealed, sizeof(row->sealed));
}

int
store_membership_each(struct store *store, int64_t account, membership_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, MEMBERSHIP_EACH, error);
	struct membership_row row;

	put_number(&query, account);
	while (query_next(&query)) {
		membership_take(&query, &row);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

enum answer
store_membership_get(struct store *store, int64_t account, const char *queue, int generation,
    struct membership_row *row, struct error *error)
{
	struct query query = query_start(store, MEMBERSHIP_GET, error);
	bool found;

	put_number(&query, account);
	put_text(&query, queue);
	put_number(&query, generation);
	found = query_next(&query);
	if (found)
		membership_take(&query, row);
	return query_answer(&query, found);
}

int
store_membership_remove(struct store *store, int64_t account, const char *queue,
    struct error *error)
{
	struct query query = query_start(store, MEMBERSHIP_REMOVE, error);

	put_number(&query, account);
	put_text(&query, queue);
	return query_run(&query);
}

int
store_queue_readers(struct store *store, const char *queue, struct error *error)
{
	struct query query = query_start(store, QUEUE_READERS, error);
	int readers = 0;

	put_text(&query, queue);
	if (query_next(&query))
		readers = take_small(&query);
	return query_end(&query) == -1 ? -1 : readers;
}
