#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/keys.h"
#include "flow/people.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/people.h"
#include "store/store.h"

/* A link on its way into the database, and who makes it. */
struct issue {
	struct store *store;
	const struct identity *reader;
	struct invitation_row row;
};

static int
keep_key(const struct passed_key *passed, void *argument, struct error *error)
{
	const struct issue *issue = argument;
	struct invitation_key_row row = {
		.invitation = issue->row.number, .generation = passed->generation
	};

	memcpy(row.queue, passed->queue, strlen(passed->queue) + 1);
	memcpy(row.sealed, passed->sealed, sizeof(row.sealed));
	return store_invitation_key_add(issue->store, &row, error);
}

static int
give_queue(struct issue *issue, const char *queue, enum colleague_verdict *verdict,
    struct error *error)
{
	enum answer answer = keys_pass(issue->store, issue->reader, queue, issue->row.public,
	    keep_key, issue, error);

	if (answer == ABSENT)
		*verdict = COLLEAGUE_QUEUE;
	return answer == FAILED ? -1 : 0;
}

/* The row's times and keys; the token is the link's. */
static int
begin_issue(struct issue *issue, int64_t now, char token[SEAL_TOKEN_SIZE], struct error *error)
{
	struct invitation_keys keys;

	if (invitation_make(token, &keys) == -1)
		return error_set(error, ERROR_UNAVAILABLE, "no memory for a link");
	issue->row.number = number_next();
	issue->row.inviter = issue->reader->account;
	issue->row.created_at = now;
	issue->row.expires_at = now + INVITATION_SECONDS;
	memcpy(issue->row.identity, keys.identity, sizeof(issue->row.identity));
	memcpy(issue->row.public, keys.public, sizeof(issue->row.public));
	invitation_keys_free(&keys);
	return 0;
}

static enum colleague_verdict
judge_wish(const struct identity *reader, const struct invitation_wish *wish)
{
	if (reader->role == ROLE_ADMINISTRATOR ? wish->role != ROLE_ADMINISTRATOR :
	    reader->role != ROLE_LEAD || wish->role == ROLE_ADMINISTRATOR)
		return COLLEAGUE_ROLE;
	if ((wish->role == ROLE_ADMINISTRATOR) != (wish->queues_count == 0))
		return COLLEAGUE_QUEUE;
	return COLLEAGUE_OK;
}

int
invitation_issue(struct store *store, const struct identity *reader,
    const struct invitation_wish *wish, int64_t now, char token[SEAL_TOKEN_SIZE],
    enum colleague_verdict *verdict, struct error *error)
{
	struct issue issue = { .store = store, .reader = reader, .row.role = wish->role };
	int result;

	token[0] = '\0';
	*verdict = judge_wish(reader, wish);
	if (*verdict != COLLEAGUE_OK)
		return 0;
	if (begin_issue(&issue, now, token, error) == -1 || keys_begin(store, error) == -1)
		return -1;
	result = store_invitation_add(store, &issue.row, error);
	for (size_t i = 0; i < wish->queues_count && result == 0 && *verdict == COLLEAGUE_OK; i++)
		result = give_queue(&issue, wish->queues[i], verdict, error);
	return staff_policy_end(store, result, *verdict, error);
}

/* Whether the colleague is the only one who can open a queue that the reader cannot give back. */
static int
judge_lost(struct store *store, const struct policy *policy,
    enum colleague_verdict *verdict, struct error *error)
{
	for (size_t i = 0; i < policy->queues.count; i++) {
		const char *queue = policy->queues.queue[i];
		int readers;

		if (queue_list_has(&policy->own, queue))
			continue;
		readers = store_queue_readers(store, queue, error);
		if (readers == -1)
			return -1;
		if (readers <= 1)
			*verdict = COLLEAGUE_LAST;
	}
	return 0;
}

static int
keep_number(const struct invitation_row *row, void *argument)
{
	struct invitation_row *wanted = argument;

	if (row->account != wanted->account)
		return 0;
	wanted->number = row->number;
	return 1;
}

/* The link that was made last is the one that works. */
static int
end_earlier(struct store *store, int64_t account, struct error *error)
{
	struct invitation_row earlier = { .account = account };

	if (store_invitation_each(store, keep_number, &earlier, error) == -1)
		return -1;
	return earlier.number == 0 ? 0 : store_invitation_remove(store, earlier.number, error);
}

static int
issue_restoration(struct issue *issue, const struct policy *policy,
    enum colleague_verdict *verdict, struct error *error)
{
	int result;

	if (!staff_policy_may_restore(policy)) {
		*verdict = COLLEAGUE_ROLE;
		return 0;
	}
	issue->row.account = policy->account.number;
	issue->row.role = policy->account.role;
	if (judge_lost(issue->store, policy, verdict, error) == -1 ||
	    end_earlier(issue->store, issue->row.account, error) == -1)
		return -1;
	result = store_invitation_add(issue->store, &issue->row, error);
	for (size_t i = 0; i < policy->queues.count && result == 0; i++) {
		if (queue_list_has(&policy->own, policy->queues.queue[i]))
			result = give_queue(issue, policy->queues.queue[i], verdict, error);
	}
	return result;
}

int
restoration_issue(struct store *store, const struct identity *reader, const char *user,
    int64_t now, char token[SEAL_TOKEN_SIZE], enum colleague_verdict *verdict,
    struct error *error)
{
	struct issue issue = { .store = store, .reader = reader };
	struct policy policy;
	int result = -1;

	token[0] = '\0';
	*verdict = COLLEAGUE_OK;
	if (begin_issue(&issue, now, token, error) == -1 || keys_begin(store, error) == -1)
		return -1;
	switch (staff_policy_read(&policy, store, reader, user, error)) {
	case FOUND:
		result = issue_restoration(&issue, &policy, verdict, error);
		staff_policy_free(&policy);
		break;
	case ABSENT:
		*verdict = COLLEAGUE_GONE;
		result = 0;
		break;
	case FAILED:
		break;
	}
	return staff_policy_end(store, result, *verdict, error);
}

static int
withdraw(struct store *store, const struct identity *reader, int64_t number,
    enum colleague_verdict *verdict, struct error *error)
{
	struct queue_list own = { 0 }, opens = { 0 };
	struct invitation_row row;
	enum answer answer = store_invitation_get(store, number, &row, error);
	int result = answer == FAILED ? -1 : 0;

	if (answer == ABSENT)
		*verdict = COLLEAGUE_GONE;
	if (answer != FOUND)
		return result;
	if (queue_list_read(&own, store, reader->account, error) == -1 ||
	    invitation_queues(&opens, store, number, error) == -1)
		result = -1;
	else if (invitation_may_withdraw(reader, &row, &own, &opens))
		result = store_invitation_remove(store, number, error);
	else
		*verdict = COLLEAGUE_ROLE;
	queue_list_free(&own);
	queue_list_free(&opens);
	return result;
}

int
invitation_withdraw(struct store *store, const struct identity *reader, int64_t number,
    enum colleague_verdict *verdict, struct error *error)
{
	*verdict = COLLEAGUE_OK;
	if (keys_begin(store, error) == -1)
		return -1;
	return staff_policy_end(store, withdraw(store, reader, number, verdict, error), *verdict,
	    error);
}

int
invitation_forget(struct store *store, int64_t now, struct error *error)
{
	if (keys_begin(store, error) == -1)
		return -1;
	return keys_end(store, store_invitation_forget(store, now, error), error);
}
