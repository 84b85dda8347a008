/*
 * Texts to people: sealed until they leave, retried, given up, dropped when
 * they are of no use. The carrier is the demonstration's folder; a file in its
 * place is what cannot be reached.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "flow_service.h"
#include "flow/messages.h"

#define BO	"who=self&age=15-17&name=Bo&phone=0701740605&contact=call"
#define SILENT	"who=self&age=15-17&name=Li&phone=0701740606&contact=call-silent"
#define TEXT	"Hej! Vi ringer dig i morgon."

static const char *const queues[] = { KAA };
static const volatile sig_atomic_t running;
static struct identity anna, leo;
static struct outbox outbox;
static struct secret_key *key;
static char folder[] = "/tmp/egenremiss-outbox-XXXXXX";
static char letters[64];

static enum answer
press(int64_t number, const char *text, struct callback_answer *answer)
{
	return callback_do(service.store, &service_config, &anna, &(struct callback){
	    .number = number, .act = text == NULL ? ACT_CLAIM : ACT_TEXTED, .text = text
	}, service.now, answer, &service.error);
}

/* A case that anna has claimed and texted; the message's row is found by look(). */
static int64_t
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

static int
keep(const struct message_row *row, void *argument)
{
	struct found *found = argument;

	found->row = *row;
	found->count++;
	return 0;
}

static struct message_row
look(int64_t number)
{
	struct found found = { .count = 0 };

	assert_done(store_message_each_of_case(service.store, number, keep, &found,
	    &service.error));
	assert_int_equal(found.count, 1);
	return found.row;
}

static void
assert_fate(int64_t number, enum message_state state, enum message_reason reason)
{
	const struct message_row row = look(number);

	assert_string_equal(word_of(&words_message_state, row.state),
	    word_of(&words_message_state, state));
	assert_string_equal(word_of(&words_message_reason, row.reason),
	    word_of(&words_message_reason, reason));
}

static void
send_all(void)
{
	enum answer answer;

	while ((answer = outbox_send(&outbox, service.now, &service.error)) == FOUND)
		;
	assert_int_equal(answer, ABSENT);
}

/* The one file there is, taken out; "" when there is none. */
static void
fetch(char text[512])
{
	DIR *dir = opendir(letters);
	struct buffer content = { 0 };
	char path[512];

	for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", letters, entry->d_name);
		assert_done(buffer_read_file(&content, path, 500, &service.error));
		assert_int_equal(unlink(path), 0);
	}
	if (dir != NULL)
		(void)closedir(dir);
	(void)snprintf(text, 512, "%s", buffer_string(&content));
	buffer_free(&content);
}

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
	assert_done(store_backup(service.store, path, &service.error));
	assert_done(buffer_read_file(&content, path, 1 << 24, &service.error));
	found = memmem(content.data, content.length, text, strlen(text)) != NULL;
	(void)unlink(path);
	buffer_free(&content);
	return found;
}

static void
sends_what_was_pressed_and_erases_it(void **state)
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
	assert_done(outbox_tidy(&outbox, service.now, &service.error));
	assert_false(outbox.erased);
	send_all();
	fetch(text);
	assert_string_equal(text, "");
}

static void
is_an_attempt_in_the_same_breath(void **state)
{
	int64_t bo = texted();
	struct case_row row;

	(void)state;
	assert_int_equal(store_case_get(service.store, bo, &row, &service.error), FOUND);
	assert_int_equal(row.attempts, 1);
	assert_int_equal(row.state, STATE_WAITING);
}

static void
respects_that_somebody_wants_no_message(void **state)
{
	struct callback_answer answer;
	int64_t li = service_receive(SILENT);
	struct case_row row;
	struct found found = { .count = 0 };

	(void)state;
	assert_int_equal(press(li, NULL, &answer), FOUND);
	assert_int_equal(press(li, TEXT, &answer), FAILED);
	assert_int_equal(service.error.kind, ERROR_REFUSED);
	/* Nothing of it has happened. */
	assert_int_equal(store_case_get(service.store, li, &row, &service.error), FOUND);
	assert_int_equal(row.state, STATE_CLAIMED);
	assert_int_equal(row.attempts, 0);
	assert_done(store_message_each_of_case(service.store, li, keep, &found, &service.error));
	assert_int_equal(found.count, 0);
}

static void
tries_again_within_hours_and_gives_up_after_a_day(void **state)
{
	int64_t bo = texted(), before;
	int tries = 0;

	(void)state;
	break_carrier();
	send_all();
	for (; look(bo).state == MESSAGE_QUEUED; tries++) {
		struct message_row row = look(bo);

		assert_int_equal(row.reason, REASON_UNREACHABLE);
		assert_true(row.due_at > service.now);
		before = row.due_at;
		service.now = row.due_at - 1;
		send_all();
		assert_int_equal(look(bo).due_at, before);
		service.now = row.due_at;
		/* In the night it only waits for the morning. */
		if (!duetime_is_open(&service_queues[0], service.now)) {
			send_all();
			assert_int_equal(look(bo).tries, row.tries);
			assert_true(look(bo).due_at > service.now);
			assert_true(duetime_is_open(&service_queues[0], look(bo).due_at));
		} else
			send_all();
	}
	assert_in_range(tries, 5, 9);
	assert_fate(bo, MESSAGE_FAILED, REASON_UNREACHABLE);
	assert_in_range(service.now - look(bo).created_at, 3600, 2 * 86400);
}

static void
drops_what_is_of_no_use(void **state)
{
	static const struct {
		enum act act;
		unsigned outcomes;
		enum message_reason reason;
	} ways[] = {
		{ ACT_REACHED, 0, REASON_PAST },
		{ ACT_CLOSE, 1U << OUTCOME_WORK, REASON_CLOSED },
		{ ACT_UNDO, 0, REASON_PAST },
	};
	char text[512];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		struct callback_answer answer;
		int64_t bo;

		service.now += 7;
		bo = texted();
		if (ways[i].act != ACT_UNDO)
			assert_int_equal(press(bo, NULL, &answer), FOUND);
		assert_int_equal(callback_do(service.store, &service_config, &anna,
		    &(struct callback){ .number = bo, .act = ways[i].act,
		    .outcomes = ways[i].outcomes }, service.now, &answer, &service.error), FOUND);
		assert_int_equal(answer.verdict, LIFECYCLE_OK);
		send_all();
		assert_fate(bo, MESSAGE_DROPPED, ways[i].reason);
		fetch(text);
		assert_string_equal(text, "");
		/* The same form once more is another case only when this one is closed. */
		assert_done(marks_start(&service.error));
	}
}

static void
reports_what_was_underway_when_it_died(void **state)
{
	int64_t bo = texted();
	struct message_row row = look(bo);
	char text[512];

	(void)state;
	row.state = MESSAGE_SENDING;
	assert_int_equal(store_message_change(service.store, &row, MESSAGE_QUEUED,
	    &service.error), FOUND);
	assert_int_equal(outbox_begin(&outbox, service.now, &service.error), 1);
	assert_fate(bo, MESSAGE_UNKNOWN, REASON_LOST);
	send_all();
	fetch(text);
	assert_string_equal(text, "");
	/* A lead of the queue decides; nobody else, and once. */
	assert_int_equal(unsent_resend(service.store, &leo, row.number, service.now,
	    &service.error), FOUND);
	assert_int_equal(unsent_drop(service.store, &leo, row.number, service.now,
	    &service.error), ABSENT);
	send_all();
	fetch(text);
	assert_string_equal(text, "To: +46701740605\n\n" TEXT "\n");
	assert_fate(bo, MESSAGE_SENT, REASON_NONE);
}

static void
says_what_is_not_set_up(void **state)
{
	int64_t bo = texted();

	(void)state;
	outbox.carrier.text = NULL;
	send_all();
	assert_fate(bo, MESSAGE_FAILED, REASON_NO_SMS);
	assert_int_equal(unsent_drop(service.store, &leo, look(bo).number, service.now,
	    &service.error), FOUND);
	assert_fate(bo, MESSAGE_DROPPED, REASON_LEAD);
}

static void
says_when_its_key_is_another(void **state)
{
	unsigned char public[SEAL_KEY_SIZE];
	int64_t bo = texted();

	(void)state;
	keypair_make(key, public);
	send_all();
	assert_fate(bo, MESSAGE_FAILED, REASON_KEY);
}

static void
a_closed_or_purged_case_leaves_nothing(void **state)
{
	struct callback_answer answer;
	int64_t bo = texted();

	(void)state;
	outbox.carrier.text = NULL;
	send_all();
	assert_int_equal(press(bo, NULL, &answer), FOUND);
	assert_int_equal(callback_do(service.store, &service_config, &anna, &(struct callback){
	    .number = bo, .act = ACT_CLOSE, .outcomes = 1U << OUTCOME_WORK }, service.now,
	    &answer, &service.error), FOUND);
	assert_fate(bo, MESSAGE_FAILED, REASON_NO_SMS);
	/* The purge alone, without an outbox that runs. */
	assert_done(store_begin(service.store, &service.error));
	assert_done(store_case_purge(service.store, bo, &service.error));
	assert_done(store_commit(service.store, &service.error));
	assert_fate(bo, MESSAGE_DROPPED, REASON_CLOSED);
}

static void
an_outbox_tidies_after_a_case_is_closed(void **state)
{
	struct callback_answer answer;
	int64_t bo = texted();

	(void)state;
	outbox.carrier.text = NULL;
	send_all();
	assert_done(outbox_tidy(&outbox, service.now, &service.error));
	assert_fate(bo, MESSAGE_FAILED, REASON_NO_SMS);
	assert_int_equal(press(bo, NULL, &answer), FOUND);
	assert_int_equal(callback_do(service.store, &service_config, &anna, &(struct callback){
	    .number = bo, .act = ACT_CLOSE, .outcomes = 1U << OUTCOME_WORK }, service.now,
	    &answer, &service.error), FOUND);
	assert_done(outbox_tidy(&outbox, service.now, &service.error));
	assert_fate(bo, MESSAGE_DROPPED, REASON_CLOSED);
}

static void
reads_what_is_to_be_sent(void **state)
{
	static const struct { const char *written, *text; enum text_fault fault; int parts; } rows[] = {
		{ "  Hej! \r\nVi ringer. ", "Hej! \nVi ringer.", TEXT_OK, 1 },
		{ "", "", TEXT_EMPTY, 0 },
		{ " \n ", "", TEXT_EMPTY, 0 },
		{ "Hej\a", "", TEXT_CHARACTERS, 0 },
		{ "Hej \xe2\x80\xae!", "", TEXT_CHARACTERS, 0 },
	};
	char text[TEXT_MOST_POINTS * 4 + 1], longest[2000];
	struct parts parts;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_int_equal(text_read(rows[i].written, text, &parts), rows[i].fault);
		assert_string_equal(text, rows[i].text);
		assert_int_equal(parts.count, rows[i].parts);
	}
	for (size_t length = 917; length <= 1001; length++) {
		memset(longest, 'a', length);
		longest[length] = '\0';
		assert_int_equal(text_read(longest, text, &parts),
		    length <= 918 ? TEXT_OK : TEXT_LONG);
		assert_int_equal(parts.count, length <= 918 ? 6 : length <= 1000 ? 7 : 0);
	}
}

static int
open_staff(void **state)
{
	if (service_open(state) == -1)
		return -1;
	service_hire("anna", ROLE_COORDINATOR, queues, 1);
	service_hire("leo", ROLE_LEAD, queues, 1);
	service_sign_in("anna", &anna);
	service_sign_in("leo", &leo);
	outbox = (struct outbox){
		.store = service.store, .config = &service_config, .secret = key,
		.carrier = { .mail = folder_carry, .text = folder_carry,
		    .carriage = { .stop = &running, .folder = letters } }
	};
	return outbox_begin(&outbox, service.now, &service.error) == 0 ? 0 : -1;
}

static int
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STAFF(sends_what_was_pressed_and_erases_it),
		WITH_STAFF(is_an_attempt_in_the_same_breath),
		WITH_STAFF(respects_that_somebody_wants_no_message),
		WITH_STAFF(tries_again_within_hours_and_gives_up_after_a_day),
		WITH_STAFF(drops_what_is_of_no_use),
		WITH_STAFF(reports_what_was_underway_when_it_died),
		WITH_STAFF(says_what_is_not_set_up),
		WITH_STAFF(says_when_its_key_is_another),
		WITH_STAFF(a_closed_or_purged_case_leaves_nothing),
		WITH_STAFF(an_outbox_tidies_after_a_case_is_closed),
		cmocka_unit_test(reads_what_is_to_be_sent),
	};
	unsigned char public[SEAL_KEY_SIZE];
	int failed;

	if (service_start() == -1 || mkdtemp(folder) == NULL || (key = secret_key_new()) == NULL)
		return 1;
	keypair_make(key, public);
	(void)snprintf(letters, sizeof(letters), "%s/letters", folder);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	secret_key_free(key);
	(void)rmdir(folder);
	return failed;
}
