/*
 * letters.c: letters as somebody looks for them, whatever their case. Latin,
 * Greek, Cyrillic and Armenian capitals become small; what Latin, Cyrillic and
 * Arabic letters are written with beside their plain form comes after it as a
 * mark (Unicode's canonical decompositions). No library that is linked does
 * it, and one that did would leave copies of names on the heap.
 */
#ifndef EGENREMISS_LETTERS_H
#define EGENREMISS_LETTERS_H

#include "base/base.h"

#define LETTER_MOST	4	/* a letter and its marks */

/* The plain small letter, then its marks. How many points that is. */
size_t	letter_fold(uint32_t point, uint32_t folded[LETTER_MOST]);
/* Whether it is written above, under or through the letter before it. */
bool	letter_is_mark(uint32_t point);

#endif
