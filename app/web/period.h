/* staff_period.c: the times of which a lead asks for figures, by months. */
#ifndef EGENREMISS_WEB_PERIOD_H
#define EGENREMISS_WEB_PERIOD_H

#include "web/web.h"

struct period;

/* The one that the query's "period" names, without one the last twelve months; NULL unknown. */
const struct period *period_asked(const struct exchange *x);
/* Its first moment, 0 all there is; its end, 0 when that has not come. */
void	period_bounds(const struct period *period, int64_t now, int64_t *from_at,
	    int64_t *before_at);
/* Its word, "year". */
const char *period_word(const struct period *period);
/* The choice of periods, links to path, the one asked for marked; kept by the exchange. */
void	period_fill(struct exchange *x, struct period_view *view, const char *path,
	    const struct period *asked);
/* "torsdag 14 januari 2027" and the same with "13:05", kept by the exchange. */
const char *period_date(struct exchange *x, int64_t at);
const char *period_moment(struct exchange *x, int64_t at);

#endif
