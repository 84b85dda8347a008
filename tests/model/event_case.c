/* What happens to cases: they come in, and coordinators work on them. */

#include "model.h"

#define OPEN_WANTED	150
#define BATCH_MOST	4

static const int ages[QUEUES] = { AGE_18_19, AGE_20_24, AGE_25_29, AGE_UNDER15, AGE_UNSAID };

static int64_t
open_cases(void)
{
	int64_t open = 0;

	for (int place = 0; place < model->live; place++)
		open += model->at[place].number != 0 && rules_open(&model->at[place]);
	return open;
}

/* A submission and all that it says, made of one number. */
static void
prepare(struct intake *intake, uint64_t content)
{
	const struct config_area *area = model_config.areas;
	enum fault faults[FIELD_COUNT];
	struct submission submission;
	struct form form;
	char body[200];

	(void)snprintf(body, sizeof(body),
	    "who=self&age=%s&name=Alex+%llu&phone=07017406%02u&contact=%s&when=%s",
	    word_of(&words_age, ages[content % QUEUES]), (unsigned long long)content,
	    (unsigned)(content % 94 + 5), word_of(&words_contact, (int)(content / 5 % CONTACT_COUNT)),
	    word_of(&words_window, (int)(content / 15 % WINDOW_COUNT)));
	assert_int_equal(form_decode(&form, body, strlen(body)), FORM_OK);
	assert_int_equal(submission_check(&form, area, "sv", &submission, faults), SUBMISSION_OK);
	if (intake_prepare(intake, &model_config, &real.locks, &submission, NULL, model->world.now,
	    &real.error) == -1)
		fail_msg("%s", real.error.text);
	form_wipe(&form);
	seal_wipe(&submission, sizeof(submission));
}

/* What the case is to be, once it is stored. */
static int
foretell_birth(const struct intake *intake, uint64_t content)
{
	int place = journal_add();
	struct model_case *c = &model->at[place];
	int queue = (int)(content % QUEUES);

	c->number = intake->row.number;
	c->serial = ++model->world.serial;
	c->content = content;
	c->queue = (int8_t)queue;
	c->state = STATE_WAITING;
	c->window = (uint8_t)(content / 15 % WINDOW_COUNT);
	c->silent = content / 5 % CONTACT_COUNT == CONTACT_CALL_SILENT;
	c->received_at = model->world.now;
	c->due_at = c->promised_at = duetime_first(&model_config.queues[queue], model->world.now);
	c->keys[queue] = BIT(model->world.locks[queue]);
	c->records = 1;
	rules_step(c, ACT_RECEIVE, 0, STATE_WAITING, 0);
	return place;
}

static void
take_in(const uint64_t *contents, size_t count)
{
	struct intake intakes[BATCH_MOST], *batch[BATCH_MOST];
	enum fate fate = DONE;

	keys_see_new();
	for (size_t i = 0; i < count; i++) {
		batch[i] = &intakes[i];
		prepare(batch[i], contents[i]);
		(void)foretell_birth(batch[i], contents[i]);
	}
	event_arm();
	intake_commit(real.store, batch, count);
	for (size_t i = 0; i < count; i++) {
		if (intakes[i].result == INTAKE_UNAVAILABLE)
			fate = STRUCK;
		else if (intakes[i].result == INTAKE_REPEATED)
			fate = REFUSED;
		intake_free(batch[i]);
	}
	event_settle(DONE, fate);
}

static void
come_in(void)
{
	uint64_t contents[BATCH_MOST];
	size_t count = 1;

	if (open_cases() >= OPEN_WANTED)
		return;
	while (count < BATCH_MOST && chance(1, 6))
		count++;
	for (size_t i = 0; i < count; i++)
		contents[i] = model->world.serial + i + 1 +
		    UINT64_C(10000000) * chance_below(1000);
	take_in(contents, count);
}

/* The same submission once more within the hour: the first stands while it is open. */
static void
come_again(void)
{
	struct intake intake, *batch[] = { &intake };
	int place = event_case();
	const struct model_case *c;
	uint64_t content;

	if (place == -1)
		return;
	c = &model->at[place];
	content = c->content;
	if (model->world.now - c->received_at > 3600 || c->again)
		return;
	if (!rules_open(c)) {
		journal_touch(place)->again = true;
		take_in(&content, 1);
		return;
	}
	keys_see_new();
	prepare(&intake, content);
	(void)journal_touch(place);
	event_arm();
	intake_commit(real.store, batch, 1);
	event_settle(REFUSED, intake.result == INTAKE_REPEATED &&
	    intake.row.number == c->number ? REFUSED :
	    intake.result == INTAKE_UNAVAILABLE ? STRUCK : DONE);
	intake_free(&intake);
}

static void
act_on(int place, struct model_act act)
{
	const struct model_case *c = &model->at[place];
	const struct callback callback = {
		.number = c->number, .act = act.act, .until_at = act.until_at,
		.outcomes = act.outcomes, .note = act.note ? "Ringde, ingen svarade." : NULL
	};
	struct callback_answer answer;
	enum fate expected = rules_act(place, &act), got;

	event_arm();
	got = service_fate(callback_do(real.store, &model_config, &real.identity[act.account],
	    &callback, model->world.now, &answer, &real.error));
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

/* Mostly within a month; now and then in the past, or too far ahead. */
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
		ACT_NO_ANSWER, ACT_LEFT_MESSAGE, ACT_TEXTED, ACT_WRONG_NUMBER
	};

	somebody_does(tries[chance_below(COUNT_OF(tries))], 0, 0);
}

static void
reach(void)
{
	somebody_does(ACT_REACHED, chance(1, 2) ? 0 : some_day(), 0);
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

/* A case with a long trail is brought to its end, so that histories stay lifelike. */
static void
wind_up(void)
{
	int place = (int)chance_below((unsigned)model->live + 1), account;

	for (int tries = 0; tries < 200 && (place == model->live || model->at[place].number == 0 ||
	    model->at[place].count < TRAIL_LONG || !rules_open(&model->at[place])); tries++)
		place = (int)chance_below((unsigned)model->live + 1);
	if (place == model->live || model->at[place].number == 0 || !rules_open(&model->at[place]) ||
	    model->at[place].count < TRAIL_LONG)
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

/* Mostly by who pressed last, at once or later. */
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

/* Anything, by anybody. */
static void
press_anything(void)
{
	static const enum act acts[] = {
		ACT_CLAIM, ACT_REACHED, ACT_NO_ANSWER, ACT_LEFT_MESSAGE, ACT_TEXTED,
		ACT_WRONG_NUMBER, ACT_NOTE, ACT_PARK, ACT_RELEASE, ACT_FOLLOW, ACT_CLOSE, ACT_UNDO
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

const struct event case_events[] = {
	{ "comes in", 60, come_in, false },
	{ "comes again", 5, come_again, false },
	{ "claim", 120, claim, false },
	{ "attempt", 150, try_to_reach, false },
	{ "reached", 50, reach, false },
	{ "follow", 40, follow, false },
	{ "park", 40, park, false },
	{ "release", 30, release, false },
	{ "note", 40, write_note, false },
	{ "close", 30, close_one, false },
	{ "wind up", 60, wind_up, false },
	{ "undo", 80, take_back, false },
	{ "anything", 60, press_anything, false },
	{ NULL, 0, NULL, false }
};
