/* Events: colleagues give and take memberships, and queues get new keys. */
#include "base/base.h"
#include "base/words.h"
#include "flow/people.h"
#include "model.h"

#define OLD_LOCKS	1800	/* seconds; a process sees a new key earlier */

static struct model_account *
somebody(int *place)
{
	*place = 1 + (int)chance_below((unsigned)model->world.accounts);
	return &model->world.account[*place];
}

/* Mostly an active lead. */
static struct model_account *
somebody_leading(int *place)
{
	struct model_account *account = somebody(place);

	for (int tries = 0; tries < 30 && (!account->active || account->role != ROLE_LEAD); tries++)
		account = somebody(place);
	return account;
}

static enum fate
fate_of(int result, enum colleague_verdict verdict)
{
	if (result == -1)
		return service_fate(FAILED);
	return verdict == COLLEAGUE_OK ? DONE : REFUSED;
}

static bool
holds_newest(const struct model_account *account, int queue)
{
	return (account->keys[queue] & BIT(model->world.newest[queue])) != 0;
}

static bool
may_give(const struct model_account *giver, const struct model_account *other)
{
	return giver->role == ROLE_LEAD && other->active && other->role != ROLE_ADMINISTRATOR;
}

static void
give_queue(void)
{
	int lead, other, q = (int)chance_below(QUEUES);
	struct model_account *giver = somebody_leading(&lead), *taker = somebody(&other);
	enum colleague_verdict verdict = COLLEAGUE_OK;
	enum fate expected = REFUSED;
	int result;

	if (!chance(1, 3))
		return;
	if (may_give(giver, taker) && holds_newest(giver, q)) {
		taker->keys[q] |= giver->keys[q];
		expected = DONE;
	}
	event_arm();
	result = colleague_join(real_work(&real.identity[lead]), service_user(other),
	    model_config.queues[q].id, &verdict);
	event_settle(expected, fate_of(result, verdict));
	people_open_some(other);
}

static int
queues_of(const struct model_account *account)
{
	int count = 0;

	for (int q = 0; q < QUEUES; q++)
		count += account->keys[q] != 0;
	return count;
}

static void
take_queue(void)
{
	int lead, other, q = (int)chance_below(QUEUES);
	struct model_account *taker = somebody_leading(&lead), *loser = somebody(&other);
	enum colleague_verdict verdict = COLLEAGUE_OK;
	enum fate expected = REFUSED;
	int result;

	if (!chance(1, 3))
		return;
	if (may_give(taker, loser) && taker->keys[q] != 0 && loser->keys[q] != 0 &&
	    queues_of(loser) > 1 && (access_readers(q) & ~BIT(other)) != 0) {
		for (int place = 0; place < model->live; place++) {
			const struct model_case *c = &model->at[place];

			if (c->number != 0 && c->holder == other && c->queue == q)
				rules_release(place);
		}
		loser->keys[q] = 0;
		among_lift();
		expected = DONE;
	}
	event_arm();
	result = colleague_part(real_work(&real.identity[lead]), service_user(other),
	    model_config.queues[q].id, &verdict);
	event_settle(expected, fate_of(result, verdict));
	people_open_some(other);
}

static bool
share_a_queue(const struct model_account *one, const struct model_account *other)
{
	for (int q = 0; q < QUEUES; q++) {
		if (one->keys[q] != 0 && other->keys[q] != 0)
			return true;
	}
	return false;
}

static void
show_out(void)
{
	int by, other;
	const struct model_account *lead = somebody_leading(&by), *leaver = somebody(&other);
	enum colleague_verdict verdict = COLLEAGUE_OK;
	enum fate expected = REFUSED;
	int result;

	if (!chance(1, 4) || !people_may_leave())
		return;
	if (lead->role == ROLE_ADMINISTRATOR ? leaver->active && by != other :
	    lead->role == ROLE_LEAD && leaver->active && by != other && share_a_queue(lead, leaver))
		expected = people_foretell_leaving(other) == DONE ? DONE : REFUSED;
	event_arm();
	result = colleague_deactivate(real_work(&real.identity[by]), service_user(other),
	    &verdict);
	event_settle(expected, fate_of(result, verdict));
	people_open_some(other);
}

/* Every member gets the new key; stored cases are still sealed to the old one. */
static void
foretell_rotation(int q)
{
	struct model_world *world = &model->world;

	world->newest[q]++;
	world->renewed_at[q] = world->now;
	for (int i = 1; i <= world->accounts; i++) {
		if (world->account[i].active && world->account[i].keys[q] != 0)
			world->account[i].keys[q] |= BIT(world->newest[q]);
	}
}

static void
rotate(void)
{
	int lead, q = (int)chance_below(QUEUES), newest = model->world.newest[q];
	const struct model_account *account = somebody_leading(&lead);
	enum colleague_verdict verdict = COLLEAGUE_OK;
	enum fate expected = REFUSED;
	int result;

	/* Spread over the history, since a mask has room for a limited number of generations. */
	if (newest - 1 > GENERATIONS_MAX * (int)calendar_progress() / 1010)
		return;
	if (account->role == ROLE_LEAD && holds_newest(account, q)) {
		foretell_rotation(q);
		expected = DONE;
	}
	event_arm();
	result = rotation_begin(real_work(&real.identity[lead]), model_config.queues[q].id,
	    newest, &verdict);
	event_settle(expected, fate_of(result, verdict));
}

/* With an account's old keys, or with the recovery key, which opens every generation. */
static void
foretell_move(int q, uint64_t opens)
{
	const uint64_t newest = BIT(model->world.newest[q]);

	for (int place = 0; place < model->live; place++) {
		const struct model_case *c = &model->at[place];
		uint64_t old = c->keys[q] & opens & (newest - 1);

		if (c->number != 0 && old != 0) {
			struct model_case *moved = journal_touch(place);

			moved->keys[q] = (moved->keys[q] & ~old) | newest;
		}
	}
}

static void
move_keys(void)
{
	int mover, q = (int)chance_below(QUEUES), moved;
	const struct model_account *account = somebody(&mover);
	struct rotation rotation = { .queue = model_config.queues[q].id };

	if (!chance(1, 3))
		return;
	if (chance(1, 4))
		rotation.recovery = real.recovery;
	rotation.work = real_work(rotation.recovery != NULL ? NULL : &real.identity[mover]);
	foretell_move(q, rotation.recovery != NULL ? UINT64_MAX : account->keys[q]);
	event_arm();
	do
		moved = rotation_move(&rotation);
	while (moved > 0);
	event_settle(DONE, moved == -1 ? STRUCK : DONE);
}

/* Whether a case, an offer or a reason still needs that generation. */
static bool
is_needed(int q, int generation)
{
	for (int place = 0; place < model->live; place++) {
		const struct model_case *c = &model->at[place];

		if (c->number == 0)
			continue;
		if ((c->keys[q] & BIT(generation)) != 0 || (c->offer.made &&
		    c->offer.queue == q && c->offer.generation == generation))
			return true;
		for (int i = 0; i < c->reasons; i++) {
			if (c->reason[i].queue == q && c->reason[i].generation == generation)
				return true;
		}
	}
	return false;
}

static void
retire(void)
{
	struct model_world *world = &model->world;
	int retired;

	for (int q = 0; q < QUEUES; q++) {
		if (world->renewed_at[q] + ROTATION_KEPT_SECONDS > world->now)
			continue;
		for (int g = 1; g < world->newest[q]; g++) {
			if (is_needed(q, g))
				continue;
			for (int i = 1; i <= world->accounts; i++)
				world->account[i].keys[q] &= ~BIT(g);
		}
	}
	event_arm();
	retired = rotation_retire(real_work(NULL));
	/* Many cases need several transactions; only the first is made to fail. */
	while (retired > 0) {
		(void)strike_over();
		retired = rotation_retire(real_work(NULL));
	}
	event_settle(DONE, retired == -1 ? STRUCK : DONE);
}

void
keys_see_new(void)
{
	const struct model_world *world = &model->world;

	for (int q = 0; q < QUEUES; q++) {
		if (world->locks[q] != world->newest[q] &&
		    world->now - world->renewed_at[q] > OLD_LOCKS)
			service_keys();
	}
}

const struct event keys_events[] = {
	{ "gives a queue", 2, give_queue, false },
	{ "takes a queue", 2, take_queue, false },
	{ "shows out", 1, show_out, false },
	{ "rotates a key", 2, rotate, false },
	{ "moves keys", 3, move_keys, true },
	{ "retires keys", 3, retire, false },
	{ NULL, 0, NULL, false }
};
