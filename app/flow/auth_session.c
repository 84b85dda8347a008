/* Sessions: the signed-in account, its own sessions, signing out. */
#include <errno.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

#define SEEN_STEP	60	/* seconds before seen_at is written again */

/*
 * Whether the session was idle for too long or is older than a working day; a half session,
 * whether its code is too late.
 */
static bool
session_is_over(struct work *work, const struct session_row *session)
{
	if (session->half)
		return work->now - session->created_at > SIGNIN_HALF_SECONDS;
	return work->now - session->seen_at > (int64_t)work->config->session_minutes * 60 ||
	    work->now - session->created_at > SIGNIN_LONGEST_SECONDS;
}

/*
 * Fills *identity. ABSENT when the session was made for an earlier key pair of the account.
 */
static enum answer
open_identity(struct identity *identity, const struct account_row *account,
    const struct session_row *session, struct error *error)
{
	unsigned char public[SEAL_KEY_SIZE];

	identity->secret = secret_key_new();
	if (identity->secret == NULL)
		return (enum answer)error_set(error, ERROR_UNAVAILABLE,
		    "there is no memory for a key");
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

/*
 * A failure is only logged, because a coordinator must be able to read even when the disk
 * is full.
 */
static void
mark_seen(struct work *work, const struct session_row *session)
{
	struct error error;

	if (work->now - session->seen_at < SEEN_STEP)
		return;
	store_unlock_keys(work->store);
	if (store_session_seen(work->store, session->identity, work->now, &error) == -1)
		log_line(LOG_LINE_WARNING, "the session is not marked as seen: %s", error.text);
	store_lock_keys(work->store);
}

/*
 * Reads the session of the cookie. ABSENT when it is over, or not of the kind that `half`
 * names.
 */
static enum answer
read_identity(struct work *work, const char *cookie, bool half, bool present,
    struct identity *identity)
{
	struct session_row session;
	struct account_row account;
	enum answer answer;

	memset(identity, 0, sizeof(*identity));
	if (session_read(cookie, &identity->session) == -1)
		return ABSENT;
	answer = store_session_get(work->store, identity->session.identity, &session,
	    &work->error);
	if (answer == FOUND && (session.half != half || session_is_over(work, &session)))
		answer = ABSENT;
	if (answer == FOUND)
		answer = store_account_get(work->store, session.account, &account, &work->error);
	if (answer == FOUND && !account.active)
		answer = ABSENT;
	if (answer == FOUND)
		answer = open_identity(identity, &account, &session, &work->error);
	if (answer == FOUND && present)
		mark_seen(work, &session);
	return answer;
}

static enum answer
read_must_enrol(struct work *work, struct identity *identity)
{
	struct factor_row factor;
	enum answer answer;

	if (work->config->second_factor != SECOND_FACTOR_REQUIRED)
		return FOUND;
	answer = store_factor_get(work->store, identity->account, &factor, &work->error);
	identity->must_enrol = answer != FOUND || factor.confirmed_at == 0;
	return answer == FAILED ? FAILED : FOUND;
}

enum answer
identity_of(struct work *work, const char *cookie, bool present, struct identity *identity)
{
	enum answer answer = read_identity(work, cookie, false, present, identity);

	if (answer == FOUND)
		answer = read_must_enrol(work, identity);
	if (answer != FOUND)
		identity_free(identity);
	return answer;
}

enum answer
identity_half(struct work *work, const char *cookie, struct identity *identity)
{
	enum answer answer = read_identity(work, cookie, true, false, identity);

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
signout(struct work *work)
{
	int result;

	store_unlock_keys(work->store);
	result = store_session_remove(work->store, work->actor->session.identity, &work->error);
	store_lock_keys(work->store);
	return result;
}

int
signin_forget(struct work *work)
{
	int result;

	store_unlock_keys(work->store);
	result = store_session_forget(work->store,
	    work->now - (int64_t)work->config->session_minutes * 60, &work->error);
	store_lock_keys(work->store);
	return result;
}

/* Within a transaction: counts one more wrong passphrase or code, or takes one back. */
static int
count(struct work *work, int by)
{
	struct session_row row;

	switch (store_session_get(work->store, work->actor->session.identity, &row,
	    &work->error)) {
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
		return store_session_remove(work->store, row.identity, &work->error);
	return store_session_change(work->store, &row, &work->error);
}

int
session_wrong(struct work *work, int by)
{
	if (work_begin_keys(work) == -1)
		return -1;
	return work_end(work, count(work, by));
}

struct list {
	struct work *work;
	struct session_seen *sessions;
	size_t most, count;
};

static int
list_one(const struct session_row *row, void *argument)
{
	struct list *list = argument;

	if (row->half || session_is_over(list->work, row))
		return 0;
	list->sessions[list->count++] = (struct session_seen){
		.number = row->number,
		.created_at = row->created_at,
		.seen_at = row->seen_at,
		.this_one = row->number == list->work->actor->session_number
	};
	return list->count == list->most;
}

int
sessions_read(struct work *work, struct session_seen *sessions, size_t most)
{
	struct list list = { .work = work, .sessions = sessions, .most = most };

	if (store_session_each(work->store, work->actor->account, list_one, &list,
	    &work->error) == -1)
		return -1;
	return (int)list.count;
}

int
session_end(struct work *work, int64_t number)
{
	if (work_begin_keys(work) == -1)
		return -1;
	return work_end(work, store_session_end(work->store, work->actor->account, number,
	    &work->error));
}

int
sessions_end_others(struct work *work)
{
	if (work_begin_keys(work) == -1)
		return -1;
	return work_end(work, store_session_remove_others(work->store, work->actor->account,
	    work->actor->session.identity, &work->error));
}

int
auth_revoke(struct work *work, int64_t account)
{
	if (store_session_remove_all(work->store, account, &work->error) == -1 ||
	    store_factor_remove(work->store, account, &work->error) == -1 ||
	    store_calendar_remove(work->store, account, &work->error) == -1)
		return -1;
	return store_device_remove_all(work->store, account, &work->error);
}
