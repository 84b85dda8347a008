/* Declarations for the files of this folder alone. */
#ifndef EGENREMISS_SERVER_INTERNAL_H
#define EGENREMISS_SERVER_INTERNAL_H

#include <stdbool.h>

#include "base/base.h"
#include "seal/seal.h"

struct http_request;
struct request;

/* The cookie that holds a session. */
#define SESSION_COOKIE	"__Host-session"

/* arena.c */

/* Overwrites and frees the arena of a request, which holds names and telephone numbers. */
void	arena_wipe(struct request *x);

/* client.c */

/*
 * Makes a keyed digest of the client's address; of an IPv6 address, of its /64
 * network. On the Unix socket the address is the one in X-Real-IP, which our own
 * nginx writes. On TCP any client can send that header, so the address is the
 * connection's.
 */
void	client_digest(struct http_request *request, unsigned char source[SEAL_DIGEST_SIZE]);

/* headers.c */

/* The values of the header lines that every answer with a body has. */
struct headers {
	const char *type;		/* "text/html; charset=utf-8" */
	const char *language;		/* tag; NULL: no content-language */
	const char *etag;		/* NULL: cache-control is no-store */
	const char *page;		/* the uncompressed page, for the hashes of its styles */
	bool gzip;
	bool revisited;			/* without an ETag: may be kept for whoever goes back to it */
	bool scripted;			/* may run our own script files, and they may ask us */
};

/*
 * Appends the value of content-type and all header lines after it, without the
 * end of the last line. Kore gets them as one header, so that it copies once
 * instead of nine times. Event loop only.
 */
void	headers_add(struct buffer *out, const struct headers *headers);
/*
 * Whether a list such as that of Accept-Encoding names the coding, with a weight
 * above 0. "*" does not count.
 */
bool	header_accepts(const char *list, const char *coding);

/* page_cache.c */

/* Answers a GET or HEAD of a page that the cache has. Returns false when it has none. */
bool	page_cache_answer(struct http_request *request);
/* Replaces the page in *plain by its gzip. The pages of one process at a time: event loop only. */
void	page_pack(struct buffer *plain);

/* request.c */

/* Makes a request from Kore's: all but the body. request->hdlr_extra points to it. */
struct request *request_new(struct http_request *request);
/* Overwrites and frees the request: what the client sent, and the answer. */
void	request_free(struct request *x);
/* Hands status, headers and body to Kore. Does nothing when the client has hung up. */
void	request_send(struct request *x);
/*
 * Overwrites the three places where Kore keeps the request: the body, the headers,
 * and the buffer of the first packet. Call it after the answer has been written:
 * Kore reads the headers until then.
 */
void	request_wipe(struct http_request *request);

#endif
