/* Entry by hand: a coordinator writes down that somebody has been in touch. */
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
	const char *way_fault, *area_fault, *day_fault, *time_fault;
};

/* Fills in municipalities, ages, workplaces and languages, with the chosen ones marked. */
static void
fill_choices(struct request *x, struct entry_view *view)
{
	const struct config *config = &site.config;
	struct entry_age_view *ages = arena_array(x, AGE_COUNT, sizeof(*ages));
	struct entry_workplace_view *places = arena_array(x, WORKPLACE_COUNT, sizeof(*places));

	for (int i = 0; i < AGE_COUNT; i++) {
		ages[i].word.word = word_of(&words_age, i);
		ages[i].chosen = word_value(&words_age, view->age.value) == i;
	}
	for (int i = 0; i < WORKPLACE_COUNT; i++) {
		places[i].word.word = word_of(&words_workplace, i);
		places[i].chosen = word_value(&words_workplace, view->workplace.value) == i;
	}
	view->workplaces = places;
	view->workplaces_count = WORKPLACE_COUNT;
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

/* A young person who has not agreed is not rung. */
static const char *
agreed_fault(const struct entering *entering)
{
	return entering->faults[FIELD_AGREED] == FAULT_CHOICE ?
	    N_("Har den unga inte sagt ja kan vi inte ringa. Be hen att höra av sig själv.") :
	    N_("Svara på om den unga har sagt ja.");
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
		{ "#day", &view->day, FIELD_COUNT, entering->day_fault },
		{ "#time", &view->time, FIELD_COUNT, entering->time_fault },
		{ "#who", &view->who, FIELD_WHO, N_("Välj vem som hörde av sig.") },
		{ "#workplace", &view->workplace, FIELD_WORKPLACE, N_("Välj var hen arbetar.") },
		{ "#agreed", &view->agreed, FIELD_AGREED, agreed_fault(entering) },
		{ "#helper_name", &view->helper_name, FIELD_HELPER_NAME, NULL },
		{ "#helper_phone", &view->helper_phone, FIELD_HELPER_PHONE, NULL },
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
	view->faults = faults;
}

/* The moment of now, until another one is typed. */
static void
fill_moment(struct request *x, struct entry_view *view)
{
	struct tm local;

	clock_local(x->now, &local);
	view->today = staff_date(x, day_of(x->now));
	view->earliest = staff_date(x, day_of(x->now) - CAME_DAYS);
	if (view->day.value == NULL)
		view->day.value = view->today;
	if (view->time.value == NULL)
		view->time.value = arena_format(x, "%02d:%02d", local.tm_hour, local.tm_min);
}

static void
show(struct request *x, int status, const struct entering *entering)
{
	struct entry_view view = { 0 };
	const struct { const char *name; struct field_view *field; } fields[] = {
		{ "way", &view.way }, { "area", &view.area }, { "who", &view.who },
		{ "knows", &view.knows }, { "age", &view.age }, { "name", &view.name },
		{ "phone", &view.phone }, { "contact", &view.contact }, { "when", &view.when },
		{ "speak", &view.speak }, { "message", &view.message }, { "day", &view.day },
		{ "time", &view.time }, { "workplace", &view.workplace },
		{ "agreed", &view.agreed }, { "helper_name", &view.helper_name },
		{ "helper_phone", &view.helper_phone },
	};

	for (size_t i = 0; i < COUNT_OF(fields); i++)
		fields[i].field->value = form_value(&x->form, fields[i].name);
	fill_moment(x, &view);
	view.take = form_value(&x->form, "take") != NULL;
	fill_choices(x, &view);
	fill_faults(x, &view, entering);
	staff_frame(x, &view.frame, N_("Skriv in någon som har hört av sig"), "queue");
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
		FIELD_WHEN, FIELD_SPEAK, FIELD_KNOWS, FIELD_AGREED, FIELD_WORKPLACE,
		FIELD_HELPER_NAME, FIELD_HELPER_PHONE
	};
	const int who = word_value(&words_who, form_value(form, field_name(FIELD_WHO)));

	/* The coordinator has asked the person already. */
	contract->fields[0] = (struct form_field){ field_name(FIELD_SURE),
	    word_of(&words_sure, who == WHO_PROFESSIONAL ? SURE_OWN : SURE_LANDLINE) };
	contract->count = 1;
	for (size_t i = 0; i < COUNT_OF(asked); i++) {
		const char *value = form_value(form, field_name(asked[i]));

		if (value != NULL)
			contract->fields[contract->count++] =
			    (struct form_field){ field_name(asked[i]), value };
	}
}

/* Reads when the person got in touch; a form without the fields means now. */
static void
check_moment(const struct request *x, struct submission *submission, struct entering *entering)
{
	const char *day = form_value(&x->form, "day"), *clock = form_value(&x->form, "time");
	int32_t on = 0;
	int minute = 0;

	if (day == NULL && clock == NULL)
		return;
	if (day == NULL || text_input_day(day, &on) != 0)
		entering->day_fault =
		    N_("Stämmer datumet? Skriv året med fyra siffror, till exempel 2027-01-31.");
	if (clock == NULL || text_input_clock(clock, &minute) != 0)
		entering->time_fault = N_("Skriv klockslaget, till exempel 14:30.");
	if (entering->day_fault == NULL && entering->time_fault == NULL &&
	    !came_at(on, minute, x->now, &submission->came_at))
		entering->day_fault =
		    N_("Stämmer datumet? Det ska ha varit, högst sju dagar bakåt.");
}

static bool
is_right(const struct entering *entering)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (entering->faults[i] != FAULT_NONE)
			return false;
	}
	return entering->way_fault == NULL && entering->area_fault == NULL &&
	    entering->day_fault == NULL && entering->time_fault == NULL;
}

/* Checks the form: 0 when everything is right, otherwise -1. */
static int
check(const struct request *x, struct submission *submission, struct entering *entering)
{
	const struct form *form = &x->form;
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
	if (result == SUBMISSION_NOT_AGREED)
		entering->faults[FIELD_AGREED] = FAULT_CHOICE;
	if (area == NULL)
		entering->area_fault = N_("Välj kommun.");
	if (way == -1 || way == WAY_FORM)
		entering->way_fault = N_("Välj hur personen hörde av sig.");
	else
		submission->way = (enum way)way;
	check_moment(x, submission, entering);
	fault = note == NULL ? FAULT_MISSING : text_input_text(note, MESSAGE_MAX,
	    submission->message);
	entering->faults[FIELD_MESSAGE] = fault == FAULT_MISSING ? FAULT_NONE : fault;
	return result == SUBMISSION_OK && is_right(entering) ? 0 : -1;
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
		request_redirect(x, "/staff/queue?notice=entered-elsewhere");
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

	if (check(x, &submission, &entering) == 0)
		make(x, work, &submission, &entering);
	else
		show(x, 422, &entering);
	seal_wipe(&submission, sizeof(submission));
}

const struct route staff_intake_entry_routes[] = {
	{ METHOD_GET, "/staff/new", CALLERS, WORKER_STAFF, staff_entry, { NULL } },
	{ METHOD_POST, "/staff/new", CALLERS, WORKER_STAFF, staff_entry_make, { "way", "area", "who",
	    "knows", "age", "name", "phone", "contact", "when", "speak", "message", "take", "day",
	    "time", "workplace", "agreed", "helper_name", "helper_phone" } },
	{ .path = NULL }
};
