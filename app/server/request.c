#include <stdlib.h>
#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "base/base.h"
#include "flow/work.h"
#include "public/intake.h"
#include "seal/seal.h"
#include "server/server.h"
#include "store/auth.h"
#include "text/text.h"

void
body_wipe(struct http_request *request)
{
	if (request->http_body != NULL)
		seal_wipe(request->http_body->data, request->http_body->length);
}

static bool
is_type(const char *value, const char *type)
{
	return strncasecmp(value, type, strlen(type)) == 0;
}

static bool
takes_file(const struct request *x)
{
	return x->route != NULL && (x->route->roles & ROUTE_UPLOADS) != 0;
}

static void
refuse(struct request *x, int status, const char *heading, const char *message)
{
	/* The one form with a file; what it stood on may itself be the answer to one. */
	if (takes_file(x))
		x->back = "/staff/codes#import";
	if (x->route != NULL)
		staff_problem(x, status, heading, message);
	else
		request_problem(x, status, heading, message);
}

/* A browser writes its own text in UTF-8: what is not is the file's. */
static void
refuse_fault(struct request *x, enum form_fault fault)
{
	if (takes_file(x) && (fault == FORM_BAD_ENCODING || fault == FORM_BAD_CHARACTER))
		refuse(x, 400, N_("Det gick inte att läsa filen"),
		    N_("Spara den som CSV UTF-8 i kalkylbladet och välj den igen. "
		    "Eller kopiera raderna och klistra in dem. Inga koder är gjorda."));
	else
		refuse(x, 400, N_("Det gick inte att läsa svaret"),
		    fault == FORM_REPEATED ? N_("Något svar kom två gånger. Fyll i igen.") :
		    N_("Något i svaret är trasigt. Fyll i igen."));
}

/* As it is said to be written; of another type than the route takes, that is answered. */
static enum form_fault
decode_body(struct request *x, struct http_request *request)
{
	const char *bytes = (const char *)request->http_body->data, *type;
	const size_t length = request->http_body_length;

	if (http_request_header(request, "content-type", &type) != KORE_RESULT_OK)
		type = "";
	if (is_type(type, "application/x-www-form-urlencoded"))
		return form_decode(&x->form, bytes, length);
	if (takes_file(x) && is_type(type, "multipart/form-data"))
		return form_decode_parts(&x->form, type, bytes, length);
	refuse(x, 415, N_("Det gick inte att läsa svaret"),
	    N_("Skicka svaren med formuläret på sidan."));
	return FORM_OK;
}

bool
body_read(struct request *x)
{
	struct http_request *request = x->request;
	size_t length = request->http_body == NULL ? 0 : request->http_body_length;
	enum form_fault fault = FORM_OK;

	if (length > BODY_MAX)
		refuse(x, 413, N_("Det blev för mycket text"), takes_file(x) ?
		    N_("Dela upp listan och skicka en del i taget. Inga koder är gjorda.") :
		    N_("Skriv lite kortare och skicka igen."));
	else if (length > 0)
		fault = decode_body(x, request);
	if (fault != FORM_OK)
		refuse_fault(x, fault);
	body_wipe(request);
	return x->status == 0;
}

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
	struct request *x = request->hdlr_extra;

	if (x == NULL)
		return;
	request->hdlr_extra = NULL;
	wipe_request(request);
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
}

static void
job_done(struct job *job)
{
	request_return(request_of(job));
}

/* Onto that lane, where `then` is done; false when it is full, as only the slow one can be. */
static bool
go(struct request *x, enum lane lane)
{
	x->job = (struct job){ .work = job_work, .done = job_done };
	x->away = true;
	if (worker_submit(lane, &x->job) == 0)
		return true;
	x->away = false;
	return false;
}

/* On the event loop, when the handler is back. */
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

static void
begin_form(struct request *x)
{
	if (x->method == METHOD_POST) {
		if (body_read(x))
			submit(x);
	} else {
		x->allow = "GET, HEAD, POST";
		request_problem(x, 405, N_("Det går inte så"), N_("Öppna formuläret och fyll i det."));
	}
}

/* Whether the path is that of a code; its area and language are the exchange's from now on. */
static bool
is_code(struct request *x)
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
code_again(struct request *x)
{
	if (is_code(x) && x->method != METHOD_GET) {
		begin_form(x);
	} else if (!page_cache_answer(x->request)) {
		page_cache_unknown_code(x->request);
		x->answered = true;
	} else {
		x->answered = true;
	}
}

static void
begin_job(struct request *x)
{
	x->then = staff_run;
	if (!go(x, x->route->lane))
		staff_problem(x, 503, N_("Det gick inte just nu"),
		    N_("Ingenting har ändrats. Försök igen om en stund."));
}

static void
begin_route(struct request *x)
{
	enum answer answer = route_find(x->method, x->path, &x->route, &x->number, &x->allow);

	if (answer == ABSENT && page_cache_has(x->path)) {
		x->allow = "GET, HEAD";
		answer = FAILED;
	}
	switch (answer) {
	case FOUND:
		if (x->method != METHOD_POST || body_read(x))
			begin_job(x);
		break;
	case FAILED:
		request_problem(x, 405, N_("Det går inte så"), N_("Gå tillbaka och försök igen."));
		break;
	case ABSENT:
	default:
		x->status = 404;
		render_root(&x->body, x->language, intakes_now(), false, true);
		break;
	}
}

static void
begin(struct request *x)
{
	if ((x->area = page_cache_area(x->path)) != NULL) {
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
