#include "flow/search.h"
#include "page/pages.h"
#include "web/web.h"

/* What to do about what was typed; NULL when it could be looked for. */
static const char *
told(enum wanted_kind kind)
{
	switch (kind) {
	case WANTED_NOTHING:
		return N_("Skriv det du söker: ett namn, ett telefonnummer eller ett ärendenummer.");
	case WANTED_SHORT:
		return N_("Skriv minst två bokstäver.");
	case WANTED_LONG:
		return N_("Det är för långt. Skriv högst 80 tecken.");
	case WANTED_DIGITS:
		return N_("Skriv hela telefonnumret, till exempel 070-174 06 05.");
	case WANTED_REFERENCE:
	case WANTED_PHONE:
	case WANTED_NAME:
		break;
	}
	return NULL;
}

static const char *
why(enum wanted_kind kind)
{
	return kind == WANTED_REFERENCE ? N_("Samma ärendenummer") :
	    kind == WANTED_PHONE ? N_("Samma telefonnummer") : N_("Namnet stämmer");
}

static void
fill_hit(struct exchange *x, struct search_hit_view *view, const struct search_hit *hit)
{
	const struct case_row *row = &hit->row;
	const struct config_area *area = config_area(&site.config, row->area);
	const struct config_queue *queue = config_queue(&site.config, row->queue);
	char reference[14];

	number_text(row->number, reference);
	view->reference = exchange_keep(x, "%s", reference);
	view->href = exchange_keep(x, "/staff/case/%s", reference);
	view->name = hit->name[0] != '\0' ? hit->name : NULL;
	view->state.word = word_of(&words_state, row->state);
	view->age.word = word_of(&words_age, row->age);
	view->area = area != NULL ? area->name : row->area;
	view->queue = queue != NULL ? queue->name : row->queue;
	view->received = staff_when(x, row->received_at);
}

/* What a search found; *search outlives the page. */
static void
show(struct exchange *x, const struct search *search, const char *typed)
{
	struct search_hit_view hits[SEARCH_MOST] = { 0 };
	struct search_view view = {
		.form.typed = typed, .told = told(search->kind), .hits = hits,
		.hits_count = search->count, .open = search->extent.open,
		.closed = search->extent.closed, .damaged = search->extent.damaged,
		.all_closed = search->extent.all_closed
	};

	for (size_t i = 0; i < search->count; i++) {
		fill_hit(x, &hits[i], &search->hits[i]);
		hits[i].why = why(search->kind);
	}
	if (search->more)
		view.most = exchange_keep(x, "%d", SEARCH_MOST);
	if (view.told == NULL && search->count == 0)
		view.told = N_("Ingen träff bland de ärenden som du kan öppna. Pröva färre bokstäver.");
	view.looked = (search->kind == WANTED_PHONE || search->kind == WANTED_NAME) &&
	    !search->more;
	staff_frame(x, &view.frame, N_("Sök"), "");
	view.form.token = view.frame.token;
	x->status = 200;
	page_search(&x->body, x->language, &view);
}

void
staff_search_page(struct exchange *x, struct store *store)
{
	struct search_view view = { 0 };

	(void)store;
	staff_frame(x, &view.frame, N_("Sök"), "");
	view.form.token = view.frame.token;
	x->status = 200;
	page_search(&x->body, x->language, &view);
}

void
staff_search(struct exchange *x, struct store *store)
{
	const char *typed = form_value(&x->form, "find");
	struct search search;
	struct error error;

	typed = typed == NULL ? "" : typed;
	if (search_do(&search, store, &site.config, &x->identity, typed, x->now, &error) == 0)
		show(x, &search, typed);
	else
		staff_failed(x, &error);
	search_wipe(&search);
}
