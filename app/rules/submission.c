#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/rules.h"

const char *const field_names[FIELD_COUNT] = {
	[FIELD_WHO] = "who",
	[FIELD_AREA] = "area",
	[FIELD_AGREED] = "agreed",
	[FIELD_WORKPLACE] = "workplace",
	[FIELD_AGE] = "age",
	[FIELD_NAME] = "name",
	[FIELD_PHONE] = "phone",
	[FIELD_CONTACT] = "contact",
	[FIELD_WHEN] = "when",
	[FIELD_SPEAK] = "speak",
	[FIELD_KNOWS] = "knows",
	[FIELD_HELPER_NAME] = "helper_name",
	[FIELD_HELPER_PHONE] = "helper_phone",
	[FIELD_MESSAGE] = "message",
};

static const char *const yes_no_word[] = { "no", "yes" };
static const struct words yes_no = { "answer", yes_no_word, COUNT_OF(yes_no_word) };

/* One check of one form: what was given, and where what is right or wrong goes. */
struct check {
	const char *value[FIELD_COUNT];	/* NULL: missing or empty */
	enum fault *faults;
	struct submission *submission;
};

/* Sorts the form's values by field. False when it has a field of no such name. */
static bool
collect(struct check *check, const struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		int field = 0;

		while (field < FIELD_COUNT && strcmp(form->fields[i].name, field_names[field]) != 0)
			field++;
		if (field == FIELD_COUNT)
			return false;
		if (form->fields[i].value[0] != '\0')
			check->value[field] = form->fields[i].value;
	}
	return true;
}

/* The value of a choice, or `otherwise` when it is not given; -1 is no choice and required. */
static int
choose(struct check *check, enum field field, const struct words *words, int otherwise)
{
	int value = otherwise;

	if (check->value[field] != NULL) {
		value = word_value(words, check->value[field]);
		if (value == -1)
			check->faults[field] = FAULT_CHOICE;
	} else if (otherwise == -1) {
		check->faults[field] = FAULT_MISSING;
	}
	return value;
}

static void
check_phone(struct check *check, enum field field, char phone[PHONE_MAX])
{
	if (phone_parse(check->value[field], phone) == -1)
		check->faults[field] = FAULT_PHONE;
}

/* What every kind of submitter says. */
static void
check_common(struct check *check)
{
	struct submission *submission = check->submission;
	const char *area = check->value[FIELD_AREA], *name = check->value[FIELD_NAME];

	if (area != NULL && strcmp(area, submission->area->code) != 0)
		check->faults[FIELD_AREA] = FAULT_CHOICE;
	submission->age = (enum age)choose(check, FIELD_AGE, &words_age, -1);
	submission->contact = (enum contact)choose(check, FIELD_CONTACT, &words_contact, -1);
	check->faults[FIELD_NAME] = name == NULL ? FAULT_MISSING :
	    text_input_name(name, submission->name);
	if (check->value[FIELD_PHONE] == NULL)
		check->faults[FIELD_PHONE] = FAULT_MISSING;
	else
		check_phone(check, FIELD_PHONE, submission->phone);
	if (check->value[FIELD_MESSAGE] != NULL) {
		enum fault fault = text_input_text(check->value[FIELD_MESSAGE],
		    MESSAGE_MAX, submission->message);

		check->faults[FIELD_MESSAGE] = fault == FAULT_MISSING ? FAULT_NONE : fault;
	}
}

/* "sv" and its variants, such as easy Swedish, need no interpreter. */
static enum speak
speak_of(const char *language)
{
	return strncasecmp(language, "sv", 2) == 0 && (language[2] == '\0' || language[2] == '-') ?
	    SPEAK_SV : SPEAK_OTHER;
}

/* What one says about oneself; a professional speaks for another, and is not asked. */
static void
check_wishes(struct check *check)
{
	struct submission *submission = check->submission;
	const char *speak = check->value[FIELD_SPEAK];

	submission->when = (enum window)choose(check, FIELD_WHEN, &words_window, WINDOW_ANY);
	if (speak != NULL)
		check->faults[FIELD_SPEAK] = text_input_language(speak, submission->language);
	submission->speak = speak_of(submission->language);
}

static void
check_professional(struct check *check)
{
	struct submission *submission = check->submission;
	const char *name = check->value[FIELD_HELPER_NAME];

	(void)choose(check, FIELD_AGREED, &yes_no, -1);
	submission->workplace =
	    (enum workplace)choose(check, FIELD_WORKPLACE, &words_workplace, -1);
	if (name != NULL) {
		enum fault fault = text_input_name(name, submission->helper_name);

		check->faults[FIELD_HELPER_NAME] = fault == FAULT_MISSING ? FAULT_NONE : fault;
	}
	if (check->value[FIELD_HELPER_PHONE] != NULL)
		check_phone(check, FIELD_HELPER_PHONE, submission->helper_phone);
}

static void
check_branch(struct check *check)
{
	switch (check->submission->who) {
	case WHO_SELF:
		check_wishes(check);
		break;
	case WHO_RELATIVE:
		check_wishes(check);
		check->submission->knows = choose(check, FIELD_KNOWS, &yes_no, -1) == 1;
		break;
	case WHO_PROFESSIONAL:
		check_professional(check);
		break;
	case WHO_COUNT:
		break;
	}
}

enum submission_result
submission_check(const struct form *form, const struct config_area *area,
    const char *page_language, struct submission *submission, enum fault faults[FIELD_COUNT])
{
	struct check check = { .faults = faults, .submission = submission };
	int who;

	memset(faults, 0, FIELD_COUNT * sizeof(*faults));
	memset(submission, 0, sizeof(*submission));
	submission->area = area;
	submission->workplace = WORKPLACE_COUNT;
	if (page_language == NULL ||
	    text_input_language(page_language, submission->language) != FAULT_NONE)
		(void)text_input_language("sv", submission->language);
	submission->speak = speak_of(submission->language);
	if (!collect(&check, form) || (check.value[FIELD_MESSAGE] != NULL && !area->message))
		return SUBMISSION_UNKNOWN;
	who = choose(&check, FIELD_WHO, &words_who, -1);
	submission->who = who == -1 ? WHO_COUNT : (enum who)who;
	if (who == WHO_PROFESSIONAL && check.value[FIELD_AGREED] != NULL &&
	    strcmp(check.value[FIELD_AGREED], "no") == 0)
		return SUBMISSION_NOT_AGREED;
	check_common(&check);
	check_branch(&check);
	for (int i = 0; i < FIELD_COUNT; i++) {
		if (faults[i] != FAULT_NONE)
			return SUBMISSION_FAULTY;
	}
	return SUBMISSION_OK;
}

static void
encode_given(struct buffer *out, enum field field, const char *value)
{
	if (value[0] != '\0')
		form_encode(out, field_names[field], value);
}

void
submission_encode(const struct submission *submission, struct buffer *out)
{
	/* Percent-encoding triples at most; names, signs and the rest are well under 256. */
	buffer_reserve(out, 256 + 3 * (strlen(submission->name) +
	    strlen(submission->helper_name) + strlen(submission->message)));
	form_encode(out, field_names[FIELD_NAME], submission->name);
	form_encode(out, field_names[FIELD_PHONE], submission->phone);
	form_encode(out, field_names[FIELD_CONTACT], word_of(&words_contact,
	    (int)submission->contact));
	form_encode(out, field_names[FIELD_SPEAK], submission->language);
	if (submission->who == WHO_RELATIVE)
		form_encode(out, field_names[FIELD_KNOWS], yes_no_word[submission->knows]);
	if (submission->who == WHO_PROFESSIONAL) {
		form_encode(out, field_names[FIELD_AGREED], "yes");
		encode_given(out, FIELD_HELPER_NAME, submission->helper_name);
		encode_given(out, FIELD_HELPER_PHONE, submission->helper_phone);
	}
	encode_given(out, FIELD_MESSAGE, submission->message);
	if (submission->way != WAY_FORM)
		form_encode(out, "way", word_of(&words_way, (int)submission->way));
}

enum inflow
submission_inflow(const struct submission *submission)
{
	static const enum inflow of_workplace[WORKPLACE_COUNT] = {
		[WORKPLACE_HEALTH] = INFLOW_PARTNER,
		[WORKPLACE_FAMILY_CENTRE] = INFLOW_PARTNER,
		[WORKPLACE_EMPLOYMENT_SERVICE] = INFLOW_EMPLOYMENT_SERVICE,
		[WORKPLACE_INSURANCE_AGENCY] = INFLOW_INSURANCE_AGENCY,
		[WORKPLACE_SCHOOL] = INFLOW_SCHOOL,
		[WORKPLACE_SOCIAL_SERVICES] = INFLOW_SOCIAL_ASSISTANCE,
		[WORKPLACE_OTHER] = INFLOW_PARTNER,
	};

	if (submission->way != WAY_FORM)
		return INFLOW_PHONE;
	if (submission->who == WHO_SELF)
		return INFLOW_SELF;
	if (submission->who == WHO_RELATIVE)
		return INFLOW_RELATIVE;
	return of_workplace[submission->workplace];
}

bool
submission_outside(enum age age)
{
	return age == AGE_UNDER15 || age == AGE_30PLUS;
}
