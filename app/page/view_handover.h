/* Of case.html: a case on its way to another queue, and those who take part. */
#ifndef EGENREMISS_VIEW_HANDOVER_H
#define EGENREMISS_VIEW_HANDOVER_H

/* case_offered.html, case_handover.html */
struct handover_view {
	bool receiving;			/* the reader may take it over */
	bool only;			/* and is nothing else to it: plain facts alone */
	bool sent;			/* the reader's queue waits for an answer */
	const char *to, *by;		/* a queue's name, a colleague's; by NULL: gone */
	const char *at, *until;		/* localized */
	const char *note;		/* for the receiver; NULL without */
	bool stays;			/* the sender goes on taking part */
	bool can_withdraw, can_offer, can_share, can_recuse;
	const struct other_queue_view {
		const char *id, *name;
		bool chosen;		/* in the form that came back */
		bool partner;		/* takes part already */
	} *queues; size_t queues_count;
	const char *today;		/* YYYY-MM-DD: a yes is not of tomorrow */
	/* What was typed in a form that came back; it must not be lost. NULL else. */
	const char *typed_note, *typed_yes, *typed_what, *typed_reason, *typed_day;
	bool typed_stays;
};

/* case_together.html */
struct together_view {
	const char *owner;		/* name of the queue that has the case, to a partner; NULL else */
	const struct participant_view {
		const char *id, *queue;
		const char *by;		/* who wrote down the yes */
		const char *since, *agreed;	/* localized; the day of the yes */
		const char *what;	/* NULL when the reader cannot open it */
		const char *until, *ended_by;	/* NULL while it lasts */
		bool can_end;
	} *participants; size_t participants_count;
};

#endif
