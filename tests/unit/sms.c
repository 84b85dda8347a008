/* How many messages a text becomes: GSM 03.38's septets, and UTF-16 units for all else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "rules/rules.h"

/* A text of `times` times `piece`, then `end`. */
static const struct {
	const char *piece; int times; const char *end;
	bool unicode; int units, count, left;
} table[] = {
	{ "", 0, "", false, 0, 0, 160 },
	{ "", 0, "Hej!", false, 4, 1, 156 },
	{ "a", 159, "", false, 159, 1, 1 },
	{ "a", 160, "", false, 160, 1, 0 },
	{ "a", 161, "", false, 161, 2, 145 },
	{ "a", 306, "", false, 306, 2, 0 },
	{ "a", 307, "", false, 307, 3, 152 },
	{ "a", 918, "", false, 918, 6, 0 },
	{ "a", 919, "", false, 919, 7, 152 },
	/* The extension table: two septets each, never in two parts. */
	{ "€", 80, "", false, 160, 1, 0 },
	{ "€", 80, "a", false, 161, 2, 144 },
	{ "a", 152, "€aaaaaaaa", false, 162, 2, 143 },
	{ "^{}\\[~]|", 10, "", false, 160, 1, 0 },
	{ "\f", 1, "", false, 2, 1, 158 },
	/* Swedish needs no more than that; nor does a line break. */
	{ "åäöÅÄÖéÉüñ", 16, "", false, 160, 1, 0 },
	{ "\n", 160, "", false, 160, 1, 0 },
	/* One other character, and all of it is UCS-2. */
	{ "a", 69, "”", true, 70, 1, 0 },
	{ "a", 70, "”", true, 71, 2, 63 },
	{ "م", 70, "", true, 70, 1, 0 },
	{ "م", 71, "", true, 71, 2, 63 },
	{ "م", 134, "", true, 134, 2, 0 },
	{ "م", 402, "", true, 402, 6, 0 },
	{ "م", 403, "", true, 403, 7, 66 },
	{ "ç", 1, "", true, 1, 1, 69 },		/* the alphabet has Ç only */
	{ "`", 1, "", true, 1, 1, 69 },
	{ "\t", 1, "", true, 1, 1, 69 },
	/* Beyond the basic plane: two units, never in two parts. */
	{ "😀", 35, "", true, 70, 1, 0 },
	{ "😀", 36, "", true, 72, 2, 61 },
	{ "م", 66, "😀ممم", true, 71, 2, 62 },
};

static void
segments_are_counted_by_alphabet_and_length(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct buffer text = { 0 };
		struct sms_segments parts;

		for (int n = 0; n < table[i].times; n++)
			buffer_text(&text, table[i].piece);
		buffer_text(&text, table[i].end);
		sms_segments_count(buffer_string(&text), &parts);
		if (parts.unicode != table[i].unicode || parts.units != table[i].units ||
		    parts.count != table[i].count || parts.left != table[i].left)
			fail_msg("row %zu: unicode %d, %d units, %d parts, %d left", i,
			    parts.unicode, parts.units, parts.count, parts.left);
		buffer_free(&text);
	}
}

/* 3GPP TS 23.038, 6.2.1: the whole default alphabet but its escape, by code. */
static const char alphabet[] =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

static void
the_whole_gsm_alphabet_is_seven_bits(void **state)
{
	struct sms_segments parts;

	(void)state;
	assert_int_equal(utf8_count(alphabet), 127);
	sms_segments_count(alphabet, &parts);
	assert_false(parts.unicode);
	assert_int_equal(parts.units, 127);
}

static void
a_name_in_a_text_is_found(void **state)
{
	static const struct { const char *text, *name, *word; } texts[] = {
		{ "Hej från Kristinehamns kommun!", "Kristinehamn", "Kristinehamns" },
		{ "vi på UNGDOMSCENTRUM.", "Ungdomscentrum Kristinehamn", "UNGDOMSCENTRUM" },
		{ "Ring (årjäng)", "Årjäng", "årjäng" },
		{ "KAA ringer", "KAA Karlstad", "KAA" },
		{ "Ring kaan", "KAA Karlstad", "kaan" },
		{ "kommunen ringer", "Karlstads kommun", NULL },	/* no capital */
		{ "Arjang", "Årjäng", NULL },
		{ "Kristina och Hamnen", "Kristinehamn", NULL },
		{ "Du kan ringa", "Du i Sunne", NULL },		/* two letters */
		{ "", "Kristinehamn", NULL },
		{ "Hej", "", NULL },
	};
	char word[64];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		bool named = text_names(texts[i].text, texts[i].name, word);

		if (named != (texts[i].word != NULL))
			fail_msg("row %zu: %d", i, named);
		if (named)
			assert_string_equal(word, texts[i].word);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(segments_are_counted_by_alphabet_and_length),
		cmocka_unit_test(the_whole_gsm_alphabet_is_seven_bits),
		cmocka_unit_test(a_name_in_a_text_is_found)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
