/*
 * What app/seal leaves in memory: nothing. After each call the heap and the
 * stack are searched for the secrets it handled, freed memory and frames that
 * have returned included; the secrets themselves stand in static or guarded
 * memory, which is not searched. It needs linking with -z now: resolving a
 * function at its first call saves registers, secrets and all, on the stack.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "seal/seal.h"

#include "seal_sanitized.h"

static const struct record_place place = { RECORD_SUBMISSION, 1, 2 };
static struct secret_key *queue, *key;
static unsigned char queue_public[SEAL_KEY_SIZE];
static char text[] = "name=Sentinel-7f3a&phone=a-number-of-nobody&contact=sms-first&speak=sv";

static int
set_up(void **state)
{
	(void)state;
	queue = secret_key_new();
	key = secret_key_new();
	if (queue == NULL || key == NULL)
		return -1;
	keypair_make(queue, queue_public);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	secret_key_free(queue);
	secret_key_free(key);
	return 0;
}

/* Static and shallow, so as not to overwrite what is looked for. */
static int
copies_in(const char *place_name, const void *bytes, size_t length)
{
	static char maps[1 << 16];
	size_t size = 0;
	ssize_t got;
	char *line, *end;
	const char *from, *to;
	int file, found = 0;

	if (SANITIZED)
		return 0;
	file = open("/proc/self/maps", O_RDONLY);
	while ((got = read(file, maps + size, sizeof(maps) - 1 - size)) > 0)
		size += (size_t)got;
	maps[size] = '\0';
	close(file);
	line = strstr(maps, place_name);
	if (line == NULL)
		return 0;
	while (line > maps && line[-1] != '\n')
		line--;
	from = (const char *)strtoul(line, &end, 16);
	to = (const char *)strtoul(end + 1, NULL, 16);
	while ((from = memmem(from, (size_t)(to - from), bytes, length)) != NULL) {
		found++;
		from++;
	}
	return found;
}

static void
assert_gone(const void *secret, size_t length)
{
	assert_int_equal(copies_in("[stack]", secret, length), 0);
	assert_int_equal(copies_in("[heap]", secret, length), 0);
}

/* What looks for copies finds them. */
static void
test_search(void **state)
{
	volatile char on_stack[sizeof(text)];
	char *on_heap;

	(void)state;
	if (SANITIZED)
		skip();
	on_heap = strdup(text);
	assert_non_null(on_heap);
	for (size_t i = 0; i < sizeof(text); i++)
		on_stack[i] = text[i];
	assert_int_equal(copies_in("[heap]", text, sizeof(text)), 1);
	assert_int_equal(copies_in("[stack]", text, sizeof(text)), 1);
	assert_int_equal(on_stack[0], 'n');
	for (size_t i = 0; i < sizeof(text); i++)
		on_stack[i] = 0;
	seal_wipe(on_heap, sizeof(text));
	free(on_heap);
}

static void
test_keypair(void **state)
{
	unsigned char sealed[SEAL_SEALED_KEY_SIZE];

	(void)state;
	keypair_make(key, queue_public);
	assert_gone(key, SEAL_KEY_SIZE);
	keypair_make(queue, queue_public);
	assert_int_equal(key_seal(sealed, key, queue_public), 0);
	assert_gone(key, SEAL_KEY_SIZE);
	assert_int_equal(key_open(key, sealed, sizeof(sealed), queue), 0);
	assert_gone(key, SEAL_KEY_SIZE);
	assert_gone(queue, SEAL_KEY_SIZE);
}

static void
test_envelope(void **state)
{
	static unsigned char sealed[SEAL_SEALED_KEY_SIZE];
	struct buffer record = { 0 }, opened = { 0 };

	(void)state;
	assert_int_equal(envelope_seal(&record, sealed, &place, queue_public, text,
	    strlen(text)), 0);
	assert_gone(text, strlen(text));
	assert_int_equal(key_open(key, sealed, sizeof(sealed), queue), 0);
	assert_gone(key, SEAL_KEY_SIZE);
	assert_int_equal(record_open(&opened, &place, key, record.data, record.length), 0);
	assert_int_equal(copies_in("[stack]", text, strlen(text)), 0);
	assert_gone(key, SEAL_KEY_SIZE);

	/* Opening into what held the last text leaves nothing of that either. */
	assert_int_equal(record_open(&opened, &place, queue, record.data, record.length), -1);
	assert_gone(text, strlen(text));
	buffer_free(&record);
}

static void
test_passphrase(void **state)
{
	static const struct passphrase_cost cheap = { 1, 8 };
	static char passphrase[SEAL_PASSPHRASE_SIZE];
	unsigned char locked[SEAL_LOCKED_SIZE];

	(void)state;
	passphrase_make(passphrase);
	assert_gone(passphrase, strlen(passphrase));
	assert_int_equal(secret_lock(locked, key, 1, passphrase, &cheap), 0);
	assert_gone(key, SEAL_KEY_SIZE);
	assert_gone(passphrase, strlen(passphrase));
	assert_int_equal(secret_unlock(key, locked, sizeof(locked), 1, passphrase), 0);
	assert_gone(key, SEAL_KEY_SIZE);
	assert_gone(passphrase, strlen(passphrase));
}

static void
test_recovery(void **state)
{
	static char words[SEAL_RECOVERY_TEXT_SIZE];

	(void)state;
	recovery_write(key, words);
	assert_gone(key, SEAL_KEY_SIZE);
	assert_gone(words, strlen(words));
	assert_int_equal(recovery_read(key, words), 0);
	assert_gone(key, SEAL_KEY_SIZE);
}

static void
test_session(void **state)
{
	static char cookie[SEAL_COOKIE_SIZE];
	static struct session_keys keys;
	unsigned char box[SEAL_SESSION_BOX_SIZE];

	(void)state;
	assert_int_equal(session_make(cookie, &keys), 0);
	assert_gone(keys.box_key, SEAL_KEY_SIZE);
	session_keys_free(&keys);
	assert_int_equal(session_read(cookie, &keys), 0);
	assert_gone(cookie, strlen(cookie));
	assert_gone(keys.box_key, SEAL_KEY_SIZE);
	assert_gone(keys.form_token, strlen(keys.form_token));
	assert_int_equal(session_box(box, &keys, 1, key), 0);
	assert_gone(keys.box_key, SEAL_KEY_SIZE);
	assert_int_equal(session_unbox(key, &keys, 1, box, sizeof(box)), 0);
	assert_gone(key, SEAL_KEY_SIZE);
	session_keys_free(&keys);
}

static void
test_mark(void **state)
{
	unsigned char mark[SEAL_MARK_SIZE];

	(void)state;
	assert_int_equal(mark_start(), 0);
	mark_make(mark, text, strlen(text));
	assert_gone(text, strlen(text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_search),
		cmocka_unit_test(test_keypair),
		cmocka_unit_test(test_envelope),
		cmocka_unit_test(test_passphrase),
		cmocka_unit_test(test_recovery),
		cmocka_unit_test(test_session),
		cmocka_unit_test(test_mark),
	};

	if (seal_start() != 0)
		return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
