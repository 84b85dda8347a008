#include <errno.h>
#include <string.h>

#include "flow/flow.h"
#include "flow/keys.h"

#define FREE_FAILURES		5
#define LONGEST_WAIT		300

static int64_t
wait_after(int failures)
{
	if (failures < FREE_FAILURES)
		return 0;
	if (failures > FREE_FAILURES + 8)	/* 2^9 is above the longest */
		return LONGEST_WAIT;
	return INT64_C(1) << (failures - FREE_FAILURES);
}

/* How long a try must still wait. */
static int64_t
wait_left(const struct account_row *account, int64_t now)
{
	int64_t wait = wait_after(account->failures);
	int64_t left = account->failed_at + wait - now;

	/* A clock that was set back must not make anybody wait longer. */
	if (left > wait)
		return wait;
	return left > 0 ? left : 0;
}

static int
write_try(struct store *store, struct account_row *account, int64_t now,
    struct error *error)
{
	account->failures++;
	account->failed_at = now;
	return store_account_change(store, account, error);
}

/* A name that nobody has costs a commit as well, since a disk's time can be measured. */
static int
write_strange_try(struct store *store, int64_t now, struct error *error)
{
	return store_meta_put(store, "strange_try_at", &now, sizeof(now), error);
}

/*
 * Counts the try before it is checked. FOUND with the account as it then is;
 * ABSENT without one, or when it is too early (*wait_seconds > 0).
 */
static enum answer
count_try(struct store *store, const char *user, int64_t now,
    struct account_row *account, int64_t *wait_seconds, struct error *error)
{
	enum answer answer;
	int result = -1;

	if (keys_begin(store, error) == -1)
		return FAILED;
	answer = store_account_by_user(store, user, account, error);
	if (answer == FOUND && !account->active)
		answer = ABSENT;
	if (answer == FOUND)
		*wait_seconds = wait_left(account, now);
	if (*wait_seconds > 0) {
		answer = ABSENT;
		result = 0;
	} else if (answer == FOUND)
		result = write_try(store, account, now, error);
	else if (answer == ABSENT)
		result = write_strange_try(store, now, error);
	return keys_end(store, result, error) == 0 ? answer : FAILED;
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

/* The session, and the failures forgotten, in one transaction. */
static enum answer
begin_session(struct store *store, struct account_row *account,
    const struct session_row *session, struct error *error)
{
	enum answer answer;
	int result = -1;

	if (keys_begin(store, error) == -1)
		return FAILED;
	answer = still_same(store, account, error);
	account->failures = 0;
	account->failed_at = 0;
	if (answer == ABSENT ||
	    (answer == FOUND && store_account_change(store, account, error) == 0 &&
	    store_session_add(store, session, error) == 0 &&
	    store_session_forget(store, session->created_at - SIGNIN_LONGEST_SECONDS,
	    error) == 0))
		result = 0;
	return keys_end(store, result, error) == 0 ? answer : FAILED;
}

static enum answer
make_session(struct store *store, struct account_row *account,
    const struct secret_key *secret, int64_t now, char cookie[SEAL_COOKIE_SIZE],
    struct error *error)
{
	struct session_row row = {
		.account = account->number, .created_at = now, .seen_at = now
	};
	struct session_keys keys = { 0 };
	enum answer answer = FAILED;

	if (session_make(cookie, &keys) == -1 ||
	    session_box(row.box, &keys, account->number, secret) == -1) {
		(void)error_set(error, ERROR_UNAVAILABLE, "no memory for a session");
		goto err;
	}
	memcpy(row.identity, keys.identity, sizeof(row.identity));
	answer = begin_session(store, account, &row, error);
err:
	session_keys_free(&keys);
	if (answer != FOUND)
		seal_wipe(cookie, SEAL_COOKIE_SIZE);
	return answer;
}

enum answer
signin(struct store *store, const char *user, const char *passphrase, int64_t now,
    char cookie[SEAL_COOKIE_SIZE], int64_t *wait_seconds, struct error *error)
{
	struct account_row account;
	struct secret_key *secret;
	enum answer answer;

	*wait_seconds = 0;
	cookie[0] = '\0';
	answer = count_try(store, user, now, &account, wait_seconds, error);
	if (answer == ABSENT && *wait_seconds == 0)
		secret_unlock_pretend(passphrase);
	if (answer != FOUND)
		return answer;
	secret = secret_key_new();
	errno = ENOMEM;
	if (secret != NULL && secret_unlock(secret, account.locked,
	    sizeof(account.locked), account.number, passphrase) == 0)
		answer = make_session(store, &account, secret, now, cookie, error);
	else if (errno == ENOMEM)
		answer = (enum answer)error_set(error, ERROR_UNAVAILABLE,
		    "no memory to check a passphrase");
	else
		answer = ABSENT;
	secret_key_free(secret);
	return answer;
}
