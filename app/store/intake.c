/* Whether the intake of an area is open, the texts of its closed page, numbers that ring. */
#include "base/base.h"
#include "store/outreach.h"
#include "store/sqlite.h"

#define LANGUAGE_SIZE	36
#define WORDS_SIZE	(500 * 4 + 1)

int
store_intake_put(struct store *store, const struct intake_row *row, struct error *error)
{
	struct query query = query_start(store, INTAKE_PUT, error);

	put_text(&query, row->area);
	put_number(&query, row->open);
	put_number(&query, row->changed_at);
	put_number_or_null(&query, row->turns_day);
	put_number_or_null(&query, row->back_day);
	return query_run(&query);
}

enum answer
store_intake_get(struct store *store, const char *area, struct intake_row *row,
    struct error *error)
{
	struct query query = query_start(store, INTAKE_GET, error);
	bool found;

	put_text(&query, area);
	found = query_next(&query);
	if (found) {
		take_text(&query, row->area, sizeof(row->area));
		row->open = take_number(&query) != 0;
		row->changed_at = take_number(&query);
		row->turns_day = take_small(&query);
		row->back_day = take_small(&query);
	}
	return query_answer(&query, found);
}

int
store_intake_words_put(struct store *store, const char *area, const char *language,
    const char *words, struct error *error)
{
	struct query query = query_start(store, INTAKE_WORDS_PUT, error);

	put_text(&query, area);
	put_text(&query, language);
	put_text_or_null(&query, words);
	return query_run(&query);
}

int
store_intake_words_each(struct store *store, const char *area, intake_words_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, INTAKE_WORDS_EACH, error);
	char language[LANGUAGE_SIZE], words[WORDS_SIZE];

	put_text(&query, area);
	while (query_next(&query)) {
		take_text(&query, language, sizeof(language));
		take_text(&query, words, sizeof(words));
		if (query.failed || give(language, words, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_intake_version(struct store *store, int64_t *version, struct error *error)
{
	struct query query = query_start(store, INTAKE_VERSION, error);

	if (query_next(&query))
		*version = take_number(&query);
	return query_end(&query);
}

int
store_shown_number_put(struct store *store, const char *queue, const char *phone, int32_t day,
    int64_t account, struct error *error)
{
	struct query query = query_start(store, SHOWN_NUMBER_PUT, error);

	put_text(&query, queue);
	put_text(&query, phone);
	put_number(&query, day);
	put_number(&query, account);
	return query_run(&query);
}

enum answer
store_shown_number_get(struct store *store, const char *queue, const char *phone, int32_t *day,
    struct error *error)
{
	struct query query = query_start(store, SHOWN_NUMBER_GET, error);
	bool found;

	put_text(&query, queue);
	put_text(&query, phone);
	found = query_next(&query);
	if (found)
		*day = take_small(&query);
	return query_answer(&query, found);
}
