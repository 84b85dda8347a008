/*
 * Parses random text as a telephone number: every accepted number is E.164, and is
 * accepted again as phone_show writes it. Tries the bytes unchanged, and as indexes of
 * characters that are frequent in numbers.
 */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "rules/rules.h"

int	LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

static void
try_text(const char *written)
{
	char e164[PHONE_MAX], again[PHONE_MAX], shown[32];
	size_t digits;

	phone_show(written, shown);
	if (phone_parse(written, e164) != 0)
		return;
	digits = strspn(e164 + 1, "0123456789");
	demand(e164[0] == '+' && e164[1] != '0');
	demand(e164[1 + digits] == '\0' && digits >= 7 && digits <= 15);
	phone_show(e164, shown);
	demand(phone_parse(shown, again) == 0 && strcmp(again, e164) == 0);
	demand(phone_parse(e164, again) == 0 && strcmp(again, e164) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const char used[] = "0123456789+-( )0";
	struct buffer written = { 0 }, row = { 0 };

	buffer_add(&written, bytes, length);
	try_text(buffer_string(&written));
	for (size_t i = 0; i < length; i++)
		buffer_add(&row, &used[bytes[i] % (sizeof(used) - 1)], 1);
	try_text(buffer_string(&row));
	buffer_free(&written);
	buffer_free(&row);
	return 0;
}
