/*
 * Pages and sessions: the only folder that includes <kore/...>, and of it
 * only serve.c, body.c, exchange.c, lane.c, finished.c, freed.c, source.c and visitor.c. A
 * request takes one of three ways:
 *
 *   finished   GET of a public page: a look-up of bytes made at start-up, and
 *              again when an intake opens or closes (intakes.h)
 *   submit     POST of the form: checked, sealed and wiped on the event loop,
 *              committed on the writer lane together with its neighbours
 *   exchange   everything that reads the database: run on a lane, a thread
 *              with a store of its own, while the request sleeps
 */
#ifndef EGENREMISS_WEB_H
#define EGENREMISS_WEB_H

#include <limits.h>

#include "base/base.h"
#include "base/config.h"
#include "flow/flow.h"
#include "page/view.h"
#include "text/text.h"
#include "web/door.h"

struct http_request;

/* What every request reads and none writes; made before the workers fork. */
struct site {
	struct config config;
	/* Replaced when a queue gets a new key (locks.c); read it once for each use. */
	const struct queue_locks *_Atomic locks;
	char database[PATH_MAX + sizeof(STORE_FILE)];
};

extern struct site site;

/* site.c: reads the configuration, checks it, makes the finished pages. */
int	site_start(const char *data, const char *config, struct error *error);
void	site_stop(void);

/* lane.c: a thread with a store of its own that does jobs in their order */

struct job {
	void (*work)(struct job *, struct store *);	/* on the lane's thread */
	void (*done)(struct job *);			/* on the event loop, afterwards */
	struct job *next;
};

enum lane {
	LANE_WRITER,		/* commits of submissions */
	LANE_STAFF,		/* pages that read or write */
	LANE_SLOW,		/* Argon2id and other long work, at a low priority; bounded */
	LANE_COUNT
};

/*
 * Once in each worker. -1 when a thread or the database cannot be had. The
 * path must live as long as the lanes.
 */
int	lanes_start(const char *database, struct error *error);
/*
 * Lets each job that has begun end, drops the others, joins the threads; hands
 * the staff lane's store to `last` before it is closed.
 */
void	lanes_stop(void (*last)(struct store *));
/*
 * Event loop only. *job stays the lane's until done is called. -1 when so
 * many wait for LANE_SLOW that this one would be answered too late; never of
 * another lane.
 */
int	lane_submit(enum lane lane, struct job *job);

/* exchange.c: one request outside the finished pages, and its answer */

enum method { METHOD_GET = 1, METHOD_POST = 2, METHOD_OTHER = 4 };

/* A note of 4 000 characters of 4 bytes, escaped, is 48 kB; a full form 7 kB. */
#define BODY_MAX	65536

struct exchange {
	/* what came; copies, since the client may be gone before we are done */
	struct http_request *request;	/* NULL once the client is gone */
	enum method method;
	char path[256];
	struct form query;
	enum form_fault query_fault;
	struct form form;
	char cookie[SEAL_COOKIE_SIZE];
	char browser[SEAL_COOKIE_SIZE];	/* by which an account knows the browser */
	unsigned char source[SEAL_MARK_SIZE];	/* of a staff form: where it comes from */
	bool foreign;			/* the browser says that a page of another site sent it */
	const struct language *language;
	int64_t now;

	/* of staff pages */
	const struct route *route;
	int64_t number;			/* the case in the address; 0 without */
	struct identity identity;

	const char *moving;		/* queue whose data keys are to be moved; see moving.c */

	/* of a submission */
	const struct config_area *area;
	char code[CODE_SIZE];		/* "" without */
	struct intake intake;
	char digits[3];			/* the last two of the number */
	enum who who;
	enum age age;
	enum contact contact;

	/* the answer */
	int status;
	struct buffer body;
	char location[128];
	char set_cookie[192];
	char set_browser[192];
	const char *allow;		/* of a 405 */
	const char *back;		/* where a problem of staff leads; NULL: to their first page */
	const char *type;		/* NULL: an HTML page */
	char file[48];			/* its name when it is to be saved; "" to be shown */
	bool scripted;			/* the page has a script of ours, see headers.h */
	bool answered;			/* a finished page has been sent already */

	struct job job;
	bool away;			/* on a lane: nobody else may touch it */
	void (*then)(struct exchange *, struct store *);	/* what the lane does */
	void (*otherwise)(struct exchange *, struct store *);	/* of exchange_slowly */
	void (*resume)(struct exchange *);	/* goes on when it is back; NULL: the answer is there */
	struct exchange *next;		/* among those that wait for the same */
	struct kept *kept;		/* texts that live as long as the exchange */
};

/* A formatted text that is wiped and freed with the exchange. */
const char *exchange_keep(struct exchange *x, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/* Memory for an array, zeroed; likewise. */
void	*exchange_keep_array(struct exchange *x, size_t count, size_t size);
/* Takes over what the buffer holds. */
const char *exchange_keep_buffer(struct exchange *x, struct buffer *buffer);
/* Takes over a buffer of values of that size; *count tells how many. */
const void *exchange_keep_list(struct exchange *x, struct buffer *list, size_t size,
	    size_t *count);
/* Sets the session cookie; "" takes it away. */
void	exchange_cookie(struct exchange *x, const char *cookie);
/* Sets the cookie by which the account will know this browser; "" does nothing. */
void	exchange_remember(struct exchange *x, const char *cookie);
/* Answers 303 with that address. */
void	exchange_redirect(struct exchange *x, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));

/* Answers with a public page that says what is wrong and what to do. Both are msgids. */
void	exchange_problem(struct exchange *x, int status, const char *heading,
	    const char *message);
/* serve.c: brings an exchange back from a lane; event loop only. */
void	exchange_return(struct exchange *x);

/*
 * serve.c: for a handler that has found out that its work is long. When it
 * returns, `then` goes on as the same reader on LANE_SLOW; when that is full,
 * `otherwise` on LANE_STAFF.
 */
void	exchange_slowly(struct exchange *x, void (*then)(struct exchange *, struct store *),
	    void (*otherwise)(struct exchange *, struct store *));

/* routes.c: the one table of everything that is not a finished page */

/* In `roles`: also for somebody who must make a second factor before anything else. */
#define ROUTE_ENROLS	(1U << ROLE_COUNT)

/* Likewise: its form may hold a file, and so come as multipart/form-data. */
#define ROUTE_UPLOADS	(1U << (ROLE_COUNT + 1))

struct route {
	enum method method;
	const char *path;		/* '#' stands for a case number, '*' at the end for a token */
	unsigned roles;			/* mask, 1 << enum role; 0: nobody need be signed in */
	enum lane lane;
	void (*handle)(struct exchange *, struct store *);
	/*
	 * All that the form or the query may hold, but for "token" and "lang"; one
	 * that ends in '*' stands for every name that begins so.
	 */
	const char *fields[16];
};

extern const struct route routes[];
extern const size_t routes_count;

/*
 * The route of a method and path. ABSENT: no such path. FAILED: the path has
 * other methods; *allow names them.
 */
enum answer route_find(enum method method, const char *path, const struct route **route,
	    int64_t *number, const char **allow);

/* finishing.c, finished.c: public pages as they go on the wire, and what pages carry beside them */

enum place {
	PLACE_ROOT, PLACE_AREA, PLACE_PRIVACY, PLACE_ACCESSIBILITY, PLACE_CARD,
	PLACE_UNKNOWN_CODE, PLACE_SCRIPT, PLACE_COUNT
};

int	finished_make(struct error *error);
void	finished_free(void);
/* Answers a GET or HEAD of a finished page. false: it is not one. */
bool	finished_answer(struct http_request *request);
/* Whether a finished page has that address, whatever the method. */
bool	finished_has(const char *path);
/* The area whose page that path is, "/kristinehamn"; NULL when it is none. */
const struct config_area *finished_area(const char *path);

/* codes.c: QR codes in memory, and visits on their way to the disk */

/* Where the address of a code leads. */
struct code_way {
	const struct config_area *area;
	const struct language *language;	/* in which the form opens; NULL the reader's own */
	char code[CODE_SIZE];			/* in its written form; "" while it is not in use */
};
enum answer code_look(const char *path, int64_t now, struct code_way *way);
/* Of a code that is not in use, "", nothing is counted. */
void	code_visit(const char *code, enum visit_kind kind, int64_t now);
/* Brings new codes in and visits out; at every look, and when a code is unknown. */
void	codes_refresh(struct exchange *waiting);
/* Of the codes that are in memory; -1 before any are. */
int64_t	codes_version(void);
/* Writes what visits are left, on the worker's last store. */
void	codes_stop(struct store *store);

/*
 * freed.c: overwrites what Kore has freed. It keeps memory for the next
 * request as the last one left it: a body that came in a packet of its own,
 * one whose sender hung up, a cookie cut into pieces. Event loop only.
 */
void	freed_wipe(void);

/* upkeep.c: what each worker does by the clock, once a second: it looks for what is new */

/* Once, before the workers fork. */
int	upkeep_start(struct error *error);
/* Once in each worker, which goes by that number. */
void	upkeep_begin(unsigned worker);
void	upkeep_tick(void);
/*
 * A line for each worker since the start: which versions of codes, intakes and queues'
 * keys it goes by, and how many looks have ended. A change in the database is known
 * to a worker once two more have: the first may have begun before it.
 */
void	upkeep_tell(struct buffer *out);

/* public_pages.c: views of the public side; each renders one page */

struct intakes;
struct intake_state;

void	render_root(struct buffer *out, const struct language *language,
	    const struct intakes *intakes, bool unknown_code, bool not_found);
/* A form that comes back. */
struct form_state {
	const struct form *posted;
	const enum fault *faults;	/* by enum field; NULL without */
	bool unavailable;		/* could not be stored: send again, or ring */
};
/* state NULL: the empty form. */
void	render_form(struct buffer *out, const struct language *language,
	    const struct config_area *area, const struct form_state *state);
/* late: in the place of a form that was sent, and not taken. */
void	render_closed(struct buffer *out, const struct language *language,
	    const struct config_area *area, const struct intake_state *state, bool late);
void	render_privacy(struct buffer *out, const struct language *language,
	    const struct config_area *area);
void	render_accessibility(struct buffer *out, const struct language *language,
	    const struct config_area *area);
void	render_problem(struct buffer *out, const struct language *language,
	    const struct config_area *area, const char *heading, const char *message);
void	render_not_agreed(struct buffer *out, const struct language *language,
	    const struct config_area *area, const char *code);
void	render_receipt(struct exchange *x);
void	render_card(struct buffer *out, const struct config_queue *queue);

/* frame.c */

void	frame_public(struct frame_view *frame, const struct language *language,
	    const struct config_area *area, const char *title);
/* The links to each language, the given one marked; text_languages_count of them. */
const struct link_view *language_links(const struct language *current);
/* "tel:" and the number in E.164, or what can be dialled of it. text holds 40. */
void	tel_address(const char *number, char text[40]);

/* turn.c */

/* Once, before the workers fork. */
int	turn_start(struct error *error);
/* For a lane that is about to commit. false: it commits without, and gives nothing back. */
bool	turn_take(void);
void	turn_give(void);

/* submit.c */

/* Answers a POST of x->form to x->area, perhaps by x->code. May leave x->away. */
void	submit(struct exchange *x);

/* staff_*.c: handlers of the table, each run on a lane; those of the door stand in web/door.h */

void	staff_queue(struct exchange *, struct store *);
void	staff_case(struct exchange *, struct store *);
void	staff_claim(struct exchange *, struct store *);
void	staff_attempt(struct exchange *, struct store *);
void	staff_undo(struct exchange *, struct store *);
void	staff_park(struct exchange *, struct store *);
void	staff_release(struct exchange *, struct store *);
void	staff_note(struct exchange *, struct store *);
void	staff_follow(struct exchange *, struct store *);
void	staff_close(struct exchange *, struct store *);
void	staff_propose(struct exchange *, struct store *);
void	staff_confirm(struct exchange *, struct store *);
void	staff_object(struct exchange *, struct store *);
void	staff_reopen(struct exchange *, struct store *);
void	staff_begin(struct exchange *, struct store *);
void	staff_decline(struct exchange *, struct store *);
void	staff_remind(struct exchange *, struct store *);
void	staff_entry(struct exchange *, struct store *);
void	staff_entry_make(struct exchange *, struct store *);
void	staff_link(struct exchange *, struct store *);
void	staff_search_page(struct exchange *, struct store *);
void	staff_search(struct exchange *, struct store *);
void	staff_overview(struct exchange *, struct store *);
void	web_health(struct exchange *, struct store *);

/* staff.c: what they share */

/*
 * Runs the exchange's route: who is signed in, whether the role may, whether
 * the form is whole and its token right; then the handler. A lane's job.
 */
void	staff_run(struct exchange *x, struct store *store);
void	staff_frame(struct exchange *x, struct staff_frame_view *frame, const char *title,
	    const char *at);
/* The frame of a page for somebody who is not signed in. */
void	staff_frame_stranger(struct exchange *x, struct staff_frame_view *frame,
	    const char *title);
/* Answers with a page that says what is wrong. Both texts are msgids. */
void	staff_problem(struct exchange *x, int status, const char *heading, const char *message);
/* The same with a message that may hold {who}. */
void	staff_told(struct exchange *x, int status, const char *heading, const char *message,
	    const char *who);
/* Answers 503 and 404; the first writes the error to the log. */
void	staff_failed(struct exchange *x, const struct error *error);
void	staff_absent(struct exchange *x);

/* staff_words.c */

/* What is wrong with a passphrase that somebody chose, and what to do: a msgid; NULL when good. */
const char *staff_passphrase_fault(enum passphrase_verdict verdict);

/* What just happened, by the word that a redirect carried; unknown or NULL: nothing. */
void	staff_notice(struct staff_frame_view *frame, const char *word);
/* "i dag 16:30" and "2 timmar kvar", kept by the exchange. */
const char *staff_when(struct exchange *x, int64_t at);
const char *staff_left(struct exchange *x, int64_t at);
const char *staff_iso(struct exchange *x, int64_t at);
/* "torsdag 14 januari 2027" of a local day, likewise; NULL of 0. */
const char *staff_day(struct exchange *x, int32_t day);
/* A number as people write it, likewise; NULL of none. */
const char *staff_phone(struct exchange *x, const char *e164);

/* staff_case.c: the page of one case; notice a msgid that may hold {who}, NULL without */
void	staff_case_show(struct exchange *x, struct store *store, int status,
	    const char *notice, const char *who);

#endif
