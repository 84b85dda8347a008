#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/flow.h"
#include "flow/keys.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

static int
give_all(struct store *store, const struct account_row *account,
    const char *const *queues, size_t count, const struct secret_key *recovery,
    struct error *error)
{
	if (count == 0)
		return 0;
	if (account->role == ROLE_ADMINISTRATOR)
		return error_set(error, ERROR_INPUT, "an administrator opens no queue: make "
		    "a coordinator or a lead");
	if (recovery == NULL)
		return error_set(error, ERROR_INPUT, "the recovery key is needed");
	if (setup_recovery_check(store, recovery, error) == -1)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (keys_give(store, account, queues[i], recovery, error) == -1)
			return -1;
	}
	return 0;
}

int
account_keys_make(struct account_row *account, const struct config *config,
    const char *passphrase, struct error *error)
{
	struct secret_key *key;
	int locked;

	if (passphrase_check(config, passphrase, account->user, account->name, error) == -1)
		return -1;
	key = secret_key_new();
	if (key == NULL)
		return error_set(error, ERROR_UNAVAILABLE, "no memory for a key");
	keypair_make(key, account->public);
	locked = secret_lock(account->locked, key, account->number, passphrase,
	    &passphrase_cost);
	secret_key_free(key);
	if (locked == -1)
		return error_set(error, ERROR_UNAVAILABLE, "no memory for a passphrase");
	return 0;
}

int
account_user_check(const char *user, struct error *error)
{
	size_t good = strspn(user, "abcdefghijklmnopqrstuvwxyz0123456789.-");

	if (user[0] < 'a' || user[0] > 'z' || user[good] != '\0' || good >= STORE_USER)
		return error_set(error, ERROR_INPUT, "a user name is 1 to %d of a-z, 0-9, \".\" "
		    "and \"-\", a letter first", STORE_USER - 1);
	return 0;
}

static int
fill_account(struct account_row *account, const struct config *config,
    const struct account_wish *wish, int64_t now, struct error *error)
{
	char name[NAME_MAX_CHARACTERS * 4 + 1];

	if (account_user_check(wish->user, error) == -1)
		return -1;
	if (text_input_name(wish->name, name) != FAULT_NONE || strlen(name) >= STORE_NAME)
		return error_set(error, ERROR_INPUT, "a name has 1 to %d characters and no "
		    "control characters", NAME_MAX_CHARACTERS);
	if ((wish->role == ROLE_ADMINISTRATOR) != (wish->queues_count == 0))
		return error_set(error, ERROR_INPUT, "%s", wish->queues_count == 0 ?
		    "name at least one queue that the account is to open" :
		    "an administrator opens no queue: leave the queues out");
	memcpy(account->user, wish->user, strlen(wish->user) + 1);
	memcpy(account->name, name, strlen(name) + 1);
	account->number = number_next();
	account->role = wish->role;
	account->active = true;
	account->demonstration = wish->demonstration;
	account->created_at = now;
	return account_keys_make(account, config, wish->passphrase, error);
}

static int
add_account(struct store *store, const struct account_row *account, struct error *error)
{
	struct account_row present;
	enum answer answer = store_account_by_user(store, account->user, &present, error);

	if (answer == FOUND)
		return error_set(error, ERROR_INPUT, "there is a user %s already: choose "
		    "another name", account->user);
	return answer == FAILED ? -1 : store_account_add(store, account, error);
}

static int
get_account(struct store *store, const char *user, struct account_row *account,
    struct error *error)
{
	enum answer answer = store_account_by_user(store, user, account, error);

	if (answer == ABSENT || (answer == FOUND && !account->active))
		return error_set(error, ERROR_INPUT, "there is no active user %s: see "
		    "egenremiss user list", user);
	return answer == FOUND ? 0 : -1;
}

int
account_make(struct store *store, const struct config *config,
    const struct account_wish *wish, const struct secret_key *recovery, int64_t now,
    struct error *error)
{
	struct account_row account = { 0 };
	int result;

	if (wish->demonstration && !config->demonstration)
		return error_set(error, ERROR_REFUSED, "only a demonstration has demonstration "
		    "accounts");
	if (fill_account(&account, config, wish, now, error) == -1 ||
	    keys_begin(store, error) == -1)
		return -1;
	result = add_account(store, &account, error);
	if (result == 0)
		result = give_all(store, &account, wish->queues, wish->queues_count,
		    recovery, error);
	return keys_end(store, result, error);
}

int
account_join(struct store *store, const char *user, const char *const *queues,
    size_t count, const struct secret_key *recovery, struct error *error)
{
	struct account_row account;
	int result;

	if (keys_begin(store, error) == -1)
		return -1;
	result = get_account(store, user, &account, error);
	if (result == 0)
		result = give_all(store, &account, queues, count, recovery, error);
	return keys_end(store, result, error);
}

/* Within the transaction; *fresh has the new keys. */
static int
replace_keys(struct store *store, const struct account_row *fresh,
    const struct secret_key *recovery, struct error *error)
{
	if (fresh->role != ROLE_ADMINISTRATOR && recovery == NULL)
		return error_set(error, ERROR_INPUT, "the recovery key is needed");
	if (recovery != NULL && (setup_recovery_check(store, recovery, error) == -1 ||
	    keys_give(store, fresh, NULL, recovery, error) == -1))
		return -1;
	if (store_account_change(store, fresh, error) == -1)
		return -1;
	return auth_revoke(store, fresh->number, error);
}

int
account_restore(struct store *store, const struct config *config, const char *user,
    const char *passphrase, const struct secret_key *recovery, struct error *error)
{
	struct account_row account;
	int result;

	if (get_account(store, user, &account, error) == -1 ||
	    account_keys_make(&account, config, passphrase, error) == -1 ||
	    keys_begin(store, error) == -1)
		return -1;
	result = replace_keys(store, &account, recovery, error);
	return keys_end(store, result, error);
}

#define META_RECOVERY	"recovery"	/* the recovery key's public half */

enum answer
recovery_public(struct store *store, unsigned char public[SEAL_KEY_SIZE],
    struct error *error)
{
	struct buffer value = { 0 };
	enum answer answer = store_meta_get(store, META_RECOVERY, &value, error);

	if (answer == FOUND && value.length != SEAL_KEY_SIZE)
		answer = (enum answer)error_set(error, ERROR_INTERNAL,
		    "the database's recovery key is damaged: restore a backup");
	if (answer == FOUND)
		memcpy(public, value.data, SEAL_KEY_SIZE);
	buffer_free(&value);
	return answer;
}

/* Of which only the text and, in the database, the public half are left. */
static int
make_recovery(struct store *store, unsigned char public[SEAL_KEY_SIZE],
    char text[SEAL_RECOVERY_TEXT_SIZE], struct error *error)
{
	struct secret_key *key = secret_key_new();

	if (key == NULL)
		return error_set(error, ERROR_UNAVAILABLE, "no memory for a key");
	keypair_make(key, public);
	recovery_write(key, text);
	secret_key_free(key);
	return store_meta_put(store, META_RECOVERY, public, SEAL_KEY_SIZE, error);
}

static int
make_queue_key(struct store *store, const struct config_queue *queue,
    const unsigned char recovery[SEAL_KEY_SIZE], int64_t now, struct error *error)
{
	struct queue_key_row row = { .generation = 1, .created_at = now };
	struct secret_key *key = secret_key_new();
	int result;

	if (key == NULL)
		return error_set(error, ERROR_UNAVAILABLE, "no memory for a key");
	memcpy(row.queue, queue->id, strlen(queue->id) + 1);
	result = queue_key_make(store, &row, key, recovery, error);
	secret_key_free(key);
	return result;
}

/* How many queues got a key, or -1. */
static int
make_queue_keys(struct store *store, const struct config *config,
    const unsigned char recovery[SEAL_KEY_SIZE], int64_t now, struct error *error)
{
	struct queue_key_row present;
	enum answer answer;
	int made = 0;

	for (size_t i = 0; i < config->queues_count; i++) {
		const struct config_queue *queue = &config->queues[i];

		if (strlen(queue->id) >= STORE_QUEUE)
			return error_set(error, ERROR_INPUT, "queue %s: an id has at most %d "
			    "characters", queue->id, STORE_QUEUE - 1);
		answer = store_queue_key_get(store, queue->id, &present, error);
		if (answer == FAILED)
			return -1;
		if (answer == FOUND)
			continue;
		if (make_queue_key(store, queue, recovery, now, error) == -1)
			return -1;
		made++;
	}
	return made;
}

int
setup_service(struct store *store, const struct config *config, int64_t now,
    char recovery_text[SEAL_RECOVERY_TEXT_SIZE], struct error *error)
{
	unsigned char public[SEAL_KEY_SIZE];
	enum answer answer;
	int made = -1;

	recovery_text[0] = '\0';
	if (keys_begin(store, error) == -1)
		return -1;
	answer = recovery_public(store, public, error);
	if (answer == ABSENT && make_recovery(store, public, recovery_text, error) == 0)
		answer = FOUND;
	if (answer == FOUND)
		made = make_queue_keys(store, config, public, now, error);
	made = keys_end(store, made, error);
	if (made == -1)
		seal_wipe(recovery_text, SEAL_RECOVERY_TEXT_SIZE);
	return made;
}

int
setup_recovery_check(struct store *store, const struct secret_key *recovery,
    struct error *error)
{
	unsigned char expected[SEAL_KEY_SIZE], given[SEAL_KEY_SIZE];

	switch (recovery_public(store, expected, error)) {
	case FAILED:
		return -1;
	case ABSENT:
		return error_set(error, ERROR_INPUT,
		    "there is no recovery key yet: run egenremiss init");
	case FOUND:
		break;
	}
	keypair_public(recovery, given);
	if (memcmp(given, expected, sizeof(given)) != 0)
		return error_set(error, ERROR_INPUT, "these words are the recovery key of "
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
setup_check(struct store *store, const struct config *config, struct error *error)
{
	struct queue_key_row key;
	bool demonstration = false;

	for (size_t i = 0; i < config->queues_count; i++) {
		enum answer answer = store_queue_key_get(store, config->queues[i].id, &key,
		    error);

		if (answer == FAILED)
			return -1;
		if (answer == ABSENT)
			return error_set(error, ERROR_INPUT, "queue %s has no key: run "
			    "egenremiss init", config->queues[i].id);
	}
	if (config->demonstration)
		return 0;
	if (store_account_each(store, refuse_demonstration, &demonstration, error) == -1)
		return -1;
	if (demonstration)
		return error_set(error, ERROR_REFUSED, "a real service has no demonstration "
		    "accounts: run egenremiss user remove-demo");
	return 0;
}
