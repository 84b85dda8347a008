/* The loop of events: each is drawn, predicted by the model, done by the service, and compared. */

#include "base/base.h"
#include "model.h"
#include "store/store.h"

#define RECENT		8	/* recent cases, which further events use again within minutes */
#define SWEEP_EVERY	20000
#define DOCTOR_EVERY	5000

bool event_hazards, event_kills;

static const struct event *const tables[] = {
	case_events, act_events, among_events, people_events, away_events, keys_events, time_events
};

static int recent[RECENT];
static size_t recent_next;
static unsigned weights;

void
event_start(void)
{
	weights = 0;
	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		for (const struct event *event = tables[i]; event->name != NULL; event++) {
			assert_true(model->kinds < KINDS_MAX);
			model->kind[model->kinds++].event = event;
			weights += event->weight;
		}
	}
}

int
event_case(void)
{
	bool any = chance(1, 10);

	if (model->live == 0)
		return -1;
	if (chance(2, 5)) {
		int place = recent[chance_below(RECENT)];

		if (place < model->live && model->at[place].number != 0)
			return place;
	}
	for (int tries = 0; tries < 1000; tries++) {
		int place = (int)chance_below((unsigned)model->live);
		const struct model_case *c = &model->at[place];

		if (c->number != 0 && (any || rules_open(c)))
			return place;
	}
	return -1;
}

static uint64_t
members(const struct model_case *c)
{
	uint64_t mask = 0;

	for (int i = 1; i <= model->world.accounts; i++) {
		if (access_member(c, i))
			mask |= BIT(i);
	}
	return mask;
}

int
event_actor(int place)
{
	const struct model_case *c = &model->at[place];
	unsigned die = chance_below(20);

	/* Mostly the deputy, when the account is away. */
	if (die < 13 && c->holder != 0 && access_away(c->holder) && chance(3, 4) &&
	    model->world.account[c->holder].deputy != 0)
		return model->world.account[c->holder].deputy;
	if (die < 13 && c->holder != 0)
		return c->holder;
	if (die < 17)
		return chance_bit(members(c));
	return 1 + (int)chance_below((unsigned)model->world.accounts);
}

/* Accounts whose access has changed, and now and then others, open the case or are refused. */
static void
open_changed(size_t i)
{
	int place = journal_place(i);
	const struct model_case *c = &model->at[place], *before = journal_before(i);
	uint64_t changed;

	if (c->number == 0)
		return;
	changed = access_keys(c) ^ (before->number == 0 ? 0 : access_keys(before));
	for (; changed != 0; changed &= changed - 1)
		access_open(place, __builtin_ctzll(changed));
	if (chance(1, 16))
		access_open(place, 1 + (int)chance_below((unsigned)model->world.accounts));
}

static void
compare(void)
{
	const char *wrong;

	for (size_t i = 0; journal_place(i) != -1; i++) {
		wrong = look_case(journal_place(i));
		if (wrong != NULL)
			report_case(journal_place(i), wrong);
		if (model->at[journal_place(i)].number == 0 && journal_before(i)->number != 0 &&
		    (wrong = look_purged(journal_before(i)->number)) != NULL)
			report_case(journal_place(i), wrong);
	}
}

/* After an event of several transactions each case is unchanged or as predicted. */
static void
adopt_parts(void)
{
	for (size_t i = 0; journal_place(i) != -1; i++) {
		int place = journal_place(i);
		const char *wrong = model->at[place].number == 0 ?
		    look_purged(journal_before(i)->number) : look_case(place);

		if (wrong == NULL)
			model->struck_forth++;
		else
			journal_restore_case(i);
	}
	model->struck_back++;
}

/* After one transaction that may have been committed all cases are as predicted, or all unchanged. */
static void
adopt_whole(void)
{
	const char *wrong = look_world();

	for (size_t i = 0; journal_place(i) != -1 && wrong == NULL; i++)
		wrong = model->at[journal_place(i)].number == 0 ? "" : look_case(journal_place(i));
	if (wrong == NULL) {
		model->struck_forth++;
	} else {
		journal_restore();
		model->struck_back++;
	}
}

/* After an event that the test made fail, at a commit or before it. */
static void
adopt(bool at_commit)
{
	if (model->happening->event->in_parts)
		adopt_parts();
	else if (at_commit)
		adopt_whole();
	else {
		journal_restore();
		model->struck_back++;
	}
}

void
event_settle(enum fate expected, enum fate got)
{
	bool struck = strike_over(), world;

	model->settled = true;
	model->happening->ends[got]++;
	/* SQLite may fail after a commit, and reports the same error as before it. */
	if (got == STRUCK && struck)
		adopt(strncmp(real.work.error.text, "COMMIT:", 7) == 0);
	else if (got != expected || got == STRUCK)
		report_case(journal_place(0), got == STRUCK ? real.work.error.text :
		    "the model expected another end of it");
	else if (got != DONE)
		journal_restore();
	compare();
	for (size_t i = 0; journal_place(i) != -1; i++) {
		recent[recent_next++ % RECENT] = journal_place(i);
		if (got == DONE)
			open_changed(i);
	}
	world = memcmp(&journal_world()->account, &model->world.account,
	    sizeof(model->world.account)) != 0 || memcmp(&journal_world()->newest,
	    &model->world.newest, sizeof(model->world.newest)) != 0;
	if (world || chance(1, 500)) {
		const char *wrong = look_world();

		if (wrong != NULL)
			fail_msg("%s", wrong);
	}
}

void
event_arm(void)
{
	if (event_kills && chance(1, 15)) {
		if (chance(1, 2))
			strike_at_commit(chance(1, 2));
		else
			strike_after(1 + (int)chance_below(3000), true);
	} else if (event_hazards && chance(1, 150))
		strike_after(1 + (int)chance_below(3000), false);
}

void
event_adopt(void)
{
	const char *wrong;

	adopt(true);
	compare();
	wrong = look_world();
	if (wrong != NULL)
		fail_msg("after a crash: %s", wrong);
}

static int
tell_breach(enum breach breach, int64_t number, const char *detail, void *argument)
{
	(void)argument;
	fail_msg("doctor: breach %d of case %lld: %s", (int)breach, (long long)number, detail);
	return 1;
}

static void
examine(void)
{
	if (model->world.event % DOCTOR_EVERY == 0 &&
	    store_doctor(real.work.store, tell_breach, NULL, &real.work.error) == -1)
		fail_msg("%s", real.work.error.text);
	if (model->world.event % SWEEP_EVERY == 0)
		access_sweep();
}

static struct kind *
draw(void)
{
	unsigned die = chance_below(weights);
	struct kind *kind = model->kind;

	while (die >= kind->event->weight)
		die -= kind++->event->weight;
	return kind;
}

void
event_happen(void)
{
	model->world.now = calendar_at(model->world.event);
	model->settled = false;
	while (!model->settled) {
		model->happening = draw();
		journal_begin();
		model->happening->event->happen();
	}
	model->world.event++;
	examine();
}

void
event_report(void)
{
	static const char *const ends[FATES] = { "done", "refused", "unseen", "wrong", "struck" };

	for (size_t i = 0; i < model->kinds; i++) {
		const struct kind *kind = &model->kind[i];

		print_message("%-14s", kind->event->name);
		for (int end = 0; end < FATES; end++)
			print_message(" %8lu %s", kind->ends[end], ends[end]);
		print_message("\n");
	}
	print_message("struck half-way: %lu as before, %lu as it was to be\n", model->struck_back,
	    model->struck_forth);
	print_message("opened %lu times by those who should, refused %lu times to those who should not\n",
	    access_opened(), access_refused());
}
