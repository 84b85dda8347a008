#include <stdio.h>
#include <string.h>

#include "flow/codes.h"
#include "page/pages.h"
#include "referral/referral.h"
#include "web/intakes.h"
#include "web/web.h"

void
render_root(struct buffer *out, const struct language *language, const struct intakes *intakes,
    bool unknown_code, bool not_found)
{
	const struct config *config = &site.config;
	struct root_area_view areas[CONFIG_AREAS_MAX];
	struct frame_view frame;
	struct root_view view = {
		.unknown_code = unknown_code,
		.not_found = not_found,
		.areas = areas,
		.areas_count = config->areas_count,
	};

	for (size_t i = 0; i < config->areas_count; i++) {
		frame_public(&frame, language, &config->areas[i], "");
		areas[i] = (struct root_area_view){
			.name = config->areas[i].name,
			.href = frame.home,
			.open = intakes->state[i].open,
		};
	}
	frame_public(&view.frame, language, NULL, unknown_code ?
	    N_("Vi känner inte igen koden") : not_found ? N_("Sidan finns inte") :
	    N_("Välj kommun"));
	page_root(out, language, &view);
}

const char *
closed_words(const struct language *language, const char *words)
{
	return words != NULL && words[0] != '\0' ? words :
	    text(language, N_("Du kan ändå få hjälp."));
}

void
closed_opens(struct buffer *out, const struct language *language,
    const struct intake_state *state)
{
	struct tm local = { 0 };
	int year, month;

	if (state->open || state->turns_day == 0 || state->held)
		return;
	day_to_date(state->turns_day, &year, &month, &local.tm_mday);
	local.tm_year = year - 1900;
	local.tm_mon = month - 1;
	local.tm_wday = day_weekday(state->turns_day);
	text_date(out, language, &local);
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

void
render_closed(struct buffer *out, const struct language *language,
    const struct config_area *area, const struct intake_state *state, bool late)
{
	struct buffer day = { 0 };
	char tel[40];
	struct closed_view view = {
		.late = late,
		.words = closed_words(language, words_in(state, language)),
		.phone = area->phone,
		.tel = tel,
		.place = area->place,
	};

	tel_address(area->phone, tel);
	closed_opens(&day, language, state);
	view.opens = day.data;
	frame_public(&view.frame, language, area, N_("Just nu är formuläret stängt"));
	page_closed(out, language, &view);
	buffer_free(&day);
}

void
render_problem(struct buffer *out, const struct language *language,
    const struct config_area *area, const char *heading, const char *message)
{
	struct problem_view view = { .heading = heading, .text = message };
	char tel[40];

	frame_public(&view.frame, language, area, heading);
	view.retry_href = view.frame.home;
	if (area != NULL) {
		tel_address(area->phone, tel);
		view.phone = area->phone;
		view.tel = tel;
	}
	page_problem(out, language, &view);
}

void
render_not_agreed(struct buffer *out, const struct language *language,
    const struct config_area *area, const char *code)
{
	struct buffer address = { 0 }, link = { 0 };
	struct not_agreed_view view = { 0 };
	struct symbol symbol;

	if (code[0] != '\0')
		code_address(&site.config, code, &address);
	else
		buffer_format(&address, "%s/%s", site.config.base_url, area->slug);
	if (symbol_make(&symbol, address.data, SYMBOL_M) == 0) {
		symbol_link(&symbol, &link);
		view.symbol = link.data;
		symbol_free(&symbol);
	}
	view.address = address.data;
	frame_public(&view.frame, language, area, N_("Fråga den unga först"));
	page_not_agreed(out, language, &view);
	buffer_free(&address);
	buffer_free(&link);
}

void
render_receipt(struct exchange *x)
{
	const struct config_queue *queue = x->intake.queue;
	struct buffer day = { 0 };
	char tel[40], card[128];
	struct tm local;
	struct receipt_view view = {
		.who = word_of(&words_who, x->who),
		.outside = submission_outside(x->age),
		.digits = x->digits,
		.rings = queue->phone,
		.rings_tel = tel,
		.contact = word_of(&words_contact, x->contact),
		.card_href = card,
	};

	clock_local(x->intake.row.promised_at, &local);
	text_day(&day, x->language, &local);
	view.day = day.data;
	tel_address(queue->phone, tel);
	(void)snprintf(card, sizeof(card), "/nummer/%s.vcf", queue->id);
	frame_public(&view.frame, x->language, x->area, N_("Tack, vi har fått det!"));
	page_receipt(&x->body, x->language, &view);
	buffer_free(&day);
}

/* A contact card that says where, and not what for: telephones are shared. */
void
render_card(struct buffer *out, const struct config_queue *queue)
{
	const char *name = queue->name;
	char e164[PHONE_MAX];

	for (size_t i = 0; i < site.config.routes_count; i++) {
		const struct config_route *route = &site.config.routes[i];

		if (&site.config.queues[route->queue] == queue && route->area != NULL)
			name = config_area(&site.config, route->area)->name;
	}
	if (phone_parse(queue->phone, e164) != 0)
		(void)snprintf(e164, sizeof(e164), "%s", queue->phone);
	buffer_format(out, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:%s\r\nN:%s;;;;\r\n"
	    "TEL;TYPE=WORK,VOICE:%s\r\nEND:VCARD\r\n", name, name, e164);
}
