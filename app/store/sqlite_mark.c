#include "store/sqlite.h"

/* ABSENT when the mark was new and is kept now, else FOUND. */
static enum answer
keep(struct store *store, const unsigned char mark[STORE_MARK], int64_t case_number,
    int64_t at, struct error *error)
{
	struct query query = query_start(store, MARK_CLAIM, error);

	put_bytes(&query, mark, STORE_MARK);
	put_number(&query, case_number);
	put_number(&query, at);
	if (query_run(&query) == -1)
		return FAILED;
	return sqlite3_changes(store->db) == 0 ? FOUND : ABSENT;
}

enum answer
store_mark_claim(struct store *store, const unsigned char mark[STORE_MARK],
    int64_t *case_number, int64_t at, struct error *error)
{
	enum answer answer = keep(store, mark, *case_number, at, error);
	struct query query;
	bool found;

	if (answer != FOUND)
		return answer;
	query = query_start(store, MARK_GET, error);
	put_bytes(&query, mark, STORE_MARK);
	found = query_next(&query);
	if (found)
		*case_number = take_number(&query);
	return query_answer(&query, found);
}

int
store_mark_forget(struct store *store, int64_t before_at, struct error *error)
{
	struct query query = query_start(store, MARK_FORGET, error);

	put_number(&query, before_at);
	return query_run(&query);
}
