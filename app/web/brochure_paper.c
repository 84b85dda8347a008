#include <string.h>

#include "flow/codes.h"
#include "web/brochures.h"

/* What stands on a brochure unless a lead words it otherwise. */
static const char *const usual[] = {
	[BROCHURE_HEADING] = N_("Vill du att någon ringer dig?"),
	[BROCHURE_INTRO] = N_("Du som är 15–29 och inte jobbar eller pluggar kan få hjälp här."),
	[BROCHURE_PROMISE] = N_("Det kostar inget. Du behöver inte veta vad du vill."),
	[BROCHURE_SCAN] = N_("Rikta kameran mot koden och svara på några frågor."),
	[BROCHURE_RING] = N_("Du kan också ringa oss:"),
	[BROCHURE_HOW] = N_("Så går det till"),
	[BROCHURE_STEP1] = N_("Skanna koden med mobilen och svara på några korta frågor."),
	[BROCHURE_STEP2] = N_("Vi ringer dig. Du får veta senast vilken dag, och från vilket nummer."),
	[BROCHURE_STEP3] = N_("Vi lyssnar. Sedan hittar vi vägen tillsammans: jobb, studier eller "
	    "annat stöd."),
	[BROCHURE_RELATIVE_HEADING] = N_("Är du förälder?"),
	[BROCHURE_RELATIVE] = N_("Använd samma kod. Vi ringer dig först och lyssnar. Vi kan ge råd, "
	    "men vi får oftast inte berätta om vi har kontakt med ditt barn."),
	[BROCHURE_PROFESSIONAL_HEADING] = N_("Möter du unga i ditt arbete?"),
	[BROCHURE_PROFESSIONAL] = N_("Fyll i tillsammans med den unga. Vi ringer den som själv har sagt "
	    "ja. Annars kan du lämna över foldern."),
	[BROCHURE_URGENT] = N_("Det här är inte för akut hjälp. Är det fara för livet? Ring 112."),
};

const char *
brochure_usual(enum brochure_part part, const struct language *language)
{
	return text(language, usual[part]);
}

/* The symbol as an image's address; NULL when the service's own address is too long for any. */
static const char *
symbol_of(struct exchange *x, const char *code)
{
	struct buffer address = { 0 }, link = { 0 };
	struct symbol symbol;

	code_address(&site.config, code, &address);
	if (symbol_make(&symbol, address.data, SYMBOL_Q) == 0) {
		symbol_link(&symbol, &link);
		symbol_free(&symbol);
	}
	buffer_free(&address);
	return link.length == 0 ? NULL : exchange_keep_buffer(x, &link);
}

static void
fill_words(const struct brochure_wish *wish, const struct brochure_words *words,
    struct brochure_view *view)
{
	struct brochure_text_view *const texts[] = {
		[BROCHURE_HEADING] = &view->heading,
		[BROCHURE_INTRO] = &view->intro,
		[BROCHURE_PROMISE] = &view->promise,
		[BROCHURE_SCAN] = &view->scan,
		[BROCHURE_RING] = &view->ring,
		[BROCHURE_HOW] = &view->how,
		[BROCHURE_STEP1] = &view->step1,
		[BROCHURE_STEP2] = &view->step2,
		[BROCHURE_STEP3] = &view->step3,
		[BROCHURE_RELATIVE_HEADING] = &view->relative_heading,
		[BROCHURE_RELATIVE] = &view->relative,
		[BROCHURE_PROFESSIONAL_HEADING] = &view->professional_heading,
		[BROCHURE_PROFESSIONAL] = &view->professional,
		[BROCHURE_URGENT] = &view->urgent,
	};

	for (enum brochure_part part = 0; part < BROCHURE_PART_COUNT; part++) {
		texts[part]->text = words->of[part][0] != '\0' ? words->of[part] :
		    brochure_usual(part, wish->language);
		texts[part]->is_long = brochure_long(part, texts[part]->text);
	}
}

static void
fill_copies(struct exchange *x, enum brochure kind, struct brochure_view *view)
{
	size_t count = (size_t)brochure_copies(kind);
	struct brochure_view *copies = exchange_keep_array(x, count, sizeof(*copies));

	for (size_t i = 0; i < count; i++)
		copies[i] = *view;
	view->copies = copies;
	view->copies_count = count;
}

void
brochure_paper(struct exchange *x, const struct brochure_wish *wish,
    const struct brochure_words *words, struct brochure_view *view)
{
	const char *scheme = strstr(site.config.base_url, "://");

	*view = (struct brochure_view){
		.kind = word_of(&words_brochure, (int)wish->kind),
		.tag = wish->language->tag, .dir = wish->language->dir,
		.bleed = wish->bleed,
		.logo = wish->area->logo,
		.sender = wish->area->responsible,
		.phone = wish->area->phone,
		.place = wish->area->place,
		.symbol = symbol_of(x, wish->code),
		.host = scheme == NULL ? site.config.base_url : scheme + 3,
		.code = wish->code,
	};
	if (site.config.demonstration)
		view->demonstration =
		    text(wish->language, N_("Demonstration: ingen ringer på riktigt."));
	fill_words(wish, words, view);
	fill_copies(x, wish->kind, view);
}
