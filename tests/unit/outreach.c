/*
 * What may be told of codes: no group of persons under five stands on the page or
 * follows from what does; and visits in steps that begin where people say.
 */
#include "../store/fixture.h"
#include "base/base.h"
#include "base/words.h"
#include "flow/outreach.h"
#include "flow/work.h"
#include "store/store.h"

#define CODES	3

/* Persons of one code, by what came of them. */
struct group {
	int64_t reached, work, studies, both, other, without;
};

static int64_t
came(const struct group *group)
{
	return group->work + group->studies + group->both + group->other + group->without;
}

static int64_t
well(const struct group *group)
{
	return group->work + group->studies + group->both;
}

static void
add_person(struct place *place, int64_t number, const char *code, unsigned outcomes, bool reached)
{
	struct case_row row = waiting_case(number, YOUTH, T0 + DAY);
	const struct event_row event = {
		.case_number = number, .account = ANNA, .at = T0, .act = ACT_REACHED,
		.from = STATE_WAITING, .to = STATE_WAITING, .due_at = T0 + DAY
	};

	row.received_at = T0;
	row.outcomes = outcomes;
	(void)snprintf(row.code, sizeof(row.code), "%s", code);
	ASSERT_DONE(place, store_case_add(place->store, &row, &place->error));
	if (reached)
		ASSERT_DONE(place, store_event_add(place->store, &event, &place->error));
}

static int64_t number;

static void
add_group(struct place *place, const char *code, const struct group *group)
{
	const unsigned work = 1U << OUTCOME_WORK, studies = 1U << OUTCOME_STUDIES;
	const struct { int64_t persons; unsigned outcomes; } parts[] = {
		{ group->work, work }, { group->studies, studies }, { group->both, work | studies },
		{ group->other, 1U << OUTCOME_CARE }, { group->without, 0 }
	};
	struct code_row row = { .area = "1781", .created_at = T0 };
	int64_t done = 0;

	(void)snprintf(row.code, sizeof(row.code), "%s", code);
	ASSERT_DONE(place, store_code_add(place->store, &row, &place->error));
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		for (int64_t j = 0; j < parts[i].persons; j++)
			add_person(place, ++number, code, parts[i].outcomes, done++ < group->reached);
}

static struct outreach
read_groups(const struct group *groups, size_t count)
{
	static const char *const codes[] = { "AAAAAA", "BBBBBB", "CCCCCC" };
	const struct outreach_wish wish = {
		.from_day = day_of(T0), .to_day = day_of(T0)
	};
	struct place place = { 0 };
	struct outreach outreach;

	place.store = store_open(NULL, STORE_CREATE, &place.error);
	assert_non_null(place.store);
	add_service(&place);
	ASSERT_DONE(&place, store_begin(place.store, &place.error));
	for (size_t i = 0; i < count; i++)
		add_group(&place, codes[i], &groups[i]);
	ASSERT_DONE(&place, store_commit(place.store, &place.error));
	ASSERT_DONE(&place, outreach_read(&(struct work){ .store = place.store }, &outreach, &wish));
	store_close(place.store);
	assert_int_equal(outreach.count, count);
	return outreach;
}

static void
a_code_tells_what_hides_nobody(void **state)
{
	static const struct {
		struct group group;
		int64_t came, reached, well, other, work, studies;
	} rows[] = {
		{ { 0, 0, 0, 0, 0, 0 }, 0, 0, 0, 0, 0, 0 },
		{ { 4, 4, 0, 0, 0, 0 }, -1, -1, -1, -1, -1, -1 },
		{ { 5, 5, 0, 0, 0, 0 }, 5, 5, 5, 0, 5, 0 },
		{ { 0, 0, 0, 0, 0, 5 }, 5, 0, 0, 0, 0, 0 },
		{ { 4, 0, 0, 0, 0, 20 }, 20, -1, 0, 0, 0, 0 },
		{ { 16, 0, 0, 0, 0, 20 }, 20, -1, 0, 0, 0, 0 },
		{ { 15, 0, 0, 0, 0, 20 }, 20, 15, 0, 0, 0, 0 },
		{ { 10, 3, 3, 0, 5, 5 }, 16, 10, 6, 5, -1, -1 },
		{ { 10, 5, 5, 5, 5, 0 }, 20, 10, 15, 5, 10, 10 },
		{ { 10, 5, 5, 0, 4, 6 }, 20, 10, -1, -1, -1, -1 },
		{ { 10, 9, 0, 0, 9, 2 }, 20, 10, -1, -1, -1, -1 },
		{ { 10, 9, 9, 1, 0, 0 }, 19, 10, 19, 0, -1, -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct outreach outreach = read_groups(&rows[i].group, 1);
		const struct outreach_figures *told = &outreach.codes[0].figures;

		assert_int_equal(told->came, rows[i].came);
		assert_int_equal(told->reached, rows[i].reached);
		assert_int_equal(told->well, rows[i].well);
		assert_int_equal(told->other, rows[i].other);
		assert_int_equal(told->work, rows[i].work);
		assert_int_equal(told->studies, rows[i].studies);
		outreach_free(&outreach);
	}
}

/* What follows for those that do not tell it: nobody, or not few. */
static void
assert_rest(int64_t whole, int64_t rest, const char *what)
{
	if (whole != FIGURE_HIDDEN && rest > 0 && rest < 5)
		fail_msg("%s: the whole gives away %lld", what, (long long)rest);
}

static void
assert_whole_gives_nothing_away(const struct group groups[CODES])
{
	struct outreach outreach = read_groups(groups, CODES);
	struct group hidden[4] = { { 0 } };
	const struct outreach_figures *whole = &outreach.whole;

	for (size_t i = 0; i < CODES; i++) {
		const struct outreach_figures *told = &outreach.codes[i].figures;
		const bool hides[4] = {
			told->came < 0, told->reached < 0, told->well < 0, told->work < 0
		};

		for (size_t j = 0; j < 4; j++) {
			if (!hides[j])
				continue;
			hidden[j].reached += groups[i].reached;
			hidden[j].work += groups[i].work;
			hidden[j].studies += groups[i].studies;
			hidden[j].both += groups[i].both;
			hidden[j].other += groups[i].other;
			hidden[j].without += groups[i].without;
		}
	}
	assert_rest(whole->came, came(&hidden[0]), "came");
	assert_rest(whole->reached, hidden[1].reached, "reached");
	assert_rest(whole->reached, came(&hidden[1]) - hidden[1].reached, "not reached");
	assert_rest(whole->well, well(&hidden[2]), "well");
	assert_rest(whole->other, hidden[2].other, "other");
	assert_rest(whole->well, hidden[2].without, "without an outcome");
	assert_rest(whole->work, hidden[3].work + hidden[3].both, "work");
	assert_rest(whole->studies, hidden[3].studies + hidden[3].both, "studies");
	outreach_free(&outreach);
}

static unsigned chance = 1;

static int64_t
draw(int64_t below)
{
	chance = chance * 1103515245U + 12345U;
	return (int64_t)(chance >> 16) % below;
}

static void
the_whole_gives_no_code_away(void **state)
{
	(void)state;
	for (int round = 0; round < 150; round++) {
		struct group groups[CODES];

		for (size_t i = 0; i < CODES; i++) {
			groups[i] = (struct group){
				.work = draw(3) * draw(6), .studies = draw(3) * draw(6),
				.both = draw(2) * draw(7), .other = draw(3) * draw(6), .without = draw(9)
			};
			groups[i].reached = draw(came(&groups[i]) + 1);
		}
		assert_whole_gives_nothing_away(groups);
	}
}

static void
large_groups_are_told_whole(void **state)
{
	static const struct group groups[CODES] = {
		{ 10, 5, 5, 5, 5, 5 }, { 20, 10, 6, 7, 8, 9 }, { 0, 0, 0, 0, 0, 0 }
	};
	struct outreach outreach = read_groups(groups, CODES);

	(void)state;
	assert_int_equal(outreach.whole.came, 65);
	assert_int_equal(outreach.whole.reached, 30);
	assert_int_equal(outreach.whole.work, 27);
	assert_int_equal(outreach.whole.studies, 23);
	assert_int_equal(outreach.whole.well, 38);
	assert_int_equal(outreach.whole.other, 13);
	outreach_free(&outreach);
}

static void
steps_begin_where_people_say(void **state)
{
	static const struct { int day[3], week[3], month[3], number, of; } rows[] = {
		{ { 2026, 11, 24 }, { 2026, 11, 23 }, { 2026, 11, 1 }, 48, 2026 },
		{ { 2027, 1, 3 }, { 2026, 12, 28 }, { 2027, 1, 1 }, 53, 2026 },
		{ { 2027, 1, 4 }, { 2027, 1, 4 }, { 2027, 1, 1 }, 1, 2027 },
		{ { 2024, 12, 30 }, { 2024, 12, 30 }, { 2024, 12, 1 }, 1, 2025 },
		{ { 2024, 2, 29 }, { 2024, 2, 26 }, { 2024, 2, 1 }, 9, 2024 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int32_t day = day_from_date(rows[i].day[0], rows[i].day[1], rows[i].day[2]);
		int year;

		assert_int_equal(step_begin(STEP_DAY, day), day);
		assert_int_equal(step_begin(STEP_WEEK, day),
		    day_from_date(rows[i].week[0], rows[i].week[1], rows[i].week[2]));
		assert_int_equal(step_begin(STEP_MONTH, day),
		    day_from_date(rows[i].month[0], rows[i].month[1], rows[i].month[2]));
		assert_int_equal(step_begin(STEP_YEAR, day), day_from_date(rows[i].day[0], 1, 1));
		assert_int_equal(step_week(day, &year), rows[i].number);
		assert_int_equal(year, rows[i].of);
	}
}

static struct visit_steps
read_steps(struct place *place, int32_t from_day, int32_t to_day, enum step step)
{
	const struct outreach_wish wish = { .from_day = from_day, .to_day = to_day };
	struct visit_steps steps;

	ASSERT_DONE(place, outreach_steps(&(struct work){ .store = place->store }, &steps, &wish, step));
	return steps;
}

static void
visits_lie_in_their_steps(void **state)
{
	struct place *place = *state;
	const int32_t first = day_from_date(2026, 1, 31), last = day_from_date(2026, 3, 1);
	struct code_row row = { .code = "AAAAAA", .area = "1781", .created_at = T0 };
	struct visit_steps steps = read_steps(place, 0, last, STEP_MONTH);

	assert_int_equal(steps.count, 0);
	ASSERT_DONE(place, store_code_add(place->store, &row, &place->error));
	for (int32_t day = first; day <= last; day++)
		ASSERT_DONE(place, store_code_visits_add(place->store, "AAAAAA", day, VISIT_PERSON, 2,
		    &place->error));
	steps = read_steps(place, 0, last, STEP_MONTH);
	assert_int_equal(steps.count, 3);
	assert_int_equal(steps.steps[0].from_day, day_from_date(2026, 1, 1));
	assert_int_equal(steps.steps[0].visits, 2);
	assert_int_equal(steps.steps[1].visits, 56);
	assert_int_equal(steps.steps[2].visits, 2);
	assert_int_equal(steps.most, 56);
	steps = read_steps(place, last - 1, last + 1, STEP_DAY);
	assert_int_equal(steps.count, 3);
	assert_int_equal(steps.steps[1].visits, 2);
	assert_int_equal(steps.steps[2].visits, 0);
	/* So many days are shown by the week, so many weeks by the month. */
	steps = read_steps(place, last - STEPS_MAX, last, STEP_DAY);
	assert_int_equal(steps.step, STEP_WEEK);
	steps = read_steps(place, last - 400, last, STEP_DAY);
	assert_int_equal(steps.step, STEP_MONTH);
	steps = read_steps(place, last - 9000, last, STEP_MONTH);
	assert_int_equal(steps.step, STEP_YEAR);
	assert_int_equal(steps.steps[steps.count - 1].visits, 60);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_tells_what_hides_nobody),
		cmocka_unit_test(the_whole_gives_no_code_away),
		cmocka_unit_test(large_groups_are_told_whole),
		cmocka_unit_test(steps_begin_where_people_say),
		IN_MEMORY(visits_lie_in_their_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
