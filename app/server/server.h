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
#ifndef EGENREMISS_SERVER_SERVER_H
#define EGENREMISS_SERVER_SERVER_H

#include <limits.h>
#include <stdbool.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "render/view.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"
#include "text/text.h"

struct http_request;

/* What every request reads and none writes; made before the workers fork. */
struct site {
	struct config config;
	/* Replaced when a queue gets a new key (locks.c); read it once for each use. */
	const struct queue_keys *_Atomic locks;
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
	WORKER_WRITER,		/* commits of submissions */
	WORKER_STAFF,		/* pages that read or write */
	WORKER_SLOW,		/* Argon2id and other long work, at a low priority; bounded */
	WORKER_COUNT
};

/*
 * Once in each worker. -1 when a thread or the database cannot be had. The
 * path must live as long as the lanes.
 */
int	workers_start(const char *database, struct error *error);
/*
 * Lets each job that has begun end, drops the others, joins the threads; hands
 * the staff lane's store to `last` before it is closed.
 */
void	workers_stop(void (*last)(struct store *));
/*
 * Event loop only. *job stays the lane's until done is called. -1 when so
 * many wait for WORKER_SLOW that this one would be answered too late; never of
 * another lane.
 */
int	worker_submit(enum lane lane, struct job *job);

/* exchange.c: one request outside the finished pages, and its answer */

enum method { METHOD_GET = 1, METHOD_POST = 2, METHOD_OTHER = 4 };

/* A note of 4 000 characters of 4 bytes, escaped, is 48 kB; a full form 7 kB. */
#define BODY_MAX	65536

struct request {
	/* what came; copies, since the client may be gone before we are done */
	struct http_request *request;	/* NULL once the client is gone */
	enum method method;
	char path[256];
	struct form query;
	enum form_fault query_fault;
	struct form form;
	char cookie[SEAL_COOKIE_SIZE];
	char browser[SEAL_COOKIE_SIZE];	/* by which an account knows the browser */
	unsigned char source[SEAL_DIGEST_SIZE];	/* of a staff form: where it comes from */
	bool foreign;			/* the browser says that a page of another site sent it */
	const struct language *language;
	int64_t now;

	/* of staff pages */
	const struct route *route;
	int64_t number;			/* the case in the address; 0 without */
	struct identity identity;

	const char *migration;		/* queue whose data keys are to be moved; see moving.c */

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
	void (*then)(struct request *, struct work *);	/* what the lane does */
	void (*otherwise)(struct request *, struct work *);	/* of request_slowly */
	void (*resume)(struct request *);	/* goes on when it is back; NULL: the answer is there */
	struct request *next;		/* among those that wait for the same */
	struct kept *kept;		/* texts that live as long as the exchange */
};

/* A formatted text that is wiped and freed with the exchange. */
const char *arena_format(struct request *x, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/* Memory for an array, zeroed; likewise. */
void	*arena_array(struct request *x, size_t count, size_t size);
/* Takes over what the buffer holds. */
const char *arena_take(struct request *x, struct buffer *buffer);
/* Takes over a buffer of values of that size; *count tells how many. */
const void *arena_take_list(struct request *x, struct buffer *list, size_t size,
	    size_t *count);
/* Sets the session cookie; "" takes it away. */
void	request_cookie(struct request *x, const char *cookie);
/* Sets the cookie by which the account will know this browser; "" does nothing. */
void	request_remember(struct request *x, const char *cookie);
/* Answers 303 with that address. */
void	request_redirect(struct request *x, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));

/* Answers with a public page that says what is wrong and what to do. Both are msgids. */
void	request_problem(struct request *x, int status, const char *heading,
	    const char *message);
/* serve.c: brings an exchange back from a lane; event loop only. */
void	request_return(struct request *x);

/*
 * serve.c: for a handler that has found out that its work is long. When it
 * returns, `then` goes on as the same reader on WORKER_SLOW; when that is full,
 * `otherwise` on WORKER_STAFF.
 */
void	request_slowly(struct request *x, void (*then)(struct request *, struct work *),
	    void (*otherwise)(struct request *, struct work *));

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
	void (*handle)(struct request *, struct work *);
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

int	page_cache_start(struct error *error);
void	page_cache_free(void);
/* Answers a GET or HEAD of a finished page. false: it is not one. */
bool	page_cache_answer(struct http_request *request);
/* Whether a finished page has that address, whatever the method. */
bool	page_cache_has(const char *path);
/* The area whose page that path is, "/kristinehamn"; NULL when it is none. */
const struct config_area *page_cache_area(const char *path);

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
/* Brings new codes in and visits out; every second, and when a code is unknown. */
void	codes_refresh(struct request *waiting);
/* Writes what visits are left, on the worker's last store. */
void	codes_stop(struct store *store);

/*
 * freed.c: overwrites what Kore has freed. It keeps memory for the next
 * request as the last one left it: a body that came in a packet of its own,
 * one whose sender hung up, a cookie cut into pieces. Event loop only.
 */
void	pool_wipe(void);

/* upkeep.c: what each worker does by the clock, once a second */

void	timer_tick(void);

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
void	render_receipt(struct request *x);
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
int	commit_lock_start(struct error *error);
/* For a lane that is about to commit. false: it commits without, and gives nothing back. */
bool	commit_lock_take(void);
void	commit_lock_release(void);

/* submit.c */

/* Answers a POST of x->form to x->area, perhaps by x->code. May leave x->away. */
void	submit(struct request *x);

/* staff_*.c: handlers of the table, each run on a lane; those of the door stand in web/door.h */

void	staff_queue(struct request *, struct work *);
void	staff_case(struct request *, struct work *);
void	staff_claim(struct request *, struct work *);
void	staff_attempt(struct request *, struct work *);
void	staff_undo(struct request *, struct work *);
void	staff_park(struct request *, struct work *);
void	staff_release(struct request *, struct work *);
void	staff_note(struct request *, struct work *);
void	staff_follow(struct request *, struct work *);
void	staff_close(struct request *, struct work *);
void	staff_propose(struct request *, struct work *);
void	staff_confirm(struct request *, struct work *);
void	staff_object(struct request *, struct work *);
void	staff_reopen(struct request *, struct work *);
void	staff_begin(struct request *, struct work *);
void	staff_decline(struct request *, struct work *);
void	staff_remind(struct request *, struct work *);
void	staff_entry(struct request *, struct work *);
void	staff_entry_make(struct request *, struct work *);
void	staff_link(struct request *, struct work *);
void	staff_search_page(struct request *, struct work *);
void	staff_search(struct request *, struct work *);
void	staff_overview(struct request *, struct work *);
void	web_health(struct request *, struct work *);

/* staff.c: what they share */

/*
 * Runs the exchange's route: who is signed in, whether the role may, whether
 * the form is whole and its token right; then the handler. A lane's job.
 */
void	staff_run(struct request *x, struct work *work);
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

/* staff_words.c */

/* What is wrong with a passphrase that somebody chose, and what to do: a msgid; NULL when good. */
const char *staff_passphrase_fault(enum passphrase_verdict verdict);
/* How staff read an act in the audit trail: a msgid. */
const char *staff_act_text(enum act act);

/* What just happened, by the word that a redirect carried; unknown or NULL: nothing. */
void	staff_notice(struct staff_frame_view *frame, const char *word);
/* "i dag 16:30" and "2 timmar kvar", kept by the exchange. */
const char *staff_when(struct request *x, int64_t at);
const char *staff_left(struct request *x, int64_t at);
const char *staff_iso(struct request *x, int64_t at);
/* "torsdag 14 januari 2027" of a local day, likewise; NULL of 0. */
const char *staff_day(struct request *x, int32_t day);
/* A number as people write it, likewise; NULL of none. */
const char *staff_phone(struct request *x, const char *e164);

/* staff_case.c: the page of one case; notice a msgid that may hold {who}, NULL without */
void	staff_case_show(struct request *x, struct work *work, int status, const char *notice,
	    const char *who);

/* Texts that live as long as an exchange; see arena_format in web.h. */

struct request;

/* Overwrites and frees all of them: names and numbers stand among them. */
void	arena_wipe(struct request *x);

/* The life of an exchange, for serve.c, which ties it to Kore's request. */

struct request;
struct http_request;

/* Reads everything but the body; hangs itself on the request. */
struct request *request_new(struct http_request *request);
/* Overwrites and frees everything that came and went. */
void	request_free(struct request *x);
/* Hands status, headers and body to Kore; does nothing once the client is gone. */
void	request_send(struct request *x);

/* body.c: what a POST brings */

/* Decodes it as its route takes it, then overwrites it. false: it cannot be read, which is answered. */
bool	body_read(struct request *x);
void	body_wipe(struct http_request *request);

/* The one handler that kore.conf names. */

struct http_request;

int	web_request(struct http_request *request)
	    __attribute__((visibility("default")));

/* The header lines that every answer with a body carries, and a list that a request carries. */

struct headers {
	const char *type;		/* "text/html; charset=utf-8" */
	const char *language;		/* tag; NULL when it has none */
	const char *etag;		/* NULL: must not be stored */
	const char *page;		/* the uncompressed page */
	bool gzip;
	bool scripted;			/* may run our own script files, and they may ask us */
};

/*
 * Appends the value of content-type and, line breaks and all, every header
 * line that follows it, without the last line's end: handed to Kore as one
 * header it is copied once instead of nine times.
 */
void	headers_add(struct buffer *out, const struct headers *headers);

/*
 * Whether a list such as Accept-Encoding's names that coding, and not with
 * q=0, which refuses it. "*" is not taken to mean it.
 */
bool	header_accepts(const char *list, const char *coding);

/*
 * A page as it lies in memory: compressed, as nearly everybody takes it. For
 * who does not it is unpacked at each request, which takes a tenth of a
 * millisecond; kept as well, pages would take four times the memory.
 */

struct gzip {
	char *bytes;			/* gzip */
	size_t size;
	size_t length;			/* unpacked */
};

/* Once before and after all that is packed: what it works in is made once. */
void	gzip_start(void);
void	gzip_stop(void);
void	gzip_make(struct gzip *gzip, const struct buffer *plain);
/* Appends what was packed. */
void	gzip_open(const struct gzip *gzip, struct buffer *out);
void	gzip_free(struct gzip *gzip);

/* What finished.c shares with the part that makes pages, and the one that speaks to Kore. */

/* One page in one language. */
struct cached_page {
	char etag[17];
	struct gzip gzip;
	struct buffer plain_headers, gzip_headers;
};

struct cached_entry {
	char path[128];			/* lower case */
	enum place place;
	const struct config_area *area;
	struct cached_page *language;	/* one each of text_languages */
};

/* finishing.c: the pages of an address, in any letter case; NULL when there are none */
const struct cached_entry *page_cache_find(const char *path);

/*
 * ?lang= when it names a language that we have, else `own`, which is that of a
 * code (NULL without), else Accept-Language.
 */
const struct language *request_language(struct http_request *request,
	    const struct language *own);
/* Answers with the page for a code that leads nowhere. */
void	page_cache_unknown_code(struct http_request *request);

/* Who opens a code's page, of what the request says of itself. Nothing of it is kept. */

struct http_request;

/*
 * Whether the request is a visit, and of which kind. HEAD is none, nor what a
 * browser fetches before anybody asked for it (Sec-Purpose, before it was a
 * standard Purpose: prefetch). Staff is whoever brings a session's cookie of the
 * right form: the event loop asks no database, and nothing is given for it but a
 * place in another column. The cookie is SameSite=Strict, so that it comes from
 * our own pages and typed addresses: a lead who tries a code from the code's page.
 */
bool	visitor_counts(struct http_request *request, enum visit_kind *kind);

#endif
