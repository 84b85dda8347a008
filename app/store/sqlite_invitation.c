#include "store/sqlite.h"

int
store_invitation_add(struct store *store, const struct invitation_row *row, struct error *error)
{
	struct query query = query_start(store, INVITATION_ADD, error);

	put_number(&query, row->number);
	put_bytes(&query, row->identity, sizeof(row->identity));
	put_bytes(&query, row->public, sizeof(row->public));
	put_number_or_null(&query, row->account);
	put_word(&query, &words_role, (int)row->role);
	put_number(&query, row->inviter);
	put_number(&query, row->created_at);
	put_number(&query, row->expires_at);
	return query_run(&query);
}

static void
invitation_take(struct query *query, struct invitation_row *row)
{
	row->number = take_number(query);
	take_exactly(query, row->identity, sizeof(row->identity));
	take_exactly(query, row->public, sizeof(row->public));
	row->account = take_number(query);
	row->role = (enum role)take_word(query, &words_role);
	row->inviter = take_number(query);
	row->created_at = take_number(query);
	row->expires_at = take_number(query);
}

static enum answer
invitation_answer(struct query *query, struct invitation_row *row)
{
	bool found = query_next(query);

	if (found)
		invitation_take(query, row);
	return query_answer(query, found);
}

enum answer
store_invitation_get(struct store *store, int64_t number, struct invitation_row *row,
    struct error *error)
{
	struct query query = query_start(store, INVITATION_GET, error);

	put_number(&query, number);
	return invitation_answer(&query, row);
}

enum answer
store_invitation_by_identity(struct store *store, const unsigned char identity[STORE_KEY],
    struct invitation_row *row, struct error *error)
{
	struct query query = query_start(store, INVITATION_BY_IDENTITY, error);

	put_bytes(&query, identity, STORE_KEY);
	return invitation_answer(&query, row);
}

static int
give_each(struct query *query, invitation_fn give, void *context)
{
	struct invitation_row row;

	while (query_next(query)) {
		invitation_take(query, &row);
		if (query->failed || give(&row, context) != 0)
			break;
	}
	return query_end(query);
}

int
store_invitation_each(struct store *store, invitation_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, INVITATION_EACH, error);

	return give_each(&query, give, context);
}

int
store_invitation_each_of(struct store *store, const char *queue, invitation_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, INVITATION_EACH_OF, error);

	put_text(&query, queue);
	return give_each(&query, give, context);
}

int
store_invitation_remove(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, INVITATION_REMOVE, error);

	put_number(&query, number);
	return query_change(&query);
}

int
store_invitation_remove_of(struct store *store, int64_t account, const char *queue,
    struct error *error)
{
	struct query query = query_start(store, INVITATION_REMOVE_OF, error);

	put_number(&query, account);
	put_text_or_null(&query, queue == NULL ? "" : queue);
	return query_run(&query);
}

int
store_invitation_forget(struct store *store, int64_t before_at, struct error *error)
{
	struct query query = query_start(store, INVITATION_FORGET, error);

	put_number(&query, before_at);
	return query_run(&query);
}

int
store_invitation_key_add(struct store *store, const struct invitation_key_row *row,
    struct error *error)
{
	struct query query = query_start(store, INVITATION_KEY_ADD, error);

	put_number(&query, row->invitation);
	put_text(&query, row->queue);
	put_number(&query, row->generation);
	put_bytes(&query, row->sealed, sizeof(row->sealed));
	return query_run(&query);
}

int
store_invitation_key_each(struct store *store, int64_t invitation, invitation_key_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, INVITATION_KEY_EACH, error);
	struct invitation_key_row row;

	put_number(&query, invitation);
	while (query_next(&query)) {
		row.invitation = take_number(&query);
		take_text(&query, row.queue, sizeof(row.queue));
		row.generation = take_small(&query);
		take_exactly(&query, row.sealed, sizeof(row.sealed));
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}
