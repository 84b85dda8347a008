/* The search, and the reason why each row is in the worklist. */
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

/* The text for an attempt that did not reach the person. */
static const char *
attempt_text(enum act act)
{
	switch (act) {
	case ACT_NO_ANSWER:
		return N_("Inget svar {when}");
	case ACT_LEFT_MESSAGE:
		return N_("Meddelande lämnat {when}");
	case ACT_TEXTED:
		return N_("Sms skickat {when}");
	default:
		return N_("Fel nummer {when}: leta efter ett annat");
	}
}

static const char *
follow_text(unsigned outcomes, const char *else_text)
{
	const unsigned work = 1U << OUTCOME_WORK, studies = 1U << OUTCOME_STUDIES;

	switch (outcomes & (work | studies)) {
	case 1U << OUTCOME_WORK:
		return N_("Uppföljning efter jobb");
	case 1U << OUTCOME_STUDIES:
		return N_("Uppföljning efter studier");
	case 0:
		return else_text;
	default:
		return N_("Uppföljning efter jobb och studier");
	}
}

/*
 * Returns the reason by due time; NULL: the due day says it. {when} is the moment when it was
 * set.
 */
static const char *
due_text(const struct worklist_row *row)
{
	switch (row->cause) {
	case ACT_NO_ANSWER:
	case ACT_LEFT_MESSAGE:
	case ACT_TEXTED:
	case ACT_WRONG_NUMBER:
		return attempt_text(row->cause);
	case ACT_REACHED:
	case ACT_RANG_BACK:
		return follow_text(row->row.outcomes, N_("Ni hördes {when}"));
	case ACT_FOLLOW:
	case ACT_BEGIN:
		return follow_text(row->row.outcomes, N_("Nästa kontakt, bestämd {when}"));
	case ACT_PARK:
		return row->part == WORKLIST_PARKED ? NULL : N_("Parkerad");
	case ACT_REOPEN:
		return N_("Öppnat igen {when}");
	default:
		return NULL;	/* the promise, as of every other row */
	}
}

static const char *
text_of(const struct worklist_row *row)
{
	switch (row->part) {
	case WORKLIST_OFFERED:
		return N_("Erbjuden av {queue} till {until}");
	case WORKLIST_CONFIRM:
		return N_("{who} vill avsluta: väntar på ett ja från en kollega");
	case WORKLIST_REMIND:
		return N_("Fyller snart 20: vem tar över efter KAA?");
	case WORKLIST_SHARED:
		return N_("Ni deltar tillsammans med {queue}");
	default:
		return due_text(row);
	}
}

/* Adds to the reason, which may be NULL, that the holder is absent. */
static const char *
away_text(struct request *x, const struct worklist_row *row, const char *reason)
{
	const struct text_argument arguments[] = { { "reason", reason }, { "who", row->holder } };
	const char *message = row->stands_in ? N_("{reason} – i stället för {who}") :
	    N_("{reason} – {who} är borta, och ingen ersätter");
	struct buffer out = { 0 };

	if (!row->stands_in && !row->unattended)
		return reason;
	if (reason == NULL)
		message = row->stands_in ? N_("I stället för {who}") :
		    N_("{who} är borta, och ingen ersätter");
	text_fill(&out, x->language, text(x->language, message), arguments, COUNT_OF(arguments));
	return arena_take(x, &out);
}

const char *
staff_reason(struct request *x, const struct worklist_row *row)
{
	const struct config_queue *queue = config_queue(&site.config, row->row.queue);
	const struct text_argument arguments[] = {
		{ "when", staff_when(x, row->cause_at) },
		{ "until", staff_when(x, row->key) },
		{ "queue", queue != NULL ? queue->name : row->row.queue },
		{ "who", row->asker },
	};
	const char *message = text_of(row);
	struct buffer out = { 0 };

	if (message == NULL)
		return away_text(x, row, NULL);
	text_fill(&out, x->language, text(x->language, message), arguments, COUNT_OF(arguments));
	return away_text(x, row, arena_take(x, &out));
}

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

static const char *
why(enum search_query_kind kind)
{
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
	view->href = arena_format(x, "/staff/case/%s", reference);
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
		hits[i].why = why(search->kind);
	}
	if (search->more)
		view.most = arena_format(x, "%d", SEARCH_MAX);
	if (view.told == NULL && search->count == 0)
		view.told = search->kind == SEARCH_QUERY_NAME ?
		    N_("Ingen träff bland de ärenden som du kan öppna. Pröva färre bokstäver.") :
		    N_("Ingen träff bland de ärenden som du kan öppna.");
	view.looked = search->kind >= SEARCH_QUERY_PHONE &&
	    !search->more;
	staff_frame(x, &view.frame, N_("Sök"), "");
	view.form.token = view.frame.token;
	x->status = 200;
	page_search(&x->body, x->language, &view);
}

static void
staff_search_page(struct request *x, struct work *work)
{
	struct search_view view = { 0 };

	(void)work->store;
	staff_frame(x, &view.frame, N_("Sök"), "");
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

const struct route staff_worklist_search_routes[] = {
	{ METHOD_GET, "/staff/search", CALLERS, WORKER_STAFF, staff_search_page, { NULL } },
	{ METHOD_POST, "/staff/search", CALLERS, WORKER_SLOW, staff_search, { "find" } },
	{ .path = NULL }
};
