/* Records, events and alerts of a case, and a purge, which removes all that is sealed. */

#include "base/base.h"
#include "base/words.h"
#include "fixture.h"
#include "store/store.h"

static int
sum_numbers(const struct record_row *row, void *context)
{
	*(int64_t *)context += row->number;
	assert_int_equal(row->case_number, 1);
	assert_memory_equal(row->box, row->number == 11 ? "note" : "sealed", row->box_size);
	return 0;
}

static void
test_records_come_by_kind_in_order(void **state)
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
	ASSERT_DONE(place, store_record_each(place->store, 1, 1U << 2, sum_numbers, &sum, &place->error));
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
test_events_come_in_order(void **state)
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
	ASSERT_FAILS(place, ERROR_REFUSED, purge_case(place, 1));
	ASSERT_FAILS(place, ERROR_INTERNAL, purge_case(place, 9));
	move_case(place, 1, STATE_CLAIMED, ANNA, T0);
	move_case(place, 1, STATE_CLOSED, 0, T0 + 9);
	ASSERT_DONE(place,
	    store_case_each_closed(place->store, T0 + 10, count_number, &closed, &place->error));
	assert_int_equal(closed, 1);
	ASSERT_DONE(place, purge_case(place, 1));
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

/* The first alert there is; false when there is none. */
struct first { struct alert_row row; bool found; };

static int
keep_first(const struct alert_row *row, void *argument)
{
	*(struct first *)argument = (struct first){ *row, true };
	return 1;
}

static struct alert_row
first_alert(struct place *place, bool expected)
{
	struct first first = { .found = false };

	ASSERT_DONE(place, store_alert_each(place->store, keep_first, &first, &place->error));
	assert_int_equal(first.found, expected);
	return first.row;
}

static void
test_alerts_stay_until_done(void **state)
{
	struct place *place = *state;
	struct alert_row row;

	ASSERT_DONE(place, store_alert_add(place->store, YOUTH, 1, 1, T0, &place->error));
	ASSERT_DONE(place, store_alert_add(place->store, KAA, 2, 3, T0, &place->error));
	for (int i = 0; i < 2; i++)
		row = first_alert(place, true);
	assert_string_equal(row.queue, YOUTH);
	assert_int_equal(row.case_number, 1);
	ASSERT_DONE(place, store_alert_done(place->store, row.id, &place->error));
	row = first_alert(place, true);
	assert_string_equal(row.queue, KAA);
	assert_int_equal(row.kind, 3);
	ASSERT_DONE(place, store_alert_done(place->store, row.id, &place->error));
	(void)first_alert(place, false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_records_come_by_kind_in_order),
		BOTH(test_events_come_in_order),
		BOTH(test_purge_leaves_nothing_sealed),
		BOTH(test_alerts_stay_until_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
