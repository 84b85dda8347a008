/* Events: acts of coordinators on cases. */
#include "base/base.h"
#include "base/words.h"
#include "flow/case.h"
#include "model.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

/* The number of the proposed closing, as its page has it. */
static int64_t
closing_of(const struct model_case *c)
{
	struct closing_row row;

	switch (store_closing_get(real.work.store, c->number, &row, &real.work.error)) {
	case FOUND:
		return row.record;
	case ABSENT:
		return 1;
	case FAILED:
		break;
	}
	fail_msg("%s", real.work.error.text);
	return 0;
}

static void
act_on(int place, struct model_act act)
{
	const struct model_case *c = &model->at[place];
	struct callback callback = {
		.number = c->number, .act = act.act, .until_at = act.until_at,
		.outcomes = act.outcomes, .note = act.note ? "Ringde, ingen svarade." : NULL,
		.closing = act.act == ACT_CONFIRM || act.act == ACT_OBJECT ?
		    closing_of(c) + act.stale : 0,
		.remind_at = act.remind ? model->world.now + INT64_C(8640000) : 0
	};
	struct callback_answer answer;
	enum fate expected = rules_act(place, &act), got;

	memcpy(callback.plan, act.plan, sizeof(callback.plan));
	event_arm();
	got = service_fate(callback_do(real_work(&real.identity[act.account]), &callback,
	    &answer));
	if (got == DONE && answer.verdict != LIFECYCLE_OK)
		got = REFUSED;
	event_settle(expected, got);
}

static void
somebody_does(enum act what, int64_t until_at, unsigned outcomes)
{
	int place = event_case(), account;

	if (place == -1)
		return;
	account = event_actor(place);
	if (account == -1)
		return;
	act_on(place, (struct model_act){
		.act = what, .account = account, .until_at = until_at, .outcomes = outcomes,
		.note = what == ACT_NOTE || chance(1, 10)
	});
}

/* Mostly within a month; now and then in the past, or too late. */
static int64_t
some_day(void)
{
	int days = chance(1, 10) ? (int)chance_below(400) - 5 : (int)chance_below(30);

	return model->world.now + days * INT64_C(86400);
}

static unsigned
some_outcomes(void)
{
	if (chance(1, 4))
		return 1U << OUTCOME_NO_CONTACT;
	if (chance(1, 6))
		return 1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES;
	return chance(1, 20) ? 0 : 1U << chance_below(OUTCOME_COUNT);
}

static void
claim(void)
{
	somebody_does(ACT_CLAIM, 0, 0);
}

static void
try_to_reach(void)
{
	static const enum act tries[] = {
		ACT_NO_ANSWER, ACT_NO_ANSWER, ACT_LEFT_MESSAGE, ACT_OTHER_ANSWERED, ACT_TEXTED,
		ACT_WRONG_NUMBER, ACT_ANNOUNCED, ACT_LETTER, ACT_VISIT, ACT_HELPER
	};

	somebody_does(tries[chance_below(COUNT_OF(tries))], 0, 0);
}

static void
reach(void)
{
	somebody_does(ACT_REACHED, chance(1, 2) ? 0 : some_day(), 0);
}

static void
ring_back(void)
{
	somebody_does(ACT_RANG_BACK, chance(1, 2) ? 0 : some_day(), 0);
}

static void
follow(void)
{
	somebody_does(ACT_FOLLOW, chance(1, 2) ? 0 : some_day(), 0);
}

static void
park(void)
{
	somebody_does(ACT_PARK, chance(1, 20) ? 0 : some_day(), 0);
}

static void
release(void)
{
	somebody_does(ACT_RELEASE, 0, 0);
}

static void
write_note(void)
{
	somebody_does(ACT_NOTE, 0, 0);
}

static void
close_one(void)
{
	somebody_does(ACT_CLOSE, 0, some_outcomes());
}

/* Finds a case with a proposed closing; -1 when there is none. */
static int
asked_for(void)
{
	for (int tries = 0; tries < 60 && model->live > 0; tries++) {
		int place = (int)chance_below((unsigned)model->live);

		if (model->at[place].number != 0 && model->at[place].closing_by != 0)
			return place;
	}
	return event_case();
}

static void
answer_closing(enum act what)
{
	int place = asked_for(), account;

	if (place == -1)
		return;
	account = event_actor(place);
	/* Mostly a colleague of the account that proposed it. */
	for (int tries = 0; tries < 5 && account == model->at[place].holder; tries++)
		account = event_actor(place);
	if (account == -1)
		return;
	act_on(place, (struct model_act){
		.act = what, .account = account, .stale = chance(1, 20), .note = true
	});
}

static void
propose(void)
{
	int place = event_case(), account;

	if (place == -1)
		return;
	account = event_actor(place);
	if (account == -1)
		return;
	act_on(place, (struct model_act){
		.act = ACT_PROPOSE, .account = account, .outcomes = some_outcomes(), .note = true
	});
}

static void
confirm(void)
{
	answer_closing(ACT_CONFIRM);
}

static void
object(void)
{
	answer_closing(ACT_OBJECT);
}

/* A closed case, if a few tries find one. */
static void
reopen(void)
{
	int place = event_case(), account;

	for (int tries = 0; tries < 10 && place != -1 && rules_open(&model->at[place]); tries++)
		place = (int)chance_below((unsigned)model->live);
	if (place == -1 || model->at[place].number == 0 || model->at[place].count > AUDIT_TRAIL_LONG)
		return;
	account = event_actor(place);
	if (account != -1)
		act_on(place, (struct model_act){ .act = ACT_REOPEN, .account = account });
}

static void
begin(void)
{
	int place = event_case();
	struct model_act act = {
		.act = ACT_BEGIN, .note = chance(1, 5),
		.outcomes = chance(1, 10) ? some_outcomes() :
		    1U << (chance(1, 2) ? OUTCOME_WORK : OUTCOME_STUDIES)
	};

	if (place == -1)
		return;
	act.account = event_actor(place);
	if (act.account == -1)
		return;
	if (chance(1, 2))
		plan_propose(&model_config.queues[model->at[place].queue], model->world.now, act.plan);
	else {
		for (int i = 0; i < PLAN_CALLS; i++)
			act.plan[i] = chance(1, 3) ? 0 : some_day();
	}
	act_on(place, act);
}

static void
decline(void)
{
	somebody_does(ACT_DECLINE, 0, 0);
}

static void
remind(void)
{
	int place = event_case(), account;

	if (place == -1)
		return;
	account = event_actor(place);
	if (account != -1)
		act_on(place, (struct model_act){
			.act = ACT_REMIND, .account = account, .remind = chance(2, 3)
		});
}

/* Ends a case with a long trail, so that histories are realistic. */
static void
wind_up(void)
{
	int place = (int)chance_below((unsigned)model->live + 1), account;

	for (int tries = 0; tries < 200 && (place == model->live || model->at[place].number == 0 ||
	    model->at[place].count < AUDIT_TRAIL_LONG || !rules_open(&model->at[place])); tries++)
		place = (int)chance_below((unsigned)model->live + 1);
	if (place == model->live || model->at[place].number == 0 || !rules_open(&model->at[place]) ||
	    model->at[place].count < AUDIT_TRAIL_LONG)
		return;
	account = model->at[place].holder;
	if (account == 0)
		account = event_actor(place);
	if (account == -1)
		return;
	if (model->at[place].state == STATE_WAITING)
		act_on(place, (struct model_act){ .act = ACT_CLAIM, .account = account });
	else
		act_on(place, (struct model_act){
			.act = ACT_CLOSE, .account = account, .outcomes = 1U << OUTCOME_WORK
		});
}

/* Mostly by the account of the last act, at once or later. */
static void
take_back(void)
{
	int place = event_case(), account;
	const struct model_case *c;

	if (place == -1)
		return;
	c = &model->at[place];
	account = chance(3, 4) ? c->trail[c->count - 1].account : event_actor(place);
	if (account <= 0)
		return;
	act_on(place, (struct model_act){ .act = ACT_UNDO, .account = account });
}

/* A name that nobody has, now and then with another window; or a new number. */
static void
correct(void)
{
	int place = event_case(), account = place == -1 ? -1 : event_actor(place), window = -1;
	const unsigned one = chance_below(10000000);
	struct correction_answer told;
	struct form form = { 0 };
	char body[80];
	enum fate expected, got;
	int64_t number;

	if (account == -1)
		return;
	number = model->at[place].number;
	if (chance(1, 3)) {
		(void)snprintf(body, sizeof(body), "phone=072%07u", one);
		expected = rules_correct(place, account, ACT_NEW_NUMBER, -1);
	} else {
		if (chance(1, 2))
			window = (int)chance_below(WINDOW_COUNT);
		(void)snprintf(body, sizeof(body), "name=Kim+%u%s%s", one, window == -1 ? "" : "&when=",
		    window == -1 ? "" : word_of(&words_window, window));
		expected = rules_correct(place, account, ACT_CORRECT, window);
	}
	assert_int_equal(form_decode(&form, body, strlen(body)), FORM_OK);
	event_arm();
	got = service_fate(case_correct(real_work(&real.identity[account]), number, &form, &told));
	if (got == DONE && (told.verdict != LIFECYCLE_OK || told.same || told.faulty))
		got = REFUSED;
	form_wipe(&form);
	event_settle(expected, got);
}

static void
reach_otherwise(void)
{
	int place = event_case(), account;
	enum lifecycle_verdict verdict;
	enum fate expected, got;
	int64_t number;

	for (int tries = 0; tries < 20 && place != -1 && !rules_number_wrong(&model->at[place]); tries++)
		place = event_case();
	account = place == -1 ? -1 : event_actor(place);
	if (account == -1)
		return;
	number = model->at[place].number;
	expected = rules_correct(place, account, ACT_OTHER_WAY, -1);
	event_arm();
	got = service_fate(case_reach(real_work(&real.identity[account]), number, MEANS_LETTER,
	    &verdict));
	event_settle(expected, got == DONE && verdict != LIFECYCLE_OK ? REFUSED : got);
}

/* Any act, by any account. */
static void
press_anything(void)
{
	static const enum act acts[] = {
		ACT_CLAIM, ACT_REACHED, ACT_RANG_BACK, ACT_NO_ANSWER, ACT_LEFT_MESSAGE,
		ACT_OTHER_ANSWERED, ACT_TEXTED, ACT_WRONG_NUMBER, ACT_LETTER,
		ACT_VISIT, ACT_HELPER, ACT_ANNOUNCED, ACT_NOTE, ACT_PARK, ACT_RELEASE, ACT_FOLLOW, ACT_CLOSE,
		ACT_UNDO, ACT_PROPOSE, ACT_CONFIRM, ACT_OBJECT, ACT_REOPEN, ACT_BEGIN, ACT_DECLINE,
		ACT_REMIND, ACT_COPY
	};
	int place = event_case();

	if (place == -1)
		return;
	act_on(place, (struct model_act){
		.act = acts[chance_below(COUNT_OF(acts))],
		.account = 1 + (int)chance_below((unsigned)model->world.accounts),
		.until_at = chance(1, 2) ? 0 : some_day(), .outcomes = some_outcomes(),
		.note = true
	});
}

const struct event act_events[] = {
	{ "claim", 120, claim, false },
	{ "attempt", 150, try_to_reach, false },
	{ "reached", 50, reach, false },
	{ "rang back", 20, ring_back, false },
	{ "follow", 40, follow, false },
	{ "park", 40, park, false },
	{ "release", 30, release, false },
	{ "note", 40, write_note, false },
	{ "correct", 30, correct, false },
	{ "another way", 10, reach_otherwise, false },
	{ "close", 70, close_one, false },
	{ "propose", 40, propose, false },
	{ "confirm", 60, confirm, false },
	{ "object", 15, object, false },
	{ "reopen", 3, reopen, false },
	{ "begin", 30, begin, false },
	{ "decline", 10, decline, false },
	{ "remind", 10, remind, false },
	{ "wind up", 60, wind_up, false },
	{ "undo", 80, take_back, false },
	{ "anything", 60, press_anything, false },
	{ NULL, 0, NULL, false }
};
