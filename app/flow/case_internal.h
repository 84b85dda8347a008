/*
 * What the files of this folder share about a case: one act, judged by the
 * lifecycle and applied to the row. Private to flow/.
 */
#ifndef EGENREMISS_FLOW_CASE_INTERNAL_H
#define EGENREMISS_FLOW_CASE_INTERNAL_H

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/case.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "store/store.h"

/* What stood before the last act that changed the case, and what that was. */
struct case_moment {
	struct lifecycle_last last;
	int step;			/* of that act; 0: there is nothing to take back */
	int64_t due_at, holder;
	int attempts;
};

struct case_act {
	enum act act;
	int64_t account;		/* whose event it is; 0 the program */
	unsigned actor;			/* mask of enum actor */
	int64_t until_at;		/* as in struct callback */
	unsigned outcomes;		/* as in struct callback */
	struct attempts attempts;	/* needed when closing without contact */
	const char *queue;		/* ACT_ACCEPT: whose the case becomes */
	int64_t plan[PLAN_CALLS];	/* as in struct callback */
	int64_t planned_at;		/* ACT_REACHED: the next planned contact, set by case_do; 0 none */
	int64_t remind_at;		/* as in struct callback */
	struct case_moment back;	/* ACT_UNDO: from case_last */
	int64_t now;
};

/* Judges, and when LIFECYCLE_OK changes *row as the act would have it. */
enum lifecycle_verdict case_judge(struct case_row *row, const struct case_act *act,
	    const struct config *config, const struct config_queue *queue);
/*
 * The same for a stored case, and writes its row and event; the caller owns
 * the transaction. 0 whatever the verdict, or -1.
 */
int	case_do(struct work *work, struct case_row *row, const struct case_act *act,
	    enum lifecycle_verdict *verdict);
/* An act of the program's own, which the lifecycle must allow: a refusal is a failure too. */
int	case_do_surely(struct work *work, int64_t number, const struct case_act *act);
/*
 * FOUND with the row and *actor, what the reader is to it (mask of enum actor,
 * never 0). ABSENT when it is not there, or nothing to this reader: no key to
 * it, or kept away from it.
 */
enum answer case_read(struct work *work, int64_t number, struct case_row *row, unsigned *actor);
/*
 * What ACT_UNDO by that account would take back. Nothing, when the case would
 * be held by somebody who can no longer work on it.
 */
int	case_last(struct work *work, int64_t number, int64_t account,
	    struct case_moment *moment);
/*
 * Attempts since the person was last reached, without what was taken back.
 * may_text becomes true: it is sealed.
 */
int	case_attempts(struct work *work, int64_t number, struct attempts *attempts);
/* Whether the person may be texted, from what they wrote. */
bool	contact_allows_text(const struct form *submission);
/* How colleagues know an account: "" for 0 and for one that is gone. */
int	account_name(struct work *work, int64_t account, char name[STORE_NAME]);

/* case_follow_up.c: what belongs to a case beside its row */

/* The same as follow_up_planned of a case in the store. */
int	follow_up_next(struct work *work, int64_t number, int64_t due_at, int64_t *at);
/*
 * What an act that is done changes beside row and event: the closing that was
 * asked for, planned contacts, the reminder. due_before is the case's due time
 * before it.
 */
int	follow_up_settle(struct work *work, const struct config_queue *queue, int64_t number,
	    const struct case_act *act, int64_t due_before);

/* The access log: the event that a reader leaves on a case. Private to flow/. */

/*
 * Leaves the event of a quiet act, ACT_OPEN or ACT_FIND, at most one a reader and day, within
 * the caller's transaction. Reads the case row->number anew into *row. ABSENT: the reader may
 * not look at the case now.
 */
enum answer access_log_add(struct work *work, enum act act, struct case_row *row);

#endif
