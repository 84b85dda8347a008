/* The names of channels, the faults of a code, and the form of a code. */
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/codes.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_outreach.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/outreach.h"
#include "staff/staff.h"
#include "text/text.h"

/* The names of the channels, the kinds of places where brochures lie. */
static const char *const channels[CHANNEL_COUNT] = {
	[CHANNEL_HEALTH] = N_("Vårdcentral"),
	[CHANNEL_COUNSELLOR] = N_("Kurator"),
	[CHANNEL_PSYCHIATRY] = N_("Psykiatri"),
	[CHANNEL_FAMILY_CENTRE] = N_("Familjecentral"),
	[CHANNEL_EMPLOYMENT_SERVICE] = N_("Arbetsförmedlingen"),
	[CHANNEL_INSURANCE_AGENCY] = N_("Försäkringskassan"),
	[CHANNEL_DENTAL] = N_("Folktandvården"),
	[CHANNEL_DIETICIAN] = N_("Dietist"),
	[CHANNEL_ADDICTION] = N_("Missbruksenheten"),
	[CHANNEL_BUDGET] = N_("Budget- och skuldrådgivning"),
	[CHANNEL_CAREERS] = N_("Studie- och yrkesvägledare"),
	[CHANNEL_SCHOOL] = N_("Skola"),
	[CHANNEL_POSTER] = N_("Affisch"),
	[CHANNEL_NEWSPAPER] = N_("Kommunens tidning"),
	[CHANNEL_SOCIAL_MEDIA] = N_("Sociala medier"),
	[CHANNEL_PRESS] = N_("Press"),
	[CHANNEL_OTHER] = N_("Annat"),
};

const char *
code_channel_text(enum channel channel)
{
	return channels[channel];
}

const char *
code_fault_text(enum code_fault fault)
{
	switch (fault) {
	case CODE_AREA:
		return N_("Välj kommun.");
	case CODE_CHANNEL:
		return N_("Välj kanal.");
	case CODE_PLACE:
		return N_("Skriv platsen på en rad, med högst 60 tecken.");
	case CODE_LANGUAGE:
		return N_("Välj ett språk som finns här.");
	case CODE_FIRST:
		return N_("Skriv första dagen så här: 2027-01-31.");
	case CODE_LAST:
		return N_("Skriv sista dagen så här: 2027-01-31. Den får inte vara före den första.");
	case CODE_BEYOND:
	case CODE_QUOTE:
	case CODE_RIGHT:
	default:
		return NULL;
	}
}

const char *
code_row_fault_text(enum code_fault fault)
{
	switch (fault) {
	case CODE_AREA:
		return N_("Kommunen saknas eller finns inte här.");
	case CODE_CHANNEL:
		return N_("Kanalen saknas eller finns inte.");
	case CODE_LANGUAGE:
		return N_("Språket finns inte här.");
	case CODE_BEYOND:
		return N_("Det står något efter den sista kolumnen.");
	case CODE_QUOTE:
		return N_("Ett citattecken öppnas men stängs aldrig.");
	default:
		return code_fault_text(fault);
	}
}

static const char *
fault_field(enum code_fault fault)
{
	static const char *const fields[] = {
		[CODE_AREA] = "area", [CODE_CHANNEL] = "channel", [CODE_PLACE] = "place",
		[CODE_LANGUAGE] = "language", [CODE_FIRST] = "first", [CODE_LAST] = "last"
	};

	return (size_t)fault < COUNT_OF(fields) ? fields[fault] : NULL;
}

const struct code_choice_view *
code_channels(struct request *x, const char *chosen, size_t *count)
{
	struct code_choice_view *choices = arena_array(x, CHANNEL_COUNT, sizeof(*choices));
	const int value = word_value(&words_channel, chosen);

	for (int i = 0; i < CHANNEL_COUNT; i++)
		choices[i] = (struct code_choice_view){
			.value = word_of(&words_channel, i), .text = channels[i], .chosen = i == value
		};
	*count = CHANNEL_COUNT;
	return choices;
}

const struct code_choice_view *
code_languages(struct request *x, const char *chosen, size_t *count)
{
	struct code_choice_view *choices = arena_array(x, text_languages_count,
	    sizeof(*choices));

	for (size_t i = 0; i < text_languages_count; i++) {
		const struct language *language = text_languages[i];

		choices[i] = (struct code_choice_view){
			.value = language->tag, .text = language->name, .tag = language->tag,
			.dir = language->dir,
			.chosen = chosen != NULL && strcmp(chosen, language->tag) == 0
		};
	}
	*count = text_languages_count;
	return choices;
}

struct code_wish
code_posted(const struct request *x)
{
	return (struct code_wish){
		.area = form_value(&x->form, "area"),
		.channel = form_value(&x->form, "channel"),
		.place = form_value(&x->form, "place"),
		.language = form_value(&x->form, "language"),
		.first = form_value(&x->form, "first"),
		.last = form_value(&x->form, "last")
	};
}

void
code_form_fill(struct request *x, struct code_form_view *form, const char *id,
    const struct code_wish *wish, enum code_fault fault)
{
	const char *area = wish->area;

	/* A single area needs no choice. */
	if (area == NULL && site.config.areas_count == 1)
		area = site.config.areas[0].code;
	*form = (struct code_form_view){
		.id = id, .place = wish->place, .first = wish->first, .last = wish->last,
		.areas = staff_areas(x, area), .areas_count = site.config.areas_count,
		.fault = fault == CODE_PLACE ? staff_unusable(x, wish->place, code_fault_text(fault)) :
		    fault == CODE_FIRST || fault == CODE_LAST ? staff_odd_day(x, code_fault_text(fault)) :
		    code_fault_text(fault),
		.fault_field = fault_field(fault)
	};
	form->channels = code_channels(x, wish->channel, &form->channels_count);
	form->languages = code_languages(x, wish->language, &form->languages_count);
}
