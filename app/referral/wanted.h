/*
 * wanted.c: what somebody who looks for a case has typed, and whether a person
 * is the one. Part of referral.h.
 */
#ifndef EGENREMISS_WANTED_H
#define EGENREMISS_WANTED_H

#include "referral/referral.h"

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
