/*
 * The keys that a signed-in reader can open, for the length of one request: a
 * queue's secret key is opened once, a case's data key when it is asked for.
 * Private to flow/.
 */
#ifndef EGENREMISS_KEYRING_H
#define EGENREMISS_KEYRING_H

#include "flow/flow.h"

/* Begins as { .store, .reader }; keyring_free afterwards. */
struct keyring {
	struct store *store;
	const struct identity *reader;
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
enum answer keyring_turn(struct keyring *ring, int64_t case_number, struct error *error);
/* The same with a key that is not among the case's: of an offer, of a reason. */
enum answer keyring_turn_to(struct keyring *ring, const struct case_key_row *sealed,
	    struct error *error);
/* Opens a record of that case; the caller wipes *form (form_wipe). */
int	keyring_read(struct keyring *ring, const struct record_row *record,
	    struct form *form, struct error *error);
/*
 * Seals a form to that case and stores it as a record by the reader, whose
 * number *record_number becomes unless it is NULL.
 */
int	keyring_write(struct keyring *ring, int64_t case_number, enum record_kind kind,
	    const struct buffer *plain, int64_t now, int64_t *record_number,
	    struct error *error);
/* Turns to the case and opens what the person wrote; the caller wipes *form. */
enum answer keyring_submission(struct keyring *ring, int64_t case_number,
	    struct form *form, struct error *error);

/* note.c: what is written along with an act */

/*
 * The note as it will be sealed, into an empty buffer; nothing when `written`
 * is NULL or blank. -1 with ERROR_INPUT and what to do: longer than
 * NOTE_MAX_POINTS, control characters, or nothing where it is required. The
 * caller wipes *note, after a failure too.
 */
int	note_read(const char *written, bool required, struct buffer *note, struct error *error);
/*
 * Seals the note of an act to the case and stores it, within the caller's
 * transaction. *record_number, unless NULL, becomes the record's.
 */
int	note_write(struct keyring *ring, int64_t case_number, enum act act,
	    const struct buffer *note, int64_t now, int64_t *record_number,
	    struct error *error);

#endif
