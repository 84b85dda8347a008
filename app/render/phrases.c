/* Texts and links that public pages and staff pages share. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "render/pages.h"
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

	/* The links are the same on every page of a language. They are made on first use, before the fork. */
	while (text_languages[row] != current)
		row++;
	if (links[row][0].href != NULL)
		return links[row];
	for (size_t at = text_languages_count; at-- > 0;) {
		/* One that comes late takes the last of the places that are shown. */
		const size_t i = row < LANGUAGES_SHOWN || at + 1 < LANGUAGES_SHOWN || at > row ? at :
		    at + 1 == LANGUAGES_SHOWN ? row : at - 1;

		(void)snprintf(href[i], sizeof(href[i]), "?lang=%s", text_languages[i]->tag);
		links[row][at] = (struct link_view){
			.text = text_languages[i]->name,
			.tag = text_languages[i]->tag,
			.dir = text_languages[i]->dir,
			.current = i == row,
			.href = href[i],
		};
	}
	return links[row];
}

/* The languages that the form offers to speak in, each with its own name and the Swedish one. */
static const struct speak_view spoken[SPOKEN_COUNT] = {
	{ "sv", "Svenska", "ltr", false, N_("svenska") },
	{ "en", "English", "ltr", false, N_("engelska") },
	{ "ar", "العربية", "rtl", false, N_("arabiska") },
	{ "so", "Soomaali", "ltr", false, N_("somaliska") },
	{ "ti", "ትግርኛ", "ltr", false, N_("tigrinska") },
	{ "fa", "فارسی / دری", "rtl", false, N_("persiska eller dari") },
	{ "uk", "Українська", "ltr", false, N_("ukrainska") },
	{ "ckb", "کوردی", "rtl", false, N_("sorani") },
	{ "th", "ไทย", "ltr", false, N_("thailändska") },
};

/* The remedy for a choice that is missing or wrong, by field. */
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
		    N_("Det ser ut som ett personnummer. Skriv bara telefonnumret.") :
		    field == FIELD_MESSAGE ?
		    N_("Det ser ut som ett personnummer. Ta bort det.") :
		    N_("Det ser ut som ett personnummer. Skriv bara namnet.");
	case FAULT_PHONE_ABROAD:
		return N_("Är det ett utländskt nummer? Skriv + först.");
	case FAULT_PHONE_EXTENSION:
		return N_("Vi kan inte ringa en anknytning. Skriv ett direktnummer eller ett "
		    "mobilnummer.");
	case FAULT_PHONE_WRONG:
		return N_("Det är numret som var fel. Skriv ett annat.");
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
	default:
		return N_("Namnet har en radbrytning. Skriv det på en rad.");
	}
}

bool
unusable_character(struct buffer *out, const struct language *language, const char *written)
{
	struct buffer before = { 0 }, after = { 0 };
	const bool found = typed_unusable(written, &before, &after);
	const char *message = before.length > 0 && after.length > 0 ?
	    N_("Mellan ”{before}” och ”{after}” finns ett osynligt tecken. Radera där och skriv igen.") :
	    before.length > 0 ?
	    N_("Efter ”{before}” finns ett osynligt tecken. Radera där och skriv igen.") :
	    after.length > 0 ?
	    N_("Före ”{after}” finns ett osynligt tecken. Radera där och skriv igen.") :
	    N_("Där finns ett osynligt tecken. Radera allt och skriv igen.");

	if (found)
		text_fill(out, language, text(language, message), (struct text_argument[]){
		    { "before", buffer_string(&before) }, { "after", buffer_string(&after) }
		}, 2);
	buffer_wipe(&before);
	buffer_wipe(&after);
	return found;
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

/* So many bytes of a text, in the store. */
static const char *
keep(struct buffer *store, const char *before, const char *bytes, size_t length)
{
	const size_t at = store->length;

	buffer_text(store, before);
	buffer_add(store, bytes, length);
	buffer_add(store, "", 1);
	return store->data + at;
}

/* The length of the telephone number that begins there; 0 when there is none. */
static size_t
number_length(const char *text, struct prose_part *part, struct buffer *store)
{
	size_t length = *text == '0' || *text == '+' ? strspn(text, "+0123456789 -") : 0;
	char written[PHONE_TEL], e164[PHONE_MAX], tel[PHONE_TEL];

	while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '-'))
		length--;
	if (length == 0 || length >= sizeof(written))
		return 0;
	(void)snprintf(written, sizeof(written), "%.*s", (int)length, text);
	if (phone_parse(written, e164) != 0)
		return 0;
	phone_tel(written, tel);
	part->href = keep(store, "", tel, strlen(tel));
	return length;
}

/* The same of an address of the web or of mail. A mark at its end belongs to the sentence. */
static size_t
address_length(const char *text, struct prose_part *part, struct buffer *store)
{
	size_t length = strcspn(text, " \n()<>");
	const char *at = memchr(text, '@', length);

	while (length > 0 && strchr(".,;:!?", text[length - 1]) != NULL)
		length--;
	if (strncmp(text, "www.", 4) == 0 && length > 4)
		part->href = keep(store, "https://", text, length);
	else if (strncmp(text, "https://", 8) == 0 && length > 8)
		part->href = keep(store, "", text, length);
	else if (at != NULL && at > text && memchr(at, '.', length - (size_t)(at - text)) != NULL)
		part->href = keep(store, "mailto:", text, length);
	else
		return 0;
	return length;
}

size_t
prose_parts(struct prose_part *part, size_t most, const char *paragraph, struct buffer *store)
{
	const char *from = paragraph, *at = paragraph;
	size_t count = 0;

	/* A piece before each link, and one behind the last. */
	while (*at != '\0' && count + 3 <= most) {
		const bool begins = at == paragraph || strchr(" \n(", at[-1]) != NULL ||
		    (unsigned char)at[-1] >= 0x80;
		struct prose_part link = { 0 };
		size_t length = begins ? number_length(at, &link, store) : 0;

		if (length == 0 && begins)
			length = address_length(at, &link, store);
		if (length == 0) {
			at++;
			continue;
		}
		if (at > from)
			part[count++].text = keep(store, "", from, (size_t)(at - from));
		link.text = keep(store, "", at, length);
		part[count++] = link;
		from = at += length;
	}
	if (*from != '\0')
		part[count++].text = keep(store, "", from, strlen(from));
	return count;
}

#define PARAGRAPHS_MAX	64
#define PARTS_MAX	256	/* of all paragraphs of a page */

/*
 * Cuts a text into paragraphs in place, at its line ends: the configuration
 * has made each paragraph one line. One that begins with "# " is a heading.
 */
static size_t
cut_paragraphs(char *text, struct prose_paragraph *paragraph, struct prose_part *part,
    struct buffer *store)
{
	size_t count = 0, parts = 0;
	char *line, *rest = text;

	while ((line = strsep(&rest, "\n")) != NULL && count < PARAGRAPHS_MAX && parts < PARTS_MAX) {
		if (*line == '\0')
			continue;
		paragraph[count].heading = strncmp(line, "# ", 2) == 0;
		paragraph[count].parts = part + parts;
		paragraph[count].parts_count = prose_parts(part + parts, PARTS_MAX - parts,
		    paragraph[count].heading ? line + 2 : line, store);
		parts += paragraph[count++].parts_count;
	}
	return count;
}

void
prose_render(struct buffer *out, const struct language *language, struct prose_view *view,
    struct buffer *prose, const char *tag)
{
	struct prose_paragraph paragraph[PARAGRAPHS_MAX];
	struct prose_part part[PARTS_MAX] = { 0 };
	struct buffer marked = { 0 }, store = { 0 };
	const struct language *written = text_language(tag, strlen(tag));

	view->tag = tag;
	view->dir = written != NULL ? written->dir : "ltr";
	if (strcmp(view->dir, "rtl") == 0)
		text_numbers(&marked, prose->data, strlen(prose->data));
	else
		buffer_text(&marked, buffer_string(prose));
	buffer_reserve(&store, 2 * marked.length + (size_t)32 * PARTS_MAX);
	view->paragraphs = paragraph;
	view->paragraphs_count = cut_paragraphs(marked.data, paragraph, part, &store);
	page_prose(out, language, view);
	buffer_free(&marked);
	buffer_free(&store);
	buffer_free(prose);
}
