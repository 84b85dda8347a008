#include <string.h>

#include "flow/keys.h"

int
keys_begin(struct store *store, struct error *error)
{
	if (store_begin(store, error) == -1)
		return -1;
	store_unlock_keys(store);
	return 0;
}

int
keys_end(struct store *store, int result, struct error *error)
{
	store_lock_keys(store);
	if (result >= 0)
		return store_commit(store, error) == 0 ? result : -1;
	store_rollback(store);
	return -1;
}

/* Seals queues' keys, opened with the recovery key, to one account. */
struct giving {
	struct store *store;
	const struct secret_key *recovery;
	struct secret_key *queue_key;
	int64_t account;
	const unsigned char *public;	/* the account's */
	const char *queue;		/* NULL: those it has already */
	int given;
	int result;
	struct error *error;
};

static enum answer
wants(struct giving *giving, const struct queue_key_row *row)
{
	struct membership_row present;

	if (giving->queue != NULL)
		return strcmp(giving->queue, row->queue) == 0 ? FOUND : ABSENT;
	return store_membership_get(giving->store, giving->account, row->queue,
	    row->generation, &present, giving->error);
}

static int
give_one(struct giving *giving, const struct queue_key_row *row)
{
	struct membership_row membership = {
		.account = giving->account, .generation = row->generation
	};

	if (key_open(giving->queue_key, row->recovery_sealed,
	    sizeof(row->recovery_sealed), giving->recovery) == -1)
		return error_set(giving->error, ERROR_INTERNAL, "queue %s: the recovery key "
		    "does not open its key", row->queue);
	if (key_seal(membership.sealed, giving->queue_key, giving->public) == -1)
		return error_set(giving->error, ERROR_INTERNAL, "the account's key is no key");
	memcpy(membership.queue, row->queue, sizeof(membership.queue));
	giving->given++;
	return store_membership_put(giving->store, &membership, giving->error);
}

static int
give_row(const struct queue_key_row *row, void *argument)
{
	struct giving *giving = argument;

	switch (wants(giving, row)) {
	case FOUND:
		giving->result = give_one(giving, row);
		break;
	case FAILED:
		giving->result = -1;
		break;
	case ABSENT:
		break;
	}
	return giving->result;
}

int
keys_give(struct store *store, const struct account_row *account, const char *queue,
    const struct secret_key *recovery, struct error *error)
{
	struct giving giving = {
		.store = store, .recovery = recovery, .account = account->number,
		.public = account->public, .queue = queue, .error = error
	};

	giving.queue_key = secret_key_new();
	if (giving.queue_key == NULL)
		return error_set(error, ERROR_UNAVAILABLE, "no memory for a key");
	if (store_queue_key_each(store, give_row, &giving, error) == -1)
		giving.result = -1;
	secret_key_free(giving.queue_key);
	if (giving.result == 0 && queue != NULL && giving.given == 0)
		return error_set(error, ERROR_INPUT, "there is no queue %s with a key: see the "
		    "configuration's queues, and run egenremiss init for a new one", queue);
	return giving.result;
}
