/*
 * campaigns.c: a push with a beginning and an end, and the figures of its codes
 * beside those of the time before. Days are local, since 1970-01-01.
 */
#ifndef EGENREMISS_CAMPAIGNS_H
#define EGENREMISS_CAMPAIGNS_H

#include "flow/outreach.h"

#define CAMPAIGN_DAYS_MAX	731	/* two years */

/* As it was written; a field that was not sent is NULL. */
struct campaign_wish {
	const char *name;		/* 1 to 80 characters */
	const char *from, *to;		/* "2027-01-31", both included */
	const char *const *codes; size_t codes_count;	/* at least one */
};

enum campaign_fault {
	CAMPAIGN_RIGHT,
	CAMPAIGN_NAME,
	CAMPAIGN_DAYS,			/* none, in no order, over CAMPAIGN_DAYS_MAX, or not in our time */
	CAMPAIGN_CODES			/* none, or one that does not exist */
};

/*
 * Adds one, or changes that number's, all or nothing; *number 0 adds, and is set.
 * ABSENT: there is no such campaign, or *fault says what is to be mended.
 */
enum answer campaign_save(struct store *store, const struct campaign_wish *wish, int64_t now,
	    int64_t *number, enum campaign_fault *fault, struct error *error);

/* A campaign as far as it has come, and as many days before it. */
struct campaign {
	struct campaign_row row;
	bool begun;			/* else there are no figures */
	int32_t to_day;			/* the last day that is counted: today while it lasts */
	int32_t before_from_day;	/* the days before: from this to the one before row.from_day */
	struct outreach during, before;
	struct visit_steps during_steps, before_steps;
};

/* Free after any answer. */
enum answer campaign_read(struct campaign *campaign, struct store *store, int64_t number,
	    int64_t now, struct error *error);
void	campaign_free(struct campaign *campaign);

#endif
