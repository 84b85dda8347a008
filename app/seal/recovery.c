/* Proquints, and the recovery key as words. */
#include <ctype.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "seal/internal.h"
#include "seal/seal.h"

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

#define CHECK_SIZE	2
#define WORDS		((SEAL_KEY_SIZE + CHECK_SIZE) / 2)

_Static_assert(SEAL_RECOVERY_TEXT_SIZE >= PROQUINT_TEXT_SIZE(WORDS),
    "the recovery words fit where they are written");

static void
check_make(unsigned char check[CHECK_SIZE], const unsigned char key[SEAL_KEY_SIZE])
{
	unsigned char hash[crypto_generichash_BYTES];

	(void)crypto_generichash(hash, sizeof(hash), key, SEAL_KEY_SIZE, NULL, 0);
	frames_wipe();
	memcpy(check, hash, CHECK_SIZE);
	sodium_memzero(hash, sizeof(hash));
}

void
recovery_write(const struct secret_key *key, char text[SEAL_RECOVERY_TEXT_SIZE])
{
	unsigned char bytes[SEAL_KEY_SIZE + CHECK_SIZE];

	memcpy(bytes, key->bytes, SEAL_KEY_SIZE);
	check_make(bytes + SEAL_KEY_SIZE, key->bytes);
	proquint_write(text, bytes, WORDS);
	sodium_memzero(bytes, sizeof(bytes));
}

int
recovery_read(struct secret_key *key, const char *text)
{
	unsigned char bytes[SEAL_KEY_SIZE + CHECK_SIZE], check[CHECK_SIZE];
	int result = proquint_read(bytes, WORDS, text);

	if (result == 0) {
		check_make(check, bytes);
		result = sodium_memcmp(check, bytes + SEAL_KEY_SIZE, CHECK_SIZE);
	}
	if (result == 0)
		memcpy(key->bytes, bytes, SEAL_KEY_SIZE);
	else
		sodium_memzero(key, sizeof(*key));
	sodium_memzero(bytes, sizeof(bytes));
	return result;
}
