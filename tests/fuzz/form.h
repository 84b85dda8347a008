/* The checks of both fuzzers of forms. A fuzzer has one source file, so each includes a copy. */
#ifndef EGENREMISS_FUZZ_FORM_H
#define EGENREMISS_FUZZ_FORM_H

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

/* Checks that a form has only clean text. */
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

static void
demand_same(const struct form *one, const struct form *other)
{
	demand(one->count == other->count);
	for (size_t i = 0; i < one->count; i++) {
		demand(strcmp(one->fields[i].name, other->fields[i].name) == 0);
		demand(strcmp(one->fields[i].value, other->fields[i].value) == 0);
	}
}

#endif
