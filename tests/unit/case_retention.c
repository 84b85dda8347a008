/* What the municipality has decided to delete is deleted then, and not before. */
#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow_service.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

#define BO	"who=self&age=15-17&name=Bo&phone=0701740605&contact=call"
#define LI	"who=self&age=15-17&name=Li&phone=0701740606&contact=call"

static const char *const queues[] = { KAA, YOUNG };
static struct identity anna;

static void
act(int64_t number, enum act what, unsigned outcomes)
{
	const struct callback callback = {
		.number = number, .act = what, .outcomes = outcomes,
		.note = what == ACT_CLOSE ? "text" : NULL
	};
	struct callback_answer answer;

	assert_int_equal(callback_do(service_as(&anna), &callback, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
}

static int
count_record(const struct record_row *row, void *argument)
{
	(void)row;
	++*(int *)argument;
	return 0;
}

static int
records_of(int64_t number)
{
	int count = 0;

	assert_done(store_record_each(service.work.store, number, 0, count_record, &count,
	    &service.work.error));
	return count;
}

static int
keep_act(const struct event_row *row, void *argument)
{
	*(enum act *)argument = row->act;
	return 0;
}

static void
closed_cases_are_purged_after_retention(void **state)
{
	int64_t closed = service_receive(BO), open = service_receive(LI);
	int64_t day_before = clock_at(2028, 11, 22, 23, 0), day_after = clock_at(2028, 11, 24, 0, 0);
	enum act last = ACT_RECEIVE;
	struct case_row row;

	(void)state;
	act(closed, ACT_CLAIM, 0);
	act(closed, ACT_CLOSE, 1U << OUTCOME_CARE);
	assert_int_equal(records_of(closed), 2);
	assert_int_equal(retention_run(service_at(day_before)), 0);
	assert_int_equal(records_of(closed), 2);
	assert_int_equal(retention_run(service_at(day_after)), 1);
	assert_int_equal(records_of(closed), 0);
	assert_int_equal(store_case_get(service.work.store, closed, &row, &service.work.error),
	    FOUND);
	assert_int_equal(row.state, STATE_PURGED);
	assert_done(store_event_each(service.work.store, closed, keep_act, &last,
	    &service.work.error));
	assert_int_equal(last, ACT_PURGE);
	/* A case that is still open stays, however old. */
	assert_int_equal(records_of(open), 1);
	assert_int_equal(retention_run(service_at(day_after)), 0);
	service_examine();
}

/* The law does not wait for a queue that the configuration no longer has. */
static void
cases_of_a_removed_queue_are_purged(void **state)
{
	int64_t closed = service_receive(BO), open = service_receive(LI);
	int64_t day_after = clock_at(2028, 11, 24, 0, 0);
	const struct callback claim = { .number = open, .act = ACT_CLAIM };
	struct callback_answer answer;

	(void)state;
	act(closed, ACT_CLAIM, 0);
	act(closed, ACT_CLOSE, 1U << OUTCOME_CARE);
	service_queues[0].id = "another";
	assert_int_equal(retention_run(service_at(day_after)), 1);
	/* An open one cannot be worked on without its opening hours: the operator's fault. */
	assert_int_equal(callback_do(service_as(&anna), &claim, &answer), FAILED);
	assert_int_equal(service.work.error.kind, ERROR_INTERNAL);
	service_queues[0].id = KAA;
	assert_int_equal(records_of(closed), 0);
}

static int
open_staff(void **state)
{
	if (service_open(state) == -1)
		return -1;
	service_config.retention_months = 24;
	service_hire("anna", ROLE_COORDINATOR, queues, 2);
	service_sign_in("anna", &anna);
	return 0;
}

static int
close_staff(void **state)
{
	identity_free(&anna);
	return service_close(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(closed_cases_are_purged_after_retention,
		    open_staff, close_staff),
		cmocka_unit_test_setup_teardown(cases_of_a_removed_queue_are_purged,
		    open_staff, close_staff),
	};

	if (service_start() == -1)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
