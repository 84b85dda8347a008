/* How hard a passphrase is to guess, and that measuring it takes no time. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "seal/seal.h"

#define SLOWEST_MS	100	/* a slow machine's; 20 ms was seen on a fast one */

static struct config_area areas[] = {
	{ .name = "Kristinehamn" }, { .name = "Årjäng" }
};
static const struct config config = {
	.service_name = "Ungdomsvägen Värmland", .areas = areas, .areas_count = COUNT_OF(areas)
};

static enum passphrase_verdict
judge(const char *passphrase)
{
	return passphrase_judge(&config, passphrase, "asa.berg", "Åsa Bergström");
}

static void
refuses_what_is_guessed(void **state)
{
	static const char *const weak[] = {
		"", "a", "kort", "password", "passw0rd123", "Tr0ub4dor", "qwertyuiop12",
		"aaaaaaaaaaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "19841231-1234", "2026-11-24",
		"lösenord123456", "Lösenfras2026!", "Sommaren2026!!", "sommarenärhär",
		"hejhejhejhej", "Välkommen123!", "mammaochpappa", "jag gillar kaffe",
		"gul bil regn", "fisk cykel moln", "lusab-babad",
		/* The person's, the service's and the place's own names. */
		"Kristinehamn2026!", "ungdomsvägen", "ÅsaBergström1984", "asa.berg-årjäng",
		"ungdomsvägenvärmland1", "Bergström i Kristinehamn", "åååååååååååååååååå"
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(weak); i++) {
		if (judge(weak[i]) != PASSPHRASE_WEAK)
			fail_msg("taken: \"%s\"", weak[i]);
	}
}

static void
takes_what_is_not(void **state)
{
	static const char *const strong[] = {
		"lampa fisk cykel moln", "blå stol lampa regn", "kaffe-regn-stol-ugn",
		"en gul katt dricker te", "morotskaka på balkongen", "correct horse battery staple",
		"x7Gk2pQ9wZ", "lusab-babad-gutih", "مرحبا بالعالم الجميل اليوم"
	};
	char made[SEAL_PASSPHRASE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(strong); i++) {
		if (judge(strong[i]) != PASSPHRASE_GOOD)
			fail_msg("refused: \"%s\"", strong[i]);
	}
	for (int i = 0; i < 1000; i++) {
		passphrase_make(made);
		assert_int_equal(judge(made), PASSPHRASE_GOOD);
	}
}

/* What the page says when it is too weak must be true. */
static void
a_word_more_helps(void **state)
{
	double one, two, three;

	(void)state;
	one = passphrase_bits("lampa fisk", NULL, 0);
	two = passphrase_bits("lampa fisk cykel", NULL, 0);
	three = passphrase_bits("lampa fisk cykel moln", NULL, 0);
	assert_true(one < two && two < three);
}

static void
a_passphrase_has_a_longest_length(void **state)
{
	struct buffer text = { 0 };
	struct work work = { .config = &config };

	(void)state;
	buffer_text(&text, "blå fisk i en cykel på moln ");
	while (utf8_count(text.data) < PASSPHRASE_MAX)
		buffer_text(&text, "ö");
	assert_int_equal(judge(text.data), PASSPHRASE_GOOD);
	buffer_text(&text, "x");
	assert_int_equal(judge(text.data), PASSPHRASE_LONG);
	assert_int_equal(passphrase_check(&work, text.data, "a", "A"), -1);
	assert_int_equal(work.error.kind, ERROR_INPUT);
	assert_int_equal(judge("lampa fisk cykel moln \xff"), PASSPHRASE_BROKEN);
	buffer_free(&text);
}

/* Repeats are what zxcvbn is slowest at; the longest that is accepted, of each. */
static void
takes_no_time(void **state)
{
	static const char *const repeated[] = {
		"a", "1", "ab", "aab", "12", "1234567890", "password", "p@ssw0rd1", "qwerty",
		"lusab-babad-", "12/12/12", "$$s", "!1", "åsa", "s0mm@r"
	};
	clock_t slowest = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(repeated); i++) {
		struct buffer text = { 0 };
		clock_t took;

		while (text.length + strlen(repeated[i]) <= PASSPHRASE_MAX)
			buffer_text(&text, repeated[i]);
		took = clock();
		(void)judge(text.data);
		took = clock() - took;
		if (took > slowest)
			slowest = took;
		buffer_free(&text);
	}
	print_message("the slowest took %ld ms\n", (long)(slowest * 1000 / CLOCKS_PER_SEC));
	assert_true(slowest <= SLOWEST_MS * CLOCKS_PER_SEC / 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_what_is_guessed),
		cmocka_unit_test(takes_what_is_not),
		cmocka_unit_test(a_word_more_helps),
		cmocka_unit_test(a_passphrase_has_a_longest_length),
		cmocka_unit_test(takes_no_time),
	};

	return seal_start() == -1 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
