/*
 * Makes and restores accounts for the command, and sets up the service for `egenremiss
 * init`.
 */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/keys.h"
#include "flow/people.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/store.h"

/* Seals queues' keys, opened with the recovery key, to one account. */
struct giving {
	struct work *work;
	const struct secret_key *recovery;
	const struct account_row *account;
	const char *queue;		/* NULL: the queues of which it is a member */
	int given;
	int result;
};

static enum answer
wants(struct giving *giving, const struct queue_key_row *row)
{
	struct membership_row present;

	if (giving->queue != NULL)
		return strcmp(giving->queue, row->queue) == 0 ? FOUND : ABSENT;
	return store_membership_get(giving->work->store, giving->account->number, row->queue,
	    row->generation, &present, &giving->work->error);
}

static int
give_one(struct giving *giving, const struct queue_key_row *row)
{
	struct membership_row membership = { .generation = row->generation };

	memcpy(membership.queue, row->queue, sizeof(membership.queue));
	memcpy(membership.sealed, row->recovery_sealed, sizeof(membership.sealed));
	giving->given++;
	return keys_put(giving->work, giving->account, giving->recovery, &membership);
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

/*
 * Opens the queue's keys with the recovery key and seals every generation to the account's
 * present public key. queue NULL: all keys that the account has already.
 */
static int
keys_give(struct work *work, const struct account_row *account, const char *queue,
    const struct secret_key *recovery)
{
	struct giving giving = {
		.work = work, .recovery = recovery, .account = account, .queue = queue
	};

	if (store_queue_key_each(work->store, give_row, &giving, &work->error) == -1)
		giving.result = -1;
	if (giving.result == 0 && queue != NULL && giving.given == 0)
		return error_set(&work->error, ERROR_INPUT,
		    "there is no queue %s with a key: see the "
		    "configuration's queues, and run egenremiss init for a new one", queue);
	return giving.result;
}

static int
give_all(struct work *work, const struct account_row *account, const char *const *queues,
    size_t count, const struct secret_key *recovery)
{
	if (count == 0)
		return 0;
	if (account->role == ROLE_ADMINISTRATOR)
		return error_set(&work->error, ERROR_INPUT,
		    "an administrator cannot open a queue: make "
		    "a coordinator or a lead");
	if (recovery == NULL)
		return error_set(&work->error, ERROR_INPUT, "the recovery key is needed");
	if (setup_recovery_check(work, recovery) == -1)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (keys_give(work, account, queues[i], recovery) == -1)
			return -1;
	}
	return 0;
}

static int
fill_account(struct work *work, struct account_row *account, const struct account_wish *wish)
{
	char name[NAME_MAX_CHARACTERS * 4 + 1];

	if (account_user_check(wish->user, &work->error) == -1)
		return -1;
	if (text_input_name(wish->name, name) != FAULT_NONE || strlen(name) >= STORE_NAME)
		return error_set(&work->error, ERROR_INPUT,
		    "a name has 1 to %d characters and no "
		    "control characters", NAME_MAX_CHARACTERS);
	if ((wish->role == ROLE_ADMINISTRATOR) != (wish->queues_count == 0))
		return error_set(&work->error, ERROR_INPUT, "%s", wish->queues_count == 0 ?
		    "name at least one queue that the account is to open" :
		    "an administrator cannot open a queue: leave the queues out");
	memcpy(account->user, wish->user, strlen(wish->user) + 1);
	memcpy(account->name, name, strlen(name) + 1);
	account->number = number_next();
	account->role = wish->role;
	account->active = true;
	account->demonstration = wish->demonstration;
	account->created_at = work->now;
	return account_keys_make(work, account, wish->passphrase);
}

static int
add_account(struct work *work, const struct account_row *account)
{
	struct account_row present;
	enum answer answer = store_account_by_user(work->store, account->user, &present,
	    &work->error);

	if (answer == FOUND)
		return error_set(&work->error, ERROR_INPUT, "there is a user %s already: choose "
		    "another name", account->user);
	return answer == FAILED ? -1 : store_account_add(work->store, account, &work->error);
}

static int
get_account(struct work *work, const char *user, struct account_row *account)
{
	enum answer answer = store_account_by_user(work->store, user, account, &work->error);

	if (answer == ABSENT || (answer == FOUND && !account->active))
		return error_set(&work->error, ERROR_INPUT, "there is no active user %s: see "
		    "egenremiss user list", user);
	return answer == FOUND ? 0 : -1;
}

int
account_make(struct work *work, const struct account_wish *wish,
    const struct secret_key *recovery)
{
	struct account_row account = { 0 };
	int result;

	if (wish->demonstration && !work->config->demonstration)
		return error_set(&work->error, ERROR_REFUSED,
		    "only a demonstration may have demonstration "
		    "accounts");
	if (fill_account(work, &account, wish) == -1 || work_begin_keys(work) == -1)
		return -1;
	result = add_account(work, &account);
	if (result == 0)
		result = give_all(work, &account, wish->queues, wish->queues_count, recovery);
	return work_end(work, result);
}

int
account_join(struct work *work, const char *user, const char *const *queues, size_t count,
    const struct secret_key *recovery)
{
	struct account_row account;
	int result;

	if (work_begin_keys(work) == -1)
		return -1;
	result = get_account(work, user, &account);
	if (result == 0)
		result = give_all(work, &account, queues, count, recovery);
	return work_end(work, result);
}

/* Within the transaction; *fresh has the new key pair. */
static int
replace_keys(struct work *work, const struct account_row *fresh,
    const struct secret_key *recovery)
{
	if (fresh->role != ROLE_ADMINISTRATOR && recovery == NULL)
		return error_set(&work->error, ERROR_INPUT, "the recovery key is needed");
	if (recovery != NULL && (setup_recovery_check(work, recovery) == -1 ||
	    keys_give(work, fresh, NULL, recovery) == -1))
		return -1;
	if (store_account_change(work->store, fresh, &work->error) == -1)
		return -1;
	return auth_revoke(work, fresh->number);
}

int
account_restore(struct work *work, const char *user, const char *passphrase,
    const struct secret_key *recovery)
{
	struct account_row account;
	int result;

	if (get_account(work, user, &account) == -1 ||
	    account_keys_make(work, &account, passphrase) == -1 || work_begin_keys(work) == -1)
		return -1;
	result = replace_keys(work, &account, recovery);
	return work_end(work, result);
}

/* Makes the recovery key. Only its text remains, and its public half in the database. */
static int
make_recovery(struct work *work, unsigned char public[SEAL_KEY_SIZE],
    char text[SEAL_RECOVERY_TEXT_SIZE])
{
	struct secret_key *key = secret_key_new();

	if (key == NULL)
		return error_set(&work->error, ERROR_UNAVAILABLE, "there is no memory for a key");
	keypair_make(key, public);
	recovery_write(key, text);
	secret_key_free(key);
	return store_meta_put(work->store, META_RECOVERY, public, SEAL_KEY_SIZE, &work->error);
}

static int
make_queue_key(struct work *work, const struct config_queue *queue,
    const unsigned char recovery[SEAL_KEY_SIZE])
{
	struct queue_key_row row = { .generation = 1, .created_at = work->now };
	struct secret_key *key = secret_key_new();
	int result;

	if (key == NULL)
		return error_set(&work->error, ERROR_UNAVAILABLE, "there is no memory for a key");
	memcpy(row.queue, queue->id, strlen(queue->id) + 1);
	result = queue_key_make(work, &row, key, recovery);
	secret_key_free(key);
	return result;
}

/* Returns the number of queues that got a key, or -1. */
static int
make_queue_keys(struct work *work, const unsigned char recovery[SEAL_KEY_SIZE])
{
	struct queue_key_row present;
	enum answer answer;
	int made = 0;

	for (size_t i = 0; i < work->config->queues_count; i++) {
		const struct config_queue *queue = &work->config->queues[i];

		if (strlen(queue->id) >= STORE_QUEUE)
			return error_set(&work->error, ERROR_INPUT,
			    "queue %s: an id has at most %d "
			    "characters", queue->id, STORE_QUEUE - 1);
		answer = store_queue_key_get(work->store, queue->id, &present, &work->error);
		if (answer == FAILED)
			return -1;
		if (answer == FOUND)
			continue;
		if (make_queue_key(work, queue, recovery) == -1)
			return -1;
		made++;
	}
	return made;
}

int
setup_service(struct work *work, char recovery_text[SEAL_RECOVERY_TEXT_SIZE])
{
	unsigned char public[SEAL_KEY_SIZE];
	enum answer answer;
	int made = -1;

	recovery_text[0] = '\0';
	if (work_begin_keys(work) == -1)
		return -1;
	answer = recovery_public(work, public);
	if (answer == ABSENT && make_recovery(work, public, recovery_text) == 0)
		answer = FOUND;
	if (answer == FOUND)
		made = make_queue_keys(work, public);
	made = work_end(work, made);
	if (made == -1)
		seal_wipe(recovery_text, SEAL_RECOVERY_TEXT_SIZE);
	return made;
}

int
setup_recovery_check(struct work *work, const struct secret_key *recovery)
{
	unsigned char expected[SEAL_KEY_SIZE], given[SEAL_KEY_SIZE];

	switch (recovery_public(work, expected)) {
	case FAILED:
		return -1;
	case ABSENT:
		return error_set(&work->error, ERROR_INPUT,
		    "there is no recovery key yet: run egenremiss init");
	case FOUND:
		break;
	}
	keypair_public(recovery, given);
	if (memcmp(given, expected, sizeof(given)) != 0)
		return error_set(&work->error, ERROR_INPUT,
		    "these words are the recovery key of "
		    "another service: fetch this one's from the safe");
	return 0;
}

static int
refuse_demonstration(const struct account_row *account, void *found)
{
	*(bool *)found = account->demonstration;
	return account->demonstration;
}

int
setup_check(struct work *work)
{
	struct queue_key_row key;
	bool demonstration = false;

	for (size_t i = 0; i < work->config->queues_count; i++) {
		enum answer answer = store_queue_key_get(work->store, work->config->queues[i].id,
		    &key, &work->error);

		if (answer == FAILED)
			return -1;
		if (answer == ABSENT)
			return error_set(&work->error, ERROR_INPUT, "queue %s has no key: run "
			    "egenremiss init", work->config->queues[i].id);
	}
	if (work->config->demonstration)
		return 0;
	if (store_account_each(work->store, refuse_demonstration, &demonstration,
	    &work->error) == -1)
		return -1;
	if (demonstration)
		return error_set(&work->error, ERROR_REFUSED,
		    "a real service must not have demonstration "
		    "accounts: run egenremiss user remove-demo");
	return 0;
}
