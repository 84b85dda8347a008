/* Whether the intake of an area is open, and the text of its closed page. */

#include "base/base.h"
#include "fixture.h"
#include "store/outreach.h"

static int64_t
version(struct place *place)
{
	int64_t version;

	ASSERT_DONE(place, store_intake_version(place->store, &version, &place->error));
	return version;
}

static void
test_intake_is_read_as_it_was_written(void **state)
{
	struct place *place = *state;
	struct intake_row read, row = {
		.area = "1781", .changed_at = T0,
		.turns_day = day_of(T0) + 3, .back_day = day_of(T0) + 4
	};

	assert_int_equal(store_intake_get(place->store, "1781", &read, &place->error), ABSENT);
	ASSERT_DONE(place, store_intake_put(place->store, &row, &place->error));
	assert_int_equal(store_intake_get(place->store, "1781", &read, &place->error), FOUND);
	assert_string_equal(read.area, "1781");
	assert_false(read.open);
	assert_int_equal(read.changed_at, T0);
	assert_int_equal(read.turns_day, day_of(T0) + 3);
	assert_int_equal(read.back_day, day_of(T0) + 4);
	row = (struct intake_row){ .area = "1781", .open = true };
	ASSERT_DONE(place, store_intake_put(place->store, &row, &place->error));
	assert_int_equal(store_intake_get(place->store, "1781", &read, &place->error), FOUND);
	assert_true(read.open);
	assert_int_equal(read.changed_at, 0);
	assert_int_equal(read.turns_day, 0);
	assert_int_equal(read.back_day, 0);
	row.back_day = day_of(T0);
	assert_int_equal(store_intake_put(place->store, &row, &place->error), -1);
	row.turns_day = row.back_day;
	assert_int_equal(store_intake_put(place->store, &row, &place->error), -1);
	row.turns_day = row.back_day = 0;
	strcpy(row.area, "17a1");
	assert_int_equal(store_intake_put(place->store, &row, &place->error), -1);
}

static int
collect(const char *language, const char *words, void *argument)
{
	strcat(argument, language);
	strcat(argument, words);
	return 0;
}

static void
test_closed_text_belongs_to_its_language(void **state)
{
	struct place *place = *state;
	char words[128] = "", long_words[502];

	ASSERT_DONE(place, store_intake_words_put(place->store, "1781", "sv", "Hej.", &place->error));
	ASSERT_DONE(place, store_intake_words_put(place->store, "1781", "ar", "A", &place->error));
	ASSERT_DONE(place, store_intake_words_put(place->store, "1780", "sv", "X", &place->error));
	ASSERT_DONE(place, store_intake_words_each(place->store, "1781", collect, words, &place->error));
	assert_string_equal(words, "arAsvHej.");
	ASSERT_DONE(place, store_intake_words_put(place->store, "1781", "ar", "", &place->error));
	words[0] = '\0';
	ASSERT_DONE(place, store_intake_words_each(place->store, "1781", collect, words, &place->error));
	assert_string_equal(words, "svHej.");
	memset(long_words, 'a', 501);
	long_words[501] = '\0';
	assert_int_equal(store_intake_words_put(place->store, "1781", "sv", long_words,
	    &place->error), -1);
}

static void
test_version_grows_with_every_change(void **state)
{
	struct place *place = *state;
	const struct intake_row row = { .area = "1781" };
	int64_t last = version(place);

	for (int i = 0; i < 2; i++) {
		static const char *const words[] = { "Hej.", "" };

		ASSERT_DONE(place, store_intake_put(place->store, &row, &place->error));
		assert_true(version(place) > last);
		last = version(place);
		ASSERT_DONE(place, store_intake_words_put(place->store, "1781", "sv", words[i],
		    &place->error));
		assert_true(version(place) > last);
		last = version(place);
	}
	assert_int_equal(version(place), last);
}

static void
test_shown_number_belongs_to_its_queue_and_number(void **state)
{
	struct place *place = *state;
	int32_t day = 0;

	assert_int_equal(store_shown_number_get(place->store, YOUTH, "+46701740611", &day,
	    &place->error), ABSENT);
	for (int32_t seen = 20000; seen < 20002; seen++) {
		ASSERT_DONE(place, store_shown_number_put(place->store, YOUTH, "+46701740611", seen,
		    ANNA, &place->error));
		assert_int_equal(store_shown_number_get(place->store, YOUTH, "+46701740611", &day,
		    &place->error), FOUND);
		assert_int_equal(day, seen);
	}
	assert_int_equal(store_shown_number_get(place->store, YOUTH, "+46701740612", &day,
	    &place->error), ABSENT);
	assert_int_equal(store_shown_number_get(place->store, "other", "+46701740611", &day,
	    &place->error), ABSENT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_intake_is_read_as_it_was_written),
		BOTH(test_closed_text_belongs_to_its_language),
		BOTH(test_shown_number_belongs_to_its_queue_and_number),
		BOTH(test_version_grows_with_every_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
