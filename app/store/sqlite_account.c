#include "store/sqlite.h"

int
store_account_add(struct store *store, const struct account_row *row, struct error *error)
{
	struct query query = query_start(store, ACCOUNT_ADD, error);

	put_number(&query, row->number);
	put_text(&query, row->user);
	put_text(&query, row->name);
	put_word(&query, &words_role, (int)row->role);
	put_number(&query, row->active);
	put_number(&query, row->demonstration);
	put_bytes(&query, row->public, sizeof(row->public));
	put_bytes(&query, row->locked, sizeof(row->locked));
	put_number(&query, row->created_at);
	return query_run(&query);
}

void
account_take(struct query *query, struct account_row *row)
{
	row->number = take_number(query);
	take_text(query, row->user, sizeof(row->user));
	take_text(query, row->name, sizeof(row->name));
	row->role = (enum role)take_word(query, &words_role);
	row->active = take_number(query) != 0;
	row->demonstration = take_number(query) != 0;
	take_exactly(query, row->public, sizeof(row->public));
	take_exactly(query, row->locked, sizeof(row->locked));
	row->created_at = take_number(query);
}

static enum answer
account_answer(struct query *query, struct account_row *row)
{
	bool found = query_next(query);

	if (found)
		account_take(query, row);
	return query_answer(query, found);
}

enum answer
store_account_get(struct store *store, int64_t number, struct account_row *row,
    struct error *error)
{
	struct query query = query_start(store, ACCOUNT_GET, error);

	put_number(&query, number);
	return account_answer(&query, row);
}

enum answer
store_account_by_user(struct store *store, const char *user, struct account_row *row,
    struct error *error)
{
	struct query query = query_start(store, ACCOUNT_BY_USER, error);

	put_text(&query, user);
	return account_answer(&query, row);
}

int
store_account_each(struct store *store, account_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, ACCOUNT_EACH, error);
	struct account_row row;

	while (query_next(&query)) {
		account_take(&query, &row);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_account_change(struct store *store, const struct account_row *row, struct error *error)
{
	struct query query = query_start(store, ACCOUNT_CHANGE, error);

	put_number(&query, row->number);
	put_text(&query, row->user);
	put_text(&query, row->name);
	put_word(&query, &words_role, (int)row->role);
	put_number(&query, row->active);
	put_bytes(&query, row->public, sizeof(row->public));
	put_bytes(&query, row->locked, sizeof(row->locked));
	return query_change(&query);
}

/* Memberships and sessions go with it by their foreign keys. */
int
store_account_remove(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, ACCOUNT_REMOVE, error);

	put_number(&query, number);
	return query_change(&query);
}
