/*
 * 100 000 random histories over the lifecycle. After every act, allowed or
 * refused: a case that is not closed has exactly one owning queue, a due time
 * that was in the future when it was set, and a holder exactly in the states
 * that have one. A history is told by its number: run with HISTORY=number to
 * have that one printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"

#include <cmocka.h>

#define HISTORIES	300000
#define STEPS_MAX	40
#define ACCOUNTS	4	/* 1-4; 1 and 2 work in queue 0, 2 and 3 in queue 1, 4 leads both */
#define FOLLOW_DAYS	10

static struct config_queue queues[2];

struct case_model {
	enum state state;
	bool owned[2];		/* by queue */
	int64_t due_at;
	int holder;
	enum window window;
	struct attempts attempts;
	int64_t closed_at;
	struct lifecycle_last last;	/* what could be taken back, by whom, and what stood before */
	int last_account, holder_before;
	int64_t due_before;
	int closing_by;			/* asks for a closing; 0 nobody */
	enum outcome closing;		/* with what */
	bool offered;			/* to the other queue */
};

static uint64_t random_state;

/* xorshift64*: the same histories on every machine. */
static unsigned
below(unsigned bound)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (unsigned)((random_state * 0x2545f4914f6cdd1dULL) >> 33) % bound;
}

static size_t
owner(const struct case_model *model)
{
	return model->owned[1] ? 1 : 0;
}

static unsigned
actor_mask(const struct case_model *model, int account)
{
	size_t queue = owner(model);
	unsigned mask = 0;

	if (account == 0)
		return ACTOR_SYSTEM;
	if (account == 4)
		mask |= ACTOR_LEAD | ACTOR_MEMBER;
	else if (account - 1 == (int)queue || account - 2 == (int)queue)
		mask |= ACTOR_MEMBER;
	if (account == model->holder)
		mask |= ACTOR_HOLDER;
	if (mask != 0 && model->closing_by != 0 && account != model->closing_by)
		mask |= ACTOR_SECOND;
	if (model->offered && account != 4 && (account - 1 == (int)!queue ||
	    account - 2 == (int)!queue))
		mask |= ACTOR_RECEIVER;
	return mask;
}

static int64_t
due_of(const struct case_model *model, const struct lifecycle_request *request,
    enum lifecycle_due due)
{
	const struct config_queue *queue = &queues[owner(model)];

	switch (due) {
	case DUE_KEEP:
		return model->due_at;
	case DUE_FIRST:
		return duetime_first(queue, request->now);
	case DUE_RETRY:
		return duetime_retry(queue, model->window, request->now);
	case DUE_UNTIL:
		return request->until_at;
	case DUE_FOLLOW:
		return duetime_after(queue, request->now, FOLLOW_DAYS);
	case DUE_NEXT:
		return duetime_after(queue, request->now, 1);
	case DUE_SOON:
		return request->now + SOON_SECONDS;
	case DUE_BACK:
		return model->due_before;
	case DUE_NONE:
		break;
	}
	return 0;
}

/* Kept aside for an undo, unless the act changes nothing. */
static void
remember(struct case_model *model, const struct lifecycle_request *request, int account)
{
	if (act_has(request->act, ACT_IS_QUIET))
		return;
	model->last = (struct lifecycle_last){ request->act, request->from, request->now, false };
	model->last_account = account;
	model->due_before = model->due_at;
	model->holder_before = model->holder;
}

static void
change_hands(struct case_model *model, enum act act, int account)
{
	if (act == ACT_ACCEPT) {
		bool other = model->owned[0];

		model->owned[0] = !other;
		model->owned[1] = other;
	}
	if (act == ACT_OFFER)
		model->offered = true;
	else if (act == ACT_ACCEPT || act == ACT_WITHDRAW || act == ACT_RETURN ||
	    act == ACT_LAPSE || act == ACT_CLOSE || act == ACT_CONFIRM)
		model->offered = false;
	if (act == ACT_PROPOSE)
		model->closing_by = account;
	else if (!act_has(act, ACT_IS_QUIET))
		model->closing_by = 0;
}

static void
apply(struct case_model *model, const struct lifecycle_request *request,
    const struct lifecycle_step *step, int account)
{
	int64_t due_at = due_of(model, request, step->due);

	int holder_before = model->holder_before;

	if (step->due != DUE_KEEP && step->due != DUE_NONE && step->due != DUE_BACK)
		assert_true(due_at > request->now);
	attempts_add(&model->attempts, request->act, request->now, true);
	remember(model, request, account);
	model->due_at = due_at;
	model->state = step->to;
	if (step->holder == HOLDER_BACK)
		model->holder = holder_before;
	else if (step->holder != HOLDER_KEEP)
		model->holder = step->holder == HOLDER_ACTOR ? account : 0;
	if ((request->act == ACT_CLOSE || request->act == ACT_CONFIRM) && model->closed_at == 0)
		model->closed_at = request->now;
	else if (request->act == ACT_REOPEN)
		model->closed_at = 0;
	if (request->act == ACT_PROPOSE)
		model->closing = request->outcome;
	change_hands(model, request->act, account);
}

/* NULL, or what is wrong with the case. */
static const char *
breach(const struct case_model *model)
{
	bool held = model->state == STATE_CLAIMED || model->state == STATE_REACHED ||
	    model->state == STATE_FOLLOWING;
	bool ended = model->state == STATE_CLOSED || model->state == STATE_PURGED;

	if (model->owned[0] == model->owned[1])
		return "not exactly one owning queue";
	if (held != (model->holder != 0))
		return "a holder where there is none, or none where there is one";
	if (held && (actor_mask(model, model->holder) & ACTOR_MEMBER) == 0)
		return "held by somebody who cannot open it";
	if (!ended && model->due_at <= 0)
		return "no due time";
	if (ended && model->due_at != 0)
		return "a due time after the end";
	if (ended != (model->closed_at != 0))
		return "ended without being closed, or closed without ending";
	return NULL;
}

/*
 * Any; but half of what is done is ringing, or no case would ever be given up, and quiet acts,
 * which lead nowhere, are rarer than others.
 */
static enum act
random_act(void)
{
	enum act act = (enum act)(ACT_RECEIVE + 1 + below(ACT_COUNT - 1));

	static const enum act ringing[] = {
		ACT_CLAIM, ACT_NO_ANSWER, ACT_TEXTED, ACT_PROPOSE, ACT_CONFIRM
	};

	if (below(2) == 0)
		return ringing[below(COUNT_OF(ringing))];
	if (act_has(act, ACT_IS_QUIET))
		act = (enum act)(ACT_RECEIVE + 1 + below(ACT_COUNT - 1));
	return act;
}

static struct lifecycle_request
random_request(const struct case_model *model, int account, int64_t now)
{
	struct lifecycle_request request = {
		.from = model->state,
		.act = random_act(),
		.actor = actor_mask(model, account),
		.outcome = (enum outcome)below(OUTCOME_COUNT + 1),
		.attempts = model->attempts,
		.now = now,
		.last = model->last,
	};

	request.last.own = account == model->last_account;
	if (request.act == ACT_CONFIRM)
		request.outcome = model->closing;

	if (below(2) == 0)
		request.until_at = now + ((int64_t)below(400) - 10) * 86400;
	return request;
}

/* How often each act was allowed, so that the test knows that it went everywhere. */
static unsigned long allowed[STATE_COUNT][ACT_COUNT], no_contact;

static void
judge_once(struct case_model *model, int64_t now, bool print)
{
	int account = (int)below(ACCOUNTS + 1);
	struct lifecycle_request request;
	struct lifecycle_step step;
	enum lifecycle_verdict verdict;

	/* Half of the time by the holder, or nothing would get anywhere. */
	if (model->holder != 0 && below(2) == 0)
		account = model->holder;
	request = random_request(model, account, now);
	verdict = lifecycle_judge(&request, &step);
	if (print)
		print_message("%lld %s: %s by %d: verdict %d\n", (long long)now,
		    word_of(&words_state, (int)model->state),
		    word_of(&words_act, (int)request.act), account, (int)verdict);
	if (verdict != LIFECYCLE_OK)
		return;
	assert_true(lifecycle_offers(request.from, request.act, request.actor));
	allowed[request.from][request.act]++;
	no_contact += request.act == ACT_PROPOSE && request.outcome == OUTCOME_NO_CONTACT;
	apply(model, &request, &step, account);
}

static void
live(unsigned number, bool print)
{
	struct case_model model = { .window = (enum window)(number % WINDOW_COUNT) };
	struct lifecycle_request birth = { .act = ACT_RECEIVE, .actor = ACTOR_SYSTEM };
	struct lifecycle_step step;
	int64_t now;

	random_state = 0x9e3779b97f4a7c15ULL * (number + 1);
	now = birth.now = INT64_C(1767225600) + below(3 * 365 * 86400);
	model.owned[below(2)] = true;
	model.attempts.may_text = below(2) == 0;
	assert_int_equal(lifecycle_judge(&birth, &step), LIFECYCLE_OK);
	apply(&model, &birth, &step, 0);
	for (unsigned left = 1 + below(STEPS_MAX); left > 0; left--) {
		const char *wrong = breach(&model);

		if (wrong != NULL)
			fail_msg("history %u: %s", number, wrong);
		judge_once(&model, now, print);
		now += below(3) == 0 ? below(600) : 60 + below(20 * 3600);
	}
	assert_null(breach(&model));
}

static void
every_history_keeps_the_invariant(void **state)
{
	const char *one = getenv("HISTORY");

	(void)state;
	if (one != NULL) {
		live((unsigned)strtoul(one, NULL, 10), true);
		return;
	}
	for (unsigned number = 0; number < HISTORIES; number++)
		live(number, false);
	assert_true(no_contact > 0);
	for (int from = 0; from < STATE_COUNT; from++) {
		for (int act = ACT_RECEIVE + 1; act < ACT_COUNT; act++) {
			/* No case here has partners, and nobody is away. */
			bool offered = lifecycle_offers((enum state)from, (enum act)act,
			    ~(unsigned)(ACTOR_PARTNER | ACTOR_RELIEF));

			if (offered != (allowed[from][act] > 0))
				fail_msg("%s of %s happened %lu times",
				    word_of(&words_act, act), word_of(&words_state, from),
				    allowed[from][act]);
		}
	}
}

/* Queue 0 opens on weekdays; queue 1 in the mornings of some. */
static int
set_up(void **state)
{
	(void)state;
	clock_start("Europe/Stockholm");
	queues[0].promise_days = 2;
	queues[1].promise_days = 5;
	for (int i = 1; i <= 5; i++) {
		queues[0].week[i] = (struct config_hours){ 8 * 60, 16 * 60 + 30 };
		if (i != 3)
			queues[1].week[i] = (struct config_hours){ 9 * 60, 11 * 60 };
	}
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_history_keeps_the_invariant),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
