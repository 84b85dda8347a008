/* A code's QR code for paper. */
#ifndef EGENREMISS_RENDER_VIEW_OUTREACH_H
#define EGENREMISS_RENDER_VIEW_OUTREACH_H

#include "render/view.h"
#include "render/view_worklist.h"

/* code_symbol.html: a section of a code's page, with what is chosen for print */
struct code_symbol_view {
	const char *code;
	const char *symbol;		/* as SVG data: URL; NULL: base_url is too long for any */
	const char *address;		/* "host/q/ABC123", for who cannot scan */
	bool retired;			/* nothing to print any more */
	const char *format;		/* "svg", "png", "eps" */
	const char *level;		/* "Q", "H" */
	const char *mm, *dpi;		/* as they were typed */
	const char *fault;		/* msgid of what is wrong with it; NULL when right */
	int reach;			/* centimetres; from how far that size can be read */
	bool small;			/* below SYMBOL_MM_SMALL */
};

/* What codes brought: outreach.html, code_figures.html, campaigns.html. */

/* A figure about persons; below 0 it is not told. */
struct figure_view { int64_t n; };

/*
 * chart.html: bars side by side, drawn to fill what there is of width, and the
 * numbers as a table. Coordinates are mirrored already where the page is.
 */
struct chart_view {
	const char *id;				/* of the page's elements */
	const char *name;			/* what it shows, in the reader's language */
	int width, height;
	const struct chart_bar_view { int x, y, width, height; } *bars; size_t bars_count;
	const char *first, *last;		/* under the first and the last bar */
	int64_t most;				/* the highest of them; 0: no chart is drawn */
	const struct chart_row_view { const char *when; int64_t visits; } *rows;
	size_t rows_count;
};

struct outreach_row_view {
	const char *code, *place, *area;
	const char *channel;			/* msgid */
	bool retired;
	int64_t people, robots, staff;
	int bar, bar_x;				/* people, of 100 for the most; mirrored likewise */
	struct figure_view came, reached, well, work, studies, other;
};

/* code_figures.html: of one code, since it was made */
struct code_figures_view {
	const struct code_figure_view {
		const char *text;		/* msgid */
		struct figure_view figure;
	} *figures; size_t figures_count;
	struct chart_view days, weeks, months;
};

/* outreach_table.html */
struct outreach_table_view {
	const struct outreach_row_view *rows; size_t rows_count;
};

struct outreach_view {
	struct staff_frame_view frame;
	struct period_view period;
	const char *now;			/* "torsdag 14 januari 13:05" */
	const char *csv_href;
	struct chart_view chart;
	struct outreach_table_view table;
};

/* campaign_form.html: one that is new, or that is there */
struct campaign_form_view {
	const char *token, *action;
	const char *name, *from, *to;		/* as typed; days "2027-01-31", or "" */
	const struct campaign_code_view {
		const char *code, *place, *area;
		const char *channel;		/* msgid */
		bool ticked, retired;
	} *codes; size_t codes_count;
	const char *fault, *fault_field;	/* msgid and the field's id; NULL when right */
};

/* campaigns.html */
struct campaigns_view {
	struct staff_frame_view frame;
	const struct campaign_row_view {
		const char *href, *name, *from, *to;
		const char *state;		/* msgid: to come, on, over */
	} *rows; size_t rows_count;
	bool adding;				/* the form came back */
	struct campaign_form_view form;
};

/* campaign.html: one, beside the time before */
struct campaign_view {
	struct staff_frame_view frame;
	const char *name, *from, *to;
	const char *remove_href;
	bool begun;				/* else nothing below but the form */
	const char *counted_to;			/* the last day that is counted, when to lies ahead; NULL */
	const char *before_from, *before_to;
	const struct campaign_side_view {
		const char *text;		/* msgid */
		struct figure_view during, before;
	} *figures; size_t figures_count;
	struct chart_view during, before;
	struct outreach_table_view table;	/* of the campaign's days */
	bool changing;				/* the form came back */
	struct campaign_form_view form;
};

/* The codes on brochures, as a lead keeps them. */

/* One choice of several; text a msgid or in the reader's language. */
struct code_choice_view {
	const char *value, *text;
	const char *tag, *dir;		/* of the text, when it is not the reader's; NULL */
	bool chosen;
};

/* code_form.html: what a lead decides about a code, new or old */
struct code_form_view {
	const char *id;			/* begins the ids of its fields */
	const char *place, *first, *last;	/* as typed; days "2027-01-31", or "" */
	const struct queue_option_view *areas; size_t areas_count;
	const struct code_choice_view *channels; size_t channels_count;
	const struct code_choice_view *languages; size_t languages_count;
	const char *fault, *fault_field;	/* msgid and field's name; NULL when right */
};

/* code_row.html: one in the list */
struct code_row_view {
	const char *href, *code, *place, *area;
	const char *channel;		/* msgid */
	const char *from, *until;	/* when it is not in use yet, or no longer; else NULL */
	bool retired;
};

/* code_import.html: many in one go */
struct code_import_view {
	const char *token;
	const char *lines;		/* as they came: those that were refused */
	const struct queue_option_view *areas; size_t areas_count;
	const struct code_choice_view *channels; size_t channels_count;
	const char *told;		/* msgid: why nothing at all was read; NULL */
	bool done;			/* some were made, and some were refused */
	int made;
	const struct code_refusal_view {
		const char *line;	/* its number */
		const char *text;	/* the line's place */
		const char *why;	/* msgid */
	} *refused; size_t refused_count;
};

/* code_list.html */
struct code_list_view {
	struct staff_frame_view frame;
	const struct code_row_view *codes; size_t codes_count;
	const struct code_row_view *retired; size_t retired_count;
	bool adding, importing;		/* the form came back */
	struct code_form_view form;
	struct code_import_view import;
};

/* code_page.html */
struct code_page_view {
	struct staff_frame_view frame;
	const char *code, *place, *area;
	const char *channel;		/* msgid */
	const char *language, *language_tag, *language_dir;	/* NULL the reader's own */
	const char *address;		/* printed, in plain letters */
	const char *href;		/* the same, to be tried */
	const char *created;
	const char *first, *last;	/* localized; NULL without */
	const char *retired;		/* since when; NULL */
	bool idle;			/* not yet, or no longer */
	struct code_figures_view figures;
	struct code_form_view form;
	bool changing;			/* the form came back */
	struct code_symbol_view symbol;
};

/* Brochures, as a lead chooses and words them, and as they are printed. */

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

/* The intake's door, an area each. */

/* intake_stands.html: how one stands, in words */
struct intake_stands_view {
	bool open;
	const char *since;		/* localized; NULL from the beginning */
	const char *turns;		/* localized day; NULL: it stays */
	const char *back;		/* and turns back, likewise */
	const char *held;		/* that day has come, and nobody can open this queue; NULL */
};

/* intakes.html: all of them */
struct intakes_view {
	struct staff_frame_view frame;
	const struct intake_row_view {
		const char *name, *code;
		struct intake_stands_view stands;
	} *areas; size_t areas_count;
};

/* intake_back.html: the day on which it turns back, for whoever knows it */
struct intake_back_view {
	bool open;			/* it is, and would open again */
	const char *id;
	const char *value;		/* YYYY-MM-DD, or as it was typed */
	const char *earliest;		/* YYYY-MM-DD */
	const char *fault;		/* msgid; NULL when right */
};

/* intake.html: one */
struct intake_view {
	struct staff_frame_view frame;
	const char *name, *code;
	const char *page_href;		/* what everybody sees */
	struct intake_stands_view stands;
	const char *unread;		/* a queue into which something would come, and nobody can open */
	const char *day;		/* YYYY-MM-DD, or as it was typed */
	const char *earliest;		/* YYYY-MM-DD */
	const char *day_fault;		/* msgid; NULL when right */
	struct intake_back_view back;	/* of closing now */
	struct intake_back_view day_back;	/* of the day */
	const struct intake_words_view {
		const char *token, *code;
		const char *tag, *dir, *name;	/* the language */
		const char *words;	/* as a lead wrote them; "" the catalogue's */
		const char *fault;	/* msgid; NULL when right */
		bool typed;		/* looked at, and not saved */
		/* What the closed page says, in that language. */
		const char *heading, *says, *ring, *place, *opens;
	} *languages; size_t languages_count;
};

#endif
