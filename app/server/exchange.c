#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/intake.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

/* A style of our templates: one an area and one for staff, each hashed once. */
struct style {
	struct style *next;
	size_t length;
	char hash[45];
	char text[];
};

static const char *
style_hash(const char *text, size_t length)
{
	static struct style *first;
	struct style *style;

	for (style = first; style != NULL; style = style->next) {
		if (style->length == length && memcmp(style->text, text, length) == 0)
			return style->hash;
	}
	style = malloc(sizeof(*style) + length);
	if (style == NULL)
		abort();
	style->length = length;
	memcpy(style->text, text, length);
	digest_sha256_base64(text, length, style->hash);
	style->next = first;
	first = style;
	return style->hash;
}

/*
 * Each <style> of the page by its hash, so that no other style runs, and no
 * script but where a page says that it has one, and then ours alone: a page
 * that could be made to hold markup could do nothing.
 */
static void
content_security_policy(struct buffer *out, const char *page, bool scripted)
{
	const char *start, *end;

	buffer_text(out, "content-security-policy: default-src 'none'; img-src 'self' data:; "
	    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; ");
	if (scripted)
		buffer_text(out, "script-src 'self'; connect-src 'self'; ");
	buffer_text(out, "style-src");
	if (strstr(page, "<style") == NULL)
		buffer_text(out, " 'none'");
	while ((start = strstr(page, "<style")) != NULL &&
	    (start = strchr(start, '>')) != NULL &&
	    (end = strstr(++start, "</style>")) != NULL) {
		buffer_format(out, " 'sha256-%s'", style_hash(start, (size_t)(end - start)));
		page = end;
	}
	buffer_text(out, "\r\n");
}

void
headers_add(struct buffer *out, const struct headers *headers)
{
	buffer_format(out, "%s\r\n"
	    "x-content-type-options: nosniff\r\n"
	    "referrer-policy: no-referrer\r\n"
	    "cross-origin-opener-policy: same-origin\r\n", headers->type);
	if (headers->language != NULL)
		buffer_format(out, "content-language: %s\r\n", headers->language);
	if (headers->etag != NULL)
		buffer_format(out, "etag: \"%s\"\r\nvary: accept-encoding, accept-language\r\n",
		    headers->etag);
	if (headers->gzip)
		buffer_text(out, "content-encoding: gzip\r\n");
	content_security_policy(out, headers->page, headers->scripted);
	buffer_format(out, "cache-control: %s", headers->etag != NULL ? "no-cache" : "no-store");
}

/* The weight after a coding's name; 1 without one. Unreadable is 0. */
static double
weight_of(const char *parameters)
{
	double weight;

	parameters += strspn(parameters, " \t");
	if (*parameters != ';')
		return 1;
	return sscanf(parameters, "; q=%lf", &weight) == 1 ? weight : 0;
}

bool
header_accepts(const char *list, const char *coding)
{
	size_t length = strlen(coding);

	for (;;) {
		list += strspn(list, ", \t");
		if (*list == '\0')
			return false;
		if (strcspn(list, ",; \t") == length && strncasecmp(list, coding, length) == 0)
			return weight_of(list + length) > 0;
		list += strcspn(list, ",");
	}
}

#define COOKIE_NAME	"__Host-session"
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

/* Under /staff, and not of an area such as /staffanstorp. */
static bool
is_staff(const struct request *x)
{
	return strncmp(x->path, "/staff", 6) == 0 && (x->path[6] == '/' || x->path[6] == '\0');
}

static void
read_cookies(struct request *x, struct http_request *request)
{
	const struct language *language;
	char *value;

	http_populate_cookies(request);
	if (http_request_cookie(request, COOKIE_NAME, &value) == KORE_RESULT_OK &&
	    strlen(value) < sizeof(x->cookie))
		(void)snprintf(x->cookie, sizeof(x->cookie), "%s", value);
	if (is_staff(x) && http_request_cookie(request, BROWSER_COOKIE, &value) == KORE_RESULT_OK &&
	    strlen(value) < sizeof(x->browser))
		(void)snprintf(x->browser, sizeof(x->browser), "%s", value);
	if (is_staff(x) && form_value(&x->query, "lang") == NULL &&
	    http_request_cookie(request, LANGUAGE_COOKIE, &value) == KORE_RESULT_OK &&
	    (language = text_language(value, strlen(value))) != NULL)
		x->language = language;
}

/*
 * Staff choose a language once: their pages lead to and fro, and are not
 * public, so that a cookie may keep it. Public pages carry it in the address.
 */
static void
keep_language(struct request *x)
{
	if (is_staff(x) && form_value(&x->query, "lang") != NULL)
		(void)snprintf(x->set_cookie, sizeof(x->set_cookie), LANGUAGE_COOKIE
		    "=%s; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=31536000",
		    x->language->tag);
}

/*
 * The referrer policy makes Origin null on our own forms too, so this header
 * is what tells; a browser that is too old to send it is not held back.
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
	if (is_staff(x) && x->method == METHOD_POST)
		client_digest(request, x->source);
	request->hdlr_extra = x;
	request->flags |= HTTP_REQUEST_RETAIN_EXTRA;
	return x;
}

void
request_free(struct request *x)
{
	arena_wipe(x);
	form_wipe(&x->form);
	form_wipe(&x->query);
	intake_free(&x->intake);
	identity_free(&x->identity);
	buffer_wipe(&x->body);
	seal_wipe(x, sizeof(*x));
	free(x);
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

void
request_problem(struct request *x, int status, const char *heading, const char *message)
{
	x->status = status;
	render_problem(&x->body, x->language, x->area, heading, message);
}

/* Kore has sent this piece, or the connection is gone. */
static int
piece_sent(struct netbuf *piece)
{
	seal_wipe(piece->buf, piece->m_len);
	kore_free(piece->buf);
	return KORE_RESULT_OK;
}

/*
 * Kore copies head and body into pieces that leave with one write each; made
 * streams, they are handed back to be wiped.
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
	};
	struct netbuf *piece;

	headers_add(&headers, &what);
	http_response_header(request, "content-type", headers.data);
	buffer_free(&headers);
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
	/* An empty one ends the session in the browser too. */
	(void)snprintf(x->set_cookie, sizeof(x->set_cookie),
	    COOKIE_NAME "=%s; Path=/; Secure; HttpOnly; SameSite=Strict%s", cookie,
	    cookie[0] == '\0' ? "; Max-Age=0" : "");
}

void
request_remember(struct request *x, const char *cookie)
{
	if (cookie[0] != '\0')
		(void)snprintf(x->set_browser, sizeof(x->set_browser), BROWSER_COOKIE
		    "=%s; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=15552000", cookie);
}
