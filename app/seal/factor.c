/* One-time codes (TOTP), recovery codes, and their lock. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include <liboath/oath.h>

#include "seal/internal.h"
#include "seal/seal.h"

#define DIGITS		(TOTP_CODE_SIZE - 1)
#define LATE_STEPS	1	/* RFC 6238, section 5.2: one step for a clock that is off */

int
totp_start(void)
{
	return oath_init() == OATH_OK ? 0 : -1;
}

int
totp_code(const unsigned char secret[TOTP_SECRET_SIZE], int64_t step, char code[TOTP_CODE_SIZE])
{
	int result = oath_hotp_generate((const char *)secret, TOTP_SECRET_SIZE, (uint64_t)step,
	    DIGITS, false, OATH_HOTP_DYNAMIC_TRUNCATION, code);

	frames_wipe();
	return result == OATH_OK ? 0 : -1;
}

/* Reads six digits; skips spaces and hyphens, because apps show a space. */
static bool
digits_of(const char *text, char code[TOTP_CODE_SIZE])
{
	size_t length = 0;

	for (; *text != '\0'; text++) {
		if (*text == ' ' || *text == '-')
			continue;
		if (*text < '0' || *text > '9' || length == DIGITS)
			return false;
		code[length++] = *text;
	}
	code[length] = '\0';
	return length == DIGITS;
}

int64_t
totp_match(const unsigned char secret[TOTP_SECRET_SIZE], const char *given, int64_t now,
    int64_t used_step)
{
	int64_t present = now / TOTP_STEP_SECONDS, matched = 0;
	char right[TOTP_CODE_SIZE], code[TOTP_CODE_SIZE];

	if (!digits_of(given, code))
		return 0;
	for (int64_t step = present - LATE_STEPS; step <= present + LATE_STEPS; step++) {
		if (totp_code(secret, step, right) == 0 &&
		    sodium_memcmp(right, code, sizeof(right)) == 0 &&
		    step > used_step && matched == 0)
			matched = step;
	}
	sodium_memzero(right, sizeof(right));
	sodium_memzero(code, sizeof(code));
	return matched;
}

int
totp_secret_text(const unsigned char secret[TOTP_SECRET_SIZE], char text[TOTP_TEXT_SIZE])
{
	char *base32 = NULL;
	size_t length = 0;
	int result = -1;

	if (oath_base32_encode((const char *)secret, TOTP_SECRET_SIZE, &base32, &length) ==
	    OATH_OK && length == TOTP_TEXT_SIZE - 1) {
		memcpy(text, base32, TOTP_TEXT_SIZE);
		result = 0;
	}
	if (base32 != NULL)
		sodium_memzero(base32, length);
	free(base32);
	return result;
}

#define PLAIN_SIZE	(TOTP_SECRET_SIZE + FACTOR_CODES * FACTOR_CODE_BYTES + 2)
#define CODE_WORDS	(FACTOR_CODE_BYTES / 2)

_Static_assert(SEAL_FACTOR_SIZE == 1 + PLAIN_SIZE + BOX_OVERHEAD,
    "a locked factor is a format byte and a box");
_Static_assert(FACTOR_CODE_SIZE == PROQUINT_TEXT_SIZE(CODE_WORDS), "a code fits where it is written");

struct factor *
factor_new(void)
{
	struct factor *factor = sodium_malloc(sizeof(*factor));

	if (factor != NULL)
		sodium_memzero(factor, sizeof(*factor));
	return factor;
}

void
factor_free(struct factor *factor)
{
	sodium_free(factor);
}

void
factor_make(struct factor *factor)
{
	sodium_memzero(factor, sizeof(*factor));
	randombytes_buf(factor->secret, sizeof(factor->secret));
}

void
factor_codes_make(struct factor *factor)
{
	randombytes_buf(factor->codes, sizeof(factor->codes));
	factor->left = (1U << FACTOR_CODES) - 1;
}

void
factor_code_text(const struct factor *factor, size_t index, char text[FACTOR_CODE_SIZE])
{
	proquint_write(text, factor->codes[index], CODE_WORDS);
}

int
factor_code_use(struct factor *factor, const char *text)
{
	unsigned char given[FACTOR_CODE_BYTES];
	int result = -1;

	if (proquint_read(given, CODE_WORDS, text) != 0)
		return -1;
	for (size_t i = 0; i < FACTOR_CODES; i++) {
		if (sodium_memcmp(given, factor->codes[i], sizeof(given)) == 0 &&
		    (factor->left & 1U << i) != 0) {
			factor->left &= ~(1U << i);
			result = 0;
		}
	}
	sodium_memzero(given, sizeof(given));
	return result;
}

static int
derive(struct secret_key *key, const struct secret_key *secret)
{
	int result = crypto_kdf_derive_from_key(key->bytes, sizeof(key->bytes), 1, "factor__",
	    secret->bytes);

	frames_wipe();
	return result;
}

static void
factor_binding(struct binding *binding, int64_t account)
{
	aead_data_start(binding, "egenremiss factor");
	aead_data_number(binding, account);
}

/* Writes the plaintext where the ciphertext will overwrite it. */
static void
write_plain(unsigned char *plain, const struct factor *factor)
{
	memcpy(plain, factor->secret, sizeof(factor->secret));
	plain += sizeof(factor->secret);
	memcpy(plain, factor->codes, sizeof(factor->codes));
	plain += sizeof(factor->codes);
	plain[0] = (unsigned char)(factor->left >> 8);
	plain[1] = (unsigned char)factor->left;
}

static void
read_plain(struct factor *factor, const unsigned char *plain)
{
	memcpy(factor->secret, plain, sizeof(factor->secret));
	plain += sizeof(factor->secret);
	memcpy(factor->codes, plain, sizeof(factor->codes));
	plain += sizeof(factor->codes);
	factor->left = (unsigned)plain[0] << 8 | plain[1];
}

int
factor_lock(unsigned char locked[SEAL_FACTOR_SIZE], const struct factor *factor, int64_t account,
    const struct secret_key *secret)
{
	struct secret_key *key = secret_key_new();
	struct binding binding;
	int result = -1;

	sodium_memzero(locked, SEAL_FACTOR_SIZE);
	if (key != NULL && derive(key, secret) == 0) {
		locked[0] = SEAL_FORMAT;
		factor_binding(&binding, account);
		write_plain(locked + 1 + BOX_NONCE_SIZE, factor);
		aead_seal(locked + 1, locked + 1 + BOX_NONCE_SIZE, PLAIN_SIZE, key->bytes, &binding);
		result = 0;
	}
	secret_key_free(key);
	return result;
}

int
factor_unlock(struct factor *factor, const unsigned char *locked, size_t size, int64_t account,
    const struct secret_key *secret)
{
	struct secret_key *key = secret_key_new();
	unsigned char plain[PLAIN_SIZE];
	struct binding binding;
	int result = -1;

	factor_binding(&binding, account);
	if (key != NULL && size == SEAL_FACTOR_SIZE && locked[0] == SEAL_FORMAT &&
	    derive(key, secret) == 0 &&
	    aead_open(plain, locked + 1, size - 1, key->bytes, &binding) == 0) {
		read_plain(factor, plain);
		result = 0;
	} else {
		sodium_memzero(factor, sizeof(*factor));
	}
	sodium_memzero(plain, sizeof(plain));
	secret_key_free(key);
	return result;
}
