/* Any bytes: decoded, they are clean text, and encoding gives them back. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

int	LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

static void
encode_all(const struct form *form, struct buffer *out)
{
	for (size_t i = 0; i < form->count; i++) {
		const struct form_field *field = &form->fields[i];

		demand(utf8_valid(field->name, strlen(field->name)));
		demand(utf8_valid(field->value, strlen(field->value)));
		demand(form_value(form, field->name) == field->value);
		form_encode(out, field->name, field->value);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct buffer once = { 0 }, twice = { 0 };
	struct form form, again;

	if (form_decode(&form, (const char *)bytes, length) != FORM_OK) {
		demand(form.count == 0 && form.text == NULL);
		return 0;
	}
	encode_all(&form, &once);
	demand(form_decode(&again, buffer_string(&once), once.length) == FORM_OK);
	demand(again.count == form.count);
	encode_all(&again, &twice);
	demand(once.length == twice.length);
	demand(strcmp(buffer_string(&once), buffer_string(&twice)) == 0);
	form_wipe(&form);
	form_wipe(&again);
	buffer_free(&once);
	buffer_free(&twice);
	return 0;
}
