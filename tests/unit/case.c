/* The whole thread: in, claimed, opened, rung, closed. */
#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/worklist.h"
#include "flow_service.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

#define BO	"who=self&age=15-17&name=Bo+%C3%85&phone=0701740605&contact=call"
#define SILENT	"who=self&age=15-17&name=Li&phone=0701740606&contact=call-silent"
#define EVA	"who=relative&age=20-24&name=Eva&phone=0701740607&contact=call&knows=no"

static const char *const kaa[] = { KAA };
static const char *const both[] = { KAA, YOUNG };

static struct identity anna, olle, leo;

static int
open_staff(void **state)
{
	if (service_open(state) == -1)
		return -1;
	service_hire("anna", ROLE_COORDINATOR, both, 2);
	service_hire("olle", ROLE_COORDINATOR, kaa, 1);
	service_hire("leo", ROLE_LEAD, kaa, 1);
	service_sign_in("anna", &anna);
	service_sign_in("olle", &olle);
	service_sign_in("leo", &leo);
	return 0;
}

static int
close_staff(void **state)
{
	identity_free(&anna);
	identity_free(&olle);
	identity_free(&leo);
	return service_close(state);
}

static enum answer
call_back(const struct identity *reader, int64_t number, enum act act, unsigned outcomes,
    const char *note, struct callback_answer *answer)
{
	const struct callback callback = {
		.number = number, .act = act, .outcomes = outcomes, .note = note
	};

	return callback_do(service_as(reader), &callback, answer);
}

static void
does(const struct identity *reader, int64_t number, enum act act)
{
	struct callback_answer answer;

	assert_int_equal(call_back(reader, number, act, 0, NULL, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
}

static enum answer
read_file(struct casefile *file, const struct identity *reader, int64_t number)
{
	return casefile_read(service_as(reader), file, number);
}

static void
worklist_has_the_cases_of_own_queues(void **state)
{
	const struct worklist_filter filter = { .limit = 2 };
	struct worklist worklist;
	int64_t bo = service_receive(BO), li = service_receive(SILENT);

	(void)state;
	(void)service_receive(EVA);
	does(&anna, bo, ACT_CLAIM);
	does(&olle, li, ACT_CLAIM);
	assert_done(worklist_read(service_as(&anna), &worklist, &filter));
	assert_int_equal(worklist.count, 2);
	assert_true(worklist.more);
	assert_int_equal(worklist.counts.open, 3);
	assert_int_equal(worklist.counts.mine, 1);
	assert_int_equal(worklist.rows[0].row.number, bo);
	assert_string_equal(worklist.rows[0].name, "Bo Å");
	assert_string_equal(worklist.rows[0].phone, "+46701740605");
	assert_string_equal(worklist.rows[0].holder, "anna");
	assert_string_equal(worklist.rows[1].name, "");
	assert_string_equal(worklist.rows[1].phone, "");
	assert_string_equal(worklist.rows[1].holder, "olle");
	worklist_free(&worklist);
	/* Olle is no member of the other queue. */
	assert_done(worklist_read(service_as(&olle), &worklist, &filter));
	assert_int_equal(worklist.counts.open, 2);
	assert_false(worklist.more);
	worklist_free(&worklist);
}

static void
claim_gives_a_case_to_one_account(void **state)
{
	struct callback_answer answer;
	int64_t bo = service_receive(BO);

	(void)state;
	assert_int_equal(call_back(&anna, bo, ACT_CLAIM, 0, NULL, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	assert_true(answer.mine);
	assert_int_equal(call_back(&olle, bo, ACT_CLAIM, 0, NULL, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_ACTOR);
	assert_string_equal(answer.holder, "anna");
	assert_false(answer.mine);
	assert_int_equal(call_back(&olle, bo, ACT_RELEASE, 0, NULL, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_ACTOR);
	assert_int_equal(call_back(&leo, bo, ACT_RELEASE, 0, NULL, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	assert_string_equal(answer.holder, "");
	does(&olle, bo, ACT_CLAIM);
	service_examine();
}

static void
case_of_another_queue_is_absent(void **state)
{
	struct callback_answer answer;
	struct casefile file;
	int64_t eva = service_receive(EVA);

	(void)state;
	assert_int_equal(read_file(&file, &olle, eva), ABSENT);
	assert_int_equal(read_file(&file, &olle, eva + 1), ABSENT);
	assert_int_equal(call_back(&olle, eva, ACT_CLAIM, 0, NULL, &answer), ABSENT);
	does(&anna, eva, ACT_CLAIM);
	assert_int_equal(read_file(&file, &olle, eva), ABSENT);
}

static void
case_opens_for_its_holder(void **state)
{
	struct casefile file;
	int64_t bo = service_receive(BO);

	(void)state;
	assert_int_equal(read_file(&file, &anna, bo), FOUND);
	assert_false(file.opened);
	assert_null(form_value(&file.submission, "name"));
	assert_int_equal(file.trail_count, 1);
	casefile_free(&file);
	does(&anna, bo, ACT_CLAIM);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(read_file(&file, &anna, bo), FOUND);
		assert_true(file.opened);
		assert_int_equal(file.actor, ACTOR_MEMBER | ACTOR_HOLDER);
		assert_string_equal(form_value(&file.submission, "name"), "Bo Å");
		assert_string_equal(form_value(&file.submission, "phone"), "+46701740605");
		/* Received, claimed, opened: opening twice a day leaves one event. */
		assert_int_equal(file.trail_count, 3);
		assert_int_equal(file.trail[2].act, ACT_OPEN);
		assert_string_equal(file.trail[2].author, "anna");
		casefile_free(&file);
	}
	service.work.now += 86400;
	assert_int_equal(read_file(&file, &anna, bo), FOUND);
	assert_int_equal(file.trail_count, 4);
	casefile_free(&file);
	assert_int_equal(read_file(&file, &olle, bo), FOUND);
	assert_false(file.opened);
	assert_string_equal(file.holder, "anna");
	casefile_free(&file);
	/* Another who opens it on the same day leaves an event of their own. */
	does(&anna, bo, ACT_RELEASE);
	does(&olle, bo, ACT_CLAIM);
	assert_int_equal(read_file(&file, &olle, bo), FOUND);
	assert_int_equal(file.trail_count, 7);
	assert_string_equal(file.trail[6].author, "olle");
	casefile_free(&file);
	service_examine();
}

static int
seek(const struct record_row *record, void *found)
{
	if (memmem(record->box, record->box_size, "mamma", 5) != NULL)
		*(bool *)found = true;
	return 0;
}

static void
note_is_sealed(void **state)
{
	struct callback_answer answer;
	struct casefile file;
	bool found = false;
	int64_t bo = service_receive(BO);

	(void)state;
	does(&anna, bo, ACT_CLAIM);
	assert_int_equal(call_back(&anna, bo, ACT_NOTE, 0, " ring mamma\r\nsen &=% ",
	    &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	service.work.now += 60;
	assert_int_equal(call_back(&anna, bo, ACT_NO_ANSWER, 0, "mamma svarade", &answer), FOUND);
	/* In the morning: again before closing time. */
	assert_int_equal(answer.due_at, clock_at(2026, 11, 23, 16, 30));
	assert_string_equal(answer.holder, "");
	does(&olle, bo, ACT_CLAIM);
	assert_int_equal(read_file(&file, &olle, bo), FOUND);
	assert_int_equal(file.notes_count, 2);
	assert_string_equal(buffer_string(&file.notes[0].text), "ring mamma\nsen &=%");
	assert_int_equal(file.notes[0].act, ACT_NOTE);
	assert_string_equal(file.notes[0].author, "anna");
	assert_string_equal(buffer_string(&file.notes[1].text), "mamma svarade");
	assert_int_equal(file.notes[1].act, ACT_NO_ANSWER);
	assert_int_equal(file.row.attempts, 1);
	casefile_free(&file);
	assert_done(store_record_each(service.work.store, bo, 0, seek, &found,
	    &service.work.error));
	assert_false(found);
	service_examine();
}

static void
wrong_notes_and_outcomes_are_refused(void **state)
{
	struct callback_answer answer;
	char *long_note = calloc(1, NOTE_MAX + 2);
	int64_t bo = service_receive(BO);

	(void)state;
	does(&anna, bo, ACT_CLAIM);
	assert_int_equal(call_back(&anna, bo, ACT_NOTE, 0, " ", &answer), FAILED);
	assert_int_equal(service.work.error.kind, ERROR_INPUT);
	memset(long_note, 'a', NOTE_MAX + 1);
	assert_int_equal(call_back(&anna, bo, ACT_NOTE, 0, long_note, &answer), FAILED);
	long_note[NOTE_MAX] = '\0';
	assert_int_equal(call_back(&anna, bo, ACT_NOTE, 0, long_note, &answer), FOUND);
	free(long_note);
	assert_int_equal(call_back(&anna, bo, ACT_NOTE, 0, "a\x01", &answer), FAILED);
	assert_int_equal(call_back(&anna, bo, ACT_CLOSE, 1U << OUTCOME_WORK | 1U << OUTCOME_CARE,
	    NULL, &answer), FAILED);
	assert_int_equal(service.work.error.kind, ERROR_INPUT);
	assert_int_equal(call_back(&anna, bo, ACT_CLOSE, 1U << OUTCOME_COUNT, NULL, &answer),
	    FAILED);
	assert_int_equal(call_back(&anna, bo, ACT_CLOSE, 0, NULL, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OUTCOME);
	assert_true(answer.mine);
}

static enum lifecycle_verdict
close_without_contact(int64_t number)
{
	struct callback_answer answer;

	assert_int_equal(call_back(&anna, number, ACT_PROPOSE, 1U << OUTCOME_NO_CONTACT, "svarar inte",
	    &answer), FOUND);
	return answer.verdict;
}

static void
try_on(int64_t number, enum act act, int day, int hour)
{
	service.work.now = clock_at(2026, 11, day, hour, 0);
	does(&anna, number, act);
	does(&anna, number, ACT_CLAIM);
}

/* Three days, both halves, and a text unless the person wanted none. */
static void
no_contact_needs_attempts_on_three_days(void **state)
{
	struct casefile file;
	int64_t bo = service_receive(BO), li = service_receive(SILENT);

	(void)state;
	does(&anna, bo, ACT_CLAIM);
	does(&anna, li, ACT_CLAIM);
	try_on(bo, ACT_NO_ANSWER, 23, 9);
	try_on(bo, ACT_NO_ANSWER, 24, 10);
	try_on(bo, ACT_NO_ANSWER, 25, 11);
	assert_int_equal(close_without_contact(bo), LIFECYCLE_ATTEMPTS);
	try_on(bo, ACT_LEFT_MESSAGE, 25, 14);
	assert_int_equal(close_without_contact(bo), LIFECYCLE_ATTEMPTS);
	try_on(bo, ACT_TEXTED, 25, 15);
	assert_int_equal(read_file(&file, &anna, bo), FOUND);
	assert_int_equal(file.attempts.count, 5);
	assert_int_equal(file.attempts.days, 3);
	casefile_free(&file);
	assert_int_equal(close_without_contact(bo), LIFECYCLE_OK);
	try_on(li, ACT_NO_ANSWER, 23, 9);
	try_on(li, ACT_NO_ANSWER, 24, 13);
	assert_int_equal(close_without_contact(li), LIFECYCLE_ATTEMPTS);
	try_on(li, ACT_NO_ANSWER, 25, 9);
	assert_int_equal(close_without_contact(li), LIFECYCLE_OK);
	service_examine();
}

/* Once somebody was reached, losing touch with them is counted anew. */
static void
attempts_count_from_the_last_contact(void **state)
{
	struct casefile file;
	int64_t li = service_receive(SILENT);

	(void)state;
	does(&anna, li, ACT_CLAIM);
	try_on(li, ACT_NO_ANSWER, 23, 9);
	try_on(li, ACT_NO_ANSWER, 24, 13);
	try_on(li, ACT_NO_ANSWER, 25, 9);
	does(&anna, li, ACT_REACHED);
	assert_int_equal(close_without_contact(li), LIFECYCLE_ATTEMPTS);
	assert_int_equal(read_file(&file, &anna, li), FOUND);
	assert_int_equal(file.attempts.count, 0);
	assert_int_equal(file.row.attempts, 0);
	assert_false(file.attempts.may_text);
	casefile_free(&file);
}

static void
holder_follows_parks_and_closes(void **state)
{
	struct callback park = { .act = ACT_PARK };
	struct callback_answer answer;
	struct casefile file;

	(void)state;
	park.number = service_receive(BO);
	does(&anna, park.number, ACT_CLAIM);
	assert_int_equal(call_back(&anna, park.number, ACT_REACHED, 0, NULL, &answer), FOUND);
	/* Ten working days. */
	assert_int_equal(answer.due_at, clock_at(2026, 12, 7, 16, 30));
	/* A Saturday becomes the Monday after. */
	park.until_at = clock_at(2026, 12, 12, 0, 0);
	assert_int_equal(callback_do(service_as(&anna), &park, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	assert_int_equal(answer.due_at, clock_at(2026, 12, 14, 16, 30));
	park.until_at = clock_at(2026, 11, 20, 0, 0);
	assert_int_equal(callback_do(service_as(&anna), &park, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_UNTIL);
	does(&anna, park.number, ACT_FOLLOW);
	assert_int_equal(call_back(&anna, park.number, ACT_CLOSE,
	    1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES, "Börjar i januari", &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	assert_int_equal(answer.due_at, 0);
	/* A closed case can be read by any member. */
	assert_int_equal(read_file(&file, &olle, park.number), FOUND);
	assert_true(file.opened);
	assert_int_equal(file.row.outcomes, 1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES);
	assert_string_equal(buffer_string(&file.notes[0].text), "Börjar i januari");
	casefile_free(&file);
	service_examine();
}

/* The same wish after the case is closed is a new wish. */
static void
person_can_come_again_after_closing(void **state)
{
	struct callback_answer answer;
	int64_t first = service_receive(BO);

	(void)state;
	does(&anna, first, ACT_CLAIM);
	assert_int_equal(call_back(&anna, first, ACT_CLOSE, 1U << OUTCOME_CARE, NULL,
	    &answer), FOUND);
	assert_int_not_equal(service_receive(BO), first);
}

#define WITH_SERVICE(test)	cmocka_unit_test_setup_teardown(test, open_staff, close_staff)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SERVICE(worklist_has_the_cases_of_own_queues),
		WITH_SERVICE(claim_gives_a_case_to_one_account),
		WITH_SERVICE(case_of_another_queue_is_absent),
		WITH_SERVICE(case_opens_for_its_holder),
		WITH_SERVICE(note_is_sealed),
		WITH_SERVICE(wrong_notes_and_outcomes_are_refused),
		WITH_SERVICE(no_contact_needs_attempts_on_three_days),
		WITH_SERVICE(attempts_count_from_the_last_contact),
		WITH_SERVICE(holder_follows_parks_and_closes),
		WITH_SERVICE(person_can_come_again_after_closing),
	};

	return service_start() == -1 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
