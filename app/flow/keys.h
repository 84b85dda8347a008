/* The keys of queues, and the keyring of a reader. Private to flow/. */
#ifndef EGENREMISS_FLOW_KEYS_H
#define EGENREMISS_FLOW_KEYS_H

#include "base/base.h"
#include "base/words.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/store.h"

/*
 * Opens row->sealed with `opener`, seals the queue's key to the account's present public
 * key and stores it as the account's membership. *row stays unchanged. Returns 0 or -1.
 */
int	keys_put(struct work *work, const struct account_row *account,
	    const struct secret_key *opener, const struct membership_row *row);
/*
 * Gives every generation of the queue's key that the signed-in account holds to the
 * callback, sealed to the recipient. The callback returns 0, or -1 with the work's error,
 * which ends the function with FAILED. ABSENT, without any call, when the queue has no key
 * or the account does not hold the newest.
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
 * Makes a key pair for row->queue and row->generation and stores the row, with the secret
 * half sealed to the recovery key. The caller provides *secret, which holds the secret half
 * afterwards, and frees it. Returns 0 or -1.
 */
int	queue_key_make(struct work *work, struct queue_key_row *row, struct secret_key *secret,
	    const unsigned char recovery[SEAL_KEY_SIZE]);
#define META_RECOVERY	"recovery"	/* the name in meta of the recovery key's public half */

/*
 * FOUND with the recovery key's public half; ABSENT before `egenremiss init` has made one.
 */
enum answer recovery_public(struct work *work, unsigned char public[SEAL_KEY_SIZE]);

/*
 * auth_passphrase.c: makes a key pair, locks its secret half with the passphrase and fills
 * account->public and account->locked; stores nothing. Takes about 100 ms (Argon2id).
 * Returns 0 or -1; ERROR_INPUT when passphrase_check refuses the passphrase.
 */
int	account_keys_make(struct work *work, struct account_row *account,
	    const char *passphrase);

/*
 * The keyring: the keys that a signed-in reader has opened, for one request. A queue's
 * secret key is opened once, a case's data key when it is needed. Private to flow/.
 */

/* Begins as { .work = work }; the caller ends it with keyring_free. */
struct keyring {
	struct work *work;
	struct queue_secret {
		char queue[STORE_QUEUE];
		int generation;
		struct secret_key *key;
		unsigned char public[SEAL_KEY_SIZE];
	} *secrets;
	size_t count;
	struct secret_key *data_key;	/* of the case of the last keyring_turn */
	struct buffer plain;
};

void	keyring_free(struct keyring *ring);
/*
 * Opens the data key of a case, which the functions below then use. ABSENT: the reader has
 * no key to the case.
 */
enum answer keyring_turn(struct keyring *ring, int64_t case_number);
/*
 * Opens a record of the case that keyring_turn has opened. Returns 0, and the caller wipes
 * *form with form_wipe; or -1 with ERROR_DAMAGED, and *form is not filled.
 */
int	keyring_read(struct keyring *ring, const struct record_row *record, struct form *form);
/*
 * Opens a text that text_envelope made, which has a data key of its own; the keyring then
 * holds that data key. FOUND, and the caller wipes *form; otherwise *form is not filled.
 * ABSENT: the reader has no key of that queue.
 */
enum answer keyring_envelope(struct keyring *ring, const struct case_key_row *sealed,
	    const struct record_row *record, struct form *form);
/*
 * Seals an encoded form under the data key that the keyring holds and stores it as a record
 * by the reader. *record_number becomes its number unless it is NULL. The caller owns the
 * transaction. Returns 0 or -1.
 */
int	keyring_write(struct keyring *ring, int64_t case_number, enum record_kind kind,
	    const struct buffer *plain, int64_t *record_number);
/*
 * Opens the data key of the case and its submission with the corrections. form_value gives
 * each field as it is known now; its earlier values follow in the form under the same name,
 * latest first. FOUND, and the caller wipes *form; otherwise *form is not filled. ABSENT: the
 * reader has no key to the case, or it has no submission.
 */
enum answer keyring_submission(struct keyring *ring, int64_t case_number, struct form *form);

/* case.c: the note that belongs to an act */

/*
 * Fills *note, an empty buffer, with the text to seal; it stays empty when `written` is
 * NULL or blank. Returns 0; or -1 with ERROR_INPUT and the remedy: longer than NOTE_MAX,
 * control characters, or empty where it is required. The caller wipes *note after both.
 */
enum fault note_read(const char *written, bool required, struct buffer *note);
/*
 * Seals the note of an act to the case and stores it, within the caller's transaction.
 * *record_number becomes the record's number unless it is NULL. Returns 0 or -1.
 */
int	note_write(struct keyring *ring, int64_t case_number, enum act act,
	    const struct buffer *note, int64_t *record_number);

/* A text to seal: a form of two fields, the text and one that tells what it belongs to. */
struct sealed_text {
	const char *name, *value;	/* "act" and its word, or "to" and a telephone number */
	const char *text;
};
/*
 * Appends the text to *box, sealed under a new data key, which `sealed` holds for the owner
 * of `public`: for a reader who does not have the case's key. Returns 0, or -1 when
 * `public` is not a public key; the error is not filled.
 */
int	text_envelope(struct buffer *box, unsigned char sealed[STORE_SEALED],
	    const struct record_place *place, const unsigned char public[SEAL_KEY_SIZE],
	    const struct sealed_text *text);

#endif
