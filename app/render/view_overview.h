/* A lead's view of hand-overs that wait, and of those that nobody answered. */
#ifndef EGENREMISS_RENDER_VIEW_OVERVIEW_H
#define EGENREMISS_RENDER_VIEW_OVERVIEW_H

#include "render/view.h"
#include "render/view_messages.h"
#include "render/view_people.h"

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

/* overview.html: lead and administrator. */

#define overview_untried_view	overview_view
#define overview_queues_view	overview_view
#define overview_promises_view	overview_view

struct overview_view {
	struct staff_frame_view frame;
	const char *now;		/* "torsdag 14 januari 13:05" */
	struct overview_messages_view messages;
	struct overview_absences_view absences;
	struct overview_offers_view offers;
	const struct breach_view { const char *text, *reference; } *breaches;
	size_t breaches_count;
	bool breaches_more;
	/* Open cases whose promise has passed without an attempt. */
	const struct overview_case_view {
		const char *href;		/* NULL: the reader opens no cases */
		const char *reference;
		const char *queue;
		const char *promised;		/* localized */
		const char *left;		/* "3 dagar för sent" */
	} *untried; size_t untried_count;
	int64_t untried_all;		/* of which those that have waited longest are shown */
	bool untried_more;
	const struct overview_queue_view {
		const char *queue;
		int64_t open, overdue;
		int readers;
	} *queues; size_t queues_count;

	struct period_view period;
	const struct overview_promise_view {
		const char *queue;
		int64_t judged;			/* promises that have been kept or broken */
		bool few;			/* too few persons: nothing of it is shown */
		bool hidden;			/* kept and broken are */
		int64_t kept, broken, percent;	/* percent: of judged, kept */
		const char *median, *p90;	/* "3 tim 20 min"; NULL too few */
		int64_t tried;			/* of whom those are; 0 not told */
	} *promises; size_t promises_count;
};

#endif
