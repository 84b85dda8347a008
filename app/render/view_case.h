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
	const char *belongs;		/* the queue to which a correction would lead; NULL */
	bool can_withdraw, can_offer, can_share, can_recuse;
	const struct other_queue_view {
		const char *id, *name;
		bool partner;		/* takes part already */
		bool chosen;		/* the form proposes it */
	} *queues; size_t queues_count;
	const char *today;		/* YYYY-MM-DD: the latest day of a yes */
	/* What was wrong with a form that was sent: the field's name; then one of these has it. */
	const char *field, *fault;
	struct field_view offer_note, offer_yes, offer_day, share_what, share_day, reason;
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

struct word_contact_view { const char *word; };

/* case_person.html, case_correct.html: what is known of the person, and what was before */
struct person_view {
	bool can_correct;
	/* A field for each that may be corrected: what is known, or what was wrong with a post. */
	struct field_view name, phone, contact, speak, age, when;
	struct field_view new_phone;	/* the field beside a number that is wrong */
	const struct fault_view *faults; size_t faults_count;
	const struct person_age_view { struct word_age_view word; bool chosen; } *ages;
	size_t ages_count;
	const struct speak_view *languages; size_t languages_count;
	const char *speak_other;	/* a language that is not in the list; else NULL */
	/* The values before the present one, latest first. */
	const struct case_was_view {
		const char *value;		/* NULL: one of the words below */
		struct word_contact_view contact;
		struct word_age_view age;
		struct word_window_view window;
		const char *when, *by;		/* of the correction that replaced it */
	} *names, *phones, *contacts, *languages_before, *ages_before, *windows;
	size_t names_count, phones_count, contacts_count, languages_before_count,
	    ages_before_count, windows_count;
};

/* case_number.html: a telephone number that is wrong */
struct number_view {
	bool wrong;
	bool asks;			/* and there is no other way yet */
	const char *means;		/* a word of words_means: the other way */
	bool helper_wrong;		/* so is the number of who helped */
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

/* case_no_contact.html: what the no-contact rule misses, as struct attempts_missing */
struct case_no_contact_view {
	int rings;
	bool day, morning, afternoon, text;
	bool wrong;			/* the number is, so that the rule is another */
	int ways;
	bool unsent;			/* a text was written, and none has left */
	bool elsewhere;			/* one has left, to another number */
};

/* case_take.html: the ways by which the case leaves the service */
struct take_view {
	const char *event_href, *print_href;	/* NULL: there is no such way */
	bool can_copy;
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
	const char *ring_from;		/* the queue's number; NULL when nobody should ring now */
	bool on_receipt;		/* the person's receipt has that number */
	const char *text_href;		/* page for a text message; NULL: not possible */
	struct case_texts_view texts;
	const char *contact;		/* a word of words_contact */
	struct word_contact_view known_contact;	/* the same word, for its text */
	const char *language;		/* "arabiska (العربية)", else its tag; NULL when Swedish */
	const char *knows;		/* "yes", "no"; NULL unless relative */
	const char *helper_name, *helper_phone, *helper_tel;
	const char *message;
	const char *if_other;		/* "ask-for-me": others may be asked for the person; NULL */
	const char *first;		/* the reader's first name */
	bool message_below;		/* it does not stand on top in full */
	struct person_view person;
	struct number_view number;
	bool closed;
	struct last_try_view {
		const char *act;	/* msgid, of base/acts.def; NULL: none yet */
		const char *when, *author;
		int64_t at;
	} last;
	/* The latest note, cut when it is long; text NULL: none. */
	struct said_view {
		const char *text, *when, *author;
		const char *declined;	/* as of a note */
		bool cut;
		bool with_last;		/* written with the last attempt */
		bool own;		/* there is no note: what the person wrote */
	} said;
	const char *way;		/* a word of words_way, when a coordinator wrote it down; NULL */
	const struct note_view {
		const char *when, *author, *text;
		const char *declined;	/* the queue that gives this reason for not taking over; NULL */
		bool undone;			/* the act that it was written with */
	} *notes; size_t notes_count;
	const struct trail_view {
		const char *when, *when_iso, *author;	/* author NULL: the person or the program */
		/* the colleague whose deputy the author was; NULL without */
		const char *instead_of;
		const char *act;			/* msgid, of base/acts.def */
		const char *queue;		/* to which the case was offered; NULL */
		bool undone;			/* a later act has undone it */
		bool added;			/* it adds an outcome to a closed case */
		const char *due;		/* due afterwards; NULL when unchanged */
	} *trail; size_t trail_count;
	const char *stranger;		/* msgid: the searched number is another's, it may be; NULL */
	bool can_ring_back;		/* without holding it: the holder has a button for it */
	const char *attempt_action;	/* says how much of the trail this page shows */
	bool can_claim, can_attempt, can_park, can_release, can_follow, can_note;
	bool no_contact_met;
	struct case_no_contact_view missing;
	struct closing_view closing;
	struct following_view following;
	struct handover_view handover;
	struct together_view together;
	struct repeats_view repeats;
	struct take_view take;
	/* The same templates, for the note alone and for the note of an attempt. */
	struct template_choice_view note_templates, attempt_templates;
	const struct word_outcome_view *outcomes; size_t outcomes_count;	/* of a closed case */
	const char *park_min, *park_max, *park_value;	/* YYYY-MM-DD */
	/* when and why after an unanswered call, localized; NULL when nobody is to be rung */
	const char *retry_next;
	const char *reached_next;	/* the next contact if no day is chosen, localized */
	bool stays_mine;		/* after an unanswered call the reader still holds the case */
};

/* Templates that case.html includes, and that read its struct. */
#define case_top_view		case_view
#define worklist_rang_back_view	case_view
#define case_call_view		case_view
#define case_ring_from_view	case_view
#define case_first_words_view	case_view
#define case_helper_words_view	case_view
#define case_number_view	case_view
#define case_new_number_view	case_view
#define case_person_view	case_view
#define case_known_view		case_view
#define case_correct_view	case_view
#define case_notes_view		case_view
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
#define case_take_view		case_view

/* case_paper.html: the page for the printer, and the copy for the person */
struct case_paper_view {
	struct case_view file;		/* without anything to do */
	bool agreed;			/* a professional: the young person has said yes */
	const char *service, *made, *made_by;
	const char *back_href;		/* NULL: it is the copy */
};

#endif
