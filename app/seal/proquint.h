/*
 * Proquints (D. S. Wilkerson, "A Proposal for Proquints", 2009): 16 bits as a
 * word of five letters that can be said, heard and typed. Internal to seal/.
 */
#ifndef EGENREMISS_SEAL_PROQUINT_H
#define EGENREMISS_SEAL_PROQUINT_H

#include <stddef.h>

#define PROQUINT_TEXT_SIZE(words)	((words) * 6)	/* hyphens between, NUL */

/* Bytes are two a word. */
void	proquint_write(char *text, const unsigned char *bytes, size_t words);
/* Exactly so many words, in any case; white space and hyphens are passed over. */
int	proquint_read(unsigned char *bytes, size_t words, const char *text);

#endif
