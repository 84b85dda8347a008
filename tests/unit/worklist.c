/*
 * Today: over random days of random cases the page leaves nothing out, says of
 * each row why it is there, and never has an old promise below a newer one.
 */
#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/worklist.h"
#include "flow_service.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

#define CASES	24

static const char *const both[] = { KAA, YOUNG };

static struct identity anna, olle;
static unsigned seed;
static int undone, told_next;

static int
open_staff(void **state)
{
	if (service_open(state) == -1)
		return -1;
	service_hire("anna", ROLE_COORDINATOR, both, 2);
	service_hire("olle", ROLE_COORDINATOR, both, 2);
	service_sign_in("anna", &anna);
	service_sign_in("olle", &olle);
	return 0;
}

static int
close_staff(void **state)
{
	identity_free(&anna);
	identity_free(&olle);
	return service_close(state);
}

/* The same numbers each time: a failure can be seen again. */
static int
draw(int bound)
{
	seed = seed * 1103515245U + 12345U;
	return (int)(seed >> 16) % bound;
}

static int64_t
arrive(int i)
{
	char body[256];

	(void)snprintf(body, sizeof(body), "who=%s&age=%s&name=Nr+%d&phone=07017406%02d"
	    "&contact=call&when=%s&speak=%s%s", draw(3) == 0 ? "relative" : "self",
	    draw(2) == 0 ? "15-17" : "20-24", i, 5 + i % 90,
	    draw(3) == 0 ? "morning" : draw(2) == 0 ? "afternoon" : "any",
	    draw(3) == 0 ? "so" : "sv", "&knows=yes");
	return service_receive(body);
}

/* Something that the lifecycle may allow, now and then taken back at once. */
static void
do_something(int64_t number)
{
	static const enum act acts[] = {
		ACT_CLAIM, ACT_CLAIM, ACT_NO_ANSWER, ACT_LEFT_MESSAGE, ACT_TEXTED, ACT_WRONG_NUMBER,
		ACT_REACHED, ACT_REACHED, ACT_FOLLOW, ACT_PARK, ACT_PARK, ACT_RELEASE,
		ACT_ANNOUNCED, ACT_OTHER_ANSWERED
	};
	struct callback callback = { .number = number, .act = acts[draw(COUNT_OF(acts))] };
	const struct identity *reader = draw(3) == 0 ? &olle : &anna;
	struct callback_answer answer;

	if (callback.act == ACT_PARK || (callback.act == ACT_REACHED && draw(2) == 0))
		callback.until_at = service.work.now + draw(3) * 86400;
	assert_int_equal(callback_do(service_as(reader), &callback, &answer), FOUND);
	if (draw(4) != 0)
		return;
	callback = (struct callback){ .number = number, .act = ACT_UNDO };
	assert_int_equal(callback_do(service_as(reader), &callback, &answer), FOUND);
	undone += answer.verdict == LIFECYCLE_OK;
}

static struct worklist
list(const struct worklist_filter *filter)
{
	struct worklist worklist;

	assert_done(worklist_read(service_as(&anna), &worklist, filter));
	return worklist;
}

/*
 * What set the due time, told by the due times themselves: the last event
 * after which it was another than before, taken-back ones passed over.
 */
struct told {
	struct event_row event[256];
	size_t count;
};

static int
tell(const struct event_row *event, void *argument)
{
	struct told *told = argument;

	assert_true(told->count < COUNT_OF(told->event));
	if (event->act == ACT_UNDO)
		told->event[event->of_step - 1].due_at = -1;
	told->event[told->count++] = *event;
	return 0;
}

static void
expect_reason(const struct worklist_row *row)
{
	static struct told told;
	int64_t at = 0;
	enum act act = ACT_OPEN;

	told.count = 0;
	assert_done(store_event_each(service.work.store, row->row.number, tell, &told,
	    &service.work.error));
	for (size_t i = 0; i < told.count; i++) {
		const struct event_row *event = &told.event[i];

		if (event->due_at == -1 || event->act == ACT_UNDO)
			continue;
		if (i == 0 || event->due_at != at || event->act == row->cause) {
			act = event->act;
			at = event->due_at;
		}
	}
	assert_int_equal(act, row->cause);
	assert_int_equal(at, row->row.due_at);
}

static bool
is_follow_up(const struct worklist_row *row)
{
	return row->row.holder == anna.account &&
	    (row->cause == ACT_REACHED || row->cause == ACT_FOLLOW);
}

static enum worklist_part
part_of(const struct worklist_row *row)
{
	int64_t due = row->row.due_at, half_end, day_end;

	worklist_day(service.work.now, &half_end, &day_end);
	if (row->cause == ACT_ANNOUNCED && row->row.holder == anna.account)
		return WORKLIST_SOON;
	if (due < service.work.now)
		return WORKLIST_OVERDUE;
	if (due >= day_end)
		return WORKLIST_LATER;
	if (row->cause == ACT_PARK)
		return WORKLIST_PARKED;
	if (is_follow_up(row))
		return WORKLIST_FOLLOW;
	return due < half_end ? WORKLIST_NOW : WORKLIST_TODAY;
}

static void
examine(const struct worklist *worklist)
{
	int64_t promise = 0;

	for (size_t i = 0; i < worklist->count; i++) {
		const struct worklist_row *row = &worklist->rows[i], *above = row - 1;

		expect_reason(row);
		assert_int_equal(row->part, part_of(row));
		assert_int_equal(row->key, row->row.due_at);
		assert_true((row->name[0] != '\0') == (row->row.holder == anna.account));
		if (i > 0)
			assert_true(above->part < row->part || (above->part == row->part &&
			    (above->key < row->key || (above->key == row->key &&
			    above->row.number < row->row.number))));
		/* A promise that nobody has acted on stands below no newer one. */
		if (row->cause != ACT_RECEIVE)
			continue;
		assert_true(row->row.promised_at >= promise);
		promise = row->row.promised_at;
	}
}

/* From the last row back to the first, a page at a time. */
static void
examine_back(const struct worklist *whole, struct worklist_filter filter, int limit)
{
	size_t first = whole->count;
	struct worklist page;

	filter.limit = limit;
	filter.backwards = true;
	while (first > 1) {
		const struct worklist_row *row = &whole->rows[--first];
		size_t expected = first < (size_t)limit ? first : (size_t)limit;

		filter.after_part = row->part;
		filter.after_key = row->key;
		filter.after_number = row->row.number;
		page = list(&filter);
		assert_int_equal(page.count, expected);
		assert_int_equal(page.earlier, first > expected);
		assert_true(page.more);
		first -= expected;
		for (size_t i = 0; i < page.count; i++)
			assert_int_equal(page.rows[i].row.number, whole->rows[first + i].row.number);
		worklist_free(&page);
	}
}

/* Whatever the size of the page: nothing twice, nothing passed over. */
static void
examine_pages(const struct worklist *whole, struct worklist_filter filter, int limit)
{
	struct worklist page;
	size_t seen = 0;

	filter.limit = limit;
	do {
		page = list(&filter);
		assert_true(seen + page.count <= whole->count);
		for (size_t i = 0; i < page.count; i++) {
			assert_int_equal(page.rows[i].row.number, whole->rows[seen].row.number);
			filter.after_part = page.rows[i].part;
			filter.after_key = page.rows[i].key;
			filter.after_number = page.rows[i].row.number;
			seen++;
		}
		worklist_free(&page);
	} while (page.more || seen < whole->count);
	assert_int_equal(seen, whole->count);
	examine_back(whole, filter, limit);
}

static size_t
count_wanted(const struct worklist *whole, const struct worklist_filter *filter)
{
	size_t count = 0;

	for (size_t i = 0; i < whole->count; i++) {
		const struct case_row *row = &whole->rows[i].row;

		count += (!filter->mine || row->holder == anna.account) &&
		    (filter->queue == NULL || strcmp(row->queue, filter->queue) == 0) &&
		    (filter->who == NULL || (int)row->who == word_value(&words_who, filter->who)) &&
		    (!filter->interpreter || row->speak == SPEAK_OTHER) &&
		    (filter->holder == 0 || row->holder ==
		    (filter->holder == STORE_NOBODY ? 0 : filter->holder)) &&
		    (filter->due != WORKLIST_ONLY_OVERDUE || row->due_at < service.work.now);
	}
	return count;
}

static void
examine_filters(const struct worklist *whole)
{
	const struct worklist_filter filters[] = {
		{ .mine = true, .limit = 99 }, { .queue = KAA, .limit = 99 },
		{ .who = "relative", .limit = 99 }, { .interpreter = true, .limit = 99 },
		{ .area = "1781", .limit = 99 }, { .by_arrival = true, .limit = 99 },
		{ .by_arrival = true, .mine = true, .queue = YOUNG, .limit = 99 },
		{ .holder = STORE_NOBODY, .limit = 99 }, { .holder = olle.account, .limit = 99 },
		{ .due = WORKLIST_ONLY_OVERDUE, .limit = 99 },
	};

	for (size_t i = 0; i < COUNT_OF(filters); i++) {
		struct worklist part = list(&filters[i]);

		assert_int_equal(part.count, count_wanted(whole, &filters[i]));
		for (size_t j = 1; filters[i].by_arrival && j < part.count; j++)
			assert_true(part.rows[j - 1].row.number < part.rows[j].row.number);
		examine_pages(&part, filters[i], 5);
		worklist_free(&part);
	}
}

/* How well the row fits now; above all others stands a call that a text has announced. */
static int
rank_of(const struct worklist_row *row)
{
	const struct config_queue *queue = config_queue(&service_config, row->row.queue);
	struct telephone telephone;
	enum moment_fit fit;

	assert_int_equal(telephone_read(&service.work, row->row.number, &telephone), 0);
	if (telephone.asks)
		return MOMENT_NOT;
	fit = moment_fits(queue, &(struct moment){
	    .cause = row->cause == ACT_WRONG_NUMBER ? ACT_RECEIVE : row->cause,
	    .cause_at = row->cause_at, .due_at = row->row.due_at, .window = row->row.when },
	    service.work.now);
	return fit == MOMENT_FITS && row->part == WORKLIST_SOON ? MOMENT_FITS + 1 : (int)fit;
}

/* The case to ring now may be rung by the reader, fits, and none that is due before it does. */
static void
examine_next(const struct worklist *whole)
{
	const struct worklist_row *chosen = NULL;
	int best = MOMENT_NOT;

	for (size_t i = 0; i < whole->count; i++) {
		const struct worklist_row *row = &whole->rows[i];
		const int fit = rank_of(row);

		if (row->row.holder == olle.account || fit == MOMENT_NOT || fit < best)
			continue;
		if (fit > best || row->row.due_at < chosen->row.due_at ||
		    (row->row.due_at == chosen->row.due_at && row->row.number < chosen->row.number))
			chosen = row;
		best = fit;
	}
	assert_int_equal(whole->next, chosen == NULL ? 0 : chosen->row.number);
	told_next += chosen != NULL;
}

static void
random_days_are_told_in_order(void **state)
{
	const struct worklist_filter all = { .limit = 99 };
	int64_t numbers[CASES];
	size_t seen[WORKLIST_PART_COUNT] = { 0 };
	size_t arrived = 0;

	(void)state;
	for (int turn = 0; turn < 400; turn++) {
		struct worklist whole;

		service.work.now += draw(4) * 1800;
		if (arrived < CASES && draw(4) == 0) {
			numbers[arrived] = arrive((int)arrived);
			arrived++;
		}
		for (int i = 0; i < 2 && arrived > 0; i++)
			do_something(numbers[draw((int)arrived)]);
		whole = list(&all);
		assert_int_equal(whole.count, arrived);
		examine(&whole);
		examine_next(&whole);
		for (size_t i = 0; i < whole.count; i++)
			seen[whole.rows[i].part]++;
		if (turn % 10 == 0) {
			examine_pages(&whole, all, 1 + draw(7));
			examine_filters(&whole);
		}
		worklist_free(&whole);
	}
	assert_true(undone > 10);
	assert_true(told_next > 50);
	/* Days on which nothing is in a part would prove nothing of it. */
	for (enum worklist_part part = 0; part < WORKLIST_ARRIVED; part++)
		if (part != WORKLIST_DECLINED && part != WORKLIST_OFFERED && part != WORKLIST_CONFIRM &&
		    part != WORKLIST_REMIND && part != WORKLIST_SHARED)
			assert_true(seen[part] > 10);
}

/* How many rows of a case the list has in a part that begins it, and how many elsewhere. */
static void
expect_declined(int64_t number, size_t on_top)
{
	const struct worklist_filter all = { .limit = 99 };
	struct worklist whole = list(&all);
	size_t due = 0;

	for (size_t i = 0; i < whole.count; i++) {
		const struct worklist_row *row = &whole.rows[i];

		assert_int_equal(row->part == WORKLIST_DECLINED, i < on_top);
		if (i < on_top) {
			assert_int_equal(row->row.number, number);
			assert_int_equal(row->declined, ACT_RETURN);
			assert_string_equal(row->declined_by, KAA);
		}
		due += row->part == WORKLIST_OVERDUE && row->row.number == number;
	}
	assert_int_equal(due, 1);
	worklist_free(&whole);
}

static void
a_declined_offer_stands_above_what_is_late_until_it_is_read(void **state)
{
	struct callback callback = { .act = ACT_CLAIM };
	struct callback_answer answer;
	struct handover_answer handed;
	struct casefile file;
	int64_t number;
	char body[128];

	(void)state;
	for (int i = 0; i < 3; i++) {
		(void)snprintf(body, sizeof(body), "who=self&age=20-24&name=Nr+%d&phone=07017406%02d"
		    "&contact=call&when=any&speak=sv", i, 5 + i);
		number = service_receive(body);
		callback.number = number;
		assert_int_equal(callback_do(service_as(&anna), &callback, &answer), FOUND);
		service.work.now += 86400;
	}
	service.work.now += 30 * 86400;
	assert_int_equal(handover_offer(service_as(&anna),
	    &(const struct handover_offer){ number, KAA, NULL, NULL }, &handed), FOUND);
	assert_int_equal(handed.verdict, HANDOVER_DONE);
	expect_declined(number, 0);
	service.work.now += 60;
	assert_int_equal(handover_return(service_as(&olle), number, "Full", &handed), FOUND);
	assert_int_equal(handed.verdict, HANDOVER_DONE);
	expect_declined(number, 1);
	assert_int_equal(casefile_read(service_as(&anna), &file, number), FOUND);
	casefile_free(&file);
	expect_declined(number, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(random_days_are_told_in_order, open_staff,
		    close_staff),
		cmocka_unit_test_setup_teardown(
		    a_declined_offer_stands_above_what_is_late_until_it_is_read, open_staff,
		    close_staff),
	};

	seed = 20261123;
	return service_start() == -1 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
