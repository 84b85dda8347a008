#include <errno.h>
#include <string.h>

#include "flow/flow.h"
#include "flow/gate.h"
#include "flow/keys.h"
#include "flow/known.h"

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
	    known_read(store, &attempt->known, attempt->account.number, try, error) == -1)
		return FAILED;
	if (attempt->known.is)
		return known_count(store, &attempt->known, try->now, wait_seconds, error);
	*wait_seconds = gate_ask(try->user, try->source, try->now);
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
		return known_forgive(store, &attempt->known, error);
	return known_remember(store, session->account, try, answer->browser, error);
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
		gate_count(try->user, try->source, -1, try->now);
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
