/* What a brochure's page asks for, and its paper. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/codes.h"
#include "flow/work.h"
#include "render/view_outreach.h"
#include "rules/codes.h"
#include "server/server.h"
#include "staff/outreach.h"
#include "staff/staff.h"
#include "store/store.h"
#include "text/text.h"

struct codes_in_use {
	struct request *x;
	const char *wanted;		/* NULL: the first */
	struct brochure_wish *wish;
	int32_t today;
	struct buffer list;		/* of struct brochure_choice_view */
};

static int
add_code(const struct code_row *row, int64_t visits, int64_t cases, void *argument)
{
	struct codes_in_use *codes = argument;
	const struct config_area *area = config_area(&site.config, row->area);
	struct brochure_choice_view view = { 0 };

	(void)visits;
	(void)cases;
	/* What is to begin is printed before it does. */
	if (row->retired_at != 0 || (row->last_day != 0 && row->last_day < codes->today) ||
	    area == NULL)
		return 0;
	view.code = arena_format(codes->x, "%s", row->code);
	view.place = arena_format(codes->x, "%s", row->place);
	view.area = area->name;
	view.chosen = codes->wanted == NULL ? codes->list.length == 0 :
	    strcmp(codes->wanted, row->code) == 0;
	if (view.chosen) {
		codes->wish->code = view.code;
		codes->wish->place = view.place;
		codes->wish->area = area;
		if (codes->wish->language == NULL)
			codes->wish->language = text_language(row->language, strlen(row->language));
	}
	buffer_add(&codes->list, &view, sizeof(view));
	return 0;
}

/* The codes in use, and the wish's among them. false when that has been answered. */
static bool
read_codes(struct request *x, struct work *work, const struct form *form,
    struct brochure_wish *wish, struct brochures_view *view)
{
	struct codes_in_use codes = {
		.x = x, .wanted = form_value(form, "code"), .wish = wish, .today = day_of(x->now)
	};
	int result = store_code_each(work->store, add_code, &codes, &work->error);

	view->codes = arena_take_list(x, &codes.list, sizeof(*view->codes),
	    &view->codes_count);
	if (result == -1)
		staff_failed(x, &work->error);
	else if (wish->area == NULL && codes.wanted != NULL)
		staff_problem(x, 404, N_("Koden används inte"),
		    N_("Den finns inte, eller är tagen ur bruk. Välj en annan kod."));
	else
		return true;
	return false;
}

/* All but the code; false when it names what there is not. The language may stay NULL: the code's. */
static bool
read_wish(const struct form *form, struct brochure_wish *wish)
{
	const char *kind = form_value(form, "kind"), *language = form_value(form, "language");
	int value = kind == NULL ? BROCHURE_FLYER : word_value(&words_brochure, kind);

	wish->kind = (enum brochure)value;
	wish->language = language == NULL ? NULL : text_language(language, strlen(language));
	wish->bleed = form_value(form, "bleed") != NULL && value != -1 &&
	    brochure_copies(wish->kind) == 1;
	return value != -1 && (language == NULL || wish->language != NULL);
}

bool
brochure_wish_read(struct request *x, struct work *work, const struct form *form,
    struct brochure_wish *wish, struct brochure_words *words, struct brochures_view *view)
{
	if (!read_wish(form, wish)) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return false;
	}
	if (!read_codes(x, work, form, wish, view))
		return false;
	if (wish->language == NULL)
		wish->language = text_languages[0];
	if (wish->area != NULL && brochure_words_read(work, words, wish->area->code,
	    wish->language->tag) == -1) {
		staff_failed(x, &work->error);
		return false;
	}
	return true;
}

const char *
brochure_wish_query(struct request *x, const struct brochure_wish *wish)
{
	return arena_format(x, "code=%s&kind=%s&language=%s%s", wish->code,
	    word_of(&words_brochure, (int)wish->kind), wish->language->tag,
	    wish->bleed ? "&bleed=1" : "");
}

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
	[BROCHURE_RELATIVE] = N_("Använd samma kod. Det är dig vi ringer, inte den unga. "
	    "Vi kan ge råd. Men vi får oftast inte säga om vi har kontakt "
	    "med den unga eller inte."),
	[BROCHURE_PROFESSIONAL_HEADING] = N_("Möter du unga i ditt arbete?"),
	[BROCHURE_PROFESSIONAL] = N_("Fyll i tillsammans med den unga. Vi ringer den som själv har sagt "
	    "ja. Annars kan du lämna över foldern."),
	[BROCHURE_URGENT] = N_("Är det fara för livet? Ring 112. "
	    "Behöver du hjälp direkt? Vänta inte på vårt samtal."),
};

const char *
brochure_usual(enum brochure_part part, const struct language *language)
{
	return text(language, usual[part]);
}

/* The symbol as an image's address; NULL when the service's own address is too long for any. */
static const char *
symbol_of(struct request *x, const char *code)
{
	struct buffer address = { 0 }, link = { 0 };
	struct symbol symbol;

	code_address(&site.config, code, &address);
	if (symbol_make(&symbol, address.data, SYMBOL_Q) == 0) {
		symbol_link(&symbol, &link);
		symbol_free(&symbol);
	}
	buffer_free(&address);
	return link.length == 0 ? NULL : arena_take(x, &link);
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
fill_copies(struct request *x, enum brochure kind, struct brochure_view *view)
{
	size_t count = (size_t)brochure_copies(kind);
	struct brochure_view *copies = arena_array(x, count, sizeof(*copies));

	for (size_t i = 0; i < count; i++)
		copies[i] = *view;
	view->copies = copies;
	view->copies_count = count;
}

void
brochure_paper(struct request *x, const struct brochure_wish *wish,
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
