/*
 * letters.c: letters as somebody looks for them, whatever their case: small, and
 * what one is written with beside its plain form after it as a mark (Unicode's
 * canonical decomposition, by libunistring, which keeps no copy of a name).
 */
#ifndef EGENREMISS_LETTERS_H
#define EGENREMISS_LETTERS_H

#include "base/base.h"

#define LETTER_MOST	4	/* a letter and its marks */

/* The plain small letter, then its marks. How many points that is. */
size_t	letter_fold(uint32_t point, uint32_t folded[LETTER_MOST]);
/* Whether it is written above, under or through the letter before it. */
bool	letter_is_mark(uint32_t point);
/* Whether it stands between the words of a name. */
bool	letter_parts_words(uint32_t point);
/* What a name is made up with, and nobody types. */
bool	letter_is_invisible(uint32_t point);

#endif
