#include <stdlib.h>
#include <string.h>

#include <liboath/oath.h>
#include <sodium.h>

#include "seal/seal.h"
#include "seal/wipe.h"

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

/* Digits alone: people type the space that the app shows. */
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
