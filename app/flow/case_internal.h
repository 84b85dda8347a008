/*
 * Shared by the files of this folder: one act is judged by the lifecycle and applied to the
 * case's row. Private to flow/.
 */
#ifndef EGENREMISS_FLOW_CASE_INTERNAL_H
#define EGENREMISS_FLOW_CASE_INTERNAL_H

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/case.h"
#include "flow/work.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

/* The last act that changed a case, and the values of the row before it. */
struct case_moment {
	struct lifecycle_last last;
	int step;			/* the act's step; 0: nothing can be undone */
	int64_t due_at, holder;
	int attempts;
};

struct case_act {
	enum act act;
	int64_t account;		/* the author of the event; 0: the program */
	unsigned actor;			/* mask of enum actor */
	int64_t until_at;		/* as in struct callback */
	unsigned outcomes;		/* as in struct callback */
	struct attempts attempts;	/* needed to close a case without contact */
	const char *queue;		/* ACT_ACCEPT: the queue that receives the case */
	int64_t plan[PLAN_CALLS];	/* as in struct callback */
	/* ACT_REACHED, ACT_RANG_BACK: the next planned contact, set by case_do; 0: none */
	int64_t planned_at;
	int64_t remind_at;		/* as in struct callback */
	struct case_moment back;	/* ACT_UNDO: filled by case_last */
	int64_t now;
};

/*
 * Judges the act. Changes *row as the act demands when it returns LIFECYCLE_OK, and leaves
 * it unchanged otherwise. Stores nothing.
 */
enum lifecycle_verdict case_judge(struct case_row *row, const struct case_act *act,
	    const struct config *config, const struct config_queue *queue);
/*
 * The same for a stored case: also writes its row, its event and its follow-up. The caller
 * owns the transaction. Returns 0 whatever the verdict is, or -1.
 */
int	case_do(struct work *work, struct case_row *row, const struct case_act *act,
	    enum lifecycle_verdict *verdict);
/*
 * Does an act of the program itself. A refusal by the lifecycle is a failure: -1 with
 * ERROR_INTERNAL. The caller owns the transaction.
 */
int	case_do_surely(struct work *work, int64_t number, const struct case_act *act);
/*
 * FOUND with the row and *actor, a mask of the reader's parts in the case, which is never
 * 0. ABSENT when the case does not exist or the reader has no part in it: no key to it, or
 * a conflict of interest.
 */
enum answer case_read(struct work *work, int64_t number, struct case_row *row, unsigned *actor);
/*
 * Fills *moment with the act that ACT_UNDO by that account would undo. moment->step is 0
 * when there is none, or when the undo would give the case to a holder who can no longer
 * open it. Returns 0 or -1.
 *
 * recused: NULL; or the row of the case, for an account that has a conflict of interest. The
 * act is then the one that declared it, no longer than UNDO_SECONDS ago. When others have
 * acted since, the case stays as it is; otherwise its undo makes it as it was.
 */
int	case_last(struct work *work, int64_t number, int64_t account,
	    const struct case_row *recused, struct case_moment *moment);
/*
 * FOUND with the latest talk with the person, which was not undone, that a colleague of that
 * account has noted after the step `seen`; ABSENT without one.
 */
enum answer case_talk_after(struct work *work, int64_t number, int64_t account, int seen,
	    struct event_row *talk);
/*
 * Like case_read, but FOUND only for a reader with a conflict of interest, with the parts
 * that the reader would have without it.
 */
enum answer case_read_recused(struct work *work, int64_t number, struct case_row *row,
	    unsigned *actor);
/*
 * Counts the acts of the case, except those that were undone, by attempts_add. Sets may_text
 * to true, because the true value is sealed. Returns 0 or -1.
 */
int	case_attempts(struct work *work, int64_t number, struct attempts *attempts);
/* Whether the person allows text messages, by the submission. */
bool	contact_allows_text(const struct form *submission);
/*
 * Fills in the name of an account: "" for account 0 and for one that does not exist any
 * more. Returns 0 or -1.
 */
int	account_name(struct work *work, int64_t account, char name[STORE_NAME]);

/* case_follow_up.c: the follow-up, which is stored beside the row */

/*
 * The same as follow_up_planned, but reads the contacts from the store. *at is 0 when none
 * is left. Returns 0 or -1.
 */
int	follow_up_next(struct work *work, int64_t number, int64_t due_at, int64_t *at);
/*
 * Applies an act that was done to the follow-up: the closing that waits, the planned
 * contacts, the reminder. due_before is the due time before the act. The caller owns the
 * transaction.
 */
int	follow_up_settle(struct work *work, const struct config_queue *queue, int64_t number,
	    const struct case_act *act, int64_t due_before);

/* The access log: events for reading a case. Private to flow/. */

/*
 * Adds the event of a quiet act, ACT_OPEN, ACT_FIND or ACT_PRINT, unless the reader has one of that
 * kind on that case today. Reads the row of case row->number again into *row. FOUND: the
 * event exists. ABSENT: the reader may not look at the case now. The caller owns the
 * transaction.
 */
enum answer access_log_add(struct work *work, enum act act, struct case_row *row);

/*
 * case_correct.c: after ACT_WRONG_NUMBER, or an ACT_UNDO of it: writes whether the number of who
 * helped is wrong, when it is the one that was rung. The caller owns the transaction. Returns 0
 * or -1.
 */
struct keyring;
int	helper_settle(struct keyring *ring, int64_t number, enum act act);

#endif
