/* Sessions, trusted devices, second factors, calendars, taken forms and drafts. */
#include "base/base.h"
#include "store/auth.h"
#include "store/sqlite.h"

int
store_session_add(struct store *store, const struct session_row *row, struct error *error)
{
	struct query query = query_start(store, SESSION_ADD, error);

	put_bytes(&query, row->identity, sizeof(row->identity));
	put_number(&query, row->number);
	put_number(&query, row->account);
	put_bytes(&query, row->box, sizeof(row->box));
	put_number(&query, row->created_at);
	put_number(&query, row->seen_at);
	put_number(&query, row->half);
	put_number(&query, row->wrong);
	return query_run(&query);
}

static void
session_take(struct query *query, struct session_row *row)
{
	take_exactly(query, row->identity, sizeof(row->identity));
	row->number = take_number(query);
	row->account = take_number(query);
	take_exactly(query, row->box, sizeof(row->box));
	row->created_at = take_number(query);
	row->seen_at = take_number(query);
	row->half = take_number(query) != 0;
	row->wrong = take_small(query);
}

enum answer
store_session_get(struct store *store, const unsigned char identity[STORE_KEY],
    struct session_row *row, struct error *error)
{
	struct query query = query_start(store, SESSION_GET, error);
	bool found;

	put_bytes(&query, identity, STORE_KEY);
	found = query_next(&query);
	if (found)
		session_take(&query, row);
	return query_answer(&query, found);
}

int
store_session_each(struct store *store, int64_t account, session_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, SESSION_EACH, error);
	struct session_row row;

	put_number(&query, account);
	QUERY_EACH(&query, session_take, &row, give, context)
	return query_end(&query);
}

int
store_session_seen(struct store *store, const unsigned char identity[STORE_KEY], int64_t at,
    struct error *error)
{
	struct query query = query_start(store, SESSION_SEEN, error);

	put_bytes(&query, identity, STORE_KEY);
	put_number(&query, at);
	return query_run(&query);
}

int
store_session_change(struct store *store, const struct session_row *row, struct error *error)
{
	struct query query = query_start(store, SESSION_CHANGE, error);

	put_bytes(&query, row->identity, sizeof(row->identity));
	put_number(&query, row->created_at);
	put_number(&query, row->half);
	put_number(&query, row->wrong);
	return query_run(&query);
}

int
store_session_end(struct store *store, int64_t account, int64_t number, struct error *error)
{
	struct query query = query_start(store, SESSION_END, error);

	put_number(&query, account);
	put_number(&query, number);
	return query_run(&query);
}

int
store_session_remove_others(struct store *store, int64_t account,
    const unsigned char identity[STORE_KEY], struct error *error)
{
	struct query query = query_start(store, SESSION_REMOVE_OTHERS, error);

	put_number(&query, account);
	put_bytes(&query, identity, STORE_KEY);
	return query_run(&query);
}

int
store_session_remove(struct store *store, const unsigned char identity[STORE_KEY],
    struct error *error)
{
	struct query query = query_start(store, SESSION_REMOVE, error);

	put_bytes(&query, identity, STORE_KEY);
	return query_run(&query);
}

int
store_session_remove_all(struct store *store, int64_t account, struct error *error)
{
	struct query query = query_start(store, SESSION_REMOVE_ALL, error);

	put_number(&query, account);
	return query_run(&query);
}

int
store_session_forget(struct store *store, int64_t seen_before, struct error *error)
{
	struct query query = query_start(store, SESSION_FORGET, error);

	put_number(&query, seen_before);
	return query_run(&query);
}

int
store_device_put(struct store *store, const struct device_row *row, struct error *error)
{
	struct query query = query_start(store, DEVICE_PUT, error);

	put_bytes(&query, row->digest, sizeof(row->digest));
	put_number(&query, row->account);
	put_number(&query, row->until_at);
	put_number(&query, row->failures);
	put_number(&query, row->failed_at);
	return query_run(&query);
}

enum answer
store_device_get(struct store *store, const unsigned char digest[STORE_KEY],
    struct device_row *row, struct error *error)
{
	struct query query = query_start(store, DEVICE_GET, error);
	bool found;

	put_bytes(&query, digest, STORE_KEY);
	found = query_next(&query);
	if (found) {
		take_exactly(&query, row->digest, sizeof(row->digest));
		row->account = take_number(&query);
		row->until_at = take_number(&query);
		row->failures = take_small(&query);
		row->failed_at = take_number(&query);
	}
	return query_answer(&query, found);
}

int
store_device_trim(struct store *store, int64_t account, int64_t now, int most,
    struct error *error)
{
	struct query query = query_start(store, DEVICE_TRIM, error);

	put_number(&query, account);
	put_number(&query, now);
	put_number(&query, most);
	return query_run(&query);
}

int
store_device_remove_all(struct store *store, int64_t account, struct error *error)
{
	struct query query = query_start(store, DEVICE_REMOVE_ALL, error);

	put_number(&query, account);
	return query_run(&query);
}

int
store_factor_put(struct store *store, const struct factor_row *row, struct error *error)
{
	struct query query = query_start(store, FACTOR_PUT, error);

	put_number(&query, row->account);
	put_bytes(&query, row->box, sizeof(row->box));
	put_number(&query, row->used_step);
	put_number_or_null(&query, row->confirmed_at);
	put_number(&query, row->wrong);
	put_number(&query, row->wrong_at);
	return query_run(&query);
}

enum answer
store_factor_get(struct store *store, int64_t account, struct factor_row *row,
    struct error *error)
{
	struct query query = query_start(store, FACTOR_GET, error);
	bool found;

	put_number(&query, account);
	found = query_next(&query);
	if (found) {
		row->account = take_number(&query);
		take_exactly(&query, row->box, sizeof(row->box));
		row->used_step = take_number(&query);
		row->confirmed_at = take_number(&query);
		row->wrong = take_small(&query);
		row->wrong_at = take_number(&query);
	}
	return query_answer(&query, found);
}

int
store_factor_remove(struct store *store, int64_t account, struct error *error)
{
	struct query query = query_start(store, FACTOR_REMOVE, error);

	put_number(&query, account);
	return query_run(&query);
}

int
store_calendar_put(struct store *store, const struct calendar_row *row, struct error *error)
{
	struct query query = query_start(store, CALENDAR_PUT, error);

	put_number(&query, row->account);
	put_bytes(&query, row->identity, sizeof(row->identity));
	put_number(&query, row->created_at);
	return query_run(&query);
}

static enum answer
calendar_answer(struct query *query, struct calendar_row *row)
{
	const bool found = query_next(query);

	if (found) {
		row->account = take_number(query);
		take_exactly(query, row->identity, sizeof(row->identity));
		row->created_at = take_number(query);
	}
	return query_answer(query, found);
}

enum answer
store_calendar_get(struct store *store, int64_t account, struct calendar_row *row,
    struct error *error)
{
	struct query query = query_start(store, CALENDAR_GET, error);

	put_number(&query, account);
	return calendar_answer(&query, row);
}

enum answer
store_calendar_by_identity(struct store *store, const unsigned char identity[STORE_KEY],
    struct calendar_row *row, struct error *error)
{
	struct query query = query_start(store, CALENDAR_BY_IDENTITY, error);

	put_bytes(&query, identity, STORE_KEY);
	return calendar_answer(&query, row);
}

int
store_calendar_remove(struct store *store, int64_t account, struct error *error)
{
	struct query query = query_start(store, CALENDAR_REMOVE, error);

	put_number(&query, account);
	return query_run(&query);
}

enum answer
store_form_take(struct store *store, const unsigned char digest[STORE_DIGEST], int64_t at,
    struct error *error)
{
	struct query query = query_start(store, TAKEN_ADD, error);

	put_bytes(&query, digest, STORE_DIGEST);
	put_number(&query, at);
	return query_answer(&query, query_next(&query));
}

int
store_form_give_back(struct store *store, const unsigned char digest[STORE_DIGEST],
    struct error *error)
{
	struct query query = query_start(store, TAKEN_REMOVE, error);

	put_bytes(&query, digest, STORE_DIGEST);
	return query_run(&query);
}

int
store_forms_forget(struct store *store, int64_t before, struct error *error)
{
	struct query query = query_start(store, TAKEN_FORGET, error);

	put_number(&query, before);
	return query_run(&query);
}

int
store_draft_put(struct store *store, const struct draft_row *row, struct error *error)
{
	struct query query = query_start(store, DRAFT_PUT, error);

	put_number(&query, row->number);
	put_number(&query, row->account);
	put_text_or_null(&query, row->address);
	put_number_or_null(&query, row->session);
	put_bytes(&query, row->sealed, sizeof(row->sealed));
	put_bytes(&query, row->box, row->box_size);
	put_number(&query, row->kept_at);
	return query_run(&query);
}

int
store_draft_trim(struct store *store, int64_t account, int most, struct error *error)
{
	struct query query = query_start(store, DRAFT_TRIM, error);

	put_number(&query, account);
	put_number(&query, most);
	return query_run(&query);
}

static void
draft_take(struct query *query, struct draft_row *row)
{
	row->number = take_number(query);
	row->account = take_number(query);
	take_text(query, row->address, sizeof(row->address));
	row->session = take_number(query);
	take_exactly(query, row->sealed, sizeof(row->sealed));
	row->box = take_bytes(query, &row->box_size);
	row->kept_at = take_number(query);
}

int
store_draft_page(struct store *store, int64_t number, int64_t account, int64_t session,
    draft_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, DRAFT_GET, error);
	struct draft_row row;

	put_number(&query, number);
	put_number(&query, account);
	put_number(&query, session);
	QUERY_EACH(&query, draft_take, &row, give, context)
	return query_end(&query);
}

int
store_draft_each(struct store *store, int64_t account, draft_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, DRAFT_EACH, error);
	struct draft_row row;

	put_number(&query, account);
	QUERY_EACH(&query, draft_take, &row, give, context)
	return query_end(&query);
}

enum answer
store_draft_remove(struct store *store, int64_t account, const char *address,
    struct error *error)
{
	struct query query = query_start(store, DRAFT_REMOVE, error);

	put_number(&query, account);
	put_text(&query, address);
	return query_answer(&query, query_next(&query));
}

int
store_drafts_forget(struct store *store, int64_t pages_before, int64_t forms_before,
    struct error *error)
{
	struct query query = query_start(store, DRAFT_FORGET, error);

	put_number(&query, pages_before);
	put_number(&query, forms_before);
	return query_run(&query);
}
