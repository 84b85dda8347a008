/* What the files of the server share, and no other folder. */
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

/* Overwrites and frees all of a request's memory: names and numbers stand there. */
void	arena_wipe(struct request *x);

/* client.c */

/*
 * A keyed digest of the address that a request comes from, an IPv6 one by its
 * /64. On the Unix socket it is the one that our own nginx writes in X-Real-IP;
 * on TCP, where anybody can send that header, it is the peer's.
 */
void	client_digest(struct http_request *request, unsigned char source[SEAL_DIGEST_SIZE]);

/* headers.c */

/* The header lines that every answer with a body carries. */
struct headers {
	const char *type;		/* "text/html; charset=utf-8" */
	const char *language;		/* tag; NULL when it has none */
	const char *etag;		/* NULL: must not be stored */
	const char *page;		/* the uncompressed page */
	bool gzip;
	bool scripted;			/* may run our own script files, and they may ask us */
};

/*
 * Appends the value of content-type and, line breaks and all, every header
 * line that follows it, without the last line's end: handed to Kore as one
 * header it is copied once instead of nine times. Event loop only.
 */
void	headers_add(struct buffer *out, const struct headers *headers);
/*
 * Whether a list such as Accept-Encoding's names that coding, and not with
 * q=0, which refuses it. "*" is not taken to mean it.
 */
bool	header_accepts(const char *list, const char *coding);

/* page_cache.c */

/* Answers a GET or HEAD of a page that the cache has. false: it has none. */
bool	page_cache_answer(struct http_request *request);

/* request.c */

/* Reads everything but the body. The request hangs on *request as its hdlr_extra. */
struct request *request_new(struct http_request *request);
/* Overwrites and frees everything that came and went. */
void	request_free(struct request *x);
/* Hands status, headers and body to Kore; does nothing once the client is gone. */
void	request_send(struct request *x);
/*
 * Overwrites what the person wrote wherever Kore keeps it: the body, and the
 * buffer of the first packet, which may hold the body and holds the headers,
 * which Kore reads until the answer is written.
 */
void	request_wipe(struct http_request *request);

#endif
