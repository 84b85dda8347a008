/* What the page of a case and the handlers that change it share. */
#ifndef EGENREMISS_STAFF_CASE_H
#define EGENREMISS_STAFF_CASE_H

#include "flow/flow.h"
#include "page/view.h"

/* The choice of closing a case with both. */
#define OUTCOME_WORK_AND_STUDIES	"work+studies"

struct exchange;
struct store;

/* staff_act.c: does it in one transaction and answers, whatever came of it. */
void	staff_case_do(struct exchange *x, struct store *store, const struct callback *callback);

/* Noon of the day in that field, 0 when it is empty. false: it is no day. */
bool	staff_read_day(const struct exchange *x, const char *field, int64_t *at);

/* staff_closing.c, staff_following.c: their parts of the case's page */

void	staff_closing_fill(struct exchange *x, struct case_view *view,
	    const struct casefile *file);
void	staff_following_fill(struct exchange *x, struct case_view *view,
	    const struct casefile *file);
/* "2026-12-24", as a form's field has it. */
const char *staff_date(struct exchange *x, int32_t day);
/* The outcomes that the form's field names, as a mask; 0 for none and for unknown ones. */
unsigned staff_outcomes(const struct exchange *x);
/* Those words of a mask, in their order. */
const struct word_outcome_view *staff_outcome_words(struct exchange *x, unsigned mask,
	    size_t *count);

/* staff_repeats.c */
int	staff_repeats_fill(struct exchange *x, struct store *store, struct case_view *view,
	    const struct casefile *file, struct error *error);

/* staff_undo.c */

/*
 * Puts the way back on the page, when the reader has just done something to
 * that case that can be taken back. 0, or -1 with *error.
 */
int	staff_undo_offer(struct exchange *x, struct store *store, int64_t number,
	    struct case_undo_view *view, struct error *error);
/* "Vi provar igen i morgon på förmiddagen: den andra halvan av dagen." */
const char *staff_retry(struct exchange *x, const struct retry *retry);
/* "Nästa kontakt senast torsdag 14 januari.", kept by the exchange; message holds {day}. */
const char *staff_by(struct exchange *x, const char *message, int64_t at);

/* form_page.c: what to do about a fault: a msgid */
const char *field_fault(enum field field, enum fault fault);
/* All languages that the form offers, that one chosen. */
const struct speak_view *spoken_languages(struct exchange *x, const char *tag, size_t *count);
/* A language that the form offers to talk in; NULL for others. */
const struct speak_view *spoken_language(const char *tag);

#endif
