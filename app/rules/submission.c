/* Checks a form, and encodes the fields that are sealed. */
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/rules.h"

enum field_kind { CHOICE, AREA, NAME, PHONE, LANGUAGE, SURE, TEXT };
enum field_kept { NOWHERE, PLAIN, SEALED };

#define SELF		(1U << WHO_SELF)
#define RELATIVE	(1U << WHO_RELATIVE)
#define PROFESSIONAL	(1U << WHO_PROFESSIONAL)
#define EVERY		(SELF | RELATIVE | PROFESSIONAL)
#define NOBODY		0U

static const struct field_row {
	const char *name;
	size_t at;			/* offset of the checked value in struct submission */
	enum field_kind kind;
	enum field_kept kept;
	const struct words *words;
	unsigned asked, required;	/* masks of 1 << enum who */
} rows[FIELD_COUNT] = {
#define FIELD(id, name, member, kind, words, asked, required, kept, choose)	\
	[FIELD_##id] = { #name, offsetof(struct submission, member), kind, kept, words,	\
	    asked, required },
#include "base/fields.def"
#undef FIELD
};

/* A choice is stored as the int that its enum is. */
_Static_assert(sizeof(enum age) == sizeof(int), "enum age");

const char *
field_name(enum field field)
{
	return rows[field].name;
}

/* The check of one form: its values, and the results. */
struct check {
	const char *value[FIELD_COUNT];	/* NULL: missing or empty */
	unsigned who;			/* 1 << enum who; EVERY while that is unknown */
	enum fault *faults;
	struct submission *submission;
};

/* Sorts the form's values by field. False when the form has an unknown field. */
static bool
collect(struct check *check, const struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		int field = 0;

		while (field < FIELD_COUNT && strcmp(form->fields[i].name, rows[field].name) != 0)
			field++;
		if (field == FIELD_COUNT)
			return false;
		if (form->fields[i].value[0] != '\0')
			check->value[field] = form->fields[i].value;
	}
	return true;
}

static enum fault
check_choice(const struct words *words, const char *given, void *at)
{
	const int value = word_value(words, given);

	if (value == -1)
		return FAULT_CHOICE;
	memcpy(at, &value, sizeof(value));
	return FAULT_NONE;
}

static enum fault
check_phone(const char *given, char *at)
{
	struct buffer clean = { 0 };
	enum fault fault = typed_clean(given, TYPED_LINE, &clean);

	if (fault == FAULT_NONE)
		fault = personnummer_in(clean.data) || phone_parse(clean.data, at) != 0 ?
		    phone_fault(clean.data) : FAULT_NONE;
	else if (fault != FAULT_CHARACTERS)
		fault = FAULT_PHONE;
	buffer_wipe(&clean);
	return fault;
}

/* Reads a value into its place. */
static enum fault
check_value(const struct check *check, const struct field_row *row, const char *given)
{
	void *at = (char *)check->submission + row->at;

	switch (row->kind) {
	case CHOICE:
		return check_choice(row->words, given, at);
	case AREA:
		return strcmp(given, check->submission->area->code) == 0 ? FAULT_NONE : FAULT_CHOICE;
	case NAME:
		return text_input_name(given, at);
	case PHONE:
		return check_phone(given, at);
	case LANGUAGE:
		return text_input_language(given, at);
	case SURE:
		check->submission->sure = word_value(row->words, given);
		return FAULT_NONE;
	case TEXT:
		break;
	}
	return text_input_text(given, MESSAGE_MAX, at);
}

/* A field that is not required may also hold spaces alone; it then counts as missing. */
static void
check_field(struct check *check, enum field field)
{
	const struct field_row *row = &rows[field];
	const bool required = (row->required & check->who) == check->who;
	enum fault fault = FAULT_MISSING;

	if ((row->asked & check->who) != check->who)
		return;
	if (check->value[field] != NULL)
		fault = check_value(check, row, check->value[field]);
	check->faults[field] = fault == FAULT_MISSING && !required ? FAULT_NONE : fault;
}

/* A person who speaks Swedish ("sv" and its variants) needs no interpreter. */
static enum speak
speak_of(const char *language)
{
	return strncasecmp(language, "sv", 2) == 0 && (language[2] == '\0' || language[2] == '-') ?
	    SPEAK_SV : SPEAK_OTHER;
}

/* Begins a submission without any answer. */
static void
begin(struct submission *submission, const struct config_area *area, const char *page_language)
{
	memset(submission, 0, sizeof(*submission));
	submission->area = area;
	submission->who = WHO_COUNT;
	submission->workplace = WORKPLACE_COUNT;
	submission->sure = -1;
	if (page_language == NULL ||
	    text_input_language(page_language, submission->language) != FAULT_NONE)
		(void)text_input_language("sv", submission->language);
}

/* Whether two names are the same to somebody who looks for one of them. */
static bool
same_name(const char *one, const char *other)
{
	struct search_query query;
	bool same;

	search_query_read(one, &query);
	same = query.kind == SEARCH_QUERY_NAME && search_query_is_name(&query, other);
	explicit_bzero(&query, sizeof(query));
	if (!same)
		return false;
	search_query_read(other, &query);
	same = search_query_is_name(&query, one);
	explicit_bzero(&query, sizeof(query));
	return same;
}

/* What is right and probably not meant is asked about once. */
static void
ask(struct check *check)
{
	const struct submission *s = check->submission;
	enum fault *faults = check->faults;

	if (s->who == WHO_SELF && s->sure != SURE_LANDLINE && s->phone[0] != '\0' &&
	    phone_kind(s->phone) == PHONE_LANDLINE)
		faults[FIELD_PHONE] = FAULT_LANDLINE;
	if (s->who != WHO_PROFESSIONAL || s->sure == SURE_OWN)
		return;
	if (s->phone[0] != '\0' && strcmp(s->phone, s->helper_phone) == 0)
		faults[FIELD_PHONE] = FAULT_OWN_PHONE;
	if (s->name[0] != '\0' && same_name(s->name, s->helper_name))
		faults[FIELD_NAME] = FAULT_OWN_NAME;
}

enum submission_result
submission_check(const struct form *form, const struct config_area *area,
    const char *page_language, struct submission *submission, enum fault faults[FIELD_COUNT])
{
	struct check check = { .who = EVERY, .faults = faults, .submission = submission };

	memset(faults, 0, FIELD_COUNT * sizeof(*faults));
	begin(submission, area, page_language);
	if (!collect(&check, form) || (check.value[FIELD_MESSAGE] != NULL && !area->message))
		return SUBMISSION_UNKNOWN;
	check_field(&check, FIELD_WHO);
	if (submission->who != WHO_COUNT)
		check.who = 1U << submission->who;
	if (submission->who == WHO_PROFESSIONAL && check.value[FIELD_AGREED] != NULL &&
	    strcmp(check.value[FIELD_AGREED], "no") == 0)
		return SUBMISSION_NOT_AGREED;
	for (int field = FIELD_WHO + 1; field < FIELD_COUNT; field++)
		check_field(&check, (enum field)field);
	submission->speak = speak_of(submission->language);
	ask(&check);
	for (int field = 0; field < FIELD_COUNT; field++) {
		if (faults[field] != FAULT_NONE)
			return SUBMISSION_FAULTY;
	}
	return SUBMISSION_OK;
}

/* The value as text; "" when the form leaves the field out. */
static const char *
value_text(const struct submission *submission, const struct field_row *row)
{
	const void *at = (const char *)submission + row->at;
	int value;

	if (row->kind != CHOICE)
		return at;
	memcpy(&value, at, sizeof(value));
	return word_of(row->words, value);
}

const char *
submission_value(const struct submission *submission, enum field field)
{
	return value_text(submission, &rows[field]);
}

bool
submission_correct(const struct form *form, struct submission *submission,
    enum fault faults[FIELD_COUNT])
{
	static const enum field may[] = { CORRECTED_FIELDS };
	struct check check = { .who = EVERY, .faults = faults, .submission = submission };
	bool right = true;

	memset(faults, 0, FIELD_COUNT * sizeof(*faults));
	begin(submission, NULL, NULL);
	for (size_t i = 0; i < COUNT_OF(may); i++) {
		const char *value = form_value(form, rows[may[i]].name);

		if (value == NULL)
			continue;
		faults[may[i]] = *value == '\0' ? FAULT_MISSING :
		    check_value(&check, &rows[may[i]], value);
		right = right && faults[may[i]] == FAULT_NONE;
	}
	submission->speak = speak_of(submission->language);
	return right;
}

/* The language is sealed for every kind of submitter, who may not have been asked for it. */
static bool
is_sealed(const struct field_row *row, unsigned who)
{
	return row->kept == SEALED && ((row->asked & who) != 0 || row->kind == LANGUAGE);
}

void
submission_encode(const struct submission *submission, struct buffer *out)
{
	const unsigned who = 1U << submission->who;
	size_t room = 64;

	/*
	 * Reserves first, because a buffer that grows leaves a copy. Percent-encoding makes a
	 * text at most three times as long, and each field has two signs beside its name.
	 */
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (is_sealed(&rows[i], who))
			room += strlen(rows[i].name) + 2 +
			    3 * strlen(value_text(submission, &rows[i]));
	}
	buffer_reserve(out, room);
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const char *value = is_sealed(&rows[i], who) ? value_text(submission, &rows[i]) : "";

		if (value[0] != '\0')
			form_encode(out, rows[i].name, value);
	}
	if (submission->way != WAY_FORM)
		form_encode(out, "way", word_of(&words_way, (int)submission->way));
}

bool
came_at(int32_t day, int minute, int64_t now, int64_t *at)
{
	struct tm local;

	*at = day_at(day, minute);
	/* An hour that the clock shows twice: mktime chooses one of the two. */
	clock_local(*at + 3600, &local);
	if (local.tm_hour * 60 + local.tm_min == minute)
		*at += 3600;
	if (*at > now) {
		clock_local(*at - 3600, &local);
		if (local.tm_hour * 60 + local.tm_min == minute)
			*at -= 3600;
	}
	return *at <= now && day >= day_of(now) - CAME_DAYS;
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
