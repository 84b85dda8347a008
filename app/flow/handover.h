/*
 * A case among queues: offered and handed over, shared with others who take
 * part, and left by a coordinator who knows the person. Each verb is a transaction
 * through the lifecycle; until an offer is accepted the case is the sender's in
 * every respect, and of what is sealed the receiver reads the note alone.
 *
 * The verbs that return enum answer: FOUND when judged (see answer->verdict;
 * nothing has changed unless HANDOVER_DONE), ABSENT when the case is nothing
 * to the reader, FAILED.
 */
#ifndef EGENREMISS_FLOW_HANDOVER_H
#define EGENREMISS_FLOW_HANDOVER_H

#include "base/base.h"
#include "base/words.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "store/handover.h"
#include "store/store.h"

enum handover_verdict {
	HANDOVER_DONE,
	HANDOVER_CHANGED,	/* not as the case is now, or not by this reader; who: has it */
	HANDOVER_OFFERED,	/* it is offered already */
	/* The offer is over; who: ended it. Nobody does of HANDOVER_LAPSED. */
	HANDOVER_ACCEPTED, HANDOVER_RETURNED, HANDOVER_WITHDRAWN, HANDOVER_LAPSED,
	HANDOVER_CLOSED,
	HANDOVER_QUEUE,		/* not another queue with somebody who may open the case */
	HANDOVER_PARTNER,	/* that queue takes part already */
	HANDOVER_ALONE,		/* nobody else could open it: hand it over instead */
	HANDOVER_TEXT,		/* missing, over NOTE_MAX or with control characters */
	HANDOVER_PERSONNUMMER,	/* the text has one */
	HANDOVER_DAY		/* no day of the yes, or one that has not come */
};

struct handover_answer {
	enum handover_verdict verdict;
	char who[STORE_NAME];	/* "" nobody */
	bool mine;		/* the reader holds the case afterwards, or stands in */
	bool near;		/* and still reads about it, as a member or a partner */
};

/* A person's yes, as it was written down. */
struct yes {
	const char *what;	/* what it is a yes to; sealed */
	int32_t day;		/* local, when it was given; 0 unknown */
};

/* handover_offer.c */

struct handover_offer {
	int64_t number;
	const char *queue;	/* an id of the configuration */
	const char *note;	/* for the receiver to read before; NULL or "" without */
	const struct yes *stays;	/* the sender goes on taking part; NULL: not */
};
/*
 * By the holder. It comes back by itself at closing time of the receiving
 * queue, the configuration's offer_days open days later.
 */
enum answer handover_offer(struct work *work, const struct handover_offer *offer,
	    struct handover_answer *answer);

/* handover.c: the offer answered, or taken back */

/*
 * By a member of the receiving queue, who then holds the case. The due time is
 * kept. The sender's key goes, unless the sender stays.
 */
enum answer handover_accept(struct work *work, int64_t number, struct handover_answer *answer);
/* By a member of the receiving queue; the reason becomes a note of the case. */
enum answer handover_return(struct work *work, int64_t number, const char *reason,
	    struct handover_answer *answer);
/* By any member of the sending queue. */
enum answer handover_withdraw(struct work *work, int64_t number, struct handover_answer *answer);

/* handover_offer.c */

/* Brings back what nobody answered in time; several may try at once. How many, or -1. */
int	handover_lapse(struct work *work);

struct offered {
	char queue[STORE_QUEUE];	/* to whom */
	char by[STORE_NAME];		/* "" when the account is gone */
	int64_t at, lapses_at;
	bool stays;
	struct buffer note;		/* for the receiver alone; empty without */
};
/* The case's offer; ABSENT without one. Free after FOUND. */
enum answer offered_read(struct work *work, struct offered *offered, int64_t number);
void	offered_free(struct offered *offered);	/* wipes the note */

/* handover_participants.c: a conflict of interest, "I know the person" */

/*
 * The case leaves the reader at once, waits for a colleague with its due time,
 * and is never again shown to the reader. HANDOVER_ALONE when no colleague in
 * the owning queue could open it.
 */
enum answer conflict_of_interest_declare(struct work *work, int64_t number,
	    struct handover_answer *answer);
/*
 * After somebody has lost a queue, in the same transaction: where only those
 * who keep away are left to open a case, they get it back, by an act of the
 * program. How many cases, or -1.
 */
int	conflict_of_interest_lift(struct work *work);

/* handover_participants.c: queues that take part beside the owner, each with the person's consent */

/* By the holder. The queue can open the case from now on. */
enum answer participant_add(struct work *work, int64_t number, const char *queue,
	    const struct yes *yes, struct handover_answer *answer);
/* By the owner's members, or the queue itself. It can open the case no longer. */
enum answer participant_end(struct work *work, int64_t number, const char *queue,
	    struct handover_answer *answer);

/* Everybody who takes and took part, oldest first. */
struct together {
	struct participant {
		struct share_row share;
		char by[STORE_NAME], withdrawn_by[STORE_NAME];
		bool own;		/* the reader is a member of the queue */
	} *participants; size_t count;
};
int	participants_read(struct work *work, struct together *together, int64_t number);
void	participants_free(struct together *together);

/* Private to flow/: one act of those above, with its transaction, its case and its reader. */

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
/* The text as it will be sealed, or what is wrong with it; the caller wipes it. */
enum handover_verdict handover_text(const char *written, bool required, struct buffer *text);

/* handover_reasons.c */

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
