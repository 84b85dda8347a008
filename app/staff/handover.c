/*
 * Handing over, taking part, conflicts of interest: handlers and their part
 * of a case's page.
 */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/work.h"
#include "render/view_case.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

static void
fill_offer(struct request *x, struct handover_view *view, const struct casefile *file,
    const struct offered *offered)
{
	view->receiving = lifecycle_offers(file->row.state, ACT_ACCEPT, file->actor);
	view->only = file->actor == ACTOR_RECEIVER;
	view->can_withdraw = lifecycle_offers(file->row.state, ACT_WITHDRAW, file->actor);
	view->sent = view->can_withdraw;
	view->to = staff_queue_name(x, offered->queue);
	view->by = offered->by[0] != '\0' ? arena_format(x, "%s", offered->by) : NULL;
	view->at = staff_when(x, offered->at);
	view->until = staff_when(x, offered->lapses_at);
	view->stays = offered->stays;
	if (view->receiving && offered->note.length > 0)
		view->note = arena_format(x, "%s", buffer_string(&offered->note));
}

static bool
takes_part(const struct together_view *together, const char *queue)
{
	for (size_t i = 0; i < together->participants_count; i++) {
		const struct participant_view *one = &together->participants[i];

		if (one->until == NULL && strcmp(one->id, queue) == 0)
			return true;
	}
	return false;
}

/* Every queue but the case's own. */
static void
fill_queues(struct request *x, struct handover_view *view,
    const struct together_view *together, const struct casefile *file)
{
	const char *chosen = form_value(&x->form, "queue");
	struct other_queue_view *choices = arena_array(x, site.config.queues_count,
	    sizeof(*choices));

	for (size_t i = 0; i < site.config.queues_count; i++) {
		const struct config_queue *queue = &site.config.queues[i];

		if (strcmp(queue->id, file->row.queue) == 0)
			continue;
		choices[view->queues_count++] = (struct other_queue_view){
			.id = queue->id,
			.name = queue->name,
			.chosen = chosen != NULL && strcmp(chosen, queue->id) == 0,
			.partner = takes_part(together, queue->id),
		};
	}
	view->queues = choices;
}

/* What is the form's that came back; others have fields of the same name. */
static void
fill_typed(const struct request *x, struct handover_view *view)
{
	view->typed_reason = form_value(&x->form, "reason");
	view->typed_what = form_value(&x->form, "what");
	view->typed_yes = form_value(&x->form, "yes");
	view->typed_day = form_value(&x->form, "agreed");
	view->typed_stays = form_value(&x->form, "stays") != NULL;
	if (view->typed_yes != NULL)
		view->typed_note = form_value(&x->form, "note");
}

int
staff_offered_fill(struct request *x, struct work *work, struct case_view *page,
    const struct casefile *file)
{
	struct handover_view *view = &page->handover;
	enum state state = file->row.state;
	struct offered offered;
	enum answer answer = offered_read(work, &offered, file->row.number);

	if (answer == FAILED)
		return -1;
	if (answer == FOUND) {
		fill_offer(x, view, file, &offered);
		offered_free(&offered);
	}
	view->can_offer = answer == ABSENT && lifecycle_offers(state, ACT_OFFER, file->actor);
	view->can_share = lifecycle_offers(state, ACT_SHARE, file->actor);
	view->can_recuse = lifecycle_offers(state, ACT_RECUSE, file->actor);
	view->today = staff_date(x, day_of(x->now));
	fill_queues(x, view, &page->together, file);
	fill_typed(x, view);
	return 0;
}

static const struct {
	int status;
	const char *notice;		/* may hold {who} */
} refusals[] = {
	[HANDOVER_CHANGED] = { 409,
	    N_("Det går inte längre: ärendet har ändrats sedan du öppnade sidan.") },
	[HANDOVER_OFFERED] = { 409, N_("{who} har redan erbjudit ärendet till en kö.") },
	[HANDOVER_ACCEPTED] = { 409, N_("{who} hann före och har tagit över ärendet.") },
	[HANDOVER_RETURNED] = { 409, N_("{who} har tackat nej till ärendet.") },
	[HANDOVER_WITHDRAWN] = { 409, N_("{who} har tagit tillbaka erbjudandet.") },
	[HANDOVER_LAPSED] = { 409, N_("Erbjudandet fick inget svar i tid och har gått tillbaka.") },
	[HANDOVER_CLOSED] = { 409, N_("{who} har avslutat ärendet.") },
	[HANDOVER_QUEUE] = { 422, N_("Välj en annan kö, där någon kan ta emot.") },
	[HANDOVER_PARTNER] = { 409, N_("Kön deltar redan.") },
	[HANDOVER_ALONE] = { 409,
	    N_("Ingen kollega i kön kan ta ärendet. Lämna över det till en annan kö.") },
	[HANDOVER_TEXT] = { 422, N_("Texten är tom eller för lång. Skriv högst 4000 tecken.") },
	[HANDOVER_DAY] = { 422, N_("Välj dagen då personen sa ja: i dag eller tidigare.") },
};

static void
refuse(struct request *x, struct work *work, const struct handover_answer *answer)
{
	const char *notice = refusals[answer->verdict].notice;
	int status = refusals[answer->verdict].status;

	if (answer->verdict == HANDOVER_CHANGED && answer->who[0] != '\0' && !answer->mine)
		notice = N_("{who} hann före och har ärendet.");
	if (answer->verdict == HANDOVER_ALONE && !answer->mine)
		notice = N_("Ingen kollega i kön kan ta ärendet. Ta det och lämna över det till en "
		    "annan kö.");
	if (answer->near)
		staff_case_show(x, work, status, notice, answer->who);
	else
		staff_told(x, status, N_("Erbjudandet gäller inte längre"), notice, answer->who);
}

void
staff_handover_answer(struct request *x, struct work *work, enum answer found,
    const struct handover_answer *answer, const char *done, const struct error *error)
{
	char reference[14];

	if (found == FAILED) {
		staff_failed(x, error);
		return;
	}
	if (found == ABSENT) {
		staff_absent(x);
		return;
	}
	if (answer->verdict != HANDOVER_DONE) {
		refuse(x, work, answer);
		return;
	}
	number_text(x->number, reference);
	if (answer->near)
		request_redirect(x, "/staff/case/%s?notice=%s", reference, done);
	else
		request_redirect(x, "/staff/queue?notice=%s", done);
}

struct yes
staff_yes(const struct request *x, const char *what)
{
	struct yes yes = { .what = form_value(&x->form, what) };
	const char *day = form_value(&x->form, "agreed");

	if (day == NULL || day_parse(day, &yes.day) != 0)
		yes.day = 0;
	return yes;
}

static void
staff_handover_offer(struct request *x, struct work *work)
{
	const char *stays = form_value(&x->form, "stays");
	const struct yes yes = staff_yes(x, "yes");
	const struct handover_offer offer = {
		.number = x->number,
		.queue = form_value(&x->form, "queue"),
		.note = form_value(&x->form, "note"),
		.stays = stays != NULL && strcmp(stays, "yes") == 0 ? &yes : NULL,
	};
	struct handover_answer answer;
	enum answer found = handover_offer(work, &offer, &answer);

	staff_handover_answer(x, work, found, &answer, "offer", &work->error);
}

static void
staff_handover_accept(struct request *x, struct work *work)
{
	struct handover_answer answer;
	enum answer found = handover_accept(work, x->number, &answer);

	staff_handover_answer(x, work, found, &answer, "accept", &work->error);
}

static void
staff_handover_return(struct request *x, struct work *work)
{
	struct handover_answer answer;
	enum answer found = handover_return(work, x->number, form_value(&x->form, "reason"),
	    &answer);

	staff_handover_answer(x, work, found, &answer, "return", &work->error);
}

static void
staff_handover_withdraw(struct request *x, struct work *work)
{
	struct handover_answer answer;
	enum answer found = handover_withdraw(work, x->number, &answer);

	staff_handover_answer(x, work, found, &answer, "withdraw", &work->error);
}

static void
staff_recuse(struct request *x, struct work *work)
{
	struct handover_answer answer;
	enum answer found = conflict_of_interest_declare(work, x->number, &answer);

	staff_handover_answer(x, work, found, &answer, "recuse", &work->error);
}

static void
staff_share(struct request *x, struct work *work)
{
	const struct yes yes = staff_yes(x, "what");
	struct handover_answer answer;
	enum answer found = participant_add(work, x->number, form_value(&x->form, "queue"), &yes,
	    &answer);

	staff_handover_answer(x, work, found, &answer, "share", &work->error);
}

static void
staff_unshare(struct request *x, struct work *work)
{
	struct handover_answer answer;
	enum answer found = participant_end(work, x->number, form_value(&x->form, "queue"),
	    &answer);

	staff_handover_answer(x, work, found, &answer, "unshare", &work->error);
}

/* What the person said yes to: a note of the case; NULL when the reader cannot open it. */
static const char *
find_what(const struct casefile *file, int64_t record)
{
	for (size_t i = 0; i < file->notes_count; i++) {
		if (file->notes[i].number == record)
			return buffer_string(&file->notes[i].text);
	}
	return NULL;
}

static void
fill_one(struct request *x, struct participant_view *view, const struct casefile *file,
    const struct participant *participant)
{
	const struct share_row *share = &participant->share;
	bool ends = lifecycle_offers(file->row.state, ACT_UNSHARE, file->actor);

	view->id = arena_format(x, "%s", share->queue);
	view->queue = staff_queue_name(x, share->queue);
	view->by = participant->by[0] != '\0' ? arena_format(x, "%s", participant->by) : NULL;
	view->since = staff_day(x, day_of(share->at));
	view->agreed = staff_day(x, share->agreed_day);
	view->what = find_what(file, share->record);
	if (share->withdrawn_at == 0) {
		view->can_end = ends && (participant->own || (file->actor & ACTOR_MEMBER) != 0);
		return;
	}
	view->until = staff_day(x, day_of(share->withdrawn_at));
	if (participant->withdrawn_by[0] != '\0')
		view->ended_by = arena_format(x, "%s", participant->withdrawn_by);
}

int
staff_together_fill(struct request *x, struct work *work, struct case_view *page,
    const struct casefile *file)
{
	struct participant_view *participants;
	struct together together;

	if (participants_read(work, &together, file->row.number) == -1)
		return -1;
	participants = arena_array(x, together.count + 1, sizeof(*participants));
	for (size_t i = 0; i < together.count; i++)
		fill_one(x, &participants[i], file, &together.participants[i]);
	page->together.participants = participants;
	page->together.participants_count = together.count;
	if ((file->actor & (ACTOR_PARTNER | ACTOR_MEMBER)) == ACTOR_PARTNER)
		page->together.owner = staff_queue_name(x, file->row.queue);
	participants_free(&together);
	return 0;
}

const struct route staff_handover_routes[] = {
	{ METHOD_POST, "/staff/case/#/offer", CALLERS, WORKER_STAFF, staff_handover_offer,
	    { "queue", "note", "stays", "yes", "agreed" } },
	{ METHOD_POST, "/staff/case/#/accept", CALLERS, WORKER_STAFF, staff_handover_accept,
	    { NULL } },
	{ METHOD_POST, "/staff/case/#/return", CALLERS, WORKER_STAFF, staff_handover_return,
	    { "reason" } },
	{ METHOD_POST, "/staff/case/#/withdraw", CALLERS, WORKER_STAFF, staff_handover_withdraw,
	    { NULL } },
	{ METHOD_POST, "/staff/case/#/recuse", CALLERS, WORKER_STAFF, staff_recuse, { NULL } },
	{ METHOD_POST, "/staff/case/#/share", CALLERS, WORKER_STAFF, staff_share,
	    { "queue", "what", "agreed" } },
	{ METHOD_POST, "/staff/case/#/unshare", CALLERS, WORKER_STAFF, staff_unshare, { "queue" } },
	{ .path = NULL }
};
