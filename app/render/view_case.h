/* The views of a case's page: case.html and its parts. See view.h. */
#ifndef EGENREMISS_RENDER_VIEW_CASE_H
#define EGENREMISS_RENDER_VIEW_CASE_H

#include "render/view.h"
#include "render/view_messages.h"

/* case_closing.html, case_asked.html: how the case is closed, also by two people */
struct closing_view {
	bool can_close, can_propose, can_add, can_reopen;
	/* Outcomes that one person may choose, that need two, and that a closed case may get. */
	const struct word_outcome_view *received; size_t received_count;
	const struct word_outcome_view *unreceived; size_t unreceived_count;
	const struct word_outcome_view *addable; size_t addable_count;
	const char *suggested;		/* the one of `received` that has begun; NULL */
	/* the colleague who asks for a closing; NULL: no closing is asked for */
	const char *asked_by;
	const char *asked_when, *reason;
	const char *proposal;		/* the number of the proposal, for the form */
	struct word_outcome_view asked;
	bool asked_mine;		/* the reader asks, and may take it back */
	bool can_confirm;
	const struct second_view { const char *name; } *seconds; size_t seconds_count;
};

/* case_following.html: follow-up after work or studies have begun */
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
	bool over;			/* every planned contact is done; the page suggests to close */
	const char *reminder;		/* the day of the reminder; NULL: no reminder */
	const struct month_view { int number; const char *name; } *months; size_t months_count;
	const struct year_view { int year; } *years; size_t years_count;
};

/* case_offered.html, case_handover.html: an offer to another queue */
struct handover_view {
	bool receiving;			/* the reader may accept the offer */
	/* the reader may not see more than the offer and the plain columns */
	bool only;
	bool sent;			/* the reader's queue waits for an answer */
	/* names of a queue and a colleague; by NULL: the account is gone */
	const char *to, *by;
	const char *at, *until;		/* localized */
	const char *note;		/* for the receiver; NULL without */
	bool stays;			/* the sender will go on taking part */
	bool can_withdraw, can_offer, can_share, can_recuse;
	const struct other_queue_view {
		const char *id, *name;
		bool partner;		/* takes part already */
	} *queues; size_t queues_count;
	const char *today;		/* YYYY-MM-DD: the latest day of a yes */
};

/* case_together.html: the queues that take part in the case */
struct together_view {
	/* for a reader who takes part: the name of the case's queue; else NULL */
	const char *owner;
	const struct participant_view {
		const char *id, *queue;
		const char *by;		/* the colleague who wrote down the person's yes */
		const char *since, *agreed;	/* localized; the day of the yes */
		const char *what;	/* the text of the yes; NULL when the reader cannot open it */
		const char *until, *ended_by;	/* NULL while it lasts */
		bool can_end;
	} *participants; size_t participants_count;
};

/* case_repeats.html: other cases with the same telephone number */
struct repeats_view {
	const struct repeat_view {
		const char *href, *reference;
		bool linked, closed;
		const char *day;	/* on which it came in, or was closed */
	} *others; size_t others_count;
	bool can_link;
};

/* case.html */
struct case_view {
	struct staff_frame_view frame;
	const char *list_href;		/* the worklist from which the reader came */
	bool list_mine;
	const char *reference;		/* 13 characters */
	const char *base;		/* "/staff/case/0123456789ABC"; actions are base/claim ... */
	struct word_state_view state;
	/* Each plain choice under the name of its set; no word where the person has none. */
#define CHOICE_WORD(set, member, column)	struct word_##set##_view set;
	CASE_CHOICES(CHOICE_WORD)
#undef CHOICE_WORD
	const char *area, *queue, *code_place;
	const char *received, *due, *left, *promised;	/* localized */
	bool overdue;
	const char *holder;		/* name; NULL: no coordinator holds the case */
	bool mine;
	bool stands_in;			/* the reader is the holder's deputy */
	bool unattended;		/* the holder is away without a deputy */
	bool opened;			/* the sealed record has been opened, and is filled in below */
	const char *name, *phone, *tel, *sms;	/* "tel:+46…", "sms:+46…" */
	const char *text_href;		/* page for a text message; NULL: not possible */
	struct case_texts_view texts;
	const char *contact;		/* a word of words_contact */
	const char *language;		/* "arabiska (العربية)", else its tag; NULL when Swedish */
	const char *knows;		/* "yes", "no"; NULL unless relative */
	const char *helper_name, *helper_phone, *helper_tel;
	const char *message;
	const char *way;		/* a word of words_way, when a coordinator wrote it down; NULL */
	const struct note_view {
		const char *when, *author, *text;
	} *notes; size_t notes_count;
	const struct trail_view {
		const char *when, *when_iso, *author;	/* author NULL: the person or the program */
		/* the colleague whose deputy the author was; NULL without */
		const char *instead_of;
		const char *act;			/* msgid, of base/acts.def */
		bool undone;			/* a later act has undone it */
		bool added;			/* it adds an outcome to a closed case */
		const char *due;		/* due afterwards; NULL when unchanged */
	} *trail; size_t trail_count;
	bool can_ring_back;		/* without holding it: the holder has a button for it */
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
	bool stays_mine;		/* after an unanswered call the reader still holds the case */
};

/* Templates that case.html includes, and that read its struct. */
#define worklist_rang_back_view	case_view
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
