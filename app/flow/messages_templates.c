/*
 * Templates: texts about no person, with which a note or a text message begins. A lead
 * writes them for the queues of which the lead is a member.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/messages.h"
#include "flow/people.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "store/messages.h"
#include "store/store.h"

static int
keep_row(const struct template_row *row, void *argument)
{
	struct templates *kept = argument;

	kept->rows = array_grow(kept->rows, kept->count, sizeof(*kept->rows));
	kept->rows[kept->count++] = *row;
	return 0;
}

int
templates_read(struct work *work, const char *queue, struct templates *templates)
{
	*templates = (struct templates){ 0 };
	return store_template_each(work->store, queue, keep_row, templates, &work->error);
}

void
templates_free(struct templates *templates)
{
	free(templates->rows);
	*templates = (struct templates){ 0 };
}

struct telling {
	struct work *work;
	struct template_queue *queue;
	int result;
};

static int
keep_change(const struct template_change_row *row, void *argument)
{
	struct telling *telling = argument;
	struct template_told *told = &telling->queue->told[telling->queue->told_count++];

	told->row = *row;
	telling->result = account_name(telling->work, row->account, told->by);
	return telling->result;
}

static int
read_queue(struct work *work, struct template_queue *queue, const char *id)
{
	struct telling telling = { .work = work, .queue = queue };

	(void)snprintf(queue->queue, sizeof(queue->queue), "%s", id);
	if (templates_read(work, id, &queue->templates) == -1 ||
	    store_template_changes(work->store, id, TEMPLATES_TOLD, keep_change, &telling,
	    &work->error) == -1)
		return -1;
	return telling.result;
}

int
template_queues_read(struct work *work, struct template_queues *queues)
{
	struct queue_list own = { 0 };
	int result = queue_list_read(work, &own, work->actor->account);

	*queues = (struct template_queues){ 0 };
	for (size_t i = 0; i < own.count && result == 0; i++) {
		queues->queues = array_grow(queues->queues, queues->count,
		    sizeof(*queues->queues));
		queues->queues[queues->count] = (struct template_queue){ .told_count = 0 };
		result = read_queue(work, &queues->queues[queues->count++], own.queue[i]);
	}
	queue_list_free(&own);
	return result;
}

void
template_queues_free(struct template_queues *queues)
{
	for (size_t i = 0; i < queues->count; i++)
		templates_free(&queues->queues[i].templates);
	free(queues->queues);
	*queues = (struct template_queues){ 0 };
}

/* The guard: whether the reader leads that queue. */
static int
judge_queue(struct work *work, const char *queue, enum template_verdict *verdict)
{
	struct queue_list own = { 0 };
	const int result = queue_list_read(work, &own, work->actor->account);

	if (work->actor->role != ROLE_LEAD || !queue_list_has(&own, queue))
		*verdict = TEMPLATES_QUEUE;
	queue_list_free(&own);
	return result;
}

/* Fills in the row that the wish is about, as it is now. */
static int
find_row(struct work *work, const struct template_wish *wish, struct template_row *row,
    enum template_verdict *verdict)
{
	struct templates present;
	int result;

	if (wish->number != 0) {
		const enum answer answer = store_template_get(work->store, wish->number, row,
		    &work->error);

		if (answer == ABSENT)
			*verdict = TEMPLATES_GONE;
		return answer == FAILED ? -1 : answer == ABSENT ? 0 :
		    judge_queue(work, row->queue, verdict);
	}
	*row = (struct template_row){ .number = number_next(), .kind = wish->kind };
	(void)snprintf(row->queue, sizeof(row->queue), "%s", wish->queue);
	if (judge_queue(work, row->queue, verdict) == -1)
		return -1;
	result = templates_read(work, row->queue, &present);
	if (present.count >= TEMPLATES_MAX && *verdict == TEMPLATES_DONE)
		*verdict = TEMPLATES_FULL;
	templates_free(&present);
	return result;
}

/* The words of a text message are checked as those that are sent. */
static enum template_verdict
read_words(struct template_row *row, const char *written)
{
	struct sms_segments parts;
	enum text_fault told;
	enum fault fault;

	if (row->kind == TEMPLATE_TEXT) {
		told = text_read(written, row->words, &parts);
		return told == TEXT_OK ? TEMPLATES_DONE : told == TEXT_EMPTY ? TEMPLATES_EMPTY :
		    told == TEXT_LONG ? TEMPLATES_LONG :
		    told == TEXT_PERSONNUMMER ? TEMPLATES_PERSONNUMMER : TEMPLATES_CHARACTERS;
	}
	fault = text_input_text(written, TEMPLATE_WORDS_MAX, row->words);
	return fault == FAULT_NONE ? TEMPLATES_DONE : fault == FAULT_MISSING ? TEMPLATES_EMPTY :
	    fault == FAULT_LONG ? TEMPLATES_LONG :
	    fault == FAULT_PERSONNUMMER ? TEMPLATES_PERSONNUMMER : TEMPLATES_CHARACTERS;
}

static enum template_verdict
read_wish(struct template_row *row, const struct template_wish *wish)
{
	const enum fault fault = text_input_line(wish->title, TEMPLATE_TITLE_MAX, row->title);

	return fault == FAULT_PERSONNUMMER ? TEMPLATES_PERSONNUMMER :
	    fault != FAULT_NONE ? TEMPLATES_TITLE : read_words(row, wish->words);
}

/* Two of one name cannot be told apart where one is chosen. */
static int
judge_title(struct work *work, const struct template_row *row, enum template_verdict *verdict)
{
	struct templates present;
	const int result = templates_read(work, row->queue, &present);

	for (size_t i = 0; i < present.count; i++) {
		const struct template_row *other = &present.rows[i];

		if (other->number != row->number && other->kind == row->kind &&
		    strcmp(other->title, row->title) == 0)
			*verdict = TEMPLATES_SAME;
	}
	templates_free(&present);
	return result;
}

static int
tell(struct work *work, const struct template_row *row, enum template_act act)
{
	struct template_change_row change = {
		.account = work->actor->account, .at = work->now, .act = act
	};

	memcpy(change.queue, row->queue, sizeof(change.queue));
	memcpy(change.title, row->title, sizeof(change.title));
	return store_template_told(work->store, &change, &work->error);
}

static int
save(struct work *work, const struct template_wish *wish, enum template_verdict *verdict)
{
	const bool is_new = wish->number == 0;
	struct template_row row;

	if (find_row(work, wish, &row, verdict) == -1)
		return -1;
	if (*verdict == TEMPLATES_DONE)
		*verdict = read_wish(&row, wish);
	if (*verdict == TEMPLATES_DONE && judge_title(work, &row, verdict) == -1)
		return -1;
	if (*verdict != TEMPLATES_DONE)
		return 0;
	if ((is_new ? store_template_add(work->store, &row, &work->error) :
	    store_template_change(work->store, &row, &work->error)) == -1)
		return -1;
	return tell(work, &row, is_new ? TEMPLATE_ADDED : TEMPLATE_CHANGED);
}

/* Commits what was done, and nothing else. */
static int
settle(struct work *work, int result, enum template_verdict verdict)
{
	if (result == 0 && verdict != TEMPLATES_DONE) {
		work_undo(work);
		return 0;
	}
	return work_end(work, result);
}

int
template_save(struct work *work, const struct template_wish *wish,
    enum template_verdict *verdict)
{
	*verdict = TEMPLATES_DONE;
	if (work_begin(work) == -1)
		return -1;
	return settle(work, save(work, wish, verdict), *verdict);
}

static int
drop(struct work *work, int64_t number, enum template_verdict *verdict)
{
	struct template_row row;

	if (find_row(work, &(struct template_wish){ .number = number }, &row, verdict) == -1)
		return -1;
	if (*verdict != TEMPLATES_DONE)
		return 0;
	if (store_template_remove(work->store, number, &work->error) == -1)
		return -1;
	return tell(work, &row, TEMPLATE_REMOVED);
}

int
template_remove(struct work *work, int64_t number, enum template_verdict *verdict)
{
	*verdict = TEMPLATES_DONE;
	if (work_begin(work) == -1)
		return -1;
	return settle(work, drop(work, number, verdict), *verdict);
}

enum answer
template_for_case(struct work *work, int64_t case_number, int64_t number,
    enum template_kind kind, struct template_row *row)
{
	struct case_row of;
	unsigned actor;
	enum answer answer = case_read(work, case_number, &of, &actor);

	if (answer == FOUND)
		answer = store_template_get(work->store, number, row, &work->error);
	if (answer == FOUND && (row->kind != kind || strcmp(row->queue, of.queue) != 0))
		answer = ABSENT;
	return answer;
}
