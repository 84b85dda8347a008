/* The case to ring now; closed cases; what the reader did lately. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "rules/rules.h"
#include "store/store.h"

#define STRIDE		24	/* cases read at a time: most often the first one fits */
#define NEXT_REACH	(8 * STRIDE)	/* cases looked at; more would make the page slow */

struct choosing {
	struct work *work;
	int64_t except;
	struct case_row last;		/* where the next stride begins */
	int seen;
	struct case_row best;
	struct event_row cause;
	enum moment_fit fit;
	bool failed;
};

/* Whether the reader may ring: a holder who is away may have a deputy, who is another. */
static bool
may_work(struct work *work, const struct case_row *row, bool *failed)
{
	struct worklist_row stand = { .row = *row };

	if (worklist_stand(work, &stand) == -1)
		*failed = true;
	return !*failed && (row->holder == 0 || stand.mine || stand.unattended);
}

static int
choose(const struct case_row *row, void *argument)
{
	struct choosing *choosing = argument;
	struct work *work = choosing->work;
	const struct config_queue *queue = config_queue(work->config, row->queue);
	struct event_row cause = { .act = ACT_RECEIVE, .at = row->received_at };
	enum moment_fit fit;

	choosing->seen++;
	choosing->last = *row;
	if (row->number == choosing->except || queue == NULL)
		return 0;
	if (store_case_cause(work->store, row->number, &cause, &work->error) == FAILED) {
		choosing->failed = true;
		return 1;
	}
	if (!may_work(work, row, &choosing->failed))
		return choosing->failed;
	fit = moment_fits(queue, &(struct moment){ .cause = cause.act, .cause_at = cause.at,
	    .due_at = row->due_at, .window = row->when }, work->now);
	if (fit > choosing->fit) {
		choosing->fit = fit;
		choosing->best = *row;
		choosing->cause = cause;
	}
	return choosing->fit == MOMENT_FITS;
}

/* The bounds of due times that the filter asks for. */
static void
bound(const struct worklist_filter *filter, int64_t now, struct case_filter *own)
{
	int64_t half_end, day_end;

	worklist_day(now, &half_end, &day_end);
	own->after_number = INT64_MAX;
	own->after_key = -1;
	if (filter->due == WORKLIST_ONLY_OVERDUE)
		own->due_before = now;
	if (filter->due == WORKLIST_ONLY_TODAY) {
		own->due_before = day_end;
		own->after_key = now - 1;
	}
}

enum answer
worklist_next(struct work *work, const struct worklist_filter *filter, int64_t except,
    struct worklist_row *row)
{
	struct choosing choosing = { .work = work, .except = except, .fit = MOMENT_NOT };
	struct case_filter own = {
		.account = work->actor->account, .day = day_of(work->now), .mine = filter->mine,
		.queue = filter->queue, .area = filter->area, .who = filter->who,
		.interpreter = filter->interpreter, .holder = filter->holder,
		.did = filter->did, .workable = true, .limit = STRIDE
	};

	bound(filter, work->now, &own);
	for (int reached = 0; reached < NEXT_REACH; reached += STRIDE) {
		if (store_queue_page(work->store, &own, choose, &choosing, &work->error) == -1 ||
		    choosing.failed)
			return FAILED;
		if (choosing.fit == MOMENT_FITS || choosing.seen < reached + STRIDE)
			break;
		own.after_key = choosing.last.due_at;
		own.after_number = choosing.last.number;
	}
	if (choosing.fit == MOMENT_NOT)
		return ABSENT;
	*row = (struct worklist_row){
		.part = WORKLIST_NOW, .key = choosing.best.due_at, .row = choosing.best,
		.cause = choosing.cause.act, .cause_at = choosing.cause.at
	};
	return worklist_stand(work, row) == -1 ? FAILED : FOUND;
}

struct closing_page { struct worklist_closed *closed; size_t room; };

static int
keep_closed(const struct case_row *row, void *argument)
{
	struct closing_page *page = argument;

	page->closed->more = page->closed->count == page->room;
	if (!page->closed->more)
		page->closed->rows[page->closed->count++] = *row;
	return page->closed->more;
}

int
worklist_closed_read(struct work *work, struct worklist_closed *closed, int64_t closed_at,
    int64_t number, int limit)
{
	struct closing_page page = { closed, (size_t)limit };

	*closed = (struct worklist_closed){ .rows = calloc(page.room, sizeof(*closed->rows)) };
	if (closed->rows == NULL)
		abort();
	return store_closed_page(work->store, work->actor->account, closed_at, number, limit + 1,
	    keep_closed, &page, &work->error);
}

struct telling { struct work *work; struct worklist_history *history; bool failed; };

static int
keep_act(const struct event_row *event, void *argument)
{
	struct telling *telling = argument;
	struct worklist_act *act = &telling->history->acts[telling->history->count];

	act->at = event->at;
	act->act = event->act;
	telling->failed = store_case_get(telling->work->store, event->case_number, &act->row,
	    &telling->work->error) != FOUND;
	telling->history->count += !telling->failed;
	return telling->failed;
}

int
worklist_history_read(struct work *work, struct worklist_history *history, int limit)
{
	struct telling telling = { .work = work, .history = history };

	*history = (struct worklist_history){
		.acts = calloc((size_t)limit, sizeof(*history->acts))
	};
	if (history->acts == NULL)
		abort();
	if (store_event_own(work->store, work->actor->account, limit, keep_act, &telling,
	    &work->error) == -1 || telling.failed)
		return -1;
	return 0;
}
