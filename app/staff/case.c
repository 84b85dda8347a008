/* The page of one case. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/phrases.h"
#include "render/view.h"
#include "render/view_case.h"
#include "render/view_messages.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "store/messages.h"
#include "store/store.h"
#include "text/text.h"

#define SENT_MAX	50

struct sent {
	struct work *work;
	struct request *x;
	struct case_text_sent_view *list;
	size_t count;
	bool failed;
};

static int
add_sent(const struct message_row *row, void *argument)
{
	struct sent *sent = argument;
	struct case_text_sent_view *view = &sent->list[sent->count++];
	struct account_row account;

	view->when = staff_when(sent->x, row->changed_at);
	view->when_iso = staff_iso(sent->x, row->changed_at);
	view->fate.state = word_of(&words_message_state, (int)row->state);
	view->fate.reason = word_of(&words_message_reason, (int)row->reason);
	switch (store_account_get(sent->work->store, row->account, &account,
	    &sent->work->error)) {
	case FOUND:
		view->author = arena_format(sent->x, "%s", account.name);
		break;
	case FAILED:
		sent->failed = true;
		break;
	case ABSENT:
		break;
	}
	return sent->failed || sent->count == SENT_MAX;
}

int
staff_case_texts(struct request *x, struct work *work, const struct casefile *file,
    struct case_view *view)
{
	struct sent sent = {
		.work = work, .x = x, .list = arena_array(x, SENT_MAX, sizeof(*sent.list))
	};

	if (store_message_each_of_case(work->store, file->row.number, add_sent, &sent,
	    &work->error) == -1 || sent.failed)
		return -1;
	view->texts.sent = sent.list;
	view->texts.sent_count = sent.count;
	if (staff_may_text(file))
		view->text_href = arena_format(x, "%s/text", view->base);
	return 0;
}

static void
fill_plain(struct request *x, struct case_view *view, const struct casefile *file)
{
	const struct case_row *row = &file->row;
	const struct config_area *area = config_area(&site.config, row->area);
	const struct config_queue *queue = config_queue(&site.config, row->queue);
	char reference[14];

	number_text(row->number, reference);
	view->reference = arena_format(x, "%s", reference);
	view->base = arena_format(x, "/staff/case/%s", reference);
	view->state.word = word_of(&words_state, row->state);
	view->who.word = word_of(&words_who, row->who);
	view->age.word = word_of(&words_age, row->age);
	view->window.word = word_of(&words_window, row->when);
	view->inflow.word = word_of(&words_inflow, row->inflow);
	view->workplace.word = word_of(&words_workplace, row->workplace);
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

/* Its own name where it is one that we know, else the tag. NULL for Swedish. */
static const char *
language_name(const struct language *language, const char *tag)
{
	const struct speak_view *spoken = spoken_language(tag);

	if (tag == NULL || strcmp(tag, "sv") == 0)
		return NULL;
	if (strcmp(tag, SPOKEN_OTHER) == 0)
		return text(language, N_("Annat språk"));
	return spoken != NULL ? spoken->name : tag;
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
	view->language = language_name(x->language, form_value(form, "speak"));
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

/* What each press would lead to. */
static void
fill_attempt(struct request *x, struct case_view *view, const struct casefile *file,
    const struct config_queue *queue)
{
	const struct retry retry = duetime_retry_why(queue, file->row.when, x->now);
	const int64_t planned = follow_up_planned(&file->follow_up, x->now, file->row.due_at);

	view->retry_next = staff_retry(x, &retry);
	view->stays_mine = file->row.state != STATE_CLAIMED;
	view->reached_next = staff_by(x, N_("Utan datum: nästa kontakt senast {day}."),
	    planned != 0 ? planned : duetime_after(queue, x->now, site.config.follow_days));
}

static void
fill_actions(struct request *x, struct case_view *view, const struct casefile *file)
{
	const struct config_queue *queue = config_queue(&site.config, file->row.queue);
	const struct attempts *attempts = &file->attempts;
	enum state state = file->row.state;
	unsigned actor = file->actor;
	int32_t today = day_of(x->now);

	view->can_claim = lifecycle_offers(state, ACT_CLAIM, actor);
	view->can_attempt = lifecycle_offers(state, ACT_NO_ANSWER, actor);
	view->can_park = lifecycle_offers(state, ACT_PARK, actor);
	view->can_release = lifecycle_offers(state, ACT_RELEASE, actor);
	view->can_follow = lifecycle_offers(state, ACT_FOLLOW, actor);
	view->can_note = lifecycle_offers(state, ACT_NOTE, actor);
	view->no_contact_met = lifecycle_no_contact_met(attempts);
	view->attempts_missing = attempts->count < 3 ? 3 - attempts->count : 0;
	view->missing_days = attempts->days < 3;
	view->missing_morning = !attempts->morning;
	view->missing_afternoon = !attempts->afternoon;
	view->missing_text = attempts->may_text && !attempts->texted;
	view->park_min = staff_date(x, today + 1);
	view->park_value = staff_date(x, today + 7);
	view->park_max = staff_date(x, today + 365);
	if (view->can_attempt && queue != NULL)
		fill_attempt(x, view, file, queue);
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
	if (staff_case_texts(x, work, &file, &view) == -1) {
		staff_failed(x, &work->error);
		goto done;
	}
	fill_trail(x, &view, &file);
	fill_actions(x, &view, &file);
	view.outcomes = staff_outcome_words(x, file.row.outcomes, &view.outcomes_count);
	staff_closing_fill(x, &view, &file);
	staff_following_fill(x, &view, &file);
	if (staff_together_fill(x, work, &view, &file) == -1 ||
	    staff_offered_fill(x, work, &view, &file) == -1 ||
	    staff_duplicates_fill(x, work, &view, &file) == -1) {
		staff_failed(x, &work->error);
		goto done;
	}
	staff_frame(x, &view.frame, N_("Ärende"), "");
	if (notice != NULL) {
		if (view.handover.typed_note == NULL)
			view.typed_note = form_value(&x->form, "note");
		view.frame.notice = notice;
		view.frame.notice_who = who;
		view.frame.notice_bad = true;
	}
	if (staff_undo_offer(x, work, x->number, &view.frame.undo) == -1) {
		staff_failed(x, &work->error);
		goto done;
	}
	x->status = status;
	page_case(&x->body, x->language, &view);
done:
	casefile_free(&file);
}
