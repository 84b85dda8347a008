/*
 * outreach.c: what codes brought, as it may be told: pages, the table to be
 * copied out of and campaigns show the same. DOMAIN.md's rule holds: no group of
 * persons under five, and none that follows from what stands beside it: not the
 * rest of a code's persons, and not the small codes' from the whole and the others.
 * Visits are nobody in particular, and are told as they are.
 */
#ifndef EGENREMISS_FLOW_OUTREACH_H
#define EGENREMISS_FLOW_OUTREACH_H

#include "base/base.h"
#include "base/words.h"
#include "flow/work.h"
#include "store/outreach.h"
#include "store/store.h"

/* The program's local days, both included; to_day may lie ahead. */
struct outreach_wish {
	int32_t from_day, to_day;
	int64_t campaign;		/* only its codes, 0 all */
	const char *code;		/* only that one, NULL all */
};

#define FIGURE_HIDDEN	(-1)		/* instead of a figure that is not told */

struct outreach_figures {
	int64_t visits[VISIT_KIND_COUNT];
	/*
	 * Persons who sent the form in that time; of them those reached by now, and by
	 * outcome: work or studies, anything else. Of the first, work and studies:
	 * both may hold. What is left has no outcome yet.
	 */
	int64_t came, reached, well, other, work, studies;
};

struct outreach_code {
	char code[STORE_CODE];
	char area[STORE_AREA];
	char place[STORE_PLACE];
	enum channel channel;
	bool retired;
	struct outreach_figures figures;
};

struct outreach {
	struct outreach_code *codes; size_t count;	/* oldest first */
	struct outreach_figures whole;			/* all of them as one group */
};

/* Reads every case of the time. Free after a failure too. */
int	outreach_read(struct work *work, struct outreach *outreach,
	    const struct outreach_wish *wish);
void	outreach_free(struct outreach *outreach);

/* outreach.c: visits of people over a time, in steps */

enum step { STEP_DAY, STEP_WEEK, STEP_MONTH, STEP_YEAR };

struct visit_step {
	int32_t from_day;		/* a Monday, a first of the month, a New Year's Day */
	int64_t visits;
};

#define STEPS_MAX	53

struct visit_steps {
	enum step step;
	struct visit_step steps[STEPS_MAX]; size_t count;
	int64_t most;			/* in one of them */
};

/*
 * From the step that holds from_day (the first visit's, when that is 0) to the one
 * that holds to_day; longer steps than asked for where those would be more than
 * STEPS_MAX. None when there are no visits and from_day is 0.
 */
int	outreach_steps(struct work *work, struct visit_steps *steps,
	    const struct outreach_wish *wish, enum step step);
/* The first day of the step that holds that day. */
int32_t	step_begin(enum step step, int32_t day);
/* The week's number by ISO 8601; *year is the year that it belongs to. */
int	step_week(int32_t day, int *year);

/*
 * outreach_campaigns.c: an effort with a beginning and an end, and the figures of its codes
 * beside those of the time before. Days are local, since 1970-01-01.
 */

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
enum answer campaign_save(struct work *work, const struct campaign_wish *wish, int64_t *number,
	    enum campaign_fault *fault);

/* With its set of codes; the codes stay. ABSENT: there is no such campaign. */
enum answer campaign_remove(struct work *work, int64_t number);
/* Each campaign, the latest first day first. */
int	campaigns_each(struct work *work, campaign_fn each, void *argument);
/* Each code with whether it is of the campaign, oldest first; figures are left 0. */
int	campaign_codes_each(struct work *work, int64_t number, campaign_code_fn each,
	    void *argument);

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
enum answer campaign_read(struct work *work, struct campaign *campaign, int64_t number);
void	campaign_free(struct campaign *campaign);

#endif
