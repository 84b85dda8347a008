/* Digests, base64, marks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/base.h"
#include "seal/seal.h"

static void
sha256_is_written_in_base64(void **state)
{
	char text[45];

	(void)state;
	digest_sha256_base64("abc", 3, text);	/* FIPS 180-2, B.1 */
	assert_string_equal(text, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
	digest_sha256_base64("", 0, text);
	assert_string_equal(text, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

static void
an_etag_depends_on_each_byte(void **state)
{
	char text[17], other[17];

	(void)state;
	digest_etag("", 0, text);		/* BLAKE2b-256 of nothing */
	assert_string_equal(text, "0e5751c026e543b2");
	digest_etag("\0", 1, other);
	assert_string_not_equal(text, other);
}

static void
base64_agrees_with_rfc_4648(void **state)
{
	struct buffer out = { 0 };

	(void)state;
	/* RFC 4648, section 10, one after the other. */
	base64_encode(&out, "", 0);
	assert_string_equal(buffer_string(&out), "");
	base64_encode(&out, "f", 1);
	base64_encode(&out, "fo", 2);
	base64_encode(&out, "foobar", 6);
	base64_encode(&out, "\xfb\xff", 2);
	assert_string_equal(buffer_string(&out), "Zg==" "Zm8=" "Zm9vYmFy" "+/8=");
	assert_int_equal(out.length, 20);
	buffer_free(&out);
}

/* The mark of the same text as another process makes it. */
static void
mark_elsewhere(unsigned char mark[SEAL_DIGEST_SIZE])
{
	int ends[2], status;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (keyed_digest_start(NULL) != 0)
			_exit(1);
		keyed_digest_make(mark, "name=a", 6);
		_exit(write(ends[1], mark, SEAL_DIGEST_SIZE) == SEAL_DIGEST_SIZE ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(read(ends[0], mark, SEAL_DIGEST_SIZE), SEAL_DIGEST_SIZE);
	close(ends[0]);
	close(ends[1]);
}

static void
a_keyed_digest_depends_on_key_and_bytes(void **state)
{
	unsigned char mark[SEAL_DIGEST_SIZE], again[SEAL_DIGEST_SIZE], other[SEAL_DIGEST_SIZE];

	(void)state;
	mark_elsewhere(mark);
	mark_elsewhere(other);
	assert_memory_not_equal(mark, other, SEAL_DIGEST_SIZE);

	assert_int_equal(keyed_digest_start(NULL), 0);
	keyed_digest_make(mark, "name=a", 6);
	assert_memory_not_equal(mark, other, SEAL_DIGEST_SIZE);
	keyed_digest_make(other, "name=b", 6);
	assert_memory_not_equal(mark, other, SEAL_DIGEST_SIZE);

	/* A worker starts again what its parent started, and knows its marks. */
	mark_elsewhere(again);
	assert_memory_equal(mark, again, SEAL_DIGEST_SIZE);
}

/* That the same secret gives the same keys in another process, tests/web/sending.mjs shows by a restart. */
static void
a_receipt_opens_for_its_area_alone(void **state)
{
	char token[SEAL_RECEIPT_TEXT_SIZE], other[SEAL_RECEIPT_TEXT_SIZE];
	unsigned char plain[SEAL_RECEIPT_SIZE], opened[SEAL_RECEIPT_SIZE];
	static const unsigned char zeros[SEAL_RECEIPT_SIZE];
	struct service_secret *kept;
	struct error error;
	char folder[] = "/tmp/egenremiss-kept-XXXXXX", path[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(setenv("RUNTIME_DIRECTORY", folder, 1), 0);
	kept = shared_kept("secret", sizeof(*kept), &error);
	assert_non_null(kept);
	assert_false(kept->made);
	kept->made = true;
	assert_int_equal(keyed_digest_start(NULL), 0);
	for (unsigned char i = 0; i < sizeof(plain); i++)
		plain[i] = i;
	receipt_seal(token, 1781, plain);
	receipt_seal(other, 1781, plain);
	assert_string_not_equal(token, other);
	assert_int_equal(receipt_open(opened, 1781, token), 0);
	assert_memory_equal(opened, plain, sizeof(plain));
	assert_int_equal(receipt_open(opened, 1780, token), -1);
	assert_memory_equal(opened, zeros, sizeof(zeros));
	for (size_t i = 0; i < strlen(token); i++) {
		const char was = token[i];

		token[i] = was == 'A' ? 'B' : 'A';
		assert_int_equal(receipt_open(opened, 1781, token), -1);
		token[i] = was;
	}
	assert_int_equal(receipt_open(opened, 1781, ""), -1);
	assert_int_equal(receipt_open(opened, 1781, "åäö"), -1);
	/* Asked for again it is as it was; with another size, or open to others, it is made anew. */
	kept = shared_kept("secret", sizeof(*kept), &error);
	assert_true(kept->made);
	(void)snprintf(path, sizeof(path), "%s/secret", folder);
	assert_int_equal(chmod(path, 0644), 0);
	kept = shared_kept("secret", sizeof(*kept), &error);
	assert_false(kept->made);
	assert_non_null(shared_kept("secret", 2 * sizeof(*kept), &error));
	assert_int_equal(setenv("RUNTIME_DIRECTORY", "/nowhere", 1), 0);
	assert_null(shared_kept("secret", sizeof(*kept), &error));
	assert_int_equal(unsetenv("RUNTIME_DIRECTORY"), 0);
	(void)unlink(path);
	(void)rmdir(folder);
}

static void
random_numbers_stay_below_their_bound(void **state)
{
	unsigned seen = 0;

	(void)state;
	assert_int_equal(seal_random_below(0), 0);
	assert_int_equal(seal_random_below(1), 0);
	for (int i = 0; i < 1000; i++) {
		uint32_t number = seal_random_below(5);

		assert_in_range(number, 0, 4);
		seen |= 1U << number;
	}
	assert_int_equal(seen, 0x1f);
}

static void
wiping_zeroes_exactly_the_bytes(void **state)
{
	char bytes[] = "0123456789";

	(void)state;
	seal_wipe(bytes + 1, 8);
	assert_memory_equal(bytes, "0\0\0\0\0\0\0\0\0" "9", 10);
}

static void
a_ticket_opens_here_alone_and_keys_a_digest(void **state)
{
	char text[SEAL_TICKET_TEXT_SIZE], other[SEAL_TICKET_TEXT_SIZE];
	unsigned char digest[SEAL_DIGEST_SIZE], again[SEAL_DIGEST_SIZE], plain[SEAL_RECEIPT_SIZE];
	struct ticket ticket, second;

	(void)state;
	assert_int_equal(keyed_digest_start(NULL), 0);
	ticket_seal(text, 7, 1800000059);
	ticket_seal(other, 7, 1800000059);
	assert_string_not_equal(text, other);
	assert_int_equal(ticket_open(&ticket, text, strlen(text)), 0);
	assert_int_equal(ticket.account, 7);
	assert_int_equal(ticket.made_minute, 30000000);
	assert_int_equal(ticket_open(&second, other, strlen(other)), 0);
	ticket_digest(digest, &ticket, "a", 1);
	ticket_digest(again, &ticket, "a", 1);
	assert_memory_equal(digest, again, sizeof(digest));
	ticket_digest(again, &ticket, "b", 1);
	assert_memory_not_equal(digest, again, sizeof(digest));
	ticket_digest(again, &second, "a", 1);
	assert_memory_not_equal(digest, again, sizeof(digest));
	/* Neither is the other's. */
	assert_int_equal(receipt_open(plain, 0, text), -1);
	receipt_seal(other, 0, plain);
	assert_int_equal(ticket_open(&second, other, strlen(other)), -1);
	assert_int_equal(second.account, 0);
	for (size_t i = 0; i < strlen(text); i++) {
		text[i] ^= 1;
		assert_int_equal(ticket_open(&second, text, strlen(text)), -1);
		text[i] ^= 1;
	}
	assert_int_equal(ticket_open(&second, text, strlen(text) - 1), -1);
	assert_int_equal(ticket_open(&second, "", 0), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_keyed_digest_depends_on_key_and_bytes),
		cmocka_unit_test(a_receipt_opens_for_its_area_alone),
		cmocka_unit_test(a_ticket_opens_here_alone_and_keys_a_digest),
		cmocka_unit_test(sha256_is_written_in_base64),
		cmocka_unit_test(an_etag_depends_on_each_byte),
		cmocka_unit_test(base64_agrees_with_rfc_4648),
		cmocka_unit_test(random_numbers_stay_below_their_bound),
		cmocka_unit_test(wiping_zeroes_exactly_the_bytes),
	};

	if (seal_start() != 0)
		return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
