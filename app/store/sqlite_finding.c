#include "store/sqlite.h"

static int
give_rows(struct query *query, case_fn give, void *context)
{
	struct case_row row;

	while (query_next(query)) {
		case_take(query, &row);
		if (query->failed || give(&row, context) != 0)
			break;
	}
	return query_end(query);
}

int
store_reach_open(struct store *store, int64_t account, case_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, REACH_OPEN, error);

	put_number(&query, account);
	return give_rows(&query, give, context);
}

int
store_reach_closed(struct store *store, int64_t account, int limit, case_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, REACH_CLOSED, error);

	put_number(&query, account);
	put_number(&query, limit);
	return give_rows(&query, give, context);
}
