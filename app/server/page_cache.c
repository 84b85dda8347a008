#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "public/intake.h"
#include "seal/seal.h"
#include "server/server.h"
#include "text/text.h"

#define GZIP_WINDOW	(15 + 16)	/* the largest, in gzip's frame instead of zlib's */

static z_stream packer;

void
gzip_start(void)
{
	if (deflateInit2(&packer, 7, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
}

void
gzip_stop(void)
{
	(void)deflateEnd(&packer);
}

void
gzip_make(struct gzip *gzip, const struct buffer *plain)
{
	const size_t bound = deflateBound(&packer, plain->length);
	char *bytes = malloc(bound);

	if (bytes == NULL)
		abort();
	packer.next_in = (unsigned char *)plain->data;
	packer.avail_in = (uInt)plain->length;
	packer.next_out = (unsigned char *)bytes;
	packer.avail_out = (uInt)bound;
	if (deflate(&packer, Z_FINISH) != Z_STREAM_END)
		abort();
	gzip->size = packer.total_out;
	gzip->length = plain->length;
	/* Given back what it did not take, and no more than it takes is kept. */
	gzip->bytes = realloc(bytes, gzip->size);
	if (gzip->bytes == NULL || deflateReset(&packer) != Z_OK)
		abort();
}

void
gzip_open(const struct gzip *gzip, struct buffer *out)
{
	z_stream stream = {
		.next_in = (unsigned char *)gzip->bytes, .avail_in = (uInt)gzip->size
	};

	buffer_reserve(out, gzip->length);
	stream.next_out = (unsigned char *)out->data + out->length;
	stream.avail_out = (uInt)gzip->length;
	if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK ||
	    inflate(&stream, Z_FINISH) != Z_STREAM_END)
		abort();
	(void)inflateEnd(&stream);
	out->length += gzip->length;
	out->data[out->length] = '\0';
}

void
gzip_free(struct gzip *gzip)
{
	free(gzip->bytes);
	*gzip = (struct gzip){ 0 };
}

bool
page_cache_has(const char *path)
{
	const struct cached_entry *entry = page_cache_find(path);

	return entry != NULL && entry->place != PLACE_UNKNOWN_CODE;
}

const struct config_area *
page_cache_area(const char *path)
{
	const struct cached_entry *entry = page_cache_find(path);

	return entry != NULL && entry->place == PLACE_AREA ? entry->area : NULL;
}

/* Not streamed: head and body would be two writes, which costs more than a copy. */
static void
send_body(struct http_request *request, int status, const struct cached_page *page)
{
	const char *value;
	struct buffer plain = { 0 };

	if (http_request_header(request, "accept-encoding", &value) == KORE_RESULT_OK &&
	    header_accepts(value, "gzip")) {
		http_response_header(request, "content-type", page->gzip_headers.data);
		http_response(request, status, page->gzip.bytes, page->gzip.size);
		return;
	}
	gzip_open(&page->gzip, &plain);
	http_response_header(request, "content-type", page->plain_headers.data);
	http_response(request, status, plain.data, plain.length);
	buffer_free(&plain);
}

static void
send_page(struct http_request *request, int status, struct cached_page *page)
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
page_cache_answer(struct http_request *request)
{
	const struct cached_entry *entry = page_cache_find(request->path);
	const int64_t now = clock_now();
	struct code_way way = { 0 };
	enum visit_kind kind;
	char path[80];

	if (entry == NULL && code_look(request->path, now, &way) == FOUND) {
		if (visitor_counts(request, &kind))
			code_visit(way.code, kind, now);
		(void)snprintf(path, sizeof(path), "/%s", way.area->slug);
		entry = page_cache_find(path);
	}
	if (entry == NULL)
		return false;
	send_page(request, entry->place == PLACE_UNKNOWN_CODE ? 404 : 200,
	    &entry->language[language_index(request, way.language)]);
	return true;
}

void
page_cache_unknown_code(struct http_request *request)
{
	send_page(request, 404, &page_cache_find("/q")->language[language_index(request, NULL)]);
}

#define TABLE_SIZE	4096		/* a power of two, over twice the entries */

static struct {
	struct cached_entry *entry;
	size_t count;
	uint16_t slot[TABLE_SIZE];	/* index + 1; 0 empty */
} pages;

static const char page_type[] = "text/html; charset=utf-8";

/* Made of assets/script/. */
extern const unsigned char script_today[], script_fits[];
extern const size_t script_today_size, script_fits_size;

static const struct {
	const char *path;
	const unsigned char *text;
	const size_t *size;
} scripts[] = {
	{ "/staff/today.js", script_today, &script_today_size },
	{ "/staff/fits.js", script_fits, &script_fits_size },
};

static uint32_t
path_hash(const char *path)
{
	uint32_t hash = 2166136261U;	/* FNV-1a, the same in either letter case */

	for (; *path != '\0'; path++)
		hash = (hash ^ ((unsigned char)*path | 0x20U)) * 16777619U;
	return hash;
}

const struct cached_entry *
page_cache_find(const char *path)
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
render_area(struct buffer *out, const struct config_area *area, const struct language *language,
    const struct intake_state *state)
{
	if (state->open)
		render_form(out, language, area, NULL);
	else
		render_closed(out, language, area, state, false);
}

static void
render(struct buffer *out, const struct cached_entry *entry, const struct language *language,
    const struct intakes *intakes)
{
	switch (entry->place) {
	case PLACE_ROOT:
		render_root(out, language, intakes, false, false);
		break;
	case PLACE_UNKNOWN_CODE:
		render_root(out, language, intakes, true, false);
		break;
	case PLACE_AREA:
		render_area(out, entry->area, language,
		    &intakes->state[entry->area - site.config.areas]);
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

/* Its head, of a page that is packed. */
static void
finish_head(struct cached_page *page, const struct buffer *plain, const char *type,
    const char *language)
{
	struct headers headers = {
		.type = type,
		.language = language,
		.etag = page->etag,
		.page = buffer_string(plain),
	};

	digest_etag(plain->data, plain->length, page->etag);
	headers_add(&page->plain_headers, &headers);
	headers.gzip = true;
	headers_add(&page->gzip_headers, &headers);
}

static void
finish(struct cached_page *page, const struct buffer *plain, const char *type,
    const char *language)
{
	gzip_make(&page->gzip, plain);
	finish_head(page, plain, type, language);
}

static struct cached_entry *
entry_add(enum place place, const struct config_area *area, const char *path)
{
	struct cached_entry *entry = &pages.entry[pages.count++];
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
	struct cached_entry *entry = entry_add(place, area, path);

	for (size_t i = 0; i < text_languages_count; i++) {
		buffer_clear(plain);
		render(plain, entry, text_languages[i], intakes_now());
		finish(&entry->language[i], plain, page_type, text_languages[i]->tag);
	}
}

/* The same in each language. */
static void
entry_copy(enum place place, const char *path, const char *type, const struct buffer *plain)
{
	struct cached_entry *entry = entry_add(place, NULL, path);

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

static void
make_scripts(struct buffer *plain)
{
	for (size_t i = 0; i < COUNT_OF(scripts); i++) {
		buffer_clear(plain);
		buffer_add(plain, scripts[i].text, *scripts[i].size);
		entry_copy(PLACE_SCRIPT, scripts[i].path, "text/javascript; charset=utf-8", plain);
	}
}

int
page_cache_start(struct error *error)
{
	const struct config *config = &site.config;
	struct buffer plain = { 0 };
	size_t count = config->areas_count * 3 + config->queues_count + 2 + COUNT_OF(scripts);

	if (count > TABLE_SIZE / 2)
		return error_set(error, ERROR_INPUT, "%s: more areas than there is room for",
		    config->file);
	pages.entry = calloc(count, sizeof(*pages.entry));
	if (pages.entry == NULL)
		abort();
	gzip_start();
	entry_render(PLACE_ROOT, NULL, "/", &plain);
	entry_render(PLACE_UNKNOWN_CODE, NULL, "/q", &plain);
	for (size_t i = 0; i < config->areas_count; i++)
		make_area(&config->areas[i], &plain);
	for (size_t i = 0; i < config->queues_count; i++)
		make_card(&config->queues[i], &plain);
	make_scripts(&plain);
	gzip_stop();
	buffer_free(&plain);
	return 0;
}

static void
free_page(struct cached_page *page)
{
	gzip_free(&page->gzip);
	buffer_free(&page->plain_headers);
	buffer_free(&page->gzip_headers);
}

void
page_cache_free(void)
{
	for (size_t i = 0; i < pages.count; i++) {
		for (size_t j = 0; j < text_languages_count; j++)
			free_page(&pages.entry[i].language[j]);
		free(pages.entry[i].language);
	}
	free(pages.entry);
	memset(&pages, 0, sizeof(pages));
}

/* A page in one language that is to take the place of another. */
struct fresh_page {
	struct fresh_page *next;
	size_t entry, language;
	struct buffer plain;
	struct gzip gzip;
};

/* Whether the pages of that address say something else afterwards. */
static bool
is_stale(const struct cached_entry *entry, const struct intakes *before,
    const struct intakes *after)
{
	if (entry->place == PLACE_AREA) {
		const ptrdiff_t i = entry->area - site.config.areas;

		return !intake_state_same(&before->state[i], &after->state[i]);
	}
	if (entry->place != PLACE_ROOT && entry->place != PLACE_UNKNOWN_CODE)
		return false;
	for (size_t i = 0; i < site.config.areas_count; i++) {
		if (before->state[i].open != after->state[i].open)
			return true;
	}
	return false;
}

struct fresh_page *
page_cache_render_stale(const struct intakes *before, const struct intakes *after)
{
	struct fresh_page *first = NULL;

	gzip_start();
	for (size_t i = 0; i < pages.count; i++) {
		if (!is_stale(&pages.entry[i], before, after))
			continue;
		for (size_t j = 0; j < text_languages_count; j++) {
			struct fresh_page *page = calloc(1, sizeof(*page));

			if (page == NULL)
				abort();
			*page = (struct fresh_page){ .next = first, .entry = i, .language = j };
			render(&page->plain, &pages.entry[i], text_languages[j], after);
			gzip_make(&page->gzip, &page->plain);
			first = page;
		}
	}
	gzip_stop();
	return first;
}

/* Heads are made here: they keep a list of styles, which is the event loop's. */
void
page_cache_replace(struct fresh_page *fresh)
{
	struct fresh_page *next;

	for (; fresh != NULL; fresh = next) {
		struct cached_page *page = &pages.entry[fresh->entry].language[fresh->language];

		next = fresh->next;
		free_page(page);
		*page = (struct cached_page){ .gzip = fresh->gzip };
		finish_head(page, &fresh->plain, page_type, text_languages[fresh->language]->tag);
		buffer_free(&fresh->plain);
		free(fresh);
	}
}
