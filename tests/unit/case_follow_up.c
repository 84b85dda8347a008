/* Closing by two, contact that goes on, a reminder, a case that is opened again. */
#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow_service.h"
#include "notify/notify.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

#define BO	"who=self&age=15-17&name=Bo+%C3%85&phone=0701740605&contact=call"
#define WHY	"har flyttat till Norge"

static const char *const kaa[] = { KAA };

static struct identity anna, olle;

static int
open_staff(void **state)
{
	if (service_open(state) == -1)
		return -1;
	service_hire("anna", ROLE_COORDINATOR, kaa, 1);
	service_hire("olle", ROLE_COORDINATOR, kaa, 1);
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

static enum answer
call(const struct identity *reader, const struct callback *callback,
    struct callback_answer *answer)
{
	return callback_do(service_as(reader), callback, answer);
}

static enum lifecycle_verdict
judged(const struct identity *reader, struct callback callback)
{
	struct callback_answer answer;

	assert_int_equal(call(reader, &callback, &answer), FOUND);
	return answer.verdict;
}

static void
does(const struct identity *reader, int64_t number, enum act act)
{
	assert_int_equal(judged(reader, (struct callback){ .number = number, .act = act }),
	    LIFECYCLE_OK);
}

static void
read_file(struct casefile *file, const struct identity *reader, int64_t number)
{
	assert_int_equal(casefile_read(service_as(reader), file, number), FOUND);
}

static int64_t
due_of(int64_t number)
{
	struct case_row row;

	assert_int_equal(store_case_get(service.work.store, number, &row, &service.work.error),
	    FOUND);
	return row.due_at;
}

/* Anna has claimed it and asks for a closing; the proposal's record. */
static int64_t
propose(int64_t number)
{
	struct closing_row closing;

	assert_int_equal(judged(&anna, (struct callback){ .number = number, .act = ACT_PROPOSE,
	    .outcomes = 1U << OUTCOME_MOVED, .note = WHY }), LIFECYCLE_OK);
	assert_int_equal(store_closing_get(service.work.store, number, &closing,
	    &service.work.error), FOUND);
	return closing.record;
}

static int64_t
claimed(void)
{
	int64_t number = service_receive(BO);

	does(&anna, number, ACT_CLAIM);
	return number;
}

static int
keep_alert(const struct alert_row *row, void *argument)
{
	*(struct alert_row *)argument = *row;
	return 0;
}

static void
a_second_person_reads_the_reason_and_confirms(void **state)
{
	struct callback_answer answer;
	struct casefile file;
	int64_t bo = claimed(), due_at = due_of(bo), record;
	struct alert_row alert = { 0 };

	(void)state;
	read_file(&file, &olle, bo);
	assert_false(file.opened);
	casefile_free(&file);
	record = propose(bo);
	assert_int_equal(due_of(bo), due_at);
	assert_done(store_alert_each(service.work.store, keep_alert, &alert,
	    &service.work.error));
	assert_int_equal(alert.kind, ALERT_CONFIRM);
	assert_int_equal(alert.case_number, bo);
	read_file(&file, &olle, bo);
	assert_true(file.opened);
	assert_int_equal(file.trail[file.trail_count - 1].act, ACT_OPEN);
	assert_string_equal(file.follow_up.closing.author, "anna");
	assert_int_equal(file.follow_up.closing.outcomes, 1U << OUTCOME_MOVED);
	assert_int_equal(file.notes[0].number, record);
	assert_string_equal(buffer_string(&file.notes[0].text), WHY);
	casefile_free(&file);
	/* Not by who asks, not for another proposal. */
	assert_int_equal(judged(&anna, (struct callback){ .number = bo, .act = ACT_CONFIRM,
	    .closing = record }), LIFECYCLE_ACTOR);
	assert_int_equal(judged(&olle, (struct callback){ .number = bo, .act = ACT_CONFIRM,
	    .closing = record + 1 }), LIFECYCLE_STATE);
	assert_int_equal(call(&olle, &(struct callback){ .number = bo, .act = ACT_CONFIRM,
	    .closing = record }, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	read_file(&file, &olle, bo);
	assert_int_equal(file.row.state, STATE_CLOSED);
	assert_int_equal(file.row.outcomes, 1U << OUTCOME_MOVED);
	casefile_free(&file);
	service_examine();
}

static void
closing_alone_needs_a_receiver_and_by_two_a_reason(void **state)
{
	struct callback_answer answer;
	int64_t bo = claimed();

	(void)state;
	assert_int_equal(judged(&anna, (struct callback){ .number = bo, .act = ACT_CLOSE,
	    .outcomes = 1U << OUTCOME_MOVED, .note = WHY }), LIFECYCLE_SECOND);
	assert_int_equal(call(&anna, &(struct callback){ .number = bo, .act = ACT_PROPOSE,
	    .outcomes = 1U << OUTCOME_MOVED, .note = " " }, &answer), FAILED);
	assert_int_equal(service.work.error.kind, ERROR_INPUT);
	assert_int_equal(judged(&anna, (struct callback){ .number = bo, .act = ACT_PROPOSE,
	    .outcomes = 1U << OUTCOME_WORK, .note = WHY }), LIFECYCLE_OUTCOME);
	assert_int_equal(judged(&anna, (struct callback){ .number = bo, .act = ACT_PROPOSE,
	    .outcomes = 1U << OUTCOME_NO_CONTACT, .note = WHY }), LIFECYCLE_ATTEMPTS);
}

static void
a_proposal_goes_when_somebody_objects_or_goes_on(void **state)
{
	static const enum act goes[] = { ACT_RELEASE, ACT_NO_ANSWER, ACT_REACHED };
	struct callback_answer answer;
	struct closing_row closing;
	int64_t bo = claimed(), record = propose(bo);

	(void)state;
	assert_int_equal(call(&olle, &(struct callback){ .number = bo, .act = ACT_OBJECT,
	    .closing = record }, &answer), FAILED);
	assert_int_equal(service.work.error.kind, ERROR_INPUT);
	assert_int_equal(judged(&olle, (struct callback){ .number = bo, .act = ACT_OBJECT,
	    .closing = record, .note = "ring mamma" }), LIFECYCLE_OK);
	assert_int_equal(store_closing_get(service.work.store, bo, &closing,
	    &service.work.error), ABSENT);
	assert_int_equal(judged(&olle, (struct callback){ .number = bo, .act = ACT_CONFIRM,
	    .closing = record }), LIFECYCLE_STATE);
	for (size_t i = 0; i < COUNT_OF(goes); i++) {
		record = propose(bo);
		/* Looking changes nothing. */
		does(&anna, bo, ACT_OPEN);
		assert_int_equal(store_closing_get(service.work.store, bo, &closing,
		    &service.work.error), FOUND);
		does(&anna, bo, goes[i]);
		assert_int_equal(store_closing_get(service.work.store, bo, &closing,
		    &service.work.error), ABSENT);
		if (goes[i] != ACT_REACHED)
			does(&anna, bo, ACT_CLAIM);
	}
	/* Who asked thinks better of it, without words. */
	record = propose(bo);
	assert_int_equal(judged(&anna, (struct callback){ .number = bo, .act = ACT_OBJECT,
	    .closing = record }), LIFECYCLE_OK);
	service_examine();
}

static struct callback
beginning(int64_t number)
{
	return (struct callback){
		.number = number, .act = ACT_BEGIN, .outcomes = 1U << OUTCOME_WORK,
		/* Given in any order, on any day; one field left empty. */
		.plan = { clock_at(2027, 1, 16, 12, 0), 0, clock_at(2026, 12, 7, 12, 0) }
	};
}

static void
contact_follows_the_plan(void **state)
{
	struct callback_answer answer;
	struct casefile file;
	struct callback begin;
	int64_t bo = claimed();

	(void)state;
	does(&anna, bo, ACT_REACHED);
	/* A day to come back at is no plan. */
	begin = (struct callback){
		.number = bo, .act = ACT_BEGIN, .outcomes = 1U << OUTCOME_WORK,
		.until_at = clock_at(2026, 12, 7, 12, 0)
	};
	assert_int_equal(call(&anna, &begin, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_UNTIL);
	begin = beginning(bo);
	assert_int_equal(call(&anna, &begin, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	assert_int_equal(answer.due_at, clock_at(2026, 12, 7, 16, 30));
	/* A talk before the day is the planned one. The Saturday became a Monday. */
	service.work.now = clock_at(2026, 12, 4, 10, 0);
	does(&anna, bo, ACT_REACHED);
	assert_int_equal(due_of(bo), clock_at(2027, 1, 18, 16, 30));
	/* Taken back, the plan is as it was. */
	does(&anna, bo, ACT_UNDO);
	assert_int_equal(due_of(bo), clock_at(2026, 12, 7, 16, 30));
	does(&anna, bo, ACT_REACHED);
	assert_int_equal(due_of(bo), clock_at(2027, 1, 18, 16, 30));
	read_file(&file, &anna, bo);
	assert_int_equal(file.follow_up.plan_count, 2);
	assert_true(file.follow_up.plan[0].done);
	assert_false(file.follow_up.plan[1].done);
	assert_false(file.follow_up.over);
	casefile_free(&file);
	service.work.now = clock_at(2027, 1, 18, 10, 0);
	does(&anna, bo, ACT_NO_ANSWER);
	service.work.now = clock_at(2027, 1, 18, 14, 0);
	does(&anna, bo, ACT_REACHED);
	read_file(&file, &anna, bo);
	assert_true(file.follow_up.over);
	assert_int_equal(file.row.outcomes, 1U << OUTCOME_WORK);
	casefile_free(&file);
	service_examine();
}

static void
a_plan_lies_ahead_within_a_year_and_may_be_declined(void **state)
{
	struct callback begin;
	struct casefile file;
	int64_t bo = claimed();

	(void)state;
	does(&anna, bo, ACT_REACHED);
	begin = beginning(bo);
	begin.plan[0] = clock_at(2028, 1, 1, 12, 0);
	assert_int_equal(judged(&anna, begin), LIFECYCLE_UNTIL);
	begin.plan[0] = clock_at(2026, 11, 20, 12, 0);
	assert_int_equal(judged(&anna, begin), LIFECYCLE_UNTIL);
	memset(begin.plan, 0, sizeof(begin.plan));
	assert_int_equal(judged(&anna, begin), LIFECYCLE_UNTIL);
	begin = beginning(bo);
	begin.outcomes = 1U << OUTCOME_CARE;
	assert_int_equal(judged(&anna, begin), LIFECYCLE_OUTCOME);
	assert_int_equal(judged(&anna, beginning(bo)), LIFECYCLE_OK);
	does(&anna, bo, ACT_DECLINE);
	read_file(&file, &anna, bo);
	assert_int_equal(file.follow_up.plan_count, 0);
	assert_true(file.follow_up.over);
	casefile_free(&file);
	/* A new beginning is a new plan. */
	assert_int_equal(judged(&anna, beginning(bo)), LIFECYCLE_OK);
	read_file(&file, &anna, bo);
	assert_int_equal(file.follow_up.plan_count, 2);
	assert_false(file.follow_up.over);
	casefile_free(&file);
	service_examine();
}

static int
count_row(const struct section_row *row, void *argument)
{
	(void)row;
	++*(int *)argument;
	return 0;
}

static int
due_reminders(const struct identity *reader)
{
	const struct case_filter filter = {
		.account = reader->account, .day = day_of(service.work.now),
		.due_before = service.work.now + 1, .limit = 10
	};
	int count = 0;

	assert_done(store_section_page(service.work.store, SECTION_REMIND, &filter, count_row,
	    &count, &service.work.error));
	return count;
}

static void
a_reminder_comes_and_closes_nothing(void **state)
{
	int64_t at = clock_at(2027, 3, 1, 0, 0), bo = claimed();
	struct casefile file;

	(void)state;
	assert_int_equal(judged(&anna, (struct callback){ .number = bo, .act = ACT_REMIND,
	    .remind_at = at }), LIFECYCLE_OK);
	assert_int_equal(judged(&olle, (struct callback){ .number = bo, .act = ACT_REMIND }),
	    LIFECYCLE_ACTOR);
	service.work.now = at - 1;
	assert_int_equal(due_reminders(&anna), 0);
	service.work.now = at;
	assert_int_equal(due_reminders(&anna), 1);
	read_file(&file, &anna, bo);
	assert_int_equal(file.follow_up.reminder_at, at);
	assert_int_equal(file.row.state, STATE_CLAIMED);
	casefile_free(&file);
	assert_int_equal(judged(&anna, (struct callback){ .number = bo, .act = ACT_REMIND }),
	    LIFECYCLE_OK);
	assert_int_equal(due_reminders(&anna), 0);
}

static void
a_closed_case_is_opened_again_or_told_how_it_went(void **state)
{
	struct callback work = { .act = ACT_CLOSE, .outcomes = 1U << OUTCOME_WORK };
	struct casefile file;
	int64_t bo = claimed(), closed_at = service.work.now;

	(void)state;
	work.number = bo;
	assert_int_equal(judged(&anna, (struct callback){ .number = bo, .act = ACT_CLOSE,
	    .outcomes = 1U << OUTCOME_CARE }), LIFECYCLE_OK);
	service.work.now += 30 * 86400;
	assert_int_equal(judged(&olle, work), LIFECYCLE_OK);
	assert_int_equal(judged(&olle, work), LIFECYCLE_OUTCOME);
	read_file(&file, &olle, bo);
	assert_int_equal(file.row.outcomes, 1U << OUTCOME_CARE | 1U << OUTCOME_WORK);
	/* It is kept no longer for that. */
	assert_int_equal(file.row.closed_at, closed_at);
	casefile_free(&file);
	does(&olle, bo, ACT_REOPEN);
	read_file(&file, &olle, bo);
	assert_int_equal(file.row.state, STATE_CLAIMED);
	assert_string_equal(file.holder, "olle");
	assert_true(file.row.due_at > service.work.now);
	assert_int_equal(file.row.outcomes, 0);
	casefile_free(&file);
	service_examine();
}

#define WITH_SERVICE(test)	cmocka_unit_test_setup_teardown(test, open_staff, close_staff)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SERVICE(a_second_person_reads_the_reason_and_confirms),
		WITH_SERVICE(closing_alone_needs_a_receiver_and_by_two_a_reason),
		WITH_SERVICE(a_proposal_goes_when_somebody_objects_or_goes_on),
		WITH_SERVICE(contact_follows_the_plan),
		WITH_SERVICE(a_plan_lies_ahead_within_a_year_and_may_be_declined),
		WITH_SERVICE(a_reminder_comes_and_closes_nothing),
		WITH_SERVICE(a_closed_case_is_opened_again_or_told_how_it_went),
	};

	return service_start() == -1 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
