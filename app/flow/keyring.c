#include <stdlib.h>
#include <string.h>

#include "flow/keyring.h"

void
keyring_free(struct keyring *ring)
{
	for (size_t i = 0; i < ring->count; i++)
		secret_key_free(ring->secrets[i].key);
	free(ring->secrets);
	secret_key_free(ring->data_key);
	buffer_wipe(&ring->plain);
	*ring = (struct keyring){ .store = ring->store, .reader = ring->reader };
}

static struct secret_key *
key_new(struct error *error)
{
	struct secret_key *key = secret_key_new();

	if (key == NULL)
		(void)error_set(error, ERROR_UNAVAILABLE, "no memory for a key");
	return key;
}

/* The queue's secret key as sealed to the reader; *key is the caller's. */
static enum answer
open_queue(struct keyring *ring, const struct case_key_row *wanted,
    struct secret_key **key, struct error *error)
{
	struct membership_row membership;
	enum answer answer;

	answer = store_membership_get(ring->store, ring->reader->account, wanted->queue,
	    wanted->generation, &membership, error);
	if (answer != FOUND)
		return answer;
	*key = key_new(error);
	if (*key == NULL)
		return FAILED;
	if (key_open(*key, membership.sealed, sizeof(membership.sealed),
	    ring->reader->secret) == 0)
		return FOUND;
	secret_key_free(*key);
	(void)error_set(error, ERROR_INTERNAL, "queue %s: its key does not open for "
	    "account %s: egenremiss user join", wanted->queue, ring->reader->user);
	return FAILED;
}

static enum answer
queue_secret(struct keyring *ring, const struct case_key_row *wanted,
    const struct queue_secret **secret, struct error *error)
{
	struct queue_secret *secrets, *fresh;
	enum answer answer;

	for (size_t i = 0; i < ring->count; i++) {
		if (ring->secrets[i].generation == wanted->generation &&
		    strcmp(ring->secrets[i].queue, wanted->queue) == 0) {
			*secret = &ring->secrets[i];
			return FOUND;
		}
	}
	secrets = realloc(ring->secrets, (ring->count + 1) * sizeof(*secrets));
	if (secrets == NULL)
		abort();
	ring->secrets = secrets;
	fresh = &secrets[ring->count];
	answer = open_queue(ring, wanted, &fresh->key, error);
	if (answer != FOUND)
		return answer;
	keypair_public(fresh->key, fresh->public);
	fresh->generation = wanted->generation;
	memcpy(fresh->queue, wanted->queue, sizeof(fresh->queue));
	ring->count++;
	*secret = fresh;
	return FOUND;
}

enum answer
keyring_turn_to(struct keyring *ring, const struct case_key_row *sealed, struct error *error)
{
	const struct queue_secret *secret;
	enum answer answer = queue_secret(ring, sealed, &secret, error);

	if (answer != FOUND)
		return answer;
	if (ring->data_key == NULL && (ring->data_key = key_new(error)) == NULL)
		return FAILED;
	if (key_open_with(ring->data_key, sealed->sealed, sizeof(sealed->sealed), secret->key,
	    secret->public) == 0)
		return FOUND;
	(void)error_set(error, ERROR_DAMAGED, "case %lld: its key does not open",
	    (long long)sealed->case_number);
	return FAILED;
}

enum answer
keyring_turn(struct keyring *ring, int64_t case_number, struct error *error)
{
	struct case_key_row sealed;
	enum answer answer = store_case_key_get(ring->store, case_number,
	    ring->reader->account, &sealed, error);

	return answer == FOUND ? keyring_turn_to(ring, &sealed, error) : answer;
}

int
keyring_read(struct keyring *ring, const struct record_row *record, struct form *form,
    struct error *error)
{
	const struct record_place place = {
		(enum record_kind)record->kind, record->case_number, record->number
	};

	if (record_open(&ring->plain, &place, ring->data_key, record->box,
	    record->box_size) == -1 ||
	    form_decode(form, ring->plain.data, ring->plain.length) != FORM_OK)
		return error_set(error, ERROR_DAMAGED, "case %lld: record %lld is damaged",
		    (long long)record->case_number, (long long)record->number);
	return 0;
}

int
keyring_write(struct keyring *ring, int64_t case_number, enum record_kind kind,
    const struct buffer *plain, int64_t now, int64_t *record_number, struct error *error)
{
	const struct record_place place = { kind, case_number, number_next() };
	struct record_row record = {
		.number = place.record_number,
		.case_number = case_number,
		.account = ring->reader->account,
		.at = now,
		.kind = (int)kind
	};
	struct buffer box = { 0 };
	int result = -1;

	if (record_seal(&box, &place, ring->data_key, plain->data, plain->length) == -1) {
		(void)error_set(error, ERROR_INTERNAL, "a note cannot be sealed");
		goto err;
	}
	record.box = (const unsigned char *)box.data;
	record.box_size = box.length;
	result = store_record_add(ring->store, &record, error);
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
	struct error *error;
};

static int
read_first(const struct record_row *record, void *argument)
{
	struct search *search = argument;

	search->answer = keyring_read(search->ring, record, search->form,
	    search->error) == 0 ? FOUND : FAILED;
	return 1;
}

enum answer
keyring_submission(struct keyring *ring, int64_t case_number, struct form *form,
    struct error *error)
{
	struct search search = { ring, form, ABSENT, error };
	enum answer answer = keyring_turn(ring, case_number, error);

	if (answer != FOUND)
		return answer;
	if (store_record_each(ring->store, case_number, RECORD_SUBMISSION, read_first,
	    &search, error) == -1) {
		if (search.answer == FOUND)
			form_wipe(form);
		return FAILED;
	}
	return search.answer;
}
