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

int
keys_put(struct store *store, const struct account_row *account,
    const struct secret_key *opener, const struct membership_row *row, struct error *error)
{
	struct membership_row membership = *row;

	membership.account = account->number;
	if (key_reseal(membership.sealed, row->sealed, sizeof(row->sealed), opener,
	    account->public) == -1)
		return error_set(error, ERROR_INTERNAL, "queue %s: its key does not open, or "
		    "the account's is no key", row->queue);
	return store_membership_put(store, &membership, error);
}

/* Seals queues' keys, opened with the recovery key, to one account. */
struct giving {
	struct store *store;
	const struct secret_key *recovery;
	const struct account_row *account;
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
	return store_membership_get(giving->store, giving->account->number, row->queue,
	    row->generation, &present, giving->error);
}

static int
give_one(struct giving *giving, const struct queue_key_row *row)
{
	struct membership_row membership = { .generation = row->generation };

	memcpy(membership.queue, row->queue, sizeof(membership.queue));
	memcpy(membership.sealed, row->recovery_sealed, sizeof(membership.sealed));
	giving->given++;
	return keys_put(giving->store, giving->account, giving->recovery, &membership,
	    giving->error);
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
		.store = store, .recovery = recovery, .account = account, .queue = queue,
		.error = error
	};

	if (store_queue_key_each(store, give_row, &giving, error) == -1)
		giving.result = -1;
	if (giving.result == 0 && queue != NULL && giving.given == 0)
		return error_set(error, ERROR_INPUT, "there is no queue %s with a key: see the "
		    "configuration's queues, and run egenremiss init for a new one", queue);
	return giving.result;
}

struct passing {
	const struct identity *giver;
	const char *queue;
	const unsigned char *recipient;
	passed_fn keep;
	void *context;
	int result;
	struct error *error;
};

static int
pass_row(const struct membership_row *row, void *argument)
{
	struct passing *passing = argument;
	struct passed_key passed = { .queue = row->queue, .generation = row->generation };

	if (strcmp(row->queue, passing->queue) != 0)
		return 0;
	if (key_reseal(passed.sealed, row->sealed, sizeof(row->sealed), passing->giver->secret,
	    passing->recipient) == -1)
		passing->result = error_set(passing->error, ERROR_INTERNAL,
		    "queue %s: its key does not open for account %lld: egenremiss user join",
		    row->queue, (long long)passing->giver->account);
	else
		passing->result = passing->keep(&passed, passing->context, passing->error);
	return passing->result;
}

enum answer
keys_pass(struct store *store, const struct identity *giver, const char *queue,
    const unsigned char recipient[SEAL_KEY_SIZE], passed_fn keep, void *context,
    struct error *error)
{
	struct passing passing = {
		.giver = giver, .queue = queue, .recipient = recipient, .keep = keep,
		.context = context, .error = error
	};
	struct membership_row held;
	struct queue_key_row newest;
	enum answer answer = store_queue_key_get(store, queue, &newest, error);

	if (answer == FOUND)
		answer = store_membership_get(store, giver->account, queue, newest.generation,
		    &held, error);
	if (answer == FOUND && (store_membership_each(store, giver->account, pass_row, &passing,
	    error) == -1 || passing.result == -1))
		answer = FAILED;
	return answer;
}

int
queue_key_make(struct store *store, struct queue_key_row *row, struct secret_key *secret,
    const unsigned char recovery[SEAL_KEY_SIZE], struct error *error)
{
	keypair_make(secret, row->public);
	if (key_seal(row->recovery_sealed, secret, recovery) == -1)
		return error_set(error, ERROR_INTERNAL, "the recovery key is no key");
	return store_queue_key_add(store, row, error);
}
