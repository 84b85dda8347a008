/* Searches for a person among the cases that a reader may open; lists what is past. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/store.h"

struct reaching {
	struct keyring *ring;
	reached_fn give;
	void *context;
	int most, reached, damaged;
	bool stopped, left;
	int result;
};

static int
open_one(const struct case_row *row, void *argument)
{
	struct reaching *reaching = argument;
	struct form form = { 0 };

	if (reaching->reached == reaching->most) {
		reaching->left = true;
		return 1;
	}
	switch (keyring_submission(reaching->ring, row->number, &form)) {
	case FOUND:
		reaching->stopped = reaching->give(row, &form, reaching->context) != 0;
		form_wipe(&form);
		break;
	case FAILED:
		if (reaching->ring->work->error.kind != ERROR_DAMAGED) {
			reaching->result = -1;
			return 1;
		}
		/* A damaged submission must not hide the others. */
		log_line(LOG_LINE_ERROR, "search: %s", reaching->ring->work->error.text);
		reaching->damaged++;
		break;
	case ABSENT:
		/*
		 * The queue got a new key just now, and the case's data key has not moved
		 * yet.
		 */
		break;
	}
	reaching->reached++;
	return reaching->stopped;
}

int
reach_each(struct keyring *ring, reached_fn give, void *context, struct search_extent *extent)
{
	struct reaching reaching = {
		.ring = ring, .give = give, .context = context, .most = INT_MAX
	};
	const int64_t account = ring->work->actor->account;

	if (store_reach_open(ring->work->store, account, open_one, &reaching,
	    &ring->work->error) == -1 || reaching.result == -1)
		return -1;
	extent->open = reaching.reached;
	if (reaching.stopped)
		return 0;
	reaching.most = extent->open < REACH_MAX ? REACH_MAX - extent->open : 0;
	reaching.reached = 0;
	/* One more than is searched tells whether there are further ones. */
	if (store_reach_closed(ring->work->store, account, reaching.most + 1, open_one,
	    &reaching, &ring->work->error) == -1 || reaching.result == -1)
		return -1;
	extent->closed = reaching.reached;
	extent->damaged = reaching.damaged;
	extent->all_closed = !reaching.left;
	return 0;
}

static const char *
given(const struct form *submission, enum field field)
{
	const char *value = form_value(submission, field_name(field));

	return value == NULL ? "" : value;
}

static void
keep_hit(struct search *search, const struct case_row *row, const char *name,
    enum search_number number)
{
	struct search_hit *hit = &search->hits[search->count++];

	hit->row = *row;
	hit->number = number;
	(void)snprintf(hit->name, sizeof(hit->name), "%s", name);
}

struct comparing {
	struct work *work;
	struct search *search;
	const struct search_query *search_query;
	bool failed;
};

static bool
asks_digits(const struct search *search)
{
	return search->kind == SEARCH_QUERY_PHONE || search->kind == SEARCH_QUERY_LAST;
}

/* A number that is not the person's: who rings back may be who helped. */
#define BY_HELPER	1000

/*
 * Finds such a name or number among the person's values, present one first. Returns how many
 * corrections ago it was the person's, or -1: never.
 */
static int
answers(const struct form *submission, const struct comparing *comparing)
{
	const bool digits = asks_digits(comparing->search);
	const char *name = field_name(digits ? FIELD_PHONE : FIELD_NAME);
	int before = -1;

	for (size_t i = 0; i < submission->count; i++) {
		const char *value = submission->fields[i].value;

		if (digits && strcmp(submission->fields[i].name, field_name(FIELD_HELPER_PHONE)) == 0 &&
		    search_query_is_phone(comparing->search_query, value))
			return BY_HELPER;
		if (strcmp(submission->fields[i].name, name) != 0)
			continue;
		before++;
		if (digits ? search_query_is_phone(comparing->search_query, value) :
		    search_query_is_name(comparing->search_query, value))
			return before;
	}
	return -1;
}

/* Whether the person still answers at the number that was found. */
static enum search_number
judge_number(struct comparing *comparing, int64_t number, int before)
{
	struct telephone telephone;

	if (before == BY_HELPER || !asks_digits(comparing->search))
		return SEARCH_NUMBER_OWN;
	if (telephone_read(comparing->work, number, &telephone) == -1) {
		comparing->failed = true;
		return SEARCH_NUMBER_OWN;
	}
	/* Only the last number before the present one is known to be what the attempt was about. */
	if (before == 0 ? telephone.wrong : before == 1 && !telephone.wrong && telephone.wrong_at != 0)
		return SEARCH_NUMBER_WRONG;
	return before == 0 ? SEARCH_NUMBER_OWN : SEARCH_NUMBER_BEFORE;
}

static int
compare(const struct case_row *row, const struct form *submission, void *argument)
{
	struct comparing *comparing = argument;
	struct search *search = comparing->search;
	const int before = answers(submission, comparing);

	if (before == -1)
		return 0;
	search->more = search->count == SEARCH_MAX;
	if (!search->more)
		keep_hit(search, row, given(submission, FIELD_NAME),
		    judge_number(comparing, row->number, before));
	return search->more || comparing->failed;
}

/*
 * Looks up the case of a number, and its name if the reader may see it. ABSENT: no such
 * case for this reader.
 */
static enum answer
look_up(struct search *search, struct keyring *ring, int64_t number)
{
	struct case_row row;
	struct form form = { 0 };
	unsigned actor;
	enum answer answer = case_read(ring->work, number, &row, &actor);

	if (answer != FOUND)
		return answer;
	if (lifecycle_offers(row.state, ACT_FIND, actor))
		answer = keyring_submission(ring, number, &form);
	if (answer == FOUND)
		keep_hit(search, &row, given(&form, FIELD_NAME), SEARCH_NUMBER_OWN);
	form_wipe(&form);
	return answer;
}

static int
look(struct search *search, struct keyring *ring, const struct search_query *search_query)
{
	struct comparing comparing = {
		.work = ring->work, .search = search, .search_query = search_query
	};

	if (search->kind == SEARCH_QUERY_REFERENCE) {
		switch (look_up(search, ring, search_query->number)) {
		case FOUND:
			return 0;
		case FAILED:
			return -1;
		case ABSENT:
			/* Thirteen letters may be a name. */
			search->kind = SEARCH_QUERY_NAME;
			break;
		}
	}
	return reach_each(ring, compare, &comparing, &search->extent) == -1 ||
	    comparing.failed ? -1 : 0;
}

/*
 * Adds the access log's events before any name is shown, and drops hits that the reader may
 * not see any more.
 */
static int
leave_traces(struct work *work, struct search *search)
{
	size_t kept = 0;

	if (search->count == 0)
		return 0;
	if (work_begin(work) == -1)
		return -1;
	for (size_t i = 0; i < search->count; i++) {
		struct search_hit *hit = &search->hits[i];
		enum answer answer = FOUND;

		if (hit->name[0] != '\0')
			answer = access_log_add(work, ACT_FIND, &hit->row);
		if (answer == FAILED) {
			work_undo(work);
			return -1;
		}
		if (answer == FOUND && kept++ != i)
			search->hits[kept - 1] = *hit;
	}
	search->count = kept;
	return work_end(work, 0);
}

int
search_do(struct work *work, struct search *search, const char *typed)
{
	struct keyring ring = { .work = work };
	struct search_query search_query;
	int result = 0;

	memset(search, 0, sizeof(*search));
	search_query_read(typed, &search_query);
	search->kind = search_query.kind;
	if (search_query.kind >= SEARCH_QUERY_REFERENCE) {
		result = work_begin_read(work);
		if (result == 0) {
			result = look(search, &ring, &search_query);
			work_undo(work);
		}
	}
	keyring_free(&ring);
	seal_wipe(&search_query, sizeof(search_query));
	if (result == 0)
		result = leave_traces(work, search);
	return result;
}

void
search_wipe(struct search *search)
{
	seal_wipe(search, sizeof(*search));
}

/* Closed cases, and what the reader did lately. */

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
	act->step = event->step;
	act->of_step = event->of_step;
	/* Only its author can undo an act, so the undo is in the list, and before it. */
	for (const struct worklist_act *later = telling->history->acts; later < act; later++)
		act->undone |= later->of_step == event->step &&
		    later->row.number == event->case_number;
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
