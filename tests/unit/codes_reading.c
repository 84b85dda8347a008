/* Codes: what is mistyped is recognized, what is only written differently is read. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "base/base.h"
#include "rules/codes.h"
#include "rules/rules.h"

#include <cmocka.h>

#define SAMPLES	4000

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Numbers spread over the 25 bits, the ends among them. */
static uint32_t
sample(uint32_t i)
{
	return i == 0 ? 0 : i == 1 ? 0x1ffffff : i * 2654435761U >> 7;
}

static void
to_lower(char *code)
{
	for (; *code != '\0'; code++)
		*code = (char)tolower((unsigned char)*code);
}

/* Parses in both cases: whether either is taken for a code. */
static bool
is_taken(const char *written)
{
	char read[CODE_SIZE], lower[CODE_SIZE];

	memcpy(lower, written, CODE_SIZE);
	to_lower(lower);
	return code_parse(written, read) == 0 || code_parse(lower, read) == 0;
}

static void
reads_what_it_makes(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < SAMPLES; i++) {
		char code[CODE_SIZE], read[CODE_SIZE], lower[CODE_SIZE];

		code_make(sample(i), code);
		assert_int_equal(strlen(code), 6);
		assert_int_equal(strspn(code, digits), 6);
		assert_int_equal(code_parse(code, read), 0);
		assert_string_equal(read, code);
		memcpy(lower, code, sizeof(lower));
		to_lower(lower);
		assert_int_equal(code_parse(lower, read), 0);
		assert_string_equal(read, code);
	}
}

static void
different_numbers_make_different_codes(void **state)
{
	char zero[CODE_SIZE], one[CODE_SIZE], high[CODE_SIZE];

	(void)state;
	code_make(0, zero);
	code_make(1, one);
	code_make(1U << 24, high);
	assert_memory_equal(zero, "00000", 5);
	assert_memory_equal(one, "00001", 5);
	assert_memory_equal(high, "G0000", 5);
	/* By hand: 1 * a^5 = a^2 + 1, and 16 * a = a^5. */
	assert_string_equal(one, "000015");
	assert_string_equal(high, "G00005");
}

static void
recognizes_every_wrong_character(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < SAMPLES; i++) {
		char code[CODE_SIZE], wrong[CODE_SIZE];

		code_make(sample(i), code);
		for (size_t at = 0; at < 6; at++) {
			for (size_t c = 0; c < 32; c++) {
				memcpy(wrong, code, sizeof(wrong));
				wrong[at] = digits[c];
				if (digits[c] != code[at] && is_taken(wrong))
					fail_msg("%s for %s", wrong, code);
			}
		}
	}
}

static void
recognizes_every_swap(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < SAMPLES; i++) {
		char code[CODE_SIZE], wrong[CODE_SIZE];

		code_make(sample(i), code);
		for (size_t a = 0; a < 6; a++) {
			for (size_t b = a + 1; b < 6; b++) {
				memcpy(wrong, code, sizeof(wrong));
				wrong[a] = code[b];
				wrong[b] = code[a];
				if (code[a] != code[b] && is_taken(wrong))
					fail_msg("%s for %s", wrong, code);
			}
		}
	}
}

static void
reads_look_alikes(void **state)
{
	static const char *const written[] = {
		"000015", "OOOO15", "oooo15", "ooooI5", "ooooi5", "ooooL5", "0000l5",
		"000-015", "0000 15", " 000015 ", "0-0-0-0-1-5",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(written); i++) {
		char read[CODE_SIZE];

		if (code_parse(written[i], read) != 0)
			fail_msg("%s is refused", written[i]);
		assert_string_equal(read, "000015");
	}
}

static void
refuses_what_is_no_code(void **state)
{
	static const char *const written[] = {
		"", "-", "00001", "0000155", "000016", "00001U", "00001u", "00001å", "0000.5",
		"000015\n", "000015/", "%3000015", "\xff\xff\xff\xff\xff\xff",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(written); i++) {
		char read[CODE_SIZE];

		if (code_parse(written[i], read) != -1)
			fail_msg("%s is taken", written[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_it_makes),
		cmocka_unit_test(different_numbers_make_different_codes),
		cmocka_unit_test(recognizes_every_wrong_character),
		cmocka_unit_test(recognizes_every_swap),
		cmocka_unit_test(reads_look_alikes),
		cmocka_unit_test(refuses_what_is_no_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
