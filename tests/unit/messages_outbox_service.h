/*
 * A queue, its coordinator Anna and its lead Leo, and an outbox whose carrier is
 * the demonstration's folder; a file in its place is what cannot be reached.
 * Included once a program.
 */
#ifndef MESSAGES_OUTBOX_SERVICE_H
#define MESSAGES_OUTBOX_SERVICE_H

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/messages.h"
#include "flow_service.h"
#include "notify/notify.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/messages.h"

#define BO	"who=self&age=15-17&name=Bo&phone=0701740605&contact=call"
#define TEXT	"Hej! Vi ringer dig i morgon."

static const char *const queues[] = { KAA };
static const volatile sig_atomic_t running;
static struct identity anna, leo;
static struct outbox outbox;
static struct secret_key *key;
static char folder[] = "/tmp/egenremiss-outbox-XXXXXX";
static char letters[64];

static inline enum answer
press(int64_t number, const char *text, struct callback_answer *answer)
{
	return callback_do(service_as(&anna), &(struct callback){
	    .number = number, .act = text == NULL ? ACT_CLAIM : ACT_TEXTED, .text = text
	}, answer);
}

/* A case that anna has claimed and texted; the message's row is found by look(). */
static inline int64_t
texted(void)
{
	struct callback_answer answer;
	int64_t number = service_receive(BO);

	assert_int_equal(press(number, NULL, &answer), FOUND);
	assert_int_equal(press(number, TEXT, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
	return number;
}

struct found {
	struct message_row row;
	int count;
};

static inline int
keep(const struct message_row *row, void *argument)
{
	struct found *found = argument;

	found->row = *row;
	found->count++;
	return 0;
}

static inline struct message_row
look(int64_t number)
{
	struct found found = { .count = 0 };

	assert_done(store_message_each_of_case(service.work.store, number, keep, &found,
	    &service.work.error));
	assert_int_equal(found.count, 1);
	return found.row;
}

static inline void
assert_fate(int64_t number, enum message_state state, enum message_reason reason)
{
	const struct message_row row = look(number);

	assert_string_equal(word_of(&words_message_state, row.state),
	    word_of(&words_message_state, state));
	assert_string_equal(word_of(&words_message_reason, row.reason),
	    word_of(&words_message_reason, reason));
}

static inline void
send_all(void)
{
	enum answer answer;

	while ((answer = outbox_send(&outbox)) == FOUND)
		;
	assert_int_equal(answer, ABSENT);
}

/* The one file there is, taken out; "" when there is none. */
static inline void
fetch(char text[512])
{
	struct buffer content = { 0 };

	letters_take(letters, &content);
	(void)snprintf(text, 512, "%s", buffer_string(&content));
	buffer_free(&content);
}

static inline int
open_staff(void **state)
{
	if (service_open(state) == -1)
		return -1;
	service_hire("anna", ROLE_COORDINATOR, queues, 1);
	service_hire("leo", ROLE_LEAD, queues, 1);
	service_sign_in("anna", &anna);
	service_sign_in("leo", &leo);
	outbox = (struct outbox){
		.work = &service.work, .secret = key,
		.carrier = { .mail = folder_carry, .text = folder_carry,
		    .carriage = { .stop = &running, .folder = letters } }
	};
	return outbox_begin(&outbox) == 0 ? 0 : -1;
}

static inline int
close_staff(void **state)
{
	char text[512];

	fetch(text);
	(void)unlink(letters);
	(void)rmdir(letters);
	identity_free(&anna);
	identity_free(&leo);
	return service_close(state);
}

#define WITH_STAFF(test)	cmocka_unit_test_setup_teardown(test, open_staff, close_staff)

static inline int
staff_begin(void **state)
{
	unsigned char public[SEAL_KEY_SIZE];

	(void)state;
	if (service_start() == -1 || mkdtemp(folder) == NULL || (key = secret_key_new()) == NULL)
		return -1;
	keypair_make(key, public);
	(void)snprintf(letters, sizeof(letters), "%s/letters", folder);
	return 0;
}

static inline int
staff_end(void **state)
{
	(void)state;
	secret_key_free(key);
	return rmdir(folder);
}

#endif
