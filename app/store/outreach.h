/*
 * Part of store.h: what leads keep in the browser, which is the intake of an area, texts
 * on brochures, and campaigns with the figures of codes.
 */
#ifndef EGENREMISS_STORE_OUTREACH_H
#define EGENREMISS_STORE_OUTREACH_H

#include "base/base.h"
#include "base/words.h"
#include "store/auth.h"
#include "store/store.h"

/* intake.c: an area without a row is open or closed as service.conf says */

struct intake_row {
	char area[STORE_AREA];
	bool open;			/* until it turns */
	int64_t changed_at;		/* since when; 0 from the beginning */
	int32_t turns_day;		/* local, since 1970-01-01: turns as that day begins; 0 stays */
	int32_t back_day;		/* later: turns back as that day begins; 0 stays */
};
/* Adds or replaces the area's. */
int	store_intake_put(struct store *, const struct intake_row *, struct error *);
enum answer store_intake_get(struct store *, const char *area, struct intake_row *,
	    struct error *);
/* Of 1 to 500 characters; "" gives the catalogue's back. language is a tag of it. */
int	store_intake_words_put(struct store *, const char *area, const char *language,
	    const char *words, struct error *);
/* Those of an area that a lead has written, by language. */
typedef int (*intake_words_fn)(const char *language, const char *words, void *);
int	store_intake_words_each(struct store *, const char *area, intake_words_fn, void *,
	    struct error *);
/* A number that grows with every change to either, so that a reader may keep a copy. */
int	store_intake_version(struct store *, int64_t *version, struct error *);

/* brochures.c: texts of an area in one language; a part without one has the catalogue's */

typedef int (*brochure_fn)(enum brochure_part, const char *words, void *);	/* not 0 stops */
int	store_brochure_each(struct store *, const char *area, const char *language, brochure_fn,
	    void *, struct error *);
/* Adds or replaces. */
int	store_brochure_put(struct store *, const char *area, const char *language,
	    enum brochure_part, const char *words, struct error *);
/* None is fine. */
int	store_brochure_remove(struct store *, const char *area, const char *language,
	    enum brochure_part, struct error *);

/*
 * outreach.c: figures of codes, and campaigns. Visits say nothing about a person. The
 * other figures count persons, by plain columns alone, and small ones must be hidden
 * before they are shown (rules.h). Days are local, since 1970-01-01.
 */

/* Which codes, and of which time. */
struct outreach_span {
	int32_t from_day, to_day;	/* visits of these days, both included */
	int64_t from_at, before_at;	/* cases that came in from then until before then */
	int64_t campaign;		/* only its codes; 0 all */
	const char *code;		/* only that one; NULL all */
};

/* Of those who came by a code in the time: what has come of it by now. */
struct code_figures {
	char code[STORE_CODE];
	char area[STORE_AREA];
	char place[STORE_PLACE];
	enum channel channel;
	bool retired;
	int64_t visits[VISIT_KIND_COUNT];
	int64_t came;
	int64_t reached;		/* of them, by an attempt that was not taken back */
	/* By outcome, each in one of these: the others have none yet. */
	int64_t work, studies, both, other;
};
typedef int (*code_figures_fn)(const struct code_figures *, void *);
/* Oldest code first; those that nobody came by, too. Reads every case of the time. */
int	store_code_figures_each(struct store *, const struct outreach_span *, code_figures_fn,
	    void *, struct error *);
typedef int (*day_fn)(int32_t day, int64_t visits, void *);
/* Visits of people, by day in order; days without any are left out. */
int	store_visits_each_day(struct store *, const struct outreach_span *, day_fn, void *,
	    struct error *);

/* A campaign: an effort with a first and a last day, and a set of codes. */

#define STORE_CAMPAIGN	321		/* a name of 80 characters */

struct campaign_row {
	int64_t number;
	char name[STORE_CAMPAIGN];
	int32_t from_day, to_day;	/* both included */
	int64_t created_at;		/* of one that is there already it stays */
};
/* Adds, or changes name and days. */
int	store_campaign_put(struct store *, const struct campaign_row *, struct error *);
enum answer store_campaign_get(struct store *, int64_t number, struct campaign_row *,
	    struct error *);
/* The latest first day first. */
typedef int (*campaign_fn)(const struct campaign_row *, void *);
int	store_campaign_each(struct store *, campaign_fn, void *, struct error *);
/* With its set of codes; the codes stay. None is fine. */
int	store_campaign_remove(struct store *, int64_t number, struct error *);
/* ERROR_REFUSED when there is no such code. */
int	store_campaign_code_add(struct store *, int64_t number, const char *code, struct error *);
/* Empties its set. */
int	store_campaign_codes_clear(struct store *, int64_t number, struct error *);
/* Every code with whether it is of the campaign, oldest first; figures are left 0. */
typedef int (*campaign_code_fn)(const struct code_figures *, bool taken, void *);
int	store_campaign_each_code(struct store *, int64_t number, campaign_code_fn, void *,
	    struct error *);

#endif
