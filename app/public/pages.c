/* The frame of a public page, the form, the closed page and error pages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "public/public.h"
#include "render/pages.h"
#include "render/phrases.h"
#include "render/view.h"
#include "rules/rules.h"
#include "server/server.h"
#include "text/text.h"

#define LANGUAGES_MAX	16

static const struct crisis_view *
crisis_of(const struct language *language)
{
	static struct crisis_view *made[LANGUAGES_MAX];
	static char (*tel)[PHONE_TEL];
	size_t row = 0;

	while (text_languages[row] != language)
		row++;
	if (made[row] != NULL)
		return made[row];
	made[row] = calloc(site.config.crisis_count + 1, sizeof(*made[row]));
	if (tel == NULL)
		tel = calloc(site.config.crisis_count + 1, sizeof(*tel));
	if (made[row] == NULL || tel == NULL)
		abort();
	for (size_t i = 0; i < site.config.crisis_count; i++) {
		const struct config_crisis_line *line = &site.config.crisis[i];
		struct crisis_view *view = &made[row][i];

		phone_tel(line->number, tel[i]);
		view->name = line->name;
		view->number = line->number;
		view->tel = tel[i];
		view->about = config_text(&line->about, language->tag, &view->about_tag);
		if (view->about_tag != NULL && strcmp(view->about_tag, language->tag) == 0)
			view->about_tag = NULL;
	}
	return made[row];
}

/* Whose texts of law a page without an area shows: of elsewhere, or of the first area. */
static const struct config_area *
area_elsewhere(void)
{
	for (size_t i = 0; i < site.config.areas_count; i++) {
		if (site.config.areas[i].elsewhere)
			return &site.config.areas[i];
	}
	return &site.config.areas[0];
}

void
frame_public(struct frame_view *frame, const struct language *language,
    const struct config_area *area, const char *title)
{
	static char hrefs[CONFIG_AREAS_MAX][3][128];
	const size_t shown = text_languages_count < LANGUAGES_SHOWN ? text_languages_count :
	    LANGUAGES_SHOWN;
	const struct config_area *said = area == NULL ? area_elsewhere() : area;
	const size_t index = (size_t)(said - site.config.areas);

	*frame = (struct frame_view){
		.title = title == NULL ? NULL : text(language, title),
		.service = site.config.service_name,
		.home = "/",
		.colour = said->colour,
		.demonstration = site.config.demonstration,
		.languages = language_links(language),
		.languages_count = shown,
		.more = language_links(language) + shown,
		.more_count = text_languages_count - shown,
		.crisis = crisis_of(language),
		.crisis_count = site.config.crisis_count,
	};
	if (hrefs[index][0][0] == '\0') {
		(void)snprintf(hrefs[index][0], 128, "/%s", said->slug);
		(void)snprintf(hrefs[index][1], 128, "/%s/personuppgifter", said->slug);
		(void)snprintf(hrefs[index][2], 128, "/%s/tillganglighet", said->slug);
	}
	frame->privacy_href = hrefs[index][1];
	frame->accessibility_href = hrefs[index][2];
	if (area == NULL)
		return;
	frame->area = area->name;
	frame->logo = area->logo;
	frame->home = hrefs[index][0];
}

static const char *
words_in(const struct intake_state *state, const struct language *language)
{
	for (size_t i = 0; i < text_languages_count; i++) {
		if (text_languages[i] == language)
			return state->words[i];
	}
	return NULL;
}

const char *
card_name(const struct config_queue *queue)
{
	const char *name = NULL;

	for (size_t i = 0; i < site.config.routes_count; i++) {
		const struct config_route *route = &site.config.routes[i];
		const char *area;

		if (&site.config.queues[route->queue] != queue)
			continue;
		area = route->area != NULL ? config_area(&site.config, route->area)->name : NULL;
		if (area == NULL || (name != NULL && strcmp(name, area) != 0))
			return queue->phone;
		name = area;
	}
	return name != NULL ? name : queue->phone;
}

void
render_closed(struct buffer *out, const struct language *language,
    const struct config_area *area, const struct intake_state *state, bool late)
{
	struct buffer day = { 0 };
	char tel[PHONE_TEL];
	struct closed_view view = {
		.late = late,
		.words = closed_words(language, words_in(state, language)),
		.phone = area->phone,
		.tel = tel,
		.place = area->place,
	};

	phone_tel(area->phone, tel);
	if (!state->open && state->turns_day != 0 && !state->held)
		closed_opens(&day, language, state->turns_day);
	view.opens = day.data;
	frame_public(&view.frame, language, area, NULL);
	page_closed(out, language, &view);
	buffer_free(&day);
}

void
public_problem(struct request *x, int status, const char *heading, const char *message)
{
	const struct form_request *form = x->own;
	const struct config_area *area = form == NULL ? NULL : form->area;
	struct problem_view view = { .heading = heading, .text = message };
	char tel[PHONE_TEL];

	frame_public(&view.frame, x->language, area, heading);
	view.retry_href = view.frame.home;
	if (area != NULL) {
		phone_tel(area->phone, tel);
		view.phone = area->phone;
		view.tel = tel;
	}
	x->status = status;
	page_problem(&x->body, x->language, &view);
}

/* The remedy for a form of another area is to choose the area again, on the first page. */
static size_t
fill_fields(struct form_view *view, const struct form_state *state,
    const struct language *language, struct fault_view faults[FIELD_COUNT],
    struct buffer told[FIELD_COUNT])
{
	static const char *const hrefs[FIELD_COUNT] = {
#define FIELD(id, name, member, kind, words, asked, required, kept, choose)	"#" #name,
#include "base/fields.def"
#undef FIELD
	};
	struct field_view *const fields[FIELD_COUNT] = {
#define FIELD(id, name, member, kind, words, asked, required, kept, choose)	&view->name,
#include "base/fields.def"
#undef FIELD
	};
	size_t count = 0;

	for (size_t i = 0; i < FIELD_COUNT; i++) {
		fields[i]->value = form_value(state->posted, field_name((enum field)i));
		if (state->faults == NULL || state->faults[i] == FAULT_NONE)
			continue;
		fields[i]->fault = state->faults[i] == FAULT_CHARACTERS && fields[i]->value != NULL &&
		    unusable_character(&told[i], language, fields[i]->value) ? told[i].data :
		    field_fault((enum field)i, state->faults[i]);
		faults[count++] = (struct fault_view){ i == FIELD_AREA ? "/" : hrefs[i],
		    fields[i]->fault };
	}
	return count;
}

/* The number as it was read; what is asked once, and that the next press answers. */
static void
fill_question(struct form_view *view, const struct form_state *state, char shown[PHONE_SHOWN])
{
	const enum fault phone = state->faults == NULL ? FAULT_NONE : state->faults[FIELD_PHONE];
	char e164[PHONE_MAX];

	if ((phone == FAULT_NONE || phone == FAULT_LANDLINE) && view->phone.value != NULL &&
	    phone_parse(view->phone.value, e164) == 0) {
		phone_show(e164, shown);
		view->understood = shown;
		view->phone_kind = phone_kind_word(phone_kind(e164));
		view->untextable = phone_kind(e164) == PHONE_LANDLINE && view->contact.value != NULL &&
		    word_value(&words_contact, view->contact.value) == CONTACT_SMS_FIRST;
	}
	if (phone == FAULT_LANDLINE)
		view->sure.value = word_of(&words_sure, SURE_LANDLINE);
	else if (phone == FAULT_OWN_PHONE ||
	    (state->faults != NULL && state->faults[FIELD_NAME] == FAULT_OWN_NAME))
		view->sure.value = word_of(&words_sure, SURE_OWN);
}

void
render_form(struct buffer *out, const struct language *language,
    const struct config_area *area, const struct form_state *state)
{
	struct fault_view faults[FIELD_COUNT];
	struct buffer told[FIELD_COUNT] = { 0 };
	struct speak_view languages[SPOKEN_COUNT];
	const char *speak = language->tag;
	char tel[PHONE_TEL], shown[PHONE_SHOWN];
	struct form_view view = {
		.area_code = area->code,
		.faults = faults,
		.offers_message = area->message,
		.languages = languages,
		.languages_count = SPOKEN_COUNT,
		.service_phone = area->phone,
		.service_tel = tel,
	};

	phone_tel(area->phone, tel);
	if (state != NULL) {
		view.faults_count = fill_fields(&view, state, language, faults, told);
		view.unavailable = state->unavailable;
		view.kept = state->kept;
		fill_question(&view, state, shown);
		/* What the page itself had chosen goes with the page's language. */
		if (view.speak.value != NULL &&
		    (state->from == NULL || strcmp(view.speak.value, state->from) != 0))
			speak = view.speak.value;
		else if (spoken_language(state->speak) != NULL)
			speak = state->speak;
	}
	view.speak_other = spoken_fill(languages, speak);
	frame_public(&view.frame, language, area, NULL);
	view.frame.form = true;
	view.frame.at = state == NULL ? 0 : state->at;
	view.frame.again = state != NULL && state->again;
	view.frame.faulty = view.faults_count > 0 || view.unavailable;
	page_form(out, language, &view);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		buffer_wipe(&told[i]);
}
