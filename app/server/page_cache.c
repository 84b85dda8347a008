/*
 * The page cache: rendered pages by path and language. public/page_set.c puts
 * pages into it before the processes fork, and replaces them on the event loop.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "base/base.h"
#include "seal/seal.h"
#include "server/internal.h"
#include "server/server.h"
#include "text/text.h"

#define GZIP_WINDOW	(15 + 16)	/* the largest window; 16 asks zlib for gzip's header */

static z_stream packer;

/*
 * A page in memory is compressed, since nearly every browser accepts gzip. For a
 * client that does not, each request unpacks it, which takes a tenth of a
 * millisecond. To keep the plain pages too would take four times the memory.
 */
struct gzip {
	char *bytes;			/* owned */
	size_t size;
	size_t length;			/* of the unpacked page */
};

void
page_cache_pack_start(void)
{
	if (deflateInit2(&packer, 7, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
}

void
page_cache_pack_stop(void)
{
	(void)deflateEnd(&packer);
}

static void
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
	/* The bound was a guess: give back the rest. */
	gzip->bytes = realloc(bytes, gzip->size);
	if (gzip->bytes == NULL || deflateReset(&packer) != Z_OK)
		abort();
}

void
page_pack(struct buffer *plain)
{
	static z_stream once;		/* kept: making one takes longer than a page */
	static bool made;
	struct buffer packed = { 0 };

	if (!made && deflateInit2(&once, 6, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	made = true;
	buffer_reserve(&packed, deflateBound(&once, plain->length));
	once.next_in = (unsigned char *)plain->data;
	once.avail_in = (uInt)plain->length;
	once.next_out = (unsigned char *)packed.data;
	once.avail_out = (uInt)deflateBound(&once, plain->length);
	if (deflate(&once, Z_FINISH) != Z_STREAM_END)
		abort();
	packed.length = once.total_out;
	if (deflateReset(&once) != Z_OK)
		abort();
	buffer_wipe(plain);
	*plain = packed;
}

/* Appends the page unpacked. */
static void
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

static void
gzip_free(struct gzip *gzip)
{
	free(gzip->bytes);
	*gzip = (struct gzip){ 0 };
}

/* One page in one language. */
struct cached_page {
	char etag[17];
	struct gzip gzip;
	struct buffer plain_headers, gzip_headers;
};

struct cached_entry {
	char path[128];
	int status;
	const char *type;
	struct cached_page *language;	/* an array in the order of text_languages */
};

#define TABLE_SIZE	4096		/* a power of two, at least twice the number of entries */

static struct {
	struct cached_entry *entry;
	size_t count, room;
	uint16_t slot[TABLE_SIZE];	/* index + 1; 0 empty */
} pages;

static page_alias *other_address;
static page_apart *made_apart;

static uint32_t
path_hash(const char *path)
{
	uint32_t hash = 2166136261U;	/* FNV-1a; upper and lower case give the same hash */

	for (; *path != '\0'; path++)
		hash = (hash ^ ((unsigned char)*path | 0x20U)) * 16777619U;
	return hash;
}

static const struct cached_entry *
find(const char *path)
{
	for (uint32_t at = path_hash(path);; at++) {
		uint16_t slot = pages.slot[at % TABLE_SIZE];

		if (slot == 0)
			return NULL;
		if (strcasecmp(pages.entry[slot - 1].path, path) == 0)
			return &pages.entry[slot - 1];
	}
}

bool
page_cache_has(const char *path)
{
	const struct cached_entry *entry = find(path);

	return entry != NULL && entry->status == 200;
}

/* Kore copies the body behind the headers: one write costs less than two without a copy. */
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

static void
send_entry(struct http_request *request, const struct cached_entry *entry,
    const struct language *own)
{
	send_page(request, entry->status, &entry->language[language_index(request, own)]);
}

bool
page_cache_answer(struct http_request *request)
{
	const struct cached_entry *entry = find(request->path);
	const struct language *own = NULL;
	const char *path;

	if (entry == NULL && other_address != NULL &&
	    (path = other_address(request, request->path, &own)) != NULL)
		entry = find(path);
	if (entry == NULL || (made_apart != NULL && made_apart(request, entry->path)))
		return false;
	send_entry(request, entry, own);
	return true;
}

bool
page_cache_send(struct request *x)
{
	x->answered = page_cache_answer(x->request);
	return x->answered;
}

void
page_cache_send_path(struct request *x, const char *path)
{
	send_entry(x->request, find(path), NULL);
	x->answered = true;
}

void
page_cache_alias(page_alias *alias, page_apart *apart)
{
	other_address = alias;
	made_apart = apart;
}

int
page_cache_start(size_t count, struct error *error)
{
	if (count > TABLE_SIZE / 2)
		return error_set(error, ERROR_INPUT, "%s: more areas than there is room for",
		    site.config.file);
	pages.entry = calloc(count, sizeof(*pages.entry));
	if (pages.entry == NULL)
		abort();
	pages.room = count;
	return 0;
}

size_t
page_cache_add(const char *path, int status, const char *type)
{
	struct cached_entry *entry = &pages.entry[pages.count++];
	uint32_t at = path_hash(path);

	if (pages.count > pages.room)
		abort();
	entry->status = status;
	entry->type = type;
	(void)snprintf(entry->path, sizeof(entry->path), "%s", path);
	while (pages.slot[at % TABLE_SIZE] != 0)
		at++;
	pages.slot[at % TABLE_SIZE] = (uint16_t)pages.count;
	entry->language = calloc(text_languages_count, sizeof(*entry->language));
	if (entry->language == NULL)
		abort();
	return pages.count - 1;
}

/* Makes the header lines and the ETag of a compressed page. */
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

void
page_cache_put(size_t entry, size_t language, const struct buffer *plain, const char *tag)
{
	struct cached_page *page = &pages.entry[entry].language[language];

	gzip_make(&page->gzip, plain);
	finish_head(page, plain, pages.entry[entry].type, tag);
}

static void
free_page(struct cached_page *page)
{
	gzip_free(&page->gzip);
	buffer_free(&page->plain_headers);
	buffer_free(&page->gzip_headers);
}

void
page_cache_stop(void)
{
	for (size_t i = 0; i < pages.count; i++) {
		for (size_t j = 0; j < text_languages_count; j++)
			free_page(&pages.entry[i].language[j]);
		free(pages.entry[i].language);
	}
	free(pages.entry);
	memset(&pages, 0, sizeof(pages));
}

/* A page in one language that will replace the one in its entry. */
struct fresh_page {
	struct fresh_page *next;
	size_t entry, language;
	struct buffer plain;
	struct gzip gzip;
};

struct fresh_page *
page_cache_renew(struct fresh_page *list, size_t entry, size_t language, struct buffer *plain)
{
	struct fresh_page *page = calloc(1, sizeof(*page));

	if (page == NULL)
		abort();
	*page = (struct fresh_page){
		.next = list, .entry = entry, .language = language, .plain = *plain
	};
	*plain = (struct buffer){ 0 };
	gzip_make(&page->gzip, &page->plain);
	return page;
}

/* Makes the headers here and not in page_cache_renew: only the event loop may use style_hash. */
void
page_cache_replace(struct fresh_page *list)
{
	struct fresh_page *next;

	for (; list != NULL; list = next) {
		const struct cached_entry *entry = &pages.entry[list->entry];
		struct cached_page *page = &entry->language[list->language];

		next = list->next;
		free_page(page);
		*page = (struct cached_page){ .gzip = list->gzip };
		finish_head(page, &list->plain, entry->type, text_languages[list->language]->tag);
		buffer_free(&list->plain);
		free(list);
	}
}
