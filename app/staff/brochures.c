/* Brochures of a code: chosen, worded, previewed, printed. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/codes.h"
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

#define FIELD_PREFIX	"words-"

/* What the form calls each part, to whoever words it. */
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

/* What the form holds. */
struct typed {
	struct brochure_words words;	/* of the right ones */
	const char *written[BROCHURE_PART_COUNT];	/* NULL: was not on the page */
	enum fault faults[BROCHURE_PART_COUNT];
	unsigned parts;			/* mask of those written */
	bool strayed;			/* a text that the kind does not have, or nobody knows */
	bool faulty;
};

static const char *
fault_of(enum fault fault)
{
	switch (fault) {
	case FAULT_LONG:
		return N_("Texten är för lång. Skriv högst {n} tecken.");
	case FAULT_CHARACTERS:
		return N_("Texten har ett tecken som inte går att skriva ut. Skriv den igen.");
	default:
		return NULL;
	}
}

/* A field for each part of the kind: what was typed, else what stands there now. */
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
		field->usual = brochure_usual(part, wish->language);
		field->value = words->of[part][0] != '\0' ? words->of[part] : field->usual;
		if (typed != NULL && typed->written[part] != NULL) {
			field->value = typed->written[part];
			field->fault = fault_of(typed->faults[part]);
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

/* typed NULL: nothing has come back. */
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
		    brochure_wish_query(x, wish));
		view->frame.paper_colour = wish->area->colour;
		fill_fields(x, wish, words, typed, view);
		brochure_paper(x, wish, words, &view->paper);
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

	if (brochure_wish_read(x, work, &x->query, &wish, words, &view))
		show(x, &wish, words, NULL, &view);
}

static void
staff_brochure_print(struct request *x, struct work *work)
{
	struct brochure_words *words = arena_array(x, 1, sizeof(*words));
	struct brochures_view choices = { 0 };
	struct brochure_print_view view = { 0 };
	struct brochure_wish wish = { 0 };

	if (!brochure_wish_read(x, work, &x->query, &wish, words, &choices))
		return;
	if (wish.area == NULL) {
		request_redirect(x, "/staff/brochures");
		return;
	}
	view.title = arena_format(x, "%s %s %s", wish.code, wish.place,
	    word_of(&words_brochure, (int)wish.kind));
	view.colour = wish.area->colour;
	view.tinted = !wish.bleed && brochure_copies(wish.kind) == 1;
	view.back_href = arena_format(x, "/staff/brochures?%s", brochure_wish_query(x, &wish));
	brochure_paper(x, &wish, words, &view.paper);
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
	if (fault_of(typed->faults[part]) != NULL)
		typed->faulty = true;
	/* What nobody changed follows the catalogue when that is mended. */
	if (strcmp(typed->words.of[part], brochure_usual(part, language)) == 0)
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

	if (!brochure_wish_read(x, work, &x->form, &wish, words, &view))
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
		request_redirect(x, "/staff/brochures?%s&notice=%s", brochure_wish_query(x, &wish),
		    usual ? "usual" : "worded");
}

const struct route staff_brochures_routes[] = {
	{ METHOD_GET, "/staff/brochures", LEAD, WORKER_STAFF, staff_brochures,
	    { "code", "kind", "language", "bleed", "notice" } },
	{ METHOD_POST, "/staff/brochures", LEAD, WORKER_STAFF, staff_brochures_save,
	    { "code", "kind", "language", "bleed", "usual", "words-*" } },
	{ METHOD_GET, "/staff/brochures/print", LEAD, WORKER_STAFF, staff_brochure_print,
	    { "code", "kind", "language", "bleed" } },
	{ .path = NULL }
};
