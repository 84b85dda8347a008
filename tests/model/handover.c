/* The model of a case among queues: offers, handovers, queues that take part, conflicts of interest. */
#include "base/base.h"
#include "base/words.h"
#include "model.h"
#include "rules/rules.h"

static bool
takes_part_in(int account, int queue)
{
	return model->world.account[account].keys[queue] != 0;
}

/* Another queue with an account that has no conflict of interest and could accept the case. */
static bool
may_be_given(const struct model_case *c, int queue)
{
	return queue != c->queue && (access_readers(queue) & ~c->recused) != 0;
}

static void
step(struct model_case *c, enum act act, int account, enum state from)
{
	rules_step(c, act, account, from, 0);
	ending_settle(c, act, c->due_at, 0);
}

static void
file_reasons(struct model_case *c, int account)
{
	int left = 0;

	for (int i = 0; i < c->reasons; i++) {
		const struct model_reason *reason = &c->reason[i];

		if ((model->world.account[account].keys[reason->queue] &
		    BIT(reason->generation)) != 0)
			c->records++;
		else
			c->reason[left++] = *reason;
	}
	c->reasons = left;
}

enum fate
among_offer(int place, int account, int queue, bool note, bool stays)
{
	struct model_case *c = journal_touch(place);

	if (!access_sees(c, account))
		return UNSEEN;
	if (c->offer.made || !may_be_given(c, queue) || !access_member(c, account) ||
	    !rules_held(c) || !access_holds(c, account))
		return REFUSED;
	c->offer = (struct model_offer){
		.made = true, .stays = stays, .queue = (int8_t)queue, .account = (uint8_t)account,
		.generation = model->world.newest[queue],
		.lapses_at = duetime_after(&model_config.queues[queue], model->world.now,
		    model_config.offer_days)
	};
	file_reasons(c, account);
	c->records += note + stays;
	step(c, ACT_OFFER, account, c->state);
	return DONE;
}

/* The receiver now has the case, with its due time; the sender's key is deleted unless it stays. */
enum fate
among_accept(int place, int account)
{
	struct model_case *c = journal_touch(place);
	const struct model_offer offer = c->offer;
	enum state from = c->state;
	int sender = c->queue;

	if (!access_sees(c, account) || !access_receiver(c, account))
		return REFUSED;
	c->keys[offer.queue] = BIT(offer.generation);
	c->queue = offer.queue;
	c->shared[offer.queue] = false;
	c->shared[sender] = offer.stays;
	if (!offer.stays)
		c->keys[sender] = 0;
	c->holder = (uint8_t)account;
	if (c->state == STATE_WAITING)
		c->state = STATE_CLAIMED;
	c->offer = (struct model_offer){ 0 };
	step(c, ACT_ACCEPT, account, from);
	return DONE;
}

enum fate
among_return(int place, int account)
{
	struct model_case *c = journal_touch(place);

	if (!access_sees(c, account) || !access_receiver(c, account))
		return REFUSED;
	c->offer = (struct model_offer){ 0 };
	c->reason[c->reasons++] = (struct model_reason){ c->queue, model->world.newest[c->queue] };
	step(c, ACT_RETURN, account, c->state);
	return DONE;
}

enum fate
among_withdraw(int place, int account)
{
	struct model_case *c = journal_touch(place);

	if (!access_sees(c, account) || !access_member(c, account) || !c->offer.made)
		return REFUSED;
	c->offer = (struct model_offer){ 0 };
	step(c, ACT_WITHDRAW, account, c->state);
	return DONE;
}

void
among_lapse(int place)
{
	struct model_case *c = journal_touch(place);

	c->offer = (struct model_offer){ 0 };
	step(c, ACT_LAPSE, 0, c->state);
}

enum fate
among_share(int place, int account, int queue)
{
	struct model_case *c = journal_touch(place);

	if (!access_sees(c, account))
		return UNSEEN;
	if (!may_be_given(c, queue) || c->shared[queue] || !access_member(c, account) ||
	    !rules_held(c) || !access_holds(c, account))
		return REFUSED;
	c->shared[queue] = true;
	c->keys[queue] = BIT(model->world.newest[queue]);
	c->records++;
	step(c, ACT_SHARE, account, c->state);
	return DONE;
}

/* At once: when the person's yes ends, the key is deleted. */
enum fate
among_end_share(int place, int account, int queue)
{
	struct model_case *c = journal_touch(place);

	if (!access_sees(c, account))
		return UNSEEN;
	if (!c->shared[queue] ||
	    (!access_member(c, account) && !takes_part_in(account, queue)))
		return REFUSED;
	c->shared[queue] = false;
	c->keys[queue] = 0;
	step(c, ACT_UNSHARE, account, c->state);
	return DONE;
}

enum fate
among_recuse(int place, int account)
{
	struct model_case *c = journal_touch(place);
	enum state from = c->state;

	if (!access_sees(c, account))
		return UNSEEN;
	if ((!access_member(c, account) && !access_partner(c, account)) || !rules_open(c) ||
	    (access_able(c) & ~BIT(account)) == 0)
		return REFUSED;
	if (access_holds(c, account)) {
		c->state = STATE_WAITING;
		c->holder = 0;
	}
	c->recused |= BIT(account);
	step(c, ACT_RECUSE, account, from);
	return DONE;
}

void
among_lift(void)
{
	for (int place = 0; place < model->live; place++) {
		const struct model_case *c = &model->at[place];

		if (c->number == 0 || c->recused == 0 || c->state != STATE_WAITING ||
		    access_able(c) != 0)
			continue;
		journal_touch(place)->recused = 0;
		step(journal_touch(place), ACT_RECUSE, 0, STATE_WAITING);
	}
}

static bool
done_today(const struct model_case *c, enum act act, int account)
{
	bool opened = false;

	/* The answer to an offer is opened anew, and not printed. */
	for (int i = 0; i < c->count; i++) {
		if (c->trail[i].act == act && c->trail[i].account == account &&
		    day_of(c->trail[i].at) == day_of(model->world.now))
			opened = true;
		else if (act == ACT_OPEN &&
		    (c->trail[i].act == ACT_RETURN || c->trail[i].act == ACT_LAPSE))
			opened = false;
	}
	return opened;
}

/* Showing the sealed texts leaves an entry in the access log. */
enum fate
among_open(int place, int account)
{
	struct model_case *c = journal_touch(place);

	if (!access_sees(c, account))
		return UNSEEN;
	if (!access_shown(c, account))
		return REFUSED;
	if (!done_today(c, ACT_OPEN, account))
		step(c, ACT_OPEN, account, c->state);
	file_reasons(c, account);
	return DONE;
}

/* Printing leaves one as well, for those who may see the sealed texts. */
enum fate
among_print(int place, int account)
{
	struct model_case *c = journal_touch(place);

	if (!access_shown(c, account))
		return UNSEEN;
	if (!done_today(c, ACT_PRINT, account))
		step(c, ACT_PRINT, account, c->state);
	return DONE;
}
