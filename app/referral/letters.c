#include <unicase.h>
#include <uninorm.h>
#include <unictype.h>

#include "referral/letters.h"

#define STROKE	0x335	/* a mark through the letter */

/*
 * Strokes are no marks to Unicode, and what Persian and Arabic write with two
 * letters is one to whoever looks for a name.
 */
static const struct { uint32_t letter, plain; } kin[] = {
	{ 0xf0, 'd' }, { 0xf8, 'o' }, { 0x111, 'd' }, { 0x127, 'h' }, { 0x131, 'i' },
	{ 0x142, 'l' }, { 0x167, 't' }, { 0x17f, 's' }, { 0x629, 0x647 }, { 0x649, 0x64a },
	{ 0x6a9, 0x643 }, { 0x6cc, 0x64a },
};

size_t
letter_fold(uint32_t point, uint32_t folded[LETTER_MOST])
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
	size_t count;
	int length;

	point = uc_tolower(point);
	for (size_t i = 0; i < COUNT_OF(kin); i++) {
		if (kin[i].letter == point) {
			folded[0] = kin[i].plain;
			folded[1] = STROKE;
			return 2;
		}
	}
	length = uc_canonical_decomposition(point, parts);
	if (length < 1) {
		folded[0] = point;
		return 1;
	}
	/* A letter of two marks gives up the outer one first. */
	count = letter_fold(parts[0], folded);
	for (int i = 1; i < length && count < LETTER_MOST; i++)
		folded[count++] = parts[i];
	return count;
}

bool
letter_is_mark(uint32_t point)
{
	return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Mn);
}

bool
letter_parts_words(uint32_t point)
{
	return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_P | UC_CATEGORY_MASK_Z |
	    UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Sm | UC_CATEGORY_MASK_Sc | UC_CATEGORY_MASK_Sk);
}

bool
letter_is_invisible(uint32_t point)
{
	/* An Arabic word is drawn out by the last of these. */
	return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Cf) || point == 0x640;
}
