/* Texts to begin a note or a text message with, and who changed them. */
#include "base/base.h"
#include "base/words.h"
#include "store/messages.h"
#include "store/sqlite.h"

static void
template_take(struct query *query, struct template_row *row)
{
	row->number = take_number(query);
	take_text(query, row->queue, sizeof(row->queue));
	row->kind = (enum template_kind)take_word(query, &words_template_kind);
	take_text(query, row->title, sizeof(row->title));
	take_text(query, row->words, sizeof(row->words));
}

int
store_template_each(struct store *store, const char *queue, template_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, TEMPLATE_EACH, error);
	struct template_row row;

	put_text(&query, queue);
	QUERY_EACH(&query, template_take, &row, give, context)
	return query_end(&query);
}

enum answer
store_template_get(struct store *store, int64_t number, struct template_row *row,
    struct error *error)
{
	struct query query = query_start(store, TEMPLATE_GET, error);
	bool found;

	put_number(&query, number);
	found = query_next(&query);
	if (found)
		template_take(&query, row);
	return query_answer(&query, found);
}

int
store_template_add(struct store *store, const struct template_row *row, struct error *error)
{
	struct query query = query_start(store, TEMPLATE_ADD, error);

	put_number(&query, row->number);
	put_text(&query, row->queue);
	put_word(&query, &words_template_kind, (int)row->kind);
	put_text(&query, row->title);
	put_text(&query, row->words);
	return query_run(&query);
}

int
store_template_change(struct store *store, const struct template_row *row, struct error *error)
{
	struct query query = query_start(store, TEMPLATE_CHANGE, error);

	put_number(&query, row->number);
	put_text(&query, row->title);
	put_text(&query, row->words);
	return query_change(&query);
}

int
store_template_remove(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, TEMPLATE_REMOVE, error);

	put_number(&query, number);
	return query_change(&query);
}

int
store_template_told(struct store *store, const struct template_change_row *row,
    struct error *error)
{
	struct query query = query_start(store, TEMPLATE_TOLD, error);

	put_text(&query, row->queue);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_word(&query, &words_template_act, (int)row->act);
	put_text(&query, row->title);
	return query_run(&query);
}

static void
change_take(struct query *query, struct template_change_row *row)
{
	take_text(query, row->queue, sizeof(row->queue));
	row->account = take_number(query);
	row->at = take_number(query);
	row->act = (enum template_act)take_word(query, &words_template_act);
	take_text(query, row->title, sizeof(row->title));
}

int
store_template_changes(struct store *store, const char *queue, int limit,
    template_change_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, TEMPLATE_CHANGES, error);
	struct template_change_row row;

	put_text(&query, queue);
	put_number(&query, limit);
	QUERY_EACH(&query, change_take, &row, give, context)
	return query_end(&query);
}
