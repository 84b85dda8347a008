/* What is left on a case by whoever has looked at it. Private to flow/. */
#ifndef EGENREMISS_TRACE_H
#define EGENREMISS_TRACE_H

#include "flow/flow.h"

/*
 * Leaves the event of a quiet act, ACT_OPEN or ACT_FIND, at most one a person
 * and day, within the caller's transaction. Reads row->number anew into *row.
 * ABSENT when it is no case that this reader may look at, now.
 */
enum answer trace_leave(struct store *store, const struct config *config,
	    const struct identity *reader, enum act act, int64_t now, struct case_row *row,
	    struct error *error);

#endif
