/* Part of view.h: looking for a person. */
#ifndef EGENREMISS_VIEW_SEARCH_H
#define EGENREMISS_VIEW_SEARCH_H

/* search_form.html, on Today and on the result's page */
struct search_form_view {
	const char *token;		/* the form token */
	const char *typed;		/* NULL on Today */
};

/* search.html */
struct search_view {
	struct staff_frame_view frame;
	struct search_form_view form;
	const char *told;		/* msgid: why nothing was looked for, or found; NULL */
	const char *most;		/* "20", when there are more; NULL */
	const struct search_hit_view {
		const char *href, *reference;
		const char *name;	/* NULL: not the reader's to see */
		struct word_state_view state;
		struct word_age_view age;
		const char *area, *queue, *received;
		const char *why;	/* msgid: what is the same */
	} *hits; size_t hits_count;
	bool looked;			/* through those that follow, to the end */
	int open, closed, damaged;
	bool all_closed;		/* none was left out */
};

#endif
