#include <string.h>

#include "page/pages.h"
#include "web/staff_case.h"
#include "web/web.h"

/* Languages that people may want to talk in, each by its own name. */
static const struct speak_view spoken[] = {
	{ "sv", "Svenska", "ltr", false }, { "en", "English", "ltr", false },
	{ "ar", "العربية", "rtl", false }, { "so", "Soomaali", "ltr", false },
	{ "ti", "ትግርኛ", "ltr", false }, { "fa", "فارسی / دری", "rtl", false },
	{ "uk", "Українська", "ltr", false }, { "ckb", "کوردی", "rtl", false },
	{ "th", "ไทย", "ltr", false },
};

/* What to do about each fault, by field; a fault without words has the general ones. */
const char *
field_fault(enum field field, enum fault fault)
{
	switch (field) {
	case FIELD_WHO:
		return N_("Välj vem du fyller i för.");
	case FIELD_AREA:
		return N_("Formuläret hör till en annan kommun. Välj kommun och fyll i igen.");
	case FIELD_AGE:
		return N_("Välj ålder.");
	case FIELD_NAME:
	case FIELD_HELPER_NAME:
		return fault == FAULT_MISSING ? N_("Skriv ett namn. Förnamnet räcker.") :
		    fault == FAULT_LONG ? N_("Namnet är för långt. Skriv högst 80 tecken.") :
		    N_("Namnet har ett tecken som inte går att använda. Skriv det igen.");
	case FIELD_PHONE:
	case FIELD_HELPER_PHONE:
		return fault == FAULT_MISSING ? N_("Skriv ett telefonnummer.") :
		    N_("Vi förstår inte telefonnumret. Skriv det som du brukar, "
		    "till exempel 070-174 06 05.");
	case FIELD_CONTACT:
		return N_("Välj hur vi ska höra av oss.");
	case FIELD_KNOWS:
		return N_("Välj om ditt barn vet om det.");
	case FIELD_AGREED:
		return N_("Svara på om den unga har sagt ja.");
	case FIELD_WORKPLACE:
		return N_("Välj var du arbetar.");
	case FIELD_MESSAGE:
		return fault == FAULT_LONG ?
		    N_("Meddelandet är för långt. Skriv högst 500 tecken.") :
		    N_("Meddelandet har ett tecken som inte går att använda.");
	case FIELD_SPEAK:
		return N_("Vi känner inte igen språket. Välj ett i listan.");
	case FIELD_WHEN:
	case FIELD_COUNT:
	default:
		return N_("Välj ett av svaren.");
	}
}

static size_t
fill_fields(struct form_view *view, const struct form_state *state,
    struct fault_view faults[FIELD_COUNT])
{
	static const char *const hrefs[FIELD_COUNT] = {
		"#who", "/", "#agreed", "#workplace", "#age", "#name", "#phone", "#contact",
		"#when", "#speak", "#knows", "#helper_name", "#helper_phone", "#message",
	};
	struct field_view area, *const fields[FIELD_COUNT] = {
		&view->who, &area, &view->agreed, &view->workplace, &view->age, &view->name,
		&view->phone, &view->contact, &view->when, &view->speak, &view->knows,
		&view->helper_name, &view->helper_phone, &view->message,
	};
	size_t count = 0;

	for (size_t i = 0; i < FIELD_COUNT; i++) {
		fields[i]->value = form_value(state->posted, field_names[i]);
		if (state->faults == NULL || state->faults[i] == FAULT_NONE)
			continue;
		fields[i]->fault = field_fault((enum field)i, state->faults[i]);
		faults[count++] = (struct fault_view){ hrefs[i], fields[i]->fault };
	}
	return count;
}

void
render_form(struct buffer *out, const struct language *language,
    const struct config_area *area, const struct form_state *state)
{
	struct fault_view faults[FIELD_COUNT];
	struct speak_view languages[COUNT_OF(spoken)];
	const char *speak = language->tag;
	char tel[40];
	struct form_view view = {
		.area_code = area->code,
		.faults = faults,
		.offers_message = area->message,
		.languages = languages,
		.languages_count = COUNT_OF(languages),
		.service_phone = area->phone,
		.service_tel = tel,
	};

	tel_address(area->phone, tel);
	if (state != NULL) {
		view.faults_count = fill_fields(&view, state, faults);
		view.unavailable = state->unavailable;
		if (view.speak.value != NULL)
			speak = view.speak.value;
	}
	for (size_t i = 0; i < COUNT_OF(spoken); i++) {
		languages[i] = spoken[i];
		languages[i].chosen = strcmp(spoken[i].tag, speak) == 0;
	}
	frame_public(&view.frame, language, area, N_("Vill du att någon ringer dig?"));
	view.frame.form = true;
	view.frame.faulty = view.faults_count > 0 || view.unavailable;
	page_form(out, language, &view);
}

const struct speak_view *
spoken_languages(struct exchange *x, const char *tag, size_t *count)
{
	struct speak_view *languages = exchange_keep_array(x, COUNT_OF(spoken), sizeof(*languages));

	for (size_t i = 0; i < COUNT_OF(spoken); i++) {
		languages[i] = spoken[i];
		languages[i].chosen = tag != NULL && strcmp(spoken[i].tag, tag) == 0;
	}
	*count = COUNT_OF(spoken);
	return languages;
}

const struct speak_view *
spoken_language(const char *tag)
{
	for (size_t i = 0; i < COUNT_OF(spoken); i++) {
		if (tag != NULL && strcmp(spoken[i].tag, tag) == 0)
			return &spoken[i];
	}
	return NULL;
}
