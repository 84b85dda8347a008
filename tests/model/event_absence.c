/* Events: colleagues are away, with or without a deputy, and return. */
#include "base/base.h"
#include "base/words.h"
#include "flow/people.h"
#include "model.h"
#include "store/store.h"

static bool
share_a_queue(int one, int other)
{
	for (int q = 0; q < QUEUES; q++) {
		if (model->world.account[one].keys[q] != 0 && model->world.account[other].keys[q] != 0)
			return true;
	}
	return false;
}

static bool
may_register(int by, int who)
{
	const struct model_account *reader = &model->world.account[by];

	if (!model->world.account[who].active ||
	    model->world.account[who].role == ROLE_ADMINISTRATOR)
		return false;
	return by == who || (reader->role == ROLE_LEAD && share_a_queue(by, who));
}

static bool
could_stand_in(int deputy, int who, int32_t from_day, int32_t to_day)
{
	const struct model_account *one = &model->world.account[deputy];

	if (!one->active || one->role == ROLE_ADMINISTRATOR || deputy == who ||
	    !share_a_queue(deputy, who))
		return false;
	return !one->away || (to_day != 0 && one->from_day > to_day) ||
	    (one->to_day != 0 && one->to_day < from_day);
}

static int
somebody(void)
{
	return 1 + (int)chance_below((unsigned)model->world.accounts);
}

static int
somebody_active(void)
{
	int who = somebody();

	for (int tries = 0; tries < 30 && !model->world.account[who].active; tries++)
		who = somebody();
	return who;
}

/* A day off, a holiday, or parental leave; now and then with the last day before the first. */
static int32_t
some_last_day(int32_t from_day)
{
	if (chance(1, 8))
		return 0;
	return from_day + (int32_t)chance_below(chance(1, 4) ? 40 : 3) - chance(1, 20);
}

static void
go_away(void)
{
	int who = somebody_active(), by = chance(1, 2) ? who : somebody_active();
	int deputy = chance(1, 5) ? 0 : somebody_active();
	struct model_account *account = &model->world.account[who];
	const int32_t today = day_of(model->world.now);
	int32_t from_day = today + (int32_t)chance_below(6) - 2;
	int32_t to_day = some_last_day(from_day);
	char user[STORE_USER], other[STORE_USER];
	const struct absence_wish wish = { user, from_day, to_day, deputy == 0 ? NULL : other };
	enum absence_verdict verdict = ABSENCE_OK;
	enum fate expected = REFUSED;
	int result;

	(void)snprintf(user, sizeof(user), "%s", service_user(who));
	(void)snprintf(other, sizeof(other), "%s", service_user(deputy));
	if (!model->world.account[by].active)
		return;
	if (may_register(by, who) && (to_day == 0 || (to_day >= from_day && to_day >= today)) &&
	    (deputy == 0 ? model->world.account[by].role == ROLE_LEAD :
	    could_stand_in(deputy, who, from_day, to_day))) {
		account->away = true;
		account->deputy = (uint8_t)deputy;
		account->from_day = from_day;
		account->to_day = to_day;
		expected = DONE;
	}
	event_arm();
	result = absence_begin(real_work(&real.identity[by]), &wish, &verdict);
	event_settle(expected, result == -1 ? service_fate(FAILED) :
	    verdict == ABSENCE_OK ? DONE : REFUSED);
	people_open_some(who);
}

static void
forget_absence(struct model_account *account)
{
	account->away = false;
	account->deputy = 0;
	account->from_day = account->to_day = 0;
}

static void
come_back(void)
{
	int who = somebody_active(), by;
	enum absence_verdict verdict = ABSENCE_OK;
	enum fate expected = REFUSED;
	int result;

	for (int tries = 0; tries < 30 && !model->world.account[who].away; tries++)
		who = somebody_active();
	by = chance(1, 2) ? who : somebody_active();
	if (!model->world.account[by].active)
		return;
	if (may_register(by, who) && model->world.account[who].away) {
		forget_absence(&model->world.account[who]);
		expected = DONE;
	}
	event_arm();
	result = absence_end(real_work(&real.identity[by]), service_user(who), &verdict);
	event_settle(expected, result == -1 ? service_fate(FAILED) :
	    verdict == ABSENCE_OK ? DONE : REFUSED);
	people_open_some(who);
}

static void
forget(void)
{
	for (int i = 1; i <= model->world.accounts; i++) {
		struct model_account *account = &model->world.account[i];

		if (account->away && account->to_day != 0 &&
		    account->to_day < day_of(model->world.now))
			forget_absence(account);
	}
	event_arm();
	event_settle(DONE, absence_forget(real_work(NULL)) == 0 ? DONE : STRUCK);
}

const struct event away_events[] = {
	{ "goes away", 6, go_away, false },
	{ "comes back", 4, come_back, false },
	{ "days forgotten", 1, forget, false },
	{ NULL, 0, NULL, false }
};
