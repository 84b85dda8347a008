/*
 * Part of store.h: the intake of an area, the texts of brochures, campaigns, and the
 * figures of codes. Leads edit them in the browser.
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
	bool open;			/* before turns_day */
	int64_t changed_at;		/* since when; 0 from the beginning */
	int32_t turns_day;		/* the local day at whose beginning it changes; 0 never */
	int32_t back_day;		/* the later day at whose beginning it changes back; 0 never */
};
/* Adds or replaces the row of the area. */
int	store_intake_put(struct store *, const struct intake_row *, struct error *);
enum answer store_intake_get(struct store *, const char *area, struct intake_row *,
	    struct error *);
/*
 * Stores the text of the closed page in a language of the catalogue, 1 to 500 characters;
 * with "" the page has the catalogue's text again.
 */
int	store_intake_words_put(struct store *, const char *area, const char *language,
	    const char *words, struct error *);
/* The texts of an area that a lead has written, by language. */
typedef int (*intake_words_fn)(const char *language, const char *words, void *);
int	store_intake_words_each(struct store *, const char *area, intake_words_fn, void *,
	    struct error *);
/* A number that grows with every change to rows or texts. A reader keeps a copy until it grows. */
int	store_intake_version(struct store *, int64_t *version, struct error *);
/*
 * The day on which a lead saw that calls of the queue's coordinators come from that number,
 * in E.164. A later confirmation replaces the day.
 */
int	store_shown_number_put(struct store *, const char *queue, const char *phone, int32_t day,
	    int64_t account, struct error *);
enum answer store_shown_number_get(struct store *, const char *queue, const char *phone,
	    int32_t *day, struct error *);

/* brochures.c: texts of an area in one language; a part without a row has the catalogue's text */

typedef int (*brochure_fn)(enum brochure_part, const char *words, void *);
int	store_brochure_each(struct store *, const char *area, const char *language, brochure_fn,
	    void *, struct error *);
/* Adds or replaces. */
int	store_brochure_put(struct store *, const char *area, const char *language,
	    enum brochure_part, const char *words, struct error *);
int	store_brochure_remove(struct store *, const char *area, const char *language,
	    enum brochure_part, struct error *);

/*
 * outreach.c: figures of codes, and campaigns. Visits say nothing about a person. The other
 * figures count persons; a page that shows them must hide small ones (parts_shown of
 * rules.h). Days are local.
 */

/* The codes and the time that figures are about. */
struct outreach_span {
	int32_t from_day, to_day;	/* visits of these days, both included */
	int64_t from_at, before_at;	/* cases received from the first until before the second */
	int64_t campaign;		/* only the codes of this campaign; 0 all */
	const char *code;		/* only this code; NULL all */
};

/* The visits of a code in the time, and the present results of the cases received in it. */
struct code_figures {
	char code[STORE_CODE];
	char area[STORE_AREA];
	char place[STORE_PLACE];
	enum channel channel;
	bool retired;
	int64_t visits[VISIT_KIND_COUNT];
	int64_t came;			/* cases */
	int64_t reached;		/* of them, those whose person has been reached */
	/* Of them, those with an outcome, each counted once; the rest have none yet. */
	int64_t work, studies, both, other;
};
typedef int (*code_figures_fn)(const struct code_figures *, void *);
/* Every code, oldest first, also without any visit or case. Reads every case of the time. */
int	store_code_figures_each(struct store *, const struct outreach_span *, code_figures_fn,
	    void *, struct error *);
typedef int (*day_fn)(int32_t day, int64_t visits, void *);
/* Gives the number of visits by people on each day that has any, by day. */
int	store_visits_each_day(struct store *, const struct outreach_span *, day_fn, void *,
	    struct error *);

/* A campaign: an effort with a first and a last day, and a set of codes. */

#define STORE_CAMPAIGN	321		/* a name of 80 characters */

struct campaign_row {
	int64_t number;
	char name[STORE_CAMPAIGN];
	int32_t from_day, to_day;	/* both included */
	int64_t created_at;
};
/* Adds a campaign, or changes the name and the days of one that exists. */
int	store_campaign_put(struct store *, const struct campaign_row *, struct error *);
enum answer store_campaign_get(struct store *, int64_t number, struct campaign_row *,
	    struct error *);
/* Every campaign, the latest first day first. */
typedef int (*campaign_fn)(const struct campaign_row *, void *);
int	store_campaign_each(struct store *, campaign_fn, void *, struct error *);
/* Removes a campaign and its set of codes. The codes themselves stay. */
int	store_campaign_remove(struct store *, int64_t number, struct error *);
/* ERROR_REFUSED when there is no such code, or the campaign has it already. */
int	store_campaign_code_add(struct store *, int64_t number, const char *code, struct error *);
/* Empties the campaign's set of codes. */
int	store_campaign_codes_clear(struct store *, int64_t number, struct error *);
/* Every code, oldest first; `taken` tells whether the campaign has it. Figures are 0. */
typedef int (*campaign_code_fn)(const struct code_figures *, bool taken, void *);
int	store_campaign_each_code(struct store *, int64_t number, campaign_code_fn, void *,
	    struct error *);

#endif
