/*
 * The public pages: the form and the closed page of each area, the receipt,
 * texts of law, and the pages of codes. They read no session. They can seal what
 * a person writes, and open nothing.
 */
#ifndef EGENREMISS_PUBLIC_PUBLIC_H
#define EGENREMISS_PUBLIC_PUBLIC_H

#include <stdbool.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/intake.h"
#include "rules/codes.h"
#include "rules/rules.h"
#include "server/server.h"
#include "text/text.h"

struct frame_view;

/* codes.c: the codes on brochures, and the requests that are for a form */

extern const struct site_part public_form;

/* form.c: a submission, from the check to the receipt */

/* What form.c keeps of a request for a form: request.own points to it. */
struct form_request {
	const struct config_area *area;
	char code[CODE_SIZE];		/* the code in the request's path; "" without */

	/* Filled when the submission has passed the check. */
	struct intake intake;
	char digits[3];			/* the last two digits of the telephone number, for the receipt */
	enum phone_kind kind;
	enum who who;
	enum age age;
	enum contact contact;
};

/*
 * Answers a request for the area's form that the page cache does not answer: a
 * POST is a submission, a GET wants a language of its own (text.h, text_wanted), and
 * any other method is refused with 405. `code` is "" when
 * the path has none. Sets x->away while the submission waits for its commit.
 */
void	form_answer(struct request *x, const struct config_area *area, const char *code);

/*
 * What a form's address has in its query, besides lang: FORM_SENDS only tells it
 * from the address at which the form was opened, so that the browser keeps that
 * one when the network is lost at the press. FORM_KEEPS: it is not sent, and
 * comes back in another language; with FORM_FAULTY as well, with its faults.
 * FORM_AGAIN, at every other address: a form that came back is sent to another
 * address than its own, for the same reason.
 */
#define FORM_SENDS	"send"
#define FORM_KEEPS	"keep"
#define FORM_FAULTY	"faulty"
#define FORM_AGAIN	"again"

/* Between an area's path and the token of a receipt: /{area}/tack/{token}. */
#define RECEIPT_PATH	"/tack/"

/* page_set.c: the pages that the page cache holds, and each area's intake */

extern const struct site_part public_pages;

/* The path under which the page cache has the page for an unknown code. */
#define UNKNOWN_CODE_PATH	"/q"

#define INTAKE_LANGUAGES	16	/* the most languages that the program may have */

/* Whether an area takes submissions, from service.conf or as a lead has set it. */
struct intake_state {
	bool open;
	int64_t closed_at;		/* 0 when open, or closed since the service was made */
	int32_t turns_day;		/* the local day on which it opens or closes; 0 when no day is set */
	bool held;			/* it should open today, but no account can open its cases */
	bool turned;			/* it turned on turns_day, which the database does not have yet */
	/* The lead's text of the closed page, in the order of text_languages; NULL: the catalogue's. */
	char *words[INTAKE_LANGUAGES];
};

/*
 * Returns NULL when a form sent to the area at `now` is accepted: while the intake
 * is open, and for an hour after it closed, so that a form begun before the closing
 * is not lost. Else returns the intake's state, which is valid until this event
 * handler returns.
 */
const struct intake_state *intake_closed(const struct config_area *area, int64_t now);

/* pages.c: each function appends one page to `out`; title, heading and message are msgids */

/* Fills the frame of a page; area is NULL on a page without one. The texts are never freed. */
void	frame_public(struct frame_view *frame, const struct language *language,
	    const struct config_area *area, const char *title);
/* The closed page; late: it answers a form that was sent after the closing. */
void	render_closed(struct buffer *out, const struct language *language,
	    const struct config_area *area, const struct intake_state *state, bool late);
/*
 * As which a queue's number is saved: its area's name, never the queue's, which
 * says what it is for. The number itself where several areas share the queue.
 */
const char *card_name(const struct config_queue *queue);

/* A form that is shown again with the person's answers. */
struct form_state {
	const struct form *posted;
	const enum fault *faults;	/* by enum field; NULL without */
	bool unavailable;		/* could not be stored: send again, or ring */
	int64_t at;			/* when it came, in milliseconds */
	bool kept;			/* nothing was sent: in another language, to be filled in on */
	const char *from;		/* `kept`: the language of the page before; NULL */
	bool again;			/* it is sent to an address with FORM_AGAIN */
	const char *speak;		/* the browser's, when there are no pages in it; else NULL */
};
/* The form; it is empty when state is NULL. */
void	render_form(struct buffer *out, const struct language *language,
	    const struct config_area *area, const struct form_state *state);
/* Answers with an error page: what is wrong, and the remedy. It names the area of a form_request. */
void	public_problem(struct request *x, int status, const char *heading, const char *message);

#endif
