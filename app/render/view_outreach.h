/* The views of codes, campaigns, brochures and the intake. See view.h. */
#ifndef EGENREMISS_RENDER_VIEW_OUTREACH_H
#define EGENREMISS_RENDER_VIEW_OUTREACH_H

#include "render/view.h"
#include "render/view_worklist.h"

/* code_symbol.html: the section of a code's page where its QR code is chosen for print */
struct code_symbol_view {
	const char *code;
	const char *symbol;		/* as SVG data: URL; NULL: base_url is too long for any */
	const char *address;		/* "host/q/ABC123", to type instead */
	bool retired;			/* the code is retired and cannot be printed */
	const char *format;		/* "svg", "png", "eps" */
	const char *level;		/* "Q", "H" */
	const char *mm, *dpi;		/* as they were typed */
	bool asked;			/* a width was typed; the answer to it gets the focus */
	const char *fault;		/* msgid; NULL when right */
	int reach;			/* the distance in centimetres at which that size can be read */
	bool small;			/* below SYMBOL_MM_SMALL */
};

/* Figures: outreach.html, code_figures.html, campaigns.html. */

/* figure.html: a number of persons; a negative one is hidden, because it is too small to tell */
struct figure_view { int64_t n; };

/*
 * chart.html: a bar chart as wide as the page, and its numbers as a table. On a
 * right-to-left page the coordinates are already mirrored.
 */
struct chart_view {
	const char *id;				/* of the page's elements */
	const char *name;			/* its heading, in the reader's language */
	int width, height;
	const struct chart_bar_view { int x, y, width, height; } *bars; size_t bars_count;
	const char *first, *last;		/* under the first and the last bar */
	int64_t most;				/* the highest value; 0: no chart */
	const struct chart_row_view { const char *when; int64_t visits; } *rows;
	size_t rows_count;
};

struct outreach_row_view {
	const char *code, *place, *area;
	const char *channel;			/* msgid */
	bool retired;
	int64_t people, robots, staff;
	/* people as a percentage of the highest row; mirrored as in a chart */
	int bar, bar_x;
	struct figure_view came, reached, well, work, studies, other;
};

/* code_figures.html: the figures of one code since it was made */
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

/* campaign_form.html: a new campaign, or a change of one */
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
	bool adding;				/* the form was refused and is shown again */
	struct campaign_form_view form;
};

/* campaign.html: a campaign, compared with the days before it */
struct campaign_view {
	struct staff_frame_view frame;
	const char *name, *from, *to;
	const char *remove_href;
	bool begun;				/* false: only the form below is filled */
	/* the last day counted so far, while the campaign runs; NULL when over */
	const char *counted_to;
	const char *before_from, *before_to;
	const struct campaign_side_view {
		const char *text;		/* msgid */
		struct figure_view during, before;
	} *figures; size_t figures_count;
	struct chart_view during, before;
	struct outreach_table_view table;	/* of the campaign's days */
	bool changing;				/* the form was refused and is shown again */
	struct campaign_form_view form;
};

/* The codes on brochures. */

/* An option of a list; text is a msgid or in the reader's language. */
struct code_choice_view {
	const char *value, *text;
	const char *tag, *dir;		/* of the text's language; NULL: the reader's */
	bool chosen;
};

/* code_form.html: the settings of a code, for a new one and for a change */
struct code_form_view {
	const char *id;			/* prefix of the ids of its fields */
	const char *place, *first, *last;	/* as typed; days "2027-01-31", or "" */
	const struct queue_option_view *areas; size_t areas_count;
	const struct code_choice_view *channels; size_t channels_count;
	const struct code_choice_view *languages; size_t languages_count;
	const char *fault, *fault_field;	/* msgid and field's name; NULL when right */
};

/* code_filter.html: a search among codes */
struct code_filter_view {
	const char *action;		/* the address of the list */
	const char *find;		/* as it was typed; NULL without */
	const struct queue_option_view *areas; size_t areas_count;
	const struct code_choice_view *channels; size_t channels_count;
	bool any, narrowed;		/* something is asked for; a channel or an area is */
};

/* code_row.html: a code in the list */
struct code_row_view {
	const char *href, *code, *place, *area;
	const char *channel;		/* msgid */
	/* from: it is not in use yet; until: it is no longer; else NULL */
	const char *from, *until;
	const char *seen;		/* localized, when staff last saw it at its place; NULL never */
	bool retired;
};

/* code_import.html: a list of new codes, pasted or in a file */
struct code_import_view {
	const char *token;
	const char *lines;		/* as they were typed, pasted or read from the file */
	const struct queue_option_view *areas; size_t areas_count;
	const struct code_choice_view *channels; size_t channels_count;
	const struct code_choice_view *languages; size_t languages_count;
	const char *told;		/* msgid: why there is nothing to press; NULL */
	const char *read_as;		/* the encoding of the file; NULL: it is not in question */
	bool shown;			/* the rows were read: what follows is filled */
	const struct code_preview_view {
		const char *line;	/* its number */
		const char *place, *area;
		const char *channel;	/* msgid */
		const char *language, *language_tag, *language_dir;	/* NULL the reader's own */
		const char *first, *last;	/* localized; NULL without */
	} *made; size_t made_count;	/* will be made */
	const struct code_refusal_view {
		const char *line;	/* its number */
		const char *text;	/* the row as it stood */
		const char *why;	/* msgid */
	} *refused; size_t refused_count;
	const struct code_refusal_view *there; size_t there_count;	/* have a code; without why */
	/* what is wrong with a row, so that the page tells what is allowed */
	bool asks_channel, asks_area, asks_language, asks_columns;
	const char *seen;		/* a digest of `made`; NULL: there is nothing to press */
};

/* code_list.html */
struct code_list_view {
	struct staff_frame_view frame;
	const struct code_row_view *codes; size_t codes_count;
	const struct code_row_view *retired; size_t retired_count;
	bool adding, importing;		/* which form was refused and is shown again */
	struct code_form_view form;
	struct code_import_view import;
	struct code_filter_view filter;
};

/* code_places.html: the codes in use, for members who pass by the places where they lie */
struct code_places_view {
	struct staff_frame_view frame;
	struct code_filter_view filter;
	const struct code_place_view {
		const char *code, *place, *area;
		const char *channel;	/* msgid */
		const char *seen;	/* localized; NULL never */
		bool today;		/* it was seen today */
	} *codes; size_t codes_count;
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
	const char *seen;		/* localized, when staff last saw it at its place; NULL never */
	bool idle;			/* not yet, or no longer */
	bool unused;			/* never printed or opened: it can be removed */
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
	const char *begins;		/* in its language: how the address begins that a phone shows */
	/* the text of a demonstration, "no one will ring"; NULL: a real service */
	const char *demonstration;
	struct brochure_text_view heading, intro, promise, scan, ring, how, step1, step2, step3,
	    relative_heading, relative, professional_heading, professional, urgent;
	const struct brochure_view *copies; size_t copies_count;	/* identical copies on a sheet */
};

/* brochure_print.html: the pages to print, and nothing else */
struct brochure_print_view {
	const char *title;		/* becomes the file name of the PDF */
	const char *colour;
	bool tinted;			/* the colour covers the paper to its edges */
	const char *back_href;
	const char *shut;		/* the area whose form is closed; NULL: it is open */
	struct brochure_view paper;
};

/* brochures.html: the choice of a brochure, its preview and its texts */
struct brochures_view {
	struct staff_frame_view frame;
	const struct brochure_choice_view {
		const char *code, *place, *area;
		const char *channel;	/* msgid */
		bool chosen;
	} *codes; size_t codes_count;	/* none: there is no code in use yet */
	const struct brochure_kind_view {
		struct word_brochure_view name;
		bool chosen;
	} *kinds; size_t kinds_count;
	const struct link_view *languages; size_t languages_count;	/* without href */
	bool bleed;
	const char *code;		/* of the brochure that is shown; NULL: none is shown */
	const char *print_href;
	const char *shut;		/* the area whose form is closed; NULL: it is open */
	const char *shut_href;		/* where it is opened */
	/* the form had a text that this kind of brochure does not have */
	bool strayed;
	bool faulty;
	const struct brochure_field_view {
		const char *name, *value;
		const char *usual;	/* the catalogue's text, which is used when the field is empty */
		const char *label;	/* msgid */
		const char *fault;	/* msgid that may hold {n}; NULL when right */
		/* the largest number of characters, in all and at the usual size */
		int most, plain;
		bool tall;
	} *fields; size_t fields_count;
	struct brochure_view paper;
};

/* The intake of an area. */

/* intake_stands.html: whether an intake is open, in words */
struct intake_stands_view {
	bool open;
	const char *since;		/* localized; NULL: since the service was made */
	/* localized day on which it opens or closes; NULL: no day is set */
	const char *turns;
	const char *back;		/* the later day on which it changes back; NULL: no day is set */
	/* it stays closed on its day, because no account can open this queue; NULL */
	const char *held;
};

/* intakes.html: the intakes of all areas */
struct intakes_view {
	struct staff_frame_view frame;
	const struct intake_row_view {
		const char *name, *code;
		struct intake_stands_view stands;
	} *areas; size_t areas_count;
	/* intake_number.html: the numbers of the reader's queues */
	const struct intake_number_view {
		const char *id, *name, *phone;
		const char *seen;	/* the day of the confirmation; NULL without one */
		const char *day, *earliest, *today;	/* YYYY-MM-DD; day: proposed, or typed */
		const char *fault;	/* msgid; NULL when right */
		const char *token;
	} *numbers; size_t numbers_count;
};

/* intake_back.html: the field for the day on which the intake changes back */
struct intake_back_view {
	bool open;			/* the intake is open now, so this day would open it again */
	const char *id;
	const char *value;		/* YYYY-MM-DD, or as it was typed */
	const char *earliest;		/* YYYY-MM-DD */
	const char *fault;		/* msgid; NULL when right */
};

/* intake.html: the intake of one area */
struct intake_view {
	struct staff_frame_view frame;
	const char *name, *code;
	const char *page_href;		/* the public page */
	struct intake_stands_view stands;
	/* a queue that would get cases and that no account can open; NULL */
	const char *unread;
	const char *day;		/* YYYY-MM-DD, or as it was typed */
	const char *earliest;		/* YYYY-MM-DD */
	const char *day_fault;		/* msgid; NULL when right */
	struct intake_back_view back;	/* for a closing now */
	bool asks;			/* it was pressed: closing is asked about once */
	struct intake_back_view day_back;	/* for a change on `day` */
	const struct intake_words_view {
		const char *token, *code;
		const char *tag, *dir, *name;	/* the language */
		const char *words;	/* the lead's text; "": the catalogue's is used */
		const char *fault;	/* msgid; NULL when right */
		bool typed;		/* a preview that has not been saved */
		/* The texts of the closed page, in that language. */
		const char *heading, *says, *ring, *place, *opens;
	} *languages; size_t languages_count;
};

#endif
