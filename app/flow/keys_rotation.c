/*
 * Key rotation: a queue gets a new key. Key migration: its cases' data keys move to it in
 * batches.
 */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/keys.h"
#include "flow/people.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/people.h"
#include "store/store.h"

#define AT_ONCE	64

/* The secret key of the generation that was opened last. */
struct opener {
	struct work *work;
	struct rotation *rotation;
	int generation;			/* 0: none yet */
	enum answer answer;
	struct secret_key *key;
};

static int
open_recovery(const struct queue_key_row *row, void *argument)
{
	struct opener *opener = argument;

	if (row->generation != opener->generation ||
	    strcmp(row->queue, opener->rotation->queue) != 0)
		return 0;
	opener->answer = key_open(opener->key, row->recovery_sealed,
	    sizeof(row->recovery_sealed), opener->rotation->recovery) == 0 ? FOUND : FAILED;
	return 1;
}

static enum answer
open_membership(struct opener *opener)
{
	const struct rotation *rotation = opener->rotation;
	struct membership_row row;
	enum answer answer = store_membership_get(rotation->work->store,
	    rotation->work->actor->account, rotation->queue, opener->generation, &row,
	    &opener->work->error);

	if (answer == FOUND && key_open(opener->key, row.sealed, sizeof(row.sealed),
	    rotation->work->actor->secret) == -1)
		return (enum answer)error_set(&opener->work->error, ERROR_INTERNAL,
		    "queue %s: its key does not open for account %lld: run egenremiss user join",
		    rotation->queue, (long long)rotation->work->actor->account);
	return answer;
}

static enum answer
open_generation(struct opener *opener, int generation)
{
	struct rotation *rotation = opener->rotation;

	if (opener->generation == generation)
		return opener->answer;
	opener->generation = generation;
	opener->answer = ABSENT;
	if (rotation->work->actor != NULL)
		opener->answer = open_membership(opener);
	else if (store_queue_key_each(rotation->work->store, open_recovery, opener,
	    &opener->work->error) == -1)
		opener->answer = FAILED;
	else if (opener->answer == FAILED)
		(void)error_set(&opener->work->error, ERROR_INTERNAL,
		    "queue %s: the recovery key "
		    "does not open its key", rotation->queue);
	return opener->answer;
}

/* Data keys under old generations. */
struct batch {
	struct case_key_row row[AT_ONCE];
	size_t count;
};

static int
keep_row(const struct case_key_row *row, void *argument)
{
	struct batch *batch = argument;

	batch->row[batch->count++] = *row;
	return batch->count == AT_ONCE;
}

/*
 * Seals the data keys that can be opened to the newest key. before[] becomes their old
 * generations, 0 for a key that cannot be opened.
 */
static int
reseal(struct rotation *rotation, struct batch *batch, const struct queue_key_row *newest,
    int before[AT_ONCE])
{
	struct opener opener = { .work = rotation->work, .rotation = rotation };
	int result = 0;

	opener.key = secret_key_new();
	if (opener.key == NULL)
		return error_set(&rotation->work->error, ERROR_UNAVAILABLE,
		    "there is no memory for a key");
	for (size_t i = 0; i < batch->count && result == 0; i++) {
		struct case_key_row *row = &batch->row[i];
		struct case_key_row old = *row;

		before[i] = 0;
		if (open_generation(&opener, row->generation) == FAILED)
			result = -1;
		if (opener.answer != FOUND)
			continue;
		if (key_migrate(row->sealed, old.sealed, sizeof(old.sealed), opener.key,
		    newest->public) == -1)
			result = error_set(&rotation->work->error, ERROR_INTERNAL,
			    "case %lld: its key does not open", (long long)row->case_number);
		before[i] = row->generation;
		row->generation = newest->generation;
	}
	secret_key_free(opener.key);
	return result;
}

/* Returns how many it wrote, or -1. */
static int
write_batch(struct work *work, const struct batch *batch, const int before[AT_ONCE])
{
	int moved = 0;

	if (work_begin(work) == -1)
		return -1;
	for (size_t i = 0; i < batch->count; i++) {
		enum answer answer = before[i] == 0 ? ABSENT :
		    store_case_key_renew(work->store, &batch->row[i], before[i], &work->error);

		if (answer == FAILED) {
			work_undo(work);
			return -1;
		}
		moved += answer == FOUND;
	}
	return work_end(work, 0) == 0 ? moved : -1;
}

/* Reads the next data keys under old generations; none is left when the count is 0. */
static int
read_batch(struct rotation *rotation, int newest, struct batch *batch)
{
	struct old_key_filter filter = {
		.queue = rotation->queue, .newest = newest, .limit = AT_ONCE
	};

	for (;;) {
		batch->count = 0;
		filter.closed = rotation->closed;
		filter.after = rotation->after;
		if (store_old_key_each(rotation->work->store, &filter, keep_row, batch,
		    &rotation->work->error) == -1)
			return -1;
		if (batch->count > 0) {
			rotation->after = batch->row[batch->count - 1].case_number;
			return 0;
		}
		if (rotation->closed)
			return 0;
		rotation->closed = true;
		rotation->after = 0;
	}
}

int
rotation_move(struct rotation *rotation)
{
	struct queue_key_row newest;
	struct batch batch;
	int before[AT_ONCE] = { 0 }, moved;

	switch (store_queue_key_get(rotation->work->store, rotation->queue, &newest,
	    &rotation->work->error)) {
	case FOUND:
		break;
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
	do {
		if (read_batch(rotation, newest.generation, &batch) == -1)
			return -1;
		if (batch.count == 0)
			return 0;
		if (reseal(rotation, &batch, &newest, before) == -1)
			return -1;
		moved = write_batch(rotation->work, &batch, before);
	} while (moved == 0);
	return moved;
}

/* A new generation, to be given to members and links. */
struct renewal {
	struct work *work;
	struct queue_key_row row;
	struct secret_key *secret;
	int result;
};

static int
seal_fault(const struct renewal *renewal)
{
	return error_set(&renewal->work->error, ERROR_INTERNAL,
	    "queue %s: a member or a link has a public key that is not valid", renewal->row.queue);
}

static int
give_member(const struct account_row *account, void *argument)
{
	struct renewal *renewal = argument;
	struct membership_row row = {
		.account = account->number, .generation = renewal->row.generation
	};

	if (!account->active)
		return 0;
	memcpy(row.queue, renewal->row.queue, sizeof(row.queue));
	renewal->result = key_seal(row.sealed, renewal->secret, account->public) == -1 ?
	    seal_fault(renewal) :
	    store_membership_put(renewal->work->store, &row, &renewal->work->error);
	return renewal->result;
}

static int
give_link(const struct invitation_row *invitation, void *argument)
{
	struct renewal *renewal = argument;
	struct invitation_key_row row = {
		.invitation = invitation->number, .generation = renewal->row.generation
	};

	memcpy(row.queue, renewal->row.queue, sizeof(row.queue));
	renewal->result = key_seal(row.sealed, renewal->secret, invitation->public) == -1 ?
	    seal_fault(renewal) :
	    store_invitation_key_add(renewal->work->store, &row, &renewal->work->error);
	return renewal->result;
}

/* renewal->row has the queue, the new generation and its time. */
static int
renew(struct renewal *renewal)
{
	unsigned char recovery[SEAL_KEY_SIZE];
	struct store *store = renewal->work->store;
	struct error *error = &renewal->work->error;

	switch (recovery_public(renewal->work, recovery)) {
	case FOUND:
		break;
	case ABSENT:
		return error_set(error, ERROR_INPUT, "there is no recovery key: run egenremiss "
		    "init");
	case FAILED:
	default:
		return -1;
	}
	renewal->secret = secret_key_new();
	if (renewal->secret == NULL)
		return error_set(error, ERROR_UNAVAILABLE, "there is no memory for a key");
	renewal->result = queue_key_make(renewal->work, &renewal->row, renewal->secret,
	    recovery);
	if (renewal->result == 0 &&
	    store_member_each(store, renewal->row.queue, give_member, renewal, error) == -1)
		renewal->result = -1;
	if (renewal->result == 0 &&
	    store_invitation_each_of(store, renewal->row.queue, give_link, renewal, error) == -1)
		renewal->result = -1;
	secret_key_free(renewal->secret);
	return renewal->result;
}

/* Makes the generation after `newest`. */
static int
renew_after(struct work *work, const struct queue_key_row *newest)
{
	struct renewal renewal = {
		.work = work,
		.row = { .generation = newest->generation + 1, .created_at = work->now }
	};

	memcpy(renewal.row.queue, newest->queue, sizeof(renewal.row.queue));
	return renew(&renewal);
}

/* Within a transaction. */
static int
begin_by(struct work *work, const char *queue, int generation, enum colleague_verdict *verdict)
{
	struct membership_row held;
	struct queue_key_row newest;
	enum answer answer = store_queue_key_get(work->store, queue, &newest, &work->error);

	if (answer == FOUND)
		answer = store_membership_get(work->store, work->actor->account, queue,
		    newest.generation, &held, &work->error);
	if (answer == ABSENT)
		*verdict = COLLEAGUE_QUEUE;
	if (answer != FOUND)
		return answer == FAILED ? -1 : 0;
	return newest.generation == generation ? renew_after(work, &newest) : 0;
}

int
rotation_begin(struct work *work, const char *queue, int generation,
    enum colleague_verdict *verdict)
{
	*verdict = work->actor->role == ROLE_LEAD ? COLLEAGUE_OK : COLLEAGUE_ROLE;
	if (*verdict != COLLEAGUE_OK)
		return 0;
	if (work_begin_keys(work) == -1)
		return -1;
	return staff_policy_end(work, begin_by(work, queue, generation, verdict), *verdict);
}

enum answer
rotation_begin_recovery(struct work *work, const char *queue)
{
	struct queue_key_row newest;
	enum answer answer;

	if (work_begin_keys(work) == -1)
		return FAILED;
	answer = store_queue_key_get(work->store, queue, &newest, &work->error);
	if (answer == FOUND && renew_after(work, &newest) == -1)
		answer = FAILED;
	return work_end(work, answer == FOUND ? 0 : -1) == 0 ||
	    answer != FOUND ? answer : FAILED;
}

/* The search for a queue that has data keys to move. */
struct due {
	struct work *work;
	int64_t account;
	struct old_generation old;
	enum answer answer;
};

static int
look_due(const struct old_generation *old, void *argument)
{
	struct due *due = argument;
	struct membership_row held;
	int64_t count = 0;

	due->old = *old;
	due->answer = store_membership_get(due->work->store, due->account, old->queue,
	    old->generation, &held, &due->work->error);
	if (due->answer == FOUND && store_old_key_count(due->work->store, old->queue,
	    old->generation + 1, &count, &due->work->error) == -1)
		due->answer = FAILED;
	if (due->answer == FOUND && count == 0)
		due->answer = ABSENT;
	return due->answer != ABSENT;
}

enum answer
rotation_due(struct work *work, int64_t account, char queue[STORE_QUEUE])
{
	struct due due = { .work = work, .account = account, .answer = ABSENT };

	if (store_old_generation_each(work->store, look_due, &due, &work->error) == -1)
		return FAILED;
	if (due.answer == FOUND)
		memcpy(queue, due.old.queue, STORE_QUEUE);
	return due.answer;
}

struct retiring {
	int64_t before_at;
	struct old_generation old[AT_ONCE];
	size_t count;
};

static int
keep_old(const struct old_generation *old, void *argument)
{
	struct retiring *retiring = argument;

	if (old->replaced_at <= retiring->before_at)
		retiring->old[retiring->count++] = *old;
	return retiring->count == AT_ONCE;
}

/* Within a transaction. Returns how many it removed, or -1. */
static int
retire_unneeded(struct work *work, const struct retiring *retiring)
{
	int retired = 0;

	for (size_t i = 0; i < retiring->count; i++) {
		const struct old_generation *old = &retiring->old[i];

		switch (store_generation_needed(work->store, old->queue, old->generation,
		    &work->error)) {
		case ABSENT:
			if (store_generation_retire(work->store, old->queue, old->generation,
			    &work->error) == -1)
				return -1;
			retired++;
			break;
		case FOUND:
			break;
		case FAILED:
		default:
			return -1;
		}
	}
	return retired;
}

int
rotation_retire(struct work *work)
{
	struct retiring retiring = { .before_at = work->now - ROTATION_KEPT_SECONDS };

	if (store_old_generation_each(work->store, keep_old, &retiring, &work->error) == -1)
		return -1;
	if (retiring.count == 0)
		return 0;
	if (work_begin_keys(work) == -1)
		return -1;
	return work_end(work, retire_unneeded(work, &retiring));
}
