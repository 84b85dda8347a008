#include "store/sqlite.h"

int
store_browser_put(struct store *store, const struct browser_row *row, struct error *error)
{
	struct query query = query_start(store, BROWSER_PUT, error);

	put_bytes(&query, row->digest, sizeof(row->digest));
	put_number(&query, row->account);
	put_number(&query, row->until_at);
	put_number(&query, row->failures);
	put_number(&query, row->failed_at);
	return query_run(&query);
}

enum answer
store_browser_get(struct store *store, const unsigned char digest[STORE_KEY],
    struct browser_row *row, struct error *error)
{
	struct query query = query_start(store, BROWSER_GET, error);
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
store_browser_trim(struct store *store, int64_t account, int64_t now, int most,
    struct error *error)
{
	struct query query = query_start(store, BROWSER_TRIM, error);

	put_number(&query, account);
	put_number(&query, now);
	put_number(&query, most);
	return query_run(&query);
}

int
store_browser_remove_all(struct store *store, int64_t account, struct error *error)
{
	struct query query = query_start(store, BROWSER_REMOVE_ALL, error);

	put_number(&query, account);
	return query_run(&query);
}
