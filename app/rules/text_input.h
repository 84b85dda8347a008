/*
 * letters.c: letters as somebody looks for them, whatever their case: small, and
 * what one is written with beside its plain form after it as a mark (Unicode's
 * canonical decomposition, by libunistring, which keeps no copy of a name).
 */
#ifndef EGENREMISS_RULES_TEXT_INPUT_H
#define EGENREMISS_RULES_TEXT_INPUT_H

#include "rules/rules.h"

#define LETTER_MAX	4	/* a letter and its marks */

/* The plain small letter, then its marks. How many points that is. */
size_t	case_fold(uint32_t point, uint32_t folded[LETTER_MAX]);
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

#define SEARCH_QUERY_MAX	80

enum search_query_kind {
	SEARCH_QUERY_NOTHING,		/* empty, or nothing that can be looked for */
	SEARCH_QUERY_SHORT,		/* one letter: it would be in every other name */
	SEARCH_QUERY_LONG,		/* over SEARCH_QUERY_MAX */
	SEARCH_QUERY_DIGITS,		/* digits that are no whole telephone number */
	SEARCH_QUERY_REFERENCE,	/* formed as a case's number; perhaps a name all the same */
	SEARCH_QUERY_PHONE,
	SEARCH_QUERY_NAME
};

/* A name in small letters, each mark after its letter, a space between words. */
struct folded {
	size_t count;
	uint32_t point[NAME_MAX_CHARACTERS * 4];
};

/* The caller wipes it. */
struct search_query {
	enum search_query_kind kind;
	int64_t number;		/* SEARCH_QUERY_REFERENCE: the case's */
	char phone[PHONE_MAX];	/* SEARCH_QUERY_PHONE: E.164 */
	struct folded name;	/* SEARCH_QUERY_NAME and SEARCH_QUERY_REFERENCE */
};

void	search_query_read(const char *typed, struct search_query *search_query);
/*
 * Whether each word that was typed begins some word of the name, in whatever
 * order and case. A plain letter finds the same with any mark, "asa" finds
 * "Åsa"; one with a mark finds that alone, "åsa" not "Asa".
 */
bool	search_query_is_name(const struct search_query *search_query, const char *name);

#endif
