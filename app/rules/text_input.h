/*
 * letters.c: letters as somebody looks for them, whatever their case: small, and
 * what one is written with beside its plain form after it as a mark (Unicode's
 * canonical decomposition, by libunistring, which keeps no copy of a name).
 */
#ifndef EGENREMISS_RULES_TEXT_INPUT_H
#define EGENREMISS_RULES_TEXT_INPUT_H

#include "rules/rules.h"

#define LETTER_MOST	4	/* a letter and its marks */

/* The plain small letter, then its marks. How many points that is. */
size_t	letter_fold(uint32_t point, uint32_t folded[LETTER_MOST]);
/* Whether it is written above, under or through the letter before it. */
bool	letter_is_mark(uint32_t point);
/* Whether it stands between the words of a name. */
bool	letter_parts_words(uint32_t point);
/* What a name is made up with, and nobody types. */
bool	letter_is_invisible(uint32_t point);

/*
 * wanted.c: what somebody who looks for a case has typed, and whether a person
 * is the one. Part of referral.h.
 */

#define WANTED_MOST_POINTS	80

enum wanted_kind {
	WANTED_NOTHING,		/* empty, or nothing that can be looked for */
	WANTED_SHORT,		/* one letter: it would be in every other name */
	WANTED_LONG,		/* over WANTED_MOST_POINTS */
	WANTED_DIGITS,		/* digits that are no whole telephone number */
	WANTED_REFERENCE,	/* formed as a case's number; perhaps a name all the same */
	WANTED_PHONE,
	WANTED_NAME
};

/* A name in small letters, each mark after its letter, a space between words. */
struct folded {
	size_t count;
	uint32_t point[NAME_MAX_POINTS * 4];
};

/* The caller wipes it. */
struct wanted {
	enum wanted_kind kind;
	int64_t number;		/* WANTED_REFERENCE: the case's */
	char phone[PHONE_MAX];	/* WANTED_PHONE: E.164 */
	struct folded name;	/* WANTED_NAME and WANTED_REFERENCE */
};

void	wanted_read(const char *typed, struct wanted *wanted);
/*
 * Whether each word that was typed begins some word of the name, in whatever
 * order and case. A plain letter finds the same with any mark, "asa" finds
 * "Åsa"; one with a mark finds that alone, "åsa" not "Asa".
 */
bool	wanted_is_name(const struct wanted *wanted, const char *name);

#endif
