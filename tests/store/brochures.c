/* Texts on brochures, as a lead wrote them, by area, language and part. */

#include "base/words.h"
#include "fixture.h"
#include "store/outreach.h"

#define MOST	500		/* characters, as the schema has it */

struct told {
	char words[BROCHURE_PART_COUNT][MOST * 4 + 1];
	int count, enough;	/* enough: after how many it asks for no more; 0 all */
};

static int
collect(enum brochure_part part, const char *words, void *argument)
{
	struct told *told = argument;

	assert_string_equal(told->words[part], "");
	strcpy(told->words[part], words);
	return ++told->count == told->enough;
}

static struct told *
read_words(struct place *place, const char *area, const char *language)
{
	static struct told told;

	told = (struct told){ .count = 0 };
	ASSERT_DONE(place, store_brochure_each(place->store, area, language, collect, &told,
	    &place->error));
	return &told;
}

static void
put(struct place *place, const char *area, const char *language, enum brochure_part part,
    const char *words)
{
	ASSERT_DONE(place, store_brochure_put(place->store, area, language, part, words,
	    &place->error));
}

static void
test_text_belongs_to_area_and_language(void **state)
{
	struct place *place = *state;
	struct told *told;

	assert_int_equal(read_words(place, "1781", "sv")->count, 0);
	put(place, "1781", "sv", BROCHURE_HEADING, "Ring oss");
	put(place, "1781", "sv", BROCHURE_URGENT, "Ring 112");
	put(place, "1781", "en", BROCHURE_HEADING, "Call us");
	put(place, "1780", "sv", BROCHURE_HEADING, "Hör av dig");
	told = read_words(place, "1781", "sv");
	assert_int_equal(told->count, 2);
	assert_string_equal(told->words[BROCHURE_HEADING], "Ring oss");
	assert_string_equal(told->words[BROCHURE_URGENT], "Ring 112");
	told = read_words(place, "1780", "sv");
	assert_int_equal(told->count, 1);
	assert_string_equal(told->words[BROCHURE_HEADING], "Hör av dig");
	assert_int_equal(read_words(place, "1780", "en")->count, 0);
}

static void
test_text_is_replaced_and_removed(void **state)
{
	struct place *place = *state;
	struct told *told;

	put(place, "1781", "sv", BROCHURE_HEADING, "Ring oss");
	put(place, "1781", "sv", BROCHURE_HEADING, "Hör av dig");
	put(place, "1781", "sv", BROCHURE_INTRO, "Du som är ung");
	put(place, "1781", "en", BROCHURE_HEADING, "Call us");
	told = read_words(place, "1781", "sv");
	assert_int_equal(told->count, 2);
	assert_string_equal(told->words[BROCHURE_HEADING], "Hör av dig");
	/* Twice: there being none is fine. */
	for (int i = 0; i < 2; i++)
		ASSERT_DONE(place, store_brochure_remove(place->store, "1781", "sv",
		    BROCHURE_HEADING, &place->error));
	told = read_words(place, "1781", "sv");
	assert_int_equal(told->count, 1);
	assert_string_equal(told->words[BROCHURE_INTRO], "Du som är ung");
	assert_int_equal(read_words(place, "1781", "en")->count, 1);
}

static void
test_every_part_keeps_its_text(void **state)
{
	struct place *place = *state;
	struct told told = { .enough = 3 };

	for (int part = 0; part < BROCHURE_PART_COUNT; part++)
		put(place, "1781", "sv", (enum brochure_part)part,
		    word_of(&words_brochure_part, part));
	for (int part = 0; part < BROCHURE_PART_COUNT; part++)
		assert_string_equal(read_words(place, "1781", "sv")->words[part],
		    word_of(&words_brochure_part, part));
	ASSERT_DONE(place, store_brochure_each(place->store, "1781", "sv", collect, &told,
	    &place->error));
	assert_int_equal(told.count, 3);
}

static void
test_text_holds_500_characters_of_any_script(void **state)
{
	static const char wide[] = "😀";
	struct place *place = *state;
	char words[(MOST + 1) * 4 + 1] = "";

	for (int i = 0; i < MOST; i++)
		memcpy(words + 4 * i, wide, sizeof(wide));
	put(place, "1781", "sv", BROCHURE_RELATIVE, words);
	assert_string_equal(read_words(place, "1781", "sv")->words[BROCHURE_RELATIVE], words);
	memcpy(words + 4 * MOST, wide, sizeof(wide));
	assert_int_equal(store_brochure_put(place->store, "1781", "sv", BROCHURE_RELATIVE, words,
	    &place->error), -1);
	assert_int_equal(store_brochure_put(place->store, "1781", "sv", BROCHURE_HEADING, "",
	    &place->error), -1);
	assert_int_equal(read_words(place, "1781", "sv")->count, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_text_belongs_to_area_and_language),
		BOTH(test_text_is_replaced_and_removed),
		BOTH(test_every_part_keeps_its_text),
		BOTH(test_text_holds_500_characters_of_any_script),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
