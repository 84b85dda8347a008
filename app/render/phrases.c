/* Words and links that pages of people and pages of staff both show. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

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
	case FAULT_PERSONNUMMER:
		return field == FIELD_PHONE || field == FIELD_HELPER_PHONE ?
		    N_("Det ser ut som ett personnummer. Skriv bara ditt telefonnummer.") :
		    field == FIELD_MESSAGE ?
		    N_("Det ser ut som ett personnummer. Ta bort det.") :
		    N_("Det ser ut som ett personnummer. Skriv bara namnet.");
	case FAULT_PHONE_ABROAD:
		return N_("Är det ett utländskt nummer? Skriv + först.");
	case FAULT_PHONE_EXTENSION:
		return N_("Vi kan inte ringa en anknytning. Skriv ett direktnummer eller ett "
		    "mobilnummer.");
	case FAULT_PHONE_TWO:
		return N_("Skriv bara ett telefonnummer.");
	case FAULT_LANDLINE:
		return N_("Är det ett mobilnummer? Rätta det då. Stämmer det, så skicka igen.");
	case FAULT_OWN_PHONE:
		return N_("Det är samma nummer som ditt eget. Är det den ungas? Rätta det, eller "
		    "skicka igen om det stämmer.");
	case FAULT_OWN_NAME:
		return N_("Det är samma namn som ditt eget. Heter den unga så? Rätta det, eller "
		    "skicka igen om det stämmer.");
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

const char *
spoken_fill(struct speak_view languages[SPOKEN_COUNT], const char *tag)
{
	const struct speak_view *chosen = spoken_language(tag);

	for (size_t i = 0; i < SPOKEN_COUNT; i++) {
		languages[i] = spoken[i];
		languages[i].chosen = chosen == &spoken[i];
	}
	return tag != NULL && chosen == NULL ? tag : NULL;
}

const struct speak_view *
spoken_language(const char *tag)
{
	for (size_t i = 0; i < SPOKEN_COUNT; i++) {
		const size_t length = strlen(spoken[i].tag);

		/* Easy Swedish is talked as Swedish. */
		if (tag != NULL && strncasecmp(spoken[i].tag, tag, length) == 0 &&
		    (tag[length] == '\0' || tag[length] == '-'))
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
