/* Opens and accepts a one-time link. */
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/keys.h"
#include "flow/people.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/people.h"
#include "store/store.h"

static bool
is_active(struct work *work, int64_t account, struct account_row *row, enum answer *answer)
{
	*answer = store_account_get(work->store, account, row, &work->error);
	return *answer == FOUND && row->active;
}

/*
 * Reads the link's row, its maker and, when it restores an account, that account; both
 * accounts must still be active.
 */
static enum answer
find_row(struct work *work, const struct invitation_keys *keys, struct invitation_row *row,
    struct account_row *inviter, struct account_row *account)
{
	enum answer answer = store_invitation_by_identity(work->store, keys->identity, row,
	    &work->error);

	if (answer == FOUND && row->expires_at <= work->now)
		return ABSENT;
	if (answer == FOUND && !is_active(work, row->inviter, inviter, &answer))
		return answer == FAILED ? FAILED : ABSENT;
	if (answer == FOUND && row->account != 0 &&
	    !is_active(work, row->account, account, &answer))
		return answer == FAILED ? FAILED : ABSENT;
	return answer;
}

enum answer
invitation_look(struct work *work, struct invitation *invitation, const char *token)
{
	struct account_row inviter, account = { 0 };
	struct invitation_keys keys;
	struct invitation_row row;
	enum answer answer;

	*invitation = (struct invitation){ 0 };
	if (invitation_read(token, &keys) == -1)
		return ABSENT;
	answer = find_row(work, &keys, &row, &inviter, &account);
	invitation_keys_free(&keys);
	if (answer == FOUND && invitation_queues(work, &invitation->queues, row.number) == -1)
		answer = FAILED;
	if (answer != FOUND) {
		invitation_free(invitation);
		return answer;
	}
	invitation->role = row.role;
	invitation->expires_at = row.expires_at;
	memcpy(invitation->inviter, inviter.name, sizeof(invitation->inviter));
	memcpy(invitation->user, account.user, sizeof(invitation->user));
	memcpy(invitation->name, account.name, sizeof(invitation->name));
	return FOUND;
}

void
invitation_free(struct invitation *invitation)
{
	queue_list_free(&invitation->queues);
}

/* A link that is being accepted. */
struct accepting {
	struct work *work;
	struct invitation_keys keys;
	struct invitation_row row;
	struct account_row account;		/* as it will be stored */
	int result;
};

static enum colleague_verdict
judge_new(struct accepting *accepting, const struct acceptance *acceptance)
{
	struct account_row *account = &accepting->account;
	char name[NAME_MAX_CHARACTERS * 4 + 1];

	char user[STORE_USER * 4];

	if (text_input_line(acceptance->user, STORE_USER - 1, user) != FAULT_NONE ||
	    account_user_check(user, NULL) == -1)
		return COLLEAGUE_USER;
	if (text_input_name(acceptance->name, name) != FAULT_NONE || strlen(name) >= STORE_NAME)
		return COLLEAGUE_NAME;
	*account = (struct account_row){
		.number = number_next(), .role = accepting->row.role, .active = true,
		.created_at = accepting->work->now
	};
	memcpy(account->user, user, strlen(user) + 1);
	memcpy(account->name, name, strlen(name) + 1);
	return COLLEAGUE_OK;
}

static int
take_key(const struct invitation_key_row *row, void *argument)
{
	struct accepting *accepting = argument;
	struct membership_row membership = { .generation = row->generation };

	memcpy(membership.queue, row->queue, sizeof(membership.queue));
	memcpy(membership.sealed, row->sealed, sizeof(membership.sealed));
	accepting->result = keys_put(accepting->work, &accepting->account,
	    accepting->keys.secret, &membership);
	return accepting->result;
}

static int
take_keys(struct accepting *accepting)
{
	if (store_invitation_key_each(accepting->work->store, accepting->row.number, take_key,
	    accepting, &accepting->work->error) == -1)
		return -1;
	return accepting->result;
}

static int
add_new(struct accepting *accepting, enum colleague_verdict *verdict)
{
	struct account_row present;

	switch (store_account_by_user(accepting->work->store, accepting->account.user, &present,
	    &accepting->work->error)) {
	case FOUND:
		*verdict = COLLEAGUE_TAKEN;
		return 0;
	case ABSENT:
		break;
	case FAILED:
	default:
		return -1;
	}
	if (store_account_add(accepting->work->store, &accepting->account,
	    &accepting->work->error) == -1)
		return -1;
	return take_keys(accepting);
}

/*
 * Removes the memberships that only the old key pair opens. A queue that the link does not
 * open is lost, and needs another member who can open it.
 */
static int
lose_queues(struct accepting *accepting, enum colleague_verdict *verdict)
{
	const int64_t account = accepting->account.number;
	struct queue_list before = { 0 }, opens = { 0 };
	int result = -1, readers = 1;

	if (queue_list_read(accepting->work, &before, account) == -1 ||
	    invitation_queues(accepting->work, &opens, accepting->row.number) == -1)
		goto err;
	for (size_t i = 0; i < before.count; i++) {
		const char *queue = before.queue[i];

		if (!queue_list_has(&opens, queue))
			readers = leave_queue(accepting->work, account, queue);
		else if (store_membership_remove(accepting->work->store, account, queue,
		    &accepting->work->error) == -1)
			goto err;
		if (readers == -1)
			goto err;
		if (readers == 0)
			*verdict = COLLEAGUE_LAST;
	}
	result = 0;
err:
	queue_list_free(&before);
	queue_list_free(&opens);
	return result;
}

/* Adds an alert for the leads of the queues. */
static int
tell_leads(struct accepting *accepting)
{
	struct queue_list opens = { 0 };
	int result = invitation_queues(accepting->work, &opens, accepting->row.number);

	for (size_t i = 0; i < opens.count && result == 0; i++)
		result = store_alert_add(accepting->work->store, opens.queue[i], 0,
		    ALERT_RESTORED, accepting->work->now, &accepting->work->error);
	queue_list_free(&opens);
	return result;
}

static int
restore(struct accepting *accepting, enum colleague_verdict *verdict)
{
	if (lose_queues(accepting, verdict) == -1)
		return -1;
	if (*verdict != COLLEAGUE_OK)
		return 0;
	if (store_account_change(accepting->work->store, &accepting->account,
	    &accepting->work->error) == -1 ||
	    auth_revoke(accepting->work, accepting->account.number) == -1 ||
	    take_keys(accepting) == -1)
		return -1;
	return tell_leads(accepting);
}

/*
 * Within the transaction: checks the link again, because it may have been used while the
 * passphrase was hashed.
 */
static int
accept_again(struct accepting *accepting, enum colleague_verdict *verdict)
{
	struct account_row inviter, account;
	struct invitation_row row;
	int result;

	switch (find_row(accepting->work, &accepting->keys, &row, &inviter, &account)) {
	case FOUND:
		break;
	case ABSENT:
		*verdict = COLLEAGUE_GONE;
		return 0;
	case FAILED:
	default:
		return -1;
	}
	result = row.account == 0 ? add_new(accepting, verdict) : restore(accepting, verdict);
	if (result == -1 || *verdict != COLLEAGUE_OK)
		return result;
	return store_invitation_remove(accepting->work->store, row.number,
	    &accepting->work->error);
}

/* Accepts the link, whose row has been read. */
static int
accept_row(struct accepting *accepting, const struct acceptance *acceptance,
    enum colleague_verdict *verdict)
{
	struct error *error = &accepting->work->error;

	if (accepting->row.account == 0)
		*verdict = judge_new(accepting, acceptance);
	if (*verdict != COLLEAGUE_OK)
		return 0;
	if (account_keys_make(accepting->work, &accepting->account,
	    acceptance->passphrase) == -1) {
		if (error->kind != ERROR_INPUT)
			return -1;
		*verdict = COLLEAGUE_PASSPHRASE;
		return 0;
	}
	if (work_begin_keys(accepting->work) == -1)
		return -1;
	return staff_policy_end(accepting->work, accept_again(accepting, verdict), *verdict);
}

int
invitation_accept(struct work *work, const char *token, const struct acceptance *acceptance,
    enum colleague_verdict *verdict)
{
	struct accepting accepting = { .work = work };
	struct account_row inviter;
	int result = -1;

	*verdict = COLLEAGUE_GONE;
	if (invitation_read(token, &accepting.keys) == -1)
		return 0;
	switch (find_row(work, &accepting.keys, &accepting.row, &inviter, &accepting.account)) {
	case FOUND:
		*verdict = COLLEAGUE_OK;
		result = accept_row(&accepting, acceptance, verdict);
		break;
	case ABSENT:
		result = 0;
		break;
	case FAILED:
		break;
	}
	invitation_keys_free(&accepting.keys);
	return result;
}
