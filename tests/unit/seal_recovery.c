/* Proquints, and the recovery key as words on paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/base.h"
#include "seal/internal.h"
#include "seal/seal.h"
#include "seal_reader.h"
#include "seal_vectors.h"

/* Wilkerson's own examples. */
static void
proquints_agree_with_their_author(void **state)
{
	static const struct { unsigned char bytes[4]; const char *text; } examples[] = {
		{ { 127, 0, 0, 1 }, "lusab-babad" },
		{ { 63, 84, 220, 193 }, "gutih-tugad" },
		{ { 63, 118, 7, 35 }, "gutuk-bisog" },
		{ { 140, 98, 193, 141 }, "mudof-sakat" },
		{ { 64, 255, 6, 200 }, "haguz-biram" },
		{ { 212, 58, 253, 68 }, "tibup-zujah" },
		{ { 12, 110, 110, 204 }, "budov-kuras" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(examples); i++) {
		char text[PROQUINT_TEXT_SIZE(2)];
		unsigned char bytes[4];

		proquint_write(text, examples[i].bytes, 2);
		assert_string_equal(text, examples[i].text);
		assert_int_equal(proquint_read(bytes, 2, text), 0);
		assert_memory_equal(bytes, examples[i].bytes, 4);
	}
}

static void
recovery_words_are_read_back(void **state)
{
	char text[SEAL_RECOVERY_TEXT_SIZE], loose[2 * SEAL_RECOVERY_TEXT_SIZE], *to = loose;
	struct secret_key secret, read;
	unsigned char others[32];

	(void)state;
	data_key_make(&secret);
	recovery_write(&secret, text);
	assert_int_equal(strlen(text), 17 * 5 + 16);
	assert_int_equal(recovery_read(&read, text), 0);
	assert_memory_equal(read.bytes, secret.bytes, SEAL_KEY_SIZE);
	assert_int_equal(reader_recovery(others, text), 0);
	assert_memory_equal(others, secret.bytes, SEAL_KEY_SIZE);

	/* As it is copied from paper: capitals, lines, no hyphens. */
	*to++ = '\n';
	for (const char *from = text; *from != '\0'; from++) {
		*to++ = *from == '-' ? "\t \r\n"[(from - text) % 4] :
		    (from - text) % 3 == 0 ? (char)toupper((unsigned char)*from) : *from;
		if ((from - text) % 7 == 0)
			*to++ = ' ';
	}
	memcpy(to, " - \n", 5);
	assert_int_equal(recovery_read(&read, loose), 0);
	assert_memory_equal(read.bytes, secret.bytes, SEAL_KEY_SIZE);
}

static void
assert_recovery_refused(const char *text)
{
	struct secret_key read;

	memset(&read, 0xa5, sizeof(read));
	assert_int_equal(recovery_read(&read, text), -1);
	assert_true(sodium_is_zero(read.bytes, SEAL_KEY_SIZE));
}

/* A fixed key, since one wrong word in 65 536 has the right check. */
static void
wrong_recovery_words_are_refused(void **state)
{
	char text[SEAL_RECOVERY_TEXT_SIZE], wrong[2 * SEAL_RECOVERY_TEXT_SIZE];
	struct secret_key read;

	(void)state;
	assert_int_equal(recovery_read(&read, vectors.recovery_words), 0);
	recovery_write(&read, text);
	assert_string_equal(text, vectors.recovery_words);
	for (size_t i = 0; i < 17; i++) {
		strcpy(wrong, text);
		memcpy(wrong + 6 * i, "babab", 5);
		assert_recovery_refused(wrong);
		wrong[6 * i] = 'x';
		assert_recovery_refused(wrong);
		snprintf(wrong, sizeof(wrong), "%.*s%s", (int)(6 * i), text, text + 6 * i + 6);
		assert_recovery_refused(i < 16 ? wrong : "");
	}
	snprintf(wrong, sizeof(wrong), "%s-babab", text);
	assert_recovery_refused(wrong);
	snprintf(wrong, sizeof(wrong), "%s.", text);
	assert_recovery_refused(wrong);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(proquints_agree_with_their_author),
		cmocka_unit_test(recovery_words_are_read_back),
		cmocka_unit_test(wrong_recovery_words_are_refused),
	};

	if (seal_start() != 0)
		return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
