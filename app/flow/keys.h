/*
 * Transactions that write keys, and the handing of queues' keys to accounts.
 * Private to flow/.
 */
#ifndef EGENREMISS_FLOW_KEYS_H
#define EGENREMISS_FLOW_KEYS_H

#include "base/base.h"
#include "base/words.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/store.h"

/*
 * Opens what is sealed to `opener` and puts it, sealed to the account's
 * present public key, in the place of row->sealed and among memberships.
 */
int	keys_put(struct work *work, const struct account_row *account,
	    const struct secret_key *opener, const struct membership_row *row);
/*
 * Hands on every generation of the queue's key that the giver holds, each
 * sealed to the recipient. ABSENT, and nothing was handed on, when the giver
 * does not hold the newest.
 */
struct passed_key {
	const char *queue;
	int generation;
	unsigned char sealed[SEAL_SEALED_KEY_SIZE];
};
typedef int (*passed_fn)(const struct passed_key *, void *);
enum answer keys_pass(struct work *work, const char *queue,
	    const unsigned char recipient[SEAL_KEY_SIZE], passed_fn keep, void *context);
/*
 * Makes and stores a generation of a queue's key: its secret half is sealed to
 * the recovery key, and given back in *secret.
 */
int	queue_key_make(struct work *work, struct queue_key_row *row, struct secret_key *secret,
	    const unsigned char recovery[SEAL_KEY_SIZE]);
#define META_RECOVERY	"recovery"	/* meta: the recovery key's public half */

/* FOUND with the recovery key's public half; ABSENT before init has made one. */
enum answer recovery_public(struct work *work, unsigned char public[SEAL_KEY_SIZE]);

/* auth_passphrase.c: a new key pair under the passphrase. Slow. ERROR_INPUT: see passphrase_judge. */
int	account_keys_make(struct work *work, struct account_row *account,
	    const char *passphrase);

/*
 * The keys that a signed-in reader can open, for the length of one request: a
 * queue's secret key is opened once, a case's data key when it is asked for.
 * Private to flow/.
 */

/* Begins as { .store, .reader }; keyring_free afterwards. */
struct keyring {
	struct work *work;
	struct queue_secret {
		char queue[STORE_QUEUE];
		int generation;
		struct secret_key *key;
		unsigned char public[SEAL_KEY_SIZE];
	} *secrets;
	size_t count;
	struct secret_key *data_key;	/* of the case that keyring_turn named */
	struct buffer plain;
};

void	keyring_free(struct keyring *ring);
/* Opens the case's data key. ABSENT: the reader is no member of its queue. */
enum answer keyring_turn(struct keyring *ring, int64_t case_number);
/* Opens a record of that case; the caller wipes *form (form_wipe). */
int	keyring_read(struct keyring *ring, const struct record_row *record, struct form *form);
/*
 * Opens an envelope of its own, as text_envelope made it, with a data key that is not among
 * the case's; the caller wipes *form. ABSENT: the reader has no key to its queue.
 */
enum answer keyring_envelope(struct keyring *ring, const struct case_key_row *sealed,
	    const struct record_row *record, struct form *form);
/*
 * Seals a form to that case and stores it as a record by the reader, whose
 * number *record_number becomes unless it is NULL.
 */
int	keyring_write(struct keyring *ring, int64_t case_number, enum record_kind kind,
	    const struct buffer *plain, int64_t *record_number);
/* Turns to the case and opens what the person wrote; the caller wipes *form. */
enum answer keyring_submission(struct keyring *ring, int64_t case_number, struct form *form);

/* case.c: the note that is written with an act */

/*
 * The note as it will be sealed, into an empty buffer; nothing when `written`
 * is NULL or blank. A fault when it is longer than NOTE_MAX, has a control
 * character or a personnummer, or is missing where it is required. The caller
 * wipes *note, after a fault too.
 */
enum fault note_read(const char *written, bool required, struct buffer *note);
/*
 * Seals the note of an act to the case and stores it, within the caller's
 * transaction. *record_number, unless NULL, becomes the record's.
 */
int	note_write(struct keyring *ring, int64_t case_number, enum act act,
	    const struct buffer *note, int64_t *record_number);

/* A text as it is sealed: a form with a field that says what it belongs to. */
struct sealed_text {
	const char *name, *value;	/* "act" and its word, or "to" and a telephone number */
	const char *text;
};
/*
 * Appends the text to *box in an envelope of its own, for a reader who does not have the
 * case's key. -1: public is no key.
 */
int	text_envelope(struct buffer *box, unsigned char sealed[STORE_SEALED],
	    const struct record_place *place, const unsigned char public[SEAL_KEY_SIZE],
	    const struct sealed_text *text);

#endif
