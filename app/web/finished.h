/* What finished.c shares with the part that speaks to Kore. */
#ifndef EGENREMISS_FINISHED_H
#define EGENREMISS_FINISHED_H

struct http_request;
struct language;

/*
 * ?lang= when it names a language that we have, else `own`, which is that of a
 * code (NULL without), else Accept-Language.
 */
const struct language *request_language(struct http_request *request,
	    const struct language *own);
/* Answers with the page for a code that leads nowhere. */
void	finished_unknown_code(struct http_request *request);

#endif
