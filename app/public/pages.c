#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/codes.h"
#include "public/public.h"
#include "render/pages.h"
#include "render/phrases.h"
#include "render/view.h"
#include "rules/rules.h"
#include "server/server.h"
#include "text/text.h"

#define LANGUAGES_MAX	16

void
tel_address(const char *number, char text[40])
{
	char e164[PHONE_MAX];
	size_t length = 4;

	memcpy(text, "tel:", 5);
	if (phone_parse(number, e164) == 0) {
		memcpy(text + 4, e164, strlen(e164) + 1);
		return;
	}
	/* 112, 1177, 90101: not E.164, dialled as they stand. */
	for (; *number != '\0' && length < 39; number++) {
		if (*number >= '0' && *number <= '9')
			text[length++] = *number;
	}
	text[length] = '\0';
}

static const struct crisis_view *
crisis_of(const struct language *language)
{
	static struct crisis_view *made[LANGUAGES_MAX];
	static char (*tel)[40];
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

		tel_address(line->number, tel[i]);
		view->name = line->name;
		view->number = line->number;
		view->tel = tel[i];
		view->about = config_text(&line->about, language->tag, &view->about_tag);
		if (view->about_tag != NULL && strcmp(view->about_tag, language->tag) == 0)
			view->about_tag = NULL;
	}
	return made[row];
}

void
frame_public(struct frame_view *frame, const struct language *language,
    const struct config_area *area, const char *title)
{
	static char hrefs[CONFIG_AREAS_MAX][3][128];
	size_t index = area == NULL ? 0 : (size_t)(area - site.config.areas);

	*frame = (struct frame_view){
		.title = text(language, title),
		.service = site.config.service_name,
		.home = "/",
		.colour = area == NULL ? site.config.areas[0].colour : area->colour,
		.demonstration = site.config.demonstration,
		.languages = language_links(language),
		.languages_count = text_languages_count,
		.crisis = crisis_of(language),
		.crisis_count = site.config.crisis_count,
	};
	if (area == NULL)
		return;
	if (hrefs[index][0][0] == '\0') {
		(void)snprintf(hrefs[index][0], 128, "/%s", area->slug);
		(void)snprintf(hrefs[index][1], 128, "/%s/personuppgifter", area->slug);
		(void)snprintf(hrefs[index][2], 128, "/%s/tillganglighet", area->slug);
	}
	frame->area = area->name;
	frame->logo = area->logo;
	frame->home = hrefs[index][0];
	frame->privacy_href = hrefs[index][1];
	frame->accessibility_href = hrefs[index][2];
}

#define PARAGRAPHS_MAX	64

/*
 * Cuts a text into paragraphs in place, at its line ends: the configuration
 * has made each paragraph one line. One that begins with "# " is a heading.
 */
static size_t
cut_paragraphs(char *text, struct prose_paragraph *paragraph)
{
	size_t count = 0;
	char *line, *rest = text;

	while ((line = strsep(&rest, "\n")) != NULL && count < PARAGRAPHS_MAX) {
		if (*line == '\0')
			continue;
		paragraph[count].heading = strncmp(line, "# ", 2) == 0;
		paragraph[count].text = paragraph[count].heading ? line + 2 : line;
		count++;
	}
	return count;
}

/* The paragraphs, in the language that the configuration has them in. */
static void
render_prose(struct buffer *out, const struct language *language, struct prose_view *view,
    struct buffer *prose, const char *tag)
{
	struct prose_paragraph paragraph[PARAGRAPHS_MAX];
	const struct language *written = text_language(tag, strlen(tag));

	view->tag = tag;
	view->dir = written != NULL ? written->dir : "ltr";
	view->paragraphs = paragraph;
	view->paragraphs_count = cut_paragraphs(prose->data, paragraph);
	page_prose(out, language, view);
	buffer_free(prose);
}

void
render_privacy(struct buffer *out, const struct language *language,
    const struct config_area *area)
{
	const char *const heading = N_("Så hanterar vi dina uppgifter");
	struct prose_view view = { .heading = text(language, heading) };
	struct buffer prose = { 0 };
	const char *tag;

	buffer_text(&prose, config_text(&area->privacy, language->tag, &tag));
	frame_public(&view.frame, language, area, heading);
	render_prose(out, language, &view, &prose, tag);
}

void
render_accessibility(struct buffer *out, const struct language *language,
    const struct config_area *area)
{
	const char *const heading = N_("Tillgänglighet");
	struct prose_view view = {
		.heading = text(language, heading),
		.accessibility = true,
		.supervision_url = site.config.supervision_url,
		.accessibility_contact = site.config.accessibility_contact,
	};
	struct buffer prose = { 0 };
	const char *tag;

	buffer_text(&prose, config_text(&area->accessibility, language->tag, &tag));
	buffer_text(&prose, "\n\n");
	buffer_text(&prose, config_text(&site.config.conformance, language->tag, &tag));
	frame_public(&view.frame, language, area, heading);
	render_prose(out, language, &view, &prose, tag);
}

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
	if (!state->open && state->turns_day != 0 && !state->held)
		closed_opens(&day, language, state->turns_day);
	view.opens = day.data;
	frame_public(&view.frame, language, area, N_("Just nu är formuläret stängt"));
	page_closed(out, language, &view);
	buffer_free(&day);
}

void
public_problem(struct request *x, int status, const char *heading, const char *message)
{
	const struct form_request *form = x->own;
	const struct config_area *area = form == NULL ? NULL : form->area;
	struct problem_view view = { .heading = heading, .text = message };
	char tel[40];

	frame_public(&view.frame, x->language, area, heading);
	view.retry_href = view.frame.home;
	if (area != NULL) {
		tel_address(area->phone, tel);
		view.phone = area->phone;
		view.tel = tel;
	}
	x->status = status;
	page_problem(&x->body, x->language, &view);
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
render_receipt(struct request *x)
{
	const struct form_request *form = x->own;
	const struct config_queue *queue = form->intake.queue;
	struct buffer day = { 0 };
	char tel[40], card[128];
	struct tm local;
	struct receipt_view view = {
		.who = word_of(&words_who, form->who),
		.outside = submission_outside(form->age),
		.digits = form->digits,
		.rings = queue->phone,
		.rings_tel = tel,
		.contact = word_of(&words_contact, form->contact),
		.card_href = card,
	};

	clock_local(form->intake.row.promised_at, &local);
	text_day(&day, x->language, &local);
	view.day = day.data;
	tel_address(queue->phone, tel);
	(void)snprintf(card, sizeof(card), "/nummer/%s.vcf", queue->id);
	frame_public(&view.frame, x->language, form->area, N_("Tack, vi har fått det!"));
	page_receipt(&x->body, x->language, &view);
	buffer_free(&day);
}

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
