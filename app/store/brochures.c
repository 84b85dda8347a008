/* The texts that a lead has written for brochures. */
#include "base/base.h"
#include "base/words.h"
#include "store/outreach.h"
#include "store/sqlite.h"

#define WORDS_SIZE	2001	/* 500 characters of at most four bytes, as the schema has it */

static struct query
words_start(struct store *store, enum statement name, const char *area, const char *language,
    struct error *error)
{
	struct query query = query_start(store, name, error);

	put_text(&query, area);
	put_text(&query, language);
	return query;
}

int
store_brochure_each(struct store *store, const char *area, const char *language,
    brochure_fn give, void *context, struct error *error)
{
	struct query query = words_start(store, BROCHURE_EACH, area, language, error);
	char words[WORDS_SIZE];

	while (query_next(&query)) {
		int part = take_word(&query, &words_brochure_part);

		take_text(&query, words, sizeof(words));
		if (query.failed || give((enum brochure_part)part, words, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_brochure_put(struct store *store, const char *area, const char *language,
    enum brochure_part part, const char *words, struct error *error)
{
	struct query query = words_start(store, BROCHURE_PUT, area, language, error);

	put_word(&query, &words_brochure_part, (int)part);
	put_text(&query, words);
	return query_run(&query);
}

int
store_brochure_remove(struct store *store, const char *area, const char *language,
    enum brochure_part part, struct error *error)
{
	struct query query = words_start(store, BROCHURE_REMOVE, area, language, error);

	put_word(&query, &words_brochure_part, (int)part);
	return query_run(&query);
}
