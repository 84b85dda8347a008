/* The service level and the overview. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/overview.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "store/handover.h"
#include "store/store.h"

#define MEDIAN	50
#define HIGH	90

struct reading {
	struct work *work;
	struct level *level;
	char (*own)[STORE_QUEUE];		/* the account's queues */
	size_t own_count;
	bool all;
	/* Rows of the same queue often follow each other. */
	struct service_level_queue *last;
};

static int
keep_own(const struct membership_row *membership, void *argument)
{
	struct reading *reading = argument;

	reading->own = array_grow(reading->own, reading->own_count, sizeof(*reading->own));
	memcpy(reading->own[reading->own_count++], membership->queue, STORE_QUEUE);
	return 0;
}

static bool
is_asked_for(const struct reading *reading, const char *queue)
{
	for (size_t i = 0; i < reading->own_count; i++) {
		if (strcmp(reading->own[i], queue) == 0)
			return true;
	}
	return reading->all;
}

static int
add_queue(const struct queue_figures *figures, void *argument)
{
	struct reading *reading = argument;
	struct level *level = reading->level;
	struct service_level_queue *queue;

	if (!is_asked_for(reading, figures->queue))
		return 0;
	level->queues = array_grow(level->queues, level->count, sizeof(*level->queues));
	queue = &level->queues[level->count++];
	*queue = (struct service_level_queue){
		.queue = config_queue(reading->work->config, figures->queue),
		.now = *figures
	};
	memcpy(queue->id, figures->queue, STORE_QUEUE);
	return 0;
}

struct service_level_queue *
service_level_queue(const struct level *level, const char *id)
{
	for (size_t i = 0; i < level->count; i++) {
		if (strcmp(level->queues[i].id, id) == 0)
			return &level->queues[i];
	}
	return NULL;
}

static int
add_promise(const struct promise_row *row, void *argument)
{
	struct reading *reading = argument;
	struct service_level_queue *queue = reading->last;

	if (queue == NULL || strcmp(queue->id, row->queue) != 0)
		queue = service_level_queue(reading->level, row->queue);
	if (queue == NULL)
		return 0;
	reading->last = queue;
	switch (promise_judge(row->promised_at, row->answered_at, reading->work->now)) {
	case PROMISE_KEPT:
		queue->kept++;
		break;
	case PROMISE_BROKEN:
		queue->broken++;
		break;
	case PROMISE_RUNNING:
		queue->running++;
		break;
	}
	if (row->tried_at == 0 || queue->queue == NULL)
		return 0;
	queue->waited = array_grow(queue->waited, queue->tried, sizeof(*queue->waited));
	queue->waited[queue->tried++] =
	    duetime_open_seconds(queue->queue, row->received_at, row->tried_at);
	return 0;
}

static int
read_rows(struct reading *reading, const struct service_level_wish *wish)
{
	if (wish->account != 0 && store_membership_each(reading->work->store, wish->account,
	    keep_own, reading, &reading->work->error) == -1)
		return -1;
	if (store_queue_figures(reading->work->store, reading->work->now, add_queue, reading,
	    &reading->work->error) == -1)
		return -1;
	return store_promise_each(reading->work->store, wish->from_at, wish->before_at == 0 ?
	    INT64_MAX : wish->before_at, add_promise, reading, &reading->work->error);
}

int
service_level_read(struct work *work, struct level *level, const struct service_level_wish *wish)
{
	struct reading reading = {
		.work = work, .level = level, .all = wish->account == 0
	};
	int result;

	*level = (struct level){ 0 };
	if (work_begin_read(work) == -1)
		return -1;
	result = read_rows(&reading, wish);
	free(reading.own);
	if (result == -1) {
		work_undo(work);
		return -1;
	}
	for (size_t i = 0; i < level->count; i++) {
		struct service_level_queue *queue = &level->queues[i];

		queue->median_seconds = promise_quantile(queue->waited, queue->tried, MEDIAN);
		queue->p90_seconds = promise_quantile(queue->waited, queue->tried, HIGH);
	}
	return work_end(work, 0);
}

void
service_level_free(struct level *level)
{
	for (size_t i = 0; i < level->count; i++)
		free(level->queues[i].waited);
	free(level->queues);
	*level = (struct level){ 0 };
}

struct watch {
	struct work *work;
	struct overview *overview;
	bool failed;
};

/* Whether the case belongs to a queue of the service level. */
static bool
is_watched(struct watch *watch, int64_t number)
{
	struct case_row row;

	switch (store_case_get(watch->work->store, number, &row, &watch->work->error)) {
	case FOUND:
		return service_level_queue(&watch->overview->level, row.queue) != NULL;
	case FAILED:
		watch->failed = true;
		break;
	case ABSENT:
		break;
	}
	return false;
}

static int
keep_breach(enum breach breach, int64_t number, const char *detail, void *argument)
{
	struct watch *watch = argument;
	struct overview *overview = watch->overview;

	(void)detail;
	if (!is_watched(watch, number))
		return watch->failed;
	if (overview->breaches_count == OVERVIEW_BREACHES_MAX) {
		overview->breaches_more = true;
		return 1;
	}
	overview->breaches = array_grow(overview->breaches, overview->breaches_count,
	    sizeof(*overview->breaches));
	overview->breaches[overview->breaches_count++] =
	    (struct overview_breach){ breach, number };
	return 0;
}

static int
keep_untried(const struct case_row *row, void *argument)
{
	struct overview *overview = ((struct watch *)argument)->overview;

	if (service_level_queue(&overview->level, row->queue) == NULL)
		return 0;
	overview->untried_all++;
	if (overview->untried_count == OVERVIEW_UNTRIED_MAX)
		return 0;
	overview->untried = array_grow(overview->untried, overview->untried_count,
	    sizeof(*overview->untried));
	overview->untried[overview->untried_count++] = *row;
	return 0;
}

/*
 * Returns not 0, which stops the reading, when the list is full or the name cannot be read.
 */
static int
keep_offer(struct watch *watch, struct overview_offer **offers, size_t *count,
    const struct overview_offer *offer, int64_t account)
{
	struct overview_offer *kept;

	*offers = array_grow(*offers, *count, sizeof(**offers));
	kept = &(*offers)[(*count)++];
	*kept = *offer;
	watch->failed = account_name(watch->work, account, kept->by) == -1;
	return watch->failed || *count == OVERVIEW_OFFERS_MAX;
}

/*
 * Members of the owning queue may open the case, and while it is offered those of the
 * receiving queue.
 */
static int
keep_open(const struct case_row *row, const struct offer_row *offer, void *argument)
{
	struct watch *watch = argument;
	struct overview_offer kept = {
		.number = row->number, .at = offer->lapses_at, .opens = true
	};

	memcpy(kept.from, row->queue, sizeof(kept.from));
	memcpy(kept.to, offer->queue, sizeof(kept.to));
	return keep_offer(watch, &watch->overview->open, &watch->overview->open_count, &kept,
	    offer->account);
}

/*
 * An offer between two of the reader's queues is already among those that the queues have
 * received.
 */
static int
keep_sent(const struct case_row *row, const struct offer_row *offer, void *argument)
{
	const struct level *level = &((struct watch *)argument)->overview->level;

	return service_level_queue(level, offer->queue) != NULL ? 0 :
	    keep_open(row, offer, argument);
}

static int
keep_lapsed(const struct offer_ended_row *ended, void *argument)
{
	struct watch *watch = argument;
	struct overview_offer kept = { .number = ended->case_number, .at = ended->ended_at };
	struct case_row row;

	switch (store_case_get(watch->work->store, ended->case_number, &row,
	    &watch->work->error)) {
	case FOUND:
		break;
	case ABSENT:
		return 0;
	case FAILED:
	default:
		watch->failed = true;
		return 1;
	}
	kept.opens = service_level_queue(&watch->overview->level, row.queue) != NULL;
	memcpy(kept.from, ended->from_queue, sizeof(kept.from));
	memcpy(kept.to, ended->queue, sizeof(kept.to));
	return keep_offer(watch, &watch->overview->lapsed, &watch->overview->lapsed_count, &kept,
	    ended->account);
}

static int
read_offers(struct watch *watch)
{
	struct work *work = watch->work;
	const int64_t account = work->actor->account;

	if (store_offer_each(work->store, account, keep_open, watch, &work->error) == -1)
		return -1;
	if (watch->overview->open_count < OVERVIEW_OFFERS_MAX && store_offer_each_sent(
	    work->store, account, keep_sent, watch, &work->error) == -1)
		return -1;
	return store_offer_each_unanswered(work->store, account,
	    work->now - OVERVIEW_LAPSED_SECONDS, keep_lapsed, watch, &work->error);
}

int
overview_read(struct work *work, struct overview *overview, int64_t from_at, int64_t before_at)
{
	struct watch watch = { .work = work, .overview = overview };
	const struct service_level_wish wish = {
		.account = work->actor->role == ROLE_LEAD ? work->actor->account : 0,
		.from_at = from_at, .before_at = before_at
	};

	*overview = (struct overview){ 0 };
	if (service_level_read(work, &overview->level, &wish) == -1 ||
	    store_doctor_cases(work->store, keep_breach, &watch, &work->error) == -1 ||
	    watch.failed || store_untried_each(work->store, work->now, keep_untried, &watch,
	    &work->error) == -1 || read_offers(&watch) == -1 || watch.failed)
		return -1;
	return 0;
}

void
overview_free(struct overview *overview)
{
	service_level_free(&overview->level);
	free(overview->breaches);
	free(overview->untried);
	free(overview->open);
	free(overview->lapsed);
	*overview = (struct overview){ 0 };
}
