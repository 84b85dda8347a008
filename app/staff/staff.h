/* What the page of a case and the handlers that change it share. */
#ifndef EGENREMISS_STAFF_STAFF_H
#define EGENREMISS_STAFF_STAFF_H

#include "base/base.h"
#include "flow/case.h"
#include "flow/overview.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "render/view.h"
#include "render/view_case.h"
#include "render/view_overview.h"
#include "render/view_worklist.h"
#include "rules/rules.h"
#include "seal/seal.h"

/* The choice of closing a case with both. */
#define OUTCOME_WORK_AND_STUDIES	"work+studies"

struct request;
struct store;

/* staff_act.c: does it in one transaction and answers, whatever came of it. */
void	staff_case_do(struct request *x, struct work *work, const struct callback *callback);

/* Noon of the day in that field, 0 when it is empty. false: it is no day. */
bool	staff_read_day(const struct request *x, const char *field, int64_t *at);

/* staff_closing.c, staff_following.c: their parts of the case's page */

void	staff_closing_fill(struct request *x, struct case_view *view,
	    const struct casefile *file);
void	staff_following_fill(struct request *x, struct case_view *view,
	    const struct casefile *file);
/* "2026-12-24", as a form's field has it. */
const char *staff_date(struct request *x, int32_t day);
/* The outcomes that the form's field names, as a mask; 0 for none and for unknown ones. */
unsigned staff_outcomes(const struct request *x);
/* Those words of a mask, in their order. */
const struct word_outcome_view *staff_outcome_words(struct request *x, unsigned mask,
	    size_t *count);

/* staff_repeats.c */
int	staff_duplicates_fill(struct request *x, struct work *work, struct case_view *view,
	    const struct casefile *file);

/* staff_undo.c */

/*
 * Puts the way back on the page, when the reader has just done something to
 * that case that can be taken back. 0, or -1 with *error.
 */
int	staff_undo_offer(struct request *x, struct work *work, int64_t number,
	    struct case_undo_view *view);
/* "Vi provar igen i morgon på förmiddagen: den andra halvan av dagen." */
const char *staff_retry(struct request *x, const struct retry *retry);
/* "Nästa kontakt senast torsdag 14 januari.", kept by the exchange; message holds {day}. */
const char *staff_by(struct request *x, const char *message, int64_t at);

/* form_page.c: what to do about a fault: a msgid */
const char *field_fault(enum field field, enum fault fault);
/* All languages that the form offers, that one chosen. */
const struct speak_view *spoken_languages(struct request *x, const char *tag, size_t *count);
/* A language that the form offers to talk in; NULL for others. */
const struct speak_view *spoken_language(const char *tag);

/* What the files of the page "Today" share. */

/* staff_reason.c: why a row is there, in the reader's language; kept by the exchange. */
const char *staff_reason(struct request *x, const struct worklist_row *row);

/* staff_filter.c: filters and sorting as the address has them */

/* false: a value that is none. What is there is borrowed from x->query. */
bool	filter_read(const struct request *x, struct worklist_filter *filter);
void	filter_show(struct request *x, const struct worklist_filter *filter,
	    struct queue_choice_view *choice);
/* Every municipality, areas_count of them; chosen: a code, or NULL. Kept by the exchange. */
const struct queue_option_view *staff_areas(struct request *x, const char *chosen);
/* "/staff/queue?" and what is chosen, ending where a further field may follow. */
void	filter_address(const struct worklist_filter *filter, struct buffer *out);
/* "PART-KEY-NUMBER", the row after which the next page begins. */
void	filter_after(const struct worklist_row *last, struct buffer *out);

/* What the files of the overview share. */

/* staff_overview.c: as staff call the queue, else its id; kept by the exchange if need be. */
const char *overview_queue_name(struct request *x, const char *id);
/*
 * staff_watch.c: what has to be put right in the queues of the proof: breaches,
 * promises that passed without an attempt. 0, or -1.
 */
int	overview_watch(struct request *x, struct work *work, const struct level *level,
	    struct overview_view *view);

/* staff_offers.c: offers to and from the reader's queues, open, and lapsed lately. 0, or -1. */
int	overview_offers(struct request *x, struct work *work, const struct level *level,
	    struct overview_offers_view *view);

/* staff_period.c: the times of which a lead asks for figures, by months. */

struct period;

/* The one that the query's "period" names, without one the last twelve months; NULL unknown. */
const struct period *period_asked(const struct request *x);
/* Its first moment, 0 all there is; its end, 0 when that has not come. */
void	period_bounds(const struct period *period, int64_t now, int64_t *from_at,
	    int64_t *before_at);
/* Its word, "year". */
const char *period_word(const struct period *period);
/* The choice of periods, links to path, the one asked for marked; kept by the exchange. */
void	period_fill(struct request *x, struct period_view *view, const char *path,
	    const struct period *asked);
/* "torsdag 14 januari 2027" and the same with "13:05", kept by the exchange. */
const char *period_date(struct request *x, int64_t at);
const char *period_moment(struct request *x, int64_t at);

/* The door's handlers, each run on a lane (web.h), and where a request comes from. */

struct request;
struct http_request;
struct store;

/* staff_sign_in.c */

void	staff_sign_in_page(struct request *, struct work *);
void	staff_sign_in(struct request *, struct work *);
void	staff_sign_out(struct request *, struct work *);

/* staff_code.c: the second step of signing in */

void	staff_code(struct request *, struct work *);
void	staff_code_check(struct request *, struct work *);

/* staff_me.c: one's own passphrase and sessions */

void	staff_me(struct request *, struct work *);
void	staff_me_passphrase(struct request *, struct work *);
void	staff_me_session(struct request *, struct work *);
void	staff_me_sessions(struct request *, struct work *);
/* The page again; fault is a msgid, and part the name of the part that it is about. */
void	staff_me_show(struct request *x, struct work *work, int status, const char *part,
	    const char *fault);

/* staff_factor.c: one's own second factor */

void	staff_factor(struct request *, struct work *);
void	staff_factor_begin(struct request *, struct work *);
void	staff_factor_confirm(struct request *, struct work *);
void	staff_factor_codes(struct request *, struct work *);
void	staff_factor_drop(struct request *, struct work *);

/*
 * source.c: a keyed digest of the address that a request comes from, an IPv6
 * one by its /64. On the Unix socket it is what our own nginx says in
 * X-Real-IP; on TCP, where anybody can send that header, it is the peer's.
 */
void	client_digest(struct http_request *request, unsigned char source[SEAL_DIGEST_SIZE]);

#endif
