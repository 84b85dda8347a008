/* Others who take part in a case, those who keep away from it, and who can open it then. */
#include "base/base.h"
#include "base/words.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/people.h"
#include "flow/worklist.h"
#include "handover_service.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/handover.h"
#include "store/store.h"

static void
share_lets_a_queue_take_part(void **state)
{
	int64_t bo = annas_case();
	const struct callback note = { .number = bo, .act = ACT_NOTE, .note = "Möte på torsdag" };
	struct callback_answer written;
	struct handover_answer answer;
	struct casefile file;

	(void)state;
	assert_int_equal(shares(&olle, bo, YOUNG, "Nummer").verdict, HANDOVER_CHANGED);
	assert_int_equal(shares(&anna, bo, KAA, "Nummer").verdict, HANDOVER_QUEUE);
	assert_int_equal(shares(&anna, bo, YOUNG, "").verdict, HANDOVER_YES);
	assert_open_to(bo, true, false);
	assert_int_equal(shares(&anna, bo, YOUNG, "Namn och nummer").verdict, HANDOVER_DONE);
	assert_open_to(bo, true, true);
	answer = shares(&anna, bo, YOUNG, "Igen");
	assert_int_equal(answer.verdict, HANDOVER_PARTNER);
	assert_string_equal(answer.who, "anna");
	/* A partner reads and writes notes, and nothing else. */
	assert_string_equal(note_of(&una, bo, ACT_SHARE), "Namn och nummer (anna)");
	assert_int_equal(callback_do(service_as(&una), &note, &written), FOUND);
	assert_int_equal(written.verdict, LIFECYCLE_OK);
	assert_string_equal(note_of(&anna, bo, ACT_NOTE), "Möte på torsdag (una)");
	assert_int_equal(acts(&una, bo, ACT_NO_ANSWER), LIFECYCLE_ACTOR);
	assert_int_equal(acts(&una, bo, ACT_RELEASE), LIFECYCLE_ACTOR);
	assert_string_equal(row_of(bo).queue, KAA);
	/* Also while nobody has it. */
	assert_int_equal(acts(&anna, bo, ACT_RELEASE), LIFECYCLE_OK);
	assert_string_equal(note_of(&ulf, bo, ACT_SHARE), "Namn och nummer (anna)");
	assert_int_equal(acts(&una, bo, ACT_CLAIM), LIFECYCLE_ACTOR);
	/* One who knows the person sees it no more; the queue's others do. */
	answer = recuses(&una, bo);
	assert_int_equal(answer.verdict, HANDOVER_DONE);
	assert_false(answer.near);
	assert_int_equal(casefile_read(service_as(&una), &file, bo), ABSENT);
	assert_string_equal(note_of(&ulf, bo, ACT_SHARE), "Namn och nummer (anna)");
	service_examine();
}

static void
share_ends_at_once(void **state)
{
	int64_t bo = annas_case();
	struct participants together;
	struct casefile file;

	(void)state;
	assert_int_equal(shares(&anna, bo, YOUNG, "Allt").verdict, HANDOVER_DONE);
	assert_int_equal(ends(&olle, bo, YOUNG).verdict, HANDOVER_DONE);
	assert_open_to(bo, true, false);
	assert_int_equal(casefile_read(service_as(&una), &file, bo), ABSENT);
	assert_int_equal(ends(&olle, bo, YOUNG).verdict, HANDOVER_CHANGED);
	/* Given again, and left by the partner itself. */
	assert_int_equal(shares(&anna, bo, YOUNG, "Allt").verdict, HANDOVER_DONE);
	assert_open_to(bo, true, true);
	assert_int_equal(ends(&una, bo, KAA).verdict, HANDOVER_CHANGED);
	assert_false(ends(&una, bo, YOUNG).near);
	assert_open_to(bo, true, false);
	assert_done(participants_read(service_as(&anna), &together, bo));
	assert_int_equal(together.count, 2);
	assert_string_equal(together.participants[0].withdrawn_by, "olle");
	assert_string_equal(together.participants[1].withdrawn_by, "una");
	assert_int_equal(together.participants[1].share.withdrawn_at, service.work.now);
	participants_free(&together);
	service_examine();
}

static void
handover_makes_a_partner_the_owner(void **state)
{
	int64_t bo = annas_case();

	(void)state;
	assert_int_equal(shares(&anna, bo, YOUNG, "Allt").verdict, HANDOVER_DONE);
	assert_int_equal(offers(&anna, bo, NULL, NULL).verdict, HANDOVER_DONE);
	assert_int_equal(accepts(&una, bo).verdict, HANDOVER_DONE);
	assert_open_to(bo, false, true);
	assert_string_equal(row_of(bo).queue, YOUNG);
	service_examine();
}

static void
conflict_of_interest_hides_the_case(void **state)
{
	const struct worklist_filter filter = { .limit = 100 };
	int64_t bo = annas_case();
	const struct case_row before = row_of(bo);
	struct handover_answer answer;
	struct worklist worklist;
	struct casefile file;

	(void)state;
	/* A colleague of the holder's, who goes on. */
	answer = recuses(&leo, bo);
	assert_int_equal(answer.verdict, HANDOVER_DONE);
	assert_false(answer.near);
	assert_int_equal(row_of(bo).holder, before.holder);
	assert_int_equal(row_of(bo).state, before.state);
	answer = recuses(&anna, bo);
	assert_int_equal(answer.verdict, HANDOVER_DONE);
	assert_false(answer.near);
	assert_int_equal(row_of(bo).state, STATE_WAITING);
	assert_int_equal(row_of(bo).due_at, before.due_at);
	assert_int_equal(casefile_read(service_as(&anna), &file, bo), ABSENT);
	assert_int_equal(acts(&anna, bo, ACT_CLAIM), LIFECYCLE_ACTOR);
	assert_done(worklist_read(service_as(&anna), &worklist, &filter));
	for (size_t i = 0; i < worklist.count; i++)
		assert_int_not_equal(worklist.rows[i].row.number, bo);
	worklist_free(&worklist);
	/* Until one is left. */
	assert_int_equal(recuses(&olle, bo).verdict, HANDOVER_ALONE);
	assert_int_equal(acts(&olle, bo, ACT_CLAIM), LIFECYCLE_OK);
	assert_int_equal(recuses(&olle, bo).verdict, HANDOVER_ALONE);
	assert_int_equal(row_of(bo).holder, olle.account);
	/* The way out. */
	assert_int_equal(offers(&olle, bo, NULL, NULL).verdict, HANDOVER_DONE);
	assert_int_equal(accepts(&una, bo).verdict, HANDOVER_DONE);
	service_examine();
}

/* The last that could open it leaves: those who kept away get it back. */
static void
conflicts_are_lifted_when_no_reader_is_left(void **state)
{
	int64_t bo = annas_case();

	(void)state;
	assert_int_equal(recuses(&anna, bo).verdict, HANDOVER_DONE);
	assert_int_equal(recuses(&leo, bo).verdict, HANDOVER_DONE);
	assert_int_equal(acts(&olle, bo, ACT_CLAIM), LIFECYCLE_OK);
	assert_done(account_deactivate(&service.work, "olle"));
	assert_int_equal(last_act(bo), ACT_RECUSE);
	assert_int_equal(acts(&anna, bo, ACT_CLAIM), LIFECYCLE_OK);
	assert_true(opens(&anna, bo));
	service_examine();
}

/* A step of an acceptance fails: there is one owner, and it is the one before. */
static void
case_has_one_owner_after_any_failure(void **state)
{
	int64_t bo = annas_case();
	struct handover_answer answer;
	struct share_row taken = {
		.number = number_next(), .case_number = bo, .queue = KAA,
		.account = anna.account, .at = service.work.now, .record = 1
	};
	const struct consent yes = { "Allt", day_of(service.work.now) };

	(void)state;
	assert_int_equal(offers(&anna, bo, NULL, &yes).verdict, HANDOVER_DONE);
	/* The owner takes part in its own case, so the sender's place is taken. */
	assert_done(store_share_add(service.work.store, &taken, &service.work.error));
	assert_int_equal(handover_accept(service_as(&una), bo, &answer), FAILED);
	assert_open_to(bo, true, false);
	assert_string_equal(row_of(bo).queue, KAA);
	assert_int_equal(row_of(bo).holder, anna.account);
	assert_int_equal(last_act(bo), ACT_OFFER);
	assert_done(store_share_end(service.work.store, taken.number, anna.account,
	    service.work.now, &service.work.error));
	assert_int_equal(accepts(&una, bo).verdict, HANDOVER_DONE);
	assert_open_to(bo, true, true);
	service_examine();
}

#define TOGETHER_TEST(name)	cmocka_unit_test_setup(name, colleagues_begin)

int
main(void)
{
	/* In this order: the last lets a colleague leave. */
	const struct CMUnitTest tests[] = {
		TOGETHER_TEST(share_lets_a_queue_take_part),
		TOGETHER_TEST(share_ends_at_once),
		TOGETHER_TEST(handover_makes_a_partner_the_owner),
		TOGETHER_TEST(conflict_of_interest_hides_the_case),
		TOGETHER_TEST(case_has_one_owner_after_any_failure),
		TOGETHER_TEST(conflicts_are_lifted_when_no_reader_is_left)
	};

	if (service_start() == -1)
		return 1;
	return cmocka_run_group_tests(tests, colleagues_open, colleagues_close);
}
