#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/case.h"
#include "flow/flow.h"
#include "flow/marks.h"
#include "notify/notify.h"

int
queue_locks_read(struct queue_locks *locks, const struct config *config,
    struct store *store, struct error *error)
{
	struct queue_key_row key;
	enum answer answer;

	locks->count = config->queues_count;
	locks->lock = calloc(locks->count, sizeof(*locks->lock));
	if (locks->lock == NULL)
		abort();
	for (size_t i = 0; i < locks->count; i++) {
		answer = store_queue_key_get(store, config->queues[i].id, &key, error);
		if (answer == FAILED) {
			queue_locks_free(locks);
			return -1;
		}
		if (answer == ABSENT)
			continue;
		locks->lock[i].generation = key.generation;
		memcpy(locks->lock[i].public, key.public, sizeof(key.public));
	}
	return 0;
}

void
queue_locks_free(struct queue_locks *locks)
{
	free(locks->lock);
	*locks = (struct queue_locks){ 0 };
}

/* What is plain on disk, and nothing else of the submission. */
static void
fill_row(struct case_row *row, const struct submission *submission,
    const struct config_queue *queue, const char *code, int64_t now)
{
	row->number = number_next();
	(void)snprintf(row->area, sizeof(row->area), "%s", submission->area->code);
	(void)snprintf(row->queue, sizeof(row->queue), "%s", queue->id);
	(void)snprintf(row->code, sizeof(row->code), "%s", code == NULL ? "" : code);
	row->who = submission->who;
	row->age = submission->age;
	row->when = submission->when;
	row->speak = submission->speak;
	row->workplace = submission->workplace;
	row->inflow = submission_inflow(submission);
	row->received_at = now;
}

/* The mark is of everything: what is stored plain, and the bytes that are sealed. */
static int
seal_and_mark(struct intake *intake, const struct submission *submission,
    const unsigned char queue_public[SEAL_KEY_SIZE])
{
	const struct case_row *row = &intake->row;
	const struct record_place place = {
		RECORD_SUBMISSION, row->number, intake->record_number
	};
	struct buffer text = { 0 }, marked = { 0 };
	int result;

	submission_encode(submission, &text);
	result = envelope_seal(&intake->record, intake->sealed, &place, queue_public,
	    text.data, text.length);
	buffer_format(&marked, "%s %s %d %d %d %d ", row->area, row->code, (int)row->who,
	    (int)row->age, (int)row->when, (int)row->workplace);
	buffer_add(&marked, text.data, text.length);
	mark_make(intake->mark, marked.data, marked.length);
	buffer_wipe(&text);
	buffer_wipe(&marked);
	return result;
}

int
intake_prepare(struct intake *intake, const struct config *config,
    const struct queue_locks *locks, const struct submission *submission,
    const char *code, int64_t now, struct error *error)
{
	const struct routing_key key = {
		submission->area->code, submission->age, submission->who,
		submission->speak
	};
	const struct config_route *route = routing_find(config, &key);
	const struct queue_lock *lock = &locks->lock[route->queue];
	const struct case_act birth = {
		.act = ACT_RECEIVE, .actor = ACTOR_SYSTEM, .now = now
	};

	memset(intake, 0, sizeof(*intake));
	intake->result = INTAKE_UNAVAILABLE;
	intake->queue = &config->queues[route->queue];
	if (lock->generation == 0)
		return error_set(error, ERROR_UNAVAILABLE,
		    "queue %s has no key: run egenremiss init, then restart",
		    intake->queue->id);
	intake->generation = lock->generation;
	intake->record_number = number_next();
	fill_row(&intake->row, submission, intake->queue, code, now);
	if (case_judge(&intake->row, &birth, config, intake->queue) != LIFECYCLE_OK)
		return error_set(error, ERROR_INTERNAL, "a case cannot be born");
	intake->row.promised_at = intake->row.due_at;
	if (seal_and_mark(intake, submission, lock->public) == -1)
		return error_set(error, ERROR_INTERNAL, "queue %s: the key is no key",
		    intake->queue->id);
	return 0;
}

void
intake_free(struct intake *intake)
{
	buffer_free(&intake->record);
}

/* Case, data key, record, event, alert. */
static int
add_case(struct store *store, const struct intake *intake, struct error *error)
{
	const struct case_row *row = &intake->row;
	struct case_key_row key = {
		.case_number = row->number, .generation = intake->generation
	};
	const struct record_row record = {
		.number = intake->record_number,
		.case_number = row->number,
		.account = intake->account,
		.at = row->received_at,
		.kind = RECORD_SUBMISSION,
		.box = (const unsigned char *)intake->record.data,
		.box_size = intake->record.length
	};
	const struct event_row event = {
		.case_number = row->number,
		.account = intake->account,
		.at = row->received_at,
		.act = ACT_RECEIVE,
		.from = row->state,
		.to = row->state,
		.due_at = row->due_at
	};

	memcpy(key.queue, row->queue, sizeof(key.queue));
	memcpy(key.sealed, intake->sealed, sizeof(key.sealed));
	if (store_case_add(store, row, error) == -1 ||
	    store_case_key_add(store, &key, error) == -1 ||
	    store_record_add(store, &record, error) == -1 ||
	    store_event_add(store, &event, error) == -1)
		return -1;
	return store_alert_add(store, row->queue, row->number, ALERT_NEW_CASE,
	    row->received_at, error);
}

/*
 * Whether the case of a known mark still stands for the person's wish. Once
 * it is closed nobody rings because of it, so the same wish is a new one.
 */
static enum answer
recall(struct store *store, int64_t number, struct case_row *row, struct error *error)
{
	struct case_row first;
	enum answer answer = store_case_get(store, number, &first, error);

	if (answer == FOUND && (first.state == STATE_CLOSED || first.state == STATE_PURGED))
		answer = ABSENT;
	if (answer == FOUND)
		*row = first;
	return answer;
}

int
intake_store(struct store *store, struct intake *intake, struct error *error)
{
	const int64_t number = marks_find(intake->mark, intake->row.received_at);
	enum answer known = number == 0 ? ABSENT : recall(store, number, &intake->row, error);

	intake->result = known == FOUND ? INTAKE_REPEATED : INTAKE_STORED;
	if (known != ABSENT)
		return known == FOUND ? 0 : -1;
	if (add_case(store, intake, error) == -1)
		return -1;
	marks_keep(intake->mark, intake->row.number, intake->row.received_at);
	return 0;
}

/* -1 only when the whole transaction is lost. */
static int
store_alone(struct store *store, struct intake *intake, struct error *error)
{
	int stored;

	if (store_part_begin(store, error) == -1)
		return -1;
	stored = intake_store(store, intake, error);
	store_part_end(store, stored == 0);
	if (stored == 0)
		return 0;
	intake->result = INTAKE_UNAVAILABLE;
	if (error->kind == ERROR_UNAVAILABLE)
		return -1;
	log_line(LOG_LINE_ERROR, "intake: one submission not stored: %s", error->text);
	return 0;
}

void
intake_commit(struct store *store, struct intake *const *batch, size_t count)
{
	struct error error = { 0 };

	if (store_begin(store, &error) == -1)
		goto err;
	for (size_t i = 0; i < count; i++) {
		if (store_alone(store, batch[i], &error) == -1) {
			store_rollback(store);
			goto err;
		}
	}
	if (store_commit(store, &error) == 0)
		return;
err:
	log_line(LOG_LINE_ERROR, "intake: %zu submissions not stored: %s", count,
	    error.text);
	for (size_t i = 0; i < count; i++)
		batch[i]->result = INTAKE_UNAVAILABLE;
}
