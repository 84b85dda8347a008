/*
 * Decodes random bytes as a form: every decoded text is clean, and encoding and decoding
 * it again gives the same. Tries the bytes unchanged, and as indexes of characters that
 * are frequent in forms.
 */
#include "base/base.h"
#include "form.h"

int	LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
try_form(const char *bytes, size_t length)
{
	struct buffer encoded = { 0 };
	struct form form, again;

	if (form_decode(&form, bytes, length) != FORM_OK) {
		demand(form.count == 0 && form.text == NULL);
		return;
	}
	encode_all(&form, &encoded);
	demand(form_decode(&again, buffer_string(&encoded), encoded.length) == FORM_OK);
	demand_same(&form, &again);
	form_wipe(&form);
	form_wipe(&again);
	buffer_free(&encoded);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const char *const used[] = {
		"a", "b", "&", "=", "+", "%", "%2B", "%26", "%3d", "%C3%A5", "%C3", "%00", "%0", " ",
		"å", "\n",
	};
	struct buffer row = { 0 };

	try_form((const char *)bytes, length);
	for (size_t i = 0; i < length; i++)
		buffer_text(&row, used[bytes[i] % COUNT_OF(used)]);
	try_form(buffer_string(&row), row.length);
	buffer_free(&row);
	return 0;
}
