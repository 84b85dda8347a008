/* Functions that the files of seal/ share. Internal to seal/. */
#ifndef EGENREMISS_SEAL_INTERNAL_H
#define EGENREMISS_SEAL_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "seal/seal.h"

/*
 * Overwrites the stack below the caller. libsodium 1.0.18 leaves secrets in its stack
 * frames in crypto_box_seal_open, crypto_generichash and crypto_kdf. Call this in the
 * function that called them, so that it reaches the same part of the stack.
 */
void	frames_wipe(void);

/*
 * AEAD: records, locked secrets, session boxes and factors have one form: nonce[24]
 * AEAD(plain)[length + 16], bound to their place by associated data.
 */

#define SEAL_FORMAT	0x01	/* the first byte of every blob, and a part of every binding */
#define BOX_NONCE_SIZE	24
#define BOX_OVERHEAD	40	/* nonce and authenticator */

/* Associated data: a label, the format byte, and the place of the box; at most 40 bytes. */
struct binding {
	size_t length;
	unsigned char bytes[40];
};

/* Begins associated data with a label and the format byte. */
void	aead_data_start(struct binding *binding, const char *label);
/* Append. The caller sees to it that all fits in 40 bytes. */
void	aead_data_byte(struct binding *binding, unsigned char byte);
void	aead_data_number(struct binding *binding, int64_t number);	/* big-endian */

/*
 * Encrypts: writes length + BOX_OVERHEAD bytes to `box`. `plain` may stand at box +
 * BOX_NONCE_SIZE; the ciphertext then overwrites it, and no copy is left to wipe.
 */
void	aead_seal(unsigned char *box, const unsigned char *plain, size_t length,
	    const unsigned char key[32], const struct binding *binding);
/*
 * Decrypts: writes size - BOX_OVERHEAD bytes to `plain`. -1 when the box does not open;
 * `plain` then holds no plaintext.
 */
int	aead_open(unsigned char *plain, const unsigned char *box, size_t size,
	    const unsigned char key[32], const struct binding *binding);

/*
 * A token is the secret of a cookie or a link: 32 random bytes, the root, written as
 * base64url without padding. All its keys are derived from the root.
 */

/* Makes a root and its text. The caller wipes root. */
void	token_make(unsigned char root[SEAL_KEY_SIZE], char text[SEAL_TOKEN_SIZE]);
/*
 * Reads the text of a root. -1 for NULL, and for any spelling that token_make does not
 * give; root is then undefined. The caller wipes root after both results.
 */
int	token_read(unsigned char root[SEAL_KEY_SIZE], const char *text);
/* Derives the subkey of that number; context has eight characters. */
void	token_derive(unsigned char subkey[SEAL_KEY_SIZE], uint64_t which, const char *context,
	    const unsigned char root[SEAL_KEY_SIZE]);
/* Writes 32 bytes as base64url without padding. */
void	token_text(char text[SEAL_TOKEN_SIZE], const unsigned char bytes[SEAL_KEY_SIZE]);

/*
 * Proquints (D. S. Wilkerson, "A Proposal for Proquints", 2009): 16 bits as a word of
 * five letters that people can say, hear and type.
 */

#define PROQUINT_TEXT_SIZE(words)	((words) * 6)	/* hyphens between, NUL */

/* Writes two bytes a word. */
void	proquint_write(char *text, const unsigned char *bytes, size_t words);
/*
 * Reads exactly so many words, in any letter case; skips white space and hyphens. -1 for
 * any other text; `bytes` may then be partly written.
 */
int	proquint_read(unsigned char *bytes, size_t words, const char *text);

#endif
