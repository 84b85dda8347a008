/* What may happen to a case: one table, its guards, outcomes and follow-up. */
#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"

#define YEAR_SECONDS	(366 * INT64_C(86400))

#define WAITING		(1U << STATE_WAITING)
#define CLAIMED		(1U << STATE_CLAIMED)
#define TALKING		(1U << STATE_REACHED | 1U << STATE_FOLLOWING)
#define HELD		(CLAIMED | TALKING)
#define OPEN		(WAITING | HELD)
#define CLOSED		(1U << STATE_CLOSED)
#define ANY_STATE	((1U << STATE_COUNT) - 1)

#define STAYS		STATE_COUNT		/* the state does not change */
#define BACK		(STATE_COUNT + 1)	/* the state before the act that is undone */

/* The demand of an act on the request, beside state and actor. */
enum guard {
	GUARD_NONE,
	GUARD_UNTIL,		/* the moment of the next contact */
	GUARD_NEXT,		/* that moment, or 0: the program then computes it */
	GUARD_RECEIVED,		/* an outcome by which somebody takes over */
	GUARD_SECOND,		/* an outcome by which nobody takes over */
	GUARD_ADDED,		/* an outcome that the closed case does not have yet */
	GUARD_BEGINNING,	/* work or studies, and the moment of the next contact */
	GUARD_UNDO		/* an act of the same account that can still be undone */
};

/*
 * Everything that may happen to a case. An attempt that does not reach the person
 * gives a claimed case back to the queue, so that any free member can take it when it
 * is due again. Once the person has been reached, the case keeps its holder.
 */
static const struct rule {
	unsigned from;
	enum act act;
	unsigned actor;
	enum guard guard;
	unsigned to;			/* enum state, STAYS or BACK */
	enum lifecycle_due due;		/* DUE_FOLLOW: DUE_UNTIL when a moment is given */
	enum lifecycle_holder holder;
} rules[] = {
{ ANY_STATE, ACT_RECEIVE, ACTOR_SYSTEM, GUARD_NONE, STATE_WAITING, DUE_FIRST, HOLDER_NOBODY },

{ WAITING, ACT_CLAIM, ACTOR_MEMBER, GUARD_NONE, STATE_CLAIMED, DUE_KEEP, HOLDER_ACTOR },

/* While the holder is away without a deputy, any member can take the case over. */
{ HELD, ACT_CLAIM, ACTOR_RELIEF, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_ACTOR },

{ CLAIMED, ACT_NO_ANSWER, ACTOR_HOLDER, GUARD_NONE, STATE_WAITING, DUE_RETRY, HOLDER_NOBODY },
{ CLAIMED, ACT_LEFT_MESSAGE, ACTOR_HOLDER, GUARD_NONE, STATE_WAITING, DUE_RETRY,
    HOLDER_NOBODY },
{ CLAIMED, ACT_OTHER_ANSWERED, ACTOR_HOLDER, GUARD_NONE, STATE_WAITING, DUE_RETRY,
    HOLDER_NOBODY },
{ CLAIMED, ACT_TEXTED, ACTOR_HOLDER, GUARD_NONE, STATE_WAITING, DUE_RETRY, HOLDER_NOBODY },
/* The holder who finds that the number is wrong keeps the case, to find another way. */
{ CLAIMED, ACT_WRONG_NUMBER, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_RETRY, HOLDER_KEEP },
/* The answer to a letter takes days and comes to its author; so does what a helper promises. */
{ HELD, ACT_LETTER, ACTOR_HOLDER, GUARD_NEXT, STAYS, DUE_FOLLOW, HOLDER_KEEP },
{ HELD, ACT_VISIT, ACTOR_HOLDER, GUARD_NEXT, STAYS, DUE_FOLLOW, HOLDER_KEEP },
{ HELD, ACT_HELPER, ACTOR_HOLDER, GUARD_NEXT, STAYS, DUE_FOLLOW, HOLDER_KEEP },
{ CLAIMED, ACT_REACHED, ACTOR_HOLDER, GUARD_NEXT, STATE_REACHED, DUE_FOLLOW, HOLDER_KEEP },
{ CLAIMED, ACT_PARK, ACTOR_HOLDER, GUARD_UNTIL, STATE_WAITING, DUE_UNTIL, HOLDER_NOBODY },

{ TALKING, ACT_NO_ANSWER, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_RETRY, HOLDER_KEEP },
{ TALKING, ACT_LEFT_MESSAGE, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_RETRY, HOLDER_KEEP },
{ TALKING, ACT_OTHER_ANSWERED, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_RETRY, HOLDER_KEEP },
{ TALKING, ACT_TEXTED, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_RETRY, HOLDER_KEEP },
{ TALKING, ACT_WRONG_NUMBER, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_RETRY, HOLDER_KEEP },
{ TALKING, ACT_REACHED, ACTOR_HOLDER, GUARD_NEXT, STAYS, DUE_FOLLOW, HOLDER_KEEP },
{ TALKING, ACT_FOLLOW, ACTOR_HOLDER, GUARD_NEXT, STATE_FOLLOWING, DUE_FOLLOW, HOLDER_KEEP },
{ TALKING, ACT_PARK, ACTOR_HOLDER, GUARD_UNTIL, STAYS, DUE_UNTIL, HOLDER_KEEP },

/* The text says that the call comes at once, so its author keeps the case. */
{ HELD, ACT_ANNOUNCED, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_SOON, HOLDER_KEEP },

{ HELD, ACT_OPEN, ACTOR_HOLDER | ACTOR_PARTNER | ACTOR_SECOND, GUARD_NONE, STAYS, DUE_KEEP,
    HOLDER_KEEP },
{ HELD, ACT_NOTE, ACTOR_HOLDER | ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ HELD, ACT_RELEASE, ACTOR_HOLDER | ACTOR_LEAD, GUARD_NONE, STATE_WAITING, DUE_KEEP,
    HOLDER_NOBODY },
{ HELD, ACT_CLOSE, ACTOR_HOLDER, GUARD_RECEIVED, STATE_CLOSED, DUE_NONE, HOLDER_NOBODY },

/* The person rings back; any member may answer, and the holder keeps the case. */
{ WAITING, ACT_RANG_BACK, ACTOR_MEMBER, GUARD_NEXT, STATE_REACHED, DUE_FOLLOW, HOLDER_ACTOR },
{ CLAIMED, ACT_RANG_BACK, ACTOR_MEMBER, GUARD_NEXT, STATE_REACHED, DUE_FOLLOW, HOLDER_KEEP },
{ TALKING, ACT_RANG_BACK, ACTOR_MEMBER, GUARD_NEXT, STAYS, DUE_FOLLOW, HOLDER_KEEP },

/* Acts that leave the case as it is: reading, notes, search, links, reminders. */
{ WAITING, ACT_OPEN, ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ WAITING, ACT_NOTE, ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
/* Everybody who may write a note may correct what is known of the person. */
{ HELD, ACT_CORRECT, ACTOR_HOLDER | ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ HELD, ACT_NEW_NUMBER, ACTOR_HOLDER | ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP,
    HOLDER_KEEP },
{ HELD, ACT_OTHER_WAY, ACTOR_HOLDER | ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ WAITING, ACT_CORRECT, ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ WAITING, ACT_NEW_NUMBER, ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ WAITING, ACT_OTHER_WAY, ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ CLOSED, ACT_CORRECT, ACTOR_MEMBER, GUARD_NONE, STAYS, DUE_NONE, HOLDER_NOBODY },
{ CLOSED, ACT_NEW_NUMBER, ACTOR_MEMBER, GUARD_NONE, STAYS, DUE_NONE, HOLDER_NOBODY },
{ OPEN, ACT_FIND, ACTOR_MEMBER | ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ CLOSED, ACT_FIND, ACTOR_MEMBER, GUARD_NONE, STAYS, DUE_NONE, HOLDER_NOBODY },
{ HELD, ACT_LINK, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ HELD, ACT_UNLINK, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ HELD, ACT_REMIND, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },

/* A partner's only act that can be undone is a conflict of interest. */
{ OPEN, ACT_UNDO, ACTOR_MEMBER | ACTOR_PARTNER, GUARD_UNDO, BACK, DUE_BACK, HOLDER_BACK },
/* Paper: who may open the case may print it; the queue that has the case hands out a copy. */
{ HELD, ACT_PRINT, ACTOR_HOLDER | ACTOR_PARTNER | ACTOR_SECOND, GUARD_NONE, STAYS, DUE_KEEP,
    HOLDER_KEEP },
{ WAITING, ACT_PRINT, ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ CLOSED, ACT_PRINT, ACTOR_MEMBER, GUARD_NONE, STAYS, DUE_NONE, HOLDER_NOBODY },
{ HELD, ACT_COPY, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ CLOSED, ACT_COPY, ACTOR_MEMBER, GUARD_NONE, STAYS, DUE_NONE, HOLDER_NOBODY },

/* A hand-over. The case belongs to the sender until the receiver accepts it. */
{ HELD, ACT_OFFER, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ OPEN, ACT_WITHDRAW, ACTOR_MEMBER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ OPEN, ACT_RETURN, ACTOR_RECEIVER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ OPEN, ACT_LAPSE, ACTOR_SYSTEM, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ WAITING | CLAIMED, ACT_ACCEPT, ACTOR_RECEIVER, GUARD_NONE, STATE_CLAIMED, DUE_KEEP,
    HOLDER_ACTOR },
{ TALKING, ACT_ACCEPT, ACTOR_RECEIVER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_ACTOR },

/*
 * A conflict of interest. The program lifts all of a case by the same act when nobody
 * else is left who can open it.
 */
{ WAITING, ACT_RECUSE, ACTOR_MEMBER | ACTOR_PARTNER | ACTOR_SYSTEM, GUARD_NONE, STAYS, DUE_KEEP,
    HOLDER_NOBODY },
{ HELD, ACT_RECUSE, ACTOR_HOLDER, GUARD_NONE, STATE_WAITING, DUE_KEEP, HOLDER_NOBODY },
/* The holder keeps the case when another account has the conflict. */
{ HELD, ACT_RECUSE, ACTOR_MEMBER | ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },

/*
 * Another queue takes part. The holder writes down the person's consent; any member or
 * partner may write down that it ends.
 */
{ HELD, ACT_SHARE, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ OPEN, ACT_UNSHARE, ACTOR_MEMBER | ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ CLOSED, ACT_UNSHARE, ACTOR_MEMBER | ACTOR_PARTNER, GUARD_NONE, STAYS, DUE_NONE,
    HOLDER_NOBODY },

/* A closing by two people. The holder who proposes it may also withdraw it. */
{ HELD, ACT_PROPOSE, ACTOR_HOLDER, GUARD_SECOND, STAYS, DUE_KEEP, HOLDER_KEEP },
{ HELD, ACT_CONFIRM, ACTOR_SECOND, GUARD_SECOND, STATE_CLOSED, DUE_NONE, HOLDER_NOBODY },
{ HELD, ACT_OBJECT, ACTOR_SECOND | ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },

/* Follow-up. */
{ TALKING, ACT_BEGIN, ACTOR_HOLDER, GUARD_BEGINNING, STATE_FOLLOWING, DUE_UNTIL, HOLDER_KEEP },
{ TALKING, ACT_DECLINE, ACTOR_HOLDER, GUARD_NONE, STAYS, DUE_KEEP, HOLDER_KEEP },
{ CLOSED, ACT_REOPEN, ACTOR_MEMBER, GUARD_NONE, STATE_CLAIMED, DUE_NEXT, HOLDER_ACTOR },

{ CLOSED, ACT_OPEN, ACTOR_MEMBER, GUARD_NONE, STAYS, DUE_NONE, HOLDER_NOBODY },
{ CLOSED, ACT_CLOSE, ACTOR_MEMBER, GUARD_ADDED, STAYS, DUE_NONE, HOLDER_NOBODY },
{ CLOSED, ACT_NOTE, ACTOR_MEMBER, GUARD_NONE, STAYS, DUE_NONE, HOLDER_NOBODY },
{ CLOSED, ACT_PURGE, ACTOR_SYSTEM, GUARD_NONE, STATE_PURGED, DUE_NONE, HOLDER_NOBODY },
};

/* The first rule that lets the actor do the act, else a rule for other actors, else NULL. */
static const struct rule *
find_rule(enum state from, enum act act, unsigned actor)
{
	const struct rule *found = NULL;

	if ((unsigned)from >= STATE_COUNT)
		return NULL;
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		if (rules[i].act != act || (rules[i].from & 1U << from) == 0)
			continue;
		found = &rules[i];
		if ((found->actor & actor) != 0)
			break;
	}
	return found;
}

static void
count_ring(struct attempts *attempts, int64_t at)
{
	int32_t day = day_of(at);
	struct tm local;

	if (attempts->rings++ == 0 || day != attempts->last_day)
		attempts->days++;
	attempts->last_day = day;
	clock_local(at, &local);
	if (local.tm_hour < 12)
		attempts->morning = true;
	else
		attempts->afternoon = true;
}

void
attempts_add(struct attempts *attempts, enum act act, int64_t at, bool sent)
{
	if (act_has(act, ACT_STARTS_RINGS))
		*attempts = (struct attempts){
			.count = attempts->count, .may_text = attempts->may_text,
			.wrong = act == ACT_WRONG_NUMBER ||
			    (attempts->wrong && act != ACT_NEW_NUMBER)
		};
	if (act_has(act, ACT_IS_TALK) || act == ACT_REOPEN)
		attempts->count = 0;
	attempts->count += act_has(act, ACT_IS_ATTEMPT);
	if (act_has(act, ACT_IS_RING) || (attempts->wrong && act_has(act, ACT_IS_OTHER_WAY)))
		count_ring(attempts, at);
	if (act_has(act, ACT_IS_TEXT) && sent)
		attempts->texted = true;
}

struct attempts_missing
attempts_missing(const struct attempts *attempts)
{
	const int days = RINGS_LEAST - attempts->days;
	struct attempts_missing missing = {
		.rings = RINGS_LEAST - attempts->rings,
		.day = days > 0,
		.morning = !attempts->morning,
		.afternoon = !attempts->afternoon,
		.text = attempts->may_text && !attempts->texted
	};

	if (attempts->wrong)
		return (struct attempts_missing){
			.ways = attempts->days < WAYS_LEAST ? WAYS_LEAST - attempts->days : 0
		};
	if (missing.rings < days)
		missing.rings = days;
	if (missing.rings < 1)
		missing.rings = missing.morning || missing.afternoon;
	return missing;
}

bool
lifecycle_no_contact_met(const struct attempts *attempts)
{
	const struct attempts_missing missing = attempts_missing(attempts);

	return missing.rings == 0 && missing.ways == 0 && !missing.text;
}

static enum lifecycle_verdict
judge_until(const struct lifecycle_request *request)
{
	return request->until_at > request->now && request->until_at <= request->now + YEAR_SECONDS ?
	    LIFECYCLE_OK : LIFECYCLE_UNTIL;
}

static enum lifecycle_verdict
judge_received(const struct lifecycle_request *request)
{
	if ((unsigned)request->outcome >= OUTCOME_COUNT)
		return LIFECYCLE_OUTCOME;
	return outcome_is_received(request->outcome) ? LIFECYCLE_OK : LIFECYCLE_SECOND;
}

static enum lifecycle_verdict
judge_second(const struct lifecycle_request *request)
{
	if ((unsigned)request->outcome >= OUTCOME_COUNT || outcome_is_received(request->outcome))
		return LIFECYCLE_OUTCOME;
	return request->outcome != OUTCOME_NO_CONTACT ||
	    lifecycle_no_contact_met(&request->attempts) ? LIFECYCLE_OK : LIFECYCLE_ATTEMPTS;
}

/* An outcome that becomes known after the closing. "No contact" cannot be one. */
static enum lifecycle_verdict
judge_added(const struct lifecycle_request *request)
{
	return (unsigned)request->outcome < OUTCOME_COUNT &&
	    request->outcome != OUTCOME_NO_CONTACT &&
	    (request->has & 1U << request->outcome) == 0 ? LIFECYCLE_OK : LIFECYCLE_OUTCOME;
}

static enum lifecycle_verdict
judge_beginning(const struct lifecycle_request *request)
{
	if (request->outcome != OUTCOME_WORK && request->outcome != OUTCOME_STUDIES)
		return LIFECYCLE_OUTCOME;
	return request->last_at <= request->now + YEAR_SECONDS ? judge_until(request) :
	    LIFECYCLE_UNTIL;
}

static enum lifecycle_verdict
judge_undo(const struct lifecycle_request *request)
{
	const struct lifecycle_last *last = &request->last;

	return last->own && act_has(last->act, ACT_IS_UNDOABLE) &&
	    request->now - last->at <= UNDO_SECONDS ? LIFECYCLE_OK : LIFECYCLE_LATE;
}

static enum lifecycle_verdict
judge_guard(enum guard guard, const struct lifecycle_request *request)
{
	switch (guard) {
	case GUARD_NONE:
		break;
	case GUARD_NEXT:
		return request->until_at == 0 ? LIFECYCLE_OK : judge_until(request);
	case GUARD_UNTIL:
		return judge_until(request);
	case GUARD_RECEIVED:
		return judge_received(request);
	case GUARD_SECOND:
		return judge_second(request);
	case GUARD_ADDED:
		return judge_added(request);
	case GUARD_BEGINNING:
		return judge_beginning(request);
	case GUARD_UNDO:
		return judge_undo(request);
	}
	return LIFECYCLE_OK;
}

enum lifecycle_verdict
lifecycle_judge(const struct lifecycle_request *request, struct lifecycle_step *step)
{
	const struct rule *rule = find_rule(request->from, request->act, request->actor);
	enum lifecycle_verdict verdict;

	if (rule == NULL)
		return LIFECYCLE_STATE;
	if ((rule->actor & request->actor) == 0)
		return LIFECYCLE_ACTOR;
	verdict = judge_guard(rule->guard, request);
	if (verdict != LIFECYCLE_OK)
		return verdict;
	step->to = rule->to == STAYS ? request->from :
	    rule->to == BACK ? request->last.from : (enum state)rule->to;
	step->due = rule->due;
	if (rule->due == DUE_FOLLOW && request->until_at != 0)
		step->due = DUE_UNTIL;
	step->holder = rule->holder;
	return LIFECYCLE_OK;
}

bool
lifecycle_offers(enum state from, enum act act, unsigned actor)
{
	const struct rule *rule = find_rule(from, act, actor);

	return rule != NULL && (rule->actor & actor) != 0;
}

#define MONTHS_MAX	(6 * 12)

bool
outcome_is_received(enum outcome outcome)
{
	enum { ALONE, RECEIVED };
	static const bool received[] = {
#define OUTCOME(id, word, by)	by == RECEIVED,
#include "base/outcomes.def"
#undef OUTCOME
	};

	return (unsigned)outcome < OUTCOME_COUNT && received[outcome];
}

void
plan_propose(const struct config_queue *queue, int64_t at, int64_t calls[PLAN_CALLS])
{
	static const int weeks[PLAN_CALLS] = { 2, 6, 12 };

	for (int i = 0; i < PLAN_CALLS; i++)
		calls[i] = duetime_on(queue, day_of(at) + weeks[i] * 7);
}

int64_t
reminder_at(int year, int month, int months, int64_t now)
{
	int birthday = year * 12 + month - 1, reminder = birthday - months;
	struct tm local;
	int today;

	clock_local(now, &local);
	today = (local.tm_year + 1900) * 12 + local.tm_mon;
	if (month < 1 || month > 12 || birthday < today || birthday > today + MONTHS_MAX)
		return 0;
	return clock_at(reminder / 12, reminder % 12 + 1, 1, 0, 0);
}

bool
reminder_fits(enum age age)
{
	return age == AGE_15_17 || age == AGE_18_19;
}
