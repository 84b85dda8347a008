/* The service level: promises kept, open cases, time to the first attempt. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/overview.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "store/store.h"

#define MEDIAN	50
#define HIGH	90

struct reading {
	struct work *work;
	struct level *level;
	char (*own)[STORE_QUEUE];		/* the account's queues */
	size_t own_count;
	bool all;
	struct service_level_queue *last;		/* rows of one queue often follow each other */
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
