/* The page of one case. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/messages.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/phrases.h"
#include "render/render.h"
#include "render/view.h"
#include "render/view_case.h"
#include "render/view_messages.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

static void
fill_texts(struct request *x, struct case_view *view, const struct casefile *file)
{
	struct case_text_sent_view *sent = arena_array(x, file->texts_count + 1, sizeof(*sent));

	for (size_t i = 0; i < file->texts_count; i++) {
		const struct casefile_text *text_sent = &file->texts[i];

		sent[i].when = staff_when(x, text_sent->changed_at);
		sent[i].when_iso = staff_iso(x, text_sent->changed_at);
		sent[i].author = text_sent->author[0] != '\0' ? text_sent->author : NULL;
		sent[i].fate.state = word_of(&words_message_state, (int)text_sent->state);
		sent[i].fate.reason = word_of(&words_message_reason, (int)text_sent->reason);
	}
	view->texts.sent = sent;
	view->texts.sent_count = file->texts_count;
	if (text_allowed(&site.config, file))
		view->text_href = arena_format(x, "%s/text", view->base);
}

static void
fill_plain(struct request *x, struct case_view *view, const struct casefile *file)
{
	const struct case_row *row = &file->row;
	const struct config_area *area = config_area(&site.config, row->area);
	const struct config_queue *queue = config_queue(&site.config, row->queue);

	view->reference = staff_reference(x, row->number);
	view->base = arena_format(x, "/staff/case/%s", view->reference);
	view->state.word = word_of(&words_state, row->state);
#define WORD(set, member, column)	view->set.word = word_of(&words_##set, (int)row->member);
	CASE_CHOICES(WORD)
#undef WORD
	view->area = area != NULL ? area->name : row->area;
	view->queue = queue != NULL ? queue->name : row->queue;
	view->code_place = file->code_place;
	view->received = staff_when(x, row->received_at);
	view->promised = staff_when(x, row->promised_at);
	view->due = staff_when(x, row->due_at);
	view->left = staff_left(x, row->due_at);
	view->overdue = row->due_at != 0 && row->due_at < x->now;
	view->mine = row->holder == x->identity.account;
	view->stands_in = (file->actor & ACTOR_HOLDER) != 0 && !view->mine;
	view->unattended = (file->actor & ACTOR_RELIEF) != 0;
	view->holder = file->holder[0] != '\0' ? file->holder : NULL;
}

/*
 * Returns the language's name, by which an interpreter is booked, and its own name; the tag
 * of an unknown one; NULL for Swedish.
 */
static const char *
language_name(struct request *x, const char *tag)
{
	const struct speak_view *spoken = spoken_language(tag);

	if (tag == NULL || strcmp(tag, "sv") == 0)
		return NULL;
	if (strcmp(tag, SPOKEN_OTHER) == 0)
		return text(x->language, N_("Annat språk"));
	return spoken == NULL ? tag : arena_format(x, "%s (\u2068%s\u2069)",
	    text(x->language, spoken->called), spoken->name);
}

static void
fill_opened(struct request *x, struct case_view *view, const struct casefile *file)
{
	const struct form *form = &file->submission;
	const char *phone = form_value(form, "phone");
	const char *helper = form_value(form, "helper_phone");

	view->opened = true;
	view->name = form_value(form, "name");
	view->phone = staff_phone(x, phone);
	view->tel = phone != NULL ? arena_format(x, "tel:%s", phone) : NULL;
	view->sms = phone != NULL ? arena_format(x, "sms:%s", phone) : NULL;
	view->contact = form_value(form, "contact");
	view->language = language_name(x, form_value(form, "speak"));
	view->knows = form_value(form, "knows");
	view->helper_name = form_value(form, "helper_name");
	view->helper_phone = staff_phone(x, helper);
	view->helper_tel = helper != NULL ? arena_format(x, "tel:%s", helper) : NULL;
	view->message = form_value(form, "message");
	view->way = form_value(form, "way");
}

static void
fill_notes(struct request *x, struct case_view *view, const struct casefile *file)
{
	struct note_view *notes = arena_array(x, file->notes_count + 1, sizeof(*notes));

	for (size_t i = 0; i < file->notes_count; i++) {
		const struct casefile_note *note = &file->notes[file->notes_count - 1 - i];

		notes[i].when = staff_when(x, note->at);
		notes[i].author = note->author;
		notes[i].text = buffer_string(&note->text);
	}
	view->notes = notes;
	view->notes_count = file->notes_count;
}

static void
fill_trail(struct request *x, struct case_view *view, const struct casefile *file)
{
	struct trail_view *trail = arena_array(x, file->trail_count + 1, sizeof(*trail));
	int64_t due_before = 0;

	for (size_t i = 0; i < file->trail_count; i++) {
		const struct casefile_event *event = &file->trail[i];
		struct trail_view *step = &trail[file->trail_count - 1 - i];

		step->when = staff_when(x, event->at);
		step->when_iso = staff_iso(x, event->at);
		step->author = event->account != 0 ? event->author : NULL;
		step->instead_of = event->instead_of[0] != '\0' ? event->instead_of : NULL;
		step->act = event->act == ACT_RECUSE && event->account == 0 ?
		    N_("Visas igen för den som känner personen: ingen annan finns kvar") :
		    staff_act_text(event->act);
		step->undone = event->undone;
		step->added = event->act == ACT_CLOSE && event->from == STATE_CLOSED;
		step->due = event->due_at != due_before ? staff_when(x, event->due_at) : NULL;
		due_before = event->due_at;
	}
	view->trail = trail;
	view->trail_count = file->trail_count;
}

static int
fill_duplicates(struct request *x, struct work *work, struct case_view *view,
    const struct casefile *file)
{
	struct repeat_view *others;
	struct duplicates repeats;

	if (duplicates_read(work, &repeats, x->number, file->opened) == -1)
		return -1;
	others = arena_array(x, repeats.count + 1, sizeof(*others));
	for (size_t i = 0; i < repeats.count; i++) {
		const struct case_row *row = &repeats.others[i].row;

		others[i].reference = staff_reference(x, row->number);
		others[i].href = arena_format(x, "/staff/case/%s", others[i].reference);
		others[i].linked = repeats.others[i].linked;
		others[i].closed = row->closed_at != 0;
		others[i].day = staff_when(x, others[i].closed ? row->closed_at : row->received_at);
	}
	view->repeats.others = others;
	view->repeats.others_count = repeats.count;
	view->repeats.can_link = lifecycle_offers(file->row.state, ACT_LINK, file->actor);
	return 0;
}

/* The query of the worklist from which the reader came; "" without. */
static const char *
came_from(struct request *x)
{
	const char *query = strchr(x->page, '?'), *from = NULL;
	struct form form = { 0 };

	if (query == NULL || form_decode(&form, query + 1, strlen(query + 1)) != FORM_OK)
		return "";
	/* The list itself, when the button is there. */
	from = strncmp(x->page, "/staff/queue?", 13) == 0 ? query + 1 : form_value(&form, "from");
	/* It stands in an address: nothing but a worklist's own fields. */
	if (from == NULL || from[strspn(from, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789-=&")] != '\0')
		from = "";
	from = arena_format(x, "%s", from);
	form_wipe(&form);
	return from;
}

void
staff_case_lead(struct request *x, const char *notice)
{
	const char *from = filter_from(x, came_from(x));

	request_redirect(x, "/staff/case/%s?notice=%s%s%s", staff_reference(x, x->number), notice,
	    *from != '\0' ? "&" : "", *from != '\0' ? from + 1 : "");
}

void
staff_case_leave(struct request *x, const char *notice, bool undoable)
{
	const char *from = came_from(x);
	char reference[14];

	number_text(x->number, reference);
	request_redirect(x, "/staff/queue?%s%snotice=%s%s%s", from, *from != '\0' ? "&" : "",
	    notice, undoable ? "&case=" : "", undoable ? reference : "");
}

void
staff_case_show(struct request *x, struct work *work, int status, const char *notice,
    const char *who)
{
	struct case_view view = { 0 };
	struct casefile file = { 0 };

	switch (casefile_read(work, &file, x->number)) {
	case FOUND:
		break;
	case FAILED:
		staff_failed(x, &work->error);
		return;
	case ABSENT:
	default:
		staff_absent(x);
		return;
	}
	fill_plain(x, &view, &file);
	if (file.opened) {
		fill_opened(x, &view, &file);
		fill_notes(x, &view, &file);
	}
	fill_texts(x, &view, &file);
	fill_trail(x, &view, &file);
	case_choices_fill(x, &view, &file);
	if (handover_fill(x, work, &view, &file) == -1 ||
	    fill_duplicates(x, work, &view, &file) == -1) {
		staff_failed(x, &work->error);
		goto done;
	}
	view.list_href = arena_format(x, "/staff/queue?%s", came_from(x));
	view.list_mine = strstr(view.list_href, "mine=1") != NULL;
	staff_frame(x, &view.frame, N_("Ärende"), view.list_mine ? "mine" : "queue");
	if (notice != NULL) {
		view.frame.notice = notice;
		view.frame.notice_who = who;
		view.frame.notice_bad = true;
	}
	if (staff_undo_offer(x, work, x->number, &view.frame.undo) == -1 ||
	    staff_next_offer(x, work, came_from(x), &view.frame.next) == -1) {
		staff_failed(x, &work->error);
		goto done;
	}
	x->status = status;
	page_case(&x->body, x->language, &view);
done:
	casefile_free(&file);
}

/*
 * A failed search for duplicates must not prevent a call, so the page is shown all the
 * same.
 */
static void
look_and_show(struct request *x, struct work *work)
{
	if (duplicates_look(work, x->number) == FAILED)
		log_line(LOG_LINE_ERROR, "duplicates: %s", work->error.text);
	staff_case_show(x, work, 200, NULL, NULL);
}

static void
show(struct request *x, struct work *work)
{
	staff_case_show(x, work, 200, NULL, NULL);
}

static void
staff_case(struct request *x, struct work *work)
{
	switch (duplicates_due(work, x->number)) {
	case FOUND:
		request_slowly(x, look_and_show, show);
		break;
	case ABSENT:
		show(x, work);
		break;
	case FAILED:
		staff_failed(x, &work->error);
		break;
	}
}

const struct route staff_case_routes[] = {
	{ METHOD_GET, "/staff/case/#", CALLERS, WORKER_STAFF, staff_case,
	    { "from" } },
	{ .path = NULL }
};
