#include <ctype.h>
#include <string.h>

#include <sodium.h>
#include <zxcvbn.h>

#include "seal/seal.h"

#define MEASURED	40	/* characters; zxcvbn's time grows with their fourth power */
#define NEAR_MOST	32
#define FRAMES_SIZE	16384	/* more than zxcvbn goes down */

#define LETTER_BITS	2.6	/* of a word of five letters among 8 000 */
#define BETWEEN_BITS	1.0	/* a space or a hyphen between words */
#define OTHER_BITS	6.5	/* any of 95 characters */
#define WORD_LEAST	3	/* letters in a row that may be a word */

/* What Swedes try first, and zxcvbn's dictionary of English does not have. */
static const char *const tempting[] = {
	"losenord", "losenfras", "hemlig", "hemligt", "valkommen", "sommar", "vinter", "host",
	"sverige", "kommun", "hejsan", "qwertyuiopa", "asdfghjklo", "alskling", "mamma", "pappa"
};

/* Each character as one ASCII letter: its bytes must not be taken for three characters. */
static char
letter_of(uint32_t point)
{
	switch (point) {
	case 0xe5: case 0xe4: case 0xc5: case 0xc4: case 0xe1: case 0xe0:
		return 'a';
	case 0xf6: case 0xd6: case 0xf8: case 0xd8:
		return 'o';
	case 0xe9: case 0xc9: case 0xe8: case 0xeb:
		return 'e';
	case 0xfc: case 0xdc:
		return 'u';
	default:
		return (char)(point < 0x80 ? (int)point : 'a' + (int)(point % 26));
	}
}

/* At most MEASURED characters of it. */
static void
fold(char folded[MEASURED + 1], const char *text, bool lower)
{
	size_t left = strlen(text), written = 0, size;
	uint32_t point;

	while (left > 0 && written < MEASURED &&
	    (size = utf8_sequence(text, left, &point)) != 0) {
		char letter = letter_of(point);

		folded[written++] = lower ? (char)tolower((unsigned char)letter) : letter;
		text += size;
		left -= size;
	}
	folded[written] = '\0';
}

/* What it is worth to somebody who guesses word by word in a language that zxcvbn does not have. */
static double
bits_of_words(const char *text)
{
	double bits = 0;

	while (*text != '\0') {
		size_t run = 0;

		while (isalpha((unsigned char)text[run]) != 0)
			run++;
		if (run >= WORD_LEAST) {
			bits += (double)run * LETTER_BITS;
			text += run;
		} else {
			bits += *text == ' ' || *text == '-' ? BETWEEN_BITS : OTHER_BITS;
			text++;
		}
	}
	return bits;
}

double
passphrase_bits(const char *passphrase, const char *const *near, size_t count)
{
	const char *words[NEAR_MOST + COUNT_OF(tempting) + 1] = { NULL };
	char folded[MEASURED + 1], nearest[NEAR_MOST][MEASURED + 1];
	size_t words_count = 0;
	double bits, by_words;

	for (size_t i = 0; i < count && i < NEAR_MOST; i++) {
		fold(nearest[i], near[i], true);
		if (nearest[i][0] != '\0')
			words[words_count++] = nearest[i];
	}
	for (size_t i = 0; i < COUNT_OF(tempting); i++)
		words[words_count++] = tempting[i];
	fold(folded, passphrase, false);
	bits = ZxcvbnMatch(folded, words, NULL);
	by_words = bits_of_words(folded);
	sodium_memzero(folded, sizeof(folded));
	sodium_stackzero(FRAMES_SIZE);
	return bits < by_words ? bits : by_words;
}
