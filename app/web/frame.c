#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "referral/referral.h"
#include "web/web.h"

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

const struct link_view *
language_links(const struct language *current)
{
	static struct link_view links[LANGUAGES_MAX][LANGUAGES_MAX];
	static char href[LANGUAGES_MAX][16];
	size_t row = 0;

	/* The same for every page of a language: made on first use, before the fork. */
	while (text_languages[row] != current)
		row++;
	if (links[row][0].href != NULL)
		return links[row];
	for (size_t i = text_languages_count; i-- > 0;) {
		(void)snprintf(href[i], sizeof(href[i]), "?lang=%s", text_languages[i]->tag);
		links[row][i] = (struct link_view){
			.text = text_languages[i]->name,
			.tag = text_languages[i]->tag,
			.dir = text_languages[i]->dir,
			.current = i == row,
			.href = href[i],
		};
	}
	return links[row];
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
