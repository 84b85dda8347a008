/*
 * The pages of the form, for everybody: an area's form or closed page, prose,
 * receipt, code's page. They read no session, and can seal but open nothing.
 */
#ifndef EGENREMISS_PUBLIC_PUBLIC_H
#define EGENREMISS_PUBLIC_PUBLIC_H

#include <stdbool.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/intake.h"
#include "rules/rules.h"
#include "server/server.h"
#include "text/text.h"

struct frame_view;

/* codes.c: QR codes, and the requests for forms */

extern const struct site_part public_form;

/* form.c: a submission, from its check to its receipt */

/* A request for an area's form, found by the area's path or by a code's: its x->own. */
struct form_request {
	const struct config_area *area;
	char code[CODE_SIZE];		/* "" without */

	/* Of a submission that is being stored. */
	struct intake intake;
	char digits[3];			/* the last two of the number */
	enum who who;
	enum age age;
	enum contact contact;
};

/*
 * Answers a request for the area's form that the page cache does not answer:
 * takes a POST, and refuses any other method with 405. code is "" without one.
 * Sends x away while a submission waits for its commit.
 */
void	form_answer(struct request *x, const struct config_area *area, const char *code);

/* page_set.c: the pages that the page cache holds, and each area's intake */

extern const struct site_part public_pages;

/* Under which the cache has the page of a code that leads nowhere. */
#define UNKNOWN_CODE_PATH	"/q"

#define INTAKE_LANGUAGES	16	/* as many as a catalogue may have */

struct intake_state {
	bool open;
	int64_t closed_at;		/* 0 open, or from the beginning */
	int32_t turns_day;		/* 0: nobody has said when */
	bool held;			/* that day has come, and nobody can open what would come in */
	bool turned;			/* such a day has turned it, and is to be written down */
	/* What the closed page says, a text each of text_languages; NULL the catalogue's. */
	char *words[INTAKE_LANGUAGES];
};

/*
 * Whether a form sent to the area now is too late: NULL while the intake is
 * open, and for an hour after it closed, so that a form that was begun in time
 * is not lost; else how it stands. Live until the event loop goes on.
 */
const struct intake_state *intake_closed(const struct config_area *area, int64_t now);

/* pages.c: each appends one page; title, heading and message are msgids */

/* The frame of a page; area NULL: of none. Its texts live as long as the process. */
void	frame_public(struct frame_view *frame, const struct language *language,
	    const struct config_area *area, const char *title);
/* late: instead of the form that was sent, and not taken. */
void	render_closed(struct buffer *out, const struct language *language,
	    const struct config_area *area, const struct intake_state *state, bool late);
/* A form that comes back. */
struct form_state {
	const struct form *posted;
	const enum fault *faults;	/* by enum field; NULL without */
	bool unavailable;		/* could not be stored: send again, or ring */
};
/* The form; state NULL: the empty one. */
void	render_form(struct buffer *out, const struct language *language,
	    const struct config_area *area, const struct form_state *state);
/* Answers with a page that says what is wrong and what to do; of a form_request it names the area. */
void	public_problem(struct request *x, int status, const char *heading, const char *message);

#endif
