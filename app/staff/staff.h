/*
 * The pages for signed-in accounts. Each file is a use case: its handlers, the views that
 * its pages fill, and last its rows of the route table, each with the roles that may use it
 * and the fields that its form may have. A handler runs on a worker's thread, after staff.c
 * has checked the row, and leaves its answer in the request. Texts that a function returns
 * live in the request's arena. A function here that returns int returns 0, or -1 with the
 * work's error.
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

struct calendar_own_view;
struct callback;
struct case_undo_view;
struct case_view;
struct casefile;
struct level;
struct queue_group_view;
struct queue_option_view;
struct period_view;
struct speak_view;
struct staff_frame_view;
struct worklist;
struct worklist_next_view;
struct work;

/*
 * A flag in `roles`: the route is also open to an account that must make a second factor
 * first.
 */
#define ROUTE_ENROLS	(1U << ROLE_COUNT)

/* The roles of a route; with 0, it needs no sign-in. */
#define CALLERS	(1U << ROLE_COORDINATOR | 1U << ROLE_LEAD)
#define LEADERS	(1U << ROLE_LEAD | 1U << ROLE_ADMINISTRATOR)
#define EVERY	(CALLERS | LEADERS)
#define LEAD	(1U << ROLE_LEAD)
#define ENROLLERS	(EVERY | ROUTE_ENROLS)
#define UPLOADERS	(LEAD | ROUTE_UPLOADS)

/* The route tables, each at the end of its file and ending with a row without a path. */
extern const struct route staff_auth_routes[],
	    staff_auth_drafts_routes[],
	    staff_auth_factor_routes[],
	    staff_brochures_routes[],
	    staff_case_routes[],
	    staff_case_act_routes[],
	    staff_case_correct_routes[],
	    staff_case_paper_routes[],
	    staff_codes_list_routes[],
	    staff_codes_page_routes[],
	    staff_codes_places_routes[],
	    staff_handover_routes[],
	    staff_intake_routes[],
	    staff_intake_entry_routes[],
	    staff_messages_routes[],
	    staff_messages_templates_routes[],
	    staff_messages_text_routes[],
	    staff_outreach_routes[],
	    staff_outreach_campaigns_routes[],
	    staff_overview_routes[],
	    staff_people_routes[],
	    staff_people_absence_routes[],
	    staff_people_invitation_routes[],
	    staff_worklist_routes[],
	    staff_worklist_calendar_routes[],
	    staff_worklist_search_routes[];

/* The value in a form that means both outcomes, WORK_AND_STUDIES. */
#define OUTCOME_WORK_AND_STUDIES	"work+studies"

/* staff.c: the part of the site that the server runs, and the pages for errors */

extern const struct site_part staff_site;

/*
 * Fills the frame of a page: title (a msgid), menu and notice. `at` is the menu's word for this
 * page ("me", "codes"), or "". Without sign-in, like staff_frame_stranger.
 */
void	staff_frame(struct request *x, struct staff_frame_view *frame, const char *title,
	    const char *at);
/* Fills the frame of a page for a visitor who is not signed in. `title` is a msgid. */
void	staff_frame_stranger(struct request *x, struct staff_frame_view *frame,
	    const char *title);
/* Answers with an error page. heading and message are msgids. */
void	staff_problem(struct request *x, int status, const char *heading, const char *message);
/* The same; `who` (or NULL) replaces {who} in the message. */
void	staff_told(struct request *x, int status, const char *heading, const char *message,
	    const char *who);
/* Answer 503, after logging the error, and 404, for a case. */
void	staff_failed(struct request *x, const struct error *error);
void	staff_absent(struct request *x);

/* auth_drafts.c: what every form carries, and forms that cannot be taken */

/* What the field "token" of each form carries; NULL when nobody is signed in. */
const char *staff_form_token(struct request *x);
/*
 * Whether the address leads to a page for that role; ROLE_COUNT: for any. It then has no
 * host, and no character that an address may not have.
 */
bool	staff_page_is(const char *address, enum role role);
/*
 * Leads to the sign-in, and from there to the page, if it is one; NULL: to this page.
 * `notice` is a word.
 */
void	staff_sign_in_for(struct request *x, const char *notice, const char *page);
/* Leads to a page of the reader's, such as x->page, with the word of a notice. */
void	staff_lead_to(struct request *x, const char *page, const char *notice);
/*
 * Fills x->page. Of a form it checks that it is of the reader's session, and makes the work
 * mark it as taken. False: it is of an earlier session or nobody is signed in; its text is
 * kept for the account that wrote it, and the request is answered.
 */
bool	staff_form_admit(struct request *x, struct work *work);
/* Answers a form that has been taken already: leads to where its page stands now. */
void	staff_repeated(struct request *x);
/* The part's `finish`: puts kept text into the page, and gives a refusal its own address. */
void	staff_finish(struct request *x, struct work *work);

/* words.c */

/*
 * Returns a msgid that says what is wrong with a new passphrase and how to mend it; NULL
 * when it is good.
 */
const char *staff_passphrase_fault(enum passphrase_verdict verdict);
/*
 * Returns "Anna" for "Anna Andersson", the reader. A first name tells the person who will
 * ring, and tells others nothing about the service.
 */
const char *staff_first_name(struct request *x);
/*
 * Returns what to say of a refused text: where its first character is that cannot be taken, or
 * `otherwise` when it has none or is NULL.
 */
const char *staff_unusable(struct request *x, const char *written, const char *otherwise);
/*
 * Returns what to say of a note or another long text that note_read has refused; `empty`, a
 * msgid, when nothing is written.
 */
const char *staff_text_fault(struct request *x, const char *written, enum fault fault,
	    const char *empty);
/*
 * Returns what to say of a form whose day was refused: asks about the year when a field has a
 * date of a year that nobody means (text_input_odd_year), else `otherwise`.
 */
const char *staff_odd_day(struct request *x, const char *otherwise);
/* Returns the name of an act in the audit trail, a msgid. */
const char *staff_act_text(enum act act);

/*
 * Puts the notice of the act that was just done into the frame. A redirect carries its word
 * in the address; an unknown word, or NULL, changes nothing.
 */
void	staff_notice(struct staff_frame_view *frame, const char *word);
/*
 * Return a moment ("i dag 16:30") and the time until it or since it ("2 timmar kvar"), in
 * the page's language; NULL of 0.
 */
const char *staff_when(struct request *x, int64_t at);
const char *staff_left(struct request *x, int64_t at);
/* Returns the local time of day, "16:30". */
const char *staff_clock(struct request *x, int64_t at);
/* Returns a moment in UTC by ISO 8601, for the datetime attribute. */
const char *staff_iso(struct request *x, int64_t at);
/* Returns a local day, "torsdag 14 januari 2027"; NULL of 0. */
const char *staff_day(struct request *x, int32_t day);
/* Returns a local day as the value of a date field, "2026-12-24". */
const char *staff_date(struct request *x, int32_t day);
/* Returns a queue's name, or its id when it is not in the configuration any more. */
const char *staff_queue_name(struct request *x, const char *id);
/* Returns a case number as people write it. */
const char *staff_reference(struct request *x, int64_t number);
/* Returns a telephone number as people write it; NULL of NULL. */
const char *staff_phone(struct request *x, const char *e164);
/*
 * Returns the language's name, by which an interpreter is booked, and its own name; the name
 * alone for Swedish, the tag of an unknown language; NULL of NULL or "".
 */
const char *staff_language(struct request *x, const char *tag);

/*
 * case.c: answers with the page of the case x->number. `notice` is a msgid of an error, in
 * which `who` replaces {who}; both may be NULL.
 */
void	staff_case_show(struct request *x, struct work *work, int status,
	    const char *notice, const char *who);

/*
 * Fills in all that is known of the case, without the acts that the reader may do. `faults` as
 * for person_fill.
 */
void	case_view_fill(struct request *x, struct case_view *view, const struct casefile *file,
	    const enum fault *faults);

/* The same, with what is wrong at the field where it is. */
struct case_remark {
	const char *notice, *who;	/* as for staff_case_show */
	const enum fault *faults;	/* of a correction: FIELD_COUNT of them; NULL */
	/* Of a form of handing over: the name of the field, and a text or a msgid; NULL. */
	const char *field, *fault;
};
void	staff_case_remark(struct request *x, struct work *work, int status,
	    struct case_remark remark);

/*
 * Lead to the case's page, and to the worklist from which the reader came, with the word of
 * a notice. `undoable`: the worklist offers to undo the act.
 */
void	staff_case_lead(struct request *x, const char *notice);
void	staff_case_leave(struct request *x, const char *notice, bool undoable);

/* worklist_calendar.c: fills the part of "me" about the reader's calendar. */
int	calendar_own_fill(struct request *x, struct work *work, struct calendar_own_view *view);

/* auth.c */

/*
 * Answers with the page of the reader's own account. `fault` is a msgid or NULL, and `part`
 * names the part of the page that it belongs to.
 */
void	staff_me_show(struct request *, struct work *, int status, const char *part,
	    const char *fault);

/*
 * case_act.c: does the act in one transaction and answers: with a redirect and its notice,
 * or with the case's page, which says why the act was refused.
 */
void	staff_case_do(struct request *x, struct work *work, const struct callback *callback);

/* The names of the form's fields for planned contacts, PLAN_CALLS of them. */
#define STAFF_CALL_FIELDS	{ "call1", "call2", "call3" }

/* case_choices.c */

/*
 * Fills the parts of a case's page with the acts that the reader may do: what follows each
 * act, the outcomes, the follow-up.
 */
void	case_choices_fill(struct request *x, struct case_view *view,
	    const struct casefile *file);
/*
 * Fills in the undo button when the reader has an act on that case that can be undone;
 * leaves *view unchanged otherwise.
 */
int	staff_undo_offer(struct request *x, struct work *work, int64_t number,
	    struct case_undo_view *view);

/* case_correct.c */

/*
 * Fills the parts of an opened case's page with what is known of the person. `faults` are
 * those of a correction that was refused, or NULL.
 */
void	person_fill(struct request *x, struct case_view *view, const struct casefile *file,
	    const enum fault *faults);

/* handover_view.c */

/*
 * Fills the parts of a case's page with the offer and the participants, and moves what is wrong
 * with a form to its field.
 */
int	handover_fill(struct request *x, struct work *work, struct case_view *view,
	    const struct casefile *file);

/*
 * words.c: returns the languages that the form offers, `count` of them; the one of the tag
 * is marked as chosen.
 */
const struct speak_view *spoken_languages(struct request *x, const char *tag, size_t *count);

/* worklist_rows.c: makes the groups of a page, and returns how many. */
size_t	queue_fill_groups(struct request *x, const struct worklist *worklist,
	    struct queue_group_view *groups);

/* worklist.c */

/*
 * Returns all areas of the configuration, areas_count of them; `chosen` is the code of the
 * marked one, or NULL.
 */
const struct queue_option_view *staff_areas(struct request *x, const char *chosen);
/* Returns "?from=" with the list's query, by which a case leads back to it; "" without one. */
const char *filter_from(struct request *x, const char *query);
/*
 * After an act, fills in the case to ring next, of the worklist with that
 * query. Leaves *view unchanged when there is none.
 */
int	staff_next_offer(struct request *x, struct work *work, const char *list,
	    struct worklist_next_view *view);

/* words.c: the periods, in months, that a lead can ask figures for */

struct period;

/*
 * Returns the period of the query's field "period", the last twelve months without that
 * field, and NULL for an unknown word.
 */
const struct period *period_asked(const struct request *x);
/*
 * Computes the first moment of a period (0: no limit) and the moment after its end (0: the
 * end is in the future).
 */
void	period_bounds(const struct period *period, int64_t now, int64_t *from_at,
	    int64_t *before_at);
/* Returns its word, such as "year". */
const char *period_word(const struct period *period);
/* Fills the links to `path` for each period, with `asked` marked. */
void	period_fill(struct request *x, struct period_view *view, const char *path,
	    const struct period *asked);
/*
 * Return the date of a moment, "torsdag 14 januari 2027", and the date with the time, "...
 * 13:05".
 */
const char *period_date(struct request *x, int64_t at);
const char *period_moment(struct request *x, int64_t at);

/* messages_templates.c */

/* Fills in the templates of that kind and queue. */
int	template_choice_fill(struct request *x, struct work *work,
	    struct template_choice_view *view, const char *queue, enum template_kind kind);
/*
 * FOUND with the words of the template that the form of the case x->number has chosen.
 * ABSENT: it has chosen none of that kind and of the case's queue.
 */
enum answer staff_template_words(struct request *x, struct work *work, enum template_kind kind,
	    const char **words);

/* messages.c */

/* Fills the part of the overview with the unsent messages of these queues. */
int	overview_messages(struct request *x, struct work *work, const struct level *level,
	    struct overview_messages_view *view);

#endif
