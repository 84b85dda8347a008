#include "store/messages.h"
#include "store/sqlite.h"

int
store_message_add(struct store *store, const struct message_row *row, struct error *error)
{
	struct query query = query_start(store, MESSAGE_ADD, error);

	put_number(&query, row->number);
	put_word(&query, &words_message_way, (int)row->way);
	put_number(&query, row->kind);
	put_text(&query, row->queue);
	put_number_or_null(&query, row->case_number);
	put_number(&query, row->account);
	put_word(&query, &words_message_state, (int)row->state);
	put_word(&query, &words_message_reason, (int)row->reason);
	put_number(&query, row->created_at);
	put_number(&query, row->due_at);
	put_number(&query, row->changed_at);
	put_bytes_or_null(&query, row->sealed, row->box_size == 0 ? 0 : sizeof(row->sealed));
	put_bytes_or_null(&query, row->box, row->box_size);
	return query_run(&query);
}

int
store_message_case_add(struct store *store, int64_t message, int64_t case_number,
    struct error *error)
{
	struct query query = query_start(store, MESSAGE_CASE_ADD, error);

	put_number(&query, message);
	put_number(&query, case_number);
	return query_run(&query);
}

/* The columns of MESSAGE_COLUMNS. */
static void
message_take(struct query *query, struct message_row *row)
{
	*row = (struct message_row){ .number = take_number(query) };
	row->way = (enum message_way)take_word(query, &words_message_way);
	row->kind = take_small(query);
	take_text(query, row->queue, sizeof(row->queue));
	row->case_number = take_number(query);
	row->account = take_number(query);
	row->state = (enum message_state)take_word(query, &words_message_state);
	row->reason = (enum message_reason)take_word(query, &words_message_reason);
	row->created_at = take_number(query);
	row->due_at = take_number(query);
	row->changed_at = take_number(query);
	row->tries = take_small(query);
}

enum answer
store_message_get(struct store *store, int64_t number, struct message_row *row,
    struct error *error)
{
	struct query query = query_start(store, MESSAGE_GET, error);
	bool found;

	put_number(&query, number);
	found = query_next(&query);
	if (found)
		message_take(&query, row);
	return query_answer(&query, found);
}

int
store_message_due(struct store *store, int64_t now, message_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, MESSAGE_DUE, error);
	struct message_row row;

	put_number(&query, now);
	if (query_next(&query)) {
		message_take(&query, &row);
		if (row.way == MESSAGE_TEXT) {
			take_exactly(&query, row.sealed, sizeof(row.sealed));
			row.box = take_bytes(&query, &row.box_size);
		}
		if (!query.failed)
			(void)give(&row, context);
	}
	return query_end(&query);
}

enum answer
store_message_change(struct store *store, const struct message_row *row,
    enum message_state from, struct error *error)
{
	struct query query = query_start(store, MESSAGE_CHANGE, error);
	bool changed;

	put_number(&query, row->number);
	put_word(&query, &words_message_state, (int)from);
	put_word(&query, &words_message_state, (int)row->state);
	put_word(&query, &words_message_reason, (int)row->reason);
	put_number(&query, row->due_at);
	put_number(&query, row->changed_at);
	put_number(&query, row->tries);
	changed = query_next(&query);
	return query_answer(&query, changed);
}

/* Runs what gives a row for each that it changed. How many, or -1. */
static int64_t
count_changed(struct query *query)
{
	int64_t count = 0;

	while (query_next(query))
		count++;
	return query_end(query) == 0 ? count : -1;
}

int64_t
store_message_recover(struct store *store, int64_t now, struct error *error)
{
	struct query query = query_start(store, MESSAGE_RECOVER, error);

	put_number(&query, now);
	return count_changed(&query);
}

int64_t
store_message_close(struct store *store, int64_t now, struct error *error)
{
	struct query query = query_start(store, MESSAGE_CLOSE, error);

	put_number(&query, now);
	return count_changed(&query);
}

static int
each(struct query *query, message_fn give, void *context)
{
	struct message_row row;

	while (query_next(query)) {
		message_take(query, &row);
		if (query->failed || give(&row, context) != 0)
			break;
	}
	return query_end(query);
}

int
store_message_each_unsent(struct store *store, message_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, MESSAGE_EACH_UNSENT, error);

	return each(&query, give, context);
}

int
store_message_each_of_case(struct store *store, int64_t case_number, message_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, MESSAGE_EACH_OF_CASE, error);

	put_number(&query, case_number);
	return each(&query, give, context);
}

int
store_message_forget(struct store *store, int64_t before_at, struct error *error)
{
	struct query query = query_start(store, MESSAGE_FORGET, error);

	put_number(&query, before_at);
	return query_run(&query);
}

int
store_message_waiting(struct store *store, int64_t *count, int64_t *oldest_at,
    struct error *error)
{
	struct query query = query_start(store, MESSAGE_WAITING, error);

	if (query_next(&query)) {
		*count = take_number(&query);
		*oldest_at = take_number(&query);
	}
	return query_end(&query);
}

static int64_t
count(struct query *query)
{
	int64_t number = query_next(query) ? take_number(query) : 0;

	return query_end(query) == 0 ? number : -1;
}

static int64_t
count_for(struct store *store, enum statement name, int64_t number, int64_t of,
    struct error *error)
{
	struct query query = query_start(store, name, error);

	put_number(&query, number);
	put_number(&query, of);
	return count(&query);
}

int64_t
store_message_new(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, MESSAGE_NEW, error);

	put_number(&query, number);
	return count(&query);
}

int64_t
store_message_overdue(struct store *store, int64_t number, int64_t now, struct error *error)
{
	return count_for(store, MESSAGE_OVERDUE, number, now, error);
}

int64_t
store_message_offered(struct store *store, int64_t number, int64_t account,
    struct error *error)
{
	return count_for(store, MESSAGE_OFFERED, number, account, error);
}

int64_t
store_message_confirm(struct store *store, int64_t number, int64_t account,
    struct error *error)
{
	return count_for(store, MESSAGE_CONFIRM, number, account, error);
}

int64_t
store_message_cases(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, MESSAGE_CASES, error);

	put_number(&query, number);
	return count(&query);
}
