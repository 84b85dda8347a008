/* The brochures of a code: choice, texts, preview, print. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/codes.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view.h"
#include "render/view_outreach.h"
#include "rules/codes.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/outreach.h"
#include "staff/staff.h"
#include "text/text.h"

/* The brochure that a lead has chosen. */
struct brochure_wish {
	const char *code, *place;
	const struct config_area *area;
	enum brochure kind;
	const struct language *language;
	bool bleed;
};

struct codes_in_use {
	struct request *x;
	const char *wanted;
	struct brochure_wish *wish;
	int32_t today;
	struct buffer list;		/* of struct brochure_choice_view */
};

/*
 * A code whose first day lies ahead is there to choose, because its brochures are printed
 * before.
 */
static bool
can_print(const struct code_row *row, int32_t today)
{
	return row->retired_at == 0 && (row->last_day == 0 || row->last_day >= today) &&
	    config_area(&site.config, row->area) != NULL;
}

/* The code with which the page starts. */
struct newest {
	bool *open;			/* of each area of the configuration, its intake */
	int32_t today;
	char any[CODE_SIZE];		/* "": there is none */
	char usable[CODE_SIZE];		/* of those in use now, whose form is open */
};

static int
look_at(const struct code_row *row, int64_t visits, int64_t cases, void *argument)
{
	struct newest *newest = argument;
	const struct config_area *area = config_area(&site.config, row->area);

	(void)visits;
	(void)cases;
	if (!can_print(row, newest->today))
		return 0;
	memcpy(newest->any, row->code, CODE_SIZE);
	if (code_in_use(row, newest->today) && newest->open[area - site.config.areas])
		memcpy(newest->usable, row->code, CODE_SIZE);
	return 0;
}

/* The newest code whose form is open, else the newest; NULL: none. Returns 0 or -1. */
static int
find_newest(struct request *x, struct work *work, const char **code)
{
	struct newest newest = {
		.open = arena_array(x, site.config.areas_count, sizeof(bool)),
		.today = day_of(x->now)
	};
	struct intake_status status;

	for (size_t i = 0; i < site.config.areas_count; i++) {
		if (intake_status_read(work, &status, &site.config.areas[i]) == -1)
			return -1;
		newest.open[i] = status.open;
	}
	if (codes_each(work, look_at, &newest) == -1)
		return -1;
	*code = newest.any[0] == '\0' ? NULL :
	    arena_format(x, "%s", newest.usable[0] != '\0' ? newest.usable : newest.any);
	return 0;
}

static int
add_code(const struct code_row *row, int64_t visits, int64_t cases, void *argument)
{
	struct codes_in_use *codes = argument;
	const struct config_area *area = config_area(&site.config, row->area);
	struct brochure_choice_view view = { 0 };

	(void)visits;
	(void)cases;
	if (!can_print(row, codes->today))
		return 0;
	view.code = arena_format(codes->x, "%s", row->code);
	view.place = arena_format(codes->x, "%s", row->place);
	view.area = area->name;
	view.channel = code_channel_text(row->channel);
	view.chosen = codes->wanted != NULL && strcmp(codes->wanted, row->code) == 0;
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

/*
 * Reads the codes in use, and fills in the chosen one. False: the request has been
 * answered.
 */
static bool
read_codes(struct request *x, struct work *work, const struct form *form,
    struct brochure_wish *wish, struct brochures_view *view)
{
	struct codes_in_use codes = {
		.x = x, .wanted = form_value(form, "code"), .wish = wish, .today = day_of(x->now)
	};
	int result = codes.wanted == NULL ? find_newest(x, work, &codes.wanted) : 0;

	if (result == 0)
		result = codes_each(work, add_code, &codes);
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

/*
 * Reads all fields but the code; false when a value is unknown. The language may stay NULL,
 * which means the code's.
 */
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

/*
 * Reads the choice of a request: by default the flyer of the newest code, in that code's
 * language. Also reads the area's texts, and the codes to choose from into *view.
 * wish->area stays NULL while there is no code. False: the request has been answered.
 */
static bool
read_all(struct request *x, struct work *work, const struct form *form,
    struct brochure_wish *wish, struct brochure_words *words, struct brochures_view *view)
{
	struct intake_status status;

	if (!read_wish(form, wish)) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return false;
	}
	if (!read_codes(x, work, form, wish, view))
		return false;
	if (wish->language == NULL)
		wish->language = text_languages[0];
	if (wish->area == NULL)
		return true;
	if (brochure_words_read(work, words, wish->area->code, wish->language->tag) == -1 ||
	    intake_status_read(work, &status, wish->area) == -1) {
		staff_failed(x, &work->error);
		return false;
	}
	if (!status.open) {
		view->shut = wish->area->name;
		view->shut_href = arena_format(x, "/staff/intake?area=%s", wish->area->code);
	}
	return true;
}

/* Returns the choice as the query of an address. */
static const char *
wish_query(struct request *x, const struct brochure_wish *wish)
{
	return arena_format(x, "code=%s&kind=%s&language=%s%s", wish->code,
	    word_of(&words_brochure, (int)wish->kind), wish->language->tag,
	    wish->bleed ? "&bleed=1" : "");
}

/* The texts of a brochure that the lead has not changed. */
static const char *const catalogue_words[] = {
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

/* Returns the catalogue's text of a part, in the brochure's language. */
static const char *
usual_words(enum brochure_part part, const struct language *language)
{
	return text(language, catalogue_words[part]);
}

/*
 * Returns the QR code as a data URL; NULL when the service's address is too long for any QR
 * code.
 */
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

/* How the address begins that a phone shows before it opens it, in the brochure's language. */
static const char *
begins_of(struct request *x, const struct language *language, const char *host)
{
	struct buffer words = { 0 };
	/* U+2066 and U+2069 keep the address in one piece in a text from the right. */
	const char *whole = strcmp(language->dir, "rtl") == 0 ?
	    arena_format(x, "\u2066%s\u2069", host) : host;

	text_fill(&words, language, text(language, N_("Adressen ska börja på {host}")),
	    (const struct text_argument[]){ { "host", whole } }, 1);
	return arena_take(x, &words);
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
		    usual_words(part, wish->language);
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

/* Fills the pages of the chosen brochure with these texts. */
static void
fill_paper(struct request *x, const struct brochure_wish *wish,
    const struct brochure_words *words, struct brochure_view *view)
{
	const char *scheme = strstr(site.config.base_url, "://");
	const char *host = scheme == NULL ? site.config.base_url : scheme + 3;

	*view = (struct brochure_view){
		.kind = word_of(&words_brochure, (int)wish->kind),
		.tag = wish->language->tag, .dir = wish->language->dir,
		.bleed = wish->bleed,
		.logo = wish->area->logo,
		.sender = wish->area->responsible,
		.phone = wish->area->phone,
		.place = wish->area->place,
		.symbol = symbol_of(x, wish->code),
		.host = host,
		.begins = begins_of(x, wish->language, host),
		.code = wish->code,
	};
	if (site.config.demonstration)
		view->demonstration =
		    text(wish->language, N_("Demonstration: ingen ringer på riktigt."));
	fill_words(wish, words, view);
	fill_copies(x, wish->kind, view);
}

#define FIELD_PREFIX	"words-"

/* The label of each part's field, for the lead who writes the text. */
static const char *const labels[] = {
	[BROCHURE_HEADING] = N_("Rubrik"),
	[BROCHURE_INTRO] = N_("Vem det är för"),
	[BROCHURE_PROMISE] = N_("Löftet"),
	[BROCHURE_SCAN] = N_("Vid koden"),
	[BROCHURE_RING] = N_("Före telefonnumret"),
	[BROCHURE_HOW] = N_("Rubrik över stegen"),
	[BROCHURE_STEP1] = N_("Första steget"),
	[BROCHURE_STEP2] = N_("Andra steget"),
	[BROCHURE_STEP3] = N_("Tredje steget"),
	[BROCHURE_RELATIVE_HEADING] = N_("Rubrik till föräldrar"),
	[BROCHURE_RELATIVE] = N_("Till föräldrar"),
	[BROCHURE_PROFESSIONAL_HEADING] = N_("Rubrik till den som möter unga i sitt arbete"),
	[BROCHURE_PROFESSIONAL] = N_("Till den som möter unga i sitt arbete"),
	[BROCHURE_URGENT] = N_("Om akut hjälp"),
};

/* The texts that were posted. */
struct typed {
	struct brochure_words words;	/* those without a fault */
	const char *written[BROCHURE_PART_COUNT];	/* NULL: not on the page */
	enum fault faults[BROCHURE_PART_COUNT];
	unsigned parts;			/* mask of the posted parts */
	/* A part that is unknown, or that this kind does not have. */
	bool strayed;
	bool faulty;
};

static const char *
fault_of(struct request *x, enum fault fault, const char *written)
{
	switch (fault) {
	case FAULT_LONG:
		return N_("Texten är för lång. Skriv högst {n} tecken.");
	case FAULT_PERSONNUMMER:
		return N_("Det ser ut som ett personnummer. Ta bort det.");
	case FAULT_CHARACTERS:
		return staff_unusable(x, written, NULL);
	default:
		return NULL;
	}
}

/* Fills in a field for each part of the kind: the typed text, otherwise the present one. */
static void
fill_fields(struct request *x, const struct brochure_wish *wish,
    const struct brochure_words *words, const struct typed *typed, struct brochures_view *view)
{
	struct brochure_field_view *fields =
	    arena_array(x, BROCHURE_PART_COUNT, sizeof(*fields));

	for (enum brochure_part part = 0; part < BROCHURE_PART_COUNT; part++) {
		struct brochure_field_view *field = &fields[view->fields_count];

		if ((brochure_parts(wish->kind) & 1U << part) == 0)
			continue;
		view->fields_count++;
		field->name = arena_format(x, FIELD_PREFIX "%s",
		    word_of(&words_brochure_part, (int)part));
		field->label = labels[part];
		field->most = brochure_most(part);
		field->plain = brochure_plain(part);
		field->tall = field->most > 60;
		field->usual = usual_words(part, wish->language);
		field->value = words->of[part][0] != '\0' ? words->of[part] : field->usual;
		if (typed != NULL && typed->written[part] != NULL) {
			field->value = typed->written[part];
			field->fault = fault_of(x, typed->faults[part], field->value);
		}
	}
	view->fields = fields;
}

static void
fill_choices(struct request *x, const struct brochure_wish *wish, struct brochures_view *view)
{
	struct brochure_kind_view *kinds = arena_array(x, BROCHURE_COUNT, sizeof(*kinds));
	struct link_view *languages =
	    arena_array(x, text_languages_count, sizeof(*languages));

	for (int i = 0; i < BROCHURE_COUNT; i++) {
		kinds[i].name.word = word_of(&words_brochure, i);
		kinds[i].chosen = i == (int)wish->kind;
	}
	for (size_t i = 0; i < text_languages_count; i++) {
		languages[i].text = text_languages[i]->name;
		languages[i].tag = text_languages[i]->tag;
		languages[i].current = text_languages[i] == wish->language;
	}
	view->kinds = kinds;
	view->kinds_count = BROCHURE_COUNT;
	view->languages = languages;
	view->languages_count = text_languages_count;
}

/* Shows the page; typed is NULL when no form has come back. */
static void
show(struct request *x, const struct brochure_wish *wish, const struct brochure_words *words,
    const struct typed *typed, struct brochures_view *view)
{
	fill_choices(x, wish, view);
	view->bleed = wish->bleed;
	staff_frame(x, &view->frame, N_("Broschyrer"), "codes");
	if (wish->area != NULL) {
		view->code = wish->code;
		view->print_href = arena_format(x, "/staff/brochures/print?%s",
		    wish_query(x, wish));
		view->frame.paper_colour = wish->area->colour;
		fill_fields(x, wish, words, typed, view);
		fill_paper(x, wish, words, &view->paper);
		x->scripted = true;
	}
	if (typed != NULL) {
		view->strayed = typed->strayed;
		view->faulty = typed->faulty;
	}
	x->status = typed == NULL ? 200 : 422;
	page_brochures(&x->body, x->language, view);
}

static void
staff_brochures(struct request *x, struct work *work)
{
	struct brochure_words *words = arena_array(x, 1, sizeof(*words));
	struct brochures_view view = { 0 };
	struct brochure_wish wish = { 0 };

	if (read_all(x, work, &x->query, &wish, words, &view))
		show(x, &wish, words, NULL, &view);
}

static void
staff_brochure_print(struct request *x, struct work *work)
{
	struct brochure_words *words = arena_array(x, 1, sizeof(*words));
	struct brochures_view choices = { 0 };
	struct brochure_print_view view = { 0 };
	struct brochure_wish wish = { 0 };

	if (!read_all(x, work, &x->query, &wish, words, &choices))
		return;
	if (wish.area == NULL) {
		request_redirect(x, "/staff/brochures");
		return;
	}
	if (code_printed(work, wish.code) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	view.title = arena_format(x, "%s %s %s", wish.code, wish.place,
	    word_of(&words_brochure, (int)wish.kind));
	view.colour = wish.area->colour;
	view.tinted = !wish.bleed && brochure_copies(wish.kind) == 1;
	view.back_href = arena_format(x, "/staff/brochures?%s", wish_query(x, &wish));
	view.shut = choices.shut;
	fill_paper(x, &wish, words, &view.paper);
	x->status = 200;
	page_brochure_print(&x->body, x->language, &view);
}

static void
read_part(struct typed *typed, enum brochure_part part, const char *written,
    const struct language *language)
{
	typed->written[part] = written;
	typed->parts |= 1U << part;
	typed->faults[part] = brochure_read(part, written, typed->words.of[part]);
	if (typed->faults[part] != FAULT_NONE && typed->faults[part] != FAULT_MISSING)
		typed->faulty = true;
	/*
	 * A text that equals the catalogue's is stored as "", so that it follows later
	 * corrections of the catalogue.
	 */
	if (strcmp(typed->words.of[part], usual_words(part, language)) == 0)
		typed->words.of[part][0] = '\0';
}

static void
read_typed(const struct form *form, const struct brochure_wish *wish, struct typed *typed)
{
	for (size_t i = 0; i < form->count; i++) {
		const char *name = form->fields[i].name;
		int part;

		if (strncmp(name, FIELD_PREFIX, strlen(FIELD_PREFIX)) != 0)
			continue;
		part = word_value(&words_brochure_part, name + strlen(FIELD_PREFIX));
		if (part == -1 || (brochure_parts(wish->kind) & 1U << part) == 0)
			typed->strayed = true;
		else
			read_part(typed, (enum brochure_part)part, form->fields[i].value,
			    wish->language);
	}
}

static void
staff_brochures_save(struct request *x, struct work *work)
{
	struct brochure_words *words = arena_array(x, 1, sizeof(*words));
	struct typed *typed = arena_array(x, 1, sizeof(*typed));
	struct brochures_view view = { 0 };
	struct brochure_wish wish = { 0 };
	bool usual = form_value(&x->form, "usual") != NULL;

	if (!read_all(x, work, &x->form, &wish, words, &view))
		return;
	if (wish.area == NULL) {
		request_redirect(x, "/staff/brochures");
		return;
	}
	if (usual)
		typed->parts = brochure_parts(wish.kind);
	else
		read_typed(&x->form, &wish, typed);
	if (typed->strayed || typed->faulty)
		show(x, &wish, words, typed, &view);
	else if (brochure_words_save(work, &typed->words, typed->parts, wish.area->code,
	    wish.language->tag) == -1)
		staff_failed(x, &work->error);
	else
		request_redirect(x, "/staff/brochures?%s&notice=%s", wish_query(x, &wish),
		    usual ? "usual" : "worded");
}

const struct route staff_brochures_routes[] = {
	{ METHOD_GET, "/staff/brochures", LEAD, WORKER_STAFF, staff_brochures,
	    { "code", "kind", "language", "bleed" } },
	{ METHOD_POST, "/staff/brochures", LEAD, WORKER_STAFF, staff_brochures_save,
	    { "code", "kind", "language", "bleed", "usual", "words-*" } },
	{ METHOD_GET, "/staff/brochures/print", LEAD, WORKER_STAFF, staff_brochure_print,
	    { "code", "kind", "language", "bleed" } },
	{ .path = NULL }
};
