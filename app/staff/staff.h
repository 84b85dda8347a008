/*
 * The pages of those who sign in. A file is a use case: its handlers, the
 * views that its pages fill, and last its rows of routes, each with the roles
 * that may and the fields that its form may hold. A handler runs on a worker's
 * thread, after staff.c has checked the row, and leaves its answer in the
 * request. Texts that a function returns live in the request's arena.
 */
#ifndef EGENREMISS_STAFF_STAFF_H
#define EGENREMISS_STAFF_STAFF_H

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "server/server.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/overview.h"
#include "render/view_case.h"
#include "render/view_messages.h"

struct callback;
struct case_undo_view;
struct case_view;
struct casefile;
struct level;
struct queue_choice_view;
struct queue_option_view;
struct period_view;
struct speak_view;
struct staff_frame_view;
struct worklist_filter;
struct worklist_row;
struct work;

/* In `roles`: also for a reader who must make a second factor before anything else. */
#define ROUTE_ENROLS	(1U << ROLE_COUNT)

/* Which roles a row lets in; 0: nobody need be signed in. */
#define CALLERS	(1U << ROLE_COORDINATOR | 1U << ROLE_LEAD)
#define LEADERS	(1U << ROLE_LEAD | 1U << ROLE_ADMINISTRATOR)
#define EVERY	(CALLERS | LEADERS)
#define LEAD	(1U << ROLE_LEAD)
#define ENROLLERS	(EVERY | ROUTE_ENROLS)
#define UPLOADERS	(LEAD | ROUTE_UPLOADS)

/* The tables of routes, each at the end of its file, ending with a row without a path. */
extern const struct route staff_auth_routes[],
	    staff_auth_factor_routes[],
	    staff_brochures_routes[],
	    staff_case_routes[],
	    staff_case_act_routes[],
	    staff_codes_list_routes[],
	    staff_codes_page_routes[],
	    staff_handover_routes[],
	    staff_intake_routes[],
	    staff_intake_entry_routes[],
	    staff_messages_routes[],
	    staff_messages_text_routes[],
	    staff_outreach_routes[],
	    staff_outreach_campaigns_routes[],
	    staff_overview_routes[],
	    staff_people_routes[],
	    staff_people_absence_routes[],
	    staff_people_invitation_routes[],
	    staff_worklist_routes[],
	    staff_worklist_search_routes[];

/* The choice of closing a case with both. */
#define OUTCOME_WORK_AND_STUDIES	"work+studies"

/* staff.c: the part that the server serves, and the pages that say what is wrong */

extern const struct site_part staff_site;

void	staff_frame(struct request *x, struct staff_frame_view *frame, const char *title,
	    const char *at);
/* The frame of a page for somebody who is not signed in. */
void	staff_frame_stranger(struct request *x, struct staff_frame_view *frame,
	    const char *title);
/* Answers with a page that says what is wrong. Both texts are msgids. */
void	staff_problem(struct request *x, int status, const char *heading, const char *message);
/* The same with a message that may hold {who}. */
void	staff_told(struct request *x, int status, const char *heading, const char *message,
	    const char *who);
/* Answers 503 and 404; the first writes the error to the log. */
void	staff_failed(struct request *x, const struct error *error);
void	staff_absent(struct request *x);

/* words.c */

/* What is wrong with a passphrase that somebody chose, and what to do: a msgid; NULL when good. */
const char *staff_passphrase_fault(enum passphrase_verdict verdict);
/* How staff read an act in the audit trail: a msgid. */
const char *staff_act_text(enum act act);

/* What just happened, by the word that a redirect carried; unknown or NULL: nothing. */
void	staff_notice(struct staff_frame_view *frame, const char *word);
/* "i dag 16:30" and "2 timmar kvar", kept in the arena. */
const char *staff_when(struct request *x, int64_t at);
const char *staff_left(struct request *x, int64_t at);
const char *staff_iso(struct request *x, int64_t at);
/* "torsdag 14 januari 2027" of a local day, likewise; NULL of 0. */
const char *staff_day(struct request *x, int32_t day);
/* "2026-12-24", the form of a date field's value. */
const char *staff_date(struct request *x, int32_t day);
/* A queue's name, or its id when the configuration no longer has the queue. */
const char *staff_queue_name(struct request *x, const char *id);
/* A case number as people write it, likewise. */
const char *staff_reference(struct request *x, int64_t number);
/* A telephone number as people write it, likewise; NULL of none. */
const char *staff_phone(struct request *x, const char *e164);

/* case.c: the page of one case; notice a msgid that may hold {who}, NULL without */
void	staff_case_show(struct request *x, struct work *work, int status,
	    const char *notice, const char *who);

/* auth.c */

/* The page of one's own account; fault is a msgid, part the name of the part that it is about. */
void	staff_me_show(struct request *, struct work *, int status, const char *part,
	    const char *fault);

/* case_act.c: does the act in one transaction and answers, with its notice or with why it is not done. */
void	staff_case_do(struct request *x, struct work *work, const struct callback *callback);

/* The form's fields of planned contacts, PLAN_CALLS of them. */
#define STAFF_CALL_FIELDS	{ "call1", "call2", "call3" }

/* case_choices.c */

/* What may be done to the case, with what comes of it, what it ends with and its follow-up. */
void	case_choices_fill(struct request *x, struct case_view *view,
	    const struct casefile *file);
/*
 * Puts the button that takes an act back on the page, when the reader has just done
 * something to that case that can be taken back. 0, or -1.
 */
int	staff_undo_offer(struct request *x, struct work *work, int64_t number,
	    struct case_undo_view *view);

/* handover_view.c */

/* Offers and the queues that take part, on a case's page. 0, or -1. */
int	handover_fill(struct request *x, struct work *work, struct case_view *view,
	    const struct casefile *file);

/* words.c: all languages that the form offers, that one chosen. */
const struct speak_view *spoken_languages(struct request *x, const char *tag, size_t *count);

/* worklist_search.c: why a row is there, in the reader's language; kept in the arena. */
const char *staff_reason(struct request *x, const struct worklist_row *row);

/* worklist.c: filters and sorting as the address has them */

/* false: a value that is none. What is there is borrowed from x->query. */
bool	filter_read(const struct request *x, struct worklist_filter *filter);
void	filter_show(struct request *x, const struct worklist_filter *filter,
	    struct queue_choice_view *choice);
/* Every municipality, areas_count of them; chosen: a code, or NULL. Kept in the arena. */
const struct queue_option_view *staff_areas(struct request *x, const char *chosen);
/* "/staff/queue?" and what is chosen, ending where a further field may follow. */
void	filter_address(const struct worklist_filter *filter, struct buffer *out);
/* "PART-KEY-NUMBER", the row after which the next page begins. */
void	filter_after(const struct worklist_row *last, struct buffer *out);

/* words.c: the times of which a lead asks for figures, by months. */

struct period;

/* The one that the query's "period" names, without one the last twelve months; NULL unknown. */
const struct period *period_asked(const struct request *x);
/* Its first moment, 0 all there is; its end, 0 when that has not come. */
void	period_bounds(const struct period *period, int64_t now, int64_t *from_at,
	    int64_t *before_at);
/* Its word, "year". */
const char *period_word(const struct period *period);
/* The choice of periods, links to path, the one asked for marked; kept in the arena. */
void	period_fill(struct request *x, struct period_view *view, const char *path,
	    const struct period *asked);
/* "torsdag 14 januari 2027" and the same with "13:05", kept in the arena. */
const char *period_date(struct request *x, int64_t at);
const char *period_moment(struct request *x, int64_t at);

/* messages.c */

/* The messages that were not sent, of the queues of the service level. 0, or -1. */
int	overview_messages(struct request *x, struct work *work, const struct level *level,
	    struct overview_messages_view *view);

#endif
