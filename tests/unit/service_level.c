/* How each queue keeps its promise: working hours by its own calendar, and only of whose queues it is asked. */
#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/overview.h"
#include "flow/worklist.h"
#include "flow_service.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

#define ANNA	"anna"

/* Monday 23 November 2026, at that hour of a day so many later. */
static int64_t
at(int days, int hour, int minute)
{
	return clock_at(2026, 11, 23 + days, hour, minute);
}

static int64_t
receive(const char *age, int64_t received_at)
{
	static int person;
	char body[256];

	service.work.now = received_at;
	(void)snprintf(body, sizeof(body), "who=self&area=1781&age=%s&name=P%d&phone=0701740605&"
	    "contact=call", age, person++);
	return service_receive(body);
}

static void
act(const char *user, int64_t number, enum act act, int64_t when)
{
	const struct callback callback = {
		.number = number, .act = act,
		.outcomes = act == ACT_CLOSE ? 1U << OUTCOME_WORK : 0
	};
	struct callback_answer answer;
	struct identity reader;

	service.work.now = when;
	service_sign_in(user, &reader);
	assert_int_equal(callback_do(service_as(&reader), &callback, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	identity_free(&reader);
}

static void
try_at(int64_t number, int64_t when)
{
	act(ANNA, number, ACT_CLAIM, when);
	act(ANNA, number, ACT_NO_ANSWER, when);
}

static struct level
read_level(const struct service_level_wish *wish, int64_t now)
{
	struct level level;

	assert_done(service_level_read(service_at(now), &level, wish));
	return level;
}

static void
hire_anna(void)
{
	static const char *const both[] = { KAA, YOUNG };

	service_hire(ANNA, ROLE_LEAD, both, 2);
	service_hire("bo", ROLE_LEAD, both, 1);
}

/* Received Friday 14:00; Friday closes at 15:00, Monday opens at 8:00. */
static void
nights_and_weekends_are_no_waiting(void **state)
{
	const struct service_level_wish everything = { 0 };
	struct level level;

	(void)state;
	hire_anna();
	try_at(receive("15-17", at(4, 14, 0)), at(7, 8, 30));
	level = read_level(&everything, at(7, 9, 0));
	assert_int_equal(level.count, 2);
	assert_string_equal(level.queues[0].id, KAA);
	assert_int_equal(level.queues[0].tried, 1);
	assert_int_equal(level.queues[0].median_seconds, 90 * 60);
	assert_int_equal(level.queues[0].p90_seconds, 90 * 60);
	assert_int_equal(level.queues[0].kept, 1);
	assert_int_equal(level.queues[0].now.open, 1);
	assert_int_equal(level.queues[1].tried, 0);
	assert_int_equal(level.queues[1].kept + level.queues[1].broken + level.queues[1].running, 0);
	service_level_free(&level);
}

/* Ten of Monday 10:00, tried 10, 20 ... 100 minutes later; an eleventh waits, a twelfth waits too long. */
static void
quantiles_of_those_tried(void **state)
{
	const struct service_level_wish everything = { 0 };
	struct level level;

	(void)state;
	hire_anna();
	for (int i = 1; i <= 10; i++)
		try_at(receive("15-17", at(0, 10, 0)), at(0, 10, 10 * i));
	(void)receive("15-17", at(0, 10, 0));
	(void)receive("15-17", at(3, 10, 0));
	level = read_level(&everything, at(3, 11, 0));
	assert_int_equal(level.queues[0].tried, 10);
	assert_int_equal(level.queues[0].median_seconds, 50 * 60);
	assert_int_equal(level.queues[0].p90_seconds, 90 * 60);
	assert_int_equal(level.queues[0].kept, 10);
	assert_int_equal(level.queues[0].broken, 1);
	assert_int_equal(level.queues[0].running, 1);
	assert_int_equal(level.queues[0].now.open, 12);
	assert_int_equal(level.queues[0].now.overdue, 11);
	service_level_free(&level);
}

static void
closed_without_an_attempt_is_answered_but_not_tried(void **state)
{
	const struct service_level_wish everything = { 0 };
	struct level level;
	int64_t number;

	(void)state;
	hire_anna();
	number = receive("15-17", at(0, 10, 0));
	act(ANNA, number, ACT_CLAIM, at(0, 11, 0));
	act(ANNA, number, ACT_CLOSE, at(0, 11, 0));
	level = read_level(&everything, at(0, 12, 0));
	assert_int_equal(level.queues[0].kept, 1);
	assert_int_equal(level.queues[0].tried, 0);
	assert_int_equal(level.queues[0].now.open, 0);
	service_level_free(&level);
}

static void
only_the_reader_s_queues_and_the_time_asked_for(void **state)
{
	struct account_row bo;
	struct service_level_wish wish = { .from_at = at(1, 0, 0), .before_at = at(2, 0, 0) };
	struct level level;

	(void)state;
	hire_anna();
	for (int day = 0; day < 3; day++)
		try_at(receive("15-17", at(day, 10, 0)), at(day, 10, 5 * (day + 1)));
	try_at(receive("20-24", at(1, 10, 0)), at(1, 10, 30));
	assert_int_equal(store_account_by_user(service.work.store, "bo", &bo,
	    &service.work.error), FOUND);
	wish.account = bo.number;
	level = read_level(&wish, at(3, 10, 0));
	assert_int_equal(level.count, 1);
	assert_string_equal(level.queues[0].id, KAA);
	assert_int_equal(level.queues[0].tried, 1);
	assert_int_equal(level.queues[0].median_seconds, 10 * 60);
	assert_int_equal(level.queues[0].now.open, 3);
	assert_null(service_level_queue(&level, YOUNG));
	service_level_free(&level);
	wish.account = bo.number + 1000;
	level = read_level(&wish, at(3, 10, 0));
	assert_int_equal(level.count, 0);
	service_level_free(&level);
}

/* Its cases are counted, but it has no hours. */
static void
a_queue_that_is_gone_from_the_configuration(void **state)
{
	const struct service_level_wish everything = { 0 };
	struct config smaller = service_config;
	struct level level;

	(void)state;
	hire_anna();
	try_at(receive("20-24", at(0, 10, 0)), at(0, 10, 30));
	smaller.queues_count = 1;
	service.work.config = &smaller;
	assert_done(service_level_read(service_at(at(0, 11, 0)), &level, &everything));
	service.work.config = &service_config;
	assert_int_equal(level.count, 2);
	assert_null(level.queues[1].queue);
	assert_int_equal(level.queues[1].kept, 1);
	assert_int_equal(level.queues[1].tried, 0);
	service_level_free(&level);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nights_and_weekends_are_no_waiting, service_open,
		    service_close),
		cmocka_unit_test_setup_teardown(quantiles_of_those_tried, service_open, service_close),
		cmocka_unit_test_setup_teardown(closed_without_an_attempt_is_answered_but_not_tried,
		    service_open, service_close),
		cmocka_unit_test_setup_teardown(only_the_reader_s_queues_and_the_time_asked_for,
		    service_open, service_close),
		cmocka_unit_test_setup_teardown(a_queue_that_is_gone_from_the_configuration, service_open,
		    service_close),
	};

	return service_start() == 0 ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
