/*
 * Checks random forms: every accepted submission keeps the contract, and its sealed part
 * decodes to the same answers. Tries the bytes as a whole form, and as the value of one
 * field of a form that is otherwise right.
 */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/rules.h"

int	LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct config_area area = { .code = "1781", .message = true };

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

/* The text has no character that a page, a log or a terminal would act on. */
static void
demand_clean(const char *text, size_t most, bool lines)
{
	size_t points = 0, length = strlen(text);
	uint32_t point;

	for (size_t i = 0, step; i < length; i += step, points++) {
		step = utf8_sequence(text + i, length - i, &point);
		demand(step > 0);
		demand(point >= 0x20 || (lines && point == '\n'));
		demand(point < 0x7f || point > 0x9f);
		demand(point < 0x202a || point > 0x202e);
		demand(point < 0x2066 || point > 0x2069 || lines);
	}
	demand(points <= most);
}

static void
demand_sealed(const struct submission *submission)
{
	struct buffer out = { 0 };
	struct form form;

	submission_encode(submission, &out);
	demand(form_decode(&form, out.data, out.length) == FORM_OK);
	demand(strcmp(form_value(&form, "name"), submission->name) == 0);
	demand(strcmp(form_value(&form, "phone"), submission->phone) == 0);
	demand(strcmp(form_value(&form, "speak"), submission->language) == 0);
	if (submission->message[0] != '\0')
		demand(strcmp(form_value(&form, "message"), submission->message) == 0);
	form_wipe(&form);
	buffer_free(&out);
}

static void
demand_contract(const struct submission *submission)
{
	demand(submission->who < WHO_COUNT && submission->age < AGE_COUNT);
	demand(submission->contact < CONTACT_COUNT && submission->when < WINDOW_COUNT);
	demand((submission->workplace < WORKPLACE_COUNT) ==
	    (submission->who == WHO_PROFESSIONAL));
	demand(submission_inflow(submission) < INFLOW_COUNT);
	demand(submission->name[0] != '\0' && submission->phone[0] == '+');
	demand_clean(submission->name, NAME_MAX_CHARACTERS, false);
	demand_clean(submission->helper_name, NAME_MAX_CHARACTERS, false);
	demand_clean(submission->message, MESSAGE_MAX, true);
	demand_sealed(submission);
}

static void
try_form(const char *bytes, size_t length)
{
	enum fault faults[FIELD_COUNT];
	struct submission submission;
	enum submission_result result;
	bool faulty = false;
	struct form form;

	if (form_decode(&form, bytes, length) != FORM_OK)
		return;
	result = submission_check(&form, &area, "ar", &submission, faults);
	for (int i = 0; i < FIELD_COUNT; i++)
		faulty = faulty || faults[i] != FAULT_NONE;
	demand(faulty == (result == SUBMISSION_FAULTY));
	if (result == SUBMISSION_OK)
		demand_contract(&submission);
	form_wipe(&form);
}

/* The characters of which the bytes are indexes, repeated as often as asked. */
static void
write_value(struct buffer *value, const uint8_t *bytes, size_t length, int times)
{
	static const char *const used[] = {
		"a", "å", "ع", "😀", " ", "\u00a0", "\n", "\r", "\t", "\x7f", "\xc2\x85", "\u200b",
		"\u200d", "\u200f", "\u2028", "\u202e", "\u2066", "\u2069", "\u3164", "&", "=", "%",
		"+", "<", "0", "-", "\xff",
	};

	while (times-- > 0) {
		for (size_t i = 0; i < length; i++)
			buffer_text(value, used[bytes[i] % COUNT_OF(used)]);
	}
}

/* First byte: `who`, and how often the rest is repeated. Second byte: the field for the rest. */
static void
try_field(const uint8_t *bytes, size_t length)
{
	static const char *const right[FIELD_COUNT] = {
		[FIELD_AGREED] = "yes", [FIELD_WORKPLACE] = "school", [FIELD_AGE] = "15-17",
		[FIELD_NAME] = "Bo", [FIELD_PHONE] = "070-1740605", [FIELD_CONTACT] = "call",
		[FIELD_KNOWS] = "no",
	};
	struct buffer value = { 0 }, body = { 0 };
	int changed;

	if (length < 2)
		return;
	changed = bytes[1] % FIELD_COUNT;
	write_value(&value, bytes + 2, length - 2, 1 << bytes[0] / WHO_COUNT % 8);
	form_encode(&body, "who", word_of(&words_who, bytes[0] % WHO_COUNT));
	for (int i = FIELD_WHO + 1; i < FIELD_COUNT; i++) {
		if (i == changed)
			form_encode(&body, field_name((enum field)i), buffer_string(&value));
		else if (right[i] != NULL)
			form_encode(&body, field_name((enum field)i), right[i]);
	}
	try_form(body.data, body.length);
	buffer_free(&body);
	buffer_free(&value);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	try_form((const char *)bytes, length);
	try_field(bytes, length);
	return 0;
}
