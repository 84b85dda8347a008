/* A request: read from Kore's struct; its answer is handed back to Kore. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "base/base.h"
#include "flow/auth.h"
#include "seal/seal.h"
#include "server/internal.h"
#include "server/server.h"
#include "text/text.h"

#define LANGUAGE_COOKIE	"__Host-lang"
#define BROWSER_COOKIE	"__Host-known"

const struct language *
request_language(struct http_request *request, const struct language *own)
{
	const struct language *language = NULL;
	const char *value = request->query_string;

	while (value != NULL) {
		if (strncmp(value, "lang=", 5) == 0) {
			language = text_language(value + 5, strcspn(value + 5, "&"));
			break;
		}
		value = strchr(value, '&');
		if (value != NULL)
			value++;
	}
	if (language != NULL || own != NULL)
		return language != NULL ? language : own;
	if (http_request_header(request, "accept-language", &value) != KORE_RESULT_OK)
		value = NULL;
	return text_negotiate(value);
}

bool
request_wants(struct http_request *request, char tag[LANGUAGE_TAG_SIZE])
{
	const char *value, *wanted;
	size_t n;

	if (http_request_header(request, "accept-language", &value) != KORE_RESULT_OK ||
	    (wanted = text_wanted(value, &n)) == NULL || n >= LANGUAGE_TAG_SIZE)
		return false;
	memcpy(tag, wanted, n);
	tag[n] = '\0';
	return text_language(tag, n) == NULL;
}

/* Whether the path is "/staff" or below it, for the path of some part; "/staffanstorp" is not. */
static bool
is_signed_in_under(const struct request *x)
{
	for (size_t i = 0; site.parts[i].part != NULL; i++) {
		const char *under = site.parts[i].part->signed_in_under;
		const size_t length = under == NULL ? 0 : strlen(under);

		if (length != 0 && strncmp(x->path, under, length) == 0 &&
		    (x->path[length] == '/' || x->path[length] == '\0'))
			return true;
	}
	return false;
}

static void
read_cookies(struct request *x, struct http_request *request)
{
	const struct language *language;
	char *value;

	http_populate_cookies(request);
	if (http_request_cookie(request, SESSION_COOKIE, &value) == KORE_RESULT_OK &&
	    strlen(value) < sizeof(x->cookie))
		(void)snprintf(x->cookie, sizeof(x->cookie), "%s", value);
	if (is_signed_in_under(x) && http_request_cookie(request, BROWSER_COOKIE, &value) == KORE_RESULT_OK &&
	    strlen(value) < sizeof(x->browser))
		(void)snprintf(x->browser, sizeof(x->browser), "%s", value);
	if (is_signed_in_under(x) && form_value(&x->query, "lang") == NULL &&
	    http_request_cookie(request, LANGUAGE_COOKIE, &value) == KORE_RESULT_OK &&
	    (language = text_language(value, strlen(value))) != NULL)
		x->language = language;
}

/*
 * On staff pages a cookie keeps the language that the reader has chosen. Public
 * pages set no cookie; they have the language in the address.
 */
static void
keep_language(struct request *x)
{
	if (is_signed_in_under(x) && form_value(&x->query, "lang") != NULL)
		(void)snprintf(x->set_cookie, sizeof(x->set_cookie), LANGUAGE_COOKIE
		    "=%s; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=31536000",
		    x->language->tag);
}

/*
 * Our referrer policy makes the Origin header "null" on our own forms too, so
 * Sec-Fetch-Site must tell. An old browser that does not send it is let through.
 */
static bool
is_foreign(struct http_request *request)
{
	const char *from;

	return http_request_header(request, "sec-fetch-site", &from) == KORE_RESULT_OK &&
	    strcmp(from, "same-origin") != 0 && strcmp(from, "none") != 0;
}

static enum method
request_method(const struct http_request *request)
{
	switch (request->method) {
	case HTTP_METHOD_GET:
	case HTTP_METHOD_HEAD:
		return METHOD_GET;
	case HTTP_METHOD_POST:
		return METHOD_POST;
	default:
		return METHOD_OTHER;
	}
}

struct request *
request_new(struct http_request *request)
{
	struct request *x = calloc(1, sizeof(*x));

	if (x == NULL)
		abort();
	x->request = request;
	x->method = request_method(request);
	x->foreign = is_foreign(request);
	x->now = clock_now();
	x->language = request_language(request, NULL);
	if (strlen(request->path) < sizeof(x->path))
		(void)snprintf(x->path, sizeof(x->path), "%s", request->path);
	if (request->query_string != NULL)
		x->query_fault = form_decode(&x->query, request->query_string,
		    strlen(request->query_string));
	read_cookies(x, request);
	keep_language(x);
	if (is_signed_in_under(x) && x->method == METHOD_POST)
		client_digest(request, x->source);
	request->hdlr_extra = x;
	request->flags |= HTTP_REQUEST_RETAIN_EXTRA;
	return x;
}

void
request_free(struct request *x)
{
	if (x->own_free != NULL)
		x->own_free(x->own);
	arena_wipe(x);
	form_wipe(&x->form);
	form_wipe(&x->query);
	identity_free(&x->identity);
	buffer_wipe(&x->body);
	seal_wipe(x, sizeof(*x));
	free(x);
}

static void
body_wipe(struct http_request *request)
{
	if (request->http_body != NULL)
		seal_wipe(request->http_body->data, request->http_body->length);
}

void
request_wipe(struct http_request *request)
{
	body_wipe(request);
	if (request->headers != NULL)
		seal_wipe(request->headers, http_header_max);
	if (request->owner != NULL && request->owner->rnb != NULL &&
	    request->owner->rnb->buf != NULL)
		seal_wipe(request->owner->rnb->buf, request->owner->rnb->m_len);
}

static bool
is_type(const char *value, const char *type)
{
	return strncasecmp(value, type, strlen(type)) == 0;
}

/* Decodes the body by its content-type; refuses a type that the route does not take. */
static enum form_fault
decode_body(struct request *x, struct http_request *request)
{
	const bool uploads = x->route != NULL && (x->route->roles & ROUTE_UPLOADS) != 0;
	const char *bytes = (const char *)request->http_body->data, *type;
	const size_t length = request->http_body_length;

	if (http_request_header(request, "content-type", &type) != KORE_RESULT_OK)
		type = "";
	if (is_type(type, "application/x-www-form-urlencoded"))
		return form_decode(&x->form, bytes, length);
	if (uploads && is_type(type, "multipart/form-data"))
		return form_decode_parts(&x->form, type, bytes, length);
	x->part->refuse(x, REFUSAL_TYPE);
	return FORM_OK;
}

static enum refusal
refusal_of(enum form_fault fault)
{
	switch (fault) {
	case FORM_REPEATED:
		return REFUSAL_REPEATED;
	case FORM_BAD_ENCODING:
	case FORM_BAD_CHARACTER:
		return REFUSAL_CHARACTERS;
	default:
		return REFUSAL_BROKEN;
	}
}

bool
request_body(struct request *x)
{
	struct http_request *request = x->request;
	size_t length = request->http_body == NULL ? 0 : request->http_body_length;
	enum form_fault fault = FORM_OK;

	if (length > BODY_MAX)
		x->part->refuse(x, REFUSAL_LENGTH);
	else if (length > 0)
		fault = decode_body(x, request);
	if (fault != FORM_OK)
		x->part->refuse(x, refusal_of(fault));
	body_wipe(request);
	return x->status == 0;
}

void
request_redirect(struct request *x, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(x->location, sizeof(x->location), format, args);
	va_end(args);
	x->status = 303;
}

/* Kore calls this when it has sent the piece, or when the connection has ended. */
static int
piece_sent(struct netbuf *piece)
{
	seal_wipe(piece->buf, piece->m_len);
	kore_free(piece->buf);
	return KORE_RESULT_OK;
}

/*
 * Kore copies headers and body into pieces, each sent by one write. Kore calls
 * back for a piece that is a stream, so that its memory can be wiped.
 */
static void
send_body(struct request *x, struct http_request *request)
{
	struct buffer headers = { 0 };
	struct headers what = {
		.type = x->type != NULL ? x->type : "text/html; charset=utf-8",
		.language = x->language->tag,
		.page = buffer_string(&x->body),
		.scripted = x->scripted,
		.revisited = x->revisited,
	};
	struct netbuf *piece;
	const char *value;

	what.gzip = x->packed &&
	    http_request_header(request, "accept-encoding", &value) == KORE_RESULT_OK &&
	    header_accepts(value, "gzip");

	headers_add(&headers, &what);
	http_response_header(request, "content-type", headers.data);
	buffer_free(&headers);
	if (what.gzip)
		page_pack(&x->body);
	http_response(request, x->status, x->body.data, x->body.length);
	TAILQ_FOREACH(piece, &request->owner->send_queue, list) {
		if ((piece->flags & NETBUF_IS_STREAM) != 0)
			continue;
		piece->flags |= NETBUF_IS_STREAM;
		piece->cb = piece_sent;
	}
}

void
request_send(struct request *x)
{
	struct http_request *request = x->request;
	char disposition[sizeof(x->file) + 32];

	if (request == NULL || request->owner == NULL)
		return;
	if (x->set_cookie[0] != '\0')
		http_response_header(request, "set-cookie", x->set_cookie);
	if (x->set_browser[0] != '\0')
		http_response_header(request, "set-cookie", x->set_browser);
	if (x->location[0] != '\0')
		http_response_header(request, "location", x->location);
	if (x->allow != NULL)
		http_response_header(request, "allow", x->allow);
	if (x->file[0] != '\0') {
		(void)snprintf(disposition, sizeof(disposition), "attachment; filename=\"%s\"",
		    x->file);
		http_response_header(request, "content-disposition", disposition);
	}
	if (x->status == 503)
		http_response_header(request, "retry-after", "10");
	if (x->body.length > 0) {
		send_body(x, request);
	} else {
		http_response_header(request, "cache-control", "no-store");
		http_response(request, x->status, NULL, 0);
	}
}

void
request_cookie(struct request *x, const char *cookie)
{
	/* An empty cookie with Max-Age=0 removes it from the browser. */
	(void)snprintf(x->set_cookie, sizeof(x->set_cookie),
	    SESSION_COOKIE "=%s; Path=/; Secure; HttpOnly; SameSite=Strict%s", cookie,
	    cookie[0] == '\0' ? "; Max-Age=0" : "");
}

void
request_remember(struct request *x, const char *cookie)
{
	if (cookie[0] != '\0')
		(void)snprintf(x->set_browser, sizeof(x->set_browser), BROWSER_COOKIE
		    "=%s; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=15552000", cookie);
}
