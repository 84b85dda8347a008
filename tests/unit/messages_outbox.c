/* What becomes of a text on its way out: sent and erased, tried again, given up, lost, and reported. */
#include <fcntl.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/messages.h"
#include "messages_outbox_service.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/messages.h"
#include "store/store.h"

static void
break_carrier(void)
{
	int file;

	(void)rmdir(letters);
	file = open(letters, O_CREAT | O_WRONLY, 0600);
	assert_int_not_equal(file, -1);
	(void)close(file);
}

/* Whether the bytes stand anywhere in the database, as a backup has it. */
static bool
is_on_disk(const char *text)
{
	struct buffer content = { 0 };
	char path[64];
	bool found;

	(void)snprintf(path, sizeof(path), "%s/copy", folder);
	(void)unlink(path);
	assert_done(store_backup(service.work.store, path, &service.work.error));
	assert_done(buffer_read_file(&content, path, 1 << 24, &service.work.error));
	found = memmem(content.data, content.length, text, strlen(text)) != NULL;
	(void)unlink(path);
	buffer_free(&content);
	return found;
}

static void
text_is_sent_and_erased(void **state)
{
	int64_t bo = texted();
	struct message_row row = look(bo);
	char text[512];

	(void)state;
	assert_int_equal(row.account, anna.account);
	assert_fate(bo, MESSAGE_QUEUED, REASON_NONE);
	assert_false(is_on_disk("Vi ringer"));
	assert_false(is_on_disk("70174"));
	assert_true(is_on_disk(KAA));
	send_all();
	fetch(text);
	assert_string_equal(text, "To: +46701740605\n\n" TEXT "\n");
	assert_fate(bo, MESSAGE_SENT, REASON_NONE);
	assert_true(outbox.erased);
	assert_done(outbox_tidy(&outbox));
	assert_false(outbox.erased);
	send_all();
	fetch(text);
	assert_string_equal(text, "");
}

static void
outbox_retries_and_gives_up_after_a_day(void **state)
{
	int64_t bo = texted(), before;
	int tries = 0;

	(void)state;
	break_carrier();
	send_all();
	for (; look(bo).state == MESSAGE_QUEUED; tries++) {
		struct message_row row = look(bo);

		assert_int_equal(row.reason, REASON_UNREACHABLE);
		assert_true(row.due_at > service.work.now);
		before = row.due_at;
		service.work.now = row.due_at - 1;
		send_all();
		assert_int_equal(look(bo).due_at, before);
		service.work.now = row.due_at;
		/* In the night it only waits for the morning. */
		if (!duetime_is_open(&service_queues[0], service.work.now)) {
			send_all();
			assert_int_equal(look(bo).tries, row.tries);
			assert_true(look(bo).due_at > service.work.now);
			assert_true(duetime_is_open(&service_queues[0], look(bo).due_at));
		} else
			send_all();
	}
	assert_in_range(tries, 5, 9);
	assert_fate(bo, MESSAGE_FAILED, REASON_UNREACHABLE);
	assert_in_range(service.work.now - look(bo).created_at, 3600, 2 * 86400);
}

static void
interrupted_messages_become_unknown(void **state)
{
	int64_t bo = texted();
	struct message_row row = look(bo);
	char text[512];

	(void)state;
	row.state = MESSAGE_SENDING;
	assert_int_equal(store_message_change(service.work.store, &row, MESSAGE_QUEUED,
	    &service.work.error), FOUND);
	assert_int_equal(outbox_begin(&outbox), 1);
	assert_fate(bo, MESSAGE_UNKNOWN, REASON_LOST);
	send_all();
	fetch(text);
	assert_string_equal(text, "");
	/* A lead of the queue decides; nobody else, and once. */
	assert_int_equal(unsent_resend(service_as(&leo), row.number), FOUND);
	assert_int_equal(unsent_drop(service_as(&leo), row.number), ABSENT);
	send_all();
	fetch(text);
	assert_string_equal(text, "To: +46701740605\n\n" TEXT "\n");
	assert_fate(bo, MESSAGE_SENT, REASON_NONE);
}

static void
missing_setup_is_the_reason(void **state)
{
	int64_t bo = texted();

	(void)state;
	outbox.carrier.text = NULL;
	send_all();
	assert_fate(bo, MESSAGE_FAILED, REASON_NO_SMS);
	assert_int_equal(unsent_drop(service_as(&leo), look(bo).number), FOUND);
	assert_fate(bo, MESSAGE_DROPPED, REASON_LEAD);
}

static void
another_key_is_the_reason(void **state)
{
	unsigned char public[SEAL_KEY_SIZE];
	int64_t bo = texted();

	(void)state;
	keypair_make(key, public);
	send_all();
	assert_fate(bo, MESSAGE_FAILED, REASON_KEY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STAFF(text_is_sent_and_erased),
		WITH_STAFF(outbox_retries_and_gives_up_after_a_day),
		WITH_STAFF(interrupted_messages_become_unknown),
		WITH_STAFF(missing_setup_is_the_reason),
		WITH_STAFF(another_key_is_the_reason),
	};

	return cmocka_run_group_tests(tests, staff_begin, staff_end);
}
