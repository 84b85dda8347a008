/* Figures of queues and promises, and cases that nobody has tried to reach. */
#include "base/base.h"
#include "base/words.h"
#include "fixture.h"
#include "store/store.h"

static int
check_figures(const struct queue_figures *figures, void *context)
{
	static const struct queue_figures expected[] = {
		{ OTHER, 0, 0, 1 },
		{ KAA, 1, 0, 1 },
		{ YOUTH, 3, 2, 2 },
	};
	const struct queue_figures *want = &expected[(*(int *)context)++];

	assert_string_equal(figures->queue, want->queue);
	assert_int_equal(figures->open, want->open);
	assert_int_equal(figures->overdue, want->overdue);
	assert_int_equal(figures->readers, want->readers);
	return 0;
}

static void
test_figures_count_open_and_overdue_cases(void **state)
{
	struct place *place = *state;
	int queue = 0;

	add_service(place);
	for (int64_t i = 1; i <= 3; i++)
		receive(place, i, YOUTH, T0 + i * DAY);
	receive(place, 4, YOUTH, T0);
	move_case(place, 4, STATE_CLAIMED, ANNA, T0);
	move_case(place, 4, STATE_CLOSED, 0, T0);
	receive(place, 5, KAA, T0 + 9 * DAY);
	ASSERT_DONE(place, store_queue_figures(place->store, T0 + 2 * DAY + 1, check_figures, &queue,
	    &place->error));
	assert_int_equal(queue, 3);
}

static void
add_event(struct place *place, int64_t number, enum act act, int64_t at, int of_step)
{
	const struct event_row event = {
		.case_number = number, .account = ANNA, .at = at, .act = act, .from = STATE_WAITING,
		.to = STATE_WAITING, .due_at = T0 + DAY, .of_step = of_step
	};

	ASSERT_DONE(place, store_event_add(place->store, &event, &place->error));
}

struct told {
	int count;
	struct promise_row row;
};

static int
keep_promise(const struct promise_row *row, void *context)
{
	struct told *told = context;

	told->count++;
	told->row = *row;
	return 0;
}

static struct promise_row
only_promise(struct place *place)
{
	struct told told = { 0 };

	ASSERT_DONE(place, store_promise_each(place->store, 0, INT64_MAX, keep_promise, &told,
	    &place->error));
	assert_int_equal(told.count, 1);
	return told.row;
}

static void
assert_promise(struct place *place, int64_t tried_at, int64_t answered_at)
{
	struct promise_row row = only_promise(place);

	assert_string_equal(row.queue, YOUTH);
	assert_int_equal(row.received_at, T0);
	assert_int_equal(row.promised_at, T0 + DAY);
	assert_int_equal(row.tried_at, tried_at);
	assert_int_equal(row.answered_at, answered_at);
}

static void
test_attempt_answers_a_promise(void **state)
{
	struct place *place = *state;

	add_service(place);
	receive(place, 1, YOUTH, T0 + DAY);
	assert_promise(place, 0, 0);
	add_event(place, 1, ACT_CLAIM, T0 + 1, 0);
	add_event(place, 1, ACT_NOTE, T0 + 2, 0);
	add_event(place, 1, ACT_PARK, T0 + 3, 0);
	assert_promise(place, 0, 0);
	add_event(place, 1, ACT_NO_ANSWER, T0 + 10, 0);
	assert_promise(place, T0 + 10, T0 + 10);
	add_event(place, 1, ACT_REACHED, T0 + 20, 0);
	assert_promise(place, T0 + 10, T0 + 10);
}

static void
test_each_attempt_counts(void **state)
{
	static const enum act attempts[] = {
		ACT_REACHED, ACT_RANG_BACK, ACT_NO_ANSWER, ACT_LEFT_MESSAGE, ACT_TEXTED,
		ACT_WRONG_NUMBER
	};
	struct place *place = *state;
	struct told told = { 0 };

	add_service(place);
	for (size_t i = 0; i < COUNT_OF(attempts); i++) {
		receive(place, (int64_t)i + 1, YOUTH, T0 + DAY);
		add_event(place, (int64_t)i + 1, attempts[i], T0 + 7, 0);
		ASSERT_DONE(place, store_promise_each(place->store, 0, INT64_MAX, keep_promise, &told,
		    &place->error));
		assert_int_equal(told.row.tried_at, T0 + 7);
	}
}

static void
test_undone_attempt_does_not_count(void **state)
{
	struct place *place = *state;

	add_service(place);
	receive(place, 1, YOUTH, T0 + DAY);
	add_event(place, 1, ACT_NO_ANSWER, T0 + 10, 0);		/* step 2 */
	add_event(place, 1, ACT_UNDO, T0 + 11, 2);
	assert_promise(place, 0, 0);
	add_event(place, 1, ACT_TEXTED, T0 + 30, 0);		/* step 4 */
	assert_promise(place, T0 + 30, T0 + 30);
	add_event(place, 1, ACT_CLOSE, T0 + 40, 0);		/* step 5 */
	add_event(place, 1, ACT_UNDO, T0 + 41, 4);
	assert_promise(place, 0, T0 + 40);
	add_event(place, 1, ACT_UNDO, T0 + 42, 5);
	assert_promise(place, 0, 0);
}

static void
test_closing_answers_a_promise(void **state)
{
	struct place *place = *state;

	add_service(place);
	receive(place, 1, YOUTH, T0 + DAY);
	add_event(place, 1, ACT_PROPOSE, T0 + 10, 0);
	assert_promise(place, 0, 0);
	add_event(place, 1, ACT_CONFIRM, T0 + 20, 0);
	assert_promise(place, 0, T0 + 20);
}

/* From the first moment on, before the other. */
static void
test_promises_are_limited_to_the_time(void **state)
{
	static const struct { int64_t from_at, before_at; int count; } rows[] = {
		{ T0, T0 + 1, 1 }, { T0 - 1, T0, 0 }, { T0 + 1, T0 + 2, 0 }, { 0, INT64_MAX, 1 }
	};
	struct place *place = *state;

	add_service(place);
	receive(place, 1, YOUTH, T0 + DAY);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct told told = { 0 };

		ASSERT_DONE(place, store_promise_each(place->store, rows[i].from_at, rows[i].before_at,
		    keep_promise, &told, &place->error));
		assert_int_equal(told.count, rows[i].count);
	}
}

struct found {
	int64_t number[8];
	int count;
};

static int
keep_number(const struct case_row *row, void *context)
{
	struct found *found = context;

	found->number[found->count++] = row->number;
	return 0;
}

/*
 * 1 and 2 wait too long; 3 was tried, 4 is closed, the moment of 5 has not
 * passed; the attempt to reach 6 was taken back; 7 is held and nothing more.
 */
static void
test_untried_cases_come_oldest_promise_first(void **state)
{
	struct place *place = *state;
	struct found found = { .count = 0 };

	add_service(place);
	receive(place, 1, YOUTH, T0 + DAY);
	receive(place, 2, KAA, T0 + DAY - 1);
	receive(place, 3, YOUTH, T0 + DAY);
	add_event(place, 3, ACT_WRONG_NUMBER, T0 + 5, 0);
	receive(place, 4, YOUTH, T0 + DAY);
	move_case(place, 4, STATE_CLAIMED, ANNA, T0);
	move_case(place, 4, STATE_CLOSED, 0, T0);
	receive(place, 5, YOUTH, T0 + 2 * DAY);
	receive(place, 6, YOUTH, T0 + DAY - 2);
	add_event(place, 6, ACT_REACHED, T0 + 5, 0);
	add_event(place, 6, ACT_UNDO, T0 + 6, 2);
	receive(place, 7, YOUTH, T0 + DAY);
	move_case(place, 7, STATE_CLAIMED, BO, T0);
	ASSERT_DONE(place, store_untried_each(place->store, T0 + 2 * DAY, keep_number, &found,
	    &place->error));
	assert_int_equal(found.count, 4);
	assert_int_equal(found.number[0], 6);
	assert_int_equal(found.number[1], 2);
	assert_int_equal(found.number[2], 1);
	assert_int_equal(found.number[3], 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_figures_count_open_and_overdue_cases),
		BOTH(test_attempt_answers_a_promise),
		BOTH(test_each_attempt_counts),
		BOTH(test_undone_attempt_does_not_count),
		BOTH(test_closing_answers_a_promise),
		BOTH(test_promises_are_limited_to_the_time),
		BOTH(test_untried_cases_come_oldest_promise_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
