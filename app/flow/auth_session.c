#include <errno.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/keys.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

#define SEEN_STEP	60	/* seconds within which "seen" is not written again */

bool
session_is_over(const struct session_row *session, const struct config *config, int64_t now)
{
	if (session->half)
		return now - session->created_at > SIGNIN_HALF_SECONDS;
	return now - session->seen_at > (int64_t)config->session_minutes * 60 ||
	    now - session->created_at > SIGNIN_LONGEST_SECONDS;
}

/* Fills *identity from an account whose session is good. */
static enum answer
open_identity(struct identity *identity, const struct account_row *account,
    const struct session_row *session, struct error *error)
{
	unsigned char public[SEAL_KEY_SIZE];

	identity->secret = secret_key_new();
	if (identity->secret == NULL)
		return (enum answer)error_set(error, ERROR_UNAVAILABLE,
		    "no memory for a key");
	if (session_unbox(identity->secret, &identity->session, account->number,
	    session->box, sizeof(session->box)) == -1)
		return ABSENT;
	keypair_public(identity->secret, public);
	if (memcmp(public, account->public, sizeof(public)) != 0)
		return ABSENT;
	identity->account = account->number;
	identity->session_number = session->number;
	identity->role = account->role;
	memcpy(identity->user, account->user, sizeof(identity->user));
	memcpy(identity->name, account->name, sizeof(identity->name));
	return FOUND;
}

/* Best effort: on a full disk a coordinator must still be able to read. */
static void
mark_seen(struct store *store, const struct session_row *session, int64_t now)
{
	struct error error;

	if (now - session->seen_at < SEEN_STEP)
		return;
	store_unlock_keys(store);
	if (store_session_seen(store, session->identity, now, &error) == -1)
		log_line(LOG_LINE_WARNING, "session not marked as seen: %s", error.text);
	store_lock_keys(store);
}

/* The session that the cookie is of, when it is of that kind and not over. */
static enum answer
read_identity(struct store *store, const struct config *config, const char *cookie, bool half,
    int64_t now, bool present, struct identity *identity, struct error *error)
{
	struct session_row session;
	struct account_row account;
	enum answer answer;

	memset(identity, 0, sizeof(*identity));
	if (session_read(cookie, &identity->session) == -1)
		return ABSENT;
	answer = store_session_get(store, identity->session.identity, &session, error);
	if (answer == FOUND && (session.half != half || session_is_over(&session, config, now)))
		answer = ABSENT;
	if (answer == FOUND)
		answer = store_account_get(store, session.account, &account, error);
	if (answer == FOUND && !account.active)
		answer = ABSENT;
	if (answer == FOUND)
		answer = open_identity(identity, &account, &session, error);
	if (answer == FOUND && present)
		mark_seen(store, &session, now);
	return answer;
}

static enum answer
read_must_enrol(struct store *store, const struct config *config, struct identity *identity,
    struct error *error)
{
	struct factor_row factor;
	enum answer answer;

	if (config->second_factor != SECOND_FACTOR_REQUIRED)
		return FOUND;
	answer = store_factor_get(store, identity->account, &factor, error);
	identity->must_enrol = answer != FOUND || factor.confirmed_at == 0;
	return answer == FAILED ? FAILED : FOUND;
}

enum answer
identity_of(struct store *store, const struct config *config, const char *cookie,
    int64_t now, bool present, struct identity *identity, struct error *error)
{
	enum answer answer = read_identity(store, config, cookie, false, now, present, identity,
	    error);

	if (answer == FOUND)
		answer = read_must_enrol(store, config, identity, error);
	if (answer != FOUND)
		identity_free(identity);
	return answer;
}

enum answer
identity_half(struct store *store, const struct config *config, const char *cookie,
    int64_t now, struct identity *identity, struct error *error)
{
	enum answer answer = read_identity(store, config, cookie, true, now, false, identity,
	    error);

	if (answer != FOUND)
		identity_free(identity);
	return answer;
}

void
identity_free(struct identity *identity)
{
	secret_key_free(identity->secret);
	session_keys_free(&identity->session);
	seal_wipe(identity, sizeof(*identity));
}

int
signout(struct store *store, const struct identity *identity, struct error *error)
{
	int result;

	store_unlock_keys(store);
	result = store_session_remove(store, identity->session.identity, error);
	store_lock_keys(store);
	return result;
}

int
signin_forget(struct store *store, const struct config *config, int64_t now, struct error *error)
{
	int result;

	store_unlock_keys(store);
	result = store_session_forget(store, now - (int64_t)config->session_minutes * 60,
	    error);
	store_lock_keys(store);
	return result;
}

/* Within a transaction: one more that was wrong, or one taken back. */
static int
count(struct store *store, const struct identity *identity, int by, struct error *error)
{
	struct session_row row;

	switch (store_session_get(store, identity->session.identity, &row, error)) {
	case FOUND:
		break;
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
	row.wrong += by;
	if (row.wrong < 0)
		row.wrong = 0;
	if (row.wrong > SIGNIN_WRONG_MAX)
		return store_session_remove(store, row.identity, error);
	return store_session_change(store, &row, error);
}

int
session_wrong(struct store *store, const struct identity *identity, int by, struct error *error)
{
	if (keys_begin(store, error) == -1)
		return -1;
	return keys_end(store, count(store, identity, by, error), error);
}

enum answer
session_passphrase(struct store *store, const struct identity *identity, const char *passphrase,
    struct account_row *account, struct error *error)
{
	struct secret_key *secret;
	enum answer answer;

	/* Counted before it is checked: a hundred at once are not a hundred free ones. */
	if (session_wrong(store, identity, 1, error) == -1)
		return FAILED;
	answer = store_account_get(store, identity->account, account, error);
	if (answer != FOUND)
		return answer;
	secret = secret_key_new();
	errno = ENOMEM;
	if (secret != NULL && secret_unlock(secret, account->locked, sizeof(account->locked),
	    account->number, passphrase) == 0)
		answer = session_wrong(store, identity, -1, error) == 0 ? FOUND : FAILED;
	else if (errno == ENOMEM)
		answer = (enum answer)error_set(error, ERROR_UNAVAILABLE,
		    "no memory to check a passphrase");
	else
		answer = ABSENT;
	secret_key_free(secret);
	return answer;
}

enum answer
passphrase_prove(struct store *store, const struct identity *identity, const char *passphrase,
    struct error *error)
{
	struct account_row account;

	return session_passphrase(store, identity, passphrase, &account, error);
}

struct list {
	const struct config *config;
	const struct identity *identity;
	struct session_seen *sessions;
	size_t most, count;
	int64_t now;
};

static int
list_one(const struct session_row *row, void *argument)
{
	struct list *list = argument;

	if (row->half || session_is_over(row, list->config, list->now))
		return 0;
	list->sessions[list->count++] = (struct session_seen){
		.number = row->number,
		.created_at = row->created_at,
		.seen_at = row->seen_at,
		.this_one = row->number == list->identity->session_number
	};
	return list->count == list->most;
}

int
sessions_read(struct store *store, const struct config *config, const struct identity *identity,
    int64_t now, struct session_seen *sessions, size_t most, struct error *error)
{
	struct list list = {
		.config = config, .identity = identity, .sessions = sessions, .most = most,
		.now = now
	};

	if (store_session_each(store, identity->account, list_one, &list, error) == -1)
		return -1;
	return (int)list.count;
}

int
session_end(struct store *store, const struct identity *identity, int64_t number,
    struct error *error)
{
	if (keys_begin(store, error) == -1)
		return -1;
	return keys_end(store, store_session_end(store, identity->account, number, error), error);
}

int
sessions_end_others(struct store *store, const struct identity *identity, struct error *error)
{
	if (keys_begin(store, error) == -1)
		return -1;
	return keys_end(store, store_session_remove_others(store, identity->account,
	    identity->session.identity, error), error);
}

int
auth_revoke(struct store *store, int64_t account, struct error *error)
{
	if (store_session_remove_all(store, account, error) == -1 ||
	    store_factor_remove(store, account, error) == -1)
		return -1;
	return store_device_remove_all(store, account, error);
}
