/*
 * repeats.c: cases that are likely the same person's, since their telephone
 * number is the same. Each who opens a case looks once, among what they may
 * open; what is found is sealed with the case, and never merged by itself.
 */
#ifndef EGENREMISS_REPEATS_H
#define EGENREMISS_REPEATS_H

#include "flow/flow.h"

#define REPEATS_MOST	10

struct repeats {
	struct repeat {
		struct case_row row;	/* of the other */
		bool linked;		/* somebody has said that it is the same person's */
	} others[2 * REPEATS_MOST];
	size_t count;
};

/* FOUND: the reader may open the case, and has not looked yet. */
enum answer repeats_due(struct store *store, const struct identity *reader, int64_t number,
	    int64_t now, struct error *error);
/* Looks, as search.c does; slow. ABSENT: the reader may not open the case. */
enum answer repeats_look(struct store *store, const struct identity *reader, int64_t number,
	    int64_t now, struct error *error);
/*
 * What is linked to a case of the reader's; when `opened`, what was found and
 * is neither linked nor said to be another's, too. Only such others as the
 * reader may look for. Within a transaction or without.
 */
int	repeats_read(struct repeats *repeats, struct store *store, const struct identity *reader,
	    int64_t number, bool opened, int64_t now, struct error *error);
enum repeats_press {
	REPEATS_LINK,			/* the same person's, by ACT_LINK */
	REPEATS_PART,			/* another's, and not shown again */
	REPEATS_UNLINK			/* linked by mistake, by ACT_UNLINK: as it was found */
};

/*
 * By the holder, of what repeats_read found. FOUND with *verdict; ABSENT as
 * casefile_read. LIFECYCLE_STATE: it is not among that, or so already.
 */
enum answer repeats_press(struct store *store, const struct config *config,
	    const struct identity *reader, enum repeats_press press, int64_t number,
	    int64_t other, int64_t now, enum lifecycle_verdict *verdict, struct error *error);

#endif
