#include "store/sqlite.h"

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

enum answer
store_alert_next(struct store *store, int64_t *id, char queue[STORE_QUEUE],
    int64_t *case_number, int *kind, struct error *error)
{
	struct query query = query_start(store, ALERT_NEXT, error);
	bool found = query_next(&query);

	if (found) {
		*id = take_number(&query);
		take_text(&query, queue, STORE_QUEUE);
		*case_number = take_number(&query);
		*kind = take_small(&query);
	}
	return query_answer(&query, found);
}

int
store_alert_done(struct store *store, int64_t id, struct error *error)
{
	struct query query = query_start(store, ALERT_DONE, error);

	put_number(&query, id);
	return query_run(&query);
}
