/* What may happen to a case: each row that is allowed, and that nothing else is. */
#include "base/base.h"
#include "base/words.h"
#include "lifecycle_request.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"

/*
 * By whom: a letter each for system, member, holder, lead, receiver, partner,
 * 2 for the second person of a closing and a for anybody while the holder is away.
 */
struct row {
	enum state from;
	enum act act;
	const char *by;
	enum state to;
	enum lifecycle_due due;
	enum lifecycle_holder holder;
};

#define W	STATE_WAITING
#define C	STATE_CLAIMED
#define R	STATE_REACHED
#define F	STATE_FOLLOWING
#define X	STATE_CLOSED
#define P	STATE_PURGED

static const struct row rows[] = {
	{ W, ACT_RECEIVE, "s", W, DUE_FIRST, HOLDER_NOBODY },
	{ C, ACT_RECEIVE, "s", W, DUE_FIRST, HOLDER_NOBODY },
	{ R, ACT_RECEIVE, "s", W, DUE_FIRST, HOLDER_NOBODY },
	{ F, ACT_RECEIVE, "s", W, DUE_FIRST, HOLDER_NOBODY },
	{ X, ACT_RECEIVE, "s", W, DUE_FIRST, HOLDER_NOBODY },
	{ P, ACT_RECEIVE, "s", W, DUE_FIRST, HOLDER_NOBODY },
	{ W, ACT_CLAIM, "m", C, DUE_KEEP, HOLDER_ACTOR },
	{ C, ACT_CLAIM, "a", C, DUE_KEEP, HOLDER_ACTOR },
	{ R, ACT_CLAIM, "a", R, DUE_KEEP, HOLDER_ACTOR },
	{ F, ACT_CLAIM, "a", F, DUE_KEEP, HOLDER_ACTOR },
	{ C, ACT_OPEN, "hp2", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_NOTE, "hp", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_REACHED, "h", R, DUE_FOLLOW, HOLDER_KEEP },
	{ C, ACT_NO_ANSWER, "h", W, DUE_RETRY, HOLDER_NOBODY },
	{ C, ACT_LEFT_MESSAGE, "h", W, DUE_RETRY, HOLDER_NOBODY },
	{ C, ACT_OTHER_ANSWERED, "h", W, DUE_RETRY, HOLDER_NOBODY },
	{ C, ACT_TEXTED, "h", W, DUE_RETRY, HOLDER_NOBODY },
	{ C, ACT_ANNOUNCED, "h", C, DUE_SOON, HOLDER_KEEP },
	{ C, ACT_WRONG_NUMBER, "h", C, DUE_RETRY, HOLDER_KEEP },
	{ C, ACT_LETTER, "h", C, DUE_FOLLOW, HOLDER_KEEP },
	{ C, ACT_VISIT, "h", C, DUE_FOLLOW, HOLDER_KEEP },
	{ C, ACT_HELPER, "h", C, DUE_FOLLOW, HOLDER_KEEP },
	{ C, ACT_PARK, "h", W, DUE_UNTIL, HOLDER_NOBODY },
	{ C, ACT_RELEASE, "hl", W, DUE_KEEP, HOLDER_NOBODY },
	{ C, ACT_CLOSE, "h", X, DUE_NONE, HOLDER_NOBODY },
	{ R, ACT_OPEN, "hp2", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_NOTE, "hp", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_REACHED, "h", R, DUE_FOLLOW, HOLDER_KEEP },
	{ R, ACT_NO_ANSWER, "h", R, DUE_RETRY, HOLDER_KEEP },
	{ R, ACT_LEFT_MESSAGE, "h", R, DUE_RETRY, HOLDER_KEEP },
	{ R, ACT_OTHER_ANSWERED, "h", R, DUE_RETRY, HOLDER_KEEP },
	{ R, ACT_TEXTED, "h", R, DUE_RETRY, HOLDER_KEEP },
	{ R, ACT_ANNOUNCED, "h", R, DUE_SOON, HOLDER_KEEP },
	{ R, ACT_WRONG_NUMBER, "h", R, DUE_RETRY, HOLDER_KEEP },
	{ R, ACT_LETTER, "h", R, DUE_FOLLOW, HOLDER_KEEP },
	{ R, ACT_VISIT, "h", R, DUE_FOLLOW, HOLDER_KEEP },
	{ R, ACT_HELPER, "h", R, DUE_FOLLOW, HOLDER_KEEP },
	{ R, ACT_FOLLOW, "h", F, DUE_FOLLOW, HOLDER_KEEP },
	{ R, ACT_PARK, "h", R, DUE_UNTIL, HOLDER_KEEP },
	{ R, ACT_RELEASE, "hl", W, DUE_KEEP, HOLDER_NOBODY },
	{ R, ACT_CLOSE, "h", X, DUE_NONE, HOLDER_NOBODY },
	{ F, ACT_OPEN, "hp2", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_NOTE, "hp", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_REACHED, "h", F, DUE_FOLLOW, HOLDER_KEEP },
	{ F, ACT_NO_ANSWER, "h", F, DUE_RETRY, HOLDER_KEEP },
	{ F, ACT_LEFT_MESSAGE, "h", F, DUE_RETRY, HOLDER_KEEP },
	{ F, ACT_OTHER_ANSWERED, "h", F, DUE_RETRY, HOLDER_KEEP },
	{ F, ACT_TEXTED, "h", F, DUE_RETRY, HOLDER_KEEP },
	{ F, ACT_ANNOUNCED, "h", F, DUE_SOON, HOLDER_KEEP },
	{ F, ACT_WRONG_NUMBER, "h", F, DUE_RETRY, HOLDER_KEEP },
	{ F, ACT_LETTER, "h", F, DUE_FOLLOW, HOLDER_KEEP },
	{ F, ACT_VISIT, "h", F, DUE_FOLLOW, HOLDER_KEEP },
	{ F, ACT_HELPER, "h", F, DUE_FOLLOW, HOLDER_KEEP },
	{ F, ACT_FOLLOW, "h", F, DUE_FOLLOW, HOLDER_KEEP },
	{ F, ACT_PARK, "h", F, DUE_UNTIL, HOLDER_KEEP },
	{ F, ACT_RELEASE, "hl", W, DUE_KEEP, HOLDER_NOBODY },
	{ F, ACT_CLOSE, "h", X, DUE_NONE, HOLDER_NOBODY },
	{ X, ACT_OPEN, "m", X, DUE_NONE, HOLDER_NOBODY },
	{ X, ACT_NOTE, "m", X, DUE_NONE, HOLDER_NOBODY },
	{ X, ACT_CLOSE, "m", X, DUE_NONE, HOLDER_NOBODY },
	{ X, ACT_PURGE, "s", P, DUE_NONE, HOLDER_NOBODY },

	{ W, ACT_OPEN, "p", W, DUE_KEEP, HOLDER_KEEP },
	{ W, ACT_NOTE, "p", W, DUE_KEEP, HOLDER_KEEP },
	{ W, ACT_CORRECT, "p", W, DUE_KEEP, HOLDER_KEEP },
	{ W, ACT_NEW_NUMBER, "p", W, DUE_KEEP, HOLDER_KEEP },
	{ W, ACT_OTHER_WAY, "p", W, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_CORRECT, "hp", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_NEW_NUMBER, "hp", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_OTHER_WAY, "hp", C, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_CORRECT, "hp", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_NEW_NUMBER, "hp", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_OTHER_WAY, "hp", R, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_CORRECT, "hp", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_NEW_NUMBER, "hp", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_OTHER_WAY, "hp", F, DUE_KEEP, HOLDER_KEEP },
	{ X, ACT_CORRECT, "m", X, DUE_NONE, HOLDER_NOBODY },
	{ X, ACT_NEW_NUMBER, "m", X, DUE_NONE, HOLDER_NOBODY },
	{ X, ACT_FIND, "m", X, DUE_NONE, HOLDER_NOBODY },
	{ W, ACT_ACCEPT, "r", C, DUE_KEEP, HOLDER_ACTOR },
	{ C, ACT_ACCEPT, "r", C, DUE_KEEP, HOLDER_ACTOR },
	{ R, ACT_ACCEPT, "r", R, DUE_KEEP, HOLDER_ACTOR },
	{ F, ACT_ACCEPT, "r", F, DUE_KEEP, HOLDER_ACTOR },
	{ W, ACT_RECUSE, "mps", W, DUE_KEEP, HOLDER_NOBODY },
	{ X, ACT_UNSHARE, "mp", X, DUE_NONE, HOLDER_NOBODY },
	{ R, ACT_BEGIN, "h", F, DUE_UNTIL, HOLDER_KEEP },
	{ F, ACT_BEGIN, "h", F, DUE_UNTIL, HOLDER_KEEP },
	{ R, ACT_DECLINE, "h", R, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_DECLINE, "h", F, DUE_KEEP, HOLDER_KEEP },
	{ X, ACT_REOPEN, "m", C, DUE_NEXT, HOLDER_ACTOR },
	{ W, ACT_RANG_BACK, "m", R, DUE_FOLLOW, HOLDER_ACTOR },
	{ C, ACT_RANG_BACK, "m", R, DUE_FOLLOW, HOLDER_KEEP },
	{ R, ACT_RANG_BACK, "m", R, DUE_FOLLOW, HOLDER_KEEP },
	{ F, ACT_RANG_BACK, "m", F, DUE_FOLLOW, HOLDER_KEEP },
	{ W, ACT_FIND, "mp", W, DUE_KEEP, HOLDER_KEEP },
	{ W, ACT_UNDO, "mp", C, DUE_BACK, HOLDER_BACK },
	{ W, ACT_WITHDRAW, "m", W, DUE_KEEP, HOLDER_KEEP },
	{ W, ACT_RETURN, "r", W, DUE_KEEP, HOLDER_KEEP },
	{ W, ACT_LAPSE, "s", W, DUE_KEEP, HOLDER_KEEP },
	{ W, ACT_UNSHARE, "mp", W, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_UNDO, "mp", C, DUE_BACK, HOLDER_BACK },
	{ C, ACT_FIND, "mp", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_WITHDRAW, "m", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_RETURN, "r", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_LAPSE, "s", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_UNSHARE, "mp", C, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_FIND, "mp", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_UNDO, "mp", C, DUE_BACK, HOLDER_BACK },
	{ R, ACT_WITHDRAW, "m", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_RETURN, "r", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_LAPSE, "s", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_UNSHARE, "mp", R, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_FIND, "mp", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_UNDO, "mp", C, DUE_BACK, HOLDER_BACK },
	{ F, ACT_WITHDRAW, "m", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_RETURN, "r", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_LAPSE, "s", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_UNSHARE, "mp", F, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_LINK, "h", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_UNLINK, "h", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_REMIND, "h", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_OFFER, "h", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_RECUSE, "h", W, DUE_KEEP, HOLDER_NOBODY },
	{ C, ACT_RECUSE, "mp", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_SHARE, "h", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_PROPOSE, "h", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_CONFIRM, "2", X, DUE_NONE, HOLDER_NOBODY },
	{ C, ACT_OBJECT, "2h", C, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_LINK, "h", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_UNLINK, "h", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_REMIND, "h", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_OFFER, "h", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_RECUSE, "h", W, DUE_KEEP, HOLDER_NOBODY },
	{ R, ACT_RECUSE, "mp", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_SHARE, "h", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_PROPOSE, "h", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_CONFIRM, "2", X, DUE_NONE, HOLDER_NOBODY },
	{ R, ACT_OBJECT, "2h", R, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_LINK, "h", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_UNLINK, "h", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_REMIND, "h", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_OFFER, "h", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_RECUSE, "h", W, DUE_KEEP, HOLDER_NOBODY },
	{ F, ACT_RECUSE, "mp", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_SHARE, "h", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_PROPOSE, "h", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_CONFIRM, "2", X, DUE_NONE, HOLDER_NOBODY },
	{ F, ACT_OBJECT, "2h", F, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_PRINT, "hp2", C, DUE_KEEP, HOLDER_KEEP },
	{ C, ACT_COPY, "h", C, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_PRINT, "hp2", R, DUE_KEEP, HOLDER_KEEP },
	{ R, ACT_COPY, "h", R, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_PRINT, "hp2", F, DUE_KEEP, HOLDER_KEEP },
	{ F, ACT_COPY, "h", F, DUE_KEEP, HOLDER_KEEP },
	{ W, ACT_PRINT, "p", W, DUE_KEEP, HOLDER_KEEP },
	{ X, ACT_PRINT, "m", X, DUE_NONE, HOLDER_NOBODY },
	{ X, ACT_COPY, "m", X, DUE_NONE, HOLDER_NOBODY },
};

static const struct {
	char letter;
	enum actor actor;
} actors[] = {
	{ 's', ACTOR_SYSTEM }, { 'm', ACTOR_MEMBER }, { 'h', ACTOR_HOLDER }, { 'l', ACTOR_LEAD },
	{ 'r', ACTOR_RECEIVER }, { 'p', ACTOR_PARTNER }, { '2', ACTOR_SECOND },
	{ 'a', ACTOR_RELIEF },
};

/* What that actor may do; else what others may; else NULL. */
static const struct row *
find(enum state from, enum act act, char letter)
{
	const struct row *found = NULL;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (rows[i].from != from || rows[i].act != act)
			continue;
		if (strchr(rows[i].by, letter) != NULL)
			return &rows[i];
		found = &rows[i];
	}
	return found;
}

static void
expect_verdict(enum state from, enum act act, size_t who)
{
	struct lifecycle_request request = request_of(from, act, actors[who].actor);
	const struct row *row = find(from, act, actors[who].letter);
	bool may = row != NULL && strchr(row->by, actors[who].letter) != NULL;
	enum lifecycle_verdict expected = row == NULL ? LIFECYCLE_STATE :
	    may ? LIFECYCLE_OK : LIFECYCLE_ACTOR;
	struct lifecycle_step step, untouched;

	memset(&step, 0x5a, sizeof(step));
	untouched = step;
	if (lifecycle_judge(&request, &step) != expected)
		fail_msg("%s of %s by %c", word_of(&words_act, (int)act),
		    word_of(&words_state, (int)from), actors[who].letter);
	assert_int_equal(lifecycle_offers(from, act, actors[who].actor), may);
	if (!may) {
		assert_memory_equal(&step, &untouched, sizeof(step));
		return;
	}
	assert_int_equal(step.to, row->to);
	assert_int_equal(step.due, row->due);
	assert_int_equal(step.holder, row->holder);
}

static void
every_state_act_and_actor(void **state)
{
	(void)state;
	for (int from = 0; from < STATE_COUNT; from++) {
		for (int act = 0; act < ACT_COUNT; act++) {
			for (size_t who = 0; who < COUNT_OF(actors); who++)
				expect_verdict((enum state)from, (enum act)act, who);
		}
	}
}

static void
several_roles_are_one_actor(void **state)
{
	struct lifecycle_request request = request_of(STATE_CLAIMED, ACT_RELEASE,
	    ACTOR_MEMBER | ACTOR_LEAD);
	struct lifecycle_step step;

	(void)state;
	assert_int_equal(lifecycle_judge(&request, &step), LIFECYCLE_OK);
	request.act = ACT_REACHED;
	assert_int_equal(lifecycle_judge(&request, &step), LIFECYCLE_ACTOR);
	request.actor |= ACTOR_HOLDER;
	assert_int_equal(lifecycle_judge(&request, &step), LIFECYCLE_OK);
	request.actor = 0;
	assert_int_equal(lifecycle_judge(&request, &step), LIFECYCLE_ACTOR);
	/* A holder is a member too, and gives the case back. */
	request = request_of(STATE_CLAIMED, ACT_RECUSE, ACTOR_MEMBER | ACTOR_HOLDER);
	assert_int_equal(lifecycle_judge(&request, &step), LIFECYCLE_OK);
	assert_int_equal(step.to, STATE_WAITING);
}

static void
values_outside_the_words_are_no_state(void **state)
{
	struct lifecycle_request request = request_of(STATE_COUNT, ACT_CLAIM, 15);
	struct lifecycle_step step;

	(void)state;
	assert_int_equal(lifecycle_judge(&request, &step), LIFECYCLE_STATE);
	request.from = (enum state)-1;
	assert_int_equal(lifecycle_judge(&request, &step), LIFECYCLE_STATE);
	request = request_of(STATE_WAITING, ACT_COUNT, 15);
	assert_int_equal(lifecycle_judge(&request, &step), LIFECYCLE_STATE);
	assert_false(lifecycle_offers((enum state)77, ACT_CLAIM, 15));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_act_and_actor),
		cmocka_unit_test(several_roles_are_one_actor),
		cmocka_unit_test(values_outside_the_words_are_no_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
