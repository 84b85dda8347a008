/* One-time codes: the vectors of RFC 4226 and RFC 6238, and which of them still count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "seal/seal.h"

/* Both documents' secret. */
static const unsigned char secret[TOTP_SECRET_SIZE] = "12345678901234567890";

/* RFC 4226, appendix D: by count. */
static void
counts_as_rfc_4226(void **state)
{
	static const char *const codes[] = {
		"755224", "287082", "359152", "969429", "338314",
		"254676", "287922", "162583", "399871", "520489"
	};
	char code[TOTP_CODE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		assert_int_equal(totp_code(secret, (int64_t)i, code), 0);
		assert_string_equal(code, codes[i]);
	}
}

/* RFC 6238, appendix B, SHA-1: by time; the last six of its eight digits. */
static const struct { int64_t at; const char *code; } moments[] = {
	{ 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" },
	{ 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" }
};

static void
codes_agree_with_rfc_6238(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(moments); i++) {
		int64_t step = moments[i].at / TOTP_STEP_SECONDS;

		assert_int_equal(totp_match(secret, moments[i].code, moments[i].at, 0), step);
		/* A clock may be off by one step, and by no more; a code counts once. */
		assert_int_equal(totp_match(secret, moments[i].code, moments[i].at + 30, 0), step);
		assert_int_equal(totp_match(secret, moments[i].code, moments[i].at - 30, 0), step);
		assert_int_equal(totp_match(secret, moments[i].code, moments[i].at + 60, 0), 0);
		if (step > 1)
			assert_int_equal(totp_match(secret, moments[i].code, moments[i].at - 60,
			    0), 0);
		assert_int_equal(totp_match(secret, moments[i].code, moments[i].at, step), 0);
		assert_int_equal(totp_match(secret, moments[i].code, moments[i].at, step - 1), step);
	}
}

static void
reads_what_people_type(void **state)
{
	static const char *const right[] = { "287082", "287 082", " 287-082 ", "2 8 7 0 8 2" };
	static const char *const wrong[] = {
		"", " ", "28708", "2870820", "287082x", "x287082", "287083", "٢٨٧٠٨٢", "28708\n2"
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(right); i++)
		assert_int_equal(totp_match(secret, right[i], 59, 0), 1);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_int_equal(totp_match(secret, wrong[i], 59, 0), 0);
}

/* RFC 4648, section 6: what an app is given. */
static void
is_written_in_base_32(void **state)
{
	char text[TOTP_TEXT_SIZE];

	(void)state;
	assert_int_equal(totp_secret_text(secret, text), 0);
	assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

static int
set_up(void **state)
{
	(void)state;
	return seal_start();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_as_rfc_4226),
		cmocka_unit_test(codes_agree_with_rfc_6238),
		cmocka_unit_test(reads_what_people_type),
		cmocka_unit_test(is_written_in_base_32),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
