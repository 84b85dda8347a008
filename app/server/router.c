/*
 * The way of a request: the page cache answers it, or a part takes it in `begin`,
 * or the route of its method and path runs on the route's worker thread.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "server/internal.h"
#include "server/server.h"
#include "store/auth.h"

/* Whether the path matches: '#' in the pattern is a case number, '*' at its end a token. */
static bool
path_matches(const char *pattern, const char *path, int64_t *number)
{
	const char *hole = strchr(pattern, '#');
	char text[14];

	*number = 0;
	if (hole == NULL) {
		size_t open = strcspn(pattern, "*");

		if (pattern[open] == '\0')
			return strcmp(pattern, path) == 0;
		return strncmp(pattern, path, open) == 0 && strchr(path + open, '/') == NULL;
	}
	if (strncmp(pattern, path, (size_t)(hole - pattern)) != 0)
		return false;
	path += hole - pattern;
	if (strcspn(path, "/") != 13)
		return false;
	memcpy(text, path, 13);
	text[13] = '\0';
	return strcmp(hole + 1, path + 13) == 0 && number_parse(text, number) == 0;
}

/* The state of a search for a route. */
struct search {
	const struct site_part *part;
	const struct route *route;	/* NULL so far */
	int64_t number;
	unsigned methods;		/* mask of the methods with which the path was found */
};

/* Searches a table, either its paths with '#' or '*' (`open`), or all others. */
static void
search_table(struct search *search, enum method method, const char *path,
    const struct route *row, bool open)
{
	int64_t number;

	for (; row->path != NULL && search->route == NULL; row++) {
		if ((strpbrk(row->path, "#*") != NULL) != open ||
		    !path_matches(row->path, path, &number))
			continue;
		search->methods |= (unsigned)row->method;
		if (row->method == method) {
			search->route = row;
			search->number = number;
		}
	}
}

static void
search_parts(struct search *search, enum method method, const char *path, bool open)
{
	for (size_t i = 0; site.parts[i].part != NULL && search->route == NULL; i++) {
		const struct route *const *table = site.parts[i].tables;

		search->part = site.parts[i].part;
		for (; table != NULL && *table != NULL && search->route == NULL; table++)
			search_table(search, method, path, *table, open);
	}
}

/* A path without '#' and '*' goes first, whatever the order of the tables. */
static void
search_route(struct search *search, enum method method, const char *path)
{
	search_parts(search, method, path, false);
	if (search->route == NULL)
		search_parts(search, method, path, true);
}

const struct route *
route_at(enum method method, const char *path)
{
	struct search search = { 0 };

	search_route(&search, method, path);
	return search.route;
}

/*
 * Finds the route of the request's method and path, and its part. ABSENT: no route
 * has the path. FAILED: the path has other methods; x->allow names them.
 */
static enum answer
route_find(struct request *x)
{
	struct search search = { 0 };

	search_route(&search, x->method, x->path);
	if (search.route != NULL) {
		x->part = search.part;
		x->route = search.route;
		x->number = search.number;
		return FOUND;
	}
	if (search.methods == 0)
		return ABSENT;
	x->allow = search.methods == METHOD_GET ? "GET, HEAD" :
	    search.methods == METHOD_POST ? "POST" : "GET, HEAD, POST";
	return FAILED;
}

/* Kore may call this more than once for one request. */
static void
request_freed(struct http_request *request)
{
	struct request *x = request->hdlr_extra;

	if (x == NULL)
		return;
	request->hdlr_extra = NULL;
	request_wipe(request);
	x->request = NULL;
	if (!x->away)
		request_free(x);
}

void
request_return(struct request *x)
{
	x->away = false;
	if (x->request == NULL)
		request_free(x);
	else
		http_request_wakeup(x->request);
}

static struct request *
request_of(struct job *job)
{
	return (struct request *)((char *)job - offsetof(struct request, job));
}

static void
job_work(struct job *job, struct store *store)
{
	struct request *x = request_of(job);
	struct work work = {
		.store = store, .config = &site.config, .actor = &x->identity, .now = x->now
	};

	x->then(x, &work);
	if (x->resume == NULL && x->part->finish != NULL)
		x->part->finish(x, &work);
}

static void
job_done(struct job *job)
{
	request_return(request_of(job));
}

/* Queues the request on a worker thread, which calls `then`. False when its queue is full. */
static bool
go(struct request *x, enum worker_thread thread)
{
	x->job = (struct job){ .work = job_work, .done = job_done };
	x->away = true;
	if (worker_submit(thread, &x->job) == 0)
		return true;
	x->away = false;
	return false;
}

/* Called on the event loop, when the handler has returned. */
static void
go_slowly(struct request *x)
{
	if (go(x, WORKER_SLOW))
		return;
	x->then = x->otherwise;
	(void)go(x, WORKER_STAFF);
}

void
request_slowly(struct request *x, void (*then)(struct request *, struct work *),
    void (*otherwise)(struct request *, struct work *))
{
	x->then = then;
	x->otherwise = otherwise;
	x->resume = go_slowly;
}

/*
 * Redirects a GET of an address that only takes POST to the nearest page above
 * it. Such a GET comes from a link on the form's answer, or from a tab that the
 * browser opens again. False: no page above it exists.
 */
static bool
lead_up(struct request *x)
{
	char *end;

	while (x->method == METHOD_GET && (end = strrchr(x->path, '/')) != NULL && end != x->path) {
		*end = '\0';
		if (route_at(METHOD_GET, x->path) != NULL) {
			request_redirect(x, "%s", x->path);
			return true;
		}
	}
	return false;
}

static void
begin_route(struct request *x)
{
	enum answer answer = route_find(x);

	if (answer == ABSENT && page_cache_has(x->path)) {
		x->allow = "GET, HEAD";
		answer = FAILED;
	}
	switch (answer) {
	case FOUND:
		if (x->method == METHOD_POST && !request_body(x))
			break;
		x->then = x->part->run;
		if (!go(x, x->route->thread))
			x->part->refuse(x, REFUSAL_BUSY);
		break;
	case FAILED:
		if (!lead_up(x))
			x->part->refuse(x, REFUSAL_METHOD);
		break;
	case ABSENT:
	default:
		x->part->refuse(x, REFUSAL_PATH);
		break;
	}
}

static void
begin(struct request *x)
{
	for (size_t i = 0; site.parts[i].part != NULL; i++) {
		x->part = site.parts[i].part;
		if (x->part->begin != NULL && x->part->begin(x))
			return;
	}
	x->part = site.parts[0].part;
	if (x->part == NULL)	/* main.c lists at least one part */
		abort();
	begin_route(x);
}

int
web_request(struct http_request *request)
{
	struct request *x = request->hdlr_extra;
	void (*resume)(struct request *);

	if (x == NULL) {
		if ((request->method == HTTP_METHOD_GET || request->method == HTTP_METHOD_HEAD) &&
		    page_cache_answer(request))
			return KORE_RESULT_OK;
		x = request_new(request);
		request->onfree = request_freed;
		begin(x);
	} else if ((resume = x->resume) != NULL) {
		x->resume = NULL;
		resume(x);
	}
	if (x->away) {
		http_request_sleep(request);
		return KORE_RESULT_RETRY;
	}
	if (!x->answered)
		request_send(x);
	return KORE_RESULT_OK;
}
