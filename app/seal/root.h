/*
 * The secret that a cookie or a link is: 32 random bytes, written as base64url
 * without padding, from which everything else is derived. Internal to seal/.
 */
#ifndef EGENREMISS_SEAL_ROOT_H
#define EGENREMISS_SEAL_ROOT_H

#include <stdint.h>

#include "seal/seal.h"

/* Both: the caller wipes root. */
void	root_make(unsigned char root[SEAL_KEY_SIZE], char text[SEAL_TOKEN_SIZE]);
/* -1 for NULL, and for any spelling but the one that root_make gives. */
int	root_read(unsigned char root[SEAL_KEY_SIZE], const char *text);
/* The subkey of that number; context has eight characters. */
void	root_derive(unsigned char subkey[SEAL_KEY_SIZE], uint64_t which, const char *context,
	    const unsigned char root[SEAL_KEY_SIZE]);
void	root_text(char text[SEAL_TOKEN_SIZE], const unsigned char bytes[SEAL_KEY_SIZE]);

#endif
