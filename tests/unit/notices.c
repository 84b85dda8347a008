/* Who is told what, and when: within the queue's hours, once, and only while it is of use. */
#include <dirent.h>
#include <unistd.h>

#include "flow_service.h"
#include "flow/messages.h"

#define BO	"who=self&age=15-17&name=Bo&phone=0701740605&contact=call"
#define LI	"who=self&age=15-17&name=Li&phone=0701740606&contact=call"
#define MO	"who=self&age=20-24&name=Mo&phone=0701740607&contact=call"

#define NEW_ONE		"Det finns en ny att ringa."
#define NEW_TWO		"Det finns 2 nya att ringa."
#define LATE		"En som skulle ha ringts =C3=A4r f=C3=B6rsenad.\r\n"
#define STILL_LATE	"rsenad sedan en arbetsdag eller mer"
#define DIGEST		"Alla =C3=B6ppna: "

static const char *const queues[] = { KAA, YOUNG };
static const volatile sig_atomic_t running;
static struct outbox outbox;
static struct buffer mails;
static char folder[] = "/tmp/egenremiss-notices-XXXXXX";

/* Reads every mail that was written into `mails`, and removes it. */
static void
fetch(void)
{
	DIR *dir = opendir(folder);
	char path[512];

	buffer_clear(&mails);
	assert_non_null(dir);
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		assert_done(buffer_read_file(&mails, path, 65536, &service.error));
		assert_int_equal(unlink(path), 0);
	}
	(void)closedir(dir);
}

static int
count(const char *text)
{
	int found = 0;

	for (const char *at = buffer_string(&mails); (at = strstr(at, text)) != NULL; at++)
		found++;
	return found;
}

/* What the outbox's process does in a round, at that moment. */
static void
round_at(int64_t now)
{
	enum answer answer;

	service.now = now;
	assert_done(notices_overdue(service.store, &service_config, now, &service.error));
	assert_done(notices_plan(service.store, &service_config, now, &service.error));
	while ((answer = outbox_send(&outbox, now, &service.error)) == FOUND)
		;
	assert_int_equal(answer, ABSENT);
	assert_done(outbox_tidy(&outbox, now, &service.error));
	fetch();
}

static void
wants(const char *user, unsigned kinds)
{
	struct account_row account;
	struct notice_row row = { .kinds = kinds };

	assert_int_equal(store_account_by_user(service.store, user, &account, &service.error),
	    FOUND);
	row.account = account.number;
	(void)snprintf(row.address, sizeof(row.address), "%s@example.se", user);
	assert_done(store_notice_put(service.store, &row, &service.error));
}

static void
act(int64_t number, enum act what, const char *user)
{
	const struct callback callback = { .number = number, .act = what };
	struct callback_answer answer;
	struct identity reader;

	service_sign_in(user, &reader);
	assert_int_equal(callback_do(service.store, &service_config, &reader, &callback,
	    service.now, &answer, &service.error), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	identity_free(&reader);
}

static void
tells_members_of_new_cases_in_one_mail(void **state)
{
	(void)state;
	(void)service_receive(BO);
	(void)service_receive(LI);
	round_at(service.now);
	assert_int_equal(count("To: anna@example.se"), 1);
	assert_int_equal(count("To: leo@example.se"), 1);
	assert_int_equal(count(NEW_TWO), 2);
	assert_int_equal(count("Reply-To"), 0);
	assert_int_equal(count("http://localhost:8888/staff/queue"), 2);
	/* Once. */
	round_at(service.now + 60);
	assert_string_equal(buffer_string(&mails), "");
	/* Eva works in the other queue alone. */
	(void)service_receive(MO);
	round_at(service.now + 60);
	assert_int_equal(count("To: eva@example.se"), 1);
	assert_int_equal(count(NEW_ONE), 3);
}

static void
waits_for_opening(void **state)
{
	(void)state;
	/* Friday evening; Monday at eight. */
	service.now = clock_at(2026, 11, 27, 15, 1);
	(void)service_receive(BO);
	round_at(service.now);
	assert_string_equal(buffer_string(&mails), "");
	round_at(clock_at(2026, 11, 28, 10, 0));
	round_at(clock_at(2026, 11, 30, 7, 59));
	assert_string_equal(buffer_string(&mails), "");
	round_at(clock_at(2026, 11, 30, 8, 0));
	assert_int_equal(count(NEW_ONE), 2);
}

static void
keeps_quiet_about_what_is_seen_to(void **state)
{
	int64_t bo;

	(void)state;
	service.now = clock_at(2026, 11, 23, 17, 0);
	bo = service_receive(BO);
	act(bo, ACT_CLAIM, "anna");
	round_at(clock_at(2026, 11, 24, 8, 0));
	assert_int_equal(count(NEW_ONE), 0);
	/* Of two, one is left: the mail says so many as there were. */
	service.now = clock_at(2026, 11, 24, 17, 0);
	bo = service_receive(BO "&when=morning");
	(void)service_receive(LI);
	act(bo, ACT_CLAIM, "anna");
	round_at(clock_at(2026, 11, 25, 8, 0));
	assert_int_equal(count("att ringa."), 2);
}

static void
tells_only_what_is_wanted(void **state)
{
	(void)state;
	wants("anna", 1U << ALERT_OVERDUE);
	wants("leo", 0);
	(void)service_receive(BO);
	round_at(service.now);
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
tells_the_lead_a_working_day_later(void **state)
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
sends_a_digest_on_working_mornings(void **state)
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
tells_leads_what_is_theirs(void **state)
{
	(void)state;
	for (int kind = ALERT_OFFERED; kind <= ALERT_RESTORED; kind++)
		assert_done(store_alert_add(service.store, KAA, kind == ALERT_RESTORED ? 0 : 7, kind,
		    service.now, &service.error));
	round_at(service.now);
	/* Offered, returned and confirm to both, lapsed and restored to the lead. */
	assert_int_equal(count("To: anna@example.se"), 3);
	assert_int_equal(count("To: leo@example.se"), 5);
	assert_int_equal(count("To: eva@example.se"), 0);
}

static void
forgets_who_has_left(void **state)
{
	(void)state;
	service.now = clock_at(2026, 11, 23, 17, 0);
	(void)service_receive(BO);
	assert_done(account_deactivate(service.store, &service_config, "anna", service.now,
	    &service.error));
	round_at(clock_at(2026, 11, 24, 8, 0));
	assert_int_equal(count("To: anna@example.se"), 0);
	assert_int_equal(count("To: leo@example.se"), 2);	/* the new one, and the digest */
}

static int
open_staff(void **state)
{
	if (service_open(state) == -1)
		return -1;
	service_config.digest_minute = 480;
	service_hire("anna", ROLE_COORDINATOR, queues, 2);
	service_hire("leo", ROLE_LEAD, queues, 2);
	service_hire("eva", ROLE_COORDINATOR, queues + 1, 1);
	wants("anna", ALERT_ALL & ~(1U << ALERT_DIGEST));
	wants("leo", ALERT_ALL);
	wants("eva", ALERT_ALL & ~(1U << ALERT_DIGEST));
	outbox.store = service.store;
	/* The morning has been seen to. */
	round_at(service.now);
	return 0;
}

static int
close_staff(void **state)
{
	buffer_free(&mails);
	return service_close(state);
}

#define WITH_STAFF(test)	cmocka_unit_test_setup_teardown(test, open_staff, close_staff)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STAFF(tells_members_of_new_cases_in_one_mail),
		WITH_STAFF(waits_for_opening),
		WITH_STAFF(keeps_quiet_about_what_is_seen_to),
		WITH_STAFF(tells_only_what_is_wanted),
		WITH_STAFF(tells_the_lead_a_working_day_later),
		WITH_STAFF(sends_a_digest_on_working_mornings),
		WITH_STAFF(tells_leads_what_is_theirs),
		WITH_STAFF(forgets_who_has_left),
	};
	int failed;

	if (service_start() == -1 || mkdtemp(folder) == NULL)
		return 1;
	outbox.config = &service_config;
	outbox.carrier = (struct carrier){
		.mail = folder_carry, .text = folder_carry,
		.carriage = { .stop = &running, .folder = folder }
	};
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)rmdir(folder);
	return failed;
}
