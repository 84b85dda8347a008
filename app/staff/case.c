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
#include "rules/lifecycle.h"
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
	view->closed = row->closed_at != 0;
	view->mine = row->holder == x->identity.account;
	view->stands_in = (file->actor & ACTOR_HOLDER) != 0 && !view->mine;
	view->unattended = (file->actor & ACTOR_RELIEF) != 0;
	view->holder = file->holder[0] != '\0' ? file->holder : NULL;
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
	view->number.wrong = file->telephone.wrong;
	view->number.asks = file->telephone.asks && file->row.closed_at == 0;
	view->number.means = form_value(form, "means");
	/* A closed case, and a number that is wrong, do not invite to ring. */
	if (phone != NULL && file->row.closed_at == 0 && !file->telephone.wrong) {
		view->tel = arena_format(x, "tel:%s", phone);
		view->sms = arena_format(x, "sms:%s", phone);
	}
	view->contact = form_value(form, "contact");
	view->known_contact.word = view->contact;
	if (file->row.speak == SPEAK_OTHER)
		view->language = staff_language(x, form_value(form, "speak"));
	view->knows = form_value(form, "knows");
	view->helper_name = form_value(form, "helper_name");
	view->helper_phone = staff_phone(x, helper);
	view->number.helper_wrong = helper_wrong(form);
	if (helper != NULL && file->row.closed_at == 0 && !view->number.helper_wrong)
		view->helper_tel = arena_format(x, "tel:%s", helper);
	view->message = form_value(form, "message");
	view->way = form_value(form, "way");
	view->if_other = form_value(form, "if_other");
	view->first = staff_first_name(x);
}

/* The receipt had the number of the queue in which the submission came in. */
static void
fill_ring_from(struct case_view *view, const struct casefile *file)
{
	const struct config_queue *queue = config_queue(&site.config, file->row.queue);

	if (queue == NULL || !lifecycle_offers(file->row.state, ACT_NO_ANSWER, file->actor))
		return;
	/* A number that is wrong is not rung; the helper's may be. */
	if (view->number.wrong && (view->number.asks || view->number.means == NULL ||
	    strcmp(view->number.means, word_of(&words_means, MEANS_HELPER)) != 0))
		return;
	view->ring_from = queue->phone;
	view->on_receipt = view->way == NULL;
	for (size_t i = 0; i < file->trail_count; i++) {
		if (file->trail[i].act == ACT_ACCEPT)
			view->on_receipt = false;
	}
}

#define SAID_MAX	80	/* bytes of the latest note on top of the page */

/* Cuts a text at the end of a word; returns the text itself when it is short. */
static const char *
cut_text(struct request *x, const char *whole, bool *cut)
{
	size_t length = strlen(whole);

	*cut = length > SAID_MAX;
	if (!*cut)
		return whole;
	for (length = SAID_MAX; length > SAID_MAX / 2 && whole[length] != ' ' &&
	    whole[length] != '\n'; length--)
		;
	while ((whole[length] & 0xC0) == 0x80)
		length--;
	return arena_format(x, "%.*s …", (int)length, whole);
}

/* The queue that gives the note as its reason for not taking the case over; NULL: none. */
static const char *
declined_by(struct request *x, const struct casefile *file, const struct casefile_note *note)
{
	for (size_t i = 0; i < file->trail_count && note->act == ACT_RETURN; i++) {
		const struct casefile_event *event = &file->trail[i];

		if (event->act == ACT_RETURN && event->at == note->at && event->queue[0] != '\0')
			return staff_queue_name(x, event->queue);
	}
	return NULL;
}

/* The latest note on top; the reason of a closing that waits stands in its own part. */
static void
fill_said(struct request *x, struct case_view *view, const struct casefile *file)
{
	for (size_t i = file->notes_count; i > 0 && view->said.text == NULL; i--) {
		const struct casefile_note *note = &file->notes[i - 1];

		if (note->undone || (file->follow_up.closing.account != 0 &&
		    file->follow_up.closing.record == note->number))
			continue;
		view->said.text = cut_text(x, buffer_string(&note->text), &view->said.cut);
		view->said.when = staff_when(x, note->at);
		view->said.author = note->author;
		view->said.declined = declined_by(x, file, note);
		view->said.with_last = note->at == view->last.at &&
		    (act_has(note->act, ACT_IS_TALK) || act_has(note->act, ACT_IS_ATTEMPT));
	}
}

/* Without a note, what the person wrote is what was said last. */
static void
fill_message(struct request *x, struct case_view *view)
{
	if (view->said.text == NULL && view->message != NULL) {
		view->said.text = cut_text(x, view->message, &view->said.cut);
		view->said.own = true;
	}
	view->message_below = view->message != NULL && (!view->said.own || view->said.cut);
}

static void
fill_last(struct request *x, struct case_view *view, const struct casefile *file)
{
	for (size_t i = file->trail_count; i > 0 && view->last.act == NULL; i--) {
		const struct casefile_event *event = &file->trail[i - 1];

		if (event->undone ||
		    (!act_has(event->act, ACT_IS_TALK) && !act_has(event->act, ACT_IS_ATTEMPT)))
			continue;
		view->last.act = staff_act_text(event->act);
		view->last.when = staff_when(x, event->at);
		view->last.author = event->author;
		view->last.at = event->at;
	}
}

static void
fill_notes(struct request *x, struct case_view *view, const struct casefile *file)
{
	struct note_view *notes = arena_array(x, file->notes_count + 1, sizeof(*notes));

	for (size_t i = file->notes_count; i > 0; i--) {
		const struct casefile_note *note = &file->notes[i - 1];

		if (file->follow_up.closing.account != 0 &&
		    file->follow_up.closing.record == note->number)
			continue;
		notes[view->notes_count++] = (struct note_view){
			staff_when(x, note->at), note->author, buffer_string(&note->text),
			declined_by(x, file, note), note->undone
		};
	}
	view->notes = notes;
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
		    event->act == ACT_RECEIVE && event->account != 0 ? N_("Skrevs in") :
		    staff_act_text(event->act);
		step->queue = event->queue[0] != '\0' ? staff_queue_name(x, event->queue) : NULL;
		step->undone = event->undone;
		step->added = event->act == ACT_CLOSE && event->from == STATE_CLOSED;
		step->due = event->due_at == due_before ? NULL :
		    staff_when(x, event->due_at);
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

/* The templates for notes; the form that has just got one has the focus. */
static int
fill_templates(struct request *x, struct work *work, struct case_view *view,
    const struct casefile *file)
{
	const char *end = strrchr(x->path, '/');
	const bool pressed = form_value(&x->form, "insert") != NULL;

	if (!view->can_note && !view->can_attempt)
		return 0;
	if (template_choice_fill(x, work, &view->note_templates, file->row.queue,
	    TEMPLATE_NOTE) == -1)
		return -1;
	view->attempt_templates = view->note_templates;
	view->note_templates.id = "note-template";
	view->note_templates.inserted = pressed && strcmp(end, "/note") == 0;
	view->attempt_templates.id = "attempt-template";
	view->attempt_templates.inserted = pressed && strcmp(end, "/attempt") == 0;
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

/*
 * Who searched by a number that is not the person's any more is talking to another, it may be.
 * The address has nothing but the word, so the page says it only where it is true.
 */
static void
fill_found(struct request *x, struct case_view *view, const struct casefile *file)
{
	const char *found = form_value(&x->query, "found");

	if (found == NULL || file->row.closed_at != 0)
		return;
	if (strcmp(found, "wrong") == 0 && file->telephone.wrong_at != 0)
		view->stranger = N_("Du sökte på ett nummer som var fel. Den som ringer därifrån kan "
		    "vara någon annan. Berätta inget om personen.");
	if (strcmp(found, "before") == 0 && file->telephone.new_at != 0)
		view->stranger = N_("Du sökte på ett nummer som personen hade förut. Den som ringer "
		    "därifrån kan vara någon annan. Berätta inget om personen.");
}

/* The ways by which the case leaves the service: case_paper.c, worklist_calendar.c. */
static void
fill_take(struct request *x, struct case_view *view, const struct casefile *file)
{
	if (file->row.due_at != 0)
		view->take.event_href = arena_format(x, "%s/event", view->base);
	if (!file->opened)
		return;
	if (lifecycle_offers(file->row.state, ACT_PRINT, file->actor))
		view->take.print_href = arena_format(x, "%s/print", view->base);
	view->take.can_copy = lifecycle_offers(file->row.state, ACT_COPY, file->actor);
}

void
case_view_fill(struct request *x, struct case_view *view, const struct casefile *file,
    const enum fault *faults)
{
	fill_plain(x, view, file);
	if (file->opened) {
		fill_opened(x, view, file);
		fill_ring_from(view, file);
		fill_notes(x, view, file);
		fill_last(x, view, file);
		fill_said(x, view, file);
		fill_message(x, view);
		person_fill(x, view, file, faults);
	}
	fill_texts(x, view, file);
	fill_trail(x, view, file);
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

/*
 * The case is not the reader's to see. A reader who has just said to know the person is
 * shown the way to take that back, and no more.
 */
static void
show_absent(struct request *x, struct work *work)
{
	struct staff_problem_view view = {
		.heading = N_("Du ser inte ärendet längre"),
		.text = N_("Du har sagt att du känner personen. En kollega tar hand om det."),
		.back_href = "/staff/queue",
	};
	struct case_undo_view undo = { 0 };

	if (staff_undo_offer(x, work, x->number, &undo) == -1) {
		staff_failed(x, &work->error);
	} else if (undo.href == NULL) {
		staff_absent(x);
	} else {
		staff_frame(x, &view.frame, view.heading, "");
		view.frame.undo = undo;
		x->status = 404;
		page_staff_problem(&x->body, x->language, &view);
	}
}

/*
 * Whether a notice in the address is still true: without script it stands there until the
 * reader leaves, and a reload must not say what a colleague has changed since.
 */
static bool
notice_holds(const char *word, const struct case_view *view)
{
	static const char *const held[] = { "claim", "accept", "taken", "reopen", "wrong-number" };
	static const char *const closed[] = { "close", "confirm", "added" };

	for (size_t i = 0; i < COUNT_OF(held); i++) {
		if (strcmp(word, held[i]) == 0)
			return view->mine || view->stands_in;
	}
	for (size_t i = 0; i < COUNT_OF(closed); i++) {
		if (strcmp(word, closed[i]) == 0)
			return view->closed;
	}
	if (strcmp(word, "propose") == 0)
		return view->closing.asked_by != NULL;
	if (strcmp(word, "offer") == 0)
		return view->handover.sent;
	return strcmp(word, "object") != 0 || !view->closed;
}

void
staff_case_remark(struct request *x, struct work *work, int status, struct case_remark remark)
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
		show_absent(x, work);
		return;
	}
	case_view_fill(x, &view, &file, remark.faults);
	case_choices_fill(x, &view, &file);
	fill_take(x, &view, &file);
	fill_found(x, &view, &file);
	view.handover.field = remark.field;
	view.handover.fault = remark.fault;
	if (handover_fill(x, work, &view, &file) == -1 ||
	    fill_duplicates(x, work, &view, &file) == -1 ||
	    fill_templates(x, work, &view, &file) == -1) {
		staff_failed(x, &work->error);
		goto done;
	}
	view.list_href = arena_format(x, "/staff/queue?%s", came_from(x));
	view.list_mine = strstr(view.list_href, "mine=1") != NULL;
	staff_frame(x, &view.frame, N_("Ärende"), view.list_mine ? "mine" : "queue");
	if (view.frame.notice != NULL && !notice_holds(form_value(&x->query, "notice"), &view))
		view.frame.notice = NULL;
	if (remark.notice != NULL) {
		view.frame.notice = remark.notice;
		view.frame.notice_who = remark.who;
		view.frame.notice_bad = true;
	}
	if (staff_undo_offer(x, work, x->number, &view.frame.undo) == -1 ||
	    staff_next_offer(x, work, came_from(x), &view.frame.next) == -1) {
		staff_failed(x, &work->error);
		goto done;
	}
	/* The page says below when the case is due. */
	view.frame.undo.next = NULL;
	x->status = status;
	page_case(&x->body, x->language, &view);
done:
	casefile_free(&file);
}

void
staff_case_show(struct request *x, struct work *work, int status, const char *notice,
    const char *who)
{
	staff_case_remark(x, work, status, (struct case_remark){ .notice = notice, .who = who });
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
	    { "from", "found" } },
	{ .path = NULL }
};
