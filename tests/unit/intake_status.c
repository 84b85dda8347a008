/* The intake's door: what service.conf says, what a lead says, and what the clock does. */
#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/intake.h"
#include "flow_service.h"
#include "store/outreach.h"
#include "store/store.h"

#define TODAY		day_of(service.work.now)
#define AREA		(&service_areas[0])

static struct intake_status
stands(void)
{
	struct intake_status opening;

	assert_done(intake_status_read(&service.work, &opening, AREA));
	return opening;
}

static enum intake_status_verdict
wish(enum intake_status_act act, int32_t day, int32_t back_day)
{
	const struct intake_status_wish wish = {
		.area = AREA, .act = act, .day = day, .back_day = back_day
	};
	struct intake_status_answer answer;

	assert_done(intake_status_change(&service.work, &wish, &answer));
	assert_int_equal(answer.unread != NULL, answer.verdict == INTAKE_STATUS_UNREAD);
	return answer.verdict;
}

static void
tomorrow(void)
{
	int year, month, day;

	day_to_date(TODAY + 1, &year, &month, &day);
	service.work.now = clock_at(year, month, day, 0, 0);
}

/* The membership of the one who reads that queue, away and back. */
static void
reader(const char *queue, bool there)
{
	static struct membership_row kept;
	struct account_row account;

	assert_int_equal(store_account_by_user(service.work.store, "una", &account,
	    &service.work.error), FOUND);
	store_unlock_keys(service.work.store);
	if (there) {
		assert_done(store_membership_put(service.work.store, &kept,
		    &service.work.error));
	} else {
		assert_int_equal(store_membership_get(service.work.store, account.number, queue,
		    1, &kept, &service.work.error), FOUND);
		assert_done(store_membership_remove(service.work.store, account.number, queue,
		    &service.work.error));
	}
	store_lock_keys(service.work.store);
}

static void
intake_is_as_service_conf_says(void **state)
{
	(void)state;
	assert_true(stands().open);
	assert_int_equal(stands().since_at, 0);
	service_areas[0].open = false;
	service_areas[0].opens_day = TODAY + 1;
	assert_false(stands().open);
	assert_int_equal(stands().turns_day, TODAY + 1);
	tomorrow();
	assert_true(stands().open);
	assert_int_equal(stands().since_at, service.work.now);
	/* What service.conf says is never written down. */
	assert_false(stands().turned);
	service_areas[0].open = true;
	service_areas[0].opens_day = 0;
}

static void
intake_is_as_a_lead_says(void **state)
{
	const int64_t before = service.work.now;

	(void)state;
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, 0, 0), INTAKE_STATUS_OK);
	assert_false(stands().open);
	assert_int_equal(stands().since_at, before);
	service.work.now += 60;
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, 0, TODAY + 5), INTAKE_STATUS_OK);
	/* Closed already: since when stays, and the day is new. */
	assert_int_equal(stands().since_at, before);
	assert_int_equal(stands().turns_day, TODAY + 5);
	assert_int_equal(wish(INTAKE_STATUS_STAY, 0, 0), INTAKE_STATUS_OK);
	assert_int_equal(stands().turns_day, 0);
	assert_int_equal(wish(INTAKE_STATUS_OPEN, 0, 0), INTAKE_STATUS_OK);
	assert_true(stands().open);
	assert_int_equal(stands().since_at, service.work.now);
}

static void
takes_only_days_to_come(void **state)
{
	(void)state;
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, TODAY, 0), INTAKE_STATUS_DAY);
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, TODAY - 1, 0), INTAKE_STATUS_DAY);
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, TODAY + 733, 0), INTAKE_STATUS_DAY);
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, 0, TODAY), INTAKE_STATUS_BACK_DAY);
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, TODAY + 2, TODAY + 1), INTAKE_STATUS_BACK_DAY);
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, TODAY + 2, TODAY + 2), INTAKE_STATUS_BACK_DAY);
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, TODAY + 2, TODAY + 733), INTAKE_STATUS_BACK_DAY);
	assert_int_equal(wish(INTAKE_STATUS_OPEN, TODAY + 1, 0), INTAKE_STATUS_UNCHANGED);
	assert_true(stands().open);
	assert_int_equal(stands().turns_day, 0);
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, TODAY + 731, TODAY + 732), INTAKE_STATUS_OK);
	assert_int_equal(stands().turns_day, TODAY + 731);
	assert_int_equal(stands().back_day, TODAY + 732);
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, TODAY + 732, 0), INTAKE_STATUS_OK);
	assert_int_equal(stands().back_day, 0);
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, TODAY + 1, TODAY + 2), INTAKE_STATUS_OK);
	assert_int_equal(wish(INTAKE_STATUS_STAY, 0, 0), INTAKE_STATUS_OK);
	assert_int_equal(stands().turns_day, 0);
	assert_int_equal(stands().back_day, 0);
}

static void
intake_turns_as_the_day_begins(void **state)
{
	(void)state;
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, TODAY + 1, 0), INTAKE_STATUS_OK);
	assert_true(stands().open);
	tomorrow();
	service.work.now--;
	assert_true(stands().open);
	service.work.now++;
	assert_false(stands().open);
	assert_true(stands().turned);
	assert_int_equal(stands().since_at, service.work.now);
	assert_done(intake_status_settle(&service.work, AREA));
	assert_false(stands().turned);
	assert_false(stands().open);
	assert_int_equal(stands().since_at, service.work.now);
	assert_int_equal(wish(INTAKE_STATUS_OPEN, 0, 0), INTAKE_STATUS_OK);
}

static void
settle(void)
{
	assert_done(intake_status_settle(&service.work, AREA));
	assert_false(stands().turned);
}

/* From open or closed, looked at each day or not before the last. */
static void
turn_and_back(bool open, bool each)
{
	const enum intake_status_act now = open ? INTAKE_STATUS_OPEN : INTAKE_STATUS_CLOSE;
	const enum intake_status_act then = open ? INTAKE_STATUS_CLOSE : INTAKE_STATUS_OPEN;
	const int32_t day = TODAY + 2, back_day = TODAY + 4, last_day = TODAY + 5;
	int64_t since_at;

	assert_int_equal(wish(now, 0, 0), INTAKE_STATUS_OK);
	since_at = stands().since_at;
	assert_int_equal(wish(then, day, back_day), INTAKE_STATUS_OK);
	while (TODAY < last_day) {
		tomorrow();
		if (TODAY == day || TODAY == back_day)
			since_at = !open && !each ? since_at : service.work.now;
		if (!each && TODAY < last_day)
			continue;
		assert_int_equal(stands().open, open != (TODAY >= day && TODAY < back_day));
		assert_int_equal(stands().since_at, since_at);
		settle();
		assert_int_equal(stands().since_at, since_at);
	}
	assert_int_equal(stands().turns_day, 0);
	assert_int_equal(stands().back_day, 0);
}

static void
intake_turns_back_as_the_second_day_begins(void **state)
{
	(void)state;
	turn_and_back(true, true);
	turn_and_back(true, false);
	turn_and_back(false, true);
	turn_and_back(false, false);
	assert_int_equal(wish(INTAKE_STATUS_OPEN, 0, 0), INTAKE_STATUS_OK);
}

static void
intake_opens_again_only_with_a_reader(void **state)
{
	int64_t since_at;

	(void)state;
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, TODAY + 1, TODAY + 2), INTAKE_STATUS_OK);
	reader(YOUNG, false);
	tomorrow();
	since_at = service.work.now;
	tomorrow();
	/* Closed as the first day began, though nobody looked, and not open since. */
	for (int looks = 0; looks < 2; looks++) {
		assert_false(stands().open);
		assert_int_equal(stands().since_at, since_at);
		assert_int_equal(stands().turns_day, TODAY);
		assert_ptr_equal(stands().held, &service_queues[1]);
		settle();
	}
	reader(YOUNG, true);
	assert_true(stands().open);
	settle();

	/* A time of being open that passes while nobody can open has not been. */
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, 0, 0), INTAKE_STATUS_OK);
	since_at = service.work.now;
	assert_int_equal(wish(INTAKE_STATUS_OPEN, TODAY + 1, TODAY + 2), INTAKE_STATUS_OK);
	reader(YOUNG, false);
	tomorrow();
	settle();
	assert_ptr_equal(stands().held, &service_queues[1]);
	assert_int_equal(stands().back_day, TODAY + 1);
	tomorrow();
	assert_false(stands().open);
	assert_null(stands().held);
	settle();
	reader(YOUNG, true);
	assert_false(stands().open);
	assert_int_equal(stands().since_at, since_at);
	assert_int_equal(wish(INTAKE_STATUS_OPEN, 0, 0), INTAKE_STATUS_OK);
}

static void
opens_only_to_somebody(void **state)
{
	const struct config_queue *unread;

	(void)state;
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, 0, 0), INTAKE_STATUS_OK);
	reader(YOUNG, false);
	assert_done(intake_status_unread(&service.work, AREA, &unread));
	assert_ptr_equal(unread, &service_queues[1]);
	assert_int_equal(wish(INTAKE_STATUS_OPEN, 0, 0), INTAKE_STATUS_UNREAD);
	assert_int_equal(wish(INTAKE_STATUS_OPEN, TODAY + 1, 0), INTAKE_STATUS_UNREAD);
	/* To close is never refused, nor to say until when. */
	assert_int_equal(wish(INTAKE_STATUS_CLOSE, 0, TODAY + 1), INTAKE_STATUS_OK);
	tomorrow();
	assert_false(stands().open);
	assert_ptr_equal(stands().held, &service_queues[1]);
	assert_done(intake_status_settle(&service.work, AREA));
	assert_ptr_equal(stands().held, &service_queues[1]);
	reader(YOUNG, true);
	assert_true(stands().open);
	assert_done(intake_status_settle(&service.work, AREA));
	/* Written down: it does not close again by itself. */
	reader(YOUNG, false);
	assert_true(stands().open);
	reader(YOUNG, true);
}

static int
keep_words(const char *language, const char *words, void *argument)
{
	assert_string_equal(language, "sv");
	(void)snprintf(argument, 64, "%s", words);
	return 0;
}

static const char *
words_now(void)
{
	static char words[64];

	words[0] = '\0';
	assert_done(store_intake_words_each(service.work.store, "1781", keep_words, words,
	    &service.work.error));
	return words;
}

static void
closed_page_has_the_text_of_the_lead(void **state)
{
	char long_words[INTAKE_STATUS_WORDS_MAX + 2];

	(void)state;
	memset(long_words, 'a', sizeof(long_words) - 1);
	long_words[sizeof(long_words) - 1] = '\0';
	assert_string_equal(words_now(), "");
	assert_done(intake_status_say(&service.work, AREA, "sv", "  Kom igen.\r\nI mars. "));
	assert_string_equal(words_now(), "Kom igen.\nI mars.");
	assert_int_equal(intake_status_say(&service.work, AREA, "sv", long_words), -1);
	assert_int_equal(service.work.error.kind, ERROR_INPUT);
	assert_int_equal(intake_status_say(&service.work, AREA, "sv", "a\ab"), -1);
	assert_string_equal(words_now(), "Kom igen.\nI mars.");
	assert_done(intake_status_say(&service.work, AREA, "sv", " \n"));
	assert_string_equal(words_now(), "");
}

static int
open_with_readers(void **state)
{
	static const char *const both[] = { KAA, YOUNG };

	if (service_open(state) == -1)
		return -1;
	service_hire("una", ROLE_COORDINATOR, both, 2);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(intake_is_as_service_conf_says),
		cmocka_unit_test(intake_is_as_a_lead_says),
		cmocka_unit_test(takes_only_days_to_come),
		cmocka_unit_test(intake_turns_as_the_day_begins),
		cmocka_unit_test(intake_turns_back_as_the_second_day_begins),
		cmocka_unit_test(intake_opens_again_only_with_a_reader),
		cmocka_unit_test(opens_only_to_somebody),
		cmocka_unit_test(closed_page_has_the_text_of_the_lead),
	};

	if (service_start() == -1)
		return 1;
	return cmocka_run_group_tests(tests, open_with_readers, service_close);
}
