/*
 * What each template under assets/page/ reads: one struct a template, filled
 * by web/, rendered by the function that the template compiler makes of it.
 * Every pointer is borrowed and need only live while the page is rendered.
 * A `const char *` named *_text is a msgid (N_) or already in the reader's
 * language where said; all else is data and is escaped by its place.
 */
#ifndef EGENREMISS_VIEW_H
#define EGENREMISS_VIEW_H

#include "base/base.h"
#include "text/text.h"

/* Parts of pages that read the whole page's struct, or its frame. */
#define head_view		frame_view
#define foot_view		frame_view
#define staff_head_view		staff_frame_view
#define staff_foot_view		staff_frame_view
#define fits_view		staff_frame_view
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

/*
 * A word of base/words.h, written out for staff by the template of its name;
 * a type for each set, so that an age is never shown as a state. NULL none.
 */
struct word_who_view { const char *word; };
struct word_age_view { const char *word; };
struct word_window_view { const char *word; };
struct word_workplace_view { const char *word; };
struct word_inflow_view { const char *word; };
struct word_state_view { const char *word; };
struct word_act_view { const char *word; };
struct word_outcome_view { const char *word; };	/* also "work+studies" */

#include "page/view_undo.h"
#include "page/view_staying.h"
#include "page/view_handover.h"

struct link_view {
	const char *href;
	const char *text;		/* in its own language */
	const char *tag;		/* BCP 47 of text */
	const char *dir;
	bool current;
};

struct crisis_view {
	const char *name, *number;
	const char *tel;		/* "tel:112" */
	const char *about, *about_tag;	/* about_tag: its language when not the page's, else NULL */
};

/* Around every page: head.html, foot.html. */
struct frame_view {
	const char *title;		/* in the reader's language */
	const char *service;		/* the service's name */
	const char *area;		/* the municipality; NULL where none is chosen */
	const char *home;		/* address of the area's form, or "/" */
	const char *colour;		/* "#0b5a7a" */
	const char *logo;		/* data: URL or NULL */
	bool demonstration;
	bool form;			/* the page is the form: its rules of style come along */
	bool faulty;			/* the form came back: the title says so */
	const struct link_view *languages; size_t languages_count;
	const char *privacy_href;	/* NULL on pages without an area */
	const char *accessibility_href;
	const struct crisis_view *crisis; size_t crisis_count;	/* none: no such box */
};

/* root.html: choose a municipality; also after an unknown code. */
struct root_view {
	struct frame_view frame;
	bool unknown_code;
	bool not_found;			/* an address that does not exist */
	const struct root_area_view {
		const char *name, *href;
		bool open;
	} *areas; size_t areas_count;
};

struct field_view {
	const char *value;		/* as posted; NULL or "" when not */
	const char *fault;		/* msgid of what to do; NULL when right */
};

/* form.html */
struct form_view {
	struct frame_view frame;
	bool unavailable;		/* could not be stored just now: send again, or ring */
	const char *area_code;
	const struct fault_view {
		const char *href;	/* "#name" */
		const char *text;	/* msgid */
	} *faults; size_t faults_count;
	struct field_view who, age, name, phone, contact, when, speak, knows, agreed,
	    workplace, helper_name, helper_phone, message;
	bool offers_message;
	const struct speak_view {
		const char *tag, *name, *dir;
		bool chosen;
	} *languages; size_t languages_count;
	const char *service_phone, *service_tel;
};

/* receipt.html */
struct receipt_view {
	struct frame_view frame;
	const char *who;		/* a word of words_who */
	bool outside;			/* outside 15-29 */
	const char *day;		/* "torsdag 14 januari", in the reader's language */
	const char *digits;		/* last two of the number */
	const char *rings, *rings_tel;	/* the number that will ring */
	const char *contact;		/* a word of words_contact */
	const char *card_href;		/* address of the contact card (vCard) to save */
};

/* not_agreed.html: a professional whose youth has not said yes */
struct not_agreed_view {
	struct frame_view frame;
	const char *address;		/* the area's short address, to show or send */
	const char *symbol;		/* the QR code as SVG data: URL */
};

/* closed.html */
struct closed_view {
	struct frame_view frame;
	bool late;			/* a form was sent, and not taken */
	const char *words;		/* a lead's, in the reader's language, or the catalogue's */
	const char *phone, *tel, *place;
	const char *opens;		/* localized day, NULL unknown */
};

/* prose.html: privacy and accessibility, paragraphs from the configuration */
struct prose_view {
	struct frame_view frame;
	const char *heading;		/* in the reader's language */
	const char *tag, *dir;		/* of the paragraphs */
	const struct prose_paragraph { const char *text; bool heading; } *paragraphs;
	size_t paragraphs_count;
	bool accessibility;		/* adds supervision and how to report */
	const char *supervision_url, *accessibility_contact;
};

/* problem.html: 4xx and 5xx on the public side */
struct problem_view {
	struct frame_view frame;
	const char *heading, *text;	/* msgids */
	const char *phone, *tel;	/* "or ring"; NULL without */
	const char *retry_href;		/* back to the form */
};

/* Around every staff page: staff_head.html, staff_foot.html. */
struct staff_frame_view {
	const char *title, *service;
	bool demonstration;
	const char *user_name;		/* NULL when not signed in */
	const char *token;		/* the form token */
	const char *notice, *notice_who;	/* msgid of what just happened, may hold {who}; NULL */
	bool notice_bad;
	struct case_undo_view undo;
	const char *queue_href, *mine_href, *overview_href;	/* NULL: no such link */
	const char *codes_href, *colleagues_href;
	const char *notices_href;	/* in the foot */
	const char *sign_out_href;
	const char *me_href;		/* one's own sign-in; NULL: no such link */
	/* "queue", "mine", "overview", "colleagues", "me", "": which link is current */
	const char *at;
	const char *paper_colour;	/* of a brochure that the page shows; NULL: none */
	int64_t overdue, today;		/* for the title */
	const struct link_view *languages; size_t languages_count;
};

/* sign_in.html */
struct sign_in_view {
	struct staff_frame_view frame;
	const char *user;		/* typed before */
	const char *fault;		/* msgid */
	int64_t wait;			/* seconds until it may be tried again; then instead of fault */
};

#include "page/view_messages.h"
#include "page/view_repeats.h"
#include "page/view_search.h"
#include "page/view_today.h"

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
	const char *language;		/* its own name, else its tag; NULL when Swedish */
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
		struct word_act_view act;
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

/* staff_problem.html */
struct staff_problem_view {
	struct staff_frame_view frame;
	const char *heading, *text;	/* msgids; text may hold {who} */
	const char *who;
	const char *back_href;
};

/* What each area of the trade adds. */
#include "page/view_absence.h"
#include "page/view_colleagues.h"
#include "page/view_offers.h"
#include "page/view_period.h"
#include "page/view_overview.h"
#include "page/view_outreach.h"
#include "page/view_door.h"
#include "page/view_entry.h"
#include "page/view_intake.h"
#include "page/view_codes.h"
#include "page/view_brochure.h"

#endif
