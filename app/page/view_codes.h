/* Part of view.h: the codes on brochures, as a lead keeps them. */
#ifndef EGENREMISS_VIEW_CODES_H
#define EGENREMISS_VIEW_CODES_H

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

#include "page/view_symbol.h"

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

#endif
