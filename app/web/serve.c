#include <stdlib.h>
#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "web/exchange.h"
#include "web/finished.h"
#include "web/intakes.h"
#include "web/serve.h"
#include "web/web.h"

/*
 * Overwrites what the person wrote wherever Kore keeps it: the body, and the
 * buffer of the first packet, which may hold the body and holds the headers,
 * which Kore reads until the answer is written.
 */
static void
wipe_request(struct http_request *request)
{
	body_wipe(request);
	if (request->headers != NULL)
		seal_wipe(request->headers, http_header_max);
	if (request->owner != NULL && request->owner->rnb != NULL &&
	    request->owner->rnb->buf != NULL)
		seal_wipe(request->owner->rnb->buf, request->owner->rnb->m_len);
}

/* Kore may call this more than once for one request. */
static void
request_freed(struct http_request *request)
{
	struct exchange *x = request->hdlr_extra;

	if (x == NULL)
		return;
	request->hdlr_extra = NULL;
	wipe_request(request);
	x->request = NULL;
	if (!x->away)
		exchange_free(x);
}

void
exchange_return(struct exchange *x)
{
	x->away = false;
	if (x->request == NULL)
		exchange_free(x);
	else
		http_request_wakeup(x->request);
}

static struct exchange *
exchange_of(struct job *job)
{
	return (struct exchange *)((char *)job - offsetof(struct exchange, job));
}

static void
job_work(struct job *job, struct store *store)
{
	struct exchange *x = exchange_of(job);

	x->then(x, store);
}

static void
job_done(struct job *job)
{
	exchange_return(exchange_of(job));
}

/* Onto that lane, where `then` is done; false when it is full, as only the slow one can be. */
static bool
go(struct exchange *x, enum lane lane)
{
	x->job = (struct job){ .work = job_work, .done = job_done };
	x->away = true;
	if (lane_submit(lane, &x->job) == 0)
		return true;
	x->away = false;
	return false;
}

/* On the event loop, when the handler is back. */
static void
go_slowly(struct exchange *x)
{
	if (go(x, LANE_SLOW))
		return;
	x->then = x->otherwise;
	(void)go(x, LANE_STAFF);
}

void
exchange_slowly(struct exchange *x, void (*then)(struct exchange *, struct store *),
    void (*otherwise)(struct exchange *, struct store *))
{
	x->then = then;
	x->otherwise = otherwise;
	x->resume = go_slowly;
}

static void
begin_form(struct exchange *x)
{
	if (x->method == METHOD_POST) {
		if (body_read(x))
			submit(x);
	} else {
		x->allow = "GET, HEAD, POST";
		exchange_problem(x, 405, N_("Det går inte så"), N_("Öppna formuläret och fyll i det."));
	}
}

/* Whether the path is that of a code; its area and language are the exchange's from now on. */
static bool
is_code(struct exchange *x)
{
	struct code_way way;

	if (code_look(x->path, x->now, &way) != FOUND)
		return false;
	x->area = way.area;
	memcpy(x->code, way.code, sizeof(x->code));
	x->language = request_language(x->request, way.language);
	return true;
}

/* Once more with a code that was not known: the codes have been read anew. */
static void
code_again(struct exchange *x)
{
	if (is_code(x) && x->method != METHOD_GET) {
		begin_form(x);
	} else if (!finished_answer(x->request)) {
		finished_unknown_code(x->request);
		x->answered = true;
	} else {
		x->answered = true;
	}
}

static void
begin_job(struct exchange *x)
{
	x->then = staff_run;
	if (!go(x, x->route->lane))
		staff_problem(x, 503, N_("Det gick inte just nu"),
		    N_("Ingenting har ändrats. Försök igen om en stund."));
}

/*
 * What a form posted to has an address that is followed later: by a link of
 * the answer that stays on it, by a tab that is opened again. It leads to the
 * page above it.
 */
static bool
lead_up(struct exchange *x)
{
	const struct route *page;
	const char *allow;
	int64_t number;
	char *end;

	while (x->method == METHOD_GET && (end = strrchr(x->path, '/')) != NULL && end != x->path) {
		*end = '\0';
		if (route_find(METHOD_GET, x->path, &page, &number, &allow) == FOUND) {
			exchange_redirect(x, "%s", x->path);
			return true;
		}
	}
	return false;
}

static void
begin_route(struct exchange *x)
{
	enum answer answer = route_find(x->method, x->path, &x->route, &x->number, &x->allow);

	if (answer == ABSENT && finished_has(x->path)) {
		x->allow = "GET, HEAD";
		answer = FAILED;
	}
	switch (answer) {
	case FOUND:
		if (x->method != METHOD_POST || body_read(x))
			begin_job(x);
		break;
	case FAILED:
		if (lead_up(x))
			break;
		exchange_problem(x, 405, N_("Det går inte så"), N_("Gå tillbaka och försök igen."));
		break;
	case ABSENT:
	default:
		x->status = 404;
		render_root(&x->body, x->language, intakes_now(), false, true);
		break;
	}
}

static void
begin(struct exchange *x)
{
	if ((x->area = finished_area(x->path)) != NULL) {
		begin_form(x);
	} else if (strncasecmp(x->path, "/q/", 3) == 0) {
		if (is_code(x)) {
			begin_form(x);
		} else {
			x->resume = code_again;
			codes_refresh(x);
		}
	} else {
		begin_route(x);
	}
}

int
web_request(struct http_request *request)
{
	struct exchange *x = request->hdlr_extra;
	void (*resume)(struct exchange *);

	if (x == NULL) {
		if ((request->method == HTTP_METHOD_GET || request->method == HTTP_METHOD_HEAD) &&
		    finished_answer(request))
			return KORE_RESULT_OK;
		x = exchange_new(request);
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
		exchange_send(x);
	return KORE_RESULT_OK;
}
