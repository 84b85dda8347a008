/* Events: handovers, queues that take part, conflicts of interest, and looks at a case. */
#include "base/base.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "model.h"

#define RETURNED	"Vi har ingen plats just nu."

/* The result of a function of flow/handover.h, as the model names it. */
static enum fate
fate_of(enum answer answer, const struct handover_answer *told)
{
	if (answer == FOUND && told->verdict != HANDOVER_DONE)
		return REFUSED;
	return service_fate(answer);
}

/* A case for which `wanted` holds, if a few tries find one. */
static int
find(bool (*wanted)(const struct model_case *c))
{
	for (int tries = 0; tries < 100 && model->live > 0; tries++) {
		int place = (int)chance_below((unsigned)model->live);

		if (model->at[place].number != 0 && wanted(&model->at[place]))
			return place;
	}
	return event_case();
}

static bool
is_offered(const struct model_case *c)
{
	return c->offer.made;
}

static bool
is_shared(const struct model_case *c)
{
	for (int q = 0; q < QUEUES; q++) {
		if (c->shared[q])
			return true;
	}
	return false;
}

/* Mostly an account for which `near` holds. */
static int
actor(int place, bool (*near)(const struct model_case *c, int account))
{
	int account = event_actor(place);

	for (int tries = 0; tries < 20 && account != -1 && chance(19, 20) &&
	    !near(&model->at[place], account); tries++)
		account = 1 + (int)chance_below((unsigned)model->world.accounts);
	return account;
}

static void
offer(void)
{
	int place = event_case(), account = place == -1 ? -1 : event_actor(place);
	int queue = (int)chance_below(QUEUES);
	bool note = chance(1, 2);
	const struct consent yes = { "Att ni arbetar vidare ihop", day_of(model->world.now) };
	struct handover_answer told;
	struct handover_offer wish;
	enum fate expected;

	if (account == -1)
		return;
	wish = (struct handover_offer){
		.number = model->at[place].number, .queue = model_config.queues[queue].id,
		.note = note ? "Ring helst på förmiddagen." : NULL,
		.stays = chance(1, 3) ? &yes : NULL
	};
	expected = among_offer(place, account, queue, note, wish.stays != NULL);
	event_arm();
	event_settle(expected, fate_of(handover_offer(real_work(&real.identity[account]), &wish,
	    &told), &told));
}

/* An account that no longer sees the case is still told of the offer's end. */
static enum fate
not_done(enum fate fate)
{
	return fate == UNSEEN ? REFUSED : fate;
}

static void
accept(void)
{
	int place = find(is_offered), account = place == -1 ? -1 : actor(place, access_receiver);
	struct handover_answer told;
	enum fate expected;
	int64_t number;

	if (account == -1)
		return;
	number = model->at[place].number;
	expected = among_accept(place, account);
	event_arm();
	event_settle(expected,
	    not_done(fate_of(handover_accept(real_work(&real.identity[account]), number, &told),
	    &told)));
}

static void
return_it(void)
{
	int place = find(is_offered), account = place == -1 ? -1 : actor(place, access_receiver);
	struct handover_answer told;
	enum fate expected;
	int64_t number;

	if (account == -1 || model->at[place].reasons == REASONS_MAX)
		return;
	number = model->at[place].number;
	expected = among_return(place, account);
	event_arm();
	event_settle(expected,
	    not_done(fate_of(handover_return(real_work(&real.identity[account]), number,
	    RETURNED, &told), &told)));
}

static void
withdraw(void)
{
	int place = find(is_offered), account = place == -1 ? -1 : actor(place, access_member);
	struct handover_answer told;
	enum fate expected;
	int64_t number;

	if (account == -1)
		return;
	number = model->at[place].number;
	expected = among_withdraw(place, account);
	event_arm();
	event_settle(expected,
	    not_done(fate_of(handover_withdraw(real_work(&real.identity[account]), number,
	    &told), &told)));
}

/* Now and then the program returns the offers without an answer. */
static void
lapse(void)
{
	for (int place = 0; place < model->live; place++) {
		const struct model_case *c = &model->at[place];

		if (c->number != 0 && c->offer.made && c->offer.lapses_at <= model->world.now)
			among_lapse(place);
	}
	event_arm();
	event_settle(DONE, handover_lapse(real_work(NULL)) == -1 ? STRUCK : DONE);
}

static void
share(void)
{
	int place = event_case(), account = place == -1 ? -1 : event_actor(place);
	int queue = (int)chance_below(QUEUES);
	const struct consent yes = { "Att ni ringer båda två", day_of(model->world.now) };
	struct handover_answer told;
	enum fate expected;
	int64_t number;

	if (account == -1)
		return;
	number = model->at[place].number;
	expected = among_share(place, account, queue);
	event_arm();
	event_settle(expected, fate_of(participant_add(real_work(&real.identity[account]),
	    number, model_config.queues[queue].id, &yes, &told), &told));
}

static void
end_share(void)
{
	int place = find(is_shared), account = place == -1 ? -1 : actor(place, access_sees);
	int queue = (int)chance_below(QUEUES);
	struct handover_answer told;
	enum fate expected;
	int64_t number;

	if (account == -1)
		return;
	for (int tries = 0; tries < 5 && !model->at[place].shared[queue]; tries++)
		queue = (int)chance_below(QUEUES);
	number = model->at[place].number;
	expected = among_end_share(place, account, queue);
	event_arm();
	event_settle(expected, fate_of(participant_end(real_work(&real.identity[account]),
	    number, model_config.queues[queue].id, &told), &told));
}

static void
recuse(void)
{
	int place = event_case(), account = place == -1 ? -1 : event_actor(place);
	struct handover_answer told;
	enum fate expected;
	int64_t number;

	if (account == -1)
		return;
	number = model->at[place].number;
	expected = among_recuse(place, account);
	event_arm();
	event_settle(expected,
	    fate_of(conflict_of_interest_declare(real_work(&real.identity[account]), number,
	    &told), &told));
}

/* The page of a case: whether it exists for the reader, and whether it shows the sealed texts. */
static void
open_it(void)
{
	int place = event_case(), account = place == -1 ? -1 : event_actor(place);
	const struct model_case *c = &model->at[place];
	struct casefile file;
	enum fate expected, got;

	if (account == -1)
		return;
	/* Reasons are stored by a transaction of their own, so the event is not one transaction. */
	if (c->reasons == 0)
		event_arm();
	expected = among_open(place, account);
	got = service_fate(casefile_read(real_work(&real.identity[account]), &file, c->number));
	if (got == DONE) {
		if (!file.opened)
			got = REFUSED;
		else if (file.notes_count + 1 + (size_t)c->corrections != (size_t)c->records)
			report_case(place, "shows other notes than it has");
		else if (file.telephone.wrong != rules_number_wrong(c) || file.row.when != c->window)
			report_case(place, "shows another person than it has");
		casefile_free(&file);
	}
	event_settle(expected, got);
}

static void
print_it(void)
{
	int place = event_case(), account = place == -1 ? -1 : event_actor(place);
	enum fate expected;

	if (account == -1)
		return;
	event_arm();
	expected = among_print(place, account);
	event_settle(expected, service_fate(casefile_print(real_work(&real.identity[account]),
	    model->at[place].number)));
}

const struct event among_events[] = {
	{ "offer", 40, offer, false },
	{ "accept", 20, accept, false },
	{ "return", 10, return_it, false },
	{ "withdraw", 5, withdraw, false },
	{ "lapse", 2, lapse, true },
	{ "share", 25, share, false },
	{ "end sharing", 15, end_share, false },
	{ "recuse", 10, recuse, false },
	{ "open", 70, open_it, true },
	{ "print", 10, print_it, false },
	{ NULL, 0, NULL, false }
};
