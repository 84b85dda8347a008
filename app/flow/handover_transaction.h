/*
 * One act of handover.h: its transaction, its case, its reader. Private to
 * flow/.
 */
#ifndef EGENREMISS_FLOW_HANDOVER_TRANSACTION_H
#define EGENREMISS_FLOW_HANDOVER_TRANSACTION_H

#include "base/base.h"
#include "base/words.h"
#include "flow/handover.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "store/store.h"

struct handover {
	struct work *work;
	struct keyring ring;		/* the store and the reader */
	struct case_row row;
	unsigned actor;			/* what the reader is to it; 0 nothing */
	struct handover_answer *answer;
};

/* Begins the transaction and reads the case: FOUND, ABSENT, FAILED. End it in any case. */
enum answer handover_begin(struct handover *handover, int64_t number);
/* Commits what is FOUND and done, undoes all else, and returns `found`, or FAILED. */
enum answer handover_end(struct handover *handover, enum answer found);
/* Judged, and not done: FOUND, or FAILED. who: an account, 0 nobody. */
enum answer handover_refuse(struct handover *handover, enum handover_verdict verdict, int64_t who);
/*
 * Does the act; queue is that of ACT_ACCEPT. FOUND whatever the lifecycle
 * says, with the verdict HANDOVER_DONE or HANDOVER_CHANGED.
 */
enum answer handover_act(struct handover *handover, enum act act, const char *queue);
/* Seals the data key, which the ring has turned to, to a queue's newest key. */
int	handover_seal(struct handover *handover, const struct queue_key_row *newest,
	    unsigned char sealed[STORE_SEALED]);
/*
 * The newest key of another queue of the configuration, in which somebody may
 * open the case: FOUND with the verdict HANDOVER_DONE, or HANDOVER_QUEUE.
 */
enum answer handover_receiver(struct handover *handover, const char *queue,
	    struct queue_key_row *newest);
/* Tells that queue of the case. */
int	handover_alert(struct handover *handover, const char *queue, enum alert_kind kind);
/* What is wrong with a yes; HANDOVER_DONE: nothing. *what is the caller's to wipe. */
enum handover_verdict handover_yes(const struct yes *yes, int64_t now, struct buffer *what);
/* The text as it will be sealed, or HANDOVER_TEXT; the caller wipes it. */
enum handover_verdict handover_text(const char *written, bool required, struct buffer *text);

/* reasons.c */

/* Seals why the reader declines to the owning queue's newest key, and stores it. */
int	decline_reason_add(struct handover *handover, const struct buffer *reason);
/*
 * Puts the reasons that wait among the case's notes, within the caller's
 * transaction; those that this reader cannot open wait on.
 */
int	decline_reasons_file(struct keyring *ring, int64_t case_number);
/* The same in a transaction of its own, when there are any. */
int	decline_reasons_arrive(struct work *work, int64_t case_number);

#endif
