#include <string.h>

#include "flow/colleagues.h"

#define AT_ONCE	64

/* The secret of the generation that was asked for last. */
struct opener {
	struct rotation *rotation;
	int generation;			/* 0: none yet */
	enum answer answer;
	struct secret_key *key;
	struct error *error;
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
	enum answer answer = store_membership_get(rotation->store, rotation->reader->account,
	    rotation->queue, opener->generation, &row, opener->error);

	if (answer == FOUND && key_open(opener->key, row.sealed, sizeof(row.sealed),
	    rotation->reader->secret) == -1)
		return (enum answer)error_set(opener->error, ERROR_INTERNAL,
		    "queue %s: its key does not open for account %lld: egenremiss user join",
		    rotation->queue, (long long)rotation->reader->account);
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
	if (rotation->reader != NULL)
		opener->answer = open_membership(opener);
	else if (store_queue_key_each(rotation->store, open_recovery, opener,
	    opener->error) == -1)
		opener->answer = FAILED;
	else if (opener->answer == FAILED)
		(void)error_set(opener->error, ERROR_INTERNAL, "queue %s: the recovery key "
		    "does not open its key", rotation->queue);
	return opener->answer;
}

/* Data keys that were read under an old generation. */
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

/* What can be opened, sealed anew; *before tells each one's old generation, 0 where it cannot. */
static int
reseal(struct rotation *rotation, struct batch *batch, const struct queue_key_row *newest,
    int before[AT_ONCE], struct error *error)
{
	struct opener opener = { .rotation = rotation, .error = error };
	int result = 0;

	opener.key = secret_key_new();
	if (opener.key == NULL)
		return error_set(error, ERROR_UNAVAILABLE, "no memory for a key");
	for (size_t i = 0; i < batch->count && result == 0; i++) {
		struct case_key_row *row = &batch->row[i];
		struct case_key_row old = *row;

		before[i] = 0;
		if (open_generation(&opener, row->generation) == FAILED)
			result = -1;
		if (opener.answer != FOUND)
			continue;
		if (key_reseal(row->sealed, old.sealed, sizeof(old.sealed), opener.key,
		    newest->public) == -1)
			result = error_set(error, ERROR_INTERNAL,
			    "case %lld: its key does not open", (long long)row->case_number);
		before[i] = row->generation;
		row->generation = newest->generation;
	}
	secret_key_free(opener.key);
	return result;
}

/* How many, or -1. */
static int
write_batch(struct store *store, const struct batch *batch, const int before[AT_ONCE],
    struct error *error)
{
	int moved = 0;

	if (store_begin(store, error) == -1)
		return -1;
	for (size_t i = 0; i < batch->count; i++) {
		enum answer answer = before[i] == 0 ? ABSENT :
		    store_case_key_renew(store, &batch->row[i], before[i], error);

		if (answer == FAILED) {
			store_rollback(store);
			return -1;
		}
		moved += answer == FOUND;
	}
	return store_commit(store, error) == 0 ? moved : -1;
}

/* The next data keys under an old generation; none: the end. */
static int
read_batch(struct rotation *rotation, int newest, struct batch *batch, struct error *error)
{
	struct old_key_filter filter = {
		.queue = rotation->queue, .newest = newest, .limit = AT_ONCE
	};

	for (;;) {
		batch->count = 0;
		filter.closed = rotation->closed;
		filter.after = rotation->after;
		if (store_old_key_each(rotation->store, &filter, keep_row, batch, error) == -1)
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
rotation_move(struct rotation *rotation, struct error *error)
{
	struct queue_key_row newest;
	struct batch batch;
	int before[AT_ONCE] = { 0 }, moved;

	switch (store_queue_key_get(rotation->store, rotation->queue, &newest, error)) {
	case FOUND:
		break;
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
	do {
		if (read_batch(rotation, newest.generation, &batch, error) == -1)
			return -1;
		if (batch.count == 0)
			return 0;
		if (reseal(rotation, &batch, &newest, before, error) == -1)
			return -1;
		moved = write_batch(rotation->store, &batch, before, error);
	} while (moved == 0);
	return moved;
}
