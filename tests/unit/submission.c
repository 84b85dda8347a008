/* What a form may say, and what is kept of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/rules.h"

#include <cmocka.h>

#define SELF		"who=self&age=15-17&name=Bo&phone=0701740605&contact=call"
#define RELATIVE	"who=relative&age=15-17&name=Eva&phone=0701740605&contact=call&knows=no"
#define PROFESSIONAL	"who=professional&age=unsaid&name=Bo&phone=0701740605&contact=sms-first" \
			"&agreed=yes&workplace=school"

static const struct config_area plain_area = { .code = "1781" };
static const struct config_area message_area = { .code = "1781", .message = true };

static struct submission submission;
static enum fault faults[FIELD_COUNT];

static enum submission_result
check(const struct config_area *area, const char *body)
{
	enum submission_result result;
	struct form form;

	if (form_decode(&form, body, strlen(body)) != FORM_OK)
		fail_msg("%s is no form", body);
	result = submission_check(&form, area, "sv", &submission, faults);
	form_wipe(&form);
	return result;
}

static void
accepts_the_three_kinds(void **state)
{
	(void)state;
	assert_int_equal(check(&plain_area, SELF), SUBMISSION_OK);
	assert_ptr_equal(submission.area, &plain_area);
	assert_int_equal(submission.who, WHO_SELF);
	assert_int_equal(submission.age, AGE_15_17);
	assert_int_equal(submission.contact, CONTACT_CALL);
	assert_int_equal(submission.when, WINDOW_ANY);
	assert_int_equal(submission.speak, SPEAK_SV);
	assert_int_equal(submission.workplace, WORKPLACE_COUNT);
	assert_string_equal(submission.name, "Bo");
	assert_string_equal(submission.phone, "+46701740605");
	assert_string_equal(submission.language, "sv");

	assert_int_equal(check(&plain_area, RELATIVE "&when=morning&speak=ar"), SUBMISSION_OK);
	assert_int_equal(submission.who, WHO_RELATIVE);
	assert_int_equal(submission.when, WINDOW_MORNING);
	assert_int_equal(submission.speak, SPEAK_OTHER);
	assert_string_equal(submission.language, "ar");
	assert_false(submission.knows);

	assert_int_equal(check(&plain_area, PROFESSIONAL "&helper_name=%C3%85sa"
	    "&helper_phone=0550-88000"), SUBMISSION_OK);
	assert_int_equal(submission.who, WHO_PROFESSIONAL);
	assert_int_equal(submission.workplace, WORKPLACE_SCHOOL);
	assert_string_equal(submission.helper_name, "Åsa");
	assert_string_equal(submission.helper_phone, "+4655088000");
}

/* A valid form, one field of which is another, and what that gives. NULL: without the field. */
struct change {
	const char *base, *field, *value;
	enum fault fault;
};

static void
expect_faults(const struct config_area *area, const struct change *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct buffer body = { 0 };
		struct form form;

		assert_int_equal(form_decode(&form, rows[i].base, strlen(rows[i].base)), FORM_OK);
		for (size_t k = 0; k < form.count; k++) {
			if (strcmp(form.fields[k].name, rows[i].field) != 0)
				form_encode(&body, form.fields[k].name, form.fields[k].value);
		}
		if (rows[i].value != NULL)
			form_encode(&body, rows[i].field, rows[i].value);
		form_wipe(&form);
		(void)check(area, body.data);
		buffer_free(&body);
		for (int field = 0; field < FIELD_COUNT; field++) {
			enum fault expected = strcmp(field_name(field), rows[i].field) == 0 ?
			    rows[i].fault : FAULT_NONE;

			if (faults[field] != expected)
				fail_msg("row %zu, %s=%s: %s has fault %d, not %d", i,
				    rows[i].field, rows[i].value == NULL ? "" : rows[i].value,
				    field_name(field), (int)faults[field], (int)expected);
		}
	}
}

static void
names_what_is_missing(void **state)
{
	static const struct change rows[] = {
		{ SELF, "age", NULL, FAULT_MISSING }, { SELF, "age", "", FAULT_MISSING },
		{ SELF, "name", NULL, FAULT_MISSING }, { SELF, "name", "", FAULT_MISSING },
		{ SELF, "phone", NULL, FAULT_MISSING }, { SELF, "phone", "", FAULT_MISSING },
		{ SELF, "contact", NULL, FAULT_MISSING }, { SELF, "contact", "", FAULT_MISSING },
		{ RELATIVE, "knows", NULL, FAULT_MISSING }, { RELATIVE, "knows", "", FAULT_MISSING },
		{ PROFESSIONAL, "agreed", NULL, FAULT_MISSING },
		{ PROFESSIONAL, "agreed", "", FAULT_MISSING },
		{ PROFESSIONAL, "workplace", NULL, FAULT_MISSING },
		{ PROFESSIONAL, "workplace", "", FAULT_MISSING },
		{ SELF, "area", NULL, FAULT_NONE }, { SELF, "area", "", FAULT_NONE },
		{ SELF, "when", "", FAULT_NONE }, { SELF, "speak", "", FAULT_NONE },
		{ PROFESSIONAL, "helper_name", "", FAULT_NONE },
		{ PROFESSIONAL, "helper_name", "  ", FAULT_NONE },
		{ PROFESSIONAL, "helper_phone", "", FAULT_NONE },
	};

	(void)state;
	expect_faults(&plain_area, rows, COUNT_OF(rows));
}

static void
names_what_is_no_choice(void **state)
{
	static const struct change rows[] = {
		{ SELF, "age", "17", FAULT_CHOICE }, { SELF, "age", "15-17 ", FAULT_CHOICE },
		{ SELF, "contact", "Call", FAULT_CHOICE }, { SELF, "when", "noon", FAULT_CHOICE },
		{ SELF, "area", "1780", FAULT_CHOICE }, { SELF, "area", "1781", FAULT_NONE },
		{ SELF, "when", "afternoon", FAULT_NONE },
		{ RELATIVE, "knows", "maybe", FAULT_CHOICE }, { RELATIVE, "knows", "yes", FAULT_NONE },
		{ PROFESSIONAL, "agreed", "ja", FAULT_CHOICE },
		{ PROFESSIONAL, "agreed", "NO", FAULT_CHOICE },
		{ PROFESSIONAL, "workplace", "police", FAULT_CHOICE },
		{ SELF, "speak", "!", FAULT_LANGUAGE },
		{ PROFESSIONAL, "speak", "!", FAULT_LANGUAGE },
		{ SELF, "phone", "070-17406", FAULT_PHONE }, { SELF, "phone", " ", FAULT_PHONE },
		{ PROFESSIONAL, "helper_phone", "anknytning 7", FAULT_PHONE },
	};

	(void)state;
	expect_faults(&plain_area, rows, COUNT_OF(rows));
}

/* Fields of another kind of submitter come along, and are not read. */
static void
ignores_hidden_branches(void **state)
{
	static const struct change rows[] = {
		{ SELF, "knows", "rubbish", FAULT_NONE }, { SELF, "agreed", "no", FAULT_NONE },
		{ SELF, "workplace", "rubbish", FAULT_NONE },
		{ SELF, "helper_name", "\x01", FAULT_NONE },
		{ RELATIVE, "helper_phone", "1", FAULT_NONE },
		{ RELATIVE, "agreed", "no", FAULT_NONE },
		{ PROFESSIONAL, "knows", "rubbish", FAULT_NONE },
		{ PROFESSIONAL, "when", "rubbish", FAULT_NONE },
	};

	(void)state;
	expect_faults(&plain_area, rows, COUNT_OF(rows));
	assert_int_equal(check(&plain_area, PROFESSIONAL "&when=morning&speak=ar"), SUBMISSION_OK);
	assert_int_equal(submission.when, WINDOW_ANY);
	assert_string_equal(submission.language, "ar");
	assert_int_equal(check(&plain_area, SELF "&knows=yes&workplace=school&helper_name=X"),
	    SUBMISSION_OK);
	assert_false(submission.knows);
	assert_int_equal(submission.workplace, WORKPLACE_COUNT);
	assert_string_equal(submission.helper_name, "");
}

static void
shows_every_fault_in_one_round(void **state)
{
	(void)state;
	assert_int_equal(check(&plain_area, ""), SUBMISSION_FAULTY);
	for (int field = 0; field < FIELD_COUNT; field++) {
		bool common = field == FIELD_WHO || field == FIELD_AGE || field == FIELD_NAME ||
		    field == FIELD_PHONE || field == FIELD_CONTACT;

		assert_int_equal(faults[field], common ? FAULT_MISSING : FAULT_NONE);
	}
	assert_int_equal(check(&plain_area, "who=friend&phone=1&when=x&knows=x"), SUBMISSION_FAULTY);
	assert_int_equal(faults[FIELD_WHO], FAULT_CHOICE);
	assert_int_equal(faults[FIELD_PHONE], FAULT_PHONE);
	assert_int_equal(faults[FIELD_NAME], FAULT_MISSING);
	assert_int_equal(faults[FIELD_WHEN], FAULT_NONE);
	assert_int_equal(faults[FIELD_KNOWS], FAULT_NONE);
	assert_int_equal(check(&plain_area, "who=professional&name=%01"), SUBMISSION_FAULTY);
	assert_int_equal(faults[FIELD_AGREED], FAULT_MISSING);
	assert_int_equal(faults[FIELD_WORKPLACE], FAULT_MISSING);
	assert_int_equal(faults[FIELD_NAME], FAULT_CHARACTERS);
}

static void
a_no_from_the_youth_is_answered_at_once(void **state)
{
	(void)state;
	assert_int_equal(check(&plain_area, "who=professional&agreed=no"), SUBMISSION_NOT_AGREED);
	assert_int_equal(check(&plain_area, "who=professional&agreed=no&phone=x&name="),
	    SUBMISSION_NOT_AGREED);
	for (int field = 0; field < FIELD_COUNT; field++)
		assert_int_equal(faults[field], FAULT_NONE);
	assert_int_equal(check(&plain_area, SELF "&agreed=no"), SUBMISSION_OK);
}

static void
refuses_fields_without_a_name_in_the_contract(void **state)
{
	static const char *const bodies[] = {
		SELF "&personnummer=1", SELF "&Name=x", SELF "&=1", SELF "&name%20=1",
		"who=professional&agreed=no&x=1", "x",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bodies); i++)
		assert_int_equal(check(&plain_area, bodies[i]), SUBMISSION_UNKNOWN);
}

static void
repeat(struct buffer *out, const char *text, int times)
{
	buffer_clear(out);
	for (int i = 0; i < times; i++)
		buffer_text(out, text);
}

static void
takes_a_message_where_one_is_asked_for(void **state)
{
	(void)state;
	assert_int_equal(check(&message_area, SELF "&message=hej%0D%0Ad%C3%A5"), SUBMISSION_OK);
	assert_string_equal(submission.message, "hej\ndå");
	assert_int_equal(check(&message_area, SELF "&message=%0A"), SUBMISSION_OK);
	assert_string_equal(submission.message, "");
	assert_int_equal(check(&message_area, SELF "&message=%01"), SUBMISSION_FAULTY);
	assert_int_equal(faults[FIELD_MESSAGE], FAULT_CHARACTERS);
	assert_int_equal(check(&plain_area, SELF "&message="), SUBMISSION_OK);
	assert_int_equal(check(&plain_area, SELF "&message=hej"), SUBMISSION_UNKNOWN);
}

static void
tells_swedish_from_other_languages(void **state)
{
	static const struct {
		const char *page, *speak;
		enum speak kept;
		const char *language;
	} rows[] = {
		{ "sv", "", SPEAK_SV, "sv" }, { "sv-x-easy", "", SPEAK_SV, "sv-x-easy" },
		{ "ar", "", SPEAK_OTHER, "ar" }, { "ar", "sv", SPEAK_SV, "sv" },
		{ "sv", "SV-FI", SPEAK_SV, "SV-FI" }, { "sv", "swa", SPEAK_OTHER, "swa" },
		{ "sv", "svx", SPEAK_OTHER, "svx" }, { NULL, "", SPEAK_SV, "sv" },
		{ "no such", "", SPEAK_SV, "sv" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buffer body = { 0 };
		struct form form;

		buffer_format(&body, "%s&speak=%s", SELF, rows[i].speak);
		assert_int_equal(form_decode(&form, body.data, body.length), FORM_OK);
		assert_int_equal(submission_check(&form, &plain_area, rows[i].page, &submission,
		    faults), SUBMISSION_OK);
		assert_int_equal(submission.speak, rows[i].kept);
		assert_string_equal(submission.language, rows[i].language);
		form_wipe(&form);
		buffer_free(&body);
	}
}

static void
seals_only_what_this_kind_says(void **state)
{
	static const struct {
		const char *body, *sealed;
	} rows[] = {
		{ SELF "&knows=yes&when=morning&helper_name=X",
		    "name=Bo&phone=%2B46701740605&contact=call&speak=sv" },
		{ RELATIVE "&speak=ar&agreed=yes",
		    "name=Eva&phone=%2B46701740605&contact=call&speak=ar&knows=no" },
		{ PROFESSIONAL "&knows=yes",
		    "agreed=yes&name=Bo&phone=%2B46701740605&contact=sms-first&speak=sv" },
		{ PROFESSIONAL "&helper_name=%C3%85sa&helper_phone=0550-88000&message=a%0Ab",
		    "agreed=yes&name=Bo&phone=%2B46701740605&contact=sms-first&speak=sv"
		    "&helper_name=%C3%85sa&helper_phone=%2B4655088000&message=a%0Ab" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buffer out = { 0 };

		assert_int_equal(check(&message_area, rows[i].body), SUBMISSION_OK);
		submission_encode(&submission, &out);
		assert_string_equal(buffer_string(&out), rows[i].sealed);
		buffer_free(&out);
	}
}

/*
 * Growing would leave a copy of what a person wrote in freed memory. Of a
 * buffer that has not grown, the capacity is that of the first reservation.
 */
static void
encodes_without_growing(void **state)
{
	static const int lengths[][3] = { { 80, 0, 0 }, { 80, 80, 500 }, { 1, 1, 1 } };
	struct buffer written = { 0 };

	(void)state;
	assert_int_equal(check(&plain_area, PROFESSIONAL "&helper_phone=%2B999123456789012"),
	    SUBMISSION_OK);
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		struct buffer out = { 0 }, room = { 0 };

		repeat(&written, "😀", lengths[i][0]);
		(void)text_input_name(written.data, submission.name);
		repeat(&written, "😀", lengths[i][1]);
		(void)text_input_name(buffer_string(&written), submission.helper_name);
		repeat(&written, "😀", lengths[i][2]);
		(void)text_input_text(buffer_string(&written), MESSAGE_MAX, submission.message);
		submission_encode(&submission, &out);
		buffer_reserve(&room, 256 + 12 * (size_t)(lengths[i][0] + lengths[i][1] +
		    lengths[i][2]));
		assert_int_equal(out.capacity, room.capacity);
		buffer_free(&room);
		buffer_free(&out);
	}
	buffer_free(&written);
}

static void
counts_the_first_way_in(void **state)
{
	static const struct {
		enum who who;
		enum workplace workplace;
		enum inflow inflow;
	} rows[] = {
		{ WHO_SELF, WORKPLACE_COUNT, INFLOW_SELF },
		{ WHO_RELATIVE, WORKPLACE_COUNT, INFLOW_RELATIVE },
		{ WHO_PROFESSIONAL, WORKPLACE_HEALTH, INFLOW_PARTNER },
		{ WHO_PROFESSIONAL, WORKPLACE_FAMILY_CENTRE, INFLOW_PARTNER },
		{ WHO_PROFESSIONAL, WORKPLACE_EMPLOYMENT_SERVICE, INFLOW_EMPLOYMENT_SERVICE },
		{ WHO_PROFESSIONAL, WORKPLACE_INSURANCE_AGENCY, INFLOW_INSURANCE_AGENCY },
		{ WHO_PROFESSIONAL, WORKPLACE_SCHOOL, INFLOW_SCHOOL },
		{ WHO_PROFESSIONAL, WORKPLACE_SOCIAL_SERVICES, INFLOW_SOCIAL_ASSISTANCE },
		{ WHO_PROFESSIONAL, WORKPLACE_OTHER, INFLOW_PARTNER },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		submission.who = rows[i].who;
		submission.workplace = rows[i].workplace;
		assert_int_equal(submission_inflow(&submission), rows[i].inflow);
	}
	for (int age = 0; age < AGE_COUNT; age++)
		assert_int_equal(submission_outside((enum age)age),
		    age == AGE_UNDER15 || age == AGE_30PLUS);
}

/* Somebody who is written down afterwards: by the days and the clock of the place. */
static void
a_moment_is_within_the_last_week(void **state)
{
	static const struct {
		struct { int year, month, day, hour, minute; } at;
		const char *now;		/* in UTC */
		int64_t ago;			/* seconds; -1: refused */
	} moments[] = {
		{ { 2027, 1, 11, 10, 0 }, "2027-01-11T09:00", 0 },
		{ { 2027, 1, 11, 10, 1 }, "2027-01-11T09:00", -1 },
		{ { 2027, 1, 12, 0, 0 }, "2027-01-11T09:00", -1 },
		{ { 2027, 1, 8, 16, 10 }, "2027-01-11T09:00", 3 * 86400 - (6 * 3600 + 600) },
		{ { 2027, 1, 4, 0, 0 }, "2027-01-11T09:00", 7 * 86400 + 10 * 3600 },
		{ { 2027, 1, 3, 23, 59 }, "2027-01-11T09:00", -1 },
		/* Summer time began on 28 March: that Sunday has 23 hours. */
		{ { 2027, 3, 27, 10, 0 }, "2027-03-29T08:00", 47 * 3600 },
		{ { 2027, 3, 28, 1, 59 }, "2027-03-28T01:30", 31 * 60 },
		{ { 2027, 3, 22, 0, 0 }, "2027-03-29T21:59", 8 * 86400 - 3600 - 60 },
		/* It ended on 31 October: 02:00 to 02:59 came twice. */
		{ { 2027, 10, 30, 10, 0 }, "2027-11-01T09:00", 49 * 3600 },
		{ { 2027, 10, 31, 2, 30 }, "2027-10-31T02:00", 30 * 60 },
		{ { 2027, 10, 31, 2, 30 }, "2027-10-31T01:00", 30 * 60 },
		{ { 2027, 10, 31, 2, 30 }, "2027-10-31T00:29", -1 },
		{ { 2027, 10, 25, 0, 0 }, "2027-11-01T22:59", 8 * 86400 + 3600 - 60 },
	};

	(void)state;
	clock_start("Europe/Stockholm");
	for (size_t i = 0; i < COUNT_OF(moments); i++) {
		struct tm utc = { 0 };
		int64_t at, now;
		bool right;

		assert_non_null(strptime(moments[i].now, "%Y-%m-%dT%H:%M", &utc));
		now = timegm(&utc);
		right = came_at(day_from_date(moments[i].at.year, moments[i].at.month,
		    moments[i].at.day), moments[i].at.hour * 60 + moments[i].at.minute, now, &at);
		if (right != (moments[i].ago != -1) || (right && now - at != moments[i].ago))
			fail_msg("moment %zu: %d, %lld seconds ago", i, right, (long long)(now - at));
	}
}

static void
a_correction_has_the_forms_own_checks(void **state)
{
	static const struct { const char *form; enum field field; enum fault fault; const char *value; } rows[] = {
		{ "name=++Li++Ek+", FIELD_NAME, FAULT_NONE, "Li Ek" },
		{ "name=", FIELD_NAME, FAULT_MISSING, "" },
		{ "name=Li+640823-3234", FIELD_NAME, FAULT_PERSONNUMMER, "" },
		{ "phone=0701740605", FIELD_PHONE, FAULT_NONE, "+46701740605" },
		/* A coordinator has asked the person: a landline is no question. */
		{ "phone=0550-12345", FIELD_PHONE, FAULT_NONE, "+4655012345" },
		{ "phone=07", FIELD_PHONE, FAULT_PHONE, "" },
		{ "contact=sms-first", FIELD_CONTACT, FAULT_NONE, "sms-first" },
		{ "contact=fax", FIELD_CONTACT, FAULT_CHOICE, "call" },
		{ "speak=so", FIELD_SPEAK, FAULT_NONE, "so" },
		{ "speak=!", FIELD_SPEAK, FAULT_LANGUAGE, "" },
		{ "age=18-19", FIELD_AGE, FAULT_NONE, "18-19" },
		{ "age=18", FIELD_AGE, FAULT_CHOICE, "under15" },
		{ "when=morning", FIELD_WHEN, FAULT_NONE, "morning" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct form form;

		assert_int_equal(form_decode(&form, rows[i].form, strlen(rows[i].form)), FORM_OK);
		assert_int_equal(submission_correct(&form, &submission, faults),
		    rows[i].fault == FAULT_NONE);
		for (int field = 0; field < FIELD_COUNT; field++)
			assert_int_equal(faults[field], field == (int)rows[i].field ?
			    rows[i].fault : FAULT_NONE);
		assert_string_equal(submission_value(&submission, rows[i].field), rows[i].value);
		form_wipe(&form);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_correction_has_the_forms_own_checks),
		cmocka_unit_test(accepts_the_three_kinds),
		cmocka_unit_test(names_what_is_missing),
		cmocka_unit_test(names_what_is_no_choice),
		cmocka_unit_test(ignores_hidden_branches),
		cmocka_unit_test(shows_every_fault_in_one_round),
		cmocka_unit_test(a_no_from_the_youth_is_answered_at_once),
		cmocka_unit_test(refuses_fields_without_a_name_in_the_contract),
		cmocka_unit_test(takes_a_message_where_one_is_asked_for),
		cmocka_unit_test(tells_swedish_from_other_languages),
		cmocka_unit_test(seals_only_what_this_kind_says),
		cmocka_unit_test(encodes_without_growing),
		cmocka_unit_test(counts_the_first_way_in),
		cmocka_unit_test(a_moment_is_within_the_last_week),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
