/* Part of view.h: a lead's view of hand-overs that wait, and of those that nobody answered. */
#ifndef EGENREMISS_VIEW_OFFERS_H
#define EGENREMISS_VIEW_OFFERS_H

/* overview_offers.html */
struct overview_offers_view {
	const struct overview_offer_view {
		const char *href;	/* NULL: the reader cannot open the case */
		const char *reference;
		const char *from, *to;	/* names of queues */
		const char *by;		/* who offered it; NULL unknown */
		const char *when;	/* localized: to be answered by; came back at */
	} *open, *lapsed; size_t open_count, lapsed_count;
};

#endif
