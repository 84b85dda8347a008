#include <stdio.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/codes.h"
#include "store/auth.h"
#include "store/outreach.h"
#include "store/store.h"

static int
take_words(enum brochure_part part, const char *text, void *argument)
{
	struct brochure_words *words = argument;

	(void)snprintf(words->of[part], sizeof(words->of[part]), "%s", text);
	return 0;
}

int
brochure_words_read(struct brochure_words *words, struct store *store, const char *area,
    const char *language, struct error *error)
{
	*words = (struct brochure_words){ 0 };
	return store_brochure_each(store, area, language, take_words, words, error);
}

static int
save_each(const struct brochure_words *words, unsigned parts, struct store *store,
    const char *area, const char *language, struct error *error)
{
	for (enum brochure_part part = 0; part < BROCHURE_PART_COUNT; part++) {
		int result = 0;

		if ((parts & 1U << part) == 0)
			continue;
		if (words->of[part][0] == '\0')
			result = store_brochure_remove(store, area, language, part, error);
		else
			result = store_brochure_put(store, area, language, part, words->of[part],
			    error);
		if (result == -1)
			return -1;
	}
	return 0;
}

int
brochure_words_save(const struct brochure_words *words, unsigned parts, struct store *store,
    const char *area, const char *language, struct error *error)
{
	if (store_begin(store, error) == -1)
		return -1;
	if (save_each(words, parts, store, area, language, error) == -1) {
		store_rollback(store);
		return -1;
	}
	return store_commit(store, error);
}
