#include <string.h>

#include "web/brochures.h"

struct codes_in_use {
	struct exchange *x;
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
	view.code = exchange_keep(codes->x, "%s", row->code);
	view.place = exchange_keep(codes->x, "%s", row->place);
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
read_codes(struct exchange *x, struct store *store, const struct form *form,
    struct brochure_wish *wish, struct brochures_view *view)
{
	struct codes_in_use codes = {
		.x = x, .wanted = form_value(form, "code"), .wish = wish, .today = day_of(x->now)
	};
	struct error error;
	int result = store_code_each(store, add_code, &codes, &error);

	view->codes = exchange_keep_list(x, &codes.list, sizeof(*view->codes),
	    &view->codes_count);
	if (result == -1)
		staff_failed(x, &error);
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
brochure_wish_read(struct exchange *x, struct store *store, const struct form *form,
    struct brochure_wish *wish, struct brochure_words *words, struct brochures_view *view)
{
	struct error error;

	if (!read_wish(form, wish)) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return false;
	}
	if (!read_codes(x, store, form, wish, view))
		return false;
	if (wish->language == NULL)
		wish->language = text_languages[0];
	if (wish->area != NULL && brochure_words_read(words, store, wish->area->code,
	    wish->language->tag, &error) == -1) {
		staff_failed(x, &error);
		return false;
	}
	return true;
}

const char *
brochure_wish_query(struct exchange *x, const struct brochure_wish *wish)
{
	return exchange_keep(x, "code=%s&kind=%s&language=%s%s", wish->code,
	    word_of(&words_brochure, (int)wish->kind), wish->language->tag,
	    wish->bleed ? "&bleed=1" : "");
}
