/* The lead's overview: queues, promises, offers, what needs an eye. */
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
#include "store/handover.h"
#include "store/store.h"
#include "text/text.h"

#define BREACHES_MAX	50
#define CASES_MAX	10

struct watch {
	struct work *work;
	struct request *x;
	const struct level *level;
	struct overview_view *view;
	struct breach_view *breaches;
	struct overview_case_view *untried;
	bool failed;
};

/* Breaches of a queue that the reader has nothing to do with are its own lead's. */
static bool
is_watched(struct watch *watch, int64_t number)
{
	struct case_row row;

	switch (store_case_get(watch->work->store, number, &row, &watch->work->error)) {
	case FOUND:
		return service_level_queue(watch->level, row.queue) != NULL;
	case FAILED:
		watch->failed = true;
		break;
	case ABSENT:
		break;
	}
	return false;
}

static int
add_breach(enum breach breach, int64_t number, const char *detail, void *argument)
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
	struct watch *watch = argument;
	struct breach_view *view = &watch->breaches[watch->view->breaches_count];
	char reference[14];

	(void)detail;
	if (!is_watched(watch, number))
		return watch->failed;
	if (watch->view->breaches_count == BREACHES_MAX) {
		watch->view->breaches_more = true;
		return 1;
	}
	number_text(number, reference);
	view->text = texts[breach];
	view->reference = arena_format(watch->x, "%s", reference);
	watch->view->breaches_count++;
	return 0;
}

static int
add_untried(const struct case_row *row, void *argument)
{
	struct watch *watch = argument;
	struct overview_view *view = watch->view;
	struct overview_case_view *shown = &watch->untried[view->untried_count];
	char reference[14];

	if (service_level_queue(watch->level, row->queue) == NULL)
		return 0;
	view->untried_all++;
	if (view->untried_count == CASES_MAX) {
		view->untried_more = true;
		return 0;
	}
	number_text(row->number, reference);
	shown->reference = arena_format(watch->x, "%s", reference);
	if (watch->x->identity.role != ROLE_ADMINISTRATOR)
		shown->href = arena_format(watch->x, "/staff/case/%s", reference);
	shown->queue = overview_queue_name(watch->x, row->queue);
	shown->promised = staff_when(watch->x, row->promised_at);
	shown->left = staff_left(watch->x, row->promised_at);
	view->untried_count++;
	return 0;
}

int
overview_watch(struct request *x, struct work *work, const struct level *level,
    struct overview_view *view)
{
	struct watch watch = {
		.work = work, .x = x, .level = level, .view = view,
		.breaches = arena_array(x, BREACHES_MAX + 1, sizeof(struct breach_view)),
		.untried = arena_array(x, CASES_MAX + 1, sizeof(struct overview_case_view))
	};

	view->breaches = watch.breaches;
	view->untried = watch.untried;
	if (store_doctor_cases(work->store, add_breach, &watch, &work->error) == -1 ||
	    watch.failed)
		return -1;
	return store_untried_each(work->store, x->now, add_untried, &watch, &work->error);
}

#define OFFERS_MAX	50
#define LAPSED_SECONDS	(14 * INT64_C(86400))	/* so long the lead sees what nobody answered */

struct offers {
	struct work *work;
	struct request *x;
	const struct level *level;
	struct overview_offer_view *rows;
	size_t count;
	int result;
};

static const char *
name_of(struct offers *offers, int64_t account)
{
	struct account_row row;

	switch (store_account_get(offers->work->store, account, &row, &offers->work->error)) {
	case FOUND:
		return arena_format(offers->x, "%s", row.name);
	case FAILED:
		offers->result = -1;
		break;
	case ABSENT:
		break;
	}
	return NULL;
}

/* The case may be opened by the owner's members, and by the receiver's while it is offered. */
static int
add(struct offers *offers, int64_t number, const char *from, const char *to, int64_t account,
    int64_t at, bool opens)
{
	struct request *x = offers->x;
	char reference[14];

	number_text(number, reference);
	offers->rows[offers->count++] = (struct overview_offer_view){
		.reference = arena_format(x, "%s", reference),
		.href = opens ? arena_format(x, "/staff/case/%s", reference) : NULL,
		.from = overview_queue_name(x, from),
		.to = overview_queue_name(x, to),
		.by = name_of(offers, account),
		.when = staff_when(x, at),
	};
	return offers->result == -1 || offers->count == OFFERS_MAX;
}

static int
add_open(const struct case_row *row, const struct offer_row *offer, void *argument)
{
	return add(argument, row->number, row->queue, offer->queue, offer->account,
	    offer->lapses_at, true);
}

/* Between two queues of the lead's it stands among those that were received already. */
static int
add_sent(const struct case_row *row, const struct offer_row *offer, void *argument)
{
	struct offers *offers = argument;

	return service_level_queue(offers->level, offer->queue) != NULL ? 0 : add_open(row, offer, offers);
}

static int
add_lapsed(const struct offer_ended_row *ended, void *argument)
{
	struct offers *offers = argument;
	struct case_row row;

	switch (store_case_get(offers->work->store, ended->case_number, &row,
	    &offers->work->error)) {
	case FOUND:
		return add(offers, ended->case_number, ended->from_queue, ended->queue,
		    ended->account, ended->ended_at, service_level_queue(offers->level, row.queue) != NULL);
	case ABSENT:
		return 0;
	case FAILED:
	default:
		offers->result = -1;
		return 1;
	}
}

int
overview_offers(struct request *x, struct work *work, const struct level *level,
    struct overview_offers_view *view)
{
	struct offers open = {
		.work = work, .x = x, .level = level,
		.rows = arena_array(x, OFFERS_MAX, sizeof(*open.rows))
	};
	struct offers lapsed = open;
	const int64_t account = x->identity.account;

	lapsed.rows = arena_array(x, OFFERS_MAX, sizeof(*lapsed.rows));
	if (store_offer_each(work->store, account, add_open, &open, &work->error) == -1 ||
	    (open.count < OFFERS_MAX && store_offer_each_sent(work->store, account, add_sent,
	    &open, &work->error) == -1) || store_offer_each_unanswered(work->store,
	    account, x->now - LAPSED_SECONDS, add_lapsed, &lapsed, &work->error) == -1)
		return -1;
	view->open = open.rows;
	view->open_count = open.count;
	view->lapsed = lapsed.rows;
	view->lapsed_count = lapsed.count;
	return open.result == -1 ? -1 : lapsed.result;
}

#define HOUR		3600
#define MINUTE		60

const char *
overview_queue_name(struct request *x, const char *id)
{
	const struct config_queue *queue = config_queue(&site.config, id);

	return queue != NULL ? queue->name : arena_format(x, "%s", id);
}

/* "3 tim 20 min" of working time, to the minute below. */
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
 * Statistics: what came of a group of persons over a time, made to be copied
 * into a report. Here DOMAIN.md's rule holds: no group under five, and none that
 * could be worked out from what stands beside it. There is no row of totals, so
 * that no queue follows from the others. All else on this page is operations: a
 * list of what has to be done, in queues that the lead works in and whose cases
 * the lead sees one by one; to hide that two persons wait would be to lose them.
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
	/* Who was tried is a part of whose promise is judged. */
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
		const char *name = overview_queue_name(x, queue->id);

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
	struct service_level_wish wish = { 0 };
	struct overview_view view = { 0 };
	struct level level;

	if (period == NULL) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return;
	}
	if (x->identity.role == ROLE_LEAD)
		wish.account = x->identity.account;
	period_bounds(period, x->now, &wish.from_at, &wish.before_at);
	if (service_level_read(work, &level, &wish) != 0 ||
	    overview_watch(x, work, &level, &view) != 0 ||
	    overview_absences(x, work, &view.absences) != 0 ||
	    overview_offers(x, work, &level, &view.offers) != 0 ||
	    overview_messages(x, work, &level, &view.messages) != 0) {
		staff_failed(x, &work->error);
		goto done;
	}
	fill_queues(x, &view, &level);
	period_fill(x, &view.period, "/staff/overview", period);
	view.now = period_moment(x, x->now);
	staff_frame(x, &view.frame, N_("Översikt"), "overview");
	x->status = 200;
	page_overview(&x->body, x->language, &view);
done:
	service_level_free(&level);
}

const struct route staff_overview_routes[] = {
	{ METHOD_GET, "/staff/overview", LEADERS, WORKER_SLOW, staff_overview,
	    { "period", "notice" } },
	{ .path = NULL }
};
