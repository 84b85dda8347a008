/* The header lines that every answer with a body carries. */
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
};

/*
 * Appends the value of content-type and, line breaks and all, every header
 * line that follows it, without the last line's end: handed to Kore as one
 * header it is copied once instead of nine times.
 */
void	headers_add(struct buffer *out, const struct headers *headers);

#endif
