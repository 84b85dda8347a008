/* Absences and deputies, and the cases of an absent holder. */

#include "base/base.h"
#include "base/words.h"
#include "fixture.h"
#include "store/handover.h"
#include "store/people.h"
#include "store/store.h"

#define TODAY	day_of(T0)

static void
put(struct place *place, int64_t account, int64_t deputy, int32_t from_day, int32_t to_day)
{
	const struct absence_row row = { account, deputy, from_day, to_day };

	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_absence_put(place->store, &row, &place->error));
	store_lock_keys(place->store);
}

static struct case_access
standing_of(struct place *place, int64_t number, int64_t account, int32_t day)
{
	struct case_access policy;

	assert_int_equal(store_case_standing(place->store, number, account, day, &policy,
	    &place->error), FOUND);
	return policy;
}

/* Anna holds a case; Bo works in its queue too. */
static void
add_held(struct place *place)
{
	add_service(place);
	receive(place, 1, YOUTH, T0);
	move_case(place, 1, STATE_CLAIMED, ANNA, T0);
}

static int
keep(const struct absence_row *row, void *argument)
{
	*(struct absence_row *)argument = *row;
	return 0;
}

static void
test_absence_is_read_as_it_was_written(void **state)
{
	struct place *place = *state;
	struct absence_row row, last = { 0 };

	add_service(place);
	assert_int_equal(store_absence_get(place->store, ANNA, &row, &place->error), ABSENT);
	put(place, ANNA, BO, TODAY, 0);
	put(place, ANNA, 0, TODAY + 1, TODAY + 5);
	put(place, CECILIA, 0, TODAY, TODAY);
	assert_int_equal(store_absence_get(place->store, ANNA, &row, &place->error), FOUND);
	assert_int_equal(row.account, ANNA);
	assert_int_equal(row.deputy, 0);
	assert_int_equal(row.from_day, TODAY + 1);
	assert_int_equal(row.to_day, TODAY + 5);
	ASSERT_DONE(place, store_absence_each(place->store, keep, &last, &place->error));
	assert_int_equal(last.account, ANNA);
	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_absence_forget(place->store, TODAY + 5, &place->error));
	assert_int_equal(store_absence_get(place->store, CECILIA, &row, &place->error), ABSENT);
	assert_int_equal(store_absence_get(place->store, ANNA, &row, &place->error), FOUND);
	ASSERT_DONE(place, store_absence_remove(place->store, ANNA, &place->error));
	assert_int_equal(store_absence_get(place->store, ANNA, &row, &place->error), ABSENT);
}

static void
test_impossible_absence_is_refused(void **state)
{
	struct place *place = *state;
	const struct absence_row backwards = { ANNA, BO, TODAY, TODAY - 1 };
	const struct absence_row herself = { ANNA, ANNA, TODAY, 0 };
	const struct absence_row nobody = { ANNA, 99, TODAY, 0 };

	add_service(place);
	ASSERT_FAILS(place, ERROR_INTERNAL, store_absence_put(place->store, &backwards,
	    &place->error));
	store_unlock_keys(place->store);
	ASSERT_FAILS(place, ERROR_INTERNAL, store_absence_put(place->store, &backwards,
	    &place->error));
	ASSERT_FAILS(place, ERROR_INTERNAL, store_absence_put(place->store, &herself,
	    &place->error));
	ASSERT_FAILS(place, ERROR_REFUSED, store_absence_put(place->store, &nobody,
	    &place->error));
}

/* From the first day to the last, both included. */
static void
test_absence_lasts_whole_days(void **state)
{
	struct place *place = *state;

	add_held(place);
	put(place, ANNA, BO, TODAY, TODAY + 2);
	for (int32_t day = TODAY - 1; day <= TODAY + 3; day++) {
		struct case_access bo = standing_of(place, 1, BO, day);

		assert_int_equal(bo.stands_in, day >= TODAY && day <= TODAY + 2);
		assert_false(bo.unattended);
	}
	put(place, ANNA, BO, TODAY, 0);
	assert_true(standing_of(place, 1, BO, TODAY + 4000).stands_in);
	assert_false(standing_of(place, 1, ANNA, TODAY).stands_in);
	assert_false(standing_of(place, 1, BO, 0).stands_in);
}

/* A deputy who is away, keeps away, or has no key to the queue stands in for nobody. */
static void
test_deputy_without_key_or_present_is_none(void **state)
{
	struct place *place = *state;
	int64_t deputy = 0;

	add_held(place);
	put(place, ANNA, CECILIA, TODAY, 0);
	assert_true(standing_of(place, 1, BO, TODAY).unattended);
	assert_int_equal(store_absence_deputy(place->store, ANNA, NULL, TODAY, &deputy,
	    &place->error), ABSENT);
	put(place, ANNA, BO, TODAY, 0);
	assert_false(standing_of(place, 1, BO, TODAY).unattended);
	assert_int_equal(store_absence_deputy(place->store, ANNA, YOUTH, TODAY, &deputy,
	    &place->error), FOUND);
	assert_int_equal(deputy, BO);
	assert_int_equal(store_absence_deputy(place->store, ANNA, KAA, TODAY, &deputy,
	    &place->error), ABSENT);
	assert_int_equal(store_absence_deputy(place->store, ANNA, NULL, TODAY - 1, &deputy,
	    &place->error), ABSENT);
	/* Away herself for a day: no chain to her deputy. */
	put(place, BO, CECILIA, TODAY, TODAY);
	assert_true(standing_of(place, 1, BO, TODAY).unattended);
	assert_true(standing_of(place, 1, BO, TODAY + 1).stands_in);
	assert_int_equal(store_absence_deputy(place->store, ANNA, YOUTH, TODAY, &deputy,
	    &place->error), ABSENT);
	ASSERT_DONE(place, store_conflict_add(place->store, 1, BO, &place->error));
	assert_true(standing_of(place, 1, ANNA, TODAY + 1).unattended);
	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_absence_leave(place->store, BO, &place->error));
	assert_int_equal(store_absence_deputy(place->store, ANNA, NULL, TODAY + 1, &deputy,
	    &place->error), ABSENT);
}

static int
count(const struct case_row *row, void *argument)
{
	(void)row;
	++*(int *)argument;
	return 0;
}

static int
listed(struct place *place, struct case_filter filter, int32_t day)
{
	int rows = 0;

	filter.day = day;
	filter.limit = 9;
	ASSERT_DONE(place, store_queue_page(place->store, &filter, count, &rows, &place->error));
	return rows;
}

/* The absent one's cases are among the deputy's own, for as long as it lasts. */
static void
test_deputy_sees_the_cases_of_the_holder(void **state)
{
	struct case_filter mine = { .account = BO, .mine = true };
	struct case_filter following = { .account = BO, .kind = DUE_FOLLOW_UP };
	struct event_row talk = {
		.case_number = 1, .account = BO, .at = T0 + 1, .act = ACT_REACHED,
		.from = STATE_CLAIMED, .to = STATE_REACHED, .due_at = T0, .holder = ANNA,
		.instead_of = ANNA
	}, cause;
	struct place *place = *state;
	struct queue_counts counts;

	add_held(place);
	ASSERT_DONE(place, store_event_add(place->store, &talk, &place->error));
	assert_int_equal(store_case_cause(place->store, 1, &cause, &place->error), FOUND);
	assert_int_equal(cause.instead_of, ANNA);
	put(place, ANNA, BO, TODAY, TODAY);
	assert_int_equal(listed(place, mine, TODAY), 1);
	assert_int_equal(listed(place, mine, TODAY + 1), 0);
	assert_int_equal(listed(place, following, TODAY), 1);
	assert_int_equal(listed(place, following, TODAY + 1), 0);
	mine.by_arrival = true;
	assert_int_equal(listed(place, mine, TODAY), 1);
	assert_int_equal(listed(place, mine, TODAY + 1), 0);
	ASSERT_DONE(place, store_queue_count(place->store, BO, T0, T0 + DAY, &counts,
	    &place->error));
	assert_int_equal(counts.mine, 1);
	ASSERT_DONE(place, store_conflict_add(place->store, 1, BO, &place->error));
	assert_int_equal(listed(place, mine, TODAY), 0);
	mine.by_arrival = false;
	assert_int_equal(listed(place, mine, TODAY), 0);
	ASSERT_DONE(place, store_queue_count(place->store, BO, T0, T0 + DAY, &counts,
	    &place->error));
	assert_int_equal(counts.mine, 0);
}

static int
count_aside(const struct section_row *row, void *argument)
{
	(void)row;
	++*(int *)argument;
	return 0;
}

static int
reminded(struct place *place, int64_t account, int32_t day)
{
	const struct case_filter filter = { .account = account, .day = day, .limit = 9 };
	int rows = 0;

	ASSERT_DONE(place, store_section_page(place->store, SECTION_REMIND, &filter, count_aside,
	    &rows, &place->error));
	return rows;
}

struct stood {
	int64_t colleagues, cases;
};

static int
add_cases(const char *name, int64_t cases, void *argument)
{
	struct stood *stood = argument;

	assert_true(*name != '\0');
	stood->colleagues++;
	stood->cases += cases;
	return 0;
}

/* Of those for whom the account stands in on that day; -1: for nobody. */
static int64_t
stood_in(struct place *place, int64_t account, int32_t day)
{
	struct stood stood = { 0 };

	ASSERT_DONE(place, store_absence_standing(place->store, account, day, add_cases, &stood,
	    &place->error));
	return stood.colleagues == 0 ? -1 : stood.cases;
}

/* Of the absent one's cases the deputy counts those that it may open, while it is here itself. */
static void
test_standing_counts_the_cases_of_the_holder(void **state)
{
	struct place *place = *state;

	add_held(place);
	receive(place, 2, KAA, T0 + DAY);
	move_case(place, 2, STATE_CLAIMED, ANNA, T0);
	assert_int_equal(stood_in(place, BO, TODAY), -1);
	put(place, ANNA, BO, TODAY, TODAY + 1);
	assert_int_equal(stood_in(place, BO, TODAY - 1), -1);
	assert_int_equal(stood_in(place, BO, TODAY + 1), 1);
	assert_int_equal(stood_in(place, BO, TODAY + 2), -1);
	assert_int_equal(stood_in(place, ANNA, TODAY), -1);
	assert_int_equal(stood_in(place, CECILIA, TODAY), -1);
	put(place, BO, CECILIA, TODAY, TODAY);
	assert_int_equal(stood_in(place, BO, TODAY), -1);
	ASSERT_DONE(place, store_conflict_add(place->store, 1, BO, &place->error));
	assert_int_equal(stood_in(place, BO, TODAY + 1), 0);
}

static void
test_load_counts_unattended_cases(void **state)
{
	struct place *place = *state;
	struct absence_load load;

	add_held(place);
	receive(place, 2, KAA, T0 + DAY);
	move_case(place, 2, STATE_CLAIMED, ANNA, T0);
	ASSERT_DONE(place, store_reminder_put(place->store, 1, T0, &place->error));
	assert_int_equal(reminded(place, BO, TODAY), 0);
	/* Bo has no key to the other queue. */
	put(place, ANNA, BO, TODAY, 0);
	assert_int_equal(reminded(place, BO, TODAY), 1);
	assert_int_equal(reminded(place, ANNA, TODAY), 1);
	ASSERT_DONE(place, store_absence_load(place->store, ANNA, T0 + 1, &load, &place->error));
	assert_int_equal(load.held, 2);
	assert_int_equal(load.unattended, 1);
	assert_int_equal(load.overdue, 0);
	put(place, ANNA, 0, TODAY, 0);
	assert_int_equal(reminded(place, BO, TODAY), 1);
	assert_int_equal(reminded(place, BO, TODAY - 1), 0);
	ASSERT_DONE(place, store_absence_load(place->store, ANNA, T0 + 1, &load, &place->error));
	assert_int_equal(load.unattended, 2);
	assert_int_equal(load.overdue, 1);
	ASSERT_DONE(place, store_absence_load(place->store, BO, T0, &load, &place->error));
	assert_int_equal(load.held, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_absence_is_read_as_it_was_written),
		IN_MEMORY(test_impossible_absence_is_refused),
		BOTH(test_absence_lasts_whole_days),
		BOTH(test_deputy_without_key_or_present_is_none),
		BOTH(test_deputy_sees_the_cases_of_the_holder),
		BOTH(test_load_counts_unattended_cases),
		IN_MEMORY(test_standing_counts_the_cases_of_the_holder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
