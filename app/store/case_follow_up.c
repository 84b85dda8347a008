/* Closings that wait for a second person, planned contacts, reminders. */
#include "base/base.h"
#include "store/sqlite.h"
#include "store/store.h"

int
store_closing_put(struct store *store, const struct closing_row *row, struct error *error)
{
	struct query query = query_start(store, CLOSING_PUT, error);

	if (row->outcomes == 0) {
		(void)query_end(&query);
		return error_set(error, ERROR_INTERNAL, "a closing without outcomes");
	}
	put_number(&query, row->case_number);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_number(&query, row->record);
	if (query_run(&query) == -1 ||
	    outcomes_clear(store, CLOSING_OUTCOMES_CLEAR, row->case_number, error) == -1)
		return -1;
	return outcomes_put(store, CLOSING_OUTCOME_ADD, row->case_number, row->outcomes, error);
}

enum answer
store_closing_get(struct store *store, int64_t case_number, struct closing_row *row,
    struct error *error)
{
	struct query query = query_start(store, CLOSING_GET, error);
	bool found;

	put_number(&query, case_number);
	found = query_next(&query);
	if (found) {
		row->case_number = case_number;
		row->account = take_number(&query);
		row->at = take_number(&query);
		row->record = take_number(&query);
		row->outcomes = outcomes_take(&query);
	}
	return query_answer(&query, found);
}

int
store_closing_remove(struct store *store, int64_t case_number, struct error *error)
{
	struct query query = query_start(store, CLOSING_REMOVE, error);

	put_number(&query, case_number);
	return query_run(&query);
}

int
store_closing_seconds(struct store *store, int64_t case_number, int64_t but, number_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, CLOSING_SECONDS, error);

	put_number(&query, case_number);
	put_number(&query, but);
	return query_numbers(&query, give, context);
}

int
store_plan_add(struct store *store, int64_t case_number, int64_t at, struct error *error)
{
	struct query query = query_start(store, PLAN_ADD, error);

	put_number(&query, case_number);
	put_number(&query, at);
	return query_run(&query);
}

int
store_plan_each(struct store *store, int64_t case_number, plan_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, PLAN_EACH, error);

	put_number(&query, case_number);
	while (query_next(&query)) {
		int64_t at = take_number(&query);

		if (give(at, take_small(&query), context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_plan_done(struct store *store, int64_t case_number, int64_t until_at,
    struct error *error)
{
	struct query query = query_start(store, PLAN_DONE, error);

	put_number(&query, case_number);
	put_number(&query, until_at);
	return query_run(&query);
}

int
store_plan_undone(struct store *store, int64_t case_number, int step, struct error *error)
{
	struct query query = query_start(store, PLAN_UNDONE, error);

	put_number(&query, case_number);
	put_number(&query, step);
	return query_run(&query);
}

int
store_plan_remove(struct store *store, int64_t case_number, struct error *error)
{
	struct query query = query_start(store, PLAN_REMOVE, error);

	put_number(&query, case_number);
	return query_run(&query);
}

int
store_reminder_put(struct store *store, int64_t case_number, int64_t at, struct error *error)
{
	struct query query = query_start(store, REMINDER_PUT, error);

	put_number(&query, case_number);
	put_number(&query, at);
	return query_run(&query);
}

enum answer
store_reminder_get(struct store *store, int64_t case_number, int64_t *at, struct error *error)
{
	struct query query = query_start(store, REMINDER_GET, error);
	bool found;

	put_number(&query, case_number);
	found = query_next(&query);
	if (found)
		*at = take_number(&query);
	return query_answer(&query, found);
}

int
store_reminder_remove(struct store *store, int64_t case_number, struct error *error)
{
	struct query query = query_start(store, REMINDER_REMOVE, error);

	put_number(&query, case_number);
	return query_run(&query);
}
