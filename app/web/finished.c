#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "web/finished.h"
#include "web/headers.h"
#include "web/packed.h"
#include "web/visitor.h"
#include "web/web.h"

bool
finished_has(const char *path)
{
	const struct finished_entry *entry = finished_find(path);

	return entry != NULL && entry->place != PLACE_UNKNOWN_CODE;
}

const struct config_area *
finished_area(const char *path)
{
	const struct finished_entry *entry = finished_find(path);

	return entry != NULL && entry->place == PLACE_AREA ? entry->area : NULL;
}

/* Not streamed: head and body would be two writes, which costs more than a copy. */
static void
send_body(struct http_request *request, int status, const struct finished *page)
{
	const char *value;
	struct buffer plain = { 0 };

	if (http_request_header(request, "accept-encoding", &value) == KORE_RESULT_OK &&
	    header_accepts(value, "gzip")) {
		http_response_header(request, "content-type", page->gzip_headers.data);
		http_response(request, status, page->packed.bytes, page->packed.size);
		return;
	}
	packed_open(&page->packed, &plain);
	http_response_header(request, "content-type", page->plain_headers.data);
	http_response(request, status, plain.data, plain.length);
	buffer_free(&plain);
}

static void
send_page(struct http_request *request, int status, struct finished *page)
{
	const char *value;

	if (status == 200 &&
	    http_request_header(request, "if-none-match", &value) == KORE_RESULT_OK &&
	    strstr(value, page->etag) != NULL) {
		http_response_header(request, "content-type", page->plain_headers.data);
		http_response(request, 304, NULL, 0);
		return;
	}
	send_body(request, status, page);
}

static size_t
language_index(struct http_request *request, const struct language *own)
{
	const struct language *language = request_language(request, own);

	for (size_t i = 0; i < text_languages_count; i++) {
		if (text_languages[i] == language)
			return i;
	}
	return 0;
}

bool
finished_answer(struct http_request *request)
{
	const struct finished_entry *entry = finished_find(request->path);
	const int64_t now = clock_now();
	struct code_way way = { 0 };
	enum visit_kind kind;
	char path[80];

	if (entry == NULL && code_look(request->path, now, &way) == FOUND) {
		if (visitor_counts(request, &kind))
			code_visit(way.code, kind, now);
		(void)snprintf(path, sizeof(path), "/%s", way.area->slug);
		entry = finished_find(path);
	}
	if (entry == NULL)
		return false;
	send_page(request, entry->place == PLACE_UNKNOWN_CODE ? 404 : 200,
	    &entry->language[language_index(request, way.language)]);
	return true;
}

void
finished_unknown_code(struct http_request *request)
{
	send_page(request, 404, &finished_find("/q")->language[language_index(request, NULL)]);
}
