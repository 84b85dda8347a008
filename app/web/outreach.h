/* What the handlers of what codes brought share. */
#ifndef EGENREMISS_WEB_OUTREACH_H
#define EGENREMISS_WEB_OUTREACH_H

#include "flow/outreach.h"
#include "web/web.h"

/* staff_outreach.c */

void	staff_outreach(struct exchange *, struct store *);

/* staff_chart.c: visits drawn; name is in the reader's language, everything is kept */

void	chart_fill(struct exchange *x, struct chart_view *chart, const char *id, const char *name,
	    const struct visit_steps *steps);
/* A bar that lies: its length of CHART_WHOLE for `most`, and where it begins. */
#define CHART_WHOLE	100
void	chart_bar(struct exchange *x, int64_t n, int64_t most, int *length, int *begin);

#endif
