/*
 * The server: Kore's requests, worker threads with a store each, the page
 * cache, the timer and the router. A folder of pages (public/, staff/) is a
 * part: it gives the server a struct site_part. main.c lists the parts, and
 * nothing in this folder names one. Only this folder and main.c include
 * <kore/...>.
 *
 * A request is answered in one of three ways:
 *
 *   page cache   A GET of a public page is a look-up. The bytes were made at
 *                start-up, and again when an intake opened or closed.
 *   begin        A part takes the request on the event loop. It answers at
 *                once, or sets x->away and calls request_return later.
 *   route        The request sleeps while a worker thread runs the part's
 *                guard and the route's handler.
 *
 * A function is called on the event loop unless its comment says otherwise.
 * When memory ends the process aborts, and Kore starts another.
 */
#ifndef EGENREMISS_SERVER_SERVER_H
#define EGENREMISS_SERVER_SERVER_H

#include <stdbool.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "text/text.h"

struct http_request;
struct queue_keys;
struct request;
struct route;
struct store;
struct work;

/* site.c: the configuration, the queue keys and the parts, which every request reads */

struct site {
	struct config config;
	/*
	 * The public keys of the queues, replaced when a queue gets a new key. Any
	 * thread may read the pointer; read it once for each use.
	 */
	const struct queue_keys *_Atomic queue_keys;
	const struct served *parts;	/* ends with an entry whose part is NULL */
};

extern struct site site;

/* Why the server refuses a request. A part writes the page that says so. */
enum refusal {
	REFUSAL_PATH,		/* 404: no part has the path; the first part writes the page */
	/* 405: x->allow has the path's methods; the first part writes the page */
	REFUSAL_METHOD,
	REFUSAL_BUSY,		/* 503: too many jobs wait for the route's worker */
	REFUSAL_LENGTH,		/* 413: the body is longer than BODY_MAX */
	REFUSAL_TYPE,		/* 415: the route does not take the body's media type */
	REFUSAL_REPEATED,	/* 400: the body has a field twice */
	REFUSAL_CHARACTERS,	/* 400: the body's text is not UTF-8, or has control characters */
	REFUSAL_BROKEN		/* 400: the body cannot be decoded */
};

/* What a part gives to the server. A pointer may be NULL unless its comment says otherwise. */
struct site_part {
	/*
	 * Called once, before the processes fork and after the configuration has been
	 * read: makes the part's memory and registers its periodic jobs. Returns 0, or
	 * -1 with work->error.
	 */
	int (*start)(struct work *work);
	/* Frees the memory that `start` made. */
	void (*stop)(void);
	/* Called when a process ends: writes to the store what the part still has in memory. */
	void (*last)(struct work *work);
	/*
	 * Called for each request that the page cache does not answer, before a route is
	 * looked up. Returns true when the part has answered, or will by request_return.
	 */
	bool (*begin)(struct request *x);
	/*
	 * The guard, on the worker thread of x->route: decides whether the reader may use
	 * the route, and calls the route's handler. Not NULL when the part has routes.
	 */
	void (*run)(struct request *x, struct work *work);
	/* Called on the same thread when the answer is made; may change it. NULL: nothing to do. */
	void (*finish)(struct request *x, struct work *work);
	/* Writes the status and the page of a refusal into the request. Never NULL. */
	void (*refuse)(struct request *x, enum refusal refusal);
	/*
	 * The path below which people are signed in, "/staff". Only there does the server
	 * read the cookies of trusted device and language, and fill x->source of a POST.
	 */
	const char *signed_in_under;
};

/* A part and its tables of routes. */
struct served {
	const struct site_part *part;
	/* A list that ends with NULL; each table ends with a row whose path is NULL. NULL: no routes. */
	const struct route *const *tables;
};

/*
 * Starts libsodium and the commit lock, reads and checks the file `config`,
 * opens the database in the folder `data`, reads the queue keys, and starts
 * each part. Called once, before the processes fork. `parts` ends with an entry
 * whose part is NULL, and must live as long as the process. Returns 0, or -1
 * with *error.
 */
int	site_start(const char *data, const char *config, const struct served *parts,
	    struct error *error);
/* Stops each part, and frees the queue keys and the configuration. */
void	site_stop(void);
/* The path of the database: the absolute one, or, when `chrooted`, the one inside the chroot. */
const char *site_database(bool chrooted);
/* Calls `last` of each part; main.c gives this function to workers_stop. */
void	site_last(struct store *store);

/* worker.c: worker threads, which each have a store and do jobs in order; the commit lock */

struct job {
	void (*work)(struct job *, struct store *);	/* called on the worker thread */
	void (*done)(struct job *);			/* then called on the event loop */
	struct job *next;
};

/* The worker threads of a process. */
enum worker_thread {
	WORKER_WRITER,		/* commits submissions */
	WORKER_STAFF,		/* reads and writes for staff pages; does periodic jobs */
	/* Argon2id and other long work, at a low priority; its queue is bounded */
	WORKER_SLOW,
	WORKER_COUNT
};

/*
 * Starts the worker threads; called once in each process. The path must live as
 * long as they do. Returns 0, or -1 with *error when a thread cannot be made or
 * the database cannot be opened.
 */
int	workers_start(const char *database, struct error *error);
/*
 * Waits for the jobs that have begun, drops the jobs that wait (their `done` is
 * not called), and ends the threads. Calls `last` with the store of WORKER_STAFF
 * before that store is closed.
 */
void	workers_stop(void (*last)(struct store *));
/*
 * Queues a job. *job belongs to the worker thread until `done` is called. Returns
 * 0, or -1 when the queue of WORKER_SLOW is full; the other queues have no limit.
 */
int	worker_submit(enum worker_thread thread, struct job *job);

/*
 * Makes the commit lock, which the processes share; called once, before they
 * fork. Returns 0, or -1 with *error.
 */
int	commit_lock_start(struct error *error);
/*
 * On WORKER_WRITER: waits for the commit lock, at most half a second. Returns
 * whether it was taken. When it was not, commit all the same, and do not call
 * commit_lock_release.
 */
bool	commit_lock_take(void);
void	commit_lock_release(void);

/* timer.c: the periodic work of a process */

/*
 * A look is one round of periodic work. It begins with timer_tick, once a second
 * (config.waits.look), and ends when all jobs that it queued have ended.
 */

/*
 * Makes the memory that the processes share; called once, before they fork.
 * Returns 0, or -1 with *error.
 */
int	timer_start(struct error *error);
/* Called once in each process, with the process's number. */
void	timer_start_process(unsigned number);
/* Registers a function that every look calls on the event loop. Called before the fork. */
void	timer_add(void (*tick)(void));
/*
 * Registers a job. Its `work` runs on WORKER_STAFF at the first look, and again
 * when `seconds` have passed (0: at every look), but not before it has ended. Its
 * `done`, which may be NULL, then runs on the event loop. Called before the fork.
 */
void	timer_job_add(int64_t seconds, void (*work)(struct work *), void (*done)(void));
/*
 * Registers a table of the database that a process keeps a copy of: the name
 * under which timer_tell shows it, and a function that returns the version of
 * the copy, -1 before there is one. Called before the fork.
 */
void	timer_copy_add(const char *name, int64_t (*version)(void));
/*
 * Appends a line for each process number in use: the versions of its copies, and
 * how many looks have ended since the service started. A process has seen a
 * change of the database when two more looks have ended: the first of them may
 * have begun before the change.
 */
void	timer_tell(struct buffer *out);
/*
 * Begins a look: wipes the stack and the memory that Kore has freed, calls the
 * functions of timer_add, and queues the jobs that are due.
 */
void	timer_tick(void);

/* request.c: a request that the page cache does not answer, and its answer */

enum method { METHOD_GET = 1, METHOD_POST = 2, METHOD_OTHER = 4 };

/* A note of 4 000 characters of 4 bytes, escaped, is 48 kB; a full form 7 kB. */
#define BODY_MAX	65536

struct request {
	/* The request, as copies: the client may hang up before the answer is ready. */
	struct http_request *request;	/* NULL when the client has hung up */
	enum method method;		/* HEAD is METHOD_GET */
	char path[256];			/* "" when it is longer */
	struct form query;
	enum form_fault query_fault;
	struct form form;		/* filled by request_body */
	char cookie[SEAL_COOKIE_SIZE];	/* the session cookie; "" without */
	char browser[SEAL_COOKIE_SIZE];	/* the trusted-device cookie; "" without */
	unsigned char source[SEAL_DIGEST_SIZE];	/* of a POST below signed_in_under: client_digest */
	bool foreign;			/* the browser says that a page of another site sent it */
	const struct language *language;
	int64_t now;

	/* The part and the route that serve it. */
	const struct site_part *part;
	const struct route *route;	/* NULL when the part's `begin` took the request */
	int64_t number;			/* the case number in the address; 0 without */
	struct identity identity;	/* the signed-in account, filled by the part's guard */
	/*
	 * Filled by the part's guard: the address of this page, or of the page with the
	 * form that was sent; what each form of the page carries; the form's digest.
	 */
	const char *page;
	const char *form_token;
	unsigned char form_digest[SEAL_DIGEST_SIZE];
	void *own;			/* memory of the part, in the request's arena; NULL without */
	void (*own_free)(void *own);	/* frees what *own points to; NULL: nothing to free */

	/* The answer. */
	int status;
	struct buffer body;
	char location[1024];
	char set_cookie[192];
	char set_browser[192];
	const char *allow;		/* of a 405 */
	const char *back;		/* where a problem's page leads; NULL: to the part's first page */
	const char *type;		/* NULL: an HTML page */
	char file[48];			/* its name when it is to be saved; "" to be shown */
	bool on_paper;			/* the page is read another day: its moments have dates */
	bool scripted;			/* the page may run our own script files, and they may ask us */
	/*
	 * The browser may keep the page for whoever goes back to it: the answer to a
	 * form, which it would otherwise have to send again.
	 */
	bool revisited;
	bool packed;			/* compressed as the browser asks; for pages without secrets */
	bool answered;			/* a page of the cache has been sent already */

	/* Its way through the workers. */
	struct job job;
	/* a worker or a waiting list has it: the event loop must not touch it */
	bool away;
	void (*then)(struct request *, struct work *);	/* called on the worker thread */
	void (*otherwise)(struct request *, struct work *);	/* see request_slowly */
	void (*resume)(struct request *);	/* called when it is back; NULL: the answer is ready */
	struct request *next;		/* in a list of waiting requests */
	struct arena_block *arena;	/* memory that lives as long as the request */
};

/*
 * Decodes the body into x->form, then overwrites the body in Kore's memory.
 * Returns false when the body cannot be read; the part has then refused the
 * request.
 */
bool	request_body(struct request *x);
/* Sets the session cookie; "" removes it. Any thread that has the request. */
void	request_cookie(struct request *x, const char *cookie);
/* Sets the trusted-device cookie; "" does nothing. Any thread that has the request. */
void	request_remember(struct request *x, const char *cookie);
/* Answers 303 with that address, cut at 1023 bytes. Any thread that has the request. */
void	request_redirect(struct request *x, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
#define LANGUAGE_TAG_SIZE	36	/* as long as a BCP 47 tag may have to be (RFC 5646, 4.4.1) */

/* The language that a browser wants most, when there are no pages in it; else false. */
bool	request_wants(struct http_request *request, char tag[LANGUAGE_TAG_SIZE]);
/*
 * Chooses the language of an answer: the one in ?lang=, when the program has it;
 * else `own`, the language of a code, when it is not NULL; else the best one for
 * Accept-Language. Never NULL.
 */
const struct language *request_language(struct http_request *request,
	    const struct language *own);

/*
 * arena.c: memory that is wiped and freed with the request. Any thread that has
 * the request may call these functions.
 */

/* Formats a text, as printf does. */
const char *arena_format(struct request *x, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/* Allocates an array of zeroes. */
void	*arena_array(struct request *x, size_t count, size_t size);
/* Moves the buffer's text into the arena. The buffer is wiped and empty afterwards. */
const char *arena_take(struct request *x, struct buffer *buffer);
/* Moves a buffer of values of `size` bytes into the arena in the same way; *count is their number. */
const void *arena_take_list(struct request *x, struct buffer *list, size_t size,
	    size_t *count);

/* router.c: finds a request's route, and runs it */

/* A bit of `roles`: the form may hold a file, so that multipart/form-data is accepted too. */
#define ROUTE_UPLOADS	(1U << 31)

struct route {
	enum method method;
	const char *path;		/* '#' stands for a case number, '*' at the end for a token */
	/* mask of the roles that may use it, read by the guard; ROUTE_UPLOADS */
	unsigned roles;
	enum worker_thread thread;	/* on which the handler runs */
	void (*handle)(struct request *, struct work *);
	/*
	 * The fields that the form or the query may have, beside "token" and "lang". A
	 * name that ends in '*' allows every name that begins so. The guard checks them.
	 */
	const char *fields[20];
};

/* Finds the route of a method and a path; NULL when no part has one. Any thread. */
const struct route *route_at(enum method method, const char *path);
/*
 * Ends x->away and wakes the request: x->resume is called, or the answer is sent.
 * Frees x when the client has hung up.
 */
void	request_return(struct request *x);
/*
 * Called by a handler, on a worker thread, whose work turns out to be long. After
 * the handler has returned, `then` runs for the same reader on WORKER_SLOW. When
 * the queue of WORKER_SLOW is full, `otherwise` runs on WORKER_STAFF instead.
 */
void	request_slowly(struct request *x, void (*then)(struct request *, struct work *),
	    void (*otherwise)(struct request *, struct work *));
/* Kore's handler of every request; kore.conf names it. */
int	web_request(struct http_request *request)
	    __attribute__((visibility("default")));

/* page_cache.c: public pages in each language, compressed and with an ETag */

/*
 * Finds the page of a path that the cache does not have. Returns the path under
 * which the cache has that page, with the page's language in *language (NULL: the
 * reader's); NULL when there is none. Called for GET and HEAD alone.
 */
typedef const char *page_alias(struct http_request *request, const char *path,
	    const struct language **language);

/* A list of pages that page_cache_replace puts into the cache. */
struct fresh_page;

/* Whether a part makes that page for this reader alone, so that the cache does not answer. */
typedef bool page_apart(struct http_request *request, const char *path);

/* Registers the one function of each kind. Called before the fork. */
void	page_cache_alias(page_alias *alias, page_apart *apart);
/*
 * Makes room for `count` addresses; called before the fork. Returns 0, or -1 with
 * *error when there are too many.
 */
int	page_cache_start(size_t count, struct error *error);
/* Frees every page. */
void	page_cache_stop(void);
/*
 * Adds an address, with the status and the media type of its answer. Returns its
 * entry, a number from 0. More addresses than `count` abort.
 */
size_t	page_cache_add(const char *path, int status, const char *type);
/*
 * Compresses a page and puts it into an entry; `language` is an index of
 * text_languages, `tag` the Content-Language, NULL without. Called before the
 * fork, between page_cache_pack_start and page_cache_pack_stop.
 */
void	page_cache_put(size_t entry, size_t language, const struct buffer *plain, const char *tag);
/*
 * Make and free the compressor, before the first and after the last call of
 * page_cache_put or page_cache_renew. One thread at a time.
 */
void	page_cache_pack_start(void);
void	page_cache_pack_stop(void);
/*
 * On a worker thread: compresses a page and returns the list with the page in
 * front. Takes the memory of *plain, which is empty afterwards.
 */
struct fresh_page *page_cache_renew(struct fresh_page *list, size_t entry, size_t language,
	    struct buffer *plain);
/* Replaces the pages of the list's entries, and frees the list. */
void	page_cache_replace(struct fresh_page *list);
/* Whether the cache has a page of that path that is not a problem's. */
bool	page_cache_has(const char *path);
/* Answers with the page that GET of the request's own path gets. false: the cache has none. */
bool	page_cache_send(struct request *x);
/* Answers with the page of a path that the cache must have, in the reader's language. */
void	page_cache_send_path(struct request *x, const char *path);

/* client.c: the kind of client, from the connection and the headers */

/*
 * Returns whether the request counts as a visit of a code, and its kind in *kind.
 * A HEAD does not count, nor does a page that a browser fetches in advance
 * (Sec-Purpose, or the older Purpose, is "prefetch"). A session cookie of the
 * right form makes it a visit of staff. The event loop does not ask the database
 * whether the session is real: the cookie decides only the column in which the
 * visit is counted. It is SameSite=Strict, so a browser sends it when a lead
 * follows the link on the code's page or types the address. The program keeps
 * nothing of the request.
 */
bool	client_visits(struct http_request *request, enum visit_kind *kind);

#endif
