/* Gives and takes access to queues, and deactivates accounts. */
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/handover.h"
#include "flow/keys.h"
#include "flow/people.h"
#include "flow/work.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/people.h"
#include "store/store.h"

#define AT_ONCE	64

struct held {
	int64_t number[AT_ONCE];
	size_t count;
};

static int
keep_number(int64_t number, void *argument)
{
	struct held *held = argument;

	held->number[held->count++] = number;
	return held->count == AT_ONCE;
}

/* Releases the case like its holder would; the event's author is the program. */
static int
release(struct work *work, int64_t number)
{
	const struct case_act act = {
		.act = ACT_RELEASE, .actor = ACTOR_HOLDER, .now = work->now
	};

	return case_do_surely(work, number, &act);
}

/* Releases the account's cases in that queue; NULL: in every queue. */
static int
release_all(struct work *work, int64_t account, const char *queue)
{
	struct held held;

	do {
		held.count = 0;
		if (store_case_each_held(work->store, account, queue, keep_number, &held,
		    &work->error) == -1)
			return -1;
		for (size_t i = 0; i < held.count; i++) {
			if (release(work, held.number[i]) == -1)
				return -1;
		}
	} while (held.count > 0);
	return 0;
}

int
leave_queue(struct work *work, int64_t account, const char *queue)
{
	if (release_all(work, account, queue) == -1 ||
	    store_invitation_remove_of(work->store, account, queue, &work->error) == -1 ||
	    store_membership_remove(work->store, account, queue, &work->error) == -1 ||
	    conflict_of_interest_lift(work) == -1)
		return -1;
	return store_queue_readers(work->store, queue, &work->error);
}

static int
keep_membership(const struct membership_row *row, void *argument)
{
	*(struct membership_row *)argument = *row;
	return 1;
}

/* One at a time, because the list must not change while it is read. */
static int
give_up_queues(struct work *work, const struct account_row *account, char last[STORE_QUEUE])
{
	struct membership_row membership;
	int readers;

	for (;;) {
		membership.queue[0] = '\0';
		if (store_membership_each(work->store, account->number, keep_membership,
		    &membership, &work->error) == -1)
			return -1;
		if (membership.queue[0] == '\0')
			return 0;
		readers = leave_queue(work, account->number, membership.queue);
		if (readers == -1)
			return -1;
		if (readers == 0) {
			memcpy(last, membership.queue, STORE_QUEUE);
			return error_set(&work->error, ERROR_REFUSED,
			    "%s is the only one who can open "
			    "queue %s: join somebody else to it first (egenremiss user join), "
			    "or, to shut the person out now, give the account another "
			    "passphrase (egenremiss user restore)", account->user,
			    membership.queue);
		}
	}
}

/*
 * Takes everything from the account that others need, before it becomes inactive or is
 * removed. `last` as for account_shut.
 */
static int
leave(struct work *work, const struct account_row *account, char last[STORE_QUEUE])
{
	last[0] = '\0';
	if (release_all(work, account->number, NULL) == -1 ||
	    store_invitation_remove_of(work->store, account->number, NULL, &work->error) == -1)
		return -1;
	return give_up_queues(work, account, last);
}

/*
 * Removes the account from every queue and makes it inactive. -1 with ERROR_REFUSED when
 * nobody would be left who can open some queue, whose id is then in `last`; otherwise last
 * is "".
 */
static int
account_shut(struct work *work, struct account_row *account, char last[STORE_QUEUE])
{
	if (leave(work, account, last) == -1 ||
	    store_absence_remove(work->store, account->number, &work->error) == -1 ||
	    store_absence_leave(work->store, account->number, &work->error) == -1 ||
	    auth_revoke(work, account->number) == -1)
		return -1;
	account->active = false;
	return store_account_change(work->store, account, &work->error);
}

static int
shut_account(struct work *work, const char *user)
{
	struct account_row account;
	char last[STORE_QUEUE];

	switch (store_account_by_user(work->store, user, &account, &work->error)) {
	case FAILED:
		return -1;
	case ABSENT:
		return error_set(&work->error, ERROR_INPUT,
		    "there is no user %s: see egenremiss "
		    "user list", user);
	case FOUND:
		break;
	}
	return account_shut(work, &account, last);
}

int
account_deactivate(struct work *work, const char *user)
{
	if (work_begin_keys(work) == -1)
		return -1;
	return work_end(work, shut_account(work, user));
}

static int
find_demonstration(const struct account_row *row, void *argument)
{
	struct account_row *account = argument;

	if (row->demonstration)
		*account = *row;
	return row->demonstration;
}

/* Returns the number of accounts, or -1. */
static int
remove_each(struct work *work)
{
	struct account_row account;
	char last[STORE_QUEUE];

	for (int removed = 0;; removed++) {
		account.demonstration = false;
		if (store_account_each(work->store, find_demonstration, &account,
		    &work->error) == -1)
			return -1;
		if (!account.demonstration)
			return removed;
		if (leave(work, &account, last) == -1 ||
		    store_account_remove(work->store, account.number, &work->error) == -1)
			return -1;
	}
}

int
accounts_remove_demonstration(struct work *work)
{
	if (work_begin_keys(work) == -1)
		return -1;
	return work_end(work, remove_each(work));
}

/*
 * A deed that changes a colleague's account, within a transaction. Some deeds concern a
 * queue.
 */
typedef int (*deed_fn)(struct work *, struct policy *, const char *queue,
    enum colleague_verdict *);

static int
do_deed(struct work *work, const char *user, const char *queue, deed_fn act,
    enum colleague_verdict *verdict)
{
	struct policy policy;
	int result = -1;

	*verdict = COLLEAGUE_OK;
	if (work_begin_keys(work) == -1)
		return -1;
	switch (staff_policy_read(work, &policy, user)) {
	case FOUND:
		result = act(work, &policy, queue, verdict);
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

struct receiver {
	struct work *work;
	int64_t account;
};

static int
pass_membership(const struct passed_key *passed, void *argument)
{
	const struct receiver *receiver = argument;
	struct membership_row row = {
		.account = receiver->account, .generation = passed->generation
	};

	memcpy(row.queue, passed->queue, strlen(passed->queue) + 1);
	memcpy(row.sealed, passed->sealed, sizeof(row.sealed));
	return store_membership_put(receiver->work->store, &row, &receiver->work->error);
}

static int
join(struct work *work, struct policy *policy, const char *queue, enum colleague_verdict *verdict)
{
	struct receiver receiver = { .work = work, .account = policy->account.number };
	enum answer answer;

	if (!staff_policy_allows(policy, POLICY_GIVE)) {
		*verdict = COLLEAGUE_ROLE;
		return 0;
	}
	answer = keys_pass(work, queue, policy->account.public, pass_membership,
	    &receiver);
	if (answer == ABSENT)
		*verdict = COLLEAGUE_QUEUE;
	return answer == FAILED ? -1 : 0;
}

int
colleague_join(struct work *work, const char *user, const char *queue,
    enum colleague_verdict *verdict)
{
	return do_deed(work, user, queue, join, verdict);
}

static enum colleague_verdict
judge_parting(const struct policy *policy, const char *queue)
{
	if (!staff_policy_allows(policy, POLICY_GIVE))
		return COLLEAGUE_ROLE;
	if (!queue_list_has(&policy->own, queue) || !queue_list_has(&policy->queues, queue))
		return COLLEAGUE_QUEUE;
	return policy->queues.count == 1 ? COLLEAGUE_ONLY : COLLEAGUE_OK;
}

static int
part(struct work *work, struct policy *policy, const char *queue, enum colleague_verdict *verdict)
{
	int readers;

	*verdict = judge_parting(policy, queue);
	if (*verdict != COLLEAGUE_OK)
		return 0;
	readers = leave_queue(work, policy->account.number, queue);
	if (readers == 0)
		*verdict = COLLEAGUE_LAST;
	return readers == -1 ? -1 : 0;
}

int
colleague_part(struct work *work, const char *user, const char *queue,
    enum colleague_verdict *verdict)
{
	return do_deed(work, user, queue, part, verdict);
}

static int
deactivate(struct work *work, struct policy *policy, const char *queue,
    enum colleague_verdict *verdict)
{
	char last[STORE_QUEUE];
	int result;

	(void)queue;
	if (!staff_policy_allows(policy, POLICY_DEACTIVATE)) {
		*verdict = COLLEAGUE_ROLE;
		return 0;
	}
	result = account_shut(work, &policy->account, last);
	if (result == -1 && last[0] != '\0') {
		*verdict = COLLEAGUE_LAST;
		return 0;
	}
	return result;
}

int
colleague_deactivate(struct work *work, const char *user, enum colleague_verdict *verdict)
{
	return do_deed(work, user, NULL, deactivate, verdict);
}
