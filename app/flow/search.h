/*
 * search.c: looking for a person among the cases that a reader may open. What
 * could be searched is stored nowhere: each submission is opened, compared and
 * wiped.
 */
#ifndef EGENREMISS_SEARCH_H
#define EGENREMISS_SEARCH_H

#include "flow/flow.h"
#include "referral/wanted.h"

#define SEARCH_MOST	20	/* hits: more is a question asked too widely */
#define REACH_MOST	3000	/* cases that are looked at, unless more are open: 150 ms */

/* Among what was looked. */
struct search_extent {
	int open, closed;
	int damaged;		/* of those, what could not be read: the log says which */
	bool all_closed;	/* no closed case was left out */
};

struct search {
	/* How it was understood. WANTED_REFERENCE: that case alone was looked up. */
	enum wanted_kind kind;
	struct search_hit {
		struct case_row row;
		char name[NAME_MAX_POINTS * 4 + 1];	/* "" what is not the reader's to see */
	} hits[SEARCH_MOST];
	size_t count;
	bool more;		/* there are others than these */
	struct search_extent extent;	/* of a search that found no more than these */
};

/*
 * By telephone number, by case number, or by the beginnings of a name's words.
 * A name that is shown leaves an ACT_FIND event, one a person, day and case,
 * on disk when this returns. 0 with *search whatever was found, or -1. Wipe
 * *search in any case.
 */
int	search_do(struct search *search, struct store *store, const struct config *config,
	    const struct identity *reader, const char *typed, int64_t now, struct error *error);
void	search_wipe(struct search *search);

#endif
