/* Figures of codes, visits by day, and campaigns. */
#include "base/base.h"
#include "base/words.h"
#include "fixture.h"
#include "store/outreach.h"
#include "store/store.h"

#define POSTER	"AAAAAA"
#define SCHOOL	"BBBBBB"

static void
add_code(struct place *place, const char *code, int64_t at)
{
	struct code_row row = { .area = "1781", .channel = CHANNEL_SCHOOL, .created_at = at };

	(void)snprintf(row.code, sizeof(row.code), "%s", code);
	(void)snprintf(row.place, sizeof(row.place), "Vid %s", code);
	ASSERT_DONE(place, store_code_add(place->store, &row, &place->error));
}

static void
add_came(struct place *place, int64_t number, const char *code, int64_t at, unsigned outcomes)
{
	struct case_row row = waiting_case(number, YOUTH, T0 + DAY);

	row.received_at = at;
	row.outcomes = outcomes;
	(void)snprintf(row.code, sizeof(row.code), "%s", code);
	ASSERT_DONE(place, store_case_add(place->store, &row, &place->error));
}

static void
add_event(struct place *place, int64_t number, enum act act, int of_step)
{
	const struct event_row event = {
		.case_number = number, .account = ANNA, .at = T0, .act = act, .from = STATE_WAITING,
		.to = STATE_WAITING, .due_at = T0 + DAY, .of_step = of_step
	};

	ASSERT_DONE(place, store_event_add(place->store, &event, &place->error));
}

static void
add_visits(struct place *place, const char *code, int32_t day, enum visit_kind kind, int64_t n)
{
	ASSERT_DONE(place, store_code_visits_add(place->store, code, day, kind, n, &place->error));
}

struct told {
	struct code_figures figures[4];
	int count;
};

static int
keep(const struct code_figures *figures, void *context)
{
	struct told *told = context;

	told->figures[told->count++] = *figures;
	return 0;
}

static struct told
read_figures(struct place *place, const struct outreach_span *span)
{
	struct told told = { .count = 0 };

	ASSERT_DONE(place, store_code_figures_each(place->store, span, keep, &told, &place->error));
	return told;
}

/* The poster brought four in the time, one before it and one at its end; the school none. */
static void
fill(struct place *place)
{
	add_service(place);
	add_code(place, POSTER, T0);
	add_code(place, SCHOOL, T0 + 1);
	add_came(place, 1, POSTER, T0, 1U << OUTCOME_WORK);
	add_came(place, 2, POSTER, T0 + 1, 1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES);
	add_came(place, 3, POSTER, T0 + 2, 1U << OUTCOME_MOVED | 1U << OUTCOME_CARE);
	add_came(place, 4, POSTER, T0 + DAY - 1, 0);
	add_came(place, 5, POSTER, T0 - 1, 1U << OUTCOME_STUDIES);
	add_came(place, 6, POSTER, T0 + DAY, 1U << OUTCOME_STUDIES);
	add_came(place, 7, "", T0, 1U << OUTCOME_WORK);
	add_event(place, 1, ACT_REACHED, 0);
	add_event(place, 1, ACT_REACHED, 0);
	add_event(place, 2, ACT_REACHED, 0);
	add_event(place, 2, ACT_UNDO, 1);
	add_event(place, 3, ACT_NO_ANSWER, 0);
	add_event(place, 5, ACT_REACHED, 0);
	for (int32_t day = 99; day <= 103; day++)
		add_visits(place, POSTER, day, VISIT_PERSON, day);
	add_visits(place, POSTER, 101, VISIT_ROBOT, 7);
	add_visits(place, SCHOOL, 100, VISIT_STAFF, 2);
	add_visits(place, SCHOOL, 100, VISIT_PERSON, 3);
}

static const struct outreach_span span = {
	.from_day = 100, .to_day = 102, .from_at = T0, .before_at = T0 + DAY
};

static void
test_figures_are_of_their_time_and_code(void **state)
{
	struct place *place = *state;
	struct told told;

	fill(place);
	told = read_figures(place, &span);
	assert_int_equal(told.count, 2);
	assert_string_equal(told.figures[0].code, POSTER);
	assert_string_equal(told.figures[0].place, "Vid " POSTER);
	assert_int_equal(told.figures[0].channel, CHANNEL_SCHOOL);
	assert_int_equal(told.figures[0].visits[VISIT_PERSON], 100 + 101 + 102);
	assert_int_equal(told.figures[0].visits[VISIT_ROBOT], 7);
	assert_int_equal(told.figures[0].visits[VISIT_STAFF], 0);
	assert_int_equal(told.figures[0].came, 4);
	assert_int_equal(told.figures[0].reached, 1);
	assert_int_equal(told.figures[0].work, 1);
	assert_int_equal(told.figures[0].studies, 0);
	assert_int_equal(told.figures[0].both, 1);
	assert_int_equal(told.figures[0].other, 1);
	assert_string_equal(told.figures[1].code, SCHOOL);
	assert_int_equal(told.figures[1].visits[VISIT_STAFF], 2);
	assert_int_equal(told.figures[1].came, 0);
}

static void
test_figures_can_be_of_one_code(void **state)
{
	struct place *place = *state;
	struct outreach_span one = span;
	struct told told;

	fill(place);
	one.code = SCHOOL;
	told = read_figures(place, &one);
	assert_int_equal(told.count, 1);
	assert_string_equal(told.figures[0].code, SCHOOL);
}

static int
add_day(int32_t day, int64_t visits, void *context)
{
	*(int64_t *)context = *(int64_t *)context * 1000 + day - 100 + visits * 10;
	return 0;
}

static int64_t
read_days(struct place *place, const struct outreach_span *days)
{
	int64_t told = 0;

	ASSERT_DONE(place, store_visits_each_day(place->store, days, add_day, &told, &place->error));
	return told;
}

static void
test_visits_of_people_come_by_day(void **state)
{
	struct place *place = *state;
	struct outreach_span days = { .from_day = 100, .to_day = 100 };

	fill(place);
	assert_int_equal(read_days(place, &days), 1030);
	days.code = SCHOOL;
	assert_int_equal(read_days(place, &days), 30);
	days.to_day = 200;
	assert_int_equal(read_days(place, &days), 30);
	days.from_day = 101;
	assert_int_equal(read_days(place, &days), 0);
}

static int
keep_campaign(const struct campaign_row *row, void *context)
{
	*(int64_t *)context = *(int64_t *)context * 10 + row->number;
	return 0;
}

static int
count_taken(const struct code_figures *code, bool taken, void *context)
{
	assert_int_equal(taken, strcmp(code->code, SCHOOL) == 0);
	++*(int *)context;
	return 0;
}

static void
put_campaign(struct place *place, int64_t number, const char *name, int32_t from_day)
{
	struct campaign_row row = {
		.number = number, .from_day = from_day, .to_day = from_day + 9, .created_at = T0 + number
	};

	(void)snprintf(row.name, sizeof(row.name), "%s", name);
	ASSERT_DONE(place, store_campaign_put(place->store, &row, &place->error));
}

static void
test_campaign_keeps_its_codes(void **state)
{
	struct place *place = *state;
	struct outreach_span asked = span;
	struct campaign_row row;
	int64_t numbers = 0;
	int codes = 0;

	fill(place);
	put_campaign(place, 1, "Vår", 100);
	put_campaign(place, 2, "Höst", 200);
	put_campaign(place, 1, "Våren", 50);
	assert_int_equal(store_campaign_get(place->store, 1, &row, &place->error), FOUND);
	assert_string_equal(row.name, "Våren");
	assert_int_equal(row.from_day, 50);
	assert_int_equal(row.to_day, 59);
	assert_int_equal(row.created_at, T0 + 1);
	assert_int_equal(store_campaign_get(place->store, 3, &row, &place->error), ABSENT);
	ASSERT_DONE(place, store_campaign_each(place->store, keep_campaign, &numbers, &place->error));
	assert_int_equal(numbers, 21);

	ASSERT_DONE(place, store_campaign_code_add(place->store, 1, SCHOOL, &place->error));
	ASSERT_FAILS(place, ERROR_REFUSED,
	    store_campaign_code_add(place->store, 1, "CCCCCC", &place->error));
	ASSERT_FAILS(place, ERROR_REFUSED,
	    store_campaign_code_add(place->store, 3, SCHOOL, &place->error));
	ASSERT_DONE(place, store_campaign_each_code(place->store, 1, count_taken, &codes,
	    &place->error));
	assert_int_equal(codes, 2);
	asked.campaign = 1;
	assert_int_equal(read_figures(place, &asked).count, 1);
	assert_int_equal(read_days(place, &asked), 30);
	asked.campaign = 2;
	assert_int_equal(read_figures(place, &asked).count, 0);
	ASSERT_DONE(place, store_campaign_codes_clear(place->store, 1, &place->error));
	asked.campaign = 1;
	assert_int_equal(read_figures(place, &asked).count, 0);

	ASSERT_DONE(place, store_campaign_code_add(place->store, 1, SCHOOL, &place->error));
	ASSERT_DONE(place, store_campaign_remove(place->store, 1, &place->error));
	ASSERT_DONE(place, store_campaign_remove(place->store, 1, &place->error));
	assert_int_equal(store_campaign_get(place->store, 1, &row, &place->error), ABSENT);
	assert_int_equal(read_figures(place, &asked).count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_figures_are_of_their_time_and_code),
		BOTH(test_figures_can_be_of_one_code),
		BOTH(test_visits_of_people_come_by_day),
		BOTH(test_campaign_keeps_its_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
