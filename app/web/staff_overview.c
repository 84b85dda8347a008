#include "flow/proof.h"
#include "page/pages.h"
#include "referral/promise.h"
#include "web/absence.h"
#include "web/messages.h"
#include "web/period.h"
#include "web/staff_overview.h"

#define HOUR		3600
#define MINUTE		60

const char *
overview_queue_name(struct exchange *x, const char *id)
{
	const struct config_queue *queue = config_queue(&site.config, id);

	return queue != NULL ? queue->name : exchange_keep(x, "%s", id);
}

/* "3 tim 20 min" of working time, to the minute below. */
static const char *
working_text(struct exchange *x, int64_t seconds)
{
	struct buffer out = { 0 };
	const char *hours = exchange_keep(x, "%lld", (long long)(seconds / HOUR));
	const char *minutes = exchange_keep(x, "%lld", (long long)(seconds % HOUR / MINUTE));

	text_fill(&out, text(x->language, N_("{hours} tim {minutes} min")),
	    (const struct text_argument[]){ { "hours", hours }, { "minutes", minutes } }, 2);
	return exchange_keep_buffer(x, &out);
}

/*
 * Statistics: what came of a group of persons over a time, made to be copied
 * into a report. Here DOMAIN.md's rule holds: no group under five, and none that
 * could be worked out from what stands beside it. There is no row of totals, so
 * that no queue follows from the others. All else on this page is operations: a
 * list of what has to be done, in queues that the lead works in and whose cases
 * the lead sees one by one; to hide that two persons wait would be to lose them.
 */
static void
fill_promise(struct exchange *x, struct overview_promise_view *view,
    const struct proof_queue *queue)
{
	const int64_t tried = (int64_t)queue->tried;

	view->judged = queue->kept + queue->broken;
	view->few = view->judged < FIGURE_LEAST;
	if (view->few)
		return;
	view->hidden = !promise_parts_shown(queue->kept, queue->broken);
	view->kept = queue->kept;
	view->broken = queue->broken;
	view->percent = queue->kept * 100 / view->judged;
	if (tried < FIGURE_LEAST)
		return;
	view->median = working_text(x, queue->median_seconds);
	view->p90 = working_text(x, queue->p90_seconds);
	/* Who was tried is a part of whose promise is judged. */
	if (promise_parts_shown(tried, view->judged - tried))
		view->tried = tried;
}

static void
fill_queues(struct exchange *x, struct overview_view *view, const struct proof *proof)
{
	struct overview_queue_view *queues =
	    exchange_keep_array(x, proof->count + 1, sizeof(*queues));
	struct overview_promise_view *promises =
	    exchange_keep_array(x, proof->count + 1, sizeof(*promises));

	for (size_t i = 0; i < proof->count; i++) {
		const struct proof_queue *queue = &proof->queues[i];
		const char *name = overview_queue_name(x, queue->id);

		queues[i].queue = name;
		queues[i].open = queue->now.open;
		queues[i].overdue = queue->now.overdue;
		queues[i].readers = queue->now.readers;
		promises[i].queue = name;
		fill_promise(x, &promises[i], queue);
	}
	view->queues = queues;
	view->queues_count = proof->count;
	view->promises = promises;
	view->promises_count = proof->count;
}

void
staff_overview(struct exchange *x, struct store *store)
{
	const struct period *period = period_asked(x);
	struct proof_wish wish = { 0 };
	struct overview_view view = { 0 };
	struct proof proof;
	struct error error;

	if (period == NULL) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return;
	}
	if (x->identity.role == ROLE_LEAD)
		wish.account = x->identity.account;
	period_bounds(period, x->now, &wish.from_at, &wish.before_at);
	if (proof_read(&proof, store, &site.config, &wish, x->now, &error) != 0 ||
	    overview_watch(x, store, &proof, &view, &error) != 0 ||
	    overview_absences(x, store, &view.absences, &error) != 0 ||
	    overview_offers(x, store, &proof, &view.offers, &error) != 0 ||
	    overview_messages(x, store, &proof, &view.messages, &error) != 0) {
		staff_failed(x, &error);
		goto done;
	}
	fill_queues(x, &view, &proof);
	period_fill(x, &view.period, "/staff/overview", period);
	view.now = period_moment(x, x->now);
	staff_frame(x, &view.frame, N_("Översikt"), "overview");
	x->status = 200;
	page_overview(&x->body, x->language, &view);
done:
	proof_free(&proof);
}
