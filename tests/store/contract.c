/* What every backend promises about cases and what is written of them. */

#include "fixture.h"

static void
test_case_comes_back_as_it_was(void **state)
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
test_every_word_is_known(void **state)
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
test_broken_cases_are_refused(void **state)
{
	static const struct {
		enum state state;
		int64_t due_at, holder, closed_at;
	} broken[] = {
		{ STATE_WAITING, 0, 0, 0 },		/* open without due time */
		{ STATE_WAITING, -5, 0, 0 },
		{ STATE_WAITING, T0, ANNA, 0 },		/* held before it is claimed */
		{ STATE_WAITING, T0, 0, T0 },		/* open and closed */
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

static int
sum_numbers(const struct record_row *row, void *context)
{
	*(int64_t *)context += row->number;
	assert_int_equal(row->case_number, 1);
	assert_memory_equal(row->box, row->number == 11 ? "note" : "sealed", row->box_size);
	return 0;
}

static void
test_records_by_kind_in_order(void **state)
{
	struct place *place = *state;
	struct record_row note = {
		.number = 11, .case_number = 1, .account = ANNA, .at = T0, .kind = 2,
		.box = (const unsigned char *)"note", .box_size = 4
	};
	int64_t sum = 0;

	receive(place, 1, YOUTH, T0 + DAY);
	receive(place, 2, YOUTH, T0 + DAY);
	ASSERT_DONE(place, store_record_add(place->store, &note, &place->error));
	ASSERT_DONE(place, store_record_each(place->store, 1, 0, sum_numbers, &sum, &place->error));
	assert_int_equal(sum, 12);
	sum = 0;
	ASSERT_DONE(place, store_record_each(place->store, 1, 2, sum_numbers, &sum, &place->error));
	assert_int_equal(sum, 11);
	note.number = 12;
	note.case_number = 3;
	ASSERT_FAILS(place, ERROR_REFUSED, store_record_add(place->store, &note, &place->error));
}

static int
follow_trail(const struct event_row *row, void *context)
{
	static const enum state to[] = { STATE_WAITING, STATE_CLAIMED, STATE_CLOSED };
	int *step = context;

	assert_int_equal(row->to, to[*step]);
	assert_int_equal(row->at, T0 + *step);
	assert_int_equal(row->due_at, *step == 2 ? 0 : T0 + DAY);
	return ++*step == 2 && row->account == BO;	/* stops, had Bo done it */
}

static void
test_events_in_order(void **state)
{
	struct place *place = *state;
	int step = 0;

	add_service(place);
	receive(place, 1, YOUTH, T0 + DAY);
	receive(place, 2, YOUTH, T0 + DAY);
	move_case(place, 1, STATE_CLAIMED, ANNA, T0 + 1);
	move_case(place, 2, STATE_CLAIMED, BO, T0 + 1);
	move_case(place, 1, STATE_CLOSED, 0, T0 + 2);
	ASSERT_DONE(place, store_event_each(place->store, 1, follow_trail, &step, &place->error));
	assert_int_equal(step, 3);
	step = 0;
	ASSERT_DONE(place, store_event_each(place->store, 2, follow_trail, &step, &place->error));
	assert_int_equal(step, 2);
}

static int
count_record(const struct record_row *row, void *context)
{
	(void)row;
	++*(int *)context;
	return 0;
}

static int
count_number(int64_t number, void *context)
{
	(void)number;
	++*(int *)context;
	return 0;
}

static void
test_purge_leaves_nothing_sealed(void **state)
{
	struct place *place = *state;
	struct case_key_row key;
	int records = 0, closed = 0;

	add_service(place);
	receive(place, 1, YOUTH, T0 + DAY);
	receive(place, 2, YOUTH, T0 + DAY);
	ASSERT_FAILS(place, ERROR_REFUSED, store_case_purge(place->store, 1, &place->error));
	ASSERT_FAILS(place, ERROR_INTERNAL, store_case_purge(place->store, 9, &place->error));
	move_case(place, 1, STATE_CLAIMED, ANNA, T0);
	move_case(place, 1, STATE_CLOSED, 0, T0 + 9);
	ASSERT_DONE(place,
	    store_case_each_closed(place->store, T0 + 10, count_number, &closed, &place->error));
	assert_int_equal(closed, 1);
	ASSERT_DONE(place, store_case_purge(place->store, 1, &place->error));
	assert_int_equal(get_case(place, 1).state, STATE_PURGED);
	ASSERT_DONE(place,
	    store_case_each_closed(place->store, T0 + 10, count_number, &closed, &place->error));
	assert_int_equal(closed, 1);
	assert_int_equal(store_case_key_get(place->store, 1, ANNA, &key, &place->error), ABSENT);
	ASSERT_DONE(place,
	    store_record_each(place->store, 1, 0, count_record, &records, &place->error));
	assert_int_equal(records, 0);
	assert_int_equal(store_case_key_get(place->store, 2, ANNA, &key, &place->error), FOUND);
	assert_int_equal(store_case_key_get(place->store, 2, CECILIA, &key, &place->error), ABSENT);
}

static void
test_alerts_stay_until_done(void **state)
{
	struct place *place = *state;
	char queue[STORE_QUEUE];
	int64_t id, number;
	int kind;

	ASSERT_DONE(place, store_alert_add(place->store, YOUTH, 1, 1, T0, &place->error));
	ASSERT_DONE(place, store_alert_add(place->store, KAA, 2, 3, T0, &place->error));
	for (int i = 0; i < 2; i++)
		assert_int_equal(store_alert_next(place->store, &id, queue, &number, &kind,
		    &place->error), FOUND);
	assert_string_equal(queue, YOUTH);
	assert_int_equal(number, 1);
	ASSERT_DONE(place, store_alert_done(place->store, id, &place->error));
	assert_int_equal(store_alert_next(place->store, &id, queue, &number, &kind,
	    &place->error), FOUND);
	assert_string_equal(queue, KAA);
	assert_int_equal(kind, 3);
	ASSERT_DONE(place, store_alert_done(place->store, id, &place->error));
	assert_int_equal(store_alert_next(place->store, &id, queue, &number, &kind,
	    &place->error), ABSENT);
}

static void
test_mark_is_claimed_once(void **state)
{
	struct place *place = *state;
	unsigned char mark[STORE_MARK] = "0123456789abcde", other[STORE_MARK] = "x";
	int64_t number = 5;

	assert_int_equal(store_mark_claim(place->store, mark, &number, T0, &place->error), ABSENT);
	assert_int_equal(number, 5);
	number = 6;
	assert_int_equal(store_mark_claim(place->store, mark, &number, T0, &place->error), FOUND);
	assert_int_equal(number, 5);
	number = 6;
	assert_int_equal(store_mark_claim(place->store, other, &number, T0 + 9, &place->error),
	    ABSENT);
	ASSERT_DONE(place, store_mark_forget(place->store, T0 + 1, &place->error));
	number = 7;
	assert_int_equal(store_mark_claim(place->store, mark, &number, T0, &place->error), ABSENT);
	assert_int_equal(store_mark_claim(place->store, other, &number, T0, &place->error), FOUND);
	assert_int_equal(number, 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_case_comes_back_as_it_was),
		BOTH(test_every_word_is_known),
		BOTH(test_case_goes_through_its_states),
		BOTH(test_broken_cases_are_refused),
		BOTH(test_records_by_kind_in_order),
		BOTH(test_events_in_order),
		BOTH(test_purge_leaves_nothing_sealed),
		BOTH(test_alerts_stay_until_done),
		BOTH(test_mark_is_claimed_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
