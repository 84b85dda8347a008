/*
 * How a case ends and how contact stays: case_closing.html, case_asked.html,
 * case_following.html. Parts of case_view, and of view.h.
 */
#ifndef EGENREMISS_RENDER_VIEW_CASE_H
#define EGENREMISS_RENDER_VIEW_CASE_H

#include "render/view.h"
#include "render/view_messages.h"

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

/* Of case.html: a case on its way to another queue, and those who take part. */

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

/* Cases with the same number, on the page of one (case_repeats.html). */

struct repeats_view {
	const struct repeat_view {
		const char *href, *reference;
		bool linked, closed;
		const char *day;	/* open since then, or closed then */
	} *others; size_t others_count;
	bool can_link;
};

/* case.html */
struct case_view {
	struct staff_frame_view frame;
	const char *reference;		/* 13 characters */
	const char *base;		/* "/staff/case/0123456789ABC"; actions are base/claim ... */
	struct word_state_view state;
	struct word_who_view who;
	struct word_age_view age;
	struct word_window_view window;
	struct word_inflow_view inflow;
	const char *area, *queue, *code_place;
	const char *received, *due, *left, *promised;	/* localized */
	bool overdue;
	const char *holder;		/* NULL nobody */
	bool mine;
	bool stands_in;			/* the reader does, for the holder */
	bool unattended;		/* the holder is away, and nobody stands in */
	bool opened;			/* the sealed part below is there */
	const char *name, *phone, *tel, *sms;	/* "tel:+46…", "sms:+46…" */
	const char *text_href;		/* to write a text that goes from here; NULL: not offered */
	struct case_texts_view texts;
	const char *contact;		/* a word of words_contact */
	const char *language;		/* "arabiska (العربية)", else its tag; NULL when Swedish */
	const char *knows;		/* "yes", "no"; NULL unless relative */
	struct word_workplace_view workplace;	/* NULL unless professional */
	const char *helper_name, *helper_phone, *helper_tel;
	const char *message;
	const char *way;		/* a word of words_way, when a coordinator wrote it down; NULL */
	const struct note_view {
		const char *when, *author, *text;
	} *notes; size_t notes_count;
	const struct trail_view {
		const char *when, *when_iso, *author;	/* author NULL: the person or the program */
		const char *instead_of;		/* for whom the author stood in; NULL nobody */
		const char *act;			/* msgid, of base/acts.def */
		bool undone;			/* taken back by a later one */
		bool added;			/* an outcome of a case that was closed already */
		const char *due;		/* due afterwards; NULL when unchanged */
	} *trail; size_t trail_count;
	const char *typed_note;		/* of an act that was refused: it must not be lost */
	bool can_claim, can_attempt, can_park, can_release, can_follow, can_note;
	bool no_contact_met;
	int attempts_missing;		/* for the no-contact rule */
	bool missing_days, missing_morning, missing_afternoon, missing_text;
	struct closing_view closing;
	struct following_view following;
	struct handover_view handover;
	struct together_view together;
	struct repeats_view repeats;
	const struct word_outcome_view *outcomes; size_t outcomes_count;	/* of a closed case */
	const char *park_min, *park_max, *park_value;	/* YYYY-MM-DD */
	const char *retry_next;		/* when and why after an unanswered call, localized */
	const char *reached_next;	/* the next contact if no day is chosen, localized */
	bool stays_mine;		/* an unanswered call does not give it back to the queue */
};

/* Parts of the page that read the whole page's struct. */
#define case_call_view		case_view
#define case_repeats_view	case_view
#define case_attempt_view	case_view
#define case_actions_view	case_view
#define case_facts_view		case_view
#define case_trail_view		case_view
#define case_closing_view	case_view
#define case_asked_view		case_view
#define case_following_view	case_view
#define case_offered_view	case_view
#define case_handover_view	case_view
#define case_together_view	case_view

#endif
