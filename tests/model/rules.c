/*
 * The model's rules for each act of a coordinator, written from app/rules/README.md.
 * Due times are calculated by duetime.c, which tests/oracle checks.
 */
#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "model.h"
#include "rules/rules.h"

#define UNDO	INT64_C(600)
#define YEAR	(366 * INT64_C(86400))

bool
rules_open(const struct model_case *c)
{
	return c->state != STATE_CLOSED && c->state != STATE_PURGED;
}

static bool
talking(const struct model_case *c)
{
	return c->state == STATE_REACHED || c->state == STATE_FOLLOWING;
}

bool
rules_held(const struct model_case *c)
{
	return c->state == STATE_CLAIMED || talking(c);
}

static const struct config_queue *
queue_of(const struct model_case *c)
{
	return &model_config.queues[c->queue];
}

/* The holder whose deputy the account was, before the event; 0 when it acted for itself. */
static int
instead_of(const struct model_case *c, int account)
{
	for (size_t i = 0; journal_place(i) != -1; i++) {
		const struct model_case *before = journal_before(i);

		if (&model->at[journal_place(i)] == c)
			return account != 0 && access_holds(before, account) &&
			    before->holder != account ? before->holder : 0;
	}
	return 0;
}

void
rules_step(struct model_case *c, enum act act, int account, enum state from, int of_step)
{
	if (c->count == AUDIT_TRAIL_MAX)
		fail_msg("case %u has a trail of %d steps", c->serial, c->count);
	c->trail[c->count++] = (struct model_step){
		.at = model->world.now, .due_at = c->due_at, .act = (uint8_t)act,
		.from = (uint8_t)from, .to = c->state, .account = (uint8_t)account,
		.holder = c->holder, .of_step = (uint8_t)of_step,
		.instead_of = (uint8_t)instead_of(c, account)
	};
}

void
rules_release(int place)
{
	struct model_case *c = journal_touch(place);
	enum state from = c->state;

	c->state = STATE_WAITING;
	c->holder = 0;
	rules_step(c, ACT_RELEASE, 0, from, 0);
	ending_settle(c, ACT_RELEASE, c->due_at, 0);
}

static bool
is_attempt(enum act act)
{
	return act == ACT_NO_ANSWER || act == ACT_LEFT_MESSAGE || act == ACT_OTHER_ANSWERED ||
	    act == ACT_TEXTED || act == ACT_WRONG_NUMBER || act == ACT_LETTER || act == ACT_VISIT ||
	    act == ACT_HELPER;
}

bool
rules_changes(enum act act)
{
	return act != ACT_OPEN && act != ACT_NOTE && act != ACT_FIND && act != ACT_LINK &&
	    act != ACT_UNLINK && act != ACT_REMIND && act != ACT_CORRECT && act != ACT_NEW_NUMBER &&
	    act != ACT_OTHER_WAY && act != ACT_PRINT && act != ACT_COPY;
}

/*
 * Within the first `count` steps: attempts since the person was last reached, and rings and
 * texts since a number was last found to be wrong.
 */
struct tries
rules_tries(const struct model_case *c, int count)
{
	struct tries tries = { 0 };
	int32_t last = -1;

	for (int i = 0; i < count; i++) {
		const struct model_step *step = &c->trail[i];
		struct tm local;

		if (step->undone)
			continue;
		if (step->act == ACT_REACHED || step->act == ACT_RANG_BACK || step->act == ACT_REOPEN)
			tries = (struct tries){ .wrong = tries.wrong };
		if (step->act == ACT_WRONG_NUMBER || step->act == ACT_NEW_NUMBER)
			tries = (struct tries){ .count = tries.count,
			    .wrong = step->act == ACT_WRONG_NUMBER };
		tries.count += is_attempt(step->act);
		tries.texted = tries.texted || step->act == ACT_TEXTED || step->act == ACT_ANNOUNCED;
		if (step->act != ACT_NO_ANSWER && step->act != ACT_LEFT_MESSAGE &&
		    step->act != ACT_OTHER_ANSWERED &&
		    !(tries.wrong && (step->act == ACT_LETTER || step->act == ACT_VISIT ||
		    step->act == ACT_HELPER)))
			continue;
		clock_local(step->at, &local);
		tries.days += tries.rings++ == 0 || day_of(step->at) != last;
		last = day_of(step->at);
		tries.morning = tries.morning || local.tm_hour < 12;
		tries.afternoon = tries.afternoon || local.tm_hour >= 12;
	}
	return tries;
}

int64_t
rules_until(const struct model_case *c, int64_t wish_at)
{
	int64_t now = model->world.now, at;

	if (wish_at == 0 || day_of(wish_at) < day_of(now))
		return 0;
	at = duetime_on(queue_of(c), day_of(wish_at));
	return at > now && at <= now + YEAR ? at : 0;
}

/* The result of each act. REFUSED does not change *c. */
static enum fate
attempt(struct model_case *c, const struct model_act *act)
{
	const bool waits = act->act == ACT_LETTER || act->act == ACT_VISIT ||
	    act->act == ACT_HELPER;
	const int64_t next_at = waits ? rules_until(c, act->until_at) : 0;

	if (waits && act->until_at != 0 && next_at == 0)
		return REFUSED;
	c->due_at = !waits ? duetime_retry(queue_of(c), (enum window)c->window, model->world.now) :
	    next_at != 0 ? next_at :
	    duetime_after(queue_of(c), model->world.now, model_config.follow_days);
	c->attempts++;
	if (c->state == STATE_CLAIMED && !waits && act->act != ACT_WRONG_NUMBER) {
		c->state = STATE_WAITING;
		c->holder = 0;
	}
	return DONE;
}

static enum fate
reach(struct model_case *c, const struct model_act *act)
{
	int64_t next_at = rules_until(c, act->until_at);

	if (act->until_at != 0 && next_at == 0)
		return REFUSED;
	if (act->until_at == 0 && act->act != ACT_FOLLOW)
		next_at = ending_next_call(c, c->due_at);
	if (act->act == ACT_FOLLOW && c->state == STATE_CLAIMED)
		return REFUSED;
	c->due_at = next_at != 0 ? next_at :
	    duetime_after(queue_of(c), model->world.now, model_config.follow_days);
	if (act->act == ACT_FOLLOW) {
		c->state = STATE_FOLLOWING;
		return DONE;
	}
	c->attempts = 0;
	if (c->state == STATE_CLAIMED)
		c->state = STATE_REACHED;
	return DONE;
}

/* The member who answers takes a case that nobody has, and leaves every other with its holder. */
static enum fate
ring_back(struct model_case *c, const struct model_act *act)
{
	if (!rules_open(c) || reach(c, act) == REFUSED)
		return REFUSED;
	if (c->state == STATE_WAITING) {
		c->state = STATE_REACHED;
		c->holder = (uint8_t)act->account;
	}
	return DONE;
}

static enum fate
park(struct model_case *c, const struct model_act *act)
{
	int64_t next_at = rules_until(c, act->until_at);

	if (next_at == 0)
		return REFUSED;
	c->due_at = next_at;
	if (c->state == STATE_CLAIMED) {
		c->state = STATE_WAITING;
		c->holder = 0;
	}
	return DONE;
}

/* The last step that changed the case and is not undone; -1: only the submission. */
static int
last_change(const struct model_case *c)
{
	for (int i = c->count - 1; i > 0; i--) {
		if (!c->trail[i].undone && c->trail[i].act != ACT_UNDO && rules_changes(c->trail[i].act))
			return i;
	}
	return -1;
}

static enum fate
undo(struct model_case *c, int account)
{
	int i = last_change(c);
	const struct model_step *step = &c->trail[i], *before = step - 1;

	if (i == -1 || !rules_open(c) || step->account != account ||
	    model->world.now - step->at > UNDO)
		return REFUSED;
	if (!is_attempt(step->act) && step->act != ACT_REACHED && step->act != ACT_RANG_BACK && step->act != ACT_PARK &&
	    step->act != ACT_RELEASE && step->act != ACT_FOLLOW)
		return REFUSED;
	if (before->holder != 0 && (!access_member(c, before->holder) ||
	    (c->recused & BIT(before->holder)) != 0))
		return REFUSED;
	c->state = step->from;
	c->due_at = before->due_at;
	c->holder = before->holder;
	c->attempts = rules_tries(c, i).count;
	c->trail[i].undone = true;
	return DONE;
}

/* The account's own conflict of interest of the last ten minutes; -1: none. */
static int
last_recusal(const struct model_case *c, int account)
{
	for (int i = c->count - 1; i > 0; i--) {
		const struct model_step *step = &c->trail[i];

		if (step->act == ACT_RECUSE && step->account == account && !step->undone)
			return model->world.now - step->at <= UNDO ? i : -1;
	}
	return -1;
}

/* Takes a conflict of interest back. The holder has the case again unless others have acted. */
static enum fate
take_back(struct model_case *c, const struct model_act *act)
{
	const int i = last_recusal(c, act->account);
	const enum state from = c->state;

	if (i == -1 || (!access_member(c, act->account) && !access_partner(c, act->account) &&
	    !access_receiver(c, act->account)))
		return UNSEEN;
	if (!rules_open(c) || (!access_member(c, act->account) && !access_partner(c, act->account)))
		return REFUSED;
	c->recused &= ~BIT(act->account);
	if (i == last_change(c)) {
		const struct model_step *step = &c->trail[i], *before = step - 1;

		if (before->holder != c->holder && access_member(c, before->holder) &&
		    (c->recused & BIT(before->holder)) == 0) {
			c->state = step->from;
			c->holder = before->holder;
		}
	}
	c->trail[i].undone = true;
	rules_step(c, ACT_UNDO, act->account, from, i + 1);
	ending_settle(c, ACT_UNDO, c->due_at, i + 1);
	c->records += act->note;
	return DONE;
}

static enum fate
by_holder(struct model_case *c, const struct model_act *act)
{
	if (is_attempt(act->act))
		return attempt(c, act);
	switch (act->act) {
	case ACT_ANNOUNCED:
		c->due_at = model->world.now + 600;
		return DONE;
	case ACT_REACHED:
	case ACT_FOLLOW:
		return reach(c, act);
	case ACT_PARK:
		return park(c, act);
	case ACT_CLOSE:
		return ending_close(c, act);
	case ACT_PROPOSE:
		return ending_propose(c, act);
	case ACT_BEGIN:
		return ending_begin(c, act);
	case ACT_DECLINE:
		return talking(c) ? DONE : REFUSED;
	case ACT_REMIND:
		return !act->remind || c->young ? DONE : REFUSED;
	default:
		return REFUSED;
	}
}

static enum fate
by_member(struct model_case *c, const struct model_act *act)
{
	bool lead = model->world.account[act->account].role == ROLE_LEAD;

	switch (act->act) {
	case ACT_CLAIM:
		if (c->state != STATE_WAITING && (!access_unattended(c) ||
		    c->holder == act->account))
			return REFUSED;
		if (c->state == STATE_WAITING)
			c->state = STATE_CLAIMED;
		c->holder = (uint8_t)act->account;
		return DONE;
	case ACT_RANG_BACK:
		return ring_back(c, act);
	case ACT_NOTE:
		return c->state == STATE_CLOSED || access_holds(c, act->account) ||
		    access_partner(c, act->account) ? DONE : REFUSED;
	case ACT_COPY:
		return c->state == STATE_CLOSED || (rules_held(c) && access_holds(c, act->account)) ?
		    DONE : REFUSED;
	case ACT_RELEASE:
		if (!rules_held(c) || (!access_holds(c, act->account) && !lead))
			return REFUSED;
		c->state = STATE_WAITING;
		c->holder = 0;
		return DONE;
	case ACT_UNDO:
		return undo(c, act->account);
	case ACT_CONFIRM:
		return ending_confirm(c, act);
	case ACT_OBJECT:
		return ending_object(c, act);
	case ACT_REOPEN:
		return ending_reopen(c, act);
	case ACT_CLOSE:
		if (c->state == STATE_CLOSED)
			return ending_add(c, act);
		return rules_held(c) && access_holds(c, act->account) ? by_holder(c, act) : REFUSED;
	default:
		return rules_held(c) && access_holds(c, act->account) ? by_holder(c, act) : REFUSED;
	}
}

static enum fate
by_partner(const struct model_case *c, const struct model_act *act)
{
	return act->act == ACT_NOTE && rules_open(c) && access_partner(c, act->account) ?
	    DONE : REFUSED;
}

/* A closing without contact reads the sealed texts, which the receiver of an offer cannot open. */
static bool
looks_in_vain(const struct model_case *c, const struct model_act *act)
{
	unsigned outcomes = act->outcomes;

	if (act->act == ACT_CONFIRM && c->closing_by != 0 && !act->stale)
		outcomes = c->closing_outcomes;
	return act->act != ACT_UNDO && outcomes == 1U << OUTCOME_NO_CONTACT &&
	    (access_keys(c) & BIT(act->account)) == 0;
}

enum fate
rules_act(int place, const struct model_act *act)
{
	struct model_case *c = journal_touch(place);
	enum state from = c->state;
	const int64_t due_before = c->due_at;
	enum fate fate;
	int of_step;

	if (act->act == ACT_UNDO && (c->recused & BIT(act->account)) != 0)
		return take_back(c, act);
	if (!access_sees(c, act->account) || looks_in_vain(c, act))
		return UNSEEN;
	of_step = act->act == ACT_UNDO ? last_change(c) + 1 : 0;
	fate = access_member(c, act->account) ? by_member(c, act) : by_partner(c, act);
	if (fate != DONE)
		return fate;
	rules_step(c, act->act, act->account, from, of_step);
	ending_settle(c, act->act, due_before, of_step);
	c->records += act->note;
	return DONE;
}

/* Whether the last standing step about the number says that it is wrong. */
bool
rules_number_wrong(const struct model_case *c)
{
	for (int i = c->count - 1; i >= 0; i--) {
		if (c->trail[i].act == ACT_NEW_NUMBER)
			return false;
		if (c->trail[i].act == ACT_WRONG_NUMBER && !c->trail[i].undone)
			return true;
	}
	return false;
}

enum fate
rules_correct(int place, int account, enum act act, int window)
{
	struct model_case *c = journal_touch(place);
	const bool member = access_member(c, account);

	if (!access_sees(c, account))
		return UNSEEN;
	if (act == ACT_OTHER_WAY && !rules_number_wrong(c))
		return REFUSED;
	if (!(member && c->state == STATE_CLOSED && act != ACT_OTHER_WAY) &&
	    !access_holds(c, account) && !(rules_open(c) && access_partner(c, account)))
		return REFUSED;
	if (window != -1)
		c->window = (uint8_t)window;
	rules_step(c, act, account, c->state, 0);
	c->records++;
	c->corrections++;
	return DONE;
}
