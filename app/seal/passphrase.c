/* Locks a secret with Argon2id of a passphrase, and measures the strength of a passphrase. */
#include <ctype.h>
#include <endian.h>
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <zxcvbn.h>

#include "base/base.h"
#include "seal/internal.h"
#include "seal/seal.h"

#define MEMORY_KIB_MIN	(crypto_pwhash_argon2id_MEMLIMIT_MIN / 1024)
#define MEMORY_KIB_MAX	(UINT32_C(1) << 20)
#define OPERATIONS_MAX	16
#define PASSPHRASE_WORDS	5

/* The offsets of the parts of a locked secret. */
enum {
	AT_OPERATIONS = 1,
	AT_MEMORY = AT_OPERATIONS + 4,
	AT_SALT = AT_MEMORY + 4,
	AT_BOX = AT_SALT + crypto_pwhash_argon2id_SALTBYTES
};

_Static_assert(SEAL_LOCKED_SIZE == AT_BOX + SEAL_KEY_SIZE + BOX_OVERHEAD,
    "a locked secret ends with its box");
_Static_assert(SEAL_PASSPHRASE_SIZE >= PROQUINT_TEXT_SIZE(PASSPHRASE_WORDS),
    "a passphrase fits where it is written");

const struct passphrase_cost passphrase_cost = { .operations = 3, .memory_kib = 64 * 1024 };

static void
cost_write(unsigned char *locked, const struct passphrase_cost *cost)
{
	uint32_t operations = htobe32(cost->operations), memory = htobe32(cost->memory_kib);

	memcpy(locked + AT_OPERATIONS, &operations, sizeof(operations));
	memcpy(locked + AT_MEMORY, &memory, sizeof(memory));
}

static void
cost_read(struct passphrase_cost *cost, const unsigned char *locked)
{
	uint32_t operations, memory;

	memcpy(&operations, locked + AT_OPERATIONS, sizeof(operations));
	memcpy(&memory, locked + AT_MEMORY, sizeof(memory));
	cost->operations = be32toh(operations);
	cost->memory_kib = be32toh(memory);
}

static bool
cost_allowed(const struct passphrase_cost *cost)
{
	return cost->operations >= crypto_pwhash_argon2id_OPSLIMIT_MIN &&
	    cost->operations <= OPERATIONS_MAX &&
	    cost->memory_kib >= MEMORY_KIB_MIN && cost->memory_kib <= MEMORY_KIB_MAX;
}

/* The cost is allowed, so that Argon2id can fail for lack of memory alone. */
static int
passphrase_key(unsigned char key[SEAL_KEY_SIZE], const char *passphrase,
    const unsigned char *locked, const struct passphrase_cost *cost)
{
	if (crypto_pwhash_argon2id(key, SEAL_KEY_SIZE, passphrase, strlen(passphrase),
	    locked + AT_SALT, cost->operations, (size_t)cost->memory_kib * 1024,
	    crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0)
		return 0;
	errno = ENOMEM;
	return -1;
}

static void
account_binding(struct binding *binding, int64_t account)
{
	aead_data_start(binding, "egenremiss account");
	aead_data_number(binding, account);
}

int
secret_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
    int64_t account, const char *passphrase, const struct passphrase_cost *cost)
{
	unsigned char key[SEAL_KEY_SIZE];
	struct binding binding;
	int result = -1;

	errno = 0;
	sodium_memzero(locked, SEAL_LOCKED_SIZE);
	if (!cost_allowed(cost))
		return -1;
	randombytes_buf(locked + AT_SALT, crypto_pwhash_argon2id_SALTBYTES);
	if (passphrase_key(key, passphrase, locked, cost) == 0) {
		locked[0] = SEAL_FORMAT;
		cost_write(locked, cost);
		account_binding(&binding, account);
		aead_seal(locked + AT_BOX, secret->bytes, sizeof(secret->bytes), key, &binding);
		result = 0;
	}
	sodium_memzero(key, sizeof(key));
	return result;
}

int
secret_unlock(struct secret_key *secret, const unsigned char *locked, size_t size,
    int64_t account, const char *passphrase)
{
	unsigned char key[SEAL_KEY_SIZE];
	struct passphrase_cost cost;
	struct binding binding;
	int result;

	errno = 0;
	sodium_memzero(secret, sizeof(*secret));
	if (size != SEAL_LOCKED_SIZE || locked[0] != SEAL_FORMAT)
		return -1;
	cost_read(&cost, locked);
	if (!cost_allowed(&cost))
		return -1;
	result = passphrase_key(key, passphrase, locked, &cost);
	if (result == 0) {
		account_binding(&binding, account);
		result = aead_open(secret->bytes, locked + AT_BOX, size - AT_BOX, key, &binding);
	}
	sodium_memzero(key, sizeof(key));
	return result;
}

void
secret_unlock_pretend(const char *passphrase)
{
	unsigned char locked[SEAL_LOCKED_SIZE];
	struct secret_key nobody;

	randombytes_buf(locked, sizeof(locked));
	locked[0] = SEAL_FORMAT;
	cost_write(locked, &passphrase_cost);
	(void)secret_unlock(&nobody, locked, sizeof(locked), 0, passphrase);
}

void
passphrase_make(char passphrase[SEAL_PASSPHRASE_SIZE])
{
	unsigned char bytes[2 * PASSPHRASE_WORDS];

	randombytes_buf(bytes, sizeof(bytes));
	proquint_write(passphrase, bytes, PASSPHRASE_WORDS);
	sodium_memzero(bytes, sizeof(bytes));
}

#define MEASURED	40	/* characters; zxcvbn's time grows with their fourth power */
#define NEAR_MAX	32
#define FRAMES_SIZE	16384	/* more stack than zxcvbn uses */

#define LETTER_BITS	2.6	/* of a word of five letters among 8 000 */
#define BETWEEN_BITS	1.0	/* a space or a hyphen between words */
#define OTHER_BITS	6.5	/* any of 95 characters */
#define WORD_MIN	3	/* letters in a row that may be a word */

/* Words that Swedes often choose and zxcvbn's English dictionary lacks. */
static const char *const tempting[] = {
	"losenord", "losenfras", "hemlig", "hemligt", "valkommen", "sommar", "vinter", "host",
	"sverige", "kommun", "hejsan", "qwertyuiopa", "asdfghjklo", "alskling", "mamma", "pappa"
};

/* Turns a character into one ASCII letter, so that zxcvbn does not count its bytes as letters. */
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

/* Folds the first MEASURED characters. */
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

/* The strength against guesses word by word in a language that zxcvbn does not know. */
static double
bits_of_words(const char *text)
{
	double bits = 0;

	while (*text != '\0') {
		size_t run = 0;

		while (isalpha((unsigned char)text[run]) != 0)
			run++;
		if (run >= WORD_MIN) {
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
	const char *words[NEAR_MAX + COUNT_OF(tempting) + 1] = { NULL };
	char folded[MEASURED + 1], nearest[NEAR_MAX][MEASURED + 1];
	size_t words_count = 0;
	double bits, by_words;

	for (size_t i = 0; i < count && i < NEAR_MAX; i++) {
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
