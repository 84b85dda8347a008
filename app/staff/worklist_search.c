/* The search; closed cases; what the reader did lately; the keyboard shortcuts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "render/pages.h"
#include "render/view_worklist.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

/* Returns what is wrong with the typed text, a msgid; NULL when it can be searched. */
static const char *
told(enum search_query_kind kind)
{
	switch (kind) {
	case SEARCH_QUERY_NOTHING:
		return N_("Skriv det du söker: ett namn, ett telefonnummer eller ett ärendenummer.");
	case SEARCH_QUERY_SHORT:
		return N_("Skriv minst två bokstäver.");
	case SEARCH_QUERY_LONG:
		return N_("Det är för långt. Skriv högst 80 tecken.");
	case SEARCH_QUERY_DIGITS:
		return N_("Skriv hela telefonnumret, till exempel 070-174 06 05, "
		    "eller de fyra sista siffrorna.");
	case SEARCH_QUERY_PERSONNUMMER:
		return N_("Det ser ut som ett personnummer. Inget ärende har något. "
		    "Sök efter namnet eller telefonnumret.");
	case SEARCH_QUERY_REFERENCE:
	case SEARCH_QUERY_PHONE:
	case SEARCH_QUERY_LAST:
	case SEARCH_QUERY_NAME:
		break;
	}
	return NULL;
}

/* The words in the address of a hit's case, from which its page says the same. */
static const char *const found_by[] = {
	[SEARCH_NUMBER_WRONG] = "wrong", [SEARCH_NUMBER_BEFORE] = "before"
};

static const char *
why(enum search_query_kind kind, enum search_number number)
{
	if (number == SEARCH_NUMBER_WRONG)
		return N_("Numret var fel");
	if (number == SEARCH_NUMBER_BEFORE)
		return N_("Hade det numret förut");
	return kind == SEARCH_QUERY_REFERENCE ? N_("Samma ärendenummer") :
	    kind == SEARCH_QUERY_PHONE ? N_("Samma telefonnummer") :
	    kind == SEARCH_QUERY_LAST ? N_("Numret slutar så") : N_("Namnet stämmer");
}

static void
fill_hit(struct request *x, struct search_hit_view *view, const struct search_hit *hit)
{
	const struct case_row *row = &hit->row;
	const struct config_area *area = config_area(&site.config, row->area);
	const struct config_queue *queue = config_queue(&site.config, row->queue);
	char reference[14];

	number_text(row->number, reference);
	view->reference = arena_format(x, "%s", reference);
	view->href = arena_format(x, "/staff/case/%s%s%s", reference,
	    hit->number != SEARCH_NUMBER_OWN ? "?found=" : "",
	    hit->number != SEARCH_NUMBER_OWN ? found_by[hit->number] : "");
	view->name = hit->name[0] != '\0' ? hit->name : NULL;
	view->state.word = word_of(&words_state, row->state);
	view->age.word = word_of(&words_age, row->age);
	view->area = area != NULL ? area->name : row->area;
	view->queue = queue != NULL ? queue->name : row->queue;
	view->received = staff_when(x, row->received_at);
}

/* Shows what the search found. *search must live until the page is made. */
static void
show(struct request *x, const struct search *search, const char *typed)
{
	struct search_hit_view hits[SEARCH_MAX] = { 0 };
	struct search_view view = {
		.form.typed = typed, .told = told(search->kind), .hits = hits,
		.hits_count = search->count, .open = search->extent.open,
		.closed = search->extent.closed, .damaged = search->extent.damaged,
		.all_closed = search->extent.all_closed
	};

	for (size_t i = 0; i < search->count; i++) {
		fill_hit(x, &hits[i], &search->hits[i]);
		hits[i].why = why(search->kind, search->hits[i].number);
	}
	if (search->more)
		view.most = arena_format(x, "%d", SEARCH_MAX);
	if (view.told != NULL)
		view.told = staff_unusable(x, typed, view.told);
	else if (search->count == 0)
		view.told = search->kind == SEARCH_QUERY_NAME ?
		    N_("Ingen träff bland de ärenden som du kan öppna. Pröva färre bokstäver.") :
		    N_("Ingen träff bland de ärenden som du kan öppna.");
	view.looked = search->kind >= SEARCH_QUERY_PHONE &&
	    !search->more;
	staff_frame(x, &view.frame, N_("Sök"), "queue");
	view.form.token = view.frame.token;
	x->status = 200;
	page_search(&x->body, x->language, &view);
}

static void
staff_search_page(struct request *x, struct work *work)
{
	struct search_view view = { 0 };

	(void)work->store;
	staff_frame(x, &view.frame, N_("Sök"), "queue");
	view.form.token = view.frame.token;
	x->status = 200;
	page_search(&x->body, x->language, &view);
}

static void
staff_search(struct request *x, struct work *work)
{
	const char *typed = form_value(&x->form, "find");
	struct search search;

	typed = typed == NULL ? "" : typed;
	if (search_do(work, &search, typed) == 0)
		show(x, &search, typed);
	else
		staff_failed(x, &work->error);
	search_wipe(&search);
}

/* What is past: closed cases, and what the reader did lately. Also the page of shortcuts. */

#define CLOSED_ROWS	50
#define HISTORY_ROWS	100

static void
fill_closed(struct request *x, struct worklist_closed_row_view *view, const struct case_row *row)
{
	struct word_outcome_view *outcomes = arena_array(x, OUTCOME_COUNT, sizeof(*outcomes));

	view->reference = staff_reference(x, row->number);
	view->href = arena_format(x, "/staff/case/%s", view->reference);
	view->age.word = word_of(&words_age, (int)row->age);
	view->who.word = word_of(&words_who, (int)row->who);
	view->queue = staff_queue_name(x, row->queue);
	view->closed = staff_when(x, row->closed_at);
	for (int i = 0; i < OUTCOME_COUNT; i++) {
		if ((row->outcomes & 1U << i) != 0)
			outcomes[view->outcomes_count++].word = word_of(&words_outcome, i);
	}
	view->outcomes = outcomes;
}

/* Reads "CLOSED-NUMBER", the last row of the page before. */
static bool
read_closed(const struct request *x, int64_t *closed_at, int64_t *number)
{
	const char *after = form_value(&x->query, "after");
	long long at;
	char reference[14];
	int end = 0;

	*closed_at = *number = INT64_MAX;
	if (after == NULL)
		return true;
	if (sscanf(after, "%19lld-%13[0-9A-Za-z]%n", &at, reference, &end) != 2 ||
	    after[end] != '\0' || number_parse(reference, number) != 0)
		return false;
	*closed_at = at;
	return true;
}

static void
staff_closed(struct request *x, struct work *work)
{
	struct worklist_closed_view view = { .first = form_value(&x->query, "after") == NULL };
	struct worklist_closed_row_view *rows = arena_array(x, CLOSED_ROWS, sizeof(*rows));
	struct worklist_closed closed = { 0 };
	int64_t closed_at, number;

	if (!read_closed(x, &closed_at, &number)) {
		staff_problem(x, 400, N_("Det urvalet finns inte"),
		    N_("Adressen har något som vi inte känner igen. Börja om från I dag."));
		return;
	}
	if (worklist_closed_read(work, &closed, closed_at, number, CLOSED_ROWS) == -1) {
		staff_failed(x, &work->error);
		free(closed.rows);
		return;
	}
	for (size_t i = 0; i < closed.count; i++)
		fill_closed(x, &rows[i], &closed.rows[i]);
	view.rows = rows;
	view.rows_count = closed.count;
	if (closed.more)
		view.next_href = arena_format(x, "/staff/closed?after=%lld-%s",
		    (long long)closed.rows[closed.count - 1].closed_at,
		    rows[closed.count - 1].reference);
	free(closed.rows);
	staff_frame(x, &view.frame, N_("Avslutade ärenden"), "queue");
	x->status = 200;
	page_worklist_closed(&x->body, x->language, &view);
}

static void
fill_act(struct request *x, struct worklist_act_view *view, const struct worklist_act *act)
{
	view->reference = staff_reference(x, act->row.number);
	view->href = arena_format(x, "/staff/case/%s", view->reference);
	view->act = staff_act_text(act->act);
	view->undone = act->undone;
	view->when = staff_when(x, act->at);
	view->when_iso = staff_iso(x, act->at);
	view->age.word = word_of(&words_age, (int)act->row.age);
	view->state.word = word_of(&words_state, (int)act->row.state);
	view->queue = staff_queue_name(x, act->row.queue);
}

static void
staff_history(struct request *x, struct work *work)
{
	struct worklist_history_view view = { 0 };
	struct worklist_act_view *acts = arena_array(x, HISTORY_ROWS, sizeof(*acts));
	struct worklist_history history = { 0 };

	if (worklist_history_read(work, &history, HISTORY_ROWS) == -1) {
		staff_failed(x, &work->error);
		free(history.acts);
		return;
	}
	for (size_t i = 0; i < history.count; i++)
		fill_act(x, &acts[i], &history.acts[i]);
	view.acts = acts;
	view.acts_count = history.count;
	if (history.count == HISTORY_ROWS)
		view.most = arena_format(x, "%d", HISTORY_ROWS);
	free(history.acts);
	staff_frame(x, &view.frame, N_("Det jag har gjort"), "mine");
	x->status = 200;
	page_worklist_history(&x->body, x->language, &view);
}

static void
staff_keys(struct request *x, struct work *work)
{
	struct worklist_keys_view view = { 0 };

	(void)work->store;
	staff_frame(x, &view.frame, N_("Kortkommandon"), "");
	x->status = 200;
	page_worklist_keys(&x->body, x->language, &view);
}

const struct route staff_worklist_search_routes[] = {
	{ METHOD_GET, "/staff/search", CALLERS, WORKER_STAFF, staff_search_page, { NULL } },
	{ METHOD_POST, "/staff/search", CALLERS, WORKER_SLOW, staff_search, { "find" } },
	{ METHOD_GET, "/staff/closed", CALLERS, WORKER_STAFF, staff_closed, { "after" } },
	{ METHOD_GET, "/staff/history", CALLERS, WORKER_STAFF, staff_history, { NULL } },
	{ METHOD_GET, "/staff/keys", EVERY, WORKER_STAFF, staff_keys, { NULL } },
	{ .path = NULL }
};
