/* Alerts, messages, notices, and the due times that staff have been told of. */
#include "base/base.h"
#include "base/words.h"
#include "store/messages.h"
#include "store/sqlite.h"
#include "store/store.h"

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

/* Runs a statement that gives a row for each row that it changes. Returns their number, or -1. */
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

int
store_message_drop(struct store *store, int64_t case_number, int64_t from_at, int64_t now,
    struct error *error)
{
	struct query query = query_start(store, MESSAGE_DROP, error);

	put_number(&query, case_number);
	put_number(&query, from_at);
	put_number(&query, now);
	return query_run(&query);
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

static void
template_take(struct query *query, struct template_row *row)
{
	row->number = take_number(query);
	take_text(query, row->queue, sizeof(row->queue));
	row->kind = (enum template_kind)take_word(query, &words_template_kind);
	take_text(query, row->title, sizeof(row->title));
	take_text(query, row->words, sizeof(row->words));
}

int
store_template_each(struct store *store, const char *queue, template_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, TEMPLATE_EACH, error);
	struct template_row row;

	put_text(&query, queue);
	QUERY_EACH(&query, template_take, &row, give, context)
	return query_end(&query);
}

enum answer
store_template_get(struct store *store, int64_t number, struct template_row *row,
    struct error *error)
{
	struct query query = query_start(store, TEMPLATE_GET, error);
	bool found;

	put_number(&query, number);
	found = query_next(&query);
	if (found)
		template_take(&query, row);
	return query_answer(&query, found);
}

int
store_template_add(struct store *store, const struct template_row *row, struct error *error)
{
	struct query query = query_start(store, TEMPLATE_ADD, error);

	put_number(&query, row->number);
	put_text(&query, row->queue);
	put_word(&query, &words_template_kind, (int)row->kind);
	put_text(&query, row->title);
	put_text(&query, row->words);
	return query_run(&query);
}

int
store_template_change(struct store *store, const struct template_row *row, struct error *error)
{
	struct query query = query_start(store, TEMPLATE_CHANGE, error);

	put_number(&query, row->number);
	put_text(&query, row->title);
	put_text(&query, row->words);
	return query_change(&query);
}

int
store_template_remove(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, TEMPLATE_REMOVE, error);

	put_number(&query, number);
	return query_change(&query);
}

int
store_template_told(struct store *store, const struct template_change_row *row,
    struct error *error)
{
	struct query query = query_start(store, TEMPLATE_TOLD, error);

	put_text(&query, row->queue);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_word(&query, &words_template_act, (int)row->act);
	put_text(&query, row->title);
	return query_run(&query);
}

static void
change_take(struct query *query, struct template_change_row *row)
{
	take_text(query, row->queue, sizeof(row->queue));
	row->account = take_number(query);
	row->at = take_number(query);
	row->act = (enum template_act)take_word(query, &words_template_act);
	take_text(query, row->title, sizeof(row->title));
}

int
store_template_changes(struct store *store, const char *queue, int limit,
    template_change_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, TEMPLATE_CHANGES, error);
	struct template_change_row row;

	put_text(&query, queue);
	put_number(&query, limit);
	QUERY_EACH(&query, change_take, &row, give, context)
	return query_end(&query);
}
