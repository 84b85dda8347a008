/* The header lines that every answer with a body carries, and a list that a request carries. */
#ifndef EGENREMISS_HEADERS_H
#define EGENREMISS_HEADERS_H

#include "base/base.h"
#include "seal/seal.h"

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
 * header it is copied once instead of nine times.
 */
void	headers_add(struct buffer *out, const struct headers *headers);

/*
 * Whether a list such as Accept-Encoding's names that coding, and not with
 * q=0, which refuses it. "*" is not taken to mean it.
 */
bool	header_accepts(const char *list, const char *coding);

#endif
