/* What the handlers of what codes brought share. */
#ifndef EGENREMISS_WEB_OUTREACH_H
#define EGENREMISS_WEB_OUTREACH_H

#include "flow/campaigns.h"
#include "web/web.h"

/* staff_outreach.c */

void	staff_outreach(struct exchange *, struct store *);
/* The period that the query asks for; false when that has been answered with 400. */
bool	outreach_asked(struct exchange *x, struct outreach_wish *wish);

/* The table of the codes, kept. */
void	outreach_fill(struct exchange *x, struct outreach_table_view *table,
	    const struct outreach *outreach);

/* staff_outreach_csv.c: the same codes as a file for a spreadsheet, told by the same rule */

void	staff_outreach_csv(struct exchange *, struct store *);

/* staff_code_figures.c: the section of a code's page, kept. 0, or -1. Not for LANE_STAFF. */
int	staff_figures_fill(struct exchange *x, struct store *store,
	    struct code_figures_view *view, const char *code, struct error *error);

/* staff_campaigns.c: the list, and the form of one */

void	staff_campaigns(struct exchange *, struct store *);
void	staff_campaign_add(struct exchange *, struct store *);
/* As posted, else as it is; row and codes of number 0 are those of a new one. 0, or -1. */
int	campaign_form_fill(struct exchange *x, struct store *store,
	    struct campaign_form_view *form, const struct campaign_row *row,
	    enum campaign_fault fault, struct error *error);
/*
 * Saves what was posted, number 0 a new one, and answers where that leads to or
 * that there is no such campaign. The fault when the form has to come back.
 */
enum campaign_fault campaign_post(struct exchange *x, struct store *store, int64_t number);
/* Answers 404. */
void	campaign_absent(struct exchange *x);

/* staff_campaign.c: one */

void	staff_campaign(struct exchange *, struct store *);
void	staff_campaign_change(struct exchange *, struct store *);
void	staff_campaign_remove(struct exchange *, struct store *);

/* staff_chart.c: visits drawn; name is in the reader's language, everything is kept */

/* The highest bar is `scale` visits, so that charts beside each other may be compared. */
void	chart_fill(struct exchange *x, struct chart_view *chart, const char *id, const char *name,
	    const struct visit_steps *steps, int64_t scale);
/* A bar that lies: its length of CHART_WHOLE for `most`, and where it begins. */
#define CHART_WHOLE	100
void	chart_bar(struct exchange *x, int64_t n, int64_t most, int *length, int *begin);

#endif
