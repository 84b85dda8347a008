/* Events: accounts are made, restored and deactivated. */
#include "base/base.h"
#include "base/words.h"
#include "flow/people.h"
#include "model.h"

#define LEAVERS		(ACCOUNTS_MAX - 2 - ACTORS)

void
people_open_some(int account)
{
	for (int i = 0; i < 5; i++) {
		int place = event_case();

		if (place != -1)
			access_open(place, account);
	}
}

static int
somebody_active(void)
{
	uint64_t mask = 0;

	for (int i = 1; i <= model->world.accounts; i++) {
		if (model->world.account[i].active)
			mask |= BIT(i);
	}
	return chance_bit(mask);
}

/* An account is deactivated: its cases return to their queues, and its keys are deleted. */
enum fate
people_foretell_leaving(int account)
{
	struct model_account *leaver = &model->world.account[account];
	bool last = false;

	for (int q = 0; q < QUEUES; q++)
		last = last || (leaver->keys[q] != 0 && (access_readers(q) & ~BIT(account)) == 0);
	if (last)
		return WRONG;
	for (int place = 0; place < model->live; place++) {
		if (model->at[place].number != 0 && model->at[place].holder == account)
			rules_release(place);
	}
	*leaver = (struct model_account){ .number = leaver->number, .role = leaver->role };
	for (int i = 1; i <= model->world.accounts; i++) {
		if (model->world.account[i].deputy == account)
			model->world.account[i].deputy = 0;
	}
	among_lift();
	return DONE;
}

/* As many as there are places for new accounts, spread over the history. */
bool
people_may_leave(void)
{
	return model->world.accounts - ACTORS < LEAVERS * (int)calendar_progress() / 1000;
}

static void
leave(void)
{
	int account = somebody_active();
	enum fate expected;

	if (!people_may_leave())
		return;
	expected = people_foretell_leaving(account);
	event_arm();
	real.work.error.kind = ERROR_NONE;
	event_settle(expected, service_fate(account_deactivate(real_work(NULL),
	    service_user(account)) == 0 ? FOUND : FAILED));
	people_open_some(account);
}

static void
hire(void)
{
	int at_work = 0;

	for (int i = 1; i <= model->world.accounts; i++)
		at_work += model->world.account[i].active;
	if (at_work >= ACTORS)
		return;
	people_open_some(service_hire(chance(1, 4) ? ROLE_LEAD : ROLE_COORDINATOR,
	    BIT(chance_below(QUEUES)) | BIT(chance_below(QUEUES))));
	event_settle(DONE, DONE);
}

/* With the recovery key, for every generation. */
static void
join(void)
{
	int account = somebody_active(), q = (int)chance_below(QUEUES);
	const char *queue = model_config.queues[q].id;
	struct model_account *joiner = &model->world.account[account];
	enum fate expected = joiner->role == ROLE_ADMINISTRATOR ? WRONG : DONE;

	if (!chance(1, 5))
		return;
	if (expected == DONE)
		joiner->keys[q] = BIT(model->world.newest[q] + 1) - 2;
	event_arm();
	event_settle(expected, service_fate(account_join(real_work(NULL), service_user(account),
	    &queue, 1, real.recovery) == 0 ? FOUND : FAILED));
	people_open_some(account);
}

/* A lost passphrase: the account gets a new key pair, to which its keys are sealed again. */
static void
restore(void)
{
	int account = somebody_active();
	enum fate got;

	if (!chance(1, 5))
		return;
	event_arm();
	got = service_fate(account_restore(real_work(NULL), service_user(account), PASSPHRASE,
	    real.recovery) == 0 ? FOUND : FAILED);
	event_settle(DONE, got);
	if (got == DONE)
		service_sign_in(account);
	people_open_some(account);
}

const struct event people_events[] = {
	{ "leaves", 1, leave, false },
	{ "comes to work", 2, hire, false },
	{ "joins a queue", 1, join, false },
	{ "is restored", 1, restore, false },
	{ NULL, 0, NULL, false }
};
