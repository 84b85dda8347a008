/* Intake: from the checked form to the disk; duplicate submissions; entry by hand. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/handover.h"
#include "store/store.h"

#define SETS		4096
#define WAYS		8
#define DAY		(24 * INT64_C(3600))

static struct marks {
	struct mark {
		unsigned char mark[SEAL_DIGEST_SIZE];
		int64_t at;
		_Atomic int64_t case_number;	/* 0: free, or being written */
	} of[SETS][WAYS];
} *marks;				/* shared by the workers */

int
duplicate_submissions_start(struct error *error)
{
	if (marks != NULL) {
		memset(marks, 0, sizeof(*marks));
		return 0;
	}
	marks = shared_kept("marks", sizeof(*marks), error);
	return marks == NULL ? -1 : 0;
}

/* A mark is random, so any of its bytes can choose the set. */
static struct mark *
set_of(const unsigned char mark[SEAL_DIGEST_SIZE])
{
	return marks->of[(mark[0] << 8 | mark[1]) % SETS];
}

int64_t
duplicate_submission_find(const unsigned char mark[SEAL_DIGEST_SIZE], int64_t now)
{
	const struct mark *set = set_of(mark);

	for (int i = 0; i < WAYS; i++) {
		if (set[i].at >= now - DAY && memcmp(set[i].mark, mark, SEAL_DIGEST_SIZE) == 0)
			return set[i].case_number;
	}
	return 0;
}

/* If a worker dies in this function, the entry stands for no case. */
void
duplicate_submission_add(const unsigned char mark[SEAL_DIGEST_SIZE], int64_t case_number, int64_t now)
{
	struct mark *set = set_of(mark), *chosen = set;

	for (int i = 0; i < WAYS; i++) {
		if (memcmp(set[i].mark, mark, SEAL_DIGEST_SIZE) == 0) {
			chosen = &set[i];
			break;
		}
		if (set[i].at < chosen->at)
			chosen = &set[i];
	}
	chosen->case_number = 0;
	memcpy(chosen->mark, mark, SEAL_DIGEST_SIZE);
	chosen->at = now;
	chosen->case_number = case_number;
}

int
queue_keys_read(struct work *work, struct queue_keys *locks)
{
	struct queue_key_row key;
	enum answer answer;

	locks->count = work->config->queues_count;
	locks->lock = calloc(locks->count, sizeof(*locks->lock));
	if (locks->lock == NULL)
		abort();
	for (size_t i = 0; i < locks->count; i++) {
		answer = store_queue_key_get(work->store, work->config->queues[i].id, &key,
		    &work->error);
		if (answer == FAILED) {
			queue_keys_free(locks);
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
queue_keys_free(struct queue_keys *locks)
{
	free(locks->lock);
	*locks = (struct queue_keys){ 0 };
}

/* Fills in the values that are stored plain, and nothing else of the submission. */
static void
fill_row(struct case_row *row, const struct submission *submission,
    const struct config_queue *queue, const char *code, int64_t now)
{
	row->number = number_next();
	(void)snprintf(row->area, sizeof(row->area), "%s", submission->area->code);
	(void)snprintf(row->queue, sizeof(row->queue), "%s", queue->id);
	(void)snprintf(row->code, sizeof(row->code), "%s", code == NULL ? "" : code);
#define COPY(set, member, column)	row->member = submission->member;
	FORM_CHOICES(COPY)
#undef COPY
	row->inflow = submission_inflow(submission);
	row->received_at = submission->came_at != 0 ? submission->came_at : now;
}

/*
 * Seals the submission and computes its mark, which covers the plain values and the bytes
 * that are sealed.
 */
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
	buffer_format(&marked, "%s %s ", row->area, row->code);
#define MARK(set, member, column)	buffer_format(&marked, "%d ", (int)row->member);
	FORM_CHOICES(MARK)
#undef MARK
	buffer_add(&marked, text.data, text.length);
	keyed_digest_make(intake->mark, marked.data, marked.length);
	buffer_wipe(&text);
	buffer_wipe(&marked);
	return result;
}

int
intake_prepare(struct work *work, struct intake *intake, const struct queue_keys *locks,
    const struct submission *submission, const char *code)
{
	const struct routing_key key = {
		submission->area->code, submission->age, submission->who,
		submission->speak
	};
	const struct config_route *route = routing_find(work->config, &key);
	const struct queue_public_key *lock = &locks->lock[route->queue];
	const struct case_act birth = {
		.act = ACT_RECEIVE, .actor = ACTOR_SYSTEM, .now = work->now
	};

	memset(intake, 0, sizeof(*intake));
	intake->result = INTAKE_UNAVAILABLE;
	intake->queue = &work->config->queues[route->queue];
	if (lock->generation == 0)
		return error_set(&work->error, ERROR_UNAVAILABLE,
		    "queue %s has no key: run egenremiss init, then restart", intake->queue->id);
	intake->generation = lock->generation;
	intake->record_number = number_next();
	intake->written_at = work->now;
	fill_row(&intake->row, submission, intake->queue, code, work->now);
	if (case_judge(&intake->row, &birth, work->config, intake->queue) != LIFECYCLE_OK)
		return error_set(&work->error, ERROR_INTERNAL, "the lifecycle refuses a new case");
	intake->row.promised_at = intake->row.due_at;
	if (seal_and_mark(intake, submission, lock->public) == -1)
		return error_set(&work->error, ERROR_INTERNAL,
		    "queue %s: its key is not a valid public key",
		    intake->queue->id);
	return 0;
}

void
intake_free(struct intake *intake)
{
	buffer_free(&intake->record);
}

static int
add_case(struct work *work, const struct intake *intake)
{
	const struct case_row *row = &intake->row;
	struct case_key_row key = {
		.case_number = row->number, .generation = intake->generation
	};
	const struct record_row record = {
		.number = intake->record_number,
		.case_number = row->number,
		.account = intake->account,
		.at = intake->written_at,
		.kind = RECORD_SUBMISSION,
		.box = (const unsigned char *)intake->record.data,
		.box_size = intake->record.length
	};
	const struct event_row event = {
		.case_number = row->number,
		.account = intake->account,
		.at = intake->written_at,
		.act = ACT_RECEIVE,
		.from = row->state,
		.to = row->state,
		.due_at = row->due_at
	};

	memcpy(key.queue, row->queue, sizeof(key.queue));
	memcpy(key.sealed, intake->sealed, sizeof(key.sealed));
	if (store_case_add(work->store, row, &work->error) == -1 ||
	    store_case_key_add(work->store, &key, &work->error) == -1 ||
	    store_record_add(work->store, &record, &work->error) == -1 ||
	    store_event_add(work->store, &event, &work->error) == -1)
		return -1;
	return store_alert_add(work->store, row->queue, row->number, ALERT_NEW_CASE,
	    intake->written_at, &work->error);
}

/*
 * Reads the case of a known mark. ABSENT when it is closed: nobody rings because of it any
 * more, so the same submission makes a new case.
 */
static enum answer
recall(struct work *work, int64_t number, struct case_row *row)
{
	struct case_row first;
	enum answer answer = store_case_get(work->store, number, &first, &work->error);

	if (answer == FOUND && (first.state == STATE_CLOSED || first.state == STATE_PURGED))
		answer = ABSENT;
	if (answer == FOUND)
		*row = first;
	return answer;
}

/*
 * Stores one submission within the caller's transaction. Returns 0 with its result, or -1.
 */
static int
intake_store(struct work *work, struct intake *intake)
{
	const int64_t number = duplicate_submission_find(intake->mark, intake->written_at);
	enum answer known = number == 0 ? ABSENT : recall(work, number, &intake->row);

	intake->result = known == FOUND ? INTAKE_REPEATED : INTAKE_STORED;
	if (known != ABSENT)
		return known == FOUND ? 0 : -1;
	if (add_case(work, intake) == -1)
		return -1;
	duplicate_submission_add(intake->mark, intake->row.number, intake->written_at);
	return 0;
}

/* Returns -1 only when the whole transaction is lost. */
static int
store_alone(struct work *work, struct intake *intake)
{
	int stored;

	if (store_part_begin(work->store, &work->error) == -1)
		return -1;
	stored = intake_store(work, intake);
	store_part_end(work->store, stored == 0);
	if (stored == 0)
		return 0;
	intake->result = INTAKE_UNAVAILABLE;
	if (work->error.kind == ERROR_UNAVAILABLE)
		return -1;
	log_line(LOG_LINE_ERROR, "intake: one submission is not stored: %s", work->error.text);
	return 0;
}

void
intake_commit(struct work *work, struct intake *const *batch, size_t count)
{
	if (work_begin(work) == -1)
		goto err;
	for (size_t i = 0; i < count; i++) {
		if (store_alone(work, batch[i]) == -1) {
			work_undo(work);
			goto err;
		}
	}
	if (work_end(work, 0) == 0)
		return;
err:
	log_line(LOG_LINE_ERROR, "intake: %zu submissions are not stored: %s", count,
	    work->error.text);
	for (size_t i = 0; i < count; i++)
		batch[i]->result = INTAKE_UNAVAILABLE;
}

/* Judges whether the entry may be stored in this queue, and whether the reader may take it. */
static int
weigh(struct work *work, const char *queue, bool take, enum entry_verdict *verdict)
{
	int readers = store_queue_readers(work->store, queue, &work->error);
	enum answer member = FOUND;

	if (readers > 0 && take)
		member = store_is_member(work->store, work->actor->account, queue, &work->error);
	if (readers == -1 || member == FAILED)
		return -1;
	*verdict = readers == 0 ? ENTRY_UNREAD : member == ABSENT ? ENTRY_STRANGE : ENTRY_STORED;
	return 0;
}

/*
 * Claims the case for the reader. A colleague may already hold it when the submission came
 * twice.
 */
static int
claim(struct work *work, int64_t number, enum entry_verdict *verdict)
{
	struct case_act act = { .act = ACT_CLAIM, .account = work->actor->account,
	    .now = work->now };
	enum lifecycle_verdict judged;
	struct case_row row;
	enum answer answer = case_read(work, number, &row, &act.actor);

	if (answer == FAILED)
		return -1;
	if (answer == FOUND && row.holder != work->actor->account &&
	    case_do(work, &row, &act, &judged) == -1)
		return -1;
	if (answer == FOUND && row.holder == work->actor->account)
		*verdict = ENTRY_TAKEN;
	return 0;
}

int
entry_make(struct work *work, const struct queue_keys *locks,
    const struct submission *submission, bool take, enum entry_verdict *verdict, int64_t *number)
{
	struct intake intake;
	int result = intake_prepare(work, &intake, locks, submission, NULL);

	intake.account = work->actor->account;
	if (result == -1 || (result = work_begin(work)) == -1)
		goto done;
	result = weigh(work, intake.queue->id, take, verdict);
	if (result == 0 && *verdict != ENTRY_UNREAD)
		result = intake_store(work, &intake);
	*number = intake.row.number;
	if (result == 0 && *verdict == ENTRY_STORED && take)
		result = claim(work, *number, verdict);
	result = work_end(work, result);
done:
	intake_free(&intake);
	return result;
}
