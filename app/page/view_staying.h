/*
 * How a case ends and how contact stays: case_closing.html, case_asked.html,
 * case_following.html. Parts of case_view, and of view.h.
 */
#ifndef EGENREMISS_VIEW_STAYING_H
#define EGENREMISS_VIEW_STAYING_H

struct closing_view {
	bool can_close, can_propose, can_add, can_reopen;
	/* What a case may be closed with alone, by two, and what a closed one may get besides. */
	const struct word_outcome_view *received; size_t received_count;
	const struct word_outcome_view *unreceived; size_t unreceived_count;
	const struct word_outcome_view *addable; size_t addable_count;
	const char *suggested;		/* of received: what has begun; NULL */
	const char *asked_by;		/* who asks for a closing; NULL nobody */
	const char *asked_when, *reason;
	const char *proposal;		/* which of them it is, for the form */
	struct word_outcome_view asked;
	bool asked_mine;		/* the reader asks, and may take it back */
	bool can_confirm;
	const struct second_view { const char *name; } *seconds; size_t seconds_count;
};

struct following_view {
	bool can_begin, can_decline, can_remind;
	const struct word_outcome_view *begun; size_t begun_count;	/* what may have begun */
	const struct call_view {
		const char *name, *label;	/* of the form's field; "2 veckor" */
		const char *value;		/* YYYY-MM-DD proposed */
	} *calls; size_t calls_count;
	const struct planned_view {
		const char *when;
		bool done;
	} *plan; size_t plan_count;
	bool over;			/* nothing more is planned: closing is near */
	const char *reminder;		/* from when somebody is reminded; NULL not */
	const struct month_view { int number; const char *name; } *months; size_t months_count;
	const struct year_view { int year; } *years; size_t years_count;
};

#endif
