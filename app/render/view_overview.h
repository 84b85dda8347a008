/* The views of the overview, which leads and administrators see. See view.h. */
#ifndef EGENREMISS_RENDER_VIEW_OVERVIEW_H
#define EGENREMISS_RENDER_VIEW_OVERVIEW_H

#include "render/view.h"
#include "render/view_messages.h"
#include "render/view_people.h"

/* overview_offers.html: hand-overs that wait for an answer, and that lapsed without one */
struct overview_offers_view {
	const struct overview_offer_view {
		const char *href;	/* NULL: the reader cannot open the case */
		const char *reference;
		const char *from, *to;	/* names of queues */
		const char *by;		/* the colleague who offered it; NULL unknown */
		/* localized: the deadline of an open one; the end of a lapsed one */
		const char *when;
	} *open, *lapsed; size_t open_count, lapsed_count;
};

/* overview.html */

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
	int64_t untried_all;		/* their number; the page shows those that have waited longest */
	bool untried_more;
	const struct overview_queue_view {
		const char *queue;
		int64_t open, overdue;
		int readers;
	} *queues; size_t queues_count;

	struct period_view period;
	const struct overview_promise_view {
		const char *queue;
		int64_t judged;			/* promises kept or broken */
		bool few;			/* too few persons: the row shows no figure */
		bool hidden;			/* kept and broken are not shown */
		int64_t kept, broken, percent;	/* percent: kept of judged */
		const char *median, *p90;	/* "3 tim 20 min"; NULL: too few persons */
		/* the number of cases behind median and p90; 0: not shown */
		int64_t tried;
	} *promises; size_t promises_count;
};

#endif
