/*
 * Any form: what is accepted keeps the contract, and what is sealed of it is
 * a form again that says the same.
 */
#include <stdlib.h>
#include <string.h>

#include "referral/referral.h"

int	LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct config_area area = { .code = "1781", .message = true };

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

/* Nothing that a page, a log or a terminal could take for more than text. */
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
		demand(point < 0x2066 || point > 0x2069);
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
	demand_clean(submission->name, NAME_MAX_POINTS, false);
	demand_clean(submission->helper_name, NAME_MAX_POINTS, false);
	demand_clean(submission->message, MESSAGE_MAX_POINTS, true);
	demand_sealed(submission);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	enum fault faults[FIELD_COUNT];
	struct submission submission;
	enum submission_result result;
	bool faulty = false;
	struct form form;

	if (form_decode(&form, (const char *)bytes, length) != FORM_OK)
		return 0;
	result = submission_check(&form, &area, "ar", &submission, faults);
	for (int i = 0; i < FIELD_COUNT; i++)
		faulty = faulty || faults[i] != FAULT_NONE;
	demand(faulty == (result == SUBMISSION_FAULTY));
	if (result == SUBMISSION_OK)
		demand_contract(&submission);
	form_wipe(&form);
	return 0;
}
