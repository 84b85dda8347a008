/* Signing in: the passphrase, then the code of the second factor. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

#define TRUSTED_DEVICE_SECONDS	(INT64_C(180) * 86400)
#define TRUSTED_DEVICE_MAX	10	/* the most devices that an account trusts */

/*
 * A trusted device is a browser with which the account has signed in before. Its failures
 * are counted separately (see the login throttle in auth.h).
 */
struct trusted_device {
	bool is;			/* the row below is of this account's device */
	struct device_row row;
};

/* Reads whether the account trusts the device of the sign-in. Returns 0 or -1. */
static int
trusted_device_read(struct work *work, struct trusted_device *known, int64_t account,
    const struct signin_try *try)
{
	unsigned char digest[SEAL_KEY_SIZE];
	enum answer answer;

	*known = (struct trusted_device){ 0 };
	if (browser_digest(digest, try->browser, account) == -1)
		return 0;
	answer = store_device_get(work->store, digest, &known->row, &work->error);
	known->is = answer == FOUND && known->row.account == account &&
	    known->row.until_at > work->now;
	return answer == FAILED ? -1 : 0;
}

/*
 * Reads the count again, because other tries from the same device may run at the same time.
 */
static enum answer
count_one(struct work *work, struct trusted_device *known, int64_t *wait_seconds)
{
	struct device_row *row = &known->row;
	enum answer answer = store_device_get(work->store, row->digest, row, &work->error);

	if (answer != FOUND)
		return answer;
	*wait_seconds = throttle_left(row->failures, row->failed_at, THROTTLE_BROWSER_FREE,
	    THROTTLE_BROWSER_MAX, work->now);
	if (*wait_seconds > 0)
		return ABSENT;
	row->failures++;
	row->failed_at = work->now;
	return store_device_put(work->store, row, &work->error) == 0 ? FOUND : FAILED;
}

/*
 * Counts a sign-in. FOUND: it may be checked. ABSENT: it comes *wait_seconds too early and
 * is not counted.
 */
static enum answer
trusted_device_count(struct work *work, struct trusted_device *known, int64_t *wait_seconds)
{
	enum answer answer;

	if (work_begin_keys(work) == -1)
		return FAILED;
	answer = count_one(work, known, wait_seconds);
	return work_end(work, answer == FAILED ? -1 : 0) == 0 ? answer : FAILED;
}

/*
 * Takes one count back, within the transaction, because the passphrase was right and the
 * code is still needed. A device that is not trusted has no count.
 */
static int
trusted_device_forgive(struct work *work, const struct trusted_device *known)
{
	struct device_row row;
	enum answer answer;

	if (!known->is)
		return 0;
	answer = store_device_get(work->store, known->row.digest, &row, &work->error);
	if (answer != FOUND)
		return answer == FAILED ? -1 : 0;
	if (row.failures > 0)
		row.failures--;
	return store_device_put(work->store, &row, &work->error);
}

/*
 * Within the transaction, after a complete sign-in: the account trusts the device from now
 * on, and its failures are cleared. Fills in the device's cookie.
 */
static int
trusted_device_remember(struct work *work, int64_t account, const struct signin_try *try,
    char cookie[SEAL_COOKIE_SIZE])
{
	struct device_row row = { .account = account, .until_at = work->now + TRUSTED_DEVICE_SECONDS };

	/* The cookie stays, because other accounts may trust the same device. */
	if (browser_digest(row.digest, try->browser, account) == 0) {
		(void)snprintf(cookie, SEAL_COOKIE_SIZE, "%s", try->browser);
	} else {
		browser_make(cookie);
		(void)browser_digest(row.digest, cookie, account);
	}
	if (store_device_put(work->store, &row, &work->error) == -1)
		return -1;
	return store_device_trim(work->store, account, work->now, TRUSTED_DEVICE_MAX,
	    &work->error);
}

/* The facts of the database about a sign-in. */
struct attempt {
	struct account_row account;
	bool exists;			/* the account exists and is active */
	struct trusted_device known;
	bool old;			/* the passphrase fits as typed, but not when cleaned */
	/* When old: locked with the clean passphrase. */
	unsigned char renewed[SEAL_LOCKED_SIZE];
};

/*
 * FOUND: the try may be checked, and is counted as failed. ABSENT: it comes *wait_seconds
 * too early.
 */
static enum answer
count_try(struct work *work, const struct signin_try *try, struct attempt *attempt,
    int64_t *wait_seconds)
{
	enum answer answer;

	answer = store_account_by_user(work->store, try->user, &attempt->account, &work->error);
	if (answer == FAILED)
		return FAILED;
	attempt->exists = answer == FOUND && attempt->account.active;
	if (attempt->exists && trusted_device_read(work, &attempt->known,
	    attempt->account.number, try) == -1)
		return FAILED;
	if (attempt->known.is)
		return trusted_device_count(work, &attempt->known, wait_seconds);
	*wait_seconds = throttle_ask(try->user, try->source, work->now);
	return *wait_seconds == 0 ? FOUND : ABSENT;
}

/* ABSENT when the account was deactivated or restored while its passphrase was checked. */
static enum answer
still_same(struct work *work, struct account_row *account)
{
	struct account_row present;
	enum answer answer;

	answer = store_account_get(work->store, account->number, &present, &work->error);
	if (answer != FOUND)
		return answer;
	if (!present.active ||
	    memcmp(present.locked, account->locked, sizeof(present.locked)) != 0)
		return ABSENT;
	*account = present;
	return FOUND;
}

/* Sets whether the session needs a code after the passphrase. */
static int
read_half(struct work *work, struct session_row *session)
{
	struct factor_row factor;
	enum answer answer = store_factor_get(work->store, session->account, &factor,
	    &work->error);

	session->half = answer == FOUND && factor.confirmed_at != 0;
	return answer == FAILED ? -1 : 0;
}

static int
add_session(struct work *work, const struct signin_try *try, struct attempt *attempt,
    struct session_row *session, struct signin_answer *answer)
{
	if (read_half(work, session) == -1 ||
	    store_session_add(work->store, session, &work->error) == -1 ||
	    store_session_forget(work->store, work->now - SIGNIN_LONGEST_SECONDS,
	    &work->error) == -1)
		return -1;
	answer->half = session->half;
	if (session->half)
		return trusted_device_forgive(work, &attempt->known);
	return trusted_device_remember(work, session->account, try, answer->browser);
}

/* Stores the account locked with the clean passphrase. */
static int
renew(struct work *work, struct attempt *attempt)
{
	memcpy(attempt->account.locked, attempt->renewed, sizeof(attempt->account.locked));
	return store_account_change(work->store, &attempt->account, &work->error);
}

/* Stores the session and takes the failure back, in one transaction. */
static enum answer
begin_session(struct work *work, const struct signin_try *try, struct attempt *attempt,
    struct session_row *session, struct signin_answer *answer)
{
	enum answer same;
	int result = -1;

	if (work_begin_keys(work) == -1)
		return FAILED;
	same = still_same(work, &attempt->account);
	if (same == FOUND && attempt->old && renew(work, attempt) == -1)
		same = FAILED;
	if (same == ABSENT || (same == FOUND &&
	    add_session(work, try, attempt, session, answer) == 0))
		result = 0;
	return work_end(work, result) == 0 ? same : FAILED;
}

static enum answer
make_session(struct work *work, const struct signin_try *try, struct attempt *attempt,
    const struct secret_key *secret, struct signin_answer *answer)
{
	struct session_row row = {
		.number = number_next(), .account = attempt->account.number,
		.created_at = work->now, .seen_at = work->now
	};
	struct session_keys keys = { 0 };
	enum answer made = FAILED;

	if ((attempt->old && passphrase_lock(attempt->renewed, secret, row.account,
	    try->passphrase) == -1) || session_make(answer->cookie, &keys) == -1 ||
	    session_box(row.box, &keys, row.account, secret) == -1) {
		(void)error_set(&work->error, ERROR_UNAVAILABLE,
		    "there is no memory for a session");
		goto err;
	}
	memcpy(row.identity, keys.identity, sizeof(row.identity));
	made = begin_session(work, try, attempt, &row, answer);
err:
	session_keys_free(&keys);
	if (made == FOUND && !attempt->known.is)
		throttle_count(try->user, try->source, -1, work->now);
	if (made != FOUND)
		seal_wipe(answer, sizeof(*answer));
	return made;
}

/*
 * Appends the user name in lower case, as it is stored. Telephones begin a field with a
 * capital letter.
 */
static void
clean_user(const char *typed, struct buffer *user)
{
	if (typed_clean(typed, TYPED_LINE, user) != FAULT_NONE)
		buffer_text(user, typed);
	for (size_t i = 0; i < user->length; i++)
		user->data[i] = (char)tolower((unsigned char)user->data[i]);
}

static enum answer
signin_clean(struct work *work, const struct signin_try *try, struct signin_answer *answer)
{
	struct attempt attempt = { 0 };
	struct secret_key *secret;
	enum answer result;

	*answer = (struct signin_answer){ 0 };
	result = count_try(work, try, &attempt, &answer->wait_seconds);
	if (result != FOUND)
		return result;
	secret = secret_key_new();
	errno = ENOMEM;
	if (secret != NULL && passphrase_unlock(secret, attempt.exists ? &attempt.account : NULL,
	    try->passphrase, &attempt.old) == 0)
		result = make_session(work, try, &attempt, secret, answer);
	else if (errno == ENOMEM)
		result = (enum answer)error_set(&work->error, ERROR_UNAVAILABLE,
		    "there is no memory to check a passphrase");
	else
		result = ABSENT;
	secret_key_free(secret);
	return result;
}

enum answer
signin(struct work *work, const struct signin_try *try, struct signin_answer *answer)
{
	struct buffer user = { 0 };
	struct signin_try clean = *try;
	enum answer result;

	clean_user(try->user, &user);
	clean.user = buffer_string(&user);
	result = signin_clean(work, &clean, answer);
	buffer_wipe(&user);
	return result;
}

#define WRONG_FREE	5
#define WRONG_MAX	INT64_C(120)	/* shorter than the life of a half session */

/* The second step of a sign-in, within its transaction. */
struct step {
	struct work *work;
	const struct signin_try *try;
	struct session_row session;
	struct factor_row factor;
	struct trusted_device known;
};

static enum answer
read_step(struct step *step)
{
	enum answer answer;

	answer = store_session_get(step->work->store, step->work->actor->session.identity,
	    &step->session, &step->work->error);
	if (answer == FOUND && !step->session.half)
		answer = ABSENT;
	if (answer == FOUND)
		answer = store_factor_get(step->work->store, step->work->actor->account,
		    &step->factor, &step->work->error);
	if (answer == FOUND && trusted_device_read(step->work, &step->known,
	    step->work->actor->account, step->try) == -1)
		answer = FAILED;
	return answer;
}

/*
 * Counts a wrong code. A wrong code from a device that is not trusted counts against the
 * account, because there are few codes and the passphrase was right.
 */
static int
count_wrong(struct step *step)
{
	const struct signin_try *try = step->try;

	step->session.wrong++;
	if (step->known.is) {
		step->known.row.failures++;
		step->known.row.failed_at = step->work->now;
		if (store_device_put(step->work->store, &step->known.row,
		    &step->work->error) == -1)
			return -1;
	} else {
		throttle_count(step->work->actor->user, try->source, 1, step->work->now);
		step->factor.wrong++;
		step->factor.wrong_at = step->work->now;
		if (store_factor_put(step->work->store, &step->factor, &step->work->error) == -1)
			return -1;
	}
	if (step->session.wrong >= SIGNIN_WRONG_MAX)
		return store_session_remove(step->work->store, step->session.identity,
		    &step->work->error);
	return store_session_change(step->work->store, &step->session, &step->work->error);
}

static int
finish(struct step *step, char browser[SEAL_COOKIE_SIZE])
{
	step->factor.wrong = 0;
	step->factor.wrong_at = 0;
	step->session.half = false;
	step->session.wrong = 0;
	step->session.created_at = step->work->now;
	if (store_factor_put(step->work->store, &step->factor, &step->work->error) == -1 ||
	    store_session_change(step->work->store, &step->session, &step->work->error) == -1)
		return -1;
	return trusted_device_remember(step->work, step->work->actor->account, step->try,
	    browser);
}

static enum answer
judge(struct step *step, const char *code, struct signin_answer *answer)
{
	enum answer right = read_step(step);

	if (right != FOUND)
		return right;
	if (!step->known.is)
		answer->wait_seconds = throttle_left(step->factor.wrong, step->factor.wrong_at,
		    WRONG_FREE, WRONG_MAX, step->work->now);
	if (answer->wait_seconds > 0)
		return ABSENT;
	right = factor_take(step->work, &step->factor, step->work->actor->secret, code);
	if (right == FOUND)
		return finish(step, answer->browser) == 0 ? FOUND : FAILED;
	if (right == ABSENT && count_wrong(step) == -1)
		return FAILED;
	answer->ended = step->session.wrong >= SIGNIN_WRONG_MAX;
	return right;
}

enum answer
signin_code(struct work *work, const char *code, const struct signin_try *try,
    struct signin_answer *answer)
{
	struct step step = { .work = work, .try = try };
	enum answer right;

	*answer = (struct signin_answer){ 0 };
	if (work_begin_keys(work) == -1)
		return FAILED;
	right = judge(&step, code, answer);
	return work_end(work, right == FAILED ? -1 : 0) == 0 ? right : FAILED;
}
