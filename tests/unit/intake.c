/* In: sealed, routed, promised, and stored once. */
#include "base/base.h"
#include "base/words.h"
#include "flow/intake.h"
#include "flow_service.h"
#include "rules/rules.h"
#include "store/store.h"

#define BO	"who=self&age=15-17&name=Bo&phone=0701740605&contact=call"
#define EVA	"who=relative&age=20-24&name=Eva&phone=0701740607&contact=call&knows=no"

static void
intake_routes_and_promises(void **state)
{
	struct intake bo, eva;

	(void)state;
	service_prepare(&bo, BO, NULL);
	assert_string_equal(bo.row.queue, KAA);
	assert_int_equal(bo.row.promised_at, clock_at(2026, 11, 25, 16, 30));
	assert_int_equal(bo.row.due_at, bo.row.promised_at);
	assert_int_equal(bo.row.state, STATE_WAITING);
	assert_int_equal(bo.row.inflow, INFLOW_SELF);
	service_prepare(&eva, EVA, "ABC234");
	assert_string_equal(eva.row.queue, YOUNG);
	assert_string_equal(eva.row.code, "ABC234");
	assert_ptr_equal(eva.queue, &service_queues[1]);
	/* Three working days from Monday: Thursday. */
	assert_int_equal(eva.row.promised_at, clock_at(2026, 11, 26, 16, 30));
	assert_null(memmem(bo.record.data, bo.record.length, "+46701740", 9));
	intake_free(&bo);
	intake_free(&eva);
}

static void
queue_without_key_is_refused(void **state)
{
	struct queue_public_key *lock = &service.locks.lock[0];
	enum fault faults[FIELD_COUNT];
	struct submission submission;
	struct intake intake;
	struct form form;
	int generation = lock->generation;

	(void)state;
	assert_int_equal(form_decode(&form, BO, strlen(BO)), FORM_OK);
	assert_int_equal(submission_check(&form, service_areas, "sv", &submission, faults),
	    SUBMISSION_OK);
	lock->generation = 0;
	assert_int_equal(intake_prepare(&service.work, &intake, &service.locks, &submission,
	    NULL), -1);
	intake_free(&intake);
	lock->generation = generation;
	form_wipe(&form);
}

static int
count_alert(const struct alert_row *row, void *argument)
{
	(void)row;
	++*(int *)argument;
	return 0;
}

/* How many cases there are that somebody is to be told of. */
static int
new_cases(void)
{
	int count = 0;

	assert_done(store_alert_each(service.work.store, count_alert, &count,
	    &service.work.error));
	return count;
}

/* Repeats within one batch, and in a later one; another age is another person's. */
static void
duplicate_submission_is_stored_once(void **state)
{
	static const char *const bodies[] = {
		BO, EVA, BO, "who=self&age=18-19&name=Bo&phone=0701740605&contact=call",
		BO "&when=morning"
	};
	static const enum intake_result expected[] = {
		INTAKE_STORED, INTAKE_STORED, INTAKE_REPEATED, INTAKE_STORED, INTAKE_STORED
	};
	struct intake intakes[COUNT_OF(bodies)], again, *batch[COUNT_OF(bodies)];
	struct intake *later[] = { &again };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bodies); i++) {
		service_prepare(&intakes[i], bodies[i], NULL);
		batch[i] = &intakes[i];
	}
	intake_commit(&service.work, batch, COUNT_OF(bodies));
	for (size_t i = 0; i < COUNT_OF(bodies); i++)
		assert_int_equal(intakes[i].result, expected[i]);
	assert_int_equal(intakes[2].row.number, intakes[0].row.number);
	service.work.now += 86400;
	service_prepare(&again, BO, NULL);
	intake_commit(&service.work, later, 1);
	assert_int_equal(again.result, INTAKE_REPEATED);
	assert_int_equal(again.row.number, intakes[0].row.number);
	assert_int_equal(again.row.promised_at, intakes[0].row.promised_at);
	intake_free(&again);
	service_prepare(&again, BO, "ABC234");
	intake_commit(&service.work, later, 1);
	assert_int_equal(again.result, INTAKE_STORED);
	intake_free(&again);
	for (size_t i = 0; i < COUNT_OF(bodies); i++)
		intake_free(&intakes[i]);
	assert_int_equal(new_cases(), 5);
}

/* Its number is taken: the schema refuses it, and only it. */
static void
bad_submission_rolls_back_alone(void **state)
{
	struct intake good, bad, last, *batch[] = { &good, &bad, &last };

	(void)state;
	service_prepare(&good, BO, NULL);
	service_prepare(&bad, BO "&when=morning", NULL);
	service_prepare(&last, EVA, NULL);
	bad.record_number = good.record_number;
	intake_commit(&service.work, batch, 3);
	assert_int_equal(good.result, INTAKE_STORED);
	assert_int_equal(bad.result, INTAKE_UNAVAILABLE);
	assert_int_equal(last.result, INTAKE_STORED);
	assert_int_equal(new_cases(), 2);
	/* Nothing of it is left, its mark neither: the next try succeeds. */
	batch[0] = &bad;
	intake_free(&bad);
	service_prepare(&bad, BO "&when=morning", NULL);
	intake_commit(&service.work, batch, 1);
	assert_int_equal(bad.result, INTAKE_STORED);
	intake_free(&good);
	intake_free(&bad);
	intake_free(&last);
}

/* Within somebody else's transaction nothing can begin: nobody gets a receipt. */
static void
failed_commit_gives_no_receipt(void **state)
{
	struct intake one, two, *batch[] = { &one, &two };

	(void)state;
	service_prepare(&one, BO, NULL);
	service_prepare(&two, EVA, NULL);
	assert_done(store_begin(service.work.store, &service.work.error));
	intake_commit(&service.work, batch, 2);
	assert_int_equal(one.result, INTAKE_UNAVAILABLE);
	assert_int_equal(two.result, INTAKE_UNAVAILABLE);
	store_rollback(service.work.store);
	assert_int_equal(new_cases(), 0);
	intake_free(&one);
	intake_free(&two);
}

#define WITH_SERVICE(test)	cmocka_unit_test_setup_teardown(test, service_open, service_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SERVICE(intake_routes_and_promises),
		WITH_SERVICE(queue_without_key_is_refused),
		WITH_SERVICE(duplicate_submission_is_stored_once),
		WITH_SERVICE(bad_submission_rolls_back_alone),
		WITH_SERVICE(failed_commit_gives_no_receipt),
	};

	return service_start() == -1 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
