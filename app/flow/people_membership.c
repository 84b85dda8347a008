#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/flow.h"
#include "flow/handover.h"
#include "flow/keys.h"
#include "flow/people.h"
#include "rules/rules.h"
#include "store/auth.h"
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

/* As if the holder had released it; the event is the program's. */
static int
release(struct store *store, const struct config *config, int64_t number, int64_t now,
    struct error *error)
{
	const struct case_act act = {
		.act = ACT_RELEASE, .actor = ACTOR_HOLDER, .now = now
	};

	return case_do_surely(store, config, number, &act, error);
}

/* Cases of that queue; NULL: of every queue. */
static int
release_all(struct store *store, const struct config *config, int64_t account,
    const char *queue, int64_t now, struct error *error)
{
	struct held held;

	do {
		held.count = 0;
		if (store_case_each_held(store, account, queue, keep_number, &held, error) == -1)
			return -1;
		for (size_t i = 0; i < held.count; i++) {
			if (release(store, config, held.number[i], now, error) == -1)
				return -1;
		}
	} while (held.count > 0);
	return 0;
}

int
leave_queue(struct store *store, const struct config *config, int64_t account,
    const char *queue, int64_t now, struct error *error)
{
	if (release_all(store, config, account, queue, now, error) == -1 ||
	    store_invitation_remove_of(store, account, queue, error) == -1 ||
	    store_membership_remove(store, account, queue, error) == -1 ||
	    conflict_of_interest_lift(store, config, now, error) == -1)
		return -1;
	return store_queue_readers(store, queue, error);
}

static int
keep_membership(const struct membership_row *row, void *argument)
{
	*(struct membership_row *)argument = *row;
	return 1;
}

/* One after the other, since a list is not changed while it is read. */
static int
give_up_queues(struct store *store, const struct config *config,
    const struct account_row *account, int64_t now, char last[STORE_QUEUE],
    struct error *error)
{
	struct membership_row membership;
	int readers;

	for (;;) {
		membership.queue[0] = '\0';
		if (store_membership_each(store, account->number, keep_membership,
		    &membership, error) == -1)
			return -1;
		if (membership.queue[0] == '\0')
			return 0;
		readers = leave_queue(store, config, account->number, membership.queue, now,
		    error);
		if (readers == -1)
			return -1;
		if (readers == 0) {
			memcpy(last, membership.queue, STORE_QUEUE);
			return error_set(error, ERROR_REFUSED, "%s is the only one who can open "
			    "queue %s: join somebody else to it first (egenremiss user join), "
			    "or, to shut_account the person out now, give the account another "
			    "passphrase (egenremiss user restore)", account->user,
			    membership.queue);
		}
	}
}

/* What leaving means, before the account is shut_account or removed. */
static int
leave(struct store *store, const struct config *config, const struct account_row *account,
    int64_t now, char last[STORE_QUEUE], struct error *error)
{
	last[0] = '\0';
	if (release_all(store, config, account->number, NULL, now, error) == -1 ||
	    store_invitation_remove_of(store, account->number, NULL, error) == -1)
		return -1;
	return give_up_queues(store, config, account, now, last, error);
}

int
account_shut(struct store *store, const struct config *config, struct account_row *account,
    int64_t now, char last[STORE_QUEUE], struct error *error)
{
	if (leave(store, config, account, now, last, error) == -1 ||
	    store_absence_remove(store, account->number, error) == -1 ||
	    store_absence_leave(store, account->number, error) == -1 ||
	    auth_revoke(store, account->number, error) == -1)
		return -1;
	account->active = false;
	return store_account_change(store, account, error);
}

static int
shut_account(struct store *store, const struct config *config, const char *user, int64_t now,
    struct error *error)
{
	struct account_row account;
	char last[STORE_QUEUE];

	switch (store_account_by_user(store, user, &account, error)) {
	case FAILED:
		return -1;
	case ABSENT:
		return error_set(error, ERROR_INPUT, "there is no user %s: see egenremiss "
		    "user list", user);
	case FOUND:
		break;
	}
	return account_shut(store, config, &account, now, last, error);
}

int
account_deactivate(struct store *store, const struct config *config, const char *user,
    int64_t now, struct error *error)
{
	if (keys_begin(store, error) == -1)
		return -1;
	return keys_end(store, shut_account(store, config, user, now, error), error);
}

static int
find_demonstration(const struct account_row *row, void *argument)
{
	struct account_row *account = argument;

	if (row->demonstration)
		*account = *row;
	return row->demonstration;
}

/* How many. */
static int
remove_each(struct store *store, const struct config *config, int64_t now,
    struct error *error)
{
	struct account_row account;
	char last[STORE_QUEUE];

	for (int removed = 0;; removed++) {
		account.demonstration = false;
		if (store_account_each(store, find_demonstration, &account, error) == -1)
			return -1;
		if (!account.demonstration)
			return removed;
		if (leave(store, config, &account, now, last, error) == -1 ||
		    store_account_remove(store, account.number, error) == -1)
			return -1;
	}
}

int
accounts_remove_demonstration(struct store *store, const struct config *config,
    int64_t now, struct error *error)
{
	if (keys_begin(store, error) == -1)
		return -1;
	return keys_end(store, remove_each(store, config, now, error), error);
}

/* What is done to a colleague, within a transaction. */
struct deed {
	struct store *store;
	const struct config *config;
	const char *queue;
	int64_t now;
};
typedef int (*deed_fn)(const struct deed *, struct policy *, enum colleague_verdict *,
    struct error *);

static int
do_deed(const struct deed *deed, const struct identity *reader, const char *user, deed_fn act,
    enum colleague_verdict *verdict, struct error *error)
{
	struct policy policy;
	int result = -1;

	*verdict = COLLEAGUE_OK;
	if (keys_begin(deed->store, error) == -1)
		return -1;
	switch (staff_policy_read(&policy, deed->store, reader, user, error)) {
	case FOUND:
		result = act(deed, &policy, verdict, error);
		staff_policy_free(&policy);
		break;
	case ABSENT:
		*verdict = COLLEAGUE_GONE;
		result = 0;
		break;
	case FAILED:
		break;
	}
	return staff_policy_end(deed->store, result, *verdict, error);
}

struct receiver {
	struct store *store;
	int64_t account;
};

static int
pass_membership(const struct passed_key *passed, void *argument, struct error *error)
{
	const struct receiver *receiver = argument;
	struct membership_row row = {
		.account = receiver->account, .generation = passed->generation
	};

	memcpy(row.queue, passed->queue, strlen(passed->queue) + 1);
	memcpy(row.sealed, passed->sealed, sizeof(row.sealed));
	return store_membership_put(receiver->store, &row, error);
}

static int
join(const struct deed *deed, struct policy *policy, enum colleague_verdict *verdict,
    struct error *error)
{
	struct receiver receiver = { deed->store, policy->account.number };
	enum answer answer;

	if (!staff_policy_may_give(policy)) {
		*verdict = COLLEAGUE_ROLE;
		return 0;
	}
	answer = keys_pass(deed->store, policy->reader, deed->queue, policy->account.public,
	    pass_membership, &receiver, error);
	if (answer == ABSENT)
		*verdict = COLLEAGUE_QUEUE;
	return answer == FAILED ? -1 : 0;
}

int
colleague_join(struct store *store, const struct identity *reader, const char *user,
    const char *queue, enum colleague_verdict *verdict, struct error *error)
{
	const struct deed deed = { .store = store, .queue = queue };

	return do_deed(&deed, reader, user, join, verdict, error);
}

static enum colleague_verdict
judge_parting(const struct deed *deed, const struct policy *policy)
{
	if (!staff_policy_may_give(policy))
		return COLLEAGUE_ROLE;
	if (!queue_list_has(&policy->own, deed->queue) ||
	    !queue_list_has(&policy->queues, deed->queue))
		return COLLEAGUE_QUEUE;
	return policy->queues.count == 1 ? COLLEAGUE_ONLY : COLLEAGUE_OK;
}

static int
part(const struct deed *deed, struct policy *policy, enum colleague_verdict *verdict,
    struct error *error)
{
	int readers;

	*verdict = judge_parting(deed, policy);
	if (*verdict != COLLEAGUE_OK)
		return 0;
	readers = leave_queue(deed->store, deed->config, policy->account.number, deed->queue,
	    deed->now, error);
	if (readers == 0)
		*verdict = COLLEAGUE_LAST;
	return readers == -1 ? -1 : 0;
}

int
colleague_part(struct store *store, const struct config *config, const struct identity *reader,
    const char *user, const char *queue, int64_t now, enum colleague_verdict *verdict,
    struct error *error)
{
	const struct deed deed = { store, config, queue, now };

	return do_deed(&deed, reader, user, part, verdict, error);
}

static int
deactivate(const struct deed *deed, struct policy *policy, enum colleague_verdict *verdict,
    struct error *error)
{
	char last[STORE_QUEUE];
	int result;

	if (!staff_policy_may_deactivate(policy)) {
		*verdict = COLLEAGUE_ROLE;
		return 0;
	}
	result = account_shut(deed->store, deed->config, &policy->account, deed->now, last,
	    error);
	if (result == -1 && last[0] != '\0') {
		*verdict = COLLEAGUE_LAST;
		return 0;
	}
	return result;
}

int
colleague_deactivate(struct store *store, const struct config *config,
    const struct identity *reader, const char *user, int64_t now,
    enum colleague_verdict *verdict, struct error *error)
{
	const struct deed deed = { .store = store, .config = config, .now = now };

	return do_deed(&deed, reader, user, deactivate, verdict, error);
}
