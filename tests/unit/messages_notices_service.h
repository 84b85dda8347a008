/*
 * Anna and Leo, who leads, work in both queues, Eva in YOUNG; what the outbox's
 * process does, and the mails that come of it, in a folder. Included once a program.
 */
#ifndef MESSAGES_NOTICES_SERVICE_H
#define MESSAGES_NOTICES_SERVICE_H

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/messages.h"
#include "flow_service.h"
#include "notify/notify.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/messages.h"
#include "store/store.h"

#define BO	"who=self&age=15-17&name=Bo&phone=0701740605&contact=call"
#define LI	"who=self&age=15-17&name=Li&phone=0701740606&contact=call"
#define MO	"who=self&age=20-24&name=Mo&phone=0701740607&contact=call"

#define NEW_ONE		"Det finns en ny att ringa."
#define NEW_TWO		"Det finns 2 nya att ringa."
#define LATE		"En person har inte f=C3=A5tt sitt samtal i tid.\r\n"
#define STILL_LATE	"r sent i minst en arbetsdag"
#define DIGEST		"Alla =C3=B6ppna: "

static const char *const queues[] = { KAA, YOUNG };
static const volatile sig_atomic_t running;
static struct outbox outbox;
static struct buffer mails;
static char folder[] = "/tmp/egenremiss-notices-XXXXXX";

static inline int
count(const char *text)
{
	int found = 0;

	for (const char *at = buffer_string(&mails); (at = strstr(at, text)) != NULL; at++)
		found++;
	return found;
}

/* What the outbox's process does in a round, at that moment. */
static inline void
round_at(int64_t now)
{
	enum answer answer;

	service.work.now = now;
	assert_done(notices_overdue(&service.work));
	assert_done(notices_plan(&service.work));
	while ((answer = outbox_send(&outbox)) == FOUND)
		;
	assert_int_equal(answer, ABSENT);
	assert_done(outbox_tidy(&outbox));
	buffer_clear(&mails);
	letters_take(folder, &mails);
}

static inline void
wants(const char *user, unsigned kinds)
{
	struct account_row account;
	struct notice_row row = { .kinds = kinds };

	assert_int_equal(store_account_by_user(service.work.store, user, &account,
	    &service.work.error), FOUND);
	row.account = account.number;
	(void)snprintf(row.address, sizeof(row.address), "%s@example.se", user);
	assert_done(store_notice_put(service.work.store, &row, &service.work.error));
}

static inline void
act(int64_t number, enum act what, const char *user)
{
	const struct callback callback = { .number = number, .act = what };
	struct callback_answer answer;
	struct identity reader;

	service_sign_in(user, &reader);
	assert_int_equal(callback_do(service_as(&reader), &callback, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	identity_free(&reader);
}

static inline int
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
	/* The morning has been seen to. */
	round_at(service.work.now);
	return 0;
}

static inline int
close_staff(void **state)
{
	buffer_free(&mails);
	return service_close(state);
}

#define WITH_STAFF(test)	cmocka_unit_test_setup_teardown(test, open_staff, close_staff)

static inline int
staff_begin(void **state)
{
	(void)state;
	if (service_start() == -1 || mkdtemp(folder) == NULL)
		return -1;
	outbox.work = &service.work;
	outbox.carrier = (struct carrier){
		.mail = folder_carry, .text = folder_carry,
		.carriage = { .stop = &running, .folder = folder }
	};
	return 0;
}

static inline int
staff_end(void **state)
{
	(void)state;
	return rmdir(folder);
}

#endif
