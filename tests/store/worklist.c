/* The queue list: whose, in which order, page by page, and what it counts. */

#include "base/base.h"
#include "base/words.h"
#include "fixture.h"
#include "store/handover.h"
#include "store/store.h"

#define MOST	400

struct listed {
	int64_t numbers[MOST];
	int64_t due[MOST];
	size_t count;
	size_t stop_after;	/* 0: never */
};

static int
note(const struct case_row *row, void *context)
{
	struct listed *listed = context;

	assert_in_range(listed->count, 0, MOST - 1);
	listed->numbers[listed->count] = row->number;
	listed->due[listed->count++] = row->due_at;
	return listed->count == listed->stop_after;
}

static struct listed
list(struct place *place, const struct case_filter *filter)
{
	struct listed listed = { .count = 0 };

	ASSERT_DONE(place,
	    store_queue_page(place->store, filter, note, &listed, &place->error));
	return listed;
}

/* Fifty in each queue, due in another order than they came, many at the same time. */
static void
fill(struct place *place)
{
	static const char *const queues[] = { YOUTH, KAA, OTHER };

	add_service(place);
	ASSERT_DONE(place, store_begin(place->store, &place->error));
	for (int64_t i = 1; i <= 150; i++)
		receive(place, i, queues[i % 3], T0 + DAY - i * 7 % 10 * 3600);
	ASSERT_DONE(place, store_commit(place->store, &place->error));
}

static void
test_list_has_own_queues_by_due_time(void **state)
{
	struct place *place = *state;
	struct case_filter filter = { .account = ANNA, .limit = MOST };
	struct listed listed;

	fill(place);
	listed = list(place, &filter);
	assert_int_equal(listed.count, 100);
	for (size_t i = 0; i < listed.count; i++) {
		assert_int_not_equal(listed.numbers[i] % 3, 2);
		if (i == 0)
			continue;
		assert_true(listed.due[i - 1] < listed.due[i] || (listed.due[i - 1] ==
		    listed.due[i] && listed.numbers[i - 1] < listed.numbers[i]));
	}
	filter.account = BO;
	assert_int_equal(list(place, &filter).count, 50);
	filter.account = 999;
	assert_int_equal(list(place, &filter).count, 0);
}

/* Nothing is shown twice or passed over, whatever the size of the page. */
static void
test_pages_make_the_whole_list(void **state)
{
	struct place *place = *state;
	struct case_filter filter = { .account = ANNA, .limit = MOST };
	struct listed whole, page;

	fill(place);
	whole = list(place, &filter);
	for (int limit = 1; limit <= 101; limit += 10) {
		size_t seen = 0;

		filter = (struct case_filter){ .account = ANNA, .limit = limit };
		while ((page = list(place, &filter)).count > 0) {
			assert_true(page.count <= (size_t)limit);
			assert_memory_equal(page.numbers, whole.numbers + seen,
			    page.count * sizeof(page.numbers[0]));
			seen += page.count;
			filter.after_key = page.due[page.count - 1];
			filter.after_number = page.numbers[page.count - 1];
		}
		assert_int_equal(seen, whole.count);
	}
}

static void
test_filter_limits_the_due_time(void **state)
{
	struct place *place = *state;
	struct case_filter filter = { .account = ANNA, .limit = MOST };
	struct listed whole, part;
	size_t expected = 0;

	fill(place);
	whole = list(place, &filter);
	filter.due_before = T0 + DAY - 4 * 3600;
	part = list(place, &filter);
	while (whole.due[expected] < filter.due_before)
		expected++;
	assert_in_range(expected, 1, 99);
	assert_int_equal(part.count, expected);
}

static void
test_filter_limits_to_own_cases(void **state)
{
	struct place *place = *state;
	struct case_filter filter = { .account = ANNA, .mine = true, .limit = MOST };
	struct listed listed;

	fill(place);
	assert_int_equal(list(place, &filter).count, 0);
	move_case(place, 3, STATE_CLAIMED, ANNA, T0);
	move_case(place, 6, STATE_REACHED, ANNA, T0);
	move_case(place, 9, STATE_CLAIMED, BO, T0);
	listed = list(place, &filter);
	assert_int_equal(listed.count, 2);
	assert_true(listed.due[0] <= listed.due[1]);
	store_unlock_keys(place->store);
	ASSERT_DONE(place,
	    store_membership_remove(place->store, ANNA, YOUTH, &place->error));
	store_lock_keys(place->store);
	assert_int_equal(list(place, &filter).count, 0);
}

static void
test_counts_cover_own_queues(void **state)
{
	struct place *place = *state;
	struct queue_counts counts;
	int64_t now = T0 + DAY - 5 * 3600 + 1;

	fill(place);
	move_case(place, 3, STATE_CLAIMED, ANNA, T0);
	move_case(place, 6, STATE_CLAIMED, ANNA, T0);
	move_case(place, 6, STATE_CLOSED, 0, T0);
	ASSERT_DONE(place, store_queue_count(place->store, ANNA, now, now + 3 * 3600, &counts,
	    &place->error));
	assert_int_equal(counts.open, 99);
	assert_int_equal(counts.overdue + counts.today + 20, counts.open);
	assert_int_equal(counts.overdue, 50);
	assert_int_equal(counts.mine, 1);
	/* What the list does not show is not counted. */
	ASSERT_DONE(place, store_conflict_add(place->store, 9, ANNA, &place->error));
	ASSERT_DONE(place, store_queue_count(place->store, ANNA, now, now + 3 * 3600, &counts,
	    &place->error));
	assert_int_equal(counts.open, 98);
	assert_int_equal(counts.overdue + counts.today, 78);
	ASSERT_DONE(place, store_queue_count(place->store, 999, now, now, &counts, &place->error));
	assert_int_equal(counts.open, 0);
}

/* By holder, by what the account did, and only what it may work on. */
static void
test_filter_limits_to_holder_and_deeds(void **state)
{
	struct place *place = *state;
	struct case_filter filter = { .account = ANNA, .limit = MOST };
	struct event_row event = { .case_number = 6, .account = ANNA, .at = T0, .act = ACT_NO_ANSWER };

	fill(place);
	move_case(place, 3, STATE_CLAIMED, ANNA, T0);
	move_case(place, 9, STATE_CLAIMED, BO, T0);
	filter.holder = STORE_NOBODY;
	assert_int_equal(list(place, &filter).count, 98);
	filter.holder = BO;
	assert_int_equal(list(place, &filter).count, 1);
	filter = (struct case_filter){ .account = ANNA, .workable = true, .limit = MOST };
	assert_int_equal(list(place, &filter).count, 99);
	filter = (struct case_filter){ .account = ANNA, .did = DID_TRY, .limit = MOST };
	assert_int_equal(list(place, &filter).count, 0);
	ASSERT_DONE(place, store_event_add(place->store, &event, &place->error));
	assert_int_equal(list(place, &filter).count, 1);
	filter.did = DID_REACH;
	assert_int_equal(list(place, &filter).count, 0);
	event.act = ACT_RANG_BACK;
	ASSERT_DONE(place, store_event_add(place->store, &event, &place->error));
	assert_int_equal(list(place, &filter).count, 1);
	filter.account = BO;
	assert_int_equal(list(place, &filter).count, 0);
}

struct numbers { int64_t number[8]; size_t count; };

static int
keep_number(const struct case_row *row, void *context)
{
	struct numbers *numbers = context;

	numbers->number[numbers->count++] = row->number;
	return numbers->count == COUNT_OF(numbers->number);
}

/* Last closed first, the higher number first of the same time; a page at a time. */
static void
test_closed_cases_have_pages(void **state)
{
	static const int64_t expected[] = { 6, 12, 9, 3 };
	struct place *place = *state;
	struct numbers numbers = { .count = 0 };
	int64_t at = INT64_MAX, number = INT64_MAX;

	fill(place);
	for (int64_t i = 3; i <= 12; i += 3)
		move_case(place, i, STATE_CLAIMED, ANNA, T0);
	move_case(place, 3, STATE_CLOSED, 0, T0);
	move_case(place, 9, STATE_CLOSED, 0, T0 + 1);
	move_case(place, 12, STATE_CLOSED, 0, T0 + 1);
	move_case(place, 6, STATE_CLOSED, 0, T0 + 2);
	for (size_t i = 0; i < COUNT_OF(expected); i++) {
		ASSERT_DONE(place, store_closed_page(place->store, ANNA, at, number, 1,
		    keep_number, &numbers, &place->error));
		assert_int_equal(numbers.count, i + 1);
		assert_int_equal(numbers.number[i], expected[i]);
		number = numbers.number[i];
		at = get_case(place, number).closed_at;
	}
	ASSERT_DONE(place, store_closed_page(place->store, ANNA, at, number, 9, keep_number,
	    &numbers, &place->error));
	assert_int_equal(numbers.count, COUNT_OF(expected));
	numbers.count = 0;
	ASSERT_DONE(place, store_conflict_add(place->store, 6, ANNA, &place->error));
	ASSERT_DONE(place, store_closed_page(place->store, ANNA, INT64_MAX, INT64_MAX, 9,
	    keep_number, &numbers, &place->error));
	assert_int_equal(numbers.count, 3);
	ASSERT_DONE(place, store_closed_page(place->store, CECILIA, INT64_MAX, INT64_MAX, 9,
	    keep_number, &numbers, &place->error));
	assert_int_equal(numbers.count, 3);
}

static int
keep_step(const struct event_row *event, void *context)
{
	struct numbers *numbers = context;

	numbers->number[numbers->count++] = event->case_number * 100 + event->step;
	return numbers->count == COUNT_OF(numbers->number);
}

static void
test_own_events_leave_out_reading_and_others(void **state)
{
	static const struct { int64_t number, account; enum act act; } events[] = {
		{ 3, ANNA, ACT_CLAIM }, { 3, ANNA, ACT_OPEN }, { 3, ANNA, ACT_FIND },
		{ 3, ANNA, ACT_NOTE }, { 6, BO, ACT_CLAIM }, { 6, ANNA, ACT_RANG_BACK },
		{ 1, ANNA, ACT_CLAIM }
	};
	struct place *place = *state;
	struct numbers numbers = { .count = 0 };

	fill(place);
	for (size_t i = 0; i < COUNT_OF(events); i++) {
		struct event_row event = {
			.case_number = events[i].number, .account = events[i].account,
			.at = T0 + (int64_t)i, .act = events[i].act
		};

		ASSERT_DONE(place, store_event_add(place->store, &event, &place->error));
	}
	ASSERT_DONE(place, store_conflict_add(place->store, 1, ANNA, &place->error));
	ASSERT_DONE(place, store_event_own(place->store, ANNA, 8, keep_step, &numbers,
	    &place->error));
	assert_int_equal(numbers.count, 3);
	assert_int_equal(numbers.number[0] / 100, 6);
	assert_int_equal(numbers.number[1] / 100, 3);
	assert_int_equal(numbers.number[2] / 100, 3);
	assert_true(numbers.number[1] > numbers.number[2]);
	numbers.count = 0;
	ASSERT_DONE(place, store_event_own(place->store, ANNA, 1, keep_step, &numbers,
	    &place->error));
	assert_int_equal(numbers.count, 1);
}

struct asked {
	struct place *place;
	int count, most;
};

static int
ask(const struct case_row *row, void *context)
{
	const struct case_filter filter = { .account = ANNA, .limit = 1 };
	struct asked *asked = context;
	struct place *place = asked->place;
	struct listed listed = { .count = 0 };
	struct case_row again;

	assert_int_equal(store_case_get(place->store, row->number, &again, &place->error), FOUND);
	assert_int_equal(again.due_at, row->due_at);
	ASSERT_FAILS(place, ERROR_INTERNAL,
	    store_queue_page(place->store, &filter, note, &listed, &place->error));
	return ++asked->count == asked->most;
}

/* It may ask for anything but what it is being told, and may stop. */
static void
test_callback_calls_the_store_and_stops(void **state)
{
	struct place *place = *state;
	struct case_filter filter = { .account = ANNA, .limit = 50 };
	struct asked asked = { place, 0, 0 };

	fill(place);
	ASSERT_DONE(place, store_queue_page(place->store, &filter, ask, &asked, &place->error));
	assert_int_equal(asked.count, 50);
	asked = (struct asked){ place, 0, 3 };
	ASSERT_DONE(place, store_queue_page(place->store, &filter, ask, &asked, &place->error));
	assert_int_equal(asked.count, 3);
	assert_int_equal(list(place, &filter).count, 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_list_has_own_queues_by_due_time),
		BOTH(test_pages_make_the_whole_list),
		BOTH(test_filter_limits_the_due_time),
		BOTH(test_filter_limits_to_own_cases),
		BOTH(test_counts_cover_own_queues),
		BOTH(test_filter_limits_to_holder_and_deeds),
		BOTH(test_closed_cases_have_pages),
		BOTH(test_own_events_leave_out_reading_and_others),
		BOTH(test_callback_calls_the_store_and_stops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
