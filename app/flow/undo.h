/*
 * What somebody pressed a moment ago, and can still take back. Taking it back
 * is ACT_UNDO by callback_do.
 */
#ifndef EGENREMISS_UNDO_H
#define EGENREMISS_UNDO_H

#include "base/base.h"
#include "base/config.h"
#include "referral/referral.h"
#include "store/store.h"

struct identity;

/* undo.c */

struct undoable {
	enum act act;			/* what was done */
	int64_t at;			/* when; until UNDO_SECONDS later it can be taken back */
	int64_t due_at;			/* the case's due time since */
	struct retry retry;		/* of an attempt that did not reach: why then */
};

/* ABSENT: the reader did nothing to that case that can be taken back now. */
enum answer undo_offered(struct store *store, const struct config *config,
	    const struct identity *reader, int64_t number, int64_t now,
	    struct undoable *undoable, struct error *error);

#endif
