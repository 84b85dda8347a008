/* Codes and their visits, and the values of meta. */

#include "base/base.h"
#include "base/words.h"
#include "fixture.h"
#include "store/store.h"

static int
check_code(const struct code_row *row, int64_t visits, int64_t cases, void *context)
{
	bool first = strcmp(row->code, "AAAAAA") == 0;

	assert_int_equal(visits, first ? 7 : 0);
	assert_int_equal(cases, first ? 2 : 0);
	++*(int *)context;
	return 0;
}

static void
test_code_is_added_changed_and_counted(void **state)
{
	struct place *place = *state;
	struct code_row row = { .code = "AAAAAA", .area = "1781", .created_at = T0 }, got;
	struct case_row brought = waiting_case(1, YOUTH, T0 + DAY);
	int64_t version, before;
	int count = 0;

	strcpy(row.place, "Vårdcentralen");
	ASSERT_DONE(place, store_code_version(place->store, &before, &place->error));
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		row.code[5] = (char)('A' + i);
		row.channel = (enum channel)i;
		ASSERT_DONE(place, store_code_add(place->store, &row, &place->error));
	}
	assert_int_equal(store_code_get(place->store, "AAAAAA", &got, &place->error), FOUND);
	assert_string_equal(got.place, "Vårdcentralen");
	assert_int_equal(got.channel, CHANNEL_HEALTH);
	assert_int_equal(got.retired_at, 0);
	assert_int_equal(store_code_get(place->store, "AAAAA0", &got, &place->error), ABSENT);
	ASSERT_DONE(place, store_code_version(place->store, &version, &place->error));
	assert_true(version > before);
	got = (struct code_row){
		.code = "AAAAAA", .area = "1780", .channel = CHANNEL_PRESS, .place = "NWT",
		.language = "ar", .first_day = 20000, .last_day = 20001, .retired_at = T0 + 5,
		.seen_at = T0 + 6
	};
	ASSERT_DONE(place, store_code_change(place->store, &got, &place->error));
	ASSERT_DONE(place, store_code_version(place->store, &before, &place->error));
	assert_true(before > version);
	memset(&got, 0, sizeof(got));
	assert_int_equal(store_code_get(place->store, "AAAAAA", &got, &place->error), FOUND);
	assert_string_equal(got.area, "1780");
	assert_int_equal(got.channel, CHANNEL_PRESS);
	assert_string_equal(got.place, "NWT");
	assert_string_equal(got.language, "ar");
	assert_int_equal(got.first_day, 20000);
	assert_int_equal(got.last_day, 20001);
	assert_int_equal(got.created_at, T0);
	assert_int_equal(got.retired_at, T0 + 5);
	assert_int_equal(got.seen_at, T0 + 6);
	/* The one that is retired is nobody's like; the others are. */
	assert_int_equal(store_code_like(place->store, &got, &place->error), ABSENT);
	row.channel = CHANNEL_SCHOOL;
	assert_int_equal(store_code_like(place->store, &row, &place->error), FOUND);
	strcpy(got.code, "ZZZZZZ");
	ASSERT_FAILS(place, ERROR_INTERNAL,
	    store_code_change(place->store, &got, &place->error));
	for (int32_t day = 0; day < 2; day++)
		ASSERT_DONE(place,
		    store_code_visits_add(place->store, "AAAAAA", day, VISIT_PERSON, 3,
		    &place->error));
	ASSERT_DONE(place, store_code_visits_add(place->store, "AAAAAA", 0, VISIT_PERSON, 1,
	    &place->error));
	/* Others than people are none of its visits. */
	ASSERT_DONE(place, store_code_visits_add(place->store, "AAAAAA", 0, VISIT_ROBOT, 5,
	    &place->error));
	strcpy(brought.code, "AAAAAA");
	for (; brought.number <= 2; brought.number++)
		ASSERT_DONE(place, store_case_add(place->store, &brought, &place->error));
	ASSERT_DONE(place, store_code_each(place->store, check_code, &count, &place->error));
	assert_int_equal(count, CHANNEL_COUNT);
}

static void
test_only_an_unused_code_is_removed(void **state)
{
	struct place *place = *state;
	struct code_row row = { .code = "AAAAA0", .area = "1781", .place = "X", .created_at = T0 }, got;
	struct case_row brought = waiting_case(1, YOUTH, T0 + DAY);
	int64_t before, after;

	/* 0 and 3 nothing, 1 was printed, 2 was opened, 4 brought a case. */
	for (int i = 0; i < 5; i++) {
		row.code[5] = (char)('0' + i);
		ASSERT_DONE(place, store_code_add(place->store, &row, &place->error));
	}
	ASSERT_DONE(place, store_code_printed(place->store, "AAAAA1", T0, &place->error));
	ASSERT_DONE(place, store_code_visits_add(place->store, "AAAAA2", 1, VISIT_ROBOT, 1, &place->error));
	strcpy(brought.code, "AAAAA4");
	ASSERT_DONE(place, store_case_add(place->store, &brought, &place->error));
	for (int i = 0; i < 5; i++) {
		row.code[5] = (char)('0' + i);
		assert_int_equal(store_code_unused(place->store, row.code, &place->error), i % 3 == 0 ? FOUND : ABSENT);
		if (i % 3 != 0)
			ASSERT_FAILS(place, ERROR_REFUSED, store_code_remove(place->store, row.code, &place->error));
	}
	ASSERT_DONE(place, store_code_version(place->store, &before, &place->error));
	ASSERT_DONE(place, store_code_remove(place->store, "AAAAA0", &place->error));
	ASSERT_DONE(place, store_code_version(place->store, &after, &place->error));
	assert_true(after > before);
	/* Made again and removed again, the number still grows. */
	row.code[5] = '0';
	for (int i = 0; i < 2; i++) {
		before = after;
		ASSERT_DONE(place, i == 0 ? store_code_add(place->store, &row, &place->error) :
		    store_code_remove(place->store, row.code, &place->error));
		ASSERT_DONE(place, store_code_version(place->store, &after, &place->error));
		assert_true(after > before);
	}
	assert_int_equal(store_code_get(place->store, "AAAAA0", &got, &place->error), ABSENT);
	assert_int_equal(store_code_get(place->store, "AAAAA3", &got, &place->error), FOUND);
	ASSERT_DONE(place, store_code_visits_add(place->store, "AAAAA0", 1, VISIT_PERSON, 1, &place->error));
}

static void
test_meta_value_is_replaced(void **state)
{
	struct place *place = *state;
	struct buffer value = { 0 };

	assert_int_equal(store_meta_get(place->store, "k", &value, &place->error), ABSENT);
	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_meta_put(place->store, "k", "a\0b", 3, &place->error));
	assert_int_equal(store_meta_get(place->store, "k", &value, &place->error), FOUND);
	assert_int_equal(value.length, 3);
	assert_memory_equal(value.data, "a\0b", 3);
	ASSERT_DONE(place, store_meta_put(place->store, "k", "", 0, &place->error));
	store_lock_keys(place->store);
	assert_int_equal(store_meta_get(place->store, "k", &value, &place->error), FOUND);
	assert_int_equal(value.length, 0);
	buffer_free(&value);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_code_is_added_changed_and_counted),
		BOTH(test_only_an_unused_code_is_removed),
		BOTH(test_meta_value_is_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
