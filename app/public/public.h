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
#include "flow/flow.h"
#include "rules/rules.h"
#include "server/server.h"
#include "text/text.h"

struct frame_view;

/* public.c: the part that the server serves */

extern const struct site_part public_site;

/* form.c: the form and its submission */

/* A request for an area's form, found by the area's path or by a code's; x->own. */
struct form_request {
	const struct config_area *area;
	char code[CODE_SIZE];		/* "" without */

	/* of a submission that is being stored */
	struct intake intake;
	char digits[3];			/* the last two of the number */
	enum who who;
	enum age age;
	enum contact contact;
};

/* Makes the request one for that area's form. code is "" without one. */
void	form_request_begin(struct request *x, const struct config_area *area, const char *code);
/*
 * Answers a POST of the form, once its body has been read. Sends x away while
 * the submission waits for its commit. Any other method is refused with 405.
 */
void	form_submit(struct request *x);

/* A form that comes back. */
struct form_state {
	const struct form *posted;
	const enum fault *faults;	/* by enum field; NULL without */
	bool unavailable;		/* could not be stored: send again, or ring */
};
/* Appends the page of the form; state NULL: the empty one. */
void	render_form(struct buffer *out, const struct language *language,
	    const struct config_area *area, const struct form_state *state);

/* intake.c: whether each area's intake is open, as the public pages show it */

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

struct intakes {
	int64_t version;		/* of the database */
	int32_t look_day;		/* local day from which an area may stand otherwise; 0 none */
	struct intake_state state[];	/* in the order of site.config.areas */
};

/* Reads all of them, once, before the pages are made and the workers fork. 0, or -1 with *error. */
int	intakes_start(struct store *store, struct error *error);
void	intakes_stop(void);
/*
 * Every second, on WORKER_STAFF and then on the event loop: brings changes in.
 * The worker reads and renders; the event loop takes the new for the old, so
 * that what it has is whole at all times.
 */
void	intakes_work(struct store *store);
void	intakes_done(void);
/* What the pages show. Live until the event loop goes on. */
const struct intakes *intakes_now(void);
const struct intake_state *intake_state(const struct config_area *area);
/*
 * Whether a form sent to the area now is taken: while it is open, and for an
 * hour after it closed, so that a form that was begun in time is not lost.
 */
bool	intake_open(const struct config_area *area, int64_t now);

/* codes.c: QR codes in memory, and visits on their way to the disk */

/* Where the address of a code leads. */
struct code_way {
	const struct config_area *area;
	const struct language *language;	/* in which the form opens; NULL the reader's own */
	char code[CODE_SIZE];			/* in its written form; "" while it is not in use */
};
/* FOUND, or ABSENT when the path is no code's or its area is not in the configuration. */
enum answer code_look(const char *path, int64_t now, struct code_way *way);
/* Counts a visit in memory; of a code that is not in use, "", none. */
void	code_visit(const char *code, enum visit_kind kind, int64_t now);
/*
 * Brings new codes in and visits out: every second, without a request, and
 * when a code is unknown, with the one that asks for it. That one is sent away
 * until the codes have been read anew.
 */
void	codes_refresh(struct request *waiting);
/* Writes what visits are left, on the worker's last store. */
void	codes_last(struct store *store);

/* page_set.c: the pages that the page cache holds */

/* Under which the cache has the page of a code that leads nowhere. */
#define UNKNOWN_CODE_PATH	"/q"

/*
 * Fills the page cache: the list of areas, each area's pages, each queue's
 * contact card, and the scripts of staff's pages. 0, or -1 with *error.
 */
int	page_set_start(const struct intakes *intakes, page_alias *alias, struct error *error);
void	page_set_stop(void);
/* The area whose form that path is, "/kristinehamn"; NULL when it is none. */
const struct config_area *page_set_area(const char *path);
/* On WORKER_STAFF: the pages that say something else afterwards. For page_cache_replace. */
struct fresh_page *page_set_render_stale(const struct intakes *before,
	    const struct intakes *after);

/* pages.c: each appends one page; title, heading and message are msgids */

/* The frame of a page; area NULL: of none. Its texts live as long as the process. */
void	frame_public(struct frame_view *frame, const struct language *language,
	    const struct config_area *area, const char *title);
/* "tel:" and the number in E.164, or the digits of a number that has no such form. text holds 40. */
void	tel_address(const char *number, char text[40]);
/* The list of areas; unknown_code and not_found say why it is shown instead of another page. */
void	render_root(struct buffer *out, const struct language *language,
	    const struct intakes *intakes, bool unknown_code, bool not_found);
/* late: instead of the form that was sent, and not taken. */
void	render_closed(struct buffer *out, const struct language *language,
	    const struct config_area *area, const struct intake_state *state, bool late);
void	render_privacy(struct buffer *out, const struct language *language,
	    const struct config_area *area);
void	render_accessibility(struct buffer *out, const struct language *language,
	    const struct config_area *area);
/* Asks the sender to ask the young person first, with the address as a QR code; code "" without one. */
void	render_not_agreed(struct buffer *out, const struct language *language,
	    const struct config_area *area, const char *code);
/* Into x->body, of the submission in x->own. */
void	render_receipt(struct request *x);
/* A contact card that says where, and not what for: telephones are shared. */
void	render_card(struct buffer *out, const struct config_queue *queue);
/* Answers with a page that says what is wrong and what to do. */
void	public_problem(struct request *x, int status, const char *heading, const char *message);

#endif
