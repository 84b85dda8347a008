/* Part of view.h: brochures, as a lead chooses and words them, and as they are printed. */
#ifndef EGENREMISS_VIEW_BROCHURE_H
#define EGENREMISS_VIEW_BROCHURE_H

#include "page/view.h"

#define brochure_leaf_view	brochure_view
#define brochure_foot_view	brochure_view
#define brochure_code_view	brochure_view
#define brochure_folded_view	brochure_view
#define brochure_sticker_view	brochure_view
#define brochure_business_card_view	brochure_view

/* word_brochure.html: a kind, a word of words_brochure */
struct word_brochure_view { const char *word; };

/* A text of a brochure, in the brochure's language. */
struct brochure_text_view {
	const char *text;
	bool is_long;			/* set smaller, to fit */
};

/*
 * brochure.html: one brochure on its pages. All texts are in the brochure's
 * language, which need not be the reader's.
 */
struct brochure_view {
	const char *kind;		/* a word of words_brochure */
	const char *tag, *dir;		/* of its language */
	bool bleed;			/* with colour beyond the edge, and marks where to cut */
	const char *logo;		/* data: URL or NULL */
	const char *sender;		/* the municipality, as the law calls it */
	const char *phone, *place;
	const char *symbol;		/* data: URL */
	const char *host, *code;	/* what is typed instead: HOST/q/CODE */
	const char *demonstration;	/* what says that nobody rings; NULL: somebody does */
	struct brochure_text_view heading, intro, promise, scan, ring, how, step1, step2, step3,
	    relative_heading, relative, professional_heading, professional, urgent;
	const struct brochure_view *copies; size_t copies_count;	/* of a sheet, all the same */
};

/* brochure_print.html: the pages alone */
struct brochure_print_view {
	const char *title;		/* the name under which it is saved */
	const char *colour;
	bool tinted;			/* the paper has a colour all over, to its edge */
	const char *back_href;
	struct brochure_view paper;
};

/* brochures.html: choose, see, word */
struct brochures_view {
	struct staff_frame_view frame;
	const struct brochure_choice_view {
		const char *code, *place, *area;
		bool chosen;
	} *codes; size_t codes_count;	/* none: there is no code in use yet */
	const struct brochure_kind_view {
		struct word_brochure_view name;
		bool chosen;
	} *kinds; size_t kinds_count;
	const struct link_view *languages; size_t languages_count;	/* without href */
	bool bleed;
	const char *code;		/* what is shown; NULL nothing */
	const char *print_href;
	bool strayed;			/* a text came that the kind does not have */
	bool faulty;
	const struct brochure_field_view {
		const char *name, *value;
		const char *usual;	/* the catalogue's, which stand for an empty field */
		const char *label;	/* msgid */
		const char *fault;	/* msgid that may hold {n}; NULL when right */
		int most, plain;	/* characters in all, and at the usual size */
		bool tall;
	} *fields; size_t fields_count;
	struct brochure_view paper;
};

#endif
