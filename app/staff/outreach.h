/* What the pages of codes, of their figures and of the intake share. */
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

/* The form as it was posted; NULL in what was not. Borrows. */
struct code_wish code_posted(const struct request *x);
/* id begins the ids of the fields; fault is told by its field. */
void	code_form_fill(struct request *x, struct code_form_view *form, const char *id,
	    const struct code_wish *wish, enum code_fault fault);
const struct code_choice_view *code_channels(struct request *x, const char *chosen,
	    size_t *count);
const struct code_choice_view *code_languages(struct request *x, const char *chosen,
	    size_t *count);
/* A msgid. */
const char *code_channel_text(enum channel channel);
/* What to do about it: a msgid. */
const char *code_fault_text(enum code_fault fault);
/* The same of a row of a list, beside which the page tells what is allowed. */
const char *code_row_fault_text(enum code_fault fault);

/* outreach.c */

/* The period that the query asks for; false when that has been answered with 400. */
bool	outreach_asked(struct request *x, struct outreach_wish *wish);

/* The table of the codes, kept. */
void	outreach_fill(struct request *x, struct outreach_table_view *table,
	    const struct outreach *outreach);

/* outreach_campaigns.c: the list, and the form of one */

/* As posted, else as it is; row and codes of number 0 are those of a new one. 0, or -1. */
int	campaign_form_fill(struct request *x, struct work *work, struct campaign_form_view *form,
	    const struct campaign_row *row, enum campaign_fault fault);
/*
 * Saves what was posted, number 0 a new one, and answers where that leads to or
 * that there is no such campaign. The fault when the form has to come back.
 */
enum campaign_fault campaign_post(struct request *x, struct work *work, int64_t number);
/* Answers 404. */
void	campaign_absent(struct request *x);

/* outreach.c: visits drawn; name is in the reader's language, everything is kept */

/* The highest bar is `scale` visits, so that charts beside each other may be compared. */
void	chart_fill(struct request *x, struct chart_view *chart, const char *id, const char *name,
	    const struct visit_steps *steps, int64_t scale);
/* A bar that lies: its length of CHART_WHOLE for `most`, and where it begins. */
#define CHART_WHOLE	100
void	chart_bar(struct request *x, int64_t n, int64_t most, int *length, int *begin);

/* intake.c */

/* What was refused on the page, and why: msgids that may hold {who}; NULL without. */
struct intake_fault {
	const char *notice, *who;
	const char *day, *back, *words;
	bool look;			/* nothing was refused: the words are to be seen */
};

void	staff_intakes_show(struct request *x, struct work *work);
void	staff_intake_show(struct request *x, struct work *work, const struct config_area *area,
	    int status, const struct intake_fault *fault);

#endif
