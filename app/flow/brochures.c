/* The texts on brochures that a lead has written. */
#include <stdio.h>

#include "base/words.h"
#include "flow/codes.h"
#include "flow/work.h"
#include "store/outreach.h"

static int
take_words(enum brochure_part part, const char *text, void *argument)
{
	struct brochure_words *words = argument;

	(void)snprintf(words->of[part], sizeof(words->of[part]), "%s", text);
	return 0;
}

int
brochure_words_read(struct work *work, struct brochure_words *words, const char *area,
    const char *language)
{
	*words = (struct brochure_words){ 0 };
	return store_brochure_each(work->store, area, language, take_words, words, &work->error);
}

static int
save_each(struct work *work, const struct brochure_words *words, unsigned parts,
    const char *area, const char *language)
{
	for (enum brochure_part part = 0; part < BROCHURE_PART_COUNT; part++) {
		int result = 0;

		if ((parts & 1U << part) == 0)
			continue;
		if (words->of[part][0] == '\0')
			result = store_brochure_remove(work->store, area, language, part,
			    &work->error);
		else
			result = store_brochure_put(work->store, area, language, part,
			    words->of[part], &work->error);
		if (result == -1)
			return -1;
	}
	return 0;
}

int
brochure_words_save(struct work *work, const struct brochure_words *words, unsigned parts,
    const char *area, const char *language)
{
	if (work_begin(work) == -1)
		return -1;
	return work_end(work, save_each(work, words, parts, area, language));
}
