/* What app/seal leaves in memory: nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/base.h"
#include "seal/internal.h"
#include "seal/seal.h"
#include "seal_memory.h"

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
	memory_find();
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

/* What looks for copies finds them, freed and returned from. */
static const char decoy[] = "a text that nobody wipes, longer than a pointer or two";

static __attribute__((noinline)) size_t
careless(void)
{
	char on_stack[sizeof(decoy)], *on_heap = malloc(2000);
	size_t length;

	assert_non_null(on_heap);
	memcpy(on_heap + 1000, decoy, sizeof(decoy));
	memcpy(on_stack, on_heap + 1000, sizeof(decoy));
	__asm__ volatile ("" : : "r" (on_stack), "r" (on_heap) : "memory");
	length = strlen(on_stack);
	free(on_heap);
	return length;
}

static void
the_search_finds_a_copy(void **state)
{
	size_t length;

	(void)state;
	if (SANITIZED)
		skip();
	length = careless();
	remember();
	assert_int_equal(length, strlen(decoy));
	assert_int_equal(copies_in(&stack, decoy, length), 1);
	assert_int_equal(copies_in(&heap, decoy, length), 1);
}

static void
key_pairs_leave_no_copy(void **state)
{
	unsigned char sealed[SEAL_SEALED_KEY_SIZE], public[SEAL_KEY_SIZE];
	int result;

	(void)state;
	keypair_make(key, public);
	remember();
	assert_gone(key, SEAL_KEY_SIZE);
	result = key_seal(sealed, key, queue_public);
	remember();
	assert_int_equal(result, 0);
	assert_gone(key, SEAL_KEY_SIZE);
	result = key_open(key, sealed, sizeof(sealed), queue);
	remember();
	assert_int_equal(result, 0);
	assert_gone(key, SEAL_KEY_SIZE);
	assert_gone(queue, SEAL_KEY_SIZE);
}

static void
envelopes_leave_no_copy(void **state)
{
	static unsigned char sealed[SEAL_SEALED_KEY_SIZE];
	struct buffer record = { 0 };
	int result;

	(void)state;
	result = envelope_seal(&record, sealed, &place, queue_public, text, strlen(text));
	remember();
	assert_int_equal(result, 0);
	assert_gone(text, strlen(text));
	/* The data key is known only now. */
	assert_int_equal(key_open(key, sealed, sizeof(sealed), queue), 0);
	assert_gone(key, SEAL_KEY_SIZE);
	buffer_free(&record);
}

static void
records_leave_no_copy(void **state)
{
	static const char longer[2 * SEAL_PAD_BLOCK];
	struct buffer record = { 0 }, second = { 0 }, opened = { 0 };
	int result;

	(void)state;
	assert_int_equal(record_seal(&record, &place, key, text, strlen(text)), 0);
	assert_int_equal(record_seal(&second, &place, key, longer, sizeof(longer)), 0);
	result = record_open(&opened, &place, key, record.data, record.length);
	remember();
	assert_int_equal(result, 0);
	assert_int_equal(copies_in(&stack, text, strlen(text)), 0);
	assert_gone(key, SEAL_KEY_SIZE);
	/* Opening a longer one into the same buffer leaves nothing of the first. */
	result = record_open(&opened, &place, key, second.data, second.length);
	remember();
	assert_int_equal(result, 0);
	assert_gone(text, strlen(text));
	buffer_free(&record);
	buffer_free(&second);
	buffer_free(&opened);
}

static void
passphrases_leave_no_copy(void **state)
{
	static const struct passphrase_cost cheap = { 1, 8 };
	static char passphrase[SEAL_PASSPHRASE_SIZE];
	static unsigned char bits[10];
	unsigned char locked[SEAL_LOCKED_SIZE];
	int result;

	(void)state;
	passphrase_make(passphrase);
	remember();
	assert_gone(passphrase, strlen(passphrase));
	assert_int_equal(proquint_read(bits, 5, passphrase), 0);
	assert_gone(bits, sizeof(bits));
	result = secret_lock(locked, key, 1, passphrase, &cheap);
	remember();
	assert_int_equal(result, 0);
	assert_gone(key, SEAL_KEY_SIZE);
	assert_gone(passphrase, strlen(passphrase));
	result = secret_unlock(key, locked, sizeof(locked), 1, passphrase);
	remember();
	assert_int_equal(result, 0);
	assert_gone(key, SEAL_KEY_SIZE);
	assert_gone(passphrase, strlen(passphrase));
}

static void
recovery_words_leave_no_copy(void **state)
{
	static char words[SEAL_RECOVERY_TEXT_SIZE];
	int result;

	(void)state;
	recovery_write(key, words);
	remember();
	assert_gone(key, SEAL_KEY_SIZE);
	assert_gone(words, strlen(words));
	result = recovery_read(key, words);
	remember();
	assert_int_equal(result, 0);
	assert_gone(key, SEAL_KEY_SIZE);
}

static void
sessions_leave_no_copy(void **state)
{
	static char cookie[SEAL_COOKIE_SIZE];
	static struct session_keys keys;
	static unsigned char token[SEAL_KEY_SIZE];
	unsigned char box[SEAL_SESSION_BOX_SIZE];
	int result;

	(void)state;
	result = session_make(cookie, &keys);
	remember();
	assert_int_equal(result, 0);
	assert_gone(cookie, strlen(cookie));
	assert_gone(keys.box_key, SEAL_KEY_SIZE);
	session_keys_free(&keys);
	result = session_read(cookie, &keys);
	remember();
	assert_int_equal(result, 0);
	assert_gone(cookie, strlen(cookie));
	assert_gone(keys.box_key, SEAL_KEY_SIZE);
	assert_gone(keys.form_token, strlen(keys.form_token));
	assert_int_equal(sodium_base642bin(token, sizeof(token), keys.form_token,
	    strlen(keys.form_token), NULL, NULL, NULL,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING), 0);
	assert_gone(token, sizeof(token));
	result = session_box(box, &keys, 1, key);
	remember();
	assert_int_equal(result, 0);
	assert_gone(keys.box_key, SEAL_KEY_SIZE);
	assert_gone(key, SEAL_KEY_SIZE);
	result = session_unbox(key, &keys, 1, box, sizeof(box));
	remember();
	assert_int_equal(result, 0);
	assert_gone(key, SEAL_KEY_SIZE);
	session_keys_free(&keys);
}

static void
keyed_digests_leave_no_copy(void **state)
{
	unsigned char mark[SEAL_DIGEST_SIZE];

	(void)state;
	assert_int_equal(keyed_digest_start(NULL), 0);
	keyed_digest_make(mark, text, strlen(text));
	remember();
	assert_gone(text, strlen(text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_search_finds_a_copy),
		cmocka_unit_test(key_pairs_leave_no_copy),
		cmocka_unit_test(envelopes_leave_no_copy),
		cmocka_unit_test(records_leave_no_copy),
		cmocka_unit_test(passphrases_leave_no_copy),
		cmocka_unit_test(recovery_words_leave_no_copy),
		cmocka_unit_test(sessions_leave_no_copy),
		cmocka_unit_test(keyed_digests_leave_no_copy),
	};

	if (seal_start() != 0)
		return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
