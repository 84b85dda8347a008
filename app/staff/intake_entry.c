/* Entry by hand: a coordinator writes down a call or a visit. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/phrases.h"
#include "render/view.h"
#include "render/view_worklist.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

/*
 * The faults of the form: those of its fields, and those that no field of the public form
 * has.
 */
struct entering {
	enum fault faults[FIELD_COUNT];
	const char *way_fault, *area_fault, *take_fault;
};

/* Fills in municipalities, ages and languages, with the chosen ones marked. */
static void
fill_choices(struct request *x, struct entry_view *view)
{
	const struct config *config = &site.config;
	struct entry_age_view *ages = arena_array(x, AGE_COUNT, sizeof(*ages));

	for (int i = 0; i < AGE_COUNT; i++) {
		ages[i].word.word = word_of(&words_age, i);
		ages[i].chosen = word_value(&words_age, view->age.value) == i;
	}
	view->areas = staff_areas(x, config->areas_count == 1 ? config->areas[0].code :
	    view->area.value);
	view->areas_count = config->areas_count;
	view->ages = ages;
	view->ages_count = AGE_COUNT;
	view->languages = spoken_languages(x, view->speak.value, &view->languages_count);
}

/*
 * Returns the text of a field's fault, NULL without one. `says` replaces the general text;
 * for FIELD_COUNT, which is no field of the public form, it is the fault itself.
 */
static const char *
fault_of(const struct entering *entering, enum field field, const char *says)
{
	if (field == FIELD_COUNT)
		return says;
	if (entering->faults[field] == FAULT_NONE)
		return NULL;
	return says != NULL ? says : field_fault(field, entering->faults[field]);
}

static void
fill_faults(struct request *x, struct entry_view *view, const struct entering *entering)
{
	const struct {
		const char *href;
		struct field_view *view;
		enum field field;
		const char *says;
	} places[] = {
		{ "#way", &view->way, FIELD_COUNT, entering->way_fault },
		{ "#who", &view->who, FIELD_WHO, N_("Välj vem du pratade med.") },
		{ "#name", &view->name, FIELD_NAME, NULL },
		{ "#phone", &view->phone, FIELD_PHONE, NULL },
		{ "#age", &view->age, FIELD_AGE, NULL },
		{ "#area", &view->area, FIELD_COUNT, entering->area_fault },
		{ "#contact", &view->contact, FIELD_CONTACT, NULL },
		{ "#when", &view->when, FIELD_WHEN, NULL },
		{ "#knows", &view->knows, FIELD_KNOWS, N_("Välj om den unga vet om det.") },
		{ "#speak", &view->speak, FIELD_SPEAK, NULL },
		{ "#message", &view->message, FIELD_MESSAGE, NULL },
	};
	struct fault_view *faults = arena_array(x, COUNT_OF(places) + 1, sizeof(*faults));

	for (size_t i = 0; i < COUNT_OF(places); i++) {
		const char *fault = fault_of(entering, places[i].field, places[i].says);

		if (fault != NULL)
			fault = staff_unusable(x, places[i].view->value, fault);
		places[i].view->fault = fault;
		if (fault != NULL)
			faults[view->faults_count++] = (struct fault_view){ places[i].href, fault };
	}
	if (entering->take_fault != NULL)
		faults[view->faults_count++] = (struct fault_view){ "#take", entering->take_fault };
	view->faults = faults;
}

static void
show(struct request *x, int status, const struct entering *entering)
{
	struct entry_view view = { 0 };
	const struct { const char *name; struct field_view *field; } fields[] = {
		{ "way", &view.way }, { "area", &view.area }, { "who", &view.who },
		{ "knows", &view.knows }, { "age", &view.age }, { "name", &view.name },
		{ "phone", &view.phone }, { "contact", &view.contact }, { "when", &view.when },
		{ "speak", &view.speak }, { "message", &view.message },
	};

	for (size_t i = 0; i < COUNT_OF(fields); i++)
		fields[i].field->value = form_value(&x->form, fields[i].name);
	view.take = form_value(&x->form, "take") != NULL;
	fill_choices(x, &view);
	fill_faults(x, &view, entering);
	staff_frame(x, &view.frame, N_("Skriv in ett samtal eller besök"), "");
	x->status = status;
	page_entry(&x->body, x->language, &view);
}

static void
staff_entry(struct request *x, struct work *work)
{
	(void)work->store;
	show(x, 200, &(struct entering){ 0 });
}

/* Copies the fields that submission_check checks; the note is checked separately. */
static void
take_contract(const struct form *form, struct form *contract)
{
	static const enum field asked[] = {
		FIELD_WHO, FIELD_AREA, FIELD_AGE, FIELD_NAME, FIELD_PHONE, FIELD_CONTACT,
		FIELD_WHEN, FIELD_SPEAK, FIELD_KNOWS
	};

	/* The coordinator has asked the person already. */
	contract->fields[0] = (struct form_field){ field_name(FIELD_SURE),
	    word_of(&words_sure, SURE_LANDLINE) };
	contract->count = 1;
	for (size_t i = 0; i < COUNT_OF(asked); i++) {
		const char *value = form_value(form, field_name(asked[i]));

		if (value != NULL)
			contract->fields[contract->count++] =
			    (struct form_field){ field_name(asked[i]), value };
	}
}

/* Checks the form: 0 when everything is right, otherwise -1. */
static int
check(const struct form *form, struct submission *submission, struct entering *entering)
{
	const char *code = form_value(form, "area"), *note = form_value(form, "message");
	const struct config_area *area = code == NULL ? NULL : config_area(&site.config, code);
	const int way = word_value(&words_way, form_value(form, "way"));
	enum submission_result result;
	struct form contract = { 0 };
	enum fault fault;

	take_contract(form, &contract);
	/* Without an area, the other fields are checked as for the first one. */
	result = submission_check(&contract, area != NULL ? area : &site.config.areas[0], "sv",
	    submission, entering->faults);
	if (submission->who != WHO_SELF && submission->who != WHO_RELATIVE)
		entering->faults[FIELD_WHO] = FAULT_CHOICE;
	if (area == NULL)
		entering->area_fault = N_("Välj kommun.");
	if (way != WAY_PHONE && way != WAY_VISIT)
		entering->way_fault = N_("Välj hur personen kom.");
	else
		submission->way = (enum way)way;
	fault = note == NULL ? FAULT_MISSING : text_input_text(note, MESSAGE_MAX,
	    submission->message);
	entering->faults[FIELD_MESSAGE] = fault == FAULT_MISSING ? FAULT_NONE : fault;
	return result == SUBMISSION_OK && area != NULL && entering->way_fault == NULL &&
	    entering->faults[FIELD_MESSAGE] == FAULT_NONE &&
	    entering->faults[FIELD_WHO] == FAULT_NONE ? 0 : -1;
}

static void
make(struct request *x, struct work *work, const struct submission *submission,
    struct entering *entering)
{
	const bool take = form_value(&x->form, "take") != NULL;
	enum entry_verdict verdict;
	char reference[14];
	int64_t number;

	if (entry_make(work, site.queue_keys, submission, take, &verdict, &number) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	switch (verdict) {
	case ENTRY_STORED:
		request_redirect(x, "/staff/queue?notice=entered");
		break;
	case ENTRY_TAKEN:
		number_text(number, reference);
		request_redirect(x, "/staff/case/%s?notice=taken", reference);
		break;
	case ENTRY_STRANGE:
		entering->take_fault = N_("Ärendet hör till en kö som inte är din. "
		    "Spara det utan att ta det själv.");
		show(x, 422, entering);
		break;
	case ENTRY_UNREAD:
		entering->area_fault = N_("Ingen kan läsa ärenden där än. Välj en annan kommun.");
		show(x, 422, entering);
		break;
	}
}

static void
staff_entry_make(struct request *x, struct work *work)
{
	struct entering entering = { 0 };
	struct submission submission;

	if (check(&x->form, &submission, &entering) == 0)
		make(x, work, &submission, &entering);
	else
		show(x, 422, &entering);
	seal_wipe(&submission, sizeof(submission));
}

const struct route staff_intake_entry_routes[] = {
	{ METHOD_GET, "/staff/new", CALLERS, WORKER_STAFF, staff_entry, { NULL } },
	{ METHOD_POST, "/staff/new", CALLERS, WORKER_STAFF, staff_entry_make, { "way", "area", "who",
	    "knows", "age", "name", "phone", "contact", "when", "speak", "message", "take" } },
	{ .path = NULL }
};
