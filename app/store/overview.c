/* Figures of queues and promises, and the breaches that doctor looks for. */
#include <string.h>

#include "base/base.h"
#include "store/sqlite.h"
#include "store/store.h"

int
store_queue_figures(struct store *store, int64_t now, figures_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, QUEUE_FIGURES, error);
	struct queue_figures figures;

	put_number(&query, now);
	while (query_next(&query)) {
		take_text(&query, figures.queue, sizeof(figures.queue));
		figures.open = take_number(&query);
		figures.overdue = take_number(&query);
		figures.readers = take_small(&query);
		if (query.failed || give(&figures, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_promise_each(struct store *store, int64_t from_at, int64_t before_at, promise_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, PROMISE_EACH, error);
	struct promise_row row;

	put_number(&query, from_at);
	put_number(&query, before_at);
	while (query_next(&query)) {
		take_text(&query, row.queue, sizeof(row.queue));
		row.received_at = take_number(&query);
		row.promised_at = take_number(&query);
		row.tried_at = take_number(&query);
		row.answered_at = take_number(&query);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_untried_each(struct store *store, int64_t now, case_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, UNTRIED_EACH, error);

	put_number(&query, now);
	return query_cases(&query, give, context);
}

struct examination {
	enum breach breach;
	enum statement statement;
};

static const struct examination examinations[] = {
	{ BREACH_NO_DUE, DOCTOR_NO_DUE },
	{ BREACH_NO_READER, DOCTOR_NO_READER },
	{ BREACH_NO_RECORD, DOCTOR_NO_RECORD },
	{ BREACH_NO_EVENT, DOCTOR_NO_EVENT },
	{ BREACH_HOLDER, DOCTOR_HOLDER },
	{ BREACH_OFFER, DOCTOR_OFFER },
	{ BREACH_KEY, DOCTOR_KEY },
	{ BREACH_SHARE, DOCTOR_SHARE },
};

/* 0; 1 when the callback has stopped; -1 on failure. */
static int
examine(struct store *store, const struct examination *examination, breach_fn tell,
    void *context, struct error *error)
{
	struct query query = query_start(store, examination->statement, error);
	char detail[256];
	int stop = 0;

	while (stop == 0 && query_next(&query)) {
		int64_t number = take_number(&query);

		take_text(&query, detail, sizeof(detail));
		stop = tell(examination->breach, number, detail, context) != 0;
	}
	return query_end(&query) == -1 ? -1 : stop;
}

/* Takes the faults that SQLite's check of the file finds; without any it gives "ok". */
static int
examine_file(struct store *store, breach_fn tell, void *context, struct error *error)
{
	struct query query = query_start(store, DOCTOR_INTEGRITY, error);
	char detail[1024];
	int stop = 0;

	while (stop == 0 && query_next(&query)) {
		take_text(&query, detail, sizeof(detail));
		if (!query.failed && strcmp(detail, "ok") != 0)
			stop = tell(BREACH_INTEGRITY, 0, detail, context) != 0;
	}
	return query_end(&query) == -1 ? -1 : stop;
}

static int
examine_parents(struct store *store, breach_fn tell, void *context, struct error *error)
{
	struct query query = query_start(store, DOCTOR_FOREIGN_KEYS, error);
	char detail[64];
	int stop = 0;

	while (stop == 0 && query_next(&query)) {
		take_text(&query, detail, sizeof(detail));
		stop = tell(BREACH_INTEGRITY, 0, detail, context) != 0;
	}
	return query_end(&query) == -1 ? -1 : stop;
}

/* 0; 1 when the callback has stopped; -1 on failure. */
static int
examine_cases(struct store *store, breach_fn tell, void *context, struct error *error)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < COUNT_OF(examinations); i++)
		result = examine(store, &examinations[i], tell, context, error);
	return result;
}

int
store_doctor_cases(struct store *store, breach_fn tell, void *context, struct error *error)
{
	return examine_cases(store, tell, context, error) == -1 ? -1 : 0;
}

int
store_doctor(struct store *store, breach_fn tell, void *context, struct error *error)
{
	int result = examine_file(store, tell, context, error);

	if (result == 0)
		result = examine_parents(store, tell, context, error);
	if (result == 0)
		result = examine_cases(store, tell, context, error);
	return result == -1 ? -1 : 0;
}
