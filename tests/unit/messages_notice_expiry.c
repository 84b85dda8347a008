/* Mails about what is settled by the time they leave, and about whom somebody stands in for. */
#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/people.h"
#include "messages_notices_service.h"
#include "notify/notify.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"

#define OFFERED		"=C3=A4rende erbjuds er k=C3=B6"
#define CONFIRM		"Ett avslut beh"

/* A case of YOUNG that Eva has. */
static int64_t
evas_case(const char *body)
{
	int64_t number = service_receive(body);

	act(number, ACT_CLAIM, "eva");
	return number;
}

static void
eva_offers(int64_t number)
{
	const struct handover_offer offer = { .number = number, .queue = KAA };
	struct handover_answer answer;
	struct identity eva;

	service_sign_in("eva", &eva);
	assert_int_equal(handover_offer(service_as(&eva), &offer, &answer), FOUND);
	assert_int_equal(answer.verdict, HANDOVER_DONE);
	identity_free(&eva);
}

static void
eva_withdraws(int64_t number)
{
	struct handover_answer answer;
	struct identity eva;

	service_sign_in("eva", &eva);
	assert_int_equal(handover_withdraw(service_as(&eva), number, &answer), FOUND);
	assert_int_equal(answer.verdict, HANDOVER_DONE);
	identity_free(&eva);
}

/* An offer that was settled before the queue opened is no news; one of two still is. */
static void
settled_offers_send_no_mail(void **state)
{
	int64_t mo;

	(void)state;
	service.work.now = clock_at(2026, 11, 23, 17, 0);
	mo = evas_case(MO);
	eva_offers(mo);
	eva_withdraws(mo);
	round_at(clock_at(2026, 11, 24, 8, 0));
	assert_int_equal(count(OFFERED), 0);
	service.work.now = clock_at(2026, 11, 24, 17, 0);
	eva_offers(mo);
	round_at(clock_at(2026, 11, 25, 8, 0));
	assert_int_equal(count(OFFERED), 2);
}

/* Nor is a closing that nobody need confirm any more; and who asks for it knows. */
static void
settled_closings_send_no_mail(void **state)
{
	struct callback asking = {
		.act = ACT_PROPOSE, .outcomes = 1U << OUTCOME_OWN_REQUEST, .note = "Vill inte mer"
	};
	struct callback_answer answer;
	struct identity eva;

	(void)state;
	service.work.now = clock_at(2026, 11, 23, 17, 0);
	asking.number = evas_case(MO);
	service_sign_in("eva", &eva);
	assert_int_equal(callback_do(service_as(&eva), &asking, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	act(asking.number, ACT_NO_ANSWER, "eva");
	round_at(clock_at(2026, 11, 24, 8, 0));
	assert_int_equal(count(CONFIRM), 0);
	service.work.now = clock_at(2026, 11, 24, 17, 0);
	wants("eva", 1U << ALERT_CONFIRM);
	act(asking.number, ACT_CLAIM, "eva");
	assert_int_equal(callback_do(service_as(&eva), &asking, &answer), FOUND);
	identity_free(&eva);
	round_at(clock_at(2026, 11, 25, 8, 0));
	assert_int_equal(count(CONFIRM), 2);
	assert_int_equal(count("To: eva@example.se"), 0);
}

static void
is_away(const char *user, const char *deputy, int32_t day)
{
	const struct absence_wish wish = {
		.user = user, .from_day = day, .to_day = day, .deputy = deputy
	};
	enum absence_verdict verdict;
	struct identity leo;

	service_sign_in("leo", &leo);
	assert_done(absence_begin(service_as(&leo), &wish, &verdict));
	assert_int_equal(verdict, ABSENCE_OK);
	identity_free(&leo);
}

/* What is meant for who is away goes to the deputy, though the deputy asked for nothing. */
static void
deputy_gets_the_mail(void **state)
{
	(void)state;
	wants("leo", 0);
	wants("anna", 1U << ALERT_DIGEST | 1U << ALERT_NEW_CASE);
	is_away("anna", "leo", day_of(clock_at(2026, 11, 24, 8, 0)));
	service.work.now = clock_at(2026, 11, 23, 17, 0);
	(void)service_receive(BO);
	round_at(clock_at(2026, 11, 24, 8, 0));
	assert_int_equal(count("To: anna@example.se"), 0);
	assert_int_equal(count("To: leo@example.se"), 2);
	assert_int_equal(count(NEW_ONE), 1);
	assert_int_equal(count(DIGEST "1"), 1);
	/* Back at work. */
	(void)service_receive(LI);
	round_at(clock_at(2026, 11, 25, 8, 0));
	assert_int_equal(count("To: anna@example.se"), 2);
	assert_int_equal(count("To: leo@example.se"), 0);
}

/* One mail of each kind, also to a deputy who wanted it for herself. */
static void
deputy_gets_the_mail_once(void **state)
{
	(void)state;
	wants("anna", ALERT_ALL);
	is_away("anna", "leo", day_of(clock_at(2026, 11, 24, 8, 0)));
	service.work.now = clock_at(2026, 11, 23, 17, 0);
	(void)service_receive(BO);
	round_at(clock_at(2026, 11, 24, 8, 0));
	assert_int_equal(count("To: anna@example.se"), 0);
	assert_int_equal(count("To: leo@example.se"), 2);
}

/* Nobody in her place: she is told as ever. */
static void
absent_account_without_deputy_gets_the_mail(void **state)
{
	(void)state;
	is_away("anna", NULL, day_of(clock_at(2026, 11, 24, 8, 0)));
	service.work.now = clock_at(2026, 11, 23, 17, 0);
	(void)service_receive(BO);
	round_at(clock_at(2026, 11, 24, 8, 0));
	assert_int_equal(count("To: anna@example.se"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STAFF(settled_offers_send_no_mail),
		WITH_STAFF(settled_closings_send_no_mail),
		WITH_STAFF(deputy_gets_the_mail),
		WITH_STAFF(deputy_gets_the_mail_once),
		WITH_STAFF(absent_account_without_deputy_gets_the_mail),
	};

	return cmocka_run_group_tests(tests, staff_begin, staff_end);
}
