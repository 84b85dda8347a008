/* Brochures: which texts each kind has, how long they may be, and a lead's own words in their place. */
#include "base/base.h"
#include "base/words.h"
#include "flow/codes.h"
#include "flow_service.h"
#include "rules/codes.h"
#include "rules/rules.h"

static const char heading[] = "Ring oss";

static void
repeat(char *out, const char *text, int times)
{
	*out = '\0';
	for (int i = 0; i < times; i++)
		strcat(out, text);
}

static void
each_kind_has_its_texts(void **state)
{
	const unsigned leaf = brochure_parts(BROCHURE_POSTER);
	int most = 0;

	(void)state;
	assert_int_equal(brochure_parts(BROCHURE_FLYER), leaf);
	assert_int_equal(brochure_parts(BROCHURE_CARD), leaf);
	assert_int_equal(brochure_parts(BROCHURE_STICKERS), 1U << BROCHURE_HEADING);
	assert_int_equal(brochure_parts(BROCHURE_BUSINESS_CARDS),
	    1U << BROCHURE_HEADING | 1U << BROCHURE_RING);
	assert_true((leaf & 1U << BROCHURE_PROMISE) != 0 && (leaf & 1U << BROCHURE_STEP1) == 0);
	for (int part = 0; part < BROCHURE_PART_COUNT; part++) {
		assert_true((brochure_parts(BROCHURE_FOLDED) & 1U << part) != 0);
		if (brochure_most((enum brochure_part)part) > most)
			most = brochure_most((enum brochure_part)part);
	}
	assert_int_equal(most, BROCHURE_MAX);
	assert_int_equal(brochure_copies(BROCHURE_STICKERS), 12);
	assert_int_equal(brochure_copies(BROCHURE_BUSINESS_CARDS), 10);
	assert_int_equal(brochure_copies(BROCHURE_FOLDED), 1);
}

/* Characters, not bytes; what does not fit comes back as nothing. */
static void
reads_what_fits(void **state)
{
	static const char *const letters[] = { "a", "å", "م", "😀" };
	char written[BROCHURE_SIZE + 8], words[BROCHURE_SIZE];

	(void)state;
	for (int i = 0; i < BROCHURE_PART_COUNT * (int)COUNT_OF(letters); i++) {
		const enum brochure_part part = (enum brochure_part)(i / (int)COUNT_OF(letters));
		const char *letter = letters[i % (int)COUNT_OF(letters)];

		repeat(written, letter, brochure_most(part));
		assert_int_equal(brochure_read(part, written, words), FAULT_NONE);
		assert_string_equal(words, written);
		strcat(written, letter);
		assert_int_equal(brochure_read(part, written, words), FAULT_LONG);
		assert_string_equal(words, "");
	}
	assert_int_equal(brochure_read(BROCHURE_INTRO, " Du som\r\när ung\n", words), FAULT_NONE);
	assert_string_equal(words, "Du som är ung");
	assert_int_equal(brochure_read(BROCHURE_INTRO, " \n\u200b", words), FAULT_MISSING);
	assert_string_equal(words, "");
	assert_int_equal(brochure_read(BROCHURE_INTRO, "Du\x1bsom", words), FAULT_CHARACTERS);
	assert_string_equal(words, "");
}

static void
sets_long_words_smaller(void **state)
{
	static const struct {
		enum brochure_part part;
		const char *letter;
		int most;		/* at the usual size */
	} rows[] = {
		{ BROCHURE_HEADING, "a", 36 }, { BROCHURE_HEADING, "å", 36 },
		{ BROCHURE_HEADING, "م", 36 }, { BROCHURE_PROMISE, "a", 52 },
		/* 27 + 27 / 3 is 36: capitals are wider. */
		{ BROCHURE_HEADING, "A", 27 }, { BROCHURE_HEADING, "Å", 27 },
	};
	char words[BROCHURE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		repeat(words, rows[i].letter, rows[i].most);
		assert_false(brochure_long(rows[i].part, words));
		strcat(words, rows[i].letter);
		assert_true(brochure_long(rows[i].part, words));
	}
}

static struct brochure_words
kept(const char *area, const char *language)
{
	struct brochure_words words;

	/* What was there before is gone. */
	memset(&words, 'x', sizeof(words));
	assert_done(brochure_words_read(&service.work, &words, area, language));
	return words;
}

static int
save(enum brochure_part part, const char *text, unsigned parts)
{
	struct brochure_words words = { 0 };

	strcpy(words.of[part], text);
	return brochure_words_save(&service.work, &words, parts, "1781", "sv");
}

static void
keeps_a_leads_words(void **state)
{
	struct brochure_words words = kept("1781", "sv");

	(void)state;
	for (int part = 0; part < BROCHURE_PART_COUNT; part++)
		assert_string_equal(words.of[part], "");
	assert_done(save(BROCHURE_HEADING, heading, brochure_parts(BROCHURE_STICKERS)));
	assert_done(save(BROCHURE_STEP1, "Skanna", 1U << BROCHURE_STEP1));
	words = kept("1781", "sv");
	assert_string_equal(words.of[BROCHURE_HEADING], heading);
	assert_string_equal(words.of[BROCHURE_STEP1], "Skanna");
	assert_string_equal(kept("1781", "en").of[BROCHURE_HEADING], "");
	assert_string_equal(kept("1780", "sv").of[BROCHURE_HEADING], "");
}

/* "" is the catalogue's again, of the parts that are named and of no other. */
static void
takes_them_back(void **state)
{
	struct brochure_words words;

	(void)state;
	assert_done(save(BROCHURE_HEADING, heading, 1U << BROCHURE_HEADING));
	assert_done(save(BROCHURE_STEP1, "Skanna", 1U << BROCHURE_STEP1));
	assert_done(save(BROCHURE_INTRO, "", brochure_parts(BROCHURE_POSTER)));
	words = kept("1781", "sv");
	assert_string_equal(words.of[BROCHURE_HEADING], "");
	assert_string_equal(words.of[BROCHURE_STEP1], "Skanna");
}

/* The store refuses the last of them. */
static void
keeps_all_or_none(void **state)
{
	char too_long[BROCHURE_SIZE];

	(void)state;
	assert_done(save(BROCHURE_HEADING, heading, 1U << BROCHURE_HEADING));
	repeat(too_long, "a", 501);
	assert_int_equal(save(BROCHURE_URGENT, too_long, brochure_parts(BROCHURE_FOLDED)), -1);
	assert_string_equal(kept("1781", "sv").of[BROCHURE_HEADING], heading);
	assert_string_equal(kept("1781", "sv").of[BROCHURE_URGENT], "");
	/* And it is ready for the next. */
	assert_done(save(BROCHURE_URGENT, "Ring 112", 1U << BROCHURE_URGENT));
}

#define WITH_SERVICE(test)	cmocka_unit_test_setup_teardown(test, service_open, service_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_has_its_texts),
		cmocka_unit_test(reads_what_fits),
		cmocka_unit_test(sets_long_words_smaller),
		WITH_SERVICE(keeps_a_leads_words),
		WITH_SERVICE(takes_them_back),
		WITH_SERVICE(keeps_all_or_none),
	};

	return service_start() == -1 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
