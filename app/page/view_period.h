/* The times that a lead chooses among, on pages of figures. Included by view.h. */
#ifndef EGENREMISS_VIEW_PERIOD_H
#define EGENREMISS_VIEW_PERIOD_H

struct period_view {
	const struct period_link_view {
		const char *href;
		const char *text;		/* msgid */
		bool current;
	} *links; size_t links_count;
	const char *from, *to;			/* its days, localized; from NULL: all */
};

#endif
