/* QR codes and their visits. */
#include "base/base.h"
#include "base/words.h"
#include "store/sqlite.h"
#include "store/store.h"

/* Puts the columns that a lead decides. */
static void
put_wish(struct query *query, const struct code_row *row)
{
	put_text(query, row->area);
	put_word(query, &words_channel, (int)row->channel);
	put_text(query, row->place);
	put_text_or_null(query, row->language);
	put_number_or_null(query, row->first_day);
	put_number_or_null(query, row->last_day);
}

int
store_code_add(struct store *store, const struct code_row *row, struct error *error)
{
	struct query query = query_start(store, CODE_ADD, error);

	put_text(&query, row->code);
	put_wish(&query, row);
	put_number(&query, row->created_at);
	put_number_or_null(&query, row->retired_at);
	put_number_or_null(&query, row->seen_at);
	return query_run(&query);
}

static void
code_take(struct query *query, struct code_row *row)
{
	take_text(query, row->code, sizeof(row->code));
	take_text(query, row->area, sizeof(row->area));
	row->channel = (enum channel)take_word(query, &words_channel);
	take_text(query, row->place, sizeof(row->place));
	take_text(query, row->language, sizeof(row->language));
	row->first_day = (int32_t)take_number(query);
	row->last_day = (int32_t)take_number(query);
	row->created_at = take_number(query);
	row->retired_at = take_number(query);
	row->seen_at = take_number(query);
}

enum answer
store_code_get(struct store *store, const char *code, struct code_row *row,
    struct error *error)
{
	struct query query = query_start(store, CODE_GET, error);
	bool found;

	put_text(&query, code);
	found = query_next(&query);
	if (found)
		code_take(&query, row);
	return query_answer(&query, found);
}

enum answer
store_code_like(struct store *store, const struct code_row *row, struct error *error)
{
	struct query query = query_start(store, CODE_LIKE, error);

	put_text(&query, row->area);
	put_word(&query, &words_channel, (int)row->channel);
	put_text(&query, row->place);
	return query_answer(&query, query_next(&query));
}

int
store_code_each(struct store *store, code_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, CODE_EACH, error);
	struct code_row row;

	while (query_next(&query)) {
		int64_t visits, cases;

		code_take(&query, &row);
		visits = take_number(&query);
		cases = take_number(&query);
		if (query.failed || give(&row, visits, cases, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_code_change(struct store *store, const struct code_row *row, struct error *error)
{
	struct query query = query_start(store, CODE_CHANGE, error);

	put_text(&query, row->code);
	put_wish(&query, row);
	put_number_or_null(&query, row->retired_at);
	put_number_or_null(&query, row->seen_at);
	return query_change(&query);
}

int
store_code_visits_add(struct store *store, const char *code, int32_t day,
    enum visit_kind kind, int64_t visits, struct error *error)
{
	struct query query = query_start(store, CODE_VISITS_ADD, error);

	put_text(&query, code);
	put_number(&query, day);
	put_word(&query, &words_visit_kind, (int)kind);
	put_number(&query, visits);
	return query_run(&query);
}

int
store_code_version(struct store *store, int64_t *version, struct error *error)
{
	struct query query = query_start(store, CODE_VERSION, error);

	if (query_next(&query))
		*version = take_number(&query);
	return query_end(&query);
}

int
store_code_printed(struct store *store, const char *code, int64_t at, struct error *error)
{
	struct query query = query_start(store, CODE_PRINTED, error);

	put_text(&query, code);
	put_number(&query, at);
	return query_run(&query);
}

enum answer
store_code_unused(struct store *store, const char *code, struct error *error)
{
	struct query query = query_start(store, CODE_UNUSED, error);

	put_text(&query, code);
	return query_answer(&query, query_next(&query));
}

int
store_code_remove(struct store *store, const char *code, struct error *error)
{
	struct query query = query_start(store, CODE_REMOVE, error);

	put_text(&query, code);
	return query_run(&query);
}
