/* Words and links that pages of people and pages of staff both show. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "render/phrases.h"
#include "render/view.h"
#include "rules/rules.h"
#include "text/text.h"

#define LANGUAGES_MAX	16

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

/* Languages that people may want to talk in, each by its own name. */
static const struct speak_view spoken[SPOKEN_COUNT] = {
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

void
spoken_fill(struct speak_view languages[SPOKEN_COUNT], const char *tag)
{
	for (size_t i = 0; i < SPOKEN_COUNT; i++) {
		languages[i] = spoken[i];
		languages[i].chosen = tag != NULL && strcmp(spoken[i].tag, tag) == 0;
	}
}

const struct speak_view *
spoken_language(const char *tag)
{
	for (size_t i = 0; i < SPOKEN_COUNT; i++) {
		if (tag != NULL && strcmp(spoken[i].tag, tag) == 0)
			return &spoken[i];
	}
	return NULL;
}

const char *
closed_words(const struct language *language, const char *words)
{
	return words != NULL && words[0] != '\0' ? words :
	    text(language, N_("Du kan ändå få hjälp."));
}

void
closed_opens(struct buffer *out, const struct language *language, int32_t day)
{
	struct tm local = { 0 };
	int year, month;

	day_to_date(day, &year, &month, &local.tm_mday);
	local.tm_year = year - 1900;
	local.tm_mon = month - 1;
	local.tm_wday = day_weekday(day);
	text_date(out, language, &local);
}
