/* The parts of a case's page about offers and participants. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/work.h"
#include "render/view_case.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

/*
 * Finds the text of the consent, which is a note of the case; NULL when the reader cannot
 * open it.
 */
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

static int
fill_together(struct request *x, struct work *work, struct case_view *page,
    const struct casefile *file)
{
	struct participant_view *participants;
	struct participants together;

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

/* The queue to which the routing leads with these choices. */
static const struct config_queue *
routed(const struct case_row *row, enum age age, enum speak speak)
{
	const struct routing_key key = { row->area, age, row->who, speak };

	return &site.config.queues[routing_find(&site.config, &key)->queue];
}

/*
 * A correction may show that the case is another queue's, as when the person is younger than it
 * said. Only the holder can judge, so nothing moves by itself. NULL: the case is where it was led.
 */
static const struct config_queue *
belongs_to(const struct case_row *row)
{
	const struct config_queue *now = routed(row, row->age, row->speak);

	return now == routed(row, row->first.age, row->first.speak) ||
	    strcmp(now->id, row->queue) == 0 ? NULL : now;
}

/* Fills in every queue but the case's own. */
static void
fill_queues(struct request *x, struct handover_view *view,
    const struct together_view *together, const struct casefile *file)
{
	struct other_queue_view *choices = arena_array(x, site.config.queues_count,
	    sizeof(*choices));
	const struct config_queue *belongs = view->can_offer ? belongs_to(&file->row) : NULL;

	for (size_t i = 0; i < site.config.queues_count; i++) {
		const struct config_queue *queue = &site.config.queues[i];

		if (strcmp(queue->id, file->row.queue) == 0)
			continue;
		choices[view->queues_count++] = (struct other_queue_view){
			.id = queue->id,
			.name = queue->name,
			.partner = takes_part(together, queue->id),
			.chosen = queue == belongs,
		};
	}
	view->belongs = belongs != NULL ? belongs->name : NULL;
	view->queues = choices;
}

static int
fill_offered(struct request *x, struct work *work, struct case_view *page,
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
	return 0;
}

static void
fill_fault(struct request *x, struct handover_view *view)
{
	/* The last word of the form's address tells forms apart that have a field of one name. */
	const struct { const char *form, *field; struct field_view *view; } places[] = {
		{ "/offer", "note", &view->offer_note },
		{ "/offer", "yes", &view->offer_yes },
		{ "/offer", "agreed", &view->offer_day },
		{ "/share", "what", &view->share_what },
		{ "/share", "agreed", &view->share_day },
		{ "/return", "reason", &view->reason },
	};
	const char *end = strrchr(x->path, '/');

	for (size_t i = 0; view->field != NULL && i < COUNT_OF(places); i++) {
		if (strcmp(places[i].form, end) == 0 && strcmp(places[i].field, view->field) == 0)
			places[i].view->fault = view->fault;
	}
}

int
handover_fill(struct request *x, struct work *work, struct case_view *page,
    const struct casefile *file)
{
	fill_fault(x, &page->handover);
	/* The participants come first, because the offer leaves them out. */
	return fill_together(x, work, page, file) == -1 ? -1 : fill_offered(x, work, page, file);
}
