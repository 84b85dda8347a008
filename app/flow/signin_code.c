#include <string.h>

#include "flow/gate.h"
#include "flow/keys.h"
#include "flow/known.h"

#define WRONG_FREE	5
#define WRONG_MOST	INT64_C(120)	/* less than a half session lives */

/* The second step of one sign-in, within its transaction. */
struct step {
	struct store *store;
	const struct identity *half;
	const struct signin_try *try;
	struct session_row session;
	struct factor_row factor;
	struct known known;
};

static enum answer
read_step(struct step *step, struct error *error)
{
	enum answer answer;

	answer = store_session_get(step->store, step->half->session.identity, &step->session,
	    error);
	if (answer == FOUND && !step->session.half)
		answer = ABSENT;
	if (answer == FOUND)
		answer = store_factor_get(step->store, step->half->account, &step->factor, error);
	if (answer == FOUND && known_read(step->store, &step->known, step->half->account,
	    step->try, error) == -1)
		answer = FAILED;
	return answer;
}

/* Whoever is here knows the passphrase; codes are few, so strangers' count against the account. */
static int
count_wrong(struct step *step, struct error *error)
{
	const struct signin_try *try = step->try;

	step->session.wrong++;
	if (step->known.is) {
		step->known.row.failures++;
		step->known.row.failed_at = try->now;
		if (store_browser_put(step->store, &step->known.row, error) == -1)
			return -1;
	} else {
		gate_count(step->half->user, try->source, 1, try->now);
		step->factor.wrong++;
		step->factor.wrong_at = try->now;
		if (store_factor_put(step->store, &step->factor, error) == -1)
			return -1;
	}
	if (step->session.wrong >= SIGNIN_WRONG_MOST)
		return store_session_remove(step->store, step->session.identity, error);
	return store_session_change(step->store, &step->session, error);
}

static int
finish(struct step *step, char browser[SEAL_COOKIE_SIZE], struct error *error)
{
	step->factor.wrong = 0;
	step->factor.wrong_at = 0;
	step->session.half = false;
	step->session.wrong = 0;
	step->session.created_at = step->try->now;
	if (store_factor_put(step->store, &step->factor, error) == -1 ||
	    store_session_change(step->store, &step->session, error) == -1)
		return -1;
	return known_remember(step->store, step->half->account, step->try, browser, error);
}

static enum answer
judge(struct step *step, const char *code, struct signin_answer *answer, struct error *error)
{
	enum answer right = read_step(step, error);

	if (right != FOUND)
		return right;
	if (!step->known.is)
		answer->wait_seconds = gate_left(step->factor.wrong, step->factor.wrong_at,
		    WRONG_FREE, WRONG_MOST, step->try->now);
	if (answer->wait_seconds > 0)
		return ABSENT;
	right = factor_take(&step->factor, step->half->secret, code, step->try->now, error);
	if (right == FOUND)
		return finish(step, answer->browser, error) == 0 ? FOUND : FAILED;
	if (right == ABSENT && count_wrong(step, error) == -1)
		return FAILED;
	answer->ended = step->session.wrong >= SIGNIN_WRONG_MOST;
	return right;
}

enum answer
signin_code(struct store *store, const struct identity *half, const char *code,
    const struct signin_try *try, struct signin_answer *answer, struct error *error)
{
	struct step step = { .store = store, .half = half, .try = try };
	enum answer right;

	*answer = (struct signin_answer){ 0 };
	if (keys_begin(store, error) == -1)
		return FAILED;
	right = judge(&step, code, answer, error);
	return keys_end(store, right == FAILED ? -1 : 0, error) == 0 ? right : FAILED;
}
