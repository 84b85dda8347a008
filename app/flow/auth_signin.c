#include <errno.h>
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/keys.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

/* What a try is of, once the database has been asked. */
struct attempt {
	struct account_row account;
	bool exists;			/* and is active */
	struct known known;
};

/* FOUND: it may be checked, and is counted. ABSENT: *wait_seconds. */
static enum answer
count_try(struct store *store, const struct signin_try *try, struct attempt *attempt,
    int64_t *wait_seconds, struct error *error)
{
	enum answer answer;

	answer = store_account_by_user(store, try->user, &attempt->account, error);
	if (answer == FAILED)
		return FAILED;
	attempt->exists = answer == FOUND && attempt->account.active;
	if (attempt->exists &&
	    trusted_device_read(store, &attempt->known, attempt->account.number, try, error) == -1)
		return FAILED;
	if (attempt->known.is)
		return trusted_device_count(store, &attempt->known, try->now, wait_seconds, error);
	*wait_seconds = throttle_ask(try->user, try->source, try->now);
	return *wait_seconds == 0 ? FOUND : ABSENT;
}

/* The account may have been shut or restored while its passphrase was checked. */
static enum answer
still_same(struct store *store, struct account_row *account, struct error *error)
{
	struct account_row present;
	enum answer answer;

	answer = store_account_get(store, account->number, &present, error);
	if (answer != FOUND)
		return answer;
	if (!present.active ||
	    memcmp(present.locked, account->locked, sizeof(present.locked)) != 0)
		return ABSENT;
	*account = present;
	return FOUND;
}

/* Whether a code is asked for after the passphrase. */
static int
read_half(struct store *store, struct session_row *session, struct error *error)
{
	struct factor_row factor;
	enum answer answer = store_factor_get(store, session->account, &factor, error);

	session->half = answer == FOUND && factor.confirmed_at != 0;
	return answer == FAILED ? -1 : 0;
}

static int
add_session(struct store *store, const struct signin_try *try, struct attempt *attempt,
    struct session_row *session, struct signin_answer *answer, struct error *error)
{
	if (read_half(store, session, error) == -1 ||
	    store_session_add(store, session, error) == -1 ||
	    store_session_forget(store, try->now - SIGNIN_LONGEST_SECONDS, error) == -1)
		return -1;
	answer->half = session->half;
	if (session->half)
		return trusted_device_forgive(store, &attempt->known, error);
	return trusted_device_remember(store, session->account, try, answer->browser, error);
}

/* The session, and the failures forgotten, in one transaction. */
static enum answer
begin_session(struct store *store, const struct signin_try *try, struct attempt *attempt,
    struct session_row *session, struct signin_answer *answer, struct error *error)
{
	enum answer same;
	int result = -1;

	if (keys_begin(store, error) == -1)
		return FAILED;
	same = still_same(store, &attempt->account, error);
	if (same == ABSENT ||
	    (same == FOUND && add_session(store, try, attempt, session, answer, error) == 0))
		result = 0;
	return keys_end(store, result, error) == 0 ? same : FAILED;
}

static enum answer
make_session(struct store *store, const struct signin_try *try, struct attempt *attempt,
    const struct secret_key *secret, struct signin_answer *answer, struct error *error)
{
	struct session_row row = {
		.number = number_next(), .account = attempt->account.number,
		.created_at = try->now, .seen_at = try->now
	};
	struct session_keys keys = { 0 };
	enum answer made = FAILED;

	if (session_make(answer->cookie, &keys) == -1 ||
	    session_box(row.box, &keys, row.account, secret) == -1) {
		(void)error_set(error, ERROR_UNAVAILABLE, "no memory for a session");
		goto err;
	}
	memcpy(row.identity, keys.identity, sizeof(row.identity));
	made = begin_session(store, try, attempt, &row, answer, error);
err:
	session_keys_free(&keys);
	if (made == FOUND && !attempt->known.is)
		throttle_count(try->user, try->source, -1, try->now);
	if (made != FOUND)
		seal_wipe(answer, sizeof(*answer));
	return made;
}

enum answer
signin(struct store *store, const struct signin_try *try, struct signin_answer *answer,
    struct error *error)
{
	struct attempt attempt = { 0 };
	struct secret_key *secret;
	enum answer result;

	*answer = (struct signin_answer){ 0 };
	result = count_try(store, try, &attempt, &answer->wait_seconds, error);
	if (result != FOUND)
		return result;
	if (!attempt.exists) {
		secret_unlock_pretend(try->passphrase);
		return ABSENT;
	}
	secret = secret_key_new();
	errno = ENOMEM;
	if (secret != NULL && secret_unlock(secret, attempt.account.locked,
	    sizeof(attempt.account.locked), attempt.account.number, try->passphrase) == 0)
		result = make_session(store, try, &attempt, secret, answer, error);
	else if (errno == ENOMEM)
		result = (enum answer)error_set(error, ERROR_UNAVAILABLE,
		    "no memory to check a passphrase");
	else
		result = ABSENT;
	secret_key_free(secret);
	return result;
}

#define WRONG_FREE	5
#define WRONG_MAX	INT64_C(120)	/* less than a half session lives */

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
	if (answer == FOUND && trusted_device_read(step->store, &step->known, step->half->account,
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
		if (store_device_put(step->store, &step->known.row, error) == -1)
			return -1;
	} else {
		throttle_count(step->half->user, try->source, 1, try->now);
		step->factor.wrong++;
		step->factor.wrong_at = try->now;
		if (store_factor_put(step->store, &step->factor, error) == -1)
			return -1;
	}
	if (step->session.wrong >= SIGNIN_WRONG_MAX)
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
	return trusted_device_remember(step->store, step->half->account, step->try, browser, error);
}

static enum answer
judge(struct step *step, const char *code, struct signin_answer *answer, struct error *error)
{
	enum answer right = read_step(step, error);

	if (right != FOUND)
		return right;
	if (!step->known.is)
		answer->wait_seconds = throttle_left(step->factor.wrong, step->factor.wrong_at,
		    WRONG_FREE, WRONG_MAX, step->try->now);
	if (answer->wait_seconds > 0)
		return ABSENT;
	right = factor_take(&step->factor, step->half->secret, code, step->try->now, error);
	if (right == FOUND)
		return finish(step, answer->browser, error) == 0 ? FOUND : FAILED;
	if (right == ABSENT && count_wrong(step, error) == -1)
		return FAILED;
	answer->ended = step->session.wrong >= SIGNIN_WRONG_MAX;
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
