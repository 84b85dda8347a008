/* The worklist: which cases a reader sees, in which parts and order. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/case_internal.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/store.h"

/* The bounds in time of a part. */
enum reach { FROM_ANY, FROM_NOW, FROM_HALF, FROM_DAY_END };

static const struct part {
	/*
	 * a section of the store; it does not follow the due times of the reader's queues
	 */
	bool section;
	bool mine;			/* only cases that the reader holds or stands in for */
	enum section which;
	enum due_kind kind;
	enum reach from;
	enum reach before;		/* FROM_ANY: no end */
} parts[WORKLIST_PART_COUNT] = {
	[WORKLIST_SOON] = { .kind = DUE_ANNOUNCED, .mine = true },
	[WORKLIST_DECLINED] = { .section = true, .which = SECTION_DECLINED },
	[WORKLIST_OVERDUE] = { .kind = DUE_UNANNOUNCED, .before = FROM_NOW },
	[WORKLIST_NOW] = { .kind = DUE_ORDINARY, .from = FROM_NOW, .before = FROM_HALF },
	[WORKLIST_TODAY] = { .kind = DUE_ORDINARY, .from = FROM_HALF, .before = FROM_DAY_END },
	[WORKLIST_OFFERED] = { .section = true, .which = SECTION_OFFERED },
	[WORKLIST_CONFIRM] = { .section = true, .which = SECTION_CONFIRM },
	[WORKLIST_FOLLOW] = { .kind = DUE_FOLLOW_UP, .from = FROM_NOW, .before = FROM_DAY_END },
	[WORKLIST_PARKED] = { .kind = DUE_PARKED, .from = FROM_NOW, .before = FROM_DAY_END },
	[WORKLIST_REMIND] = { .section = true, .which = SECTION_REMIND, .before = FROM_DAY_END },
	[WORKLIST_SHARED] = { .section = true, .which = SECTION_SHARED },
	[WORKLIST_LATER] = { .kind = DUE_UNANNOUNCED, .from = FROM_DAY_END },
	[WORKLIST_ARRIVED] = { .kind = DUE_ANY },
};

struct page {
	struct work *work;
	struct worklist *worklist;
	size_t room;
	size_t passed;		/* backwards: rows before the page after, the kept ones too */
	enum worklist_part part;
	int64_t reach[FROM_DAY_END + 1];
	const struct worklist_filter *filter;
};

void
worklist_day(int64_t now, int64_t *half_end, int64_t *day_end)
{
	*half_end = day_at(day_of(now), 12 * 60);
	*day_end = day_at(day_of(now) + 1, 0);
	if (now >= *half_end)
		*half_end = *day_end;
}

/* Backwards: whether the row is the first of the page after, or follows it. */
static bool
comes_after(const struct page *page, const struct section_row *section)
{
	const struct worklist_filter *filter = page->filter;
	const int64_t key = page->part == WORKLIST_ARRIVED ? filter->after_key : section->key;

	return page->part == filter->after_part && (key > filter->after_key ||
	    (key == filter->after_key && section->row.number >= filter->after_number));
}

static int
keep_aside(const struct section_row *section, void *argument)
{
	struct page *page = argument;
	struct worklist *worklist = page->worklist;
	struct worklist_row *kept;

	if (page->filter->backwards) {
		if (comes_after(page, section))
			return 1;
		kept = &worklist->rows[page->passed++ % page->room];
		*kept = (struct worklist_row){ 0 };
	} else if (worklist->count == page->room) {
		worklist->more = true;
		return 1;
	} else {
		kept = &worklist->rows[worklist->count++];
	}
	kept->part = page->part;
	kept->key = section->key;
	kept->row = section->row;
	kept->asked_by = section->account;
	return 0;
}

static int
keep_row(const struct case_row *row, void *argument)
{
	const struct section_row section = { .row = *row, .key = row->due_at };

	return keep_aside(&section, argument);
}

/*
 * Asks for one row more than there is room for, which tells whether there is a further
 * page.
 */
static int
read_part(struct page *page)
{
	const struct worklist_filter *filter = page->filter;
	const struct part *part = &parts[page->part];
	const enum reach begin = filter->due == WORKLIST_ONLY_TODAY && part->from == FROM_ANY ?
	    FROM_NOW : part->from;
	const enum reach end = filter->due == WORKLIST_ONLY_OVERDUE ? FROM_NOW : part->before;
	int64_t from = begin == FROM_ANY ? 0 : page->reach[begin];
	struct case_filter own = {
		.account = page->work->actor->account,
		.day = day_of(page->reach[FROM_NOW]),
		.mine = filter->mine || part->mine, .by_arrival = filter->by_arrival, .kind = part->kind,
		.queue = filter->queue, .area = filter->area, .who = filter->who,
		.interpreter = filter->interpreter,
		.holder = filter->holder, .did = filter->did,
		.due_before = end == FROM_ANY ? 0 : page->reach[end],
		.after_key = from - 1, .after_number = INT64_MAX,
		.limit = filter->backwards ? INT_MAX : (int)(page->room - page->worklist->count) + 1
	};

	if (page->part == WORKLIST_ARRIVED)
		own.after_number = 0;
	/*
	 * Continues after the last row of the page before, unless the part now begins
	 * later.
	 */
	if (page->part == filter->after_part && filter->after_number != 0 &&
	    !filter->backwards && (filter->by_arrival || filter->after_key >= from)) {
		own.after_key = filter->after_key;
		own.after_number = filter->after_number;
	}
	if (part->section)
		return store_section_page(page->work->store, part->which, &own, keep_aside, page,
		    &page->work->error);
	return store_queue_page(page->work->store, &own, keep_row, page, &page->work->error);
}

/* Whether the part may have a row that is overdue, or due today. */
static bool
is_due(enum worklist_part part, const struct worklist_filter *filter)
{
	switch (filter->due) {
	case WORKLIST_ONLY_OVERDUE:
		return part == WORKLIST_SOON || part == WORKLIST_OVERDUE;
	case WORKLIST_ONLY_TODAY:
		return part == WORKLIST_SOON || part == WORKLIST_NOW || part == WORKLIST_TODAY ||
		    part == WORKLIST_FOLLOW || part == WORKLIST_PARKED;
	default:
		return true;
	}
}

static bool
part_is_asked(enum worklist_part part, const struct worklist_filter *filter)
{
	if (filter->by_arrival || part == WORKLIST_ARRIVED)
		return filter->by_arrival && part == WORKLIST_ARRIVED;
	if (filter->mine && (part == WORKLIST_OFFERED || part == WORKLIST_CONFIRM ||
	    part == WORKLIST_SHARED))
		return false;
	if (!is_due(part, filter))
		return false;
	return filter->backwards ? part <= filter->after_part : part >= filter->after_part;
}

/* Backwards the rows were kept in a ring: puts the first one first. */
static void
unroll(struct page *page)
{
	struct worklist *worklist = page->worklist;
	const size_t first = page->passed > page->room ? page->passed % page->room : 0;
	struct worklist_row *rows;

	worklist->count = page->passed < page->room ? page->passed : page->room;
	worklist->earlier = page->passed > page->room;
	worklist->more = true;
	if (first == 0)
		return;
	rows = calloc(page->room, sizeof(*rows));
	if (rows == NULL)
		abort();
	memcpy(rows, worklist->rows + first, (page->room - first) * sizeof(*rows));
	memcpy(rows + page->room - first, worklist->rows, first * sizeof(*rows));
	free(worklist->rows);
	worklist->rows = rows;
}

static int
read_rows(struct page *page)
{
	struct worklist *worklist = page->worklist;

	page->reach[FROM_NOW] = page->work->now;
	worklist_day(page->work->now, &page->reach[FROM_HALF], &page->reach[FROM_DAY_END]);
	worklist->rows = calloc(page->room, sizeof(*worklist->rows));
	if (worklist->rows == NULL)
		abort();
	for (page->part = 0; page->part < WORKLIST_PART_COUNT && !worklist->more; page->part++) {
		if (part_is_asked(page->part, page->filter) && read_part(page) == -1)
			return -1;
	}
	if (page->filter->backwards)
		unroll(page);
	else
		worklist->earlier = page->filter->after_number != 0;
	return 0;
}

static int
keep_colleague(int64_t account, const char *name, void *argument)
{
	struct worklist *worklist = argument;
	struct worklist_colleague *grown = realloc(worklist->colleagues,
	    (worklist->colleagues_count + 1) * sizeof(*grown));

	if (grown == NULL)
		abort();
	worklist->colleagues = grown;
	grown += worklist->colleagues_count++;
	grown->account = account;
	(void)snprintf(grown->name, sizeof(grown->name), "%s", name);
	return 0;
}

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

/*
 * Whether the reader may ring: nobody holds the case, the reader holds it or stands in for the
 * holder, or the holder is away and nobody stands in.
 */
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
	struct telephone telephone;
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
	if (telephone_read(work, row->number, &telephone) == -1) {
		choosing->failed = true;
		return 1;
	}
	/* A number that is wrong is not rung; another one, or another way, is tried at once. */
	if (telephone.asks)
		return 0;
	if (cause.act == ACT_WRONG_NUMBER)
		cause.act = ACT_RECEIVE;
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

/* Looks for a case whose call a text message of the reader has announced. */
static int
choose_announced(struct choosing *choosing, struct case_filter own)
{
	own.mine = true;
	own.kind = DUE_ANNOUNCED;
	return store_queue_page(choosing->work->store, &own, choose, choosing,
	    &choosing->work->error);
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
	if (choose_announced(&choosing, own) == -1 || choosing.failed)
		return FAILED;
	choosing.seen = 0;
	for (int reached = 0; reached < NEXT_REACH && choosing.fit != MOMENT_FITS; reached += STRIDE) {
		if (store_queue_page(work->store, &own, choose, &choosing, &work->error) == -1 ||
		    choosing.failed)
			return FAILED;
		if (choosing.seen < reached + STRIDE)
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

/* Finds the case to begin with, which only the first page shows. */
static int
find_next(struct work *work, struct worklist *worklist, const struct worklist_filter *filter)
{
	struct worklist_row row;

	if (worklist->earlier || filter->backwards)
		return 0;
	switch (worklist_next(work, filter, 0, &row)) {
	case FOUND:
		worklist->next = row.row.number;
		return 0;
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
}

int
worklist_read(struct work *work, struct worklist *worklist, const struct worklist_filter *filter)
{
	struct page page = {
		.work = work, .worklist = worklist, .room = (size_t)filter->limit,
		.filter = filter
	};
	int64_t half_end, day_end;

	memset(worklist, 0, sizeof(*worklist));
	if (filter->limit < 1)
		return error_set(&work->error, ERROR_INTERNAL,
		    "a page of the worklist needs at least one row");
	worklist_day(work->now, &half_end, &day_end);
	if (work_begin_read(work) == -1)
		return -1;
	if (read_rows(&page) == -1 || worklist_fill(work, worklist) == -1 ||
	    find_next(work, worklist, filter) == -1 ||
	    store_colleague_each(work->store, work->actor->account, keep_colleague, worklist,
	    &work->error) == -1 ||
	    store_queue_count(work->store, work->actor->account, work->now, day_end,
	    &worklist->counts, &work->error) == -1) {
		work_undo(work);
		return -1;
	}
	return work_end(work, 0);
}

void
worklist_free(struct worklist *worklist)
{
	if (worklist->rows != NULL)
		seal_wipe(worklist->rows, worklist->count * sizeof(*worklist->rows));
	free(worklist->rows);
	free(worklist->colleagues);
	*worklist = (struct worklist){ 0 };
}
