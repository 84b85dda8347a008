/* Who opens a code's page, of what the request says of itself. Nothing of it is kept. */
#ifndef EGENREMISS_VISITOR_H
#define EGENREMISS_VISITOR_H

#include "base/words.h"

struct http_request;

/*
 * Whether the request is a visit, and of which kind. HEAD is none, nor what a
 * browser fetches before anybody asked for it (Sec-Purpose, before it was a
 * standard Purpose: prefetch). Staff is whoever brings a session's cookie of the
 * right form: the event loop asks no database, and nothing is given for it but a
 * place in another column. The cookie is SameSite=Strict, so that it comes from
 * our own pages and typed addresses: a lead who tries a code from the code's page.
 */
bool	visitor_counts(struct http_request *request, enum visit_kind *kind);

#endif
