#include <errno.h>

#include "flow/flow.h"
#include "flow/keys.h"
#include "flow/sessions.h"

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
	if (row.wrong > SIGNIN_WRONG_MOST)
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
door_shut(struct store *store, int64_t account, struct error *error)
{
	if (store_session_remove_all(store, account, error) == -1 ||
	    store_factor_remove(store, account, error) == -1)
		return -1;
	return store_browser_remove_all(store, account, error);
}
