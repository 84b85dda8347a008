/* Any text: what is clean stays as it is, and holds nothing that is not text. */
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
demand_clean(const struct buffer *clean, enum typed_kind kind)
{
	uint32_t point;

	demand(clean->data[0] != ' ' && clean->data[clean->length - 1] != ' ');
	for (size_t i = 0, step; i < clean->length; i += step) {
		step = utf8_sequence(clean->data + i, clean->length - i, &point);
		demand(step > 0);
		demand(point >= 0x20 || (kind == TYPED_TEXT && point == '\n'));
		demand(point < 0x7f || point > 0xa0);
		demand(point < 0x202a || point > 0x202e);
		demand(kind == TYPED_TEXT || point < 0x2066 || point > 0x2069);
	}
}

static void
try(const char *text, enum typed_kind kind)
{
	struct buffer clean = { 0 }, again = { 0 }, before = { 0 }, after = { 0 };
	const enum fault fault = typed_clean(text, kind, &clean);

	/* What cannot be taken can be told, by words that can. */
	demand(typed_unusable(text, &before, &after) == (fault == FAULT_CHARACTERS));
	demand(utf8_count(buffer_string(&before)) <= 20 && utf8_count(buffer_string(&after)) <= 20);
	demand(before.length == 0 || typed_clean(before.data, TYPED_LINE, &again) != FAULT_CHARACTERS);
	demand(after.length == 0 || typed_clean(after.data, TYPED_LINE, &again) != FAULT_CHARACTERS);
	buffer_clear(&again);
	if (fault == FAULT_NONE) {
		demand_clean(&clean, kind);
		demand(typed_clean(clean.data, kind, &again) == FAULT_NONE);
		demand(strcmp(clean.data, again.data) == 0);
	}
	(void)personnummer_in(text);
	(void)phone_fault(text);
	buffer_wipe(&clean);
	buffer_wipe(&again);
	buffer_wipe(&before);
	buffer_wipe(&after);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char *text = malloc(length + 1);

	if (text == NULL)
		abort();
	memcpy(text, bytes, length);
	text[length] = '\0';
	try(text, TYPED_LINE);
	try(text, TYPED_TEXT);
	free(text);
	return 0;
}
