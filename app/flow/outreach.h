/*
 * outreach.c: the results of the QR codes: visits, and persons who sent the form. All
 * pages, the exported table and the campaigns show the same figures. They follow the rule
 * of rules/README.md: no figure about fewer than FIGURE_MIN persons is shown, nor figures
 * from which such a figure can be computed; that includes the remainder of a code's
 * persons, and small codes within the total. Visits identify nobody, so they are always
 * shown.
 */
#ifndef EGENREMISS_FLOW_OUTREACH_H
#define EGENREMISS_FLOW_OUTREACH_H

#include "base/base.h"
#include "base/words.h"
#include "flow/work.h"
#include "store/outreach.h"
#include "store/store.h"

/*
 * Selects a period and codes. Days are local days, both included; to_day may be in the
 * future.
 */
struct outreach_wish {
	int32_t from_day, to_day;
	int64_t campaign;		/* only the codes of this campaign; 0: all codes */
	const char *code;		/* only this code; NULL: all codes */
};

#define FIGURE_HIDDEN	(-1)		/* stands for a figure that is hidden */

struct outreach_figures {
	int64_t visits[VISIT_KIND_COUNT];
	/*
	 * Persons who sent the form in the period (came), and of these: reached by now;
	 * with work or studies as their outcome (well); with any other outcome (other). The
	 * rest has no outcome yet. Of `well`: with work, with studies; a person may have
	 * both.
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
	struct outreach_code *codes; size_t count;	/* oldest code first */
	struct outreach_figures whole;			/* all these codes together */
};

/*
 * Fills *outreach from the cases of the period. It begins no transaction. The caller frees
 * *outreach with outreach_free, after a failure, too.
 */
int	outreach_read(struct work *work, struct outreach *outreach,
	    const struct outreach_wish *wish);
void	outreach_free(struct outreach *outreach);

/* outreach.c: visits over time, in steps of a day, a week, a month or a year */

enum step { STEP_DAY, STEP_WEEK, STEP_MONTH, STEP_YEAR };

struct visit_step {
	int32_t from_day;		/* its first day: a Monday, the 1st of a month, 1 January */
	int64_t visits;
};

#define STEPS_MAX	53

struct visit_steps {
	enum step step;
	struct visit_step steps[STEPS_MAX]; size_t count;
	int64_t most;			/* visits of the step that has most */
};

/*
 * Fills *steps, from the step that contains from_day (or the first visit, when from_day is
 * 0) to the one that contains to_day. Longer steps are used where `step` would give more
 * than STEPS_MAX. The count is 0 when there are no visits and from_day is 0. Returns 0, or
 * -1 on failure.
 */
int	outreach_steps(struct work *work, struct visit_steps *steps,
	    const struct outreach_wish *wish, enum step step);
/* The first day of the step that contains `day`. */
int32_t	step_begin(enum step step, int32_t day);
/*
 * Returns the ISO 8601 number of the week that contains `day`; *year is the year that this
 * week belongs to.
 */
int	step_week(int32_t day, int *year);

/*
 * outreach_campaigns.c: a campaign has a first and a last day and a set of codes. Its
 * figures are shown beside those of the same number of days before it. Days are local days
 * since 1970-01-01.
 */

#define CAMPAIGN_DAYS_MAX	731	/* two years */

/* The form of a campaign as it was posted; NULL for a field that was not sent. */
struct campaign_wish {
	const char *name;		/* 1 to 80 characters */
	const char *from, *to;		/* such as "2027-01-31"; both days included */
	const char *const *codes; size_t codes_count;	/* at least one */
};

enum campaign_fault {
	CAMPAIGN_RIGHT,
	CAMPAIGN_NAME,
	/* Not dates, in the wrong order, over CAMPAIGN_DAYS_MAX, or outside 2000-2099. */
	CAMPAIGN_DAYS,
	CAMPAIGN_CODES			/* no code, one twice, or one that does not exist */
};

/*
 * Adds a campaign when *number is 0, and sets *number; otherwise replaces the campaign of
 * that number. FOUND when it is saved. ABSENT, with nothing changed: *fault names the
 * fault, or it is CAMPAIGN_RIGHT and there is no such campaign.
 */
enum answer campaign_save(struct work *work, const struct campaign_wish *wish, int64_t *number,
	    enum campaign_fault *fault);

/* Removes a campaign; its codes remain. ABSENT when there is no such campaign. */
enum answer campaign_remove(struct work *work, int64_t number);
/* Gives each campaign to the callback, latest first day first. */
int	campaigns_each(struct work *work, campaign_fn each, void *argument);
/*
 * Gives each code to the callback, oldest first, with whether it belongs to the campaign.
 * Its figures are 0.
 */
int	campaign_codes_each(struct work *work, int64_t number, campaign_code_fn each,
	    void *argument);

/* A campaign up to today, and the same number of days before it. */
struct campaign {
	struct campaign_row row;
	bool begun;			/* false: it lies ahead, and the figures are empty */
	int32_t to_day;			/* the last day that is counted: today, while it runs */
	int32_t before_from_day;	/* first of the days before; the last is row.from_day - 1 */
	struct outreach during, before;
	struct visit_steps during_steps, before_steps;
};

/*
 * ABSENT when there is no such campaign. The caller calls campaign_free after every answer.
 */
enum answer campaign_read(struct work *work, struct campaign *campaign, int64_t number);
void	campaign_free(struct campaign *campaign);

#endif
