#include "store/sqlite.h"

int
store_session_add(struct store *store, const struct session_row *row, struct error *error)
{
	struct query query = query_start(store, SESSION_ADD, error);

	put_bytes(&query, row->identity, sizeof(row->identity));
	put_number(&query, row->account);
	put_bytes(&query, row->box, sizeof(row->box));
	put_number(&query, row->created_at);
	put_number(&query, row->seen_at);
	return query_run(&query);
}

enum answer
store_session_get(struct store *store, const unsigned char identity[STORE_KEY],
    struct session_row *row, struct error *error)
{
	struct query query = query_start(store, SESSION_GET, error);
	bool found;

	put_bytes(&query, identity, STORE_KEY);
	found = query_next(&query);
	if (found) {
		take_exactly(&query, row->identity, sizeof(row->identity));
		row->account = take_number(&query);
		take_exactly(&query, row->box, sizeof(row->box));
		row->created_at = take_number(&query);
		row->seen_at = take_number(&query);
	}
	return query_answer(&query, found);
}

/* That the session has ended meanwhile is no failure. */
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
