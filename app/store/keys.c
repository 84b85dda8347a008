/* Queue keys, memberships, rotation, and the service's own values. */
#include "base/base.h"
#include "store/people.h"
#include "store/sqlite.h"
#include "store/store.h"

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

	QUERY_EACH(&query, queue_key_take, &row, give, context)
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
	QUERY_EACH(&query, membership_take, &row, give, context)
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

int
store_member_each(struct store *store, const char *queue, account_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, MEMBER_EACH, error);
	struct account_row row;

	put_text(&query, queue);
	QUERY_EACH(&query, account_take, &row, give, context)
	return query_end(&query);
}

int
store_case_each_held(struct store *store, int64_t account, const char *queue, number_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, CASE_EACH_HELD, error);

	put_number(&query, account);
	put_text_or_null(&query, queue == NULL ? "" : queue);
	return query_numbers(&query, give, context);
}

/* Takes the single number of a query and ends it. */
static int
take_only(struct query *query, int64_t *number)
{
	if (query_next(query))
		*number = take_number(query);
	return query_end(query);
}

int
store_queue_key_version(struct store *store, int64_t *version, struct error *error)
{
	struct query query = query_start(store, QUEUE_KEY_VERSION, error);

	return take_only(&query, version);
}

int
store_old_key_each(struct store *store, const struct old_key_filter *filter, case_key_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, OLD_KEY_EACH, error);
	struct case_key_row row;

	put_text(&query, filter->queue);
	put_number(&query, filter->newest);
	put_number(&query, filter->closed);
	put_number(&query, filter->after);
	put_number(&query, filter->limit);
	QUERY_EACH(&query, case_key_take, &row, give, context)
	return query_end(&query);
}

int
store_old_key_count(struct store *store, const char *queue, int newest, int64_t *count,
    struct error *error)
{
	struct query query = query_start(store, OLD_KEY_COUNT, error);

	put_text(&query, queue);
	put_number(&query, newest);
	return take_only(&query, count);
}

/* Runs in a transaction of its own, or in a part of the caller's transaction. */
static int
remove_key(struct store *store, const struct case_key_row *row, int generation,
    struct error *error)
{
	struct query query = query_start(store, CASE_KEY_REMOVE, error);

	put_number(&query, row->case_number);
	put_text(&query, row->queue);
	put_number(&query, generation);
	return query_run(&query);
}

enum answer
store_case_key_renew(struct store *store, const struct case_key_row *renewed,
    int generation_before, struct error *error)
{
	struct query query = query_start(store, CASE_KEY_THERE, error);
	enum answer answer;

	put_number(&query, renewed->case_number);
	put_text(&query, renewed->queue);
	put_number(&query, generation_before);
	answer = query_answer(&query, query_next(&query));
	if (answer != FOUND)
		return answer;
	query = query_start(store, CASE_KEY_RENEW, error);
	put_number(&query, renewed->case_number);
	put_text(&query, renewed->queue);
	put_number(&query, renewed->generation);
	put_bytes(&query, renewed->sealed, sizeof(renewed->sealed));
	if (query_run(&query) == -1 ||
	    remove_key(store, renewed, generation_before, error) == -1)
		return FAILED;
	return FOUND;
}

int
store_old_generation_each(struct store *store, old_generation_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, OLD_GENERATION_EACH, error);
	struct old_generation old;

	while (query_next(&query)) {
		take_text(&query, old.queue, sizeof(old.queue));
		old.generation = take_small(&query);
		old.replaced_at = take_number(&query);
		if (query.failed || give(&old, context) != 0)
			break;
	}
	return query_end(&query);
}

enum answer
store_generation_needed(struct store *store, const char *queue, int generation,
    struct error *error)
{
	struct query query = query_start(store, GENERATION_NEEDED, error);

	put_text(&query, queue);
	put_number(&query, generation);
	return query_answer(&query, query_next(&query));
}

int
store_generation_retire(struct store *store, const char *queue, int generation,
    struct error *error)
{
	static const enum statement holders[] = { MEMBERSHIP_RETIRE, INVITATION_KEY_RETIRE };

	for (size_t i = 0; i < COUNT_OF(holders); i++) {
		struct query query = query_start(store, holders[i], error);

		put_text(&query, queue);
		put_number(&query, generation);
		if (query_run(&query) == -1)
			return -1;
	}
	return 0;
}

int
store_meta_put(struct store *store, const char *key, const void *value, size_t size,
    struct error *error)
{
	struct query query = query_start(store, META_PUT, error);

	put_text(&query, key);
	put_bytes(&query, value, size);
	return query_run(&query);
}

enum answer
store_meta_get(struct store *store, const char *key, struct buffer *value, struct error *error)
{
	struct query query = query_start(store, META_GET, error);
	bool found;

	put_text(&query, key);
	found = query_next(&query);
	if (found) {
		size_t size;
		const void *bytes = take_bytes(&query, &size);

		buffer_clear(value);
		buffer_add(value, bytes, size);
	}
	return query_answer(&query, found);
}
