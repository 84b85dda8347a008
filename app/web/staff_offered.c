#include <string.h>

#include "referral/referral.h"
#include "web/handover.h"
#include "web/staff_case.h"

const char *
staff_queue_name(struct exchange *x, const char *id)
{
	const struct config_queue *queue = config_queue(&site.config, id);

	return queue != NULL ? queue->name : exchange_keep(x, "%s", id);
}

static void
fill_offer(struct exchange *x, struct handover_view *view, const struct casefile *file,
    const struct offered *offered)
{
	view->receiving = lifecycle_offers(file->row.state, ACT_ACCEPT, file->actor);
	view->only = file->actor == ACTOR_RECEIVER;
	view->can_withdraw = lifecycle_offers(file->row.state, ACT_WITHDRAW, file->actor);
	view->sent = view->can_withdraw;
	view->to = staff_queue_name(x, offered->queue);
	view->by = offered->by[0] != '\0' ? exchange_keep(x, "%s", offered->by) : NULL;
	view->at = staff_when(x, offered->at);
	view->until = staff_when(x, offered->lapses_at);
	view->stays = offered->stays;
	if (view->receiving && offered->note.length > 0)
		view->note = exchange_keep(x, "%s", buffer_string(&offered->note));
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
fill_queues(struct exchange *x, struct handover_view *view,
    const struct together_view *together, const struct casefile *file)
{
	const char *chosen = form_value(&x->form, "queue");
	struct other_queue_view *choices = exchange_keep_array(x, site.config.queues_count,
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
fill_typed(const struct exchange *x, struct handover_view *view)
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
staff_offered_fill(struct exchange *x, struct store *store, struct case_view *page,
    const struct casefile *file, struct error *error)
{
	struct handover_view *view = &page->handover;
	enum state state = file->row.state;
	struct offered offered;
	enum answer answer = offered_read(&offered, store, &x->identity, file->row.number, error);

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
