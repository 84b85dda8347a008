/* Part of view.h: cases with the same number, on the page of one (case_repeats.html). */
#ifndef EGENREMISS_VIEW_REPEATS_H
#define EGENREMISS_VIEW_REPEATS_H

struct repeats_view {
	const struct repeat_view {
		const char *href, *reference;
		bool linked, closed;
		const char *day;	/* open since then, or closed then */
	} *others; size_t others_count;
	bool can_link;
};

#endif
