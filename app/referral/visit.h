/*
 * Who opened a code's page, as far as that is told without watching: the kind is
 * counted, and what it was taken from is forgotten at once.
 */
#ifndef EGENREMISS_VISIT_H
#define EGENREMISS_VISIT_H

#include "base/base.h"

/*
 * robots.c: whether a User-Agent (RFC 9110, 10.1.5) says that no person looks
 * at the page: a search engine's, a messenger that fetches a preview of what
 * somebody sent, a tool. A robot that calls itself a browser is taken for a
 * person, and so is who says nothing (NULL): figures are to tell which brochure
 * is read, not to keep anybody out.
 */
bool	agent_is_robot(const char *agent);

#endif
