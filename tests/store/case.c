/* Cases: written, read, changed, and refused when broken. */

#include "base/base.h"
#include "base/words.h"
#include "fixture.h"
#include "store/store.h"

static void
test_case_is_read_as_it_was_written(void **state)
{
	struct place *place = *state;
	struct case_row got, row = waiting_case(7, YOUTH, T0 + DAY);

	strcpy(row.code, "ABC123");
	row.who = WHO_PROFESSIONAL;
	row.workplace = WORKPLACE_OTHER;
	row.when = WINDOW_AFTERNOON;
	row.speak = SPEAK_OTHER;
	row.attempts = 2;
	row.promised_at = T0 + 2 * DAY;
	ASSERT_DONE(place, store_case_add(place->store, &row, &place->error));
	got = get_case(place, 7);
	assert_string_equal(got.area, "1781");
	assert_string_equal(got.queue, YOUTH);
	assert_string_equal(got.code, "ABC123");
	assert_int_equal(got.who, WHO_PROFESSIONAL);
	assert_int_equal(got.workplace, WORKPLACE_OTHER);
	assert_int_equal(got.when, WINDOW_AFTERNOON);
	assert_int_equal(got.speak, SPEAK_OTHER);
	assert_int_equal(got.received_at, T0);
	assert_int_equal(got.promised_at, T0 + 2 * DAY);
	assert_int_equal(got.due_at, T0 + DAY);
	assert_int_equal(got.attempts, 2);
	assert_int_equal(got.holder, 0);
	assert_int_equal(got.closed_at, 0);
	assert_int_equal(store_case_get(place->store, 8, &got, &place->error), ABSENT);
	ASSERT_FAILS(place, ERROR_REFUSED, store_case_add(place->store, &row, &place->error));
}

/* The schema's lists of words against base/words.c. */
static void
test_schema_accepts_every_word(void **state)
{
	struct place *place = *state;
	int64_t number = 1;

	for (int i = 0; i < INFLOW_COUNT; i++, number++) {
		struct case_row got, row = waiting_case(number, YOUTH, T0);

		row.who = (enum who)(i % WHO_COUNT);
		row.age = (enum age)(i % AGE_COUNT);
		row.when = (enum window)(i % WINDOW_COUNT);
		row.workplace = (enum workplace)(i % (WORKPLACE_COUNT + 1));
		row.inflow = (enum inflow)i;
		ASSERT_DONE(place, store_case_add(place->store, &row, &place->error));
		got = get_case(place, number);
		assert_int_equal(got.who, row.who);
		assert_int_equal(got.age, row.age);
		assert_int_equal(got.when, row.when);
		assert_int_equal(got.workplace, row.workplace);
		assert_int_equal(got.inflow, row.inflow);
	}
	for (int i = 0; i < ACT_COUNT; i++) {
		struct event_row event = {
			.case_number = 1, .at = T0, .act = (enum act)i,
			.from = (enum state)(i % STATE_COUNT), .to = (enum state)((i + 1) % STATE_COUNT)
		};

		event.of_step = i == ACT_UNDO ? 1 : 0;
		ASSERT_DONE(place, store_event_add(place->store, &event, &place->error));
	}
}

static void
test_case_goes_through_its_states(void **state)
{
	static const enum state held[] = { STATE_CLAIMED, STATE_REACHED, STATE_FOLLOWING };
	struct place *place = *state;
	struct case_row row;

	add_service(place);
	receive(place, 1, YOUTH, T0 + DAY);
	for (size_t i = 0; i < COUNT_OF(held); i++) {
		move_case(place, 1, held[i], ANNA, T0 + 5);
		row = get_case(place, 1);
		assert_int_equal(row.state, held[i]);
		assert_int_equal(row.holder, ANNA);
	}
	row.state = STATE_CLOSED;
	row.holder = 0;
	row.due_at = 0;
	row.closed_at = T0 + 9;
	row.outcomes = 1u << OUTCOME_WORK | 1u << OUTCOME_STUDIES | 1u << OUTCOME_GUIDED_ELSEWHERE;
	ASSERT_DONE(place, store_case_change(place->store, &row, &place->error));
	row = get_case(place, 1);
	assert_int_equal(row.closed_at, T0 + 9);
	assert_int_equal(row.due_at, 0);
	assert_int_equal(row.outcomes,
	    1u << OUTCOME_WORK | 1u << OUTCOME_STUDIES | 1u << OUTCOME_GUIDED_ELSEWHERE);
	row.outcomes = (1u << OUTCOME_COUNT) - 1;
	ASSERT_DONE(place, store_case_change(place->store, &row, &place->error));
	assert_int_equal(get_case(place, 1).outcomes, (1u << OUTCOME_COUNT) - 1);
	row.number = 2;
	ASSERT_FAILS(place, ERROR_INTERNAL, store_case_change(place->store, &row, &place->error));
}

static void
test_broken_case_is_refused(void **state)
{
	static const struct {
		enum state state;
		int64_t due_at, holder, closed_at;
	} broken[] = {
		{ STATE_WAITING, 0, 0, 0 },		/* open without due time */
		{ STATE_WAITING, -5, 0, 0 },
		{ STATE_WAITING, T0, ANNA, 0 },		/* held before it is claimed */
		{ STATE_WAITING, T0, 0, T0 },		/* open and closed */
		{ STATE_WAITING, 0, 0, T0 },
		{ STATE_CLAIMED, T0, 0, 0 },		/* claimed by nobody */
		{ STATE_REACHED, T0, 0, 0 },
		{ STATE_FOLLOWING, 0, ANNA, 0 },
		{ STATE_CLAIMED, T0, 999, 0 },		/* by somebody who is not there */
		{ STATE_CLOSED, T0, 0, T0 },		/* closed and due */
		{ STATE_CLOSED, 0, 0, 0 },		/* closed without time */
		{ STATE_CLOSED, 0, ANNA, T0 },		/* closed and held */
		{ STATE_COUNT, T0, 0, 0 },
	};
	struct place *place = *state;
	struct case_row row;

	add_service(place);
	receive(place, 1, YOUTH, T0 + DAY);
	for (size_t i = 0; i < COUNT_OF(broken); i++) {
		row = get_case(place, 1);
		row.state = broken[i].state;
		row.due_at = broken[i].due_at;
		row.holder = broken[i].holder;
		row.closed_at = broken[i].closed_at;
		assert_int_equal(store_case_change(place->store, &row, &place->error), -1);
		row.number = 2;
		assert_int_equal(store_case_add(place->store, &row, &place->error), -1);
	}
	assert_int_equal(get_case(place, 1).state, STATE_WAITING);
	row = waiting_case(2, YOUTH, T0);
	strcpy(row.area, "17a1");
	assert_int_equal(store_case_add(place->store, &row, &place->error), -1);
	row = waiting_case(2, "", T0);
	assert_int_equal(store_case_add(place->store, &row, &place->error), -1);
}

/* The SQL lists acts by their words; it must list those that have the trait. */
static void
test_due_time_is_set_by_acts_with_the_trait(void **state)
{
	struct place *place = *state;

	add_service(place);
	for (int act = 0; act < ACT_COUNT; act++) {
		struct case_row row = waiting_case(act + 1, YOUTH, T0);
		struct event_row event = {
			.case_number = row.number, .at = T0, .act = (enum act)act,
			.of_step = act == ACT_UNDO ? 1 : 0
		};
		enum answer expected = act_has((enum act)act, ACT_SETS_DUE) ? FOUND : ABSENT;

		ASSERT_DONE(place, store_case_add(place->store, &row, &place->error));
		ASSERT_DONE(place, store_event_add(place->store, &event, &place->error));
		if (store_case_cause(place->store, row.number, &event, &place->error) != expected)
			fail_msg("%s", word_of(&words_act, act));
	}
}

static int
take_tried(const struct promise_row *row, void *context)
{
	*(int64_t *)context = row->tried_at;
	return 0;
}

static void
test_attempts_are_reached_and_acts_with_the_trait(void **state)
{
	struct place *place = *state;

	add_service(place);
	for (int act = 0; act < ACT_COUNT; act++) {
		struct case_row row = waiting_case(act + 1, YOUTH, T0);
		struct event_row event = {
			.case_number = row.number, .at = T0 + act, .act = (enum act)act,
			.of_step = act == ACT_UNDO ? 1 : 0
		};
		const bool attempt = act_has((enum act)act, ACT_IS_TALK) ||
		    act_has((enum act)act, ACT_IS_ATTEMPT);
		int64_t tried_at = 0;

		row.received_at = T0 + act;
		ASSERT_DONE(place, store_case_add(place->store, &row, &place->error));
		ASSERT_DONE(place, store_event_add(place->store, &event, &place->error));
		ASSERT_DONE(place, store_promise_each(place->store, row.received_at,
		    row.received_at + 1, take_tried, &tried_at, &place->error));
		if (tried_at != (attempt ? T0 + act : 0))
			fail_msg("%s", word_of(&words_act, act));
	}
}

/* A closing must say with which outcomes, and each is replaced whole. */
static void
test_closing_has_outcomes(void **state)
{
	struct place *place = *state;
	struct closing_row row = { .case_number = 1, .account = ANNA, .at = T0, .record = 5 };

	add_service(place);
	receive(place, 1, YOUTH, T0);
	ASSERT_FAILS(place, ERROR_INTERNAL, store_closing_put(place->store, &row, &place->error));
	for (unsigned i = 1; i <= 2; i++) {
		row.outcomes = i << OUTCOME_CARE;
		ASSERT_DONE(place, store_closing_put(place->store, &row, &place->error));
		assert_int_equal(store_closing_get(place->store, 1, &row, &place->error), FOUND);
		assert_int_equal(row.outcomes, i << OUTCOME_CARE);
		assert_int_equal(row.record, 5);
	}
	ASSERT_DONE(place, store_closing_remove(place->store, 1, &place->error));
	assert_int_equal(store_closing_get(place->store, 1, &row, &place->error), ABSENT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_case_is_read_as_it_was_written),
		BOTH(test_schema_accepts_every_word),
		BOTH(test_case_goes_through_its_states),
		BOTH(test_broken_case_is_refused),
		IN_MEMORY(test_due_time_is_set_by_acts_with_the_trait),
		IN_MEMORY(test_attempts_are_reached_and_acts_with_the_trait),
		IN_MEMORY(test_closing_has_outcomes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
