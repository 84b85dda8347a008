/* What finished.c shares with the part that makes pages, and the one that speaks to Kore. */
#ifndef EGENREMISS_FINISHED_H
#define EGENREMISS_FINISHED_H

#include "web/packed.h"
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

/* finishing.c: the pages of an address, in any letter case; NULL when there are none */
const struct finished_entry *finished_find(const char *path);

/*
 * ?lang= when it names a language that we have, else `own`, which is that of a
 * code (NULL without), else Accept-Language.
 */
const struct language *request_language(struct http_request *request,
	    const struct language *own);
/* Answers with the page for a code that leads nowhere. */
void	finished_unknown_code(struct http_request *request);

#endif
