/*
 * A case and several queues: it is offered and handed over, it is shared with participants,
 * and a coordinator with a conflict of interest leaves it. Each use case is one
 * transaction, and the lifecycle decides. Until an offer is accepted, the case stays with
 * the sending queue in every respect; of the sealed texts, the receiving queue can read the
 * note of the offer only.
 *
 * The functions that return enum answer and take *answer: FOUND when they have judged the
 * act, and nothing has changed unless answer->verdict is HANDOVER_DONE. ABSENT when the
 * reader has no part in the case. FAILED.
 */
#ifndef EGENREMISS_FLOW_HANDOVER_H
#define EGENREMISS_FLOW_HANDOVER_H

#include "base/base.h"
#include "base/words.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "rules/rules.h"
#include "store/handover.h"
#include "store/store.h"

enum handover_verdict {
	HANDOVER_DONE,
	/* Not possible in the case's state or for this reader; who: its holder. */
	HANDOVER_CHANGED,
	HANDOVER_OFFERED,	/* it is offered already; who: offered it */
	/* The offer has ended; who: ended it ("" for HANDOVER_LAPSED). */
	HANDOVER_ACCEPTED, HANDOVER_RETURNED, HANDOVER_WITHDRAWN, HANDOVER_LAPSED,
	HANDOVER_CLOSED,
	HANDOVER_QUEUE,		/* not another queue with somebody who may open the case */
	HANDOVER_PARTNER,	/* that queue takes part already */
	HANDOVER_ALONE,		/* nobody else could open it: hand it over instead */
	/* The note or reason, and the text of the yes, cannot be taken; see `fault`. */
	HANDOVER_TEXT, HANDOVER_YES,
	HANDOVER_DAY		/* no day of the yes, or one that has not come */
};

struct handover_answer {
	enum handover_verdict verdict;
	enum fault fault;	/* of the text that is refused */
	char who[STORE_NAME];	/* the name of an account; "" without one */
	bool mine;		/* afterwards the reader holds the case or stands in */
	bool near;		/* afterwards the reader has a part in the case */
};

/* A person's consent, as a coordinator wrote it down. */
struct consent {
	const char *what;	/* what the person consents to; sealed */
	int32_t day;		/* the local day of the consent; 0: unknown */
};

/* handover_offer.c */

struct handover_offer {
	int64_t number;
	const char *queue;	/* the receiving queue's id */
	const char *note;	/* for the receiving queue; NULL or "": no note */
	/* The sending queue becomes a participant; NULL: it does not. */
	const struct consent *stays;
};
/*
 * Offers the case to another queue; only the holder may. The offer lapses at the closing
 * time of the receiving queue, offer_days of the configuration open days later.
 */
enum answer handover_offer(struct work *work, const struct handover_offer *offer,
	    struct handover_answer *answer);

/*
 * handover.c: accepts, declines or withdraws an offer. When the offer has ended before, the
 * verdict says how (HANDOVER_ACCEPTED ... HANDOVER_CLOSED).
 */

/*
 * Accepts the offer; only members of the receiving queue may, and the reader becomes the
 * holder. The due time stays. The sending queue's data key is removed unless it becomes a
 * participant.
 */
enum answer handover_accept(struct work *work, int64_t number, struct handover_answer *answer);
/*
 * Declines the offer; only members of the receiving queue may. The reason, which is
 * required, becomes a note of the case.
 */
enum answer handover_return(struct work *work, int64_t number, const char *reason,
	    struct handover_answer *answer);
/* Withdraws the offer; every member of the sending queue may. */
enum answer handover_withdraw(struct work *work, int64_t number, struct handover_answer *answer);

/* handover_offer.c */

/*
 * Ends the offers whose time to answer is over, each in its own transaction; several
 * workers may call it at once. Returns the number of offers that this call ended, or -1.
 */
int	handover_lapse(struct work *work);

struct offered {
	char queue[STORE_QUEUE];	/* the receiving queue */
	char by[STORE_NAME];		/* "" when the account does not exist any more */
	int64_t at, lapses_at;
	bool stays;
	/* Empty when there is none or the reader is not in the receiving queue. */
	struct buffer note;
};
/*
 * Reads the offer of the case; it does not check the reader's part in it. ABSENT when there
 * is none. After FOUND the caller frees *offered with offered_free.
 */
enum answer offered_read(struct work *work, struct offered *offered, int64_t number);
void	offered_free(struct offered *offered);	/* wipes the note */

/* handover_participants.c: conflict of interest, "I know the person" */

/*
 * Declares that the reader has a conflict of interest. The reader loses the case at once
 * and sees it again only if an ACT_UNDO within UNDO_SECONDS takes it back (callback_do); it
 * waits for a colleague, with the same due time. HANDOVER_ALONE
 * when no colleague in the owning queue could open it.
 */
enum answer conflict_of_interest_declare(struct work *work, int64_t number,
	    struct handover_answer *answer);
/*
 * The case of the reader's latest declaration, if an ACT_UNDO may still take it back; undo_offered
 * has the last word. ABSENT: none. Works within the caller's transaction or without one.
 */
enum answer conflict_of_interest_latest(struct work *work, int64_t *number);
/*
 * Called after an account has left a queue, in the same transaction. Where only accounts
 * with a conflict of interest are left to open a case, it removes these conflicts by an act
 * of the program. Returns the number of cases, or -1.
 */
int	conflict_of_interest_lift(struct work *work);

/*
 * handover_participants.c: participants, that is, queues that take part beside the owning
 * queue, each with the person's consent
 */

/* Adds a participant; only the holder may. Its members can then open the case. */
enum answer participant_add(struct work *work, int64_t number, const char *queue,
	    const struct consent *yes, struct handover_answer *answer);
/*
 * Ends a participation; members of the owning queue and of the participant may. The
 * participant can then no longer open the case.
 */
enum answer participant_end(struct work *work, int64_t number, const char *queue,
	    struct handover_answer *answer);

/* The participants of a case, present and former, oldest first. */
struct participants {
	struct participant {
		struct share_row share;
		char by[STORE_NAME], withdrawn_by[STORE_NAME];
		bool own;		/* the reader is a member of that queue */
	} *participants; size_t count;
};
int	participants_read(struct work *work, struct participants *together, int64_t number);
void	participants_free(struct participants *together);

/* Private to flow/: the transaction of one of these acts, its case and its reader. */

struct handover {
	struct work *work;
	struct keyring ring;		/* opens the reader's keys */
	struct case_row row;
	unsigned actor;			/* the reader's parts in the case; 0: none */
	struct handover_answer *answer;
};

/*
 * Begins the transaction, clears *answer and reads the case: FOUND, ABSENT or FAILED. The
 * caller calls handover_end after each of them.
 */
enum answer handover_begin(struct handover *handover, int64_t number);
/*
 * Commits when `found` is FOUND and the verdict HANDOVER_DONE, and rolls back otherwise.
 * Frees the keyring and fills answer->near and mine. Returns `found`, or FAILED when the
 * commit or reading the case fails.
 */
enum answer handover_end(struct handover *handover, enum answer found);
/*
 * Sets the verdict, and answer->who to the name of the account `who` (0: none). Returns
 * FOUND, or FAILED when the name cannot be read.
 */
enum answer handover_refuse(struct handover *handover, enum handover_verdict verdict, int64_t who);
/*
 * Does the act; `queue` is for ACT_ACCEPT alone. FOUND, whatever the lifecycle decides,
 * with the verdict HANDOVER_DONE or HANDOVER_CHANGED; or FAILED.
 */
enum answer handover_act(struct handover *handover, enum act act, const char *queue);
/*
 * Seals the data key that the keyring holds (keyring_turn) to a queue's newest key. Returns
 * 0 or -1.
 */
int	handover_seal(struct handover *handover, const struct queue_key_row *newest,
	    unsigned char sealed[STORE_SEALED]);
/*
 * Reads the newest key of the queue that is to receive the case. FOUND with the verdict
 * HANDOVER_DONE; FOUND with HANDOVER_QUEUE when it is not another queue of the
 * configuration with a member who may open the case; or FAILED.
 */
enum answer handover_receiver(struct handover *handover, const char *queue,
	    struct queue_key_row *newest);
/* Adds an alert about the case for the queue. Returns 0 or -1. */
int	handover_alert(struct handover *handover, const char *queue, enum alert_kind kind);
/*
 * Checks a consent: HANDOVER_DONE, HANDOVER_YES with *fault, or HANDOVER_DAY. Fills *what
 * with the text to seal; the caller wipes it.
 */
enum handover_verdict handover_yes(const struct consent *yes, int64_t now, struct buffer *what,
	    enum fault *fault);

/* handover_reasons.c */

/*
 * Seals the reason of a reader who declines to the owning queue's newest key and stores it.
 * Returns 0 or -1.
 */
int	decline_reason_add(struct handover *handover, const struct buffer *reason);
/*
 * Moves the decline reasons of a case to its notes, within the caller's transaction.
 * Reasons that this reader cannot open stay where they are. Returns 0 or -1.
 */
int	decline_reasons_file(struct keyring *ring, int64_t case_number);
/* The same, in a transaction of its own when there are such reasons. */
int	decline_reasons_arrive(struct work *work, int64_t case_number);

#endif
