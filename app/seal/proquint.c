#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "seal/proquint.h"

#define LETTERS	5

static const char consonants[] = "bdfghjklmnprstvz";
static const char vowels[] = "aiou";
static const char between[] = "- \t\r\n\v\f";

void
proquint_write(char *text, const unsigned char *bytes, size_t words)
{
	for (size_t i = 0; i < words; i++) {
		unsigned word = (unsigned)bytes[2 * i] << 8 | bytes[2 * i + 1];

		*text++ = consonants[word >> 12];
		*text++ = vowels[word >> 10 & 3];
		*text++ = consonants[word >> 6 & 15];
		*text++ = vowels[word >> 4 & 3];
		*text++ = consonants[word & 15];
		*text++ = i + 1 < words ? '-' : '\0';
	}
}

/* Reads one word and moves *text past it. */
static int
word_read(uint16_t *word, const char **text)
{
	*word = 0;
	for (int i = 0; i < LETTERS; i++) {
		const char *alphabet = i % 2 == 0 ? consonants : vowels;
		int bits = i % 2 == 0 ? 4 : 2;
		const char *at;
		char letter;

		*text += strspn(*text, between);
		letter = (char)tolower((unsigned char)**text);
		at = letter == '\0' ? NULL : strchr(alphabet, letter);
		if (at == NULL)
			return -1;
		*word = (uint16_t)(*word << bits | (at - alphabet));
		(*text)++;
	}
	return 0;
}

int
proquint_read(unsigned char *bytes, size_t words, const char *text)
{
	for (size_t i = 0; i < words; i++) {
		uint16_t word;

		if (word_read(&word, &text) != 0)
			return -1;
		bytes[2 * i] = (unsigned char)(word >> 8);
		bytes[2 * i + 1] = (unsigned char)word;
	}
	text += strspn(text, between);
	return *text == '\0' ? 0 : -1;
}
