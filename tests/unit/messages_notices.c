/* Who is told what, and when: within the queue's hours, once, and only while it is of use. */
#include "base/base.h"
#include "base/words.h"
#include "flow/people.h"
#include "messages_notices_service.h"
#include "notify/notify.h"
#include "store/store.h"

static void
new_cases_come_in_one_mail(void **state)
{
	(void)state;
	(void)service_receive(BO);
	(void)service_receive(LI);
	round_at(service.work.now);
	assert_int_equal(count("To: anna@example.se"), 1);
	assert_int_equal(count("To: leo@example.se"), 1);
	assert_int_equal(count(NEW_TWO), 2);
	assert_int_equal(count("Reply-To"), 0);
	assert_int_equal(count("http://localhost:8888/staff/queue"), 2);
	/* Once. */
	round_at(service.work.now + 60);
	assert_string_equal(buffer_string(&mails), "");
	/* Eva works in the other queue alone. */
	(void)service_receive(MO);
	round_at(service.work.now + 60);
	assert_int_equal(count("To: eva@example.se"), 1);
	assert_int_equal(count(NEW_ONE), 3);
}

static void
mail_waits_for_opening_hours(void **state)
{
	(void)state;
	/* Friday evening; Monday at eight. */
	service.work.now = clock_at(2026, 11, 27, 15, 1);
	(void)service_receive(BO);
	round_at(service.work.now);
	assert_string_equal(buffer_string(&mails), "");
	round_at(clock_at(2026, 11, 28, 10, 0));
	round_at(clock_at(2026, 11, 30, 7, 59));
	assert_string_equal(buffer_string(&mails), "");
	round_at(clock_at(2026, 11, 30, 8, 0));
	assert_int_equal(count(NEW_ONE), 2);
}

static void
claimed_case_sends_no_mail(void **state)
{
	int64_t bo;

	(void)state;
	service.work.now = clock_at(2026, 11, 23, 17, 0);
	bo = service_receive(BO);
	act(bo, ACT_CLAIM, "anna");
	round_at(clock_at(2026, 11, 24, 8, 0));
	assert_int_equal(count(NEW_ONE), 0);
	/* Of two, one is left: the mail says so many as there were. */
	service.work.now = clock_at(2026, 11, 24, 17, 0);
	bo = service_receive(BO "&when=morning");
	(void)service_receive(LI);
	act(bo, ACT_CLAIM, "anna");
	round_at(clock_at(2026, 11, 25, 8, 0));
	assert_int_equal(count("att ringa."), 2);
}

static void
only_wanted_kinds_are_sent(void **state)
{
	(void)state;
	wants("anna", 1U << ALERT_OVERDUE);
	wants("leo", 0);
	(void)service_receive(BO);
	round_at(service.work.now);
	assert_string_equal(buffer_string(&mails), "");
	/* Due on Wednesday at 16:30; the queue hears of it when it next opens. */
	round_at(clock_at(2026, 11, 25, 16, 30));
	round_at(clock_at(2026, 11, 25, 16, 31));
	assert_string_equal(buffer_string(&mails), "");
	round_at(clock_at(2026, 11, 26, 8, 0));
	assert_int_equal(count("To: anna@example.se"), 1);
	assert_int_equal(count("To: leo@example.se"), 0);
	assert_int_equal(count(LATE), 1);
}

static void
lead_gets_overdue_mail_a_working_day_later(void **state)
{
	int64_t bo = service_receive(BO);

	(void)state;
	wants("leo", ALERT_ALL & ~(1U << ALERT_DIGEST));
	round_at(clock_at(2026, 11, 26, 8, 0));
	assert_int_equal(count(LATE), 2);
	/* Thursday is the working day after Wednesday's due time: over at 16:30, told on Friday. */
	round_at(clock_at(2026, 11, 26, 16, 0));
	assert_string_equal(buffer_string(&mails), "");
	round_at(clock_at(2026, 11, 26, 16, 31));
	round_at(clock_at(2026, 11, 27, 8, 0));
	assert_int_equal(count("To: leo@example.se"), 1);
	assert_int_equal(count("To: anna@example.se"), 0);
	assert_int_equal(count(STILL_LATE), 1);
	for (int day = 27; day <= 30; day++)
		round_at(clock_at(2026, 11, day, 9, 0));
	assert_string_equal(buffer_string(&mails), "");
	/* Another due time that is broken is told anew. */
	act(bo, ACT_CLAIM, "anna");
	act(bo, ACT_NO_ANSWER, "anna");
	round_at(clock_at(2026, 12, 2, 8, 0));
	assert_int_equal(count(LATE), 2);
}

static void
digest_comes_on_working_mornings(void **state)
{
	(void)state;
	wants("anna", 1U << ALERT_DIGEST);
	wants("leo", 0);
	wants("eva", 0);
	round_at(clock_at(2026, 11, 24, 8, 0));
	/* Nothing is open: nothing is said. */
	assert_string_equal(buffer_string(&mails), "");
	(void)service_receive(BO);
	round_at(clock_at(2026, 11, 24, 9, 0));
	assert_string_equal(buffer_string(&mails), "");
	round_at(clock_at(2026, 11, 25, 7, 59));
	assert_string_equal(buffer_string(&mails), "");
	round_at(clock_at(2026, 11, 25, 8, 0));
	assert_int_equal(count(DIGEST "1"), 1);
	round_at(clock_at(2026, 11, 25, 8, 1));
	assert_string_equal(buffer_string(&mails), "");
	/* Saturday. */
	round_at(clock_at(2026, 11, 28, 8, 0));
	assert_string_equal(buffer_string(&mails), "");
	/* An outbox that was down until noon does not say good morning. */
	round_at(clock_at(2026, 11, 30, 12, 0));
	assert_string_equal(buffer_string(&mails), "");
}

static void
leads_get_the_kinds_for_leads(void **state)
{
	static const int kinds[] = { ALERT_RETURNED, ALERT_LAPSED, ALERT_RESTORED };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		assert_done(store_alert_add(service.work.store, KAA, kinds[i] == ALERT_RESTORED ?
		    0 : 7, kinds[i], service.work.now, &service.work.error));
	round_at(service.work.now);
	/* Returned to both, lapsed and restored to the lead. */
	assert_int_equal(count("To: anna@example.se"), 1);
	assert_int_equal(count("To: leo@example.se"), 3);
	assert_int_equal(count("To: eva@example.se"), 0);
}

static void
inactive_account_gets_no_mail(void **state)
{
	(void)state;
	service.work.now = clock_at(2026, 11, 23, 17, 0);
	(void)service_receive(BO);
	assert_done(account_deactivate(&service.work, "anna"));
	round_at(clock_at(2026, 11, 24, 8, 0));
	assert_int_equal(count("To: anna@example.se"), 0);
	assert_int_equal(count("To: leo@example.se"), 2);	/* the new one, and the digest */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STAFF(new_cases_come_in_one_mail),
		WITH_STAFF(mail_waits_for_opening_hours),
		WITH_STAFF(claimed_case_sends_no_mail),
		WITH_STAFF(only_wanted_kinds_are_sent),
		WITH_STAFF(lead_gets_overdue_mail_a_working_day_later),
		WITH_STAFF(digest_comes_on_working_mornings),
		WITH_STAFF(leads_get_the_kinds_for_leads),
		WITH_STAFF(inactive_account_gets_no_mail),
	};

	return cmocka_run_group_tests(tests, staff_begin, staff_end);
}
