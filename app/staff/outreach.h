/* Shared by the pages of codes, of their results, of campaigns and of the intake status. */
#ifndef EGENREMISS_STAFF_OUTREACH_H
#define EGENREMISS_STAFF_OUTREACH_H

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/codes.h"
#include "flow/outreach.h"
#include "render/view_outreach.h"
#include "server/server.h"
#include "text/text.h"

/* codes.c */

/*
 * Returns the form of a code as it was posted, NULL where a field is missing. The texts
 * belong to x->form.
 */
struct code_wish code_posted(const struct request *x);
/*
 * Fills the form of a code with these values. The ids of its fields begin with `id`.
 * `fault` is shown beside its field.
 */
void	code_form_fill(struct request *x, struct code_form_view *form, const char *id,
	    const struct code_wish *wish, enum code_fault fault);
/* Returns all channels, `count` of them; `chosen` is the word of the marked one, or NULL. */
const struct code_choice_view *code_channels(struct request *x, const char *chosen,
	    size_t *count);
const struct code_choice_view *code_languages(struct request *x, const char *chosen,
	    size_t *count);
/* A msgid. */
const char *code_channel_text(enum channel channel);
/* Returns the remedy of a fault, a msgid; NULL without a fault. */
const char *code_fault_text(enum code_fault fault);
/* The same of a row of a list, beside which the page tells what is allowed. */
const char *code_row_fault_text(enum code_fault fault);

/*
 * codes_places.c: the search and the choices that the lists of codes have, in the query's fields
 * CODE_FILTER_FIELDS
 */

#define CODE_FILTER_FIELDS	"find", "channel", "area"

/* Whether a code is among those that are asked for. */
bool	code_wanted(const struct request *x, const struct code_row *row);
/* Fills their form; `action` is the address of the list. */
void	code_filter_fill(struct request *x, struct code_filter_view *filter, const char *action);

/* outreach.c */

/*
 * Reads the period from the query. False when it is unknown; the request is then answered
 * with 400.
 */
bool	outreach_asked(struct request *x, struct outreach_wish *wish);

/* Fills the table of the codes; its texts live in the arena. */
void	outreach_fill(struct request *x, struct outreach_table_view *table,
	    const struct outreach *outreach);

/* outreach_campaigns.c: the list of campaigns, and the form of one */

/*
 * Fills the form of a campaign: with a fault as it was posted, otherwise from the row and
 * its codes; row->number 0 is a new campaign. Returns 0 or -1.
 */
int	campaign_form_fill(struct request *x, struct work *work, struct campaign_form_view *form,
	    const struct campaign_row *row, enum campaign_fault fault);
/*
 * Saves the posted form, as a new campaign when number is 0, and answers: with a redirect,
 * 404 or 503. When the form has a fault, it does not answer and returns the fault;
 * otherwise it returns CAMPAIGN_RIGHT.
 */
enum campaign_fault campaign_post(struct request *x, struct work *work, int64_t number);
/* Answers 404 for a campaign. */
void	campaign_absent(struct request *x);

/*
 * outreach.c: charts of visits; `name` is in the page's language, everything lives in the
 * arena
 */

/*
 * Fills a chart in which a bar of full height is `scale` visits, so that two charts can
 * have the same scale.
 */
void	chart_fill(struct request *x, struct chart_view *chart, const char *id, const char *name,
	    const struct visit_steps *steps, int64_t scale);
/*
 * Computes a horizontal bar for n of `most`: its length, at most CHART_WHOLE, and its
 * beginning, which depends on the text direction.
 */
#define CHART_WHOLE	100
void	chart_bar(struct request *x, int64_t n, int64_t most, int *length, int *begin);

/* intake.c */

/* The fault that the page shows: msgids, NULL without; `who` replaces {who} in notice. */
struct intake_fault {
	const char *notice, *who;
	const char *day, *back, *words;
	bool look;			/* no fault: the page shows a preview of the posted text */
	bool ask;			/* no fault: the page asks whether to close */
};

/* Answers with the page of one area. */
void	staff_intake_show(struct request *x, struct work *work, const struct config_area *area,
	    int status, const struct intake_fault *fault);

#endif
