/*
 * The one shape in which records, locked secrets and session boxes are
 * encrypted: nonce[24] AEAD(plain)[length + 16], bound to what it belongs to.
 * Internal to seal/.
 */
#ifndef EGENREMISS_SEAL_BOX_H
#define EGENREMISS_SEAL_BOX_H

#include <stddef.h>
#include <stdint.h>

#define SEAL_FORMAT	0x01	/* the first byte of every blob, and in every binding */
#define BOX_NONCE_SIZE	24
#define BOX_OVERHEAD	40	/* nonce and authenticator */

/* Associated data: a label, the format byte, and whose the box is. */
struct binding {
	size_t length;
	unsigned char bytes[40];
};

void	binding_start(struct binding *binding, const char *label);
void	binding_byte(struct binding *binding, unsigned char byte);
void	binding_number(struct binding *binding, int64_t number);	/* big-endian */

/*
 * Writes length + BOX_OVERHEAD bytes. Plain may stand at box + BOX_NONCE_SIZE
 * already: encryption then leaves nothing of it to wipe.
 */
void	box_close(unsigned char *box, const unsigned char *plain, size_t length,
	    const unsigned char key[32], const struct binding *binding);
/* Writes size - BOX_OVERHEAD bytes; on -1 none of them are of the plaintext. */
int	box_open(unsigned char *plain, const unsigned char *box, size_t size,
	    const unsigned char key[32], const struct binding *binding);

#endif
