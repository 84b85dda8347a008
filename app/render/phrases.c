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

/* What to do about a choice that is missing or wrong, by field. */
static const char *const choose[FIELD_COUNT] = {
#define FIELD(id, name, member, kind, words, asked, required, kept, choose)	choose,
#include "base/fields.def"
#undef FIELD
};

const char *
field_fault(enum field field, enum fault fault)
{
	if (choose[field] != NULL)
		return choose[field];
	switch (fault) {
	case FAULT_PHONE:
		return N_("Vi förstår inte telefonnumret. Skriv det som du brukar, "
		    "till exempel 070-174 06 05.");
	case FAULT_MISSING:
		return field == FIELD_PHONE ? N_("Skriv ett telefonnummer.") :
		    N_("Skriv ett namn. Förnamnet räcker.");
	case FAULT_LONG:
		return field == FIELD_MESSAGE ?
		    N_("Meddelandet är för långt. Skriv högst 500 tecken.") :
		    N_("Namnet är för långt. Skriv högst 80 tecken.");
	case FAULT_LINE_BREAK:
		return N_("Namnet har en radbrytning. Skriv det på en rad.");
	default:
		return field == FIELD_MESSAGE ?
		    N_("Meddelandet har ett osynligt styrtecken. Klistra in det utan formatering, "
		    "eller skriv det igen.") :
		    N_("Namnet har ett osynligt styrtecken. Radera namnet och skriv det igen.");
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
