/* The overview: queues, promises, offers, absences, messages, and problems to solve. */
#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/overview.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_overview.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/people.h"
#include "staff/staff.h"
#include "text/text.h"

static void
fill_breaches(struct request *x, struct overview_view *view, const struct overview *overview)
{
	static const char *const texts[BREACH_COUNT] = {
		[BREACH_NO_DUE] = N_("Ett ärende saknar tid när det ska vara klart:"),
		[BREACH_NO_READER] = N_("Ingen kan öppna ärendet:"),
		[BREACH_NO_RECORD] = N_("Ärendet saknar det som personen skrev:"),
		[BREACH_NO_EVENT] = N_("Ärendets händelser stämmer inte:"),
		[BREACH_HOLDER] = N_("Den som har ärendet arbetar inte i kön:"),
		[BREACH_OFFER] = N_("Ärendet är avslutat men ännu erbjudet till en annan kö:"),
		[BREACH_KEY] = N_("En kö som inte deltar kan öppna ärendet:"),
		[BREACH_SHARE] = N_("En kö som deltar kan inte öppna ärendet:"),
		[BREACH_INTEGRITY] = N_("Databasen är skadad. Återställ en säkerhetskopia."),
	};
	struct breach_view *breaches = arena_array(x, overview->breaches_count + 1,
	    sizeof(*breaches));

	for (size_t i = 0; i < overview->breaches_count; i++) {
		breaches[i].text = texts[overview->breaches[i].breach];
		breaches[i].reference = staff_reference(x, overview->breaches[i].number);
	}
	view->breaches = breaches;
	view->breaches_count = overview->breaches_count;
	view->breaches_more = overview->breaches_more;
}

static void
fill_untried(struct request *x, struct overview_view *view, const struct overview *overview)
{
	struct overview_case_view *untried = arena_array(x, overview->untried_count + 1,
	    sizeof(*untried));

	for (size_t i = 0; i < overview->untried_count; i++) {
		const struct case_row *row = &overview->untried[i];
		struct overview_case_view *shown = &untried[i];

		shown->reference = staff_reference(x, row->number);
		if (x->identity.role != ROLE_ADMINISTRATOR)
			shown->href = arena_format(x, "/staff/case/%s", shown->reference);
		shown->queue = staff_queue_name(x, row->queue);
		shown->promised = staff_when(x, row->promised_at);
		shown->left = staff_left(x, row->promised_at);
	}
	view->untried = untried;
	view->untried_count = overview->untried_count;
	view->untried_all = overview->untried_all;
	view->untried_more = overview->untried_all > (int64_t)overview->untried_count;
}

static const struct overview_offer_view *
offer_views(struct request *x, const struct overview_offer *offers, size_t count)
{
	struct overview_offer_view *views = arena_array(x, count + 1, sizeof(*views));

	for (size_t i = 0; i < count; i++) {
		const char *reference = staff_reference(x, offers[i].number);

		views[i] = (struct overview_offer_view){
			.reference = reference,
			.href = offers[i].opens ?
			    arena_format(x, "/staff/case/%s", reference) : NULL,
			.from = staff_queue_name(x, offers[i].from),
			.to = staff_queue_name(x, offers[i].to),
			.by = offers[i].by[0] != '\0' ?
			    arena_format(x, "%s", offers[i].by) : NULL,
			.when = staff_when(x, offers[i].at),
		};
	}
	return views;
}

#define HOUR		3600
#define MINUTE		60

/* Returns working time as "3 tim 20 min", rounded down to the minute. */
static const char *
working_text(struct request *x, int64_t seconds)
{
	struct buffer out = { 0 };
	const char *hours = arena_format(x, "%lld", (long long)(seconds / HOUR));
	const char *minutes = arena_format(x, "%lld", (long long)(seconds % HOUR / MINUTE));

	text_fill(&out, x->language, text(x->language, N_("{hours} tim {minutes} min")),
	    (const struct text_argument[]){ { "hours", hours }, { "minutes", minutes } }, 2);
	return arena_take(x, &out);
}

/*
 * Fills in the statistics about promises, which are made to be copied into a report. They
 * follow the rule of rules/README.md: no figure about fewer than FIGURE_MIN persons is
 * shown, nor figures from which one can be computed. There is no row of totals, so that no
 * queue's figures follow from the others.
 *
 * Everything else on this page is a list of what has to be done, in queues of which the
 * lead is a member and whose cases the lead can see one by one. The rule does not apply
 * there: to hide that two persons wait would mean to forget them.
 */
static void
fill_promise(struct request *x, struct overview_promise_view *view,
    const struct service_level_queue *queue)
{
	const int64_t tried = (int64_t)queue->tried;

	view->judged = queue->kept + queue->broken;
	view->few = view->judged < FIGURE_MIN;
	if (view->few)
		return;
	view->hidden = !promise_parts_shown(queue->kept, queue->broken);
	view->kept = queue->kept;
	view->broken = queue->broken;
	view->percent = queue->kept * 100 / view->judged;
	if (tried < FIGURE_MIN)
		return;
	view->median = working_text(x, queue->median_seconds);
	view->p90 = working_text(x, queue->p90_seconds);
	/* The tried cases are a part of those with a judged promise. */
	if (promise_parts_shown(tried, view->judged - tried))
		view->tried = tried;
}

static void
fill_queues(struct request *x, struct overview_view *view, const struct level *level)
{
	struct overview_queue_view *queues =
	    arena_array(x, level->count + 1, sizeof(*queues));
	struct overview_promise_view *promises =
	    arena_array(x, level->count + 1, sizeof(*promises));

	for (size_t i = 0; i < level->count; i++) {
		const struct service_level_queue *queue = &level->queues[i];
		const char *name = staff_queue_name(x, queue->id);

		queues[i].queue = name;
		queues[i].open = queue->now.open;
		queues[i].overdue = queue->now.overdue;
		queues[i].readers = queue->now.readers;
		promises[i].queue = name;
		fill_promise(x, &promises[i], queue);
	}
	view->queues = queues;
	view->queues_count = level->count;
	view->promises = promises;
	view->promises_count = level->count;
}

static void
staff_overview(struct request *x, struct work *work)
{
	const struct period *period = period_asked(x);
	struct overview_view view = { 0 };
	struct overview overview;
	int64_t from_at, before_at;

	if (period == NULL) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return;
	}
	period_bounds(period, x->now, &from_at, &before_at);
	if (overview_read(work, &overview, from_at, before_at) == -1 ||
	    overview_absences(x, work, &view.absences) == -1 ||
	    overview_messages(x, work, &overview.level, &view.messages) == -1) {
		staff_failed(x, &work->error);
		goto done;
	}
	fill_breaches(x, &view, &overview);
	fill_untried(x, &view, &overview);
	view.offers.open = offer_views(x, overview.open, overview.open_count);
	view.offers.open_count = overview.open_count;
	view.offers.lapsed = offer_views(x, overview.lapsed, overview.lapsed_count);
	view.offers.lapsed_count = overview.lapsed_count;
	fill_queues(x, &view, &overview.level);
	period_fill(x, &view.period, "/staff/overview", period);
	view.now = period_moment(x, x->now);
	staff_frame(x, &view.frame, N_("Översikt"), "overview");
	x->status = 200;
	page_overview(&x->body, x->language, &view);
done:
	overview_free(&overview);
}

const struct route staff_overview_routes[] = {
	{ METHOD_GET, "/staff/overview", LEADERS, WORKER_SLOW, staff_overview,
	    { "period" } },
	{ .path = NULL }
};
