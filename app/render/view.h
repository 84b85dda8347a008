/*
 * The views: a struct for each template under assets/page/, with the values that
 * the template shows. The template NAME.html reads struct NAME_view; public/ and
 * staff/ fill it, and call page_NAME, which the template compiler makes. Every
 * pointer is borrowed, and must live until page_NAME returns.
 *
 * A text whose comment says "msgid" is Swedish (N_) and is translated by the
 * template. One "in the reader's language" or "localized" has been translated
 * already. Any other text is data. All are escaped.
 *
 * This file has the views of public pages, of sign-in, and of frames and parts;
 * the other view_*.h have those of staff pages.
 */
#ifndef EGENREMISS_RENDER_VIEW_H
#define EGENREMISS_RENDER_VIEW_H

#include "base/words.h"

/* Templates that others include, and that read the including page's frame. */
#define head_view		frame_view
#define foot_view		frame_view
#define staff_head_view		staff_frame_view
#define staff_foot_view		staff_frame_view
#define fits_view		staff_frame_view

/*
 * A word of base/words.h, which the template of the same name shows as a text.
 * Each set of words has a type, so that an age is never shown as a state. NULL
 * shows nothing.
 */
#define CHOICE_VIEW(set, member, column)	struct word_##set##_view { const char *word; };
CASE_CHOICES(CHOICE_VIEW)
#undef CHOICE_VIEW
struct word_state_view { const char *word; };
struct word_outcome_view { const char *word; };	/* also "work+studies" */

/* Parts whose values a template writes where it includes them; label is in the reader's language. */
struct radio_view { const char *name, *id, *value, *chosen, *label; };
struct answer_fault_view { const char *id, *fault; };	/* fault: a msgid; NULL: none */
struct number_kind_view { const char *kind; };	/* a word of phone_kind_word */

struct link_view {
	const char *href;
	const char *text;		/* the language's own name */
	const char *tag;		/* BCP 47 of text */
	const char *dir;
	bool current;
};

struct crisis_view {
	const char *name, *number;
	const char *tel;		/* "tel:112" */
	const char *about, *about_tag;	/* about_tag: the language of `about`; NULL: the page's */
};

/* The frame of every public page: head.html, foot.html. */
struct frame_view {
	const char *title;		/* in the reader's language; NULL: the municipality's name alone */
	const char *service;		/* the service's name */
	const char *area;		/* the municipality; NULL where none is chosen */
	const char *home;		/* address of the area's form, or "/" */
	const char *colour;		/* "#0b5a7a" */
	const char *logo;		/* data: URL or NULL */
	bool demonstration;
	bool form;			/* the page is the form: its rules of style come along */
	bool faulty;			/* the form came back: the title says so */
	bool again;			/* it is sent to an address with FORM_AGAIN */
	bool receipt;			/* the page is the receipt: its script comes along */
	int64_t at;			/* milliseconds: when the form came that it answers; 0: none */
	const struct link_view *languages; size_t languages_count;
	const struct link_view *more; size_t more_count;	/* languages, folded away */
	const char *privacy_href;
	const char *accessibility_href;
	const struct crisis_view *crisis; size_t crisis_count;	/* 0: the page has no such box */
};

/* root.html: the choice of a municipality; also for an unknown code or address. */
struct root_view {
	struct frame_view frame;
	bool unknown_code;
	bool not_found;			/* unknown address */
	const struct root_area_view {
		const char *name, *href;
		bool open;
		bool elsewhere;		/* for people of any other municipality, or who do not know */
	} *areas; size_t areas_count;
};

struct field_view {
	const char *value;		/* as posted; NULL or "" when not */
	const char *fault;		/* msgid of the remedy; NULL when right */
};

/* form.html */
struct form_view {
	struct frame_view frame;
	bool unavailable;		/* could not be stored just now: send again, or ring */
	bool kept;			/* it came back in another language */
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
		const char *called;	/* in Swedish */
	} *languages; size_t languages_count;
	const char *speak_other;	/* a language that is not in the list, and chosen; else NULL */
	const char *understood;		/* the number as it was read, when the form comes back; else NULL */
	const char *phone_kind;		/* of that number, a word of phone_kind_word */
	bool untextable;		/* and no text message reaches it, which was asked for */
	const char *service_phone, *service_tel;
};

/* receipt.html */
struct receipt_view {
	struct frame_view frame;
	const char *who;		/* a word of words_who */
	bool outside;			/* the age is outside 15-29 */
	const char *day;		/* "torsdag 14 januari", in the reader's language */
	const char *digits;		/* last two of the number */
	const char *kind;		/* of the number, a word of phone_kind_word */
	const char *rings, *rings_tel;	/* the number that will ring */
	const char *texts_from;		/* from which text messages come; NULL not known, or the same */
	const char *contact;		/* a word of words_contact */
	const char *card_href;		/* address of the contact card (vCard) to save */
	const char *card_name;		/* as which it is saved */
};

/* thanks.html: the receipt's address, when it cannot be seen any more */
struct thanks_view {
	struct frame_view frame;
	const char *phone, *tel;
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
	bool late;			/* the page answers a form that was sent too late */
	/* the lead's or the catalogue's text, in the reader's language */
	const char *words;
	const char *phone, *tel, *place;
	const char *opens;		/* localized day on which the form opens; NULL unknown */
};

/* A piece of a paragraph: a telephone number or an address that can be followed, or what stands between. */
struct prose_part {
	const char *href;		/* NULL: plain */
	const char *text;
};

/* prose.html: privacy and accessibility, paragraphs from the configuration */
struct prose_view {
	struct frame_view frame;
	const char *heading;		/* in the reader's language */
	const char *tag, *dir;		/* of the paragraphs */
	const struct prose_paragraph {
		bool heading;
		const struct prose_part *parts; size_t parts_count;
	} *paragraphs;
	size_t paragraphs_count;
	bool accessibility;		/* adds how to report a fault, and the supervising authority */
	const char *supervision_url, *accessibility_contact;
};

/* problem.html: an error page for the public */
struct problem_view {
	struct frame_view frame;
	const char *heading, *text;	/* msgids */
	const char *phone, *tel;	/* to ring instead; NULL without */
	const char *retry_href;		/* the form */
};

/* case_undo.html: the last act, and the button that undoes it; on Today and on the case. */
struct case_undo_view {
	const char *href;		/* NULL: nothing can be undone */
	const char *token;		/* the form token */
	const char *act;			/* msgid, of base/acts.def */
	const char *until;		/* "i dag 10:12" */
	const char *next;		/* the next due time and its reason, in the reader's language */
};

/* worklist_next.html: the next case to ring, after an act. Without a name. */
struct worklist_next_view {
	const char *href;		/* NULL: nobody is to be rung now */
	bool claims;			/* href takes the case; else it opens one of the reader's own */
	bool aside;			/* on the page of another case, which comes first */
	const char *token;		/* the form token */
	struct word_age_view age;
	struct word_who_view who;
};

/* The frame of every staff page: staff_head.html, staff_foot.html. */
struct staff_frame_view {
	const char *title, *service;
	bool demonstration;
	const char *user_name;		/* NULL when not signed in */
	const char *token;		/* the form token */
	/* msgid of the last act; NULL without. notice_who replaces its {who} or {more}. */
	const char *notice, *notice_who;
	bool notice_bad;
	struct case_undo_view undo;
	struct worklist_next_view next;
	const char *queue_href, *mine_href, *overview_href;	/* NULL: no such link */
	const char *codes_href, *colleagues_href;
	const char *notices_href, *templates_href, *keys_href;	/* in the foot */
	const char *sign_out_href;
	const char *me_href;		/* the reader's own account; NULL: no such link */
	/* "queue", "mine", "overview", "colleagues", "me", "": which link is current */
	const char *at;
	/*
	 * Seconds, as digits, after which the page says that the session is about to end,
	 * and that it has ended; NULL when nobody is signed in.
	 */
	const char *ends_in, *ended_in;
	const char *paper_colour;	/* of the brochure on the page; NULL without */
	int64_t overdue, today;		/* for the title */
	const struct link_view *languages; size_t languages_count;
};

/* sign_in.html */
struct sign_in_view {
	struct staff_frame_view frame;
	const char *user;		/* the name that was typed in the refused form */
	const char *next;		/* the page to which it leads; NULL: the first one */
	const char *fault;		/* msgid; NULL without */
	/* seconds until the next try; above 0 it is shown instead of fault */
	int64_t wait;
};

/* staff_problem.html */
struct staff_problem_view {
	struct staff_frame_view frame;
	const char *heading, *text;	/* msgids; text may hold {who} */
	const char *who;
	const char *back_href;		/* NULL: to the sign-in */
};

/* kept.html: texts whose form the page does not have any more */
struct kept_view {
	const char *token, *address;	/* of the form to which the texts were sent */
	const char *home_href;		/* where the form stands; NULL: nowhere any more */
	const char *const *texts; size_t texts_count;
};

/* The periods among which a lead chooses, on pages of figures: period.html. */

struct period_view {
	const struct period_link_view {
		const char *href;
		const char *text;		/* msgid */
		bool current;
	} *links; size_t links_count;
	/* its first and last day, localized; from NULL: no limit */
	const char *from, *to;
};

#endif
