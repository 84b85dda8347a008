/* Every submission that a reader may look for a person in. Private to flow/. */
#ifndef EGENREMISS_REACH_H
#define EGENREMISS_REACH_H

#include "flow/keyring.h"
#include "flow/search.h"

/*
 * The form is wiped when this returns. Not 0 stops. The keyring is turned to
 * the case.
 */
typedef int (*reached_fn)(const struct case_row *row, const struct form *submission, void *);

/*
 * Opens them one by one, nothing of any other is kept: all that are open, the
 * first due first; then, up to REACH_MOST in all, those that closed, the last
 * first. Within the caller's transaction. *extent tells how far it came, when
 * nothing stopped it. 50 us a case.
 */
int	reach_each(struct keyring *ring, reached_fn give, void *context,
	    struct search_extent *extent, struct error *error);

#endif
