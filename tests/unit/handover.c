/* A case offered to another queue: answered, taken back, unanswered; and who can open it then. */
#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/people.h"
#include "handover_service.h"
#include "notify/notify.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

static void
offer_leaves_the_case_with_its_sender(void **state)
{
	int64_t bo = annas_case();
	const struct case_row before = row_of(bo);
	struct offered offered;
	struct casefile file;

	(void)state;
	assert_int_equal(offers(&anna, bo, "Ring efter tre", NULL).verdict, HANDOVER_DONE);
	assert_open_to(bo, true, false);
	assert_int_equal(row_of(bo).due_at, before.due_at);
	assert_int_equal(row_of(bo).holder, anna.account);
	assert_string_equal(row_of(bo).queue, KAA);
	assert_int_equal(last_act(bo), ACT_OFFER);
	assert_int_equal(told(ALERT_OFFERED).young, 1);
	/* The receiver sees plain facts and the note; the sender's colleague no note but the case's. */
	assert_int_equal(casefile_read(service_as(&una), &file, bo), FOUND);
	assert_false(file.opened);
	assert_int_equal(file.actor, ACTOR_RECEIVER);
	casefile_free(&file);
	assert_int_equal(offered_read(service_as(&una), &offered, bo), FOUND);
	assert_string_equal(buffer_string(&offered.note), "Ring efter tre");
	assert_string_equal(offered.by, "anna");
	/* Monday and two working days. */
	assert_int_equal(offered.lapses_at, clock_at(2026, 11, 25, 16, 30));
	offered_free(&offered);
	assert_int_equal(offered_read(service_as(&olle), &offered, bo), FOUND);
	assert_string_equal(buffer_string(&offered.note), "");
	offered_free(&offered);
	assert_string_equal(note_of(&anna, bo, ACT_OFFER), "Ring efter tre (anna)");
	/* Everything else goes on. */
	assert_int_equal(acts(&una, bo, ACT_CLAIM), LIFECYCLE_ACTOR);
	assert_int_equal(acts(&anna, bo, ACT_NO_ANSWER), LIFECYCLE_OK);
	assert_int_equal(acts(&una, bo, ACT_CLAIM), LIFECYCLE_ACTOR);
	assert_int_equal(acts(&olle, bo, ACT_CLAIM), LIFECYCLE_OK);
	assert_int_equal(withdraws(&olle, bo).verdict, HANDOVER_DONE);
	service_examine();
}

static void
handover_accept_moves_owner(void **state)
{
	int64_t bo = annas_case();
	const struct case_row before = row_of(bo);
	struct handover_answer answer;
	struct offered offered;

	(void)state;
	assert_int_equal(offers(&anna, bo, "Ring efter tre", NULL).verdict, HANDOVER_DONE);
	answer = accepts(&una, bo);
	assert_int_equal(answer.verdict, HANDOVER_DONE);
	assert_true(answer.mine);
	assert_open_to(bo, false, true);
	assert_string_equal(row_of(bo).queue, YOUNG);
	assert_int_equal(row_of(bo).holder, una.account);
	assert_int_equal(row_of(bo).due_at, before.due_at);
	assert_int_equal(row_of(bo).state, STATE_CLAIMED);
	assert_int_equal(offered_read(service_as(&una), &offered, bo), ABSENT);
	assert_string_equal(note_of(&una, bo, ACT_OFFER), "Ring efter tre (anna)");
	assert_int_equal(acts(&anna, bo, ACT_RELEASE), LIFECYCLE_ACTOR);
	service_examine();
}

static void
second_offer_names_the_first_sender(void **state)
{
	int64_t bo = annas_case();
	struct handover_answer answer;

	(void)state;
	assert_int_equal(offers(&anna, bo, NULL, NULL).verdict, HANDOVER_DONE);
	answer = offers(&anna, bo, NULL, NULL);
	assert_int_equal(answer.verdict, HANDOVER_OFFERED);
	assert_string_equal(answer.who, "anna");
	assert_int_equal(accepts(&una, bo).verdict, HANDOVER_DONE);
	answer = accepts(&ulf, bo);
	assert_int_equal(answer.verdict, HANDOVER_ACCEPTED);
	assert_string_equal(answer.who, "una");
	answer = withdraws(&olle, bo);
	assert_int_equal(answer.verdict, HANDOVER_ACCEPTED);
	assert_string_equal(answer.who, "una");
	/* Back again, and taken back this time. */
	bo = annas_case();
	assert_int_equal(offers(&anna, bo, NULL, NULL).verdict, HANDOVER_DONE);
	assert_int_equal(withdraws(&olle, bo).verdict, HANDOVER_DONE);
	answer = accepts(&una, bo);
	assert_int_equal(answer.verdict, HANDOVER_WITHDRAWN);
	assert_string_equal(answer.who, "olle");
	assert_int_equal(returns(&una, bo, "Fel kö").verdict, HANDOVER_WITHDRAWN);
	assert_open_to(bo, true, false);
	service_examine();
}

static void
return_brings_its_reason_back(void **state)
{
	int64_t bo = annas_case();
	struct handover_answer answer;

	(void)state;
	assert_int_equal(offers(&anna, bo, NULL, NULL).verdict, HANDOVER_DONE);
	assert_int_equal(returns(&una, bo, " \n").verdict, HANDOVER_TEXT);
	answer = returns(&una, bo, "Bor i Karlstad nu");
	assert_int_equal(answer.verdict, HANDOVER_DONE);
	assert_false(answer.near);
	assert_int_equal(told(ALERT_RETURNED).kaa, 1);
	assert_open_to(bo, true, false);
	assert_int_equal(last_act(bo), ACT_RETURN);
	for (int i = 0; i < 2; i++)
		assert_string_equal(note_of(&anna, bo, ACT_RETURN), "Bor i Karlstad nu (una)");
	/* It follows the case to whoever has it next. */
	assert_int_equal(offers(&anna, bo, NULL, NULL).verdict, HANDOVER_DONE);
	assert_int_equal(accepts(&ulf, bo).verdict, HANDOVER_DONE);
	assert_string_equal(note_of(&ulf, bo, ACT_RETURN), "Bor i Karlstad nu (una)");
	service_examine();
}

static void
unread_reason_moves_with_the_case(void **state)
{
	int64_t bo = annas_case();

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(offers(&anna, bo, NULL, NULL).verdict, HANDOVER_DONE);
		assert_int_equal(returns(&una, bo, i == 0 ? "Ett" : "Två").verdict, HANDOVER_DONE);
	}
	assert_int_equal(offers(&anna, bo, NULL, NULL).verdict, HANDOVER_DONE);
	assert_int_equal(accepts(&ulf, bo).verdict, HANDOVER_DONE);
	assert_string_equal(note_of(&ulf, bo, ACT_RETURN), "Två (una)");
	service_examine();
}

static void
unanswered_offer_lapses(void **state)
{
	int64_t bo = annas_case();
	struct told both;

	(void)state;
	assert_int_equal(offers(&anna, bo, NULL, NULL).verdict, HANDOVER_DONE);
	service.work.now = clock_at(2026, 11, 25, 16, 29);
	assert_int_equal(handover_lapse(&service.work), 0);
	service.work.now += 60;
	assert_int_equal(handover_lapse(&service.work), 1);
	assert_int_equal(handover_lapse(&service.work), 0);
	assert_int_equal(last_act(bo), ACT_LAPSE);
	assert_int_equal(accepts(&una, bo).verdict, HANDOVER_LAPSED);
	assert_int_equal(withdraws(&anna, bo).verdict, HANDOVER_LAPSED);
	both = told(ALERT_LAPSED);
	assert_int_equal(both.kaa, 1);
	assert_int_equal(both.young, 1);
	assert_open_to(bo, true, false);
	service_examine();
}

/* At the very moment: whoever comes first wins, and the other is told or finds nothing to do. */
static void
offer_ends_once_at_its_last_moment(void **state)
{
	int64_t accepted = annas_case(), lapsed = annas_case();

	(void)state;
	assert_int_equal(offers(&anna, accepted, NULL, NULL).verdict, HANDOVER_DONE);
	assert_int_equal(offers(&anna, lapsed, NULL, NULL).verdict, HANDOVER_DONE);
	service.work.now = clock_at(2026, 11, 25, 16, 30);
	assert_int_equal(accepts(&una, accepted).verdict, HANDOVER_DONE);
	assert_int_equal(handover_lapse(&service.work), 1);
	assert_int_equal(accepts(&una, lapsed).verdict, HANDOVER_LAPSED);
	assert_int_equal(last_act(accepted), ACT_ACCEPT);
	assert_int_equal(last_act(lapsed), ACT_LAPSE);
	assert_open_to(accepted, false, true);
	assert_open_to(lapsed, true, false);
	service_examine();
}

/* What is sealed under older keys of a queue, by whoever can, to its newest. */
static void
move_keys(const struct identity *mover, const char *queue)
{
	struct rotation rotation = { .work = service_as(mover), .queue = queue };
	int moved;

	do
		moved = rotation_move(&rotation);
	while (moved > 0);
	assert_done(moved);
}

/*
 * New keys of both queues between offer and answer: the old one is kept while
 * the offer needs it, the receiver's data key comes, and every one of the
 * sender's goes.
 */
static void
offer_survives_key_rotation(void **state)
{
	int64_t bo = annas_case();
	struct case_key_row key;

	(void)state;
	assert_int_equal(offers(&anna, bo, "Ring efter tre", NULL).verdict, HANDOVER_DONE);
	assert_int_equal(rotation_begin_recovery(&service.work, YOUNG), FOUND);
	assert_int_equal(rotation_begin_recovery(&service.work, KAA), FOUND);
	service.work.now += 2 * ROTATION_KEPT_SECONDS;
	assert_done(rotation_retire(&service.work));
	move_keys(&una, YOUNG);
	assert_int_equal(accepts(&una, bo).verdict, HANDOVER_DONE);
	assert_open_to(bo, false, true);
	assert_int_equal(store_case_key_get(service.work.store, bo, anna.account, &key,
	    &service.work.error), ABSENT);
	move_keys(&una, YOUNG);
	assert_done(rotation_retire(&service.work));
	assert_int_equal(store_case_key_get(service.work.store, bo, una.account, &key,
	    &service.work.error), FOUND);
	assert_int_equal(key.generation, 2);
	assert_open_to(bo, false, true);
	service_examine();
}

static void
closing_ends_the_offer(void **state)
{
	int64_t bo = annas_case();
	const struct callback closing = {
		.number = bo, .act = ACT_CLOSE, .outcomes = 1U << OUTCOME_CARE
	};
	struct callback_answer closed;
	struct handover_answer answer;

	(void)state;
	assert_int_equal(offers(&anna, bo, NULL, NULL).verdict, HANDOVER_DONE);
	assert_int_equal(callback_do(service_as(&anna), &closing, &closed), FOUND);
	assert_int_equal(closed.verdict, LIFECYCLE_OK);
	answer = accepts(&una, bo);
	assert_int_equal(answer.verdict, HANDOVER_CLOSED);
	assert_string_equal(answer.who, "anna");
	assert_open_to(bo, true, false);
	service_examine();
}

static void
sender_stays_with_the_persons_consent(void **state)
{
	const struct consent yes = { "Anna följer med på mötena", day_of(service.work.now) };
	const struct consent tomorrow = { "Ja", day_of(service.work.now) + 1 },
	    silent = { "", yes.day };
	int64_t bo = annas_case();
	struct participants together;

	(void)state;
	assert_int_equal(offers(&anna, bo, NULL, &tomorrow).verdict, HANDOVER_DAY);
	assert_int_equal(offers(&anna, bo, NULL, &silent).verdict, HANDOVER_YES);
	assert_int_equal(offers(&anna, bo, NULL, &yes).verdict, HANDOVER_DONE);
	assert_int_equal(accepts(&una, bo).verdict, HANDOVER_DONE);
	assert_open_to(bo, true, true);
	assert_string_equal(row_of(bo).queue, YOUNG);
	assert_done(participants_read(service_as(&una), &together, bo));
	assert_int_equal(together.count, 1);
	assert_string_equal(together.participants[0].share.queue, KAA);
	assert_string_equal(together.participants[0].by, "anna");
	assert_int_equal(together.participants[0].share.agreed_day, yes.day);
	assert_false(together.participants[0].own);
	participants_free(&together);
	assert_string_equal(note_of(&olle, bo, ACT_SHARE), "Anna följer med på mötena (anna)");
	/* And leave again. */
	assert_int_equal(ends(&olle, bo, KAA).verdict, HANDOVER_DONE);
	assert_open_to(bo, false, true);
	service_examine();
}

static void
only_the_holder_offers_to_a_queue_with_readers(void **state)
{
	struct handover_offer offer = { annas_case(), KAA, NULL, NULL };
	struct handover_answer answer;

	(void)state;
	assert_int_equal(offers(&olle, offer.number, NULL, NULL).verdict, HANDOVER_CHANGED);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(handover_offer(service_as(&anna), &offer, &answer), FOUND);
		assert_int_equal(answer.verdict, HANDOVER_QUEUE);
		offer.queue = i == 0 ? "ingen" : NULL;
	}
	assert_int_equal(offers(&anna, offer.number, "a\x01", NULL).verdict, HANDOVER_TEXT);
	assert_int_equal(handover_accept(service_as(&una), offer.number, &answer), ABSENT);
	assert_int_equal(withdraws(&anna, offer.number).verdict, HANDOVER_CHANGED);
	service_examine();
}

#define OFFER_TEST(name)	cmocka_unit_test_setup(name, colleagues_begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		OFFER_TEST(offer_leaves_the_case_with_its_sender),
		OFFER_TEST(handover_accept_moves_owner),
		OFFER_TEST(second_offer_names_the_first_sender),
		OFFER_TEST(return_brings_its_reason_back),
		OFFER_TEST(unread_reason_moves_with_the_case),
		OFFER_TEST(unanswered_offer_lapses),
		OFFER_TEST(closing_ends_the_offer),
		OFFER_TEST(sender_stays_with_the_persons_consent),
		OFFER_TEST(only_the_holder_offers_to_a_queue_with_readers),
		OFFER_TEST(offer_ends_once_at_its_last_moment),
		OFFER_TEST(offer_survives_key_rotation)
	};

	if (service_start() == -1)
		return 1;
	return cmocka_run_group_tests(tests, colleagues_open, colleagues_close);
}
