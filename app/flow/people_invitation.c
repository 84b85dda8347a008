/*
 * Makes one-time links for a new account, or for the owner of one who has lost the
 * passphrase.
 */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/keys.h"
#include "flow/people.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "store/people.h"
#include "store/store.h"

/* A link that is being made. */
struct issue {
	struct work *work;
	struct invitation_row row;
};

static int
keep_key(const struct passed_key *passed, void *argument)
{
	const struct issue *issue = argument;
	struct invitation_key_row row = {
		.invitation = issue->row.number, .generation = passed->generation
	};

	memcpy(row.queue, passed->queue, strlen(passed->queue) + 1);
	memcpy(row.sealed, passed->sealed, sizeof(row.sealed));
	return store_invitation_key_add(issue->work->store, &row, &issue->work->error);
}

static int
give_queue(struct issue *issue, const char *queue, enum colleague_verdict *verdict)
{
	enum answer answer = keys_pass(issue->work, queue, issue->row.public, keep_key, issue);

	if (answer == ABSENT)
		*verdict = COLLEAGUE_QUEUE;
	return answer == FAILED ? -1 : 0;
}

/* Fills in the row's number, times and keys, and the token. */
static int
begin_issue(struct issue *issue, char token[SEAL_TOKEN_SIZE])
{
	struct invitation_keys keys;

	if (invitation_make(token, &keys) == -1)
		return error_set(&issue->work->error, ERROR_UNAVAILABLE,
		    "there is no memory for a link");
	issue->row.number = number_next();
	issue->row.inviter = issue->work->actor->account;
	issue->row.created_at = issue->work->now;
	issue->row.expires_at = issue->work->now + INVITATION_SECONDS;
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
invitation_issue(struct work *work, const struct invitation_wish *wish,
    char token[SEAL_TOKEN_SIZE], enum colleague_verdict *verdict)
{
	struct issue issue = { .work = work, .row.role = wish->role };
	int result;

	token[0] = '\0';
	*verdict = judge_wish(work->actor, wish);
	if (*verdict != COLLEAGUE_OK)
		return 0;
	if (begin_issue(&issue, token) == -1 || work_begin_keys(work) == -1)
		return -1;
	result = store_invitation_add(work->store, &issue.row, &work->error);
	for (size_t i = 0; i < wish->queues_count && result == 0 && *verdict == COLLEAGUE_OK; i++)
		result = give_queue(&issue, wish->queues[i], verdict);
	return staff_policy_end(work, result, *verdict);
}

/*
 * COLLEAGUE_LAST when the account is the only one that can open a queue that the reader is
 * not a member of.
 */
static int
judge_lost(struct work *work, const struct policy *policy, enum colleague_verdict *verdict)
{
	for (size_t i = 0; i < policy->queues.count; i++) {
		const char *queue = policy->queues.queue[i];
		int readers;

		if (queue_list_has(&policy->own, queue))
			continue;
		readers = store_queue_readers(work->store, queue, &work->error);
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

/* Removes an earlier link for the account: only the newest one works. */
static int
end_earlier(struct work *work, int64_t account)
{
	struct invitation_row earlier = { .account = account };

	if (store_invitation_each(work->store, keep_number, &earlier, &work->error) == -1)
		return -1;
	return earlier.number == 0 ? 0 : store_invitation_remove(work->store, earlier.number,
	    &work->error);
}

static int
issue_restoration(struct issue *issue, const struct policy *policy,
    enum colleague_verdict *verdict)
{
	int result;

	if (!staff_policy_allows(policy, POLICY_RESTORE)) {
		*verdict = COLLEAGUE_ROLE;
		return 0;
	}
	issue->row.account = policy->account.number;
	issue->row.role = policy->account.role;
	if (judge_lost(issue->work, policy, verdict) == -1 ||
	    end_earlier(issue->work, issue->row.account) == -1)
		return -1;
	result = store_invitation_add(issue->work->store, &issue->row, &issue->work->error);
	for (size_t i = 0; i < policy->queues.count && result == 0; i++) {
		if (queue_list_has(&policy->own, policy->queues.queue[i]))
			result = give_queue(issue, policy->queues.queue[i], verdict);
	}
	return result;
}

int
restoration_issue(struct work *work, const char *user, char token[SEAL_TOKEN_SIZE],
    enum colleague_verdict *verdict)
{
	struct issue issue = { .work = work };
	struct policy policy;
	int result = -1;

	token[0] = '\0';
	*verdict = COLLEAGUE_OK;
	if (begin_issue(&issue, token) == -1 || work_begin_keys(work) == -1)
		return -1;
	switch (staff_policy_read(work, &policy, user)) {
	case FOUND:
		result = issue_restoration(&issue, &policy, verdict);
		staff_policy_free(&policy);
		break;
	case ABSENT:
		*verdict = COLLEAGUE_GONE;
		result = 0;
		break;
	case FAILED:
		break;
	}
	return staff_policy_end(work, result, *verdict);
}

static int
withdraw(struct work *work, int64_t number, enum colleague_verdict *verdict)
{
	struct queue_list own = { 0 }, opens = { 0 };
	struct invitation_row row;
	enum answer answer = store_invitation_get(work->store, number, &row, &work->error);
	int result = answer == FAILED ? -1 : 0;

	if (answer == ABSENT)
		*verdict = COLLEAGUE_GONE;
	if (answer != FOUND)
		return result;
	if (queue_list_read(work, &own, work->actor->account) == -1 ||
	    invitation_queues(work, &opens, number) == -1)
		result = -1;
	else if (invitation_may_withdraw(work->actor, &row, &own, &opens))
		result = store_invitation_remove(work->store, number, &work->error);
	else
		*verdict = COLLEAGUE_ROLE;
	queue_list_free(&own);
	queue_list_free(&opens);
	return result;
}

int
invitation_withdraw(struct work *work, int64_t number, enum colleague_verdict *verdict)
{
	*verdict = COLLEAGUE_OK;
	if (work_begin_keys(work) == -1)
		return -1;
	return staff_policy_end(work, withdraw(work, number, verdict), *verdict);
}

int
invitation_forget(struct work *work)
{
	if (work_begin_keys(work) == -1)
		return -1;
	return work_end(work, store_invitation_forget(work->store, work->now, &work->error));
}
