
#include "base/base.h"
#include "base/words.h"
#include "flow/keys.h"
#include "model.h"

static unsigned long opened, refused;

bool
access_member(const struct model_case *c, int account)
{
	return model->world.account[account].keys[c->queue] != 0;
}

bool
access_away(int account)
{
	const struct model_account *one = &model->world.account[account];
	int32_t today = day_of(model->world.now);

	return one->away && one->from_day <= today && (one->to_day == 0 || one->to_day >= today);
}

/* The holder's deputy; 0 when there is none. */
static int
deputy_of(const struct model_case *c)
{
	int deputy = model->world.account[c->holder].deputy;

	if (c->holder == 0 || deputy == 0 || !access_away(c->holder) || access_away(deputy) ||
	    !access_member(c, deputy) || (c->recused & BIT(deputy)) != 0)
		return 0;
	return deputy;
}

bool
access_holds(const struct model_case *c, int account)
{
	return c->holder != 0 && (c->holder == account || deputy_of(c) == account);
}

bool
access_unattended(const struct model_case *c)
{
	return c->holder != 0 && access_away(c->holder) && deputy_of(c) == 0;
}

bool
access_partner(const struct model_case *c, int account)
{
	for (int q = 0; q < QUEUES; q++) {
		if (c->shared[q] && model->world.account[account].keys[q] != 0)
			return true;
	}
	return false;
}

bool
access_receiver(const struct model_case *c, int account)
{
	return c->offer.made && model->world.account[account].keys[c->offer.queue] != 0;
}

bool
access_sees(const struct model_case *c, int account)
{
	return (c->recused & BIT(account)) == 0 && (access_member(c, account) ||
	    access_partner(c, account) || access_receiver(c, account));
}

uint64_t
access_able(const struct model_case *c)
{
	uint64_t able = 0;

	for (int i = 1; i <= model->world.accounts; i++) {
		const struct model_account *account = &model->world.account[i];

		if (account->active && account->role != ROLE_ADMINISTRATOR &&
		    (c->keys[c->queue] & account->keys[c->queue]) != 0)
			able |= BIT(i);
	}
	return able & ~c->recused;
}

uint64_t
access_keys(const struct model_case *c)
{
	uint64_t keys = 0;

	for (int i = 1; i <= model->world.accounts; i++) {
		for (int q = 0; q < QUEUES; q++) {
			if ((c->keys[q] & model->world.account[i].keys[q]) != 0)
				keys |= BIT(i);
		}
	}
	return keys;
}

bool
access_shown(const struct model_case *c, int account)
{
	if (!access_sees(c, account))
		return false;
	if (access_member(c, account) && (c->state == STATE_CLOSED ||
	    access_holds(c, account) || (c->closing_by != 0 && c->closing_by != account)))
		return true;
	return rules_open(c) && access_partner(c, account);
}

uint64_t
access_readers(int queue)
{
	uint64_t readers = 0;

	for (int i = 1; i <= model->world.accounts; i++) {
		const struct model_account *account = &model->world.account[i];

		if (account->active && account->role != ROLE_ADMINISTRATOR &&
		    (account->keys[queue] & BIT(model->world.newest[queue])) != 0)
			readers |= BIT(i);
	}
	return readers;
}

static void
open_with(struct keyring *ring, int place, int account)
{
	const struct model_case *c = &model->at[place];
	bool expected = (access_keys(c) & BIT(account)) != 0;
	const char *first = "";
	char name[32];
	struct form form;
	enum answer answer = keyring_submission(ring, c->number, &form);

	if (answer == FAILED)
		report_case(place, real.work.error.text);
	if ((answer == FOUND) != expected) {
		print_message("account %d, %s\n", account, service_user(account));
		report_case(place, expected ? "cannot be opened by one who should" :
		    "can be opened by one who should not");
	}
	refused += answer == ABSENT;
	if (answer != FOUND)
		return;
	opened++;
	(void)snprintf(name, sizeof(name), "Alex %llu", (unsigned long long)c->content);
	/* The first name is the last of all that were known. */
	for (size_t i = 0; i < form.count; i++) {
		if (strcmp(form.fields[i].name, "name") == 0)
			first = form.fields[i].value;
	}
	if (strcmp(first, name) != 0)
		report_case(place, "opens as another's");
	form_wipe(&form);
}

void
access_open(int place, int account)
{
	struct keyring ring = { .work = real_work(&real.identity[account]) };

	open_with(&ring, place, account);
	keyring_free(&ring);
}

void
access_sweep(void)
{
	for (int account = 1; account <= model->world.accounts; account++) {
		struct keyring ring = { .work = real_work(&real.identity[account]) };

		for (int place = 0; place < model->live; place++) {
			if (model->at[place].number != 0)
				open_with(&ring, place, account);
		}
		keyring_free(&ring);
	}
}

unsigned long
access_opened(void)
{
	return opened;
}

unsigned long
access_refused(void)
{
	return refused;
}
