#ifndef EGENREMISS_RULES_LIFECYCLE_H
#define EGENREMISS_RULES_LIFECYCLE_H

/*
 * What may happen to a case: acts, outcomes, and the contacts after them. The time is always
 * an argument. README.md explains the rules of the trade.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/words.h"
#include "config/config.h"

/* Outcomes and follow-up. */

/*
 * Whether the outcome means that somebody takes over: an employer, a school, an
 * authority, care. Closing with any other outcome needs a reason and a second person
 * (README.md). False when the value is outside the set.
 */
bool	outcome_is_received(enum outcome outcome);

#define PLAN_CALLS	3

/*
 * Proposes the contacts after work or studies have begun on the day of `at`: 2, 6 and
 * 12 weeks later, each at the closing time of the first open day on or after that day.
 */
void	plan_propose(const struct config_queue *queue, int64_t at, int64_t calls[PLAN_CALLS]);
/*
 * When to arrange a hand-over from KAA, which ends by the twentieth birthday
 * (skollagen 29 kap. 9 §). year and month (1-12) are those of the birthday; the result
 * is the beginning of the first day of the month that is `months` earlier, which may be
 * in the past. 0 when month is not 1-12, or the month of the birthday is past or more
 * than six years ahead, because nobody of 13 is a case.
 */
int64_t	reminder_at(int year, int month, int months, int64_t now);
/* Whether a case may have that reminder: for the ages 15-17 and 18-19 alone. */
bool	reminder_fits(enum age age);

/* One table decides everything that may happen to a case. */

/* The part that an account plays in a case; it may play several. */
enum actor {
	ACTOR_SYSTEM = 1,	/* the program itself: intake, purge */
	ACTOR_MEMBER = 2,	/* holds the owning queue's key */
	ACTOR_HOLDER = 4,	/* the member who has claimed the case, or that member's deputy */
	ACTOR_LEAD = 8,		/* a lead of the queue */
	ACTOR_RECEIVER = 16,	/* holds the key of the queue to which the case is offered */
	ACTOR_PARTNER = 32,	/* holds the key of a queue that takes part */
	ACTOR_SECOND = 64,	/* a member, but not the one who asks to close the case */
	ACTOR_RELIEF = 128	/* a member, while the holder is away and has no deputy */
};

/*
 * The facts that the no-contact rule judges, beside the number of attempts. A ring is an
 * attempt by telephone (ACT_IS_RING) to a number that is not known to be wrong. While the
 * person's number is, letters and visits are counted likewise, and rings to the helper.
 */
struct attempts {
	int count;		/* attempts since the person was last reached */
	int rings;
	int days;		/* the local days on which it rang */
	int32_t last_day;	/* the last of them */
	bool morning, afternoon;	/* it rang before or after noon */
	bool texted;		/* a text message was sent */
	bool may_text;		/* the person allows text messages */
	bool wrong;		/* the number is wrong, and no other is known */
};

/* What is missing until "no contact" may be said. */
struct attempts_missing {
	int rings;		/* at least so many more */
	bool day;		/* each on a day of its own */
	bool morning, afternoon;	/* one of them before or after noon */
	bool text;
	int ways;		/* of a wrong number: on so many more days, by other ways */
};

#define RINGS_LEAST	3	/* on as many days */
#define WAYS_LEAST	2	/* likewise */

/*
 * Counts an act that was not undone. Call it for each, in the order of the audit trail; it
 * begins with all members 0. `sent` is false for a text message that was not sent.
 */
void	attempts_add(struct attempts *attempts, enum act act, int64_t at, bool sent);
struct attempts_missing attempts_missing(const struct attempts *attempts);

struct lifecycle_request {
	enum state from;
	enum act act;
	unsigned actor;		/* mask of enum actor */
	enum outcome outcome;	/* ACT_CLOSE, ACT_PROPOSE, ACT_CONFIRM, ACT_BEGIN */
	unsigned has;		/* mask of the outcomes that the case has already */
	struct attempts attempts;
	int64_t now;
	/*
	 * The next contact. ACT_PARK and ACT_BEGIN need it; for ACT_REACHED and
	 * ACT_FOLLOW it may be 0, and is then computed.
	 */
	int64_t until_at;
	int64_t last_at;	/* ACT_BEGIN: the last planned contact; until_at is the first */
	struct lifecycle_last {		/* ACT_UNDO: the act that it takes back */
		enum act act;		/* the last act that is not quiet */
		enum state from;
		int64_t at;
		bool own;		/* the same account made it */
	} last;
};

/* A text message that announces a call says that it comes in so long. */
#define SOON_SECONDS	INT64_C(600)

/* An undo is possible for so long. */
#define UNDO_SECONDS	INT64_C(600)

enum lifecycle_verdict {
	LIFECYCLE_OK,
	LIFECYCLE_STATE,	/* the act is not possible in this state */
	LIFECYCLE_ACTOR,	/* this actor may not do it */
	LIFECYCLE_ATTEMPTS,	/* the no-contact rule is not met */
	LIFECYCLE_UNTIL,	/* the next contact is not within the next 366 days */
	LIFECYCLE_OUTCOME,	/* the act cannot give that outcome */
	LIFECYCLE_SECOND,	/* that outcome needs a reason and a second person: ACT_PROPOSE */
	LIFECYCLE_LATE		/* there is no act that can still be undone */
};

/* The due time of the case after the act. */
enum lifecycle_due {
	DUE_KEEP,		/* unchanged */
	DUE_FIRST,		/* duetime_first */
	DUE_RETRY,		/* duetime_retry */
	DUE_UNTIL,		/* until_at of the request */
	DUE_FOLLOW,		/* the planned contact, else follow_days open days from now */
	DUE_NONE,		/* none: the case is closed */
	DUE_NEXT,		/* the next open day */
	DUE_SOON,		/* SOON_SECONDS from now */
	DUE_BACK		/* the same as before the act that is undone */
};

/* The holder of the case after the act. */
enum lifecycle_holder {
	HOLDER_KEEP, HOLDER_ACTOR, HOLDER_NOBODY,
	HOLDER_BACK		/* the same as before the act that is undone */
};

struct lifecycle_step {
	enum state to;
	enum lifecycle_due due;
	enum lifecycle_holder holder;
};

/*
 * Judges the state first, then the actor, then what the act itself demands, and returns
 * the first that fails. Fills *step when it returns LIFECYCLE_OK and leaves it unchanged
 * otherwise. ACT_RECEIVE makes a case, so `from` does not count for it.
 */
enum lifecycle_verdict lifecycle_judge(const struct lifecycle_request *request,
	    struct lifecycle_step *step);
/*
 * The no-contact rule: it rang at least RINGS_LEAST times, on as many days, in both halves
 * of the day, and a text message was sent if the person allows it. When the number is
 * wrong, it was tried by other ways on WAYS_LEAST days.
 */
bool	lifecycle_no_contact_met(const struct attempts *attempts);
/*
 * Whether an actor of this mask may do the act in this state, if everything else that
 * the act demands is met. Pages ask it before they show a button.
 */
bool	lifecycle_offers(enum state from, enum act act, unsigned actor);

#endif
