/* Makes queue keys, gives them to accounts, and opens cases with a keyring. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "store/store.h"

int
keys_put(struct work *work, const struct account_row *account, const struct secret_key *opener,
    const struct membership_row *row)
{
	struct membership_row membership = *row;

	membership.account = account->number;
	if (key_migrate(membership.sealed, row->sealed, sizeof(row->sealed), opener,
	    account->public) == -1)
		return error_set(&work->error, ERROR_INTERNAL,
		    "queue %s: its key does not open, or "
		    "the account's key is not valid", row->queue);
	return store_membership_put(work->store, &membership, &work->error);
}

struct handover {
	struct work *work;
	const char *queue;
	const unsigned char *recipient;
	passed_fn keep;
	void *context;
	int result;
};

static int
pass_row(const struct membership_row *row, void *argument)
{
	struct handover *handover = argument;
	struct passed_key passed = { .queue = row->queue, .generation = row->generation };

	if (strcmp(row->queue, handover->queue) != 0)
		return 0;
	if (key_migrate(passed.sealed, row->sealed, sizeof(row->sealed),
	    handover->work->actor->secret, handover->recipient) == -1)
		handover->result = error_set(&handover->work->error, ERROR_INTERNAL,
		    "queue %s: its key does not open for account %lld: run egenremiss user join",
		    row->queue, (long long)handover->work->actor->account);
	else
		handover->result = handover->keep(&passed, handover->context);
	return handover->result;
}

enum answer
keys_pass(struct work *work, const char *queue, const unsigned char recipient[SEAL_KEY_SIZE],
    passed_fn keep, void *context)
{
	struct handover handover = {
		.work = work, .queue = queue, .recipient = recipient, .keep = keep,
		.context = context
	};
	struct membership_row held;
	struct queue_key_row newest;
	enum answer answer = store_queue_key_get(work->store, queue, &newest, &work->error);

	if (answer == FOUND)
		answer = store_membership_get(work->store, work->actor->account, queue,
		    newest.generation, &held, &work->error);
	if (answer == FOUND && (store_membership_each(work->store, work->actor->account,
	    pass_row, &handover, &work->error) == -1 || handover.result == -1))
		answer = FAILED;
	return answer;
}

enum answer
recovery_public(struct work *work, unsigned char public[SEAL_KEY_SIZE])
{
	struct buffer value = { 0 };
	enum answer answer = store_meta_get(work->store, META_RECOVERY, &value, &work->error);

	if (answer == FOUND && value.length != SEAL_KEY_SIZE)
		answer = (enum answer)error_set(&work->error, ERROR_INTERNAL,
		    "the database's recovery key is damaged: restore a backup");
	if (answer == FOUND)
		memcpy(public, value.data, SEAL_KEY_SIZE);
	buffer_free(&value);
	return answer;
}

int
queue_key_make(struct work *work, struct queue_key_row *row, struct secret_key *secret,
    const unsigned char recovery[SEAL_KEY_SIZE])
{
	keypair_make(secret, row->public);
	if (key_seal(row->recovery_sealed, secret, recovery) == -1)
		return error_set(&work->error, ERROR_INTERNAL,
		    "the recovery key is not a valid public key");
	return store_queue_key_add(work->store, row, &work->error);
}

void
keyring_free(struct keyring *ring)
{
	for (size_t i = 0; i < ring->count; i++)
		secret_key_free(ring->secrets[i].key);
	free(ring->secrets);
	secret_key_free(ring->data_key);
	buffer_wipe(&ring->plain);
	*ring = (struct keyring){ .work = ring->work };
}

static struct secret_key *
key_new(struct error *error)
{
	struct secret_key *key = secret_key_new();

	if (key == NULL)
		(void)error_set(error, ERROR_UNAVAILABLE, "there is no memory for a key");
	return key;
}

/* Opens the queue's secret key with the reader's. After FOUND the caller owns *key. */
static enum answer
open_queue(struct keyring *ring, const struct case_key_row *wanted, struct secret_key **key)
{
	struct membership_row membership;
	enum answer answer;

	answer = store_membership_get(ring->work->store, ring->work->actor->account,
	    wanted->queue, wanted->generation, &membership, &ring->work->error);
	if (answer != FOUND)
		return answer;
	*key = key_new(&ring->work->error);
	if (*key == NULL)
		return FAILED;
	if (key_open(*key, membership.sealed, sizeof(membership.sealed),
	    ring->work->actor->secret) == 0)
		return FOUND;
	secret_key_free(*key);
	(void)error_set(&ring->work->error, ERROR_INTERNAL,
	    "queue %s: its key does not open for "
	    "account %s: run egenremiss user join", wanted->queue, ring->work->actor->user);
	return FAILED;
}

static enum answer
queue_secret(struct keyring *ring, const struct case_key_row *wanted,
    const struct queue_secret **secret)
{
	struct queue_secret *fresh;
	enum answer answer;

	for (size_t i = 0; i < ring->count; i++) {
		if (ring->secrets[i].generation == wanted->generation &&
		    strcmp(ring->secrets[i].queue, wanted->queue) == 0) {
			*secret = &ring->secrets[i];
			return FOUND;
		}
	}
	ring->secrets = array_grow(ring->secrets, ring->count, sizeof(*ring->secrets));
	fresh = &ring->secrets[ring->count];
	answer = open_queue(ring, wanted, &fresh->key);
	if (answer != FOUND)
		return answer;
	keypair_public(fresh->key, fresh->public);
	fresh->generation = wanted->generation;
	memcpy(fresh->queue, wanted->queue, sizeof(fresh->queue));
	ring->count++;
	*secret = fresh;
	return FOUND;
}

/* Opens this data key of a case. ABSENT: the reader has no key of its queue. */
static enum answer
turn_to(struct keyring *ring, const struct case_key_row *sealed)
{
	const struct queue_secret *secret;
	enum answer answer = queue_secret(ring, sealed, &secret);

	if (answer != FOUND)
		return answer;
	if (ring->data_key == NULL && (ring->data_key = key_new(&ring->work->error)) == NULL)
		return FAILED;
	if (key_open_with(ring->data_key, sealed->sealed, sizeof(sealed->sealed), secret->key,
	    secret->public) == 0)
		return FOUND;
	(void)error_set(&ring->work->error, ERROR_DAMAGED, "case %lld: its key does not open",
	    (long long)sealed->case_number);
	return FAILED;
}

enum answer
keyring_turn(struct keyring *ring, int64_t case_number)
{
	struct case_key_row sealed;
	enum answer answer = store_case_key_get(ring->work->store, case_number,
	    ring->work->actor->account, &sealed, &ring->work->error);

	return answer == FOUND ? turn_to(ring, &sealed) : answer;
}

int
keyring_read(struct keyring *ring, const struct record_row *record, struct form *form)
{
	const struct record_place place = {
		(enum record_kind)record->kind, record->case_number, record->number
	};

	if (record_open(&ring->plain, &place, ring->data_key, record->box,
	    record->box_size) == -1 ||
	    form_decode(form, ring->plain.data, ring->plain.length) != FORM_OK)
		return error_set(&ring->work->error, ERROR_DAMAGED,
		    "case %lld: record %lld is damaged", (long long)record->case_number,
		    (long long)record->number);
	return 0;
}

enum answer
keyring_envelope(struct keyring *ring, const struct case_key_row *sealed,
    const struct record_row *record, struct form *form)
{
	const enum answer answer = turn_to(ring, sealed);

	if (answer != FOUND)
		return answer;
	return keyring_read(ring, record, form) == 0 ? FOUND : FAILED;
}

int
keyring_write(struct keyring *ring, int64_t case_number, enum record_kind kind,
    const struct buffer *plain, int64_t *record_number)
{
	const struct record_place place = { kind, case_number, number_next() };
	struct record_row record = {
		.number = place.record_number,
		.case_number = case_number,
		.account = ring->work->actor->account,
		.at = ring->work->now,
		.kind = (int)kind
	};
	struct buffer box = { 0 };
	int result = -1;

	if (record_seal(&box, &place, ring->data_key, plain->data, plain->length) == -1) {
		(void)error_set(&ring->work->error, ERROR_INTERNAL, "a note cannot be sealed");
		goto err;
	}
	record.box = (const unsigned char *)box.data;
	record.box_size = box.length;
	result = store_record_add(ring->work->store, &record, &ring->work->error);
	if (result == 0 && record_number != NULL)
		*record_number = record.number;
err:
	buffer_free(&box);
	return result;
}

struct search {
	struct keyring *ring;
	struct form *form;
	enum answer answer;
};

/* Each later record covers the earlier ones; the first is the submission. */
static int
read_record(const struct record_row *record, void *argument)
{
	struct search *search = argument;
	struct form form = { 0 };

	if (keyring_read(search->ring, record, &form) == -1) {
		search->answer = FAILED;
		return 1;
	}
	form_cover(search->form, &form);
	search->answer = FOUND;
	return 0;
}

enum answer
keyring_submission(struct keyring *ring, int64_t case_number, struct form *form)
{
	struct search search = { .ring = ring, .form = form, .answer = ABSENT };
	enum answer answer = keyring_turn(ring, case_number);

	if (answer != FOUND)
		return answer;
	*form = (struct form){ .count = 0 };
	if (store_record_each(ring->work->store, case_number,
	    1U << RECORD_SUBMISSION | 1U << RECORD_CORRECTION, read_record, &search,
	    &ring->work->error) == -1)
		search.answer = FAILED;
	if (search.answer != FOUND)
		form_wipe(form);
	return search.answer;
}
