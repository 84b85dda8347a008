/*
 * What each template under assets/page/ reads: one struct a template, filled
 * by web/, rendered by the function that the template compiler makes of it.
 * Every pointer is borrowed and need only live while the page is rendered.
 * A `const char *` named *_text is a msgid (N_) or already in the reader's
 * language where said; all else is data and is escaped by its place.
 */
#ifndef EGENREMISS_RENDER_VIEW_H
#define EGENREMISS_RENDER_VIEW_H

/* Parts of pages that read the whole page's struct, or its frame. */
#define head_view		frame_view
#define foot_view		frame_view
#define staff_head_view		staff_frame_view
#define staff_foot_view		staff_frame_view
#define fits_view		staff_frame_view

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
struct word_outcome_view { const char *word; };	/* also "work+studies" */

/* Parts that a template fills in where it includes them; label is in the reader's language. */
struct radio_view { const char *name, *id, *value, *chosen, *label; };
struct answer_fault_view { const char *id, *fault; };	/* fault: msgid of what to do; NULL writes nothing */

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
	/* A member for each field of base/fields.def, under its name. */
#define FIELD(id, name, member, kind, words, asked, required, kept, choose)	struct field_view name;
#include "base/fields.def"
#undef FIELD
	bool offers_message;
	const struct speak_view {
		const char *tag, *name, *dir;
		bool chosen;
	} *languages; size_t languages_count;
	const char *speak_other;	/* a language that is not in the list, and chosen; else NULL */
	const char *understood;		/* the number as it was read, when it is asked about; else NULL */
	bool untextable;		/* and no text message reaches it, which was asked for */
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

struct case_undo_view {
	const char *href;		/* NULL: there is nothing to take back */
	const char *token;		/* the form token */
	const char *act;			/* msgid, of base/acts.def */
	const char *until;		/* "i dag 10:12" */
	const char *next;		/* what comes of it and why, in the reader's language */
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

/* staff_problem.html */
struct staff_problem_view {
	struct staff_frame_view frame;
	const char *heading, *text;	/* msgids; text may hold {who} */
	const char *who;
	const char *back_href;
};

/* The times that a lead chooses among, on pages of figures. */

struct period_view {
	const struct period_link_view {
		const char *href;
		const char *text;		/* msgid */
		bool current;
	} *links; size_t links_count;
	const char *from, *to;			/* its days, localized; from NULL: all */
};

/*
 * What was pressed a moment ago, with the press that takes it back:
 * case_undo.html, on the list and on the case. Part of view.h.
 */

#endif
