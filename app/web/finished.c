#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "web/finished.h"
#include "web/headers.h"
#include "web/packed.h"
#include "web/visitor.h"
#include "web/web.h"

/* One page in one language. */
struct finished {
	char etag[17];
	struct packed packed;
	struct buffer plain_headers, gzip_headers;
};

struct finished_entry {
	char path[128];			/* lower case */
	enum place place;
	const struct config_area *area;
	struct finished *language;	/* one each of text_languages */
};

#define TABLE_SIZE	4096		/* a power of two, over twice the entries */

static struct {
	struct finished_entry *entry;
	size_t count;
	uint16_t slot[TABLE_SIZE];	/* index + 1; 0 empty */
} pages;

static uint32_t
path_hash(const char *path)
{
	uint32_t hash = 2166136261U;	/* FNV-1a, the same in either letter case */

	for (; *path != '\0'; path++)
		hash = (hash ^ ((unsigned char)*path | 0x20U)) * 16777619U;
	return hash;
}

static struct finished_entry *
entry_find(const char *path)
{
	for (uint32_t at = path_hash(path);; at++) {
		uint16_t slot = pages.slot[at % TABLE_SIZE];

		if (slot == 0)
			return NULL;
		if (strcasecmp(pages.entry[slot - 1].path, path) == 0)
			return &pages.entry[slot - 1];
	}
}

static void
render(struct buffer *out, const struct finished_entry *entry, const struct language *language)
{
	switch (entry->place) {
	case PLACE_ROOT:
		render_root(out, language, false, false);
		break;
	case PLACE_UNKNOWN_CODE:
		render_root(out, language, true, false);
		break;
	case PLACE_AREA:
		if (entry->area->open)
			render_form(out, language, entry->area, NULL);
		else
			render_closed(out, language, entry->area);
		break;
	case PLACE_PRIVACY:
		render_privacy(out, language, entry->area);
		break;
	case PLACE_ACCESSIBILITY:
	default:
		render_accessibility(out, language, entry->area);
		break;
	}
}

static void
finish(struct finished *page, const struct buffer *plain, const char *type,
    const char *language)
{
	struct headers headers = {
		.type = type,
		.language = language,
		.etag = page->etag,
		.page = buffer_string(plain),
	};

	packed_make(&page->packed, plain);
	digest_etag(plain->data, plain->length, page->etag);
	headers_add(&page->plain_headers, &headers);
	headers.gzip = true;
	headers_add(&page->gzip_headers, &headers);
}

static struct finished_entry *
entry_add(enum place place, const struct config_area *area, const char *path)
{
	struct finished_entry *entry = &pages.entry[pages.count++];
	uint32_t at = path_hash(path);

	entry->place = place;
	entry->area = area;
	(void)snprintf(entry->path, sizeof(entry->path), "%s", path);
	while (pages.slot[at % TABLE_SIZE] != 0)
		at++;
	pages.slot[at % TABLE_SIZE] = (uint16_t)pages.count;
	entry->language = calloc(text_languages_count, sizeof(*entry->language));
	if (entry->language == NULL)
		abort();
	return entry;
}

static void
entry_render(enum place place, const struct config_area *area, const char *path,
    struct buffer *plain)
{
	struct finished_entry *entry = entry_add(place, area, path);

	for (size_t i = 0; i < text_languages_count; i++) {
		buffer_clear(plain);
		render(plain, entry, text_languages[i]);
		finish(&entry->language[i], plain, "text/html; charset=utf-8",
		    text_languages[i]->tag);
	}
}

/* The same in each language. */
static void
entry_copy(enum place place, const char *path, const char *type, const struct buffer *plain)
{
	struct finished_entry *entry = entry_add(place, NULL, path);

	for (size_t i = 0; i < text_languages_count; i++)
		finish(&entry->language[i], plain, type, NULL);
}

static void
make_area(const struct config_area *area, struct buffer *plain)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "/%s", area->slug);
	entry_render(PLACE_AREA, area, path, plain);
	(void)snprintf(path, sizeof(path), "/%s/personuppgifter", area->slug);
	entry_render(PLACE_PRIVACY, area, path, plain);
	(void)snprintf(path, sizeof(path), "/%s/tillganglighet", area->slug);
	entry_render(PLACE_ACCESSIBILITY, area, path, plain);
}

static void
make_card(const struct config_queue *queue, struct buffer *plain)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "/nummer/%s.vcf", queue->id);
	buffer_clear(plain);
	render_card(plain, queue);
	entry_copy(PLACE_CARD, path, "text/vcard; charset=utf-8", plain);
}

int
finished_make(struct error *error)
{
	const struct config *config = &site.config;
	struct buffer plain = { 0 };
	size_t count = config->areas_count * 3 + config->queues_count + 3;

	if (count > TABLE_SIZE / 2)
		return error_set(error, ERROR_INPUT, "%s: more areas than there is room for",
		    config->file);
	pages.entry = calloc(count, sizeof(*pages.entry));
	if (pages.entry == NULL)
		abort();
	packing_start();
	entry_render(PLACE_ROOT, NULL, "/", &plain);
	entry_render(PLACE_UNKNOWN_CODE, NULL, "/q", &plain);
	for (size_t i = 0; i < config->areas_count; i++)
		make_area(&config->areas[i], &plain);
	for (size_t i = 0; i < config->queues_count; i++)
		make_card(&config->queues[i], &plain);
	buffer_clear(&plain);
	buffer_add(&plain, script_today, script_today_size);
	entry_copy(PLACE_SCRIPT, "/staff/today.js", "text/javascript; charset=utf-8", &plain);
	packing_stop();
	buffer_free(&plain);
	return 0;
}

void
finished_free(void)
{
	for (size_t i = 0; i < pages.count; i++) {
		for (size_t j = 0; j < text_languages_count; j++) {
			struct finished *page = &pages.entry[i].language[j];

			packed_free(&page->packed);
			buffer_free(&page->plain_headers);
			buffer_free(&page->gzip_headers);
		}
		free(pages.entry[i].language);
	}
	free(pages.entry);
	memset(&pages, 0, sizeof(pages));
}

bool
finished_has(const char *path)
{
	const struct finished_entry *entry = entry_find(path);

	return entry != NULL && entry->place != PLACE_UNKNOWN_CODE;
}

const struct config_area *
finished_area(const char *path)
{
	const struct finished_entry *entry = entry_find(path);

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
	const struct finished_entry *entry = entry_find(request->path);
	const int64_t now = clock_now();
	struct code_way way = { 0 };
	enum visit_kind kind;
	char path[80];

	if (entry == NULL && code_look(request->path, now, &way) == FOUND) {
		if (visitor_counts(request, &kind))
			code_visit(way.code, kind, now);
		(void)snprintf(path, sizeof(path), "/%s", way.area->slug);
		entry = entry_find(path);
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
	send_page(request, 404, &entry_find("/q")->language[language_index(request, NULL)]);
}
