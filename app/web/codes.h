/* Handlers of the codes on brochures (routes.c), and what they share. */
#ifndef EGENREMISS_WEB_CODES_H
#define EGENREMISS_WEB_CODES_H

#include "flow/codes.h"
#include "page/view.h"
#include "web/web.h"

/* staff_codes.c: the list */

void	staff_codes(struct exchange *, struct store *);
void	staff_code_make(struct exchange *, struct store *);
/* The list with a form that comes back: fault of the one code, or import of many; NULL without. */
void	staff_codes_show(struct exchange *x, struct store *store, int status,
	    enum code_fault fault, const struct code_import_view *import);

/* staff_codes_import.c: a list, pasted or in a file */

void	staff_codes_import(struct exchange *, struct store *);

/* staff_codes_one.c */

void	staff_code_page(struct exchange *, struct store *);
void	staff_code_change(struct exchange *, struct store *);
void	staff_code_retire(struct exchange *, struct store *);
void	staff_code_revive(struct exchange *, struct store *);

/* FOUND with the code as somebody wrote it, NULL included; what else is answered. */
enum answer staff_code_find(struct exchange *x, struct store *store, const char *written,
	    struct code_row *row);

/* staff_symbol.c: a code's QR code, on its page and as a file for paper */

/* The file that the query wishes of a code that is not retired. */
void	staff_symbol(struct exchange *, struct store *);
/* The section of the code's page, as the query wishes it; borrows row. */
void	staff_symbol_fill(struct exchange *x, struct code_symbol_view *view,
	    const struct code_row *row);

/* staff_codes_form.c: the form of one, and what its words are called */

/* The form as it was posted; NULL in what was not. Borrows. */
struct code_wish code_posted(const struct exchange *x);
/* id begins the ids of the fields; fault is told by its field. */
void	code_form_fill(struct exchange *x, struct code_form_view *form, const char *id,
	    const struct code_wish *wish, enum code_fault fault);
const struct code_choice_view *code_channels(struct exchange *x, const char *chosen,
	    size_t *count);
/* A msgid. */
const char *code_channel_text(enum channel channel);
/* The channel by its word, or by its name in the reader's language or in Swedish; -1. */
int	code_channel_named(const struct language *language, const char *name);
/* What to do about it: a msgid. */
const char *code_fault_text(enum code_fault fault);

#endif
