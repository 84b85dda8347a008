/*
 * What carries the pages: Kore's requests, worker threads with a database
 * each, the page cache, the timer and the router. The folders that have pages,
 * public/ and staff/, hand it a struct site_part each; main.c lists them, and
 * nothing here knows them. Only this folder and main.c include <kore/...>.
 *
 * A request takes one of three ways:
 *
 *   page cache   GET of a public page: a look-up of bytes that were made at
 *                start-up, and again when an intake opens or closes
 *   part's own   the part answers on the event loop, or sends the request away
 *                and calls request_return when the answer is there
 *   route        the part's guard and the route's handler run on a worker's
 *                thread while the request sleeps
 *
 * Functions belong to the event loop unless they say otherwise. Memory that
 * runs out ends the process; Kore starts another.
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

/* site.c: what every request reads, and the parts that serve it */

struct site {
	struct config config;
	/* Replaced when a queue gets a new key. Any thread; read it once for each use. */
	const struct queue_keys *_Atomic locks;
	const struct served *parts;	/* the last has no part */
};

extern struct site site;

/* Why the server does not serve a request. The part writes the page that says so. */
enum refusal {
	REFUSAL_PATH,		/* 404: no part has the path; asked of the first part */
	REFUSAL_METHOD,		/* 405: the path has the methods in x->allow; asked of the first part */
	REFUSAL_BUSY,		/* 503: the route's worker is full */
	REFUSAL_LENGTH,		/* 413: the body is longer than BODY_MAX */
	REFUSAL_TYPE,		/* 415: the body is in no encoding that the route takes */
	REFUSAL_REPEATED,	/* 400: a field stands in the body twice */
	REFUSAL_CHARACTERS,	/* 400: text that is not UTF-8, or holds control characters */
	REFUSAL_BROKEN		/* 400: the body cannot be decoded */
};

/* What a folder of pages gives to the server. Pointers may be NULL unless they say otherwise. */
struct site_part {
	/*
	 * Once, before the workers fork, after the configuration has been read:
	 * makes what the part keeps in memory and registers its periodic jobs.
	 * 0, or -1 with the work's error.
	 */
	int (*start)(struct work *work);
	/* Frees what start made. */
	void (*stop)(void);
	/* When a worker ends: writes what has not been written, with the worker's last store. */
	void (*last)(struct work *work);
	/*
	 * Offered each request that the page cache does not answer, before the
	 * routes. true: the part has answered, or has sent the request away.
	 */
	bool (*begin)(struct request *x);
	/*
	 * On the worker's thread of x->route: decides whether the reader may have
	 * the route, and calls its handler. Not NULL when there are routes.
	 */
	void (*run)(struct request *x, struct work *work);
	/* Writes status and page of a refusal. Never NULL. */
	void (*refuse)(struct request *x, enum refusal refusal);
	/*
	 * The path under which people sign in, "/staff": there the cookies of
	 * browser and language are read, and a form's sender has a digest.
	 */
	const char *signed_in_under;
};

/* A part, and its tables of routes. */
struct served {
	const struct site_part *part;
	/* Each table ends with a row without a path, the list of them with NULL; NULL: no routes. */
	const struct route *const *tables;
};

/*
 * Starts libsodium and the commit lock, reads and checks the configuration,
 * opens the database in the folder `data`, reads the queues' keys, and starts
 * each part. The list, which ends with one without a part, must live as long as
 * the process. 0, or -1 with *error.
 */
int	site_start(const char *data, const char *config, const struct served *parts,
	    struct error *error);
void	site_stop(void);
/* The database's path as the parent sees it; chrooted: as a worker in its chroot does. */
const char *site_database(bool chrooted);
/* Lets each part write what it has left; for workers_stop. */
void	site_last(struct store *store);

/* worker.c: threads with a store each that do jobs in their order, and the commit lock */

struct job {
	void (*work)(struct job *, struct store *);	/* on the worker's thread */
	void (*done)(struct job *);			/* on the event loop, afterwards */
	struct job *next;
};

enum lane {
	WORKER_WRITER,		/* commits of submissions */
	WORKER_STAFF,		/* pages that read or write, and periodic jobs */
	WORKER_SLOW,		/* Argon2id and other long work, at a low priority; bounded */
	WORKER_COUNT
};

/*
 * Starts the threads, once in each process of Kore's. 0, or -1 with *error when
 * a thread or the database cannot be had. The path must live as long as they do.
 */
int	workers_start(const char *database, struct error *error);
/*
 * Lets each job that has begun end, drops the others, joins the threads, and
 * hands WORKER_STAFF's store to `last` before it is closed.
 */
void	workers_stop(void (*last)(struct store *));
/*
 * Queues a job. *job belongs to the worker until done is called. 0, or -1 when
 * so many wait for WORKER_SLOW that this one would be answered too late; the
 * other workers never refuse.
 */
int	worker_submit(enum lane lane, struct job *job);

/* Makes the lock that the processes share; once, before they fork. 0, or -1 with *error. */
int	commit_lock_start(struct error *error);
/*
 * On WORKER_WRITER: waits for this process's turn to commit, at most half a
 * second. false: the commit may go on, but there is nothing to release.
 */
bool	commit_lock_take(void);
void	commit_lock_release(void);

/* timer.c: what each process does by the clock */

/*
 * A look: what a process does each time the timer fires, once a second
 * (config.waits.look).
 */

/* Makes the memory that the processes share. Once, before the fork. */
int	timer_start(struct error *error);
/* Once in each process, which goes by that number. */
void	timer_start_process(unsigned number);
/* Registers a function for the event loop, called at every look; before the fork. */
void	timer_add(void (*tick)(void));
/*
 * Registers a job: `work` runs on WORKER_STAFF at the first look and then
 * every so many seconds, 0 at every look, never twice at once; `done`, which may
 * be NULL, follows on the event loop. Before the fork.
 */
void	timer_job_add(int64_t seconds, void (*work)(struct work *), void (*done)(void));
/*
 * Registers what the process keeps a copy of: its name for timer_tell, and which
 * version of the database it has, -1 none yet. Before the fork.
 */
void	timer_copy_add(const char *name, int64_t (*version)(void));
/*
 * Appends a line for each process since the start: the versions of its copies,
 * and how many looks have ended. A process knows of a change in the database
 * once two more looks have ended: the first may have begun before the change.
 */
void	timer_tell(struct buffer *out);
/* A look: wipes Kore's free memory, calls the functions, queues the jobs that are due. */
void	timer_tick(void);

/* request.c: one request that the page cache does not answer, and its answer */

enum method { METHOD_GET = 1, METHOD_POST = 2, METHOD_OTHER = 4 };

/* A note of 4 000 characters of 4 bytes, escaped, is 48 kB; a full form 7 kB. */
#define BODY_MAX	65536

struct request {
	/* What came: copies, since the client may be gone before the answer is there. */
	struct http_request *request;	/* NULL once the client is gone */
	enum method method;		/* HEAD is METHOD_GET */
	char path[256];			/* "" when it is longer */
	struct form query;
	enum form_fault query_fault;
	struct form form;		/* after request_body */
	char cookie[SEAL_COOKIE_SIZE];	/* the session's */
	char browser[SEAL_COOKIE_SIZE];	/* by which an account knows the browser */
	unsigned char source[SEAL_DIGEST_SIZE];	/* of a form under signed_in_under: client_digest */
	bool foreign;			/* the browser says that a page of another site sent it */
	const struct language *language;
	int64_t now;

	/* Who serves it. */
	const struct site_part *part;
	const struct route *route;	/* NULL when the part took it in begin */
	int64_t number;			/* the case in the address; 0 without */
	struct identity identity;	/* who is signed in, as the part's guard found */
	void *own;			/* the part's, for as long as the request lives */
	void (*own_free)(void *own);	/* wipes what *own refers to; NULL when there is nothing */

	/* The answer. */
	int status;
	struct buffer body;
	char location[128];
	char set_cookie[192];
	char set_browser[192];
	const char *allow;		/* of a 405 */
	const char *back;		/* where a problem's page leads; NULL: to the part's first page */
	const char *type;		/* NULL: an HTML page */
	char file[48];			/* its name when it is to be saved; "" to be shown */
	bool scripted;			/* the page may run our own script files, and they may ask us */
	bool answered;			/* a page of the cache has been sent already */

	/* Its way through the workers. */
	struct job job;
	bool away;			/* on a worker, or waiting: nobody else may touch it */
	void (*then)(struct request *, struct work *);	/* what the worker does */
	void (*otherwise)(struct request *, struct work *);	/* of request_slowly */
	void (*resume)(struct request *);	/* goes on when it is back; NULL: the answer is there */
	struct request *next;		/* among those that wait for the same */
	struct arena_block *arena;	/* memory that lives as long as the request */
};

/*
 * Decodes the body into x->form as the route takes it, then overwrites it where
 * Kore keeps it. false: it cannot be read, and the part has refused it.
 */
bool	request_body(struct request *x);
/* Sets the session cookie; "" takes it away. Any thread that has the request. */
void	request_cookie(struct request *x, const char *cookie);
/* Sets the cookie by which the account will know this browser; "" does nothing. Likewise. */
void	request_remember(struct request *x, const char *cookie);
/* Answers 303 with that address, which is cut at 127 bytes. Likewise. */
void	request_redirect(struct request *x, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/*
 * The language of an answer: ?lang= when it names one that there is, else
 * `own`, a code's (NULL without), else what Accept-Language likes best.
 */
const struct language *request_language(struct http_request *request,
	    const struct language *own);

/* arena.c: memory that is wiped and freed with the request; any thread that has the request */

/* A formatted text. */
const char *arena_format(struct request *x, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/* Memory for an array, zeroed. */
void	*arena_array(struct request *x, size_t count, size_t size);
/* Takes over what the buffer holds, which is empty afterwards. */
const char *arena_take(struct request *x, struct buffer *buffer);
/* Takes over a buffer of values of that size; *count tells how many. */
const void *arena_take_list(struct request *x, struct buffer *list, size_t size,
	    size_t *count);

/* router.c: the routes of the parts, and a request's way to one of them */

/* In `roles`: the form may hold a file, and so come as multipart/form-data. */
#define ROUTE_UPLOADS	(1U << 31)

struct route {
	enum method method;
	const char *path;		/* '#' stands for a case number, '*' at the end for a token */
	unsigned roles;			/* who may: a mask that the part's guard reads, and ROUTE_UPLOADS */
	enum lane lane;			/* the worker on which the handler runs */
	void (*handle)(struct request *, struct work *);
	/*
	 * All that the form or the query may hold, but for "token" and "lang"; one
	 * that ends in '*' stands for every name that begins so. The guard reads it.
	 */
	const char *fields[16];
};

/*
 * The route of a method and a path; NULL when no part has one. Any thread.
 */
const struct route *route_at(enum method method, const char *path);
/* Brings a request that is away back to the event loop, where x->resume or the answer follows. */
void	request_return(struct request *x);
/*
 * For a handler that has found out that its work is long, on the worker's
 * thread. When it returns, `then` goes on for the same reader on WORKER_SLOW;
 * when that is full, `otherwise` on WORKER_STAFF.
 */
void	request_slowly(struct request *x, void (*then)(struct request *, struct work *),
	    void (*otherwise)(struct request *, struct work *));
/* The handler of every request, which kore.conf names. */
int	web_request(struct http_request *request)
	    __attribute__((visibility("default")));

/* page_cache.c: pages in each language as they go on the wire, compressed and with an ETag */

/*
 * Another address of a page: of a path that the cache does not have, the path
 * under which it has the page, with the language in which that opens (NULL: the
 * reader's) in *language. NULL when there is none. Called for GET and HEAD alone.
 */
typedef const char *page_alias(struct http_request *request, const char *path,
	    const struct language **language);

/* Pages that are to take the place of others. */
struct fresh_page;

/* Registers the one function that knows other addresses; before the fork. */
void	page_cache_alias(page_alias *alias);
/* Room for so many addresses; before the fork. 0, or -1 with *error when there are too many. */
int	page_cache_start(size_t count, struct error *error);
void	page_cache_stop(void);
/* Adds an address, with its answer's status and media type, and returns its number, from 0. */
size_t	page_cache_add(const char *path, int status, const char *type);
/*
 * Puts the page of that address and language (an index of text_languages)
 * there, compressed; `tag` is its Content-Language, NULL without. Between
 * page_cache_pack_start and page_cache_pack_stop; before the fork.
 */
void	page_cache_put(size_t entry, size_t language, const struct buffer *plain, const char *tag);
/*
 * Once before and once after all pages of page_cache_put or page_cache_renew:
 * the compressor is made once. One thread at a time.
 */
void	page_cache_pack_start(void);
void	page_cache_pack_stop(void);
/* On a worker: compresses a page, takes over *plain, and puts it in front of the list. */
struct fresh_page *page_cache_renew(struct fresh_page *list, size_t entry, size_t language,
	    struct buffer *plain);
/* Puts the list's pages in the place of the old ones, and frees the list. */
void	page_cache_replace(struct fresh_page *list);
/* Whether the cache has a page of that path that is not a problem's. */
bool	page_cache_has(const char *path);
/* Answers with the page that GET of the request's own path gets. false: the cache has none. */
bool	page_cache_send(struct request *x);
/* Answers with the page of that path, which the cache has, in the reader's language. */
void	page_cache_send_path(struct request *x, const char *path);

/* client.c: who asks, told from the connection and the headers */

/*
 * Whether the request is a visit, and of which kind. HEAD is none, nor is a
 * page that a browser fetches before anybody asked for it (Sec-Purpose, and
 * before it was a standard Purpose: prefetch). A session's cookie of the right
 * form makes it staff's: the event loop asks no database, and the cookie
 * decides nothing but the column in which the visit is counted. It is
 * SameSite=Strict, so it comes from our own pages and from typed addresses: a
 * lead tries a code from the code's page. Nothing of the request is kept.
 */
bool	client_visits(struct http_request *request, enum visit_kind *kind);

#endif
