/* What is known of the person: shown with what was before, corrected and added to. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/case.h"
#include "flow/work.h"
#include "render/phrases.h"
#include "render/view.h"
#include "render/view_case.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

static void
fill_ages(struct request *x, struct person_view *view)
{
	struct person_age_view *ages = arena_array(x, AGE_COUNT, sizeof(*ages));

	for (int i = 0; i < AGE_COUNT; i++) {
		ages[i].word.word = word_of(&words_age, i);
		ages[i].chosen = word_value(&words_age, view->age.value) == i;
	}
	view->ages = ages;
	view->ages_count = AGE_COUNT;
}

/* The earlier values of one field. `value` makes the text, or sets the word. */
typedef void (*before_fn)(struct request *x, struct case_was_view *was, const char *before);

static void
name_before(struct request *x, struct case_was_view *was, const char *before)
{
	was->value = arena_format(x, "%s", before);
}

static void
phone_before(struct request *x, struct case_was_view *was, const char *before)
{
	was->value = staff_phone(x, before);
}

static void
language_before(struct request *x, struct case_was_view *was, const char *before)
{
	was->value = staff_language(x, before);
}

static void
contact_before(struct request *x, struct case_was_view *was, const char *before)
{
	(void)x;
	was->contact.word = word_of(&words_contact, word_value(&words_contact, before));
}

static void
age_before(struct request *x, struct case_was_view *was, const char *before)
{
	(void)x;
	was->age.word = word_of(&words_age, word_value(&words_age, before));
}

static void
window_before(struct request *x, struct case_was_view *was, const char *before)
{
	(void)x;
	was->window.word = word_of(&words_window, word_value(&words_window, before));
}

static size_t
fill_before(struct request *x, const struct casefile *file, enum field field, before_fn show,
    const struct case_was_view **list)
{
	struct case_was_view *was = arena_array(x, file->corrections_count + 1, sizeof(*was));
	size_t count = 0;

	for (size_t i = file->corrections_count; i > 0; i--) {
		const struct casefile_correction *one = &file->corrections[i - 1];

		if (strcmp(one->field, field_name(field)) != 0 || one->before.length == 0)
			continue;
		show(x, &was[count], buffer_string(&one->before));
		was[count].when = staff_when(x, one->at);
		was[count++].by = one->author[0] != '\0' ? one->author : NULL;
	}
	*list = was;
	return count;
}

static void
fill_history(struct request *x, struct person_view *view, const struct casefile *file)
{
	view->names_count = fill_before(x, file, FIELD_NAME, name_before, &view->names);
	view->phones_count = fill_before(x, file, FIELD_PHONE, phone_before, &view->phones);
	view->contacts_count = fill_before(x, file, FIELD_CONTACT, contact_before, &view->contacts);
	view->languages_before_count = fill_before(x, file, FIELD_SPEAK, language_before,
	    &view->languages_before);
	view->ages_before_count = fill_before(x, file, FIELD_AGE, age_before, &view->ages_before);
	view->windows_count = fill_before(x, file, FIELD_WHEN, window_before, &view->windows);
}

static void
fill_faults(struct request *x, struct person_view *view, const enum fault *faults)
{
	/* The form beside a wrong number asks for the number alone. */
	const bool alone = form_value(&x->form, field_name(FIELD_NAME)) == NULL;
	const struct { enum field field; const char *href; struct field_view *view; } places[] = {
		{ FIELD_NAME, "#correct-name", &view->name },
		{ FIELD_PHONE, alone ? "#new-phone" : "#correct-phone",
		    alone ? &view->new_phone : &view->phone },
		{ FIELD_CONTACT, "#correct-contact", &view->contact },
		{ FIELD_SPEAK, "#correct-speak", &view->speak },
		{ FIELD_AGE, "#correct-age", &view->age },
		{ FIELD_WHEN, "#correct-when", &view->when },
	};
	struct fault_view *list = arena_array(x, COUNT_OF(places), sizeof(*list));

	for (size_t i = 0; i < COUNT_OF(places); i++) {
		if (faults[places[i].field] == FAULT_NONE)
			continue;
		places[i].view->fault = field_fault(places[i].field, faults[places[i].field]);
		list[view->faults_count++] = (struct fault_view){
			places[i].href, places[i].view->fault
		};
	}
	view->faults = list;
}

void
person_fill(struct request *x, struct case_view *view, const struct casefile *file,
    const enum fault *faults)
{
	struct person_view *person = &view->person;
	const struct form *known = &file->submission;

	person->can_correct = lifecycle_offers(file->row.state, ACT_CORRECT, file->actor);
	person->name.value = form_value(known, field_name(FIELD_NAME));
	person->phone.value = view->phone;
	person->contact.value = form_value(known, field_name(FIELD_CONTACT));
	person->speak.value = staff_language(x, form_value(known, field_name(FIELD_SPEAK)));
	person->age.value = word_of(&words_age, (int)file->row.age);
	person->when.value = word_of(&words_window, (int)file->row.when);
	person->languages = spoken_languages(x, form_value(known, field_name(FIELD_SPEAK)),
	    &person->languages_count);
	if (spoken_language(form_value(known, field_name(FIELD_SPEAK))) == NULL)
		person->speak_other = form_value(known, field_name(FIELD_SPEAK));
	fill_ages(x, person);
	fill_history(x, person, file);
	if (faults != NULL)
		fill_faults(x, person, faults);
}

static void
refuse_changed(struct request *x, struct work *work)
{
	staff_case_show(x, work, 409,
	    N_("Det går inte längre: ärendet har ändrats sedan du öppnade sidan."), NULL);
}

static void
staff_correct(struct request *x, struct work *work)
{
	struct correction_answer answer;
	const enum answer found = case_correct(work, x->number, &x->form, &answer);

	if (found == FAILED)
		staff_failed(x, &work->error);
	else if (found == ABSENT)
		staff_absent(x);
	else if (answer.verdict != LIFECYCLE_OK)
		refuse_changed(x, work);
	else if (answer.faulty)
		staff_case_remark(x, work, 422, (struct case_remark){ .faults = answer.faults });
	else
		staff_case_lead(x, answer.same ? "same" : answer.act == ACT_NEW_NUMBER ?
		    "new-number" : "correct");
}

static void
staff_reach(struct request *x, struct work *work)
{
	const int means = word_value(&words_means, form_value(&x->form, "means"));
	enum lifecycle_verdict verdict = LIFECYCLE_STATE;
	const enum answer found = case_reach(work, x->number,
	    means == -1 ? MEANS_NUMBER : (enum means)means, &verdict);

	if (found == FAILED)
		staff_failed(x, &work->error);
	else if (found == ABSENT)
		staff_absent(x);
	else if (verdict != LIFECYCLE_OK)
		refuse_changed(x, work);
	else
		staff_case_lead(x, "other-way");
}

const struct route staff_case_correct_routes[] = {
	{ METHOD_POST, "/staff/case/#/correct", CALLERS, WORKER_STAFF, staff_correct,
	    { "name", "phone", "contact", "speak", "age", "when", "was_name", "was_phone",
	    "was_contact", "was_speak", "was_age", "was_when" } },
	{ METHOD_POST, "/staff/case/#/reach", CALLERS, WORKER_STAFF, staff_reach, { "means" } },
	{ .path = NULL }
};
