/* Any text: what is taken for a number is E.164, and is read again as shown. */
#include <stdlib.h>
#include <string.h>

#include "referral/referral.h"

int	LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char e164[PHONE_MAX], again[PHONE_MAX], shown[32], anything[32];
	struct buffer written = { 0 };

	buffer_add(&written, bytes, length);
	phone_show(buffer_string(&written), anything);
	if (phone_parse(buffer_string(&written), e164) == 0) {
		size_t digits = strspn(e164 + 1, "0123456789");

		demand(e164[0] == '+' && e164[1] != '0');
		demand(e164[1 + digits] == '\0' && digits >= 7 && digits <= 15);
		phone_show(e164, shown);
		demand(phone_parse(shown, again) == 0 && strcmp(again, e164) == 0);
		demand(phone_parse(e164, again) == 0 && strcmp(again, e164) == 0);
	}
	buffer_free(&written);
	return 0;
}
