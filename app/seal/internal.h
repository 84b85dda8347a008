/* Internal to seal/. */
#ifndef EGENREMISS_SEAL_INTERNAL_H
#define EGENREMISS_SEAL_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "seal/seal.h"

/*
 * libsodium 1.0.18 leaves in its stack frames what crypto_box_seal_open
 * opened, what crypto_generichash read and what crypto_kdf derived. Call this
 * in the function that called them: it overwrites the same stretch of stack.
 */
void	frames_wipe(void);

/*
 * The one shape in which records, locked secrets and session boxes are
 * encrypted: nonce[24] AEAD(plain)[length + 16], bound to what it belongs to.
 * Internal to seal/.
 */

#define SEAL_FORMAT	0x01	/* the first byte of every blob, and in every binding */
#define BOX_NONCE_SIZE	24
#define BOX_OVERHEAD	40	/* nonce and authenticator */

/* Associated data: a label, the format byte, and whose the box is. */
struct binding {
	size_t length;
	unsigned char bytes[40];
};

void	aead_data_start(struct binding *binding, const char *label);
void	aead_data_byte(struct binding *binding, unsigned char byte);
void	aead_data_number(struct binding *binding, int64_t number);	/* big-endian */

/*
 * Writes length + BOX_OVERHEAD bytes. Plain may stand at box + BOX_NONCE_SIZE
 * already: encryption then leaves nothing of it to wipe.
 */
void	aead_seal(unsigned char *box, const unsigned char *plain, size_t length,
	    const unsigned char key[32], const struct binding *binding);
/* Writes size - BOX_OVERHEAD bytes; on -1 none of them are of the plaintext. */
int	aead_open(unsigned char *plain, const unsigned char *box, size_t size,
	    const unsigned char key[32], const struct binding *binding);

/*
 * The secret that a cookie or a link is: 32 random bytes, written as base64url
 * without padding, from which everything else is derived. Internal to seal/.
 */

/* Both: the caller wipes root. */
void	token_make(unsigned char root[SEAL_KEY_SIZE], char text[SEAL_TOKEN_SIZE]);
/* -1 for NULL, and for any spelling but the one that token_make gives. */
int	token_read(unsigned char root[SEAL_KEY_SIZE], const char *text);
/* The subkey of that number; context has eight characters. */
void	token_derive(unsigned char subkey[SEAL_KEY_SIZE], uint64_t which, const char *context,
	    const unsigned char root[SEAL_KEY_SIZE]);
void	token_text(char text[SEAL_TOKEN_SIZE], const unsigned char bytes[SEAL_KEY_SIZE]);

/*
 * Proquints (D. S. Wilkerson, "A Proposal for Proquints", 2009): 16 bits as a
 * word of five letters that can be said, heard and typed. Internal to seal/.
 */

#define PROQUINT_TEXT_SIZE(words)	((words) * 6)	/* hyphens between, NUL */

/* Bytes are two a word. */
void	proquint_write(char *text, const unsigned char *bytes, size_t words);
/* Exactly so many words, in any case; white space and hyphens are passed over. */
int	proquint_read(unsigned char *bytes, size_t words, const char *text);

#endif
