#include <string.h>

#include "flow/flow.h"
#include "flow/keys.h"

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
