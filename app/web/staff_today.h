/* What the files of the page "Today" share. */
#ifndef EGENREMISS_STAFF_TODAY_H
#define EGENREMISS_STAFF_TODAY_H

#include "web/web.h"

/* staff_reason.c: why a row is there, in the reader's language; kept by the exchange. */
const char *staff_reason(struct exchange *x, const struct listing_row *row);

/* staff_filter.c: filters and sorting as the address has them */

/* false: a value that is none. What is there is borrowed from x->query. */
bool	filter_read(const struct exchange *x, struct listing_filter *filter);
void	filter_show(struct exchange *x, const struct listing_filter *filter,
	    struct queue_choice_view *choice);
/* Every municipality, areas_count of them; chosen: a code, or NULL. Kept by the exchange. */
const struct queue_option_view *staff_areas(struct exchange *x, const char *chosen);
/* "/staff/queue?" and what is chosen, ending where a further field may follow. */
void	filter_address(const struct listing_filter *filter, struct buffer *out);
/* "PART-KEY-NUMBER", the row after which the next page begins. */
void	filter_after(const struct listing_row *last, struct buffer *out);

#endif
