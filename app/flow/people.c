/* The accounts, and the staff policy: what one account may do to another. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/people.h"
#include "flow/work.h"
#include "store/people.h"
#include "store/store.h"

bool
queue_list_has(const struct queue_list *list, const char *queue)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->queue[i], queue) == 0)
			return true;
	}
	return false;
}

static void
queue_list_add(struct queue_list *list, const char *queue)
{
	if (queue_list_has(list, queue))
		return;
	list->queue = array_grow(list->queue, list->count, sizeof(*list->queue));
	(void)strncpy(list->queue[list->count], queue, sizeof(*list->queue) - 1);
	list->queue[list->count++][sizeof(*list->queue) - 1] = '\0';
}

void
queue_list_free(struct queue_list *list)
{
	free(list->queue);
	*list = (struct queue_list){ 0 };
}

static int
add_membership(const struct membership_row *row, void *argument)
{
	queue_list_add(argument, row->queue);
	return 0;
}

int
queue_list_read(struct work *work, struct queue_list *list, int64_t account)
{
	*list = (struct queue_list){ 0 };
	return store_membership_each(work->store, account, add_membership, list, &work->error);
}

bool
queue_list_share(const struct queue_list *one, const struct queue_list *other)
{
	for (size_t i = 0; i < one->count; i++) {
		if (queue_list_has(other, one->queue[i]))
			return true;
	}
	return false;
}

int
account_user_check(const char *user, struct error *error)
{
	size_t good = strspn(user, "abcdefghijklmnopqrstuvwxyz0123456789.-");

	if (user[0] < 'a' || user[0] > 'z' || user[good] != '\0' || good >= STORE_USER)
		return error_set(error, ERROR_INPUT,
		    "a user name has 1 to %d characters of a-z, 0-9, \".\" "
		    "and \"-\", and begins with a letter", STORE_USER - 1);
	return 0;
}

enum answer
staff_policy_read(struct work *work, struct policy *policy, const char *user)
{
	enum answer answer;

	*policy = (struct policy){ .reader = work->actor };
	answer = store_account_by_user(work->store, user, &policy->account, &work->error);
	if (answer == FOUND && !policy->account.active)
		return ABSENT;
	if (answer == FOUND && (queue_list_read(work, &policy->queues,
	    policy->account.number) == -1 ||
	    queue_list_read(work, &policy->own, work->actor->account) == -1))
		answer = FAILED;
	if (answer != FOUND)
		staff_policy_free(policy);
	return answer;
}

void
staff_policy_free(struct policy *policy)
{
	queue_list_free(&policy->queues);
	queue_list_free(&policy->own);
}

static bool
is_another(const struct policy *policy)
{
	return policy->account.active && policy->account.number != policy->reader->account;
}

/*
 * A colleague who shares a queue may; for a lead's account, only a lead. The maker of a
 * link could use it, so it must not give its maker more rights than before. Among
 * administrators, each may for every other.
 */
static bool
may_restore(const struct policy *policy)
{
	if (policy->reader->role == ROLE_ADMINISTRATOR ||
	    policy->account.role == ROLE_ADMINISTRATOR)
		return is_another(policy) && policy->reader->role == policy->account.role;
	if (policy->account.role == ROLE_LEAD && policy->reader->role != ROLE_LEAD)
		return false;
	return is_another(policy) && queue_list_share(&policy->own, &policy->queues);
}

/* A lead who shares a queue may; an administrator may for every other account. */
static bool
may_deactivate(const struct policy *policy)
{
	if (policy->reader->role == ROLE_ADMINISTRATOR)
		return is_another(policy);
	return is_another(policy) && policy->reader->role == ROLE_LEAD &&
	    queue_list_share(&policy->own, &policy->queues);
}

/*
 * Each account may register its own absence, a lead also that of colleagues who share a
 * queue.
 */
static bool
may_be_away(const struct policy *policy)
{
	if (!policy->account.active || policy->account.role == ROLE_ADMINISTRATOR)
		return false;
	return policy->account.number == policy->reader->account ||
	    (policy->reader->role == ROLE_LEAD &&
	    queue_list_share(&policy->own, &policy->queues));
}

/* A lead may, for a coordinator or a lead. */
static bool
may_give(const struct policy *policy)
{
	return policy->account.active && policy->reader->role == ROLE_LEAD &&
	    policy->account.role != ROLE_ADMINISTRATOR;
}

bool
staff_policy_allows(const struct policy *policy, enum policy_deed deed)
{
	static bool (*const may[])(const struct policy *) = {
		[POLICY_RESTORE] = may_restore, [POLICY_DEACTIVATE] = may_deactivate,
		[POLICY_BE_AWAY] = may_be_away, [POLICY_GIVE] = may_give
	};

	return may[deed](policy);
}

bool
invitation_may_withdraw(const struct identity *reader, const struct invitation_row *row,
    const struct queue_list *own, const struct queue_list *opens)
{
	if (row->inviter == reader->account)
		return true;
	if (reader->role == ROLE_ADMINISTRATOR || row->role == ROLE_ADMINISTRATOR)
		return reader->role == row->role;
	for (size_t i = 0; i < opens->count; i++) {
		if (!queue_list_has(own, opens->queue[i]))
			return false;
	}
	return reader->role == ROLE_LEAD;
}

static int
add_key(const struct invitation_key_row *row, void *argument)
{
	queue_list_add(argument, row->queue);
	return 0;
}

int
invitation_queues(struct work *work, struct queue_list *list, int64_t invitation)
{
	*list = (struct queue_list){ 0 };
	return store_invitation_key_each(work->store, invitation, add_key, list, &work->error);
}

int
staff_policy_end(struct work *work, int result, enum colleague_verdict verdict)
{
	if (result == 0 && verdict == COLLEAGUE_OK)
		return work_end(work, 0);
	(void)work_end(work, -1);
	return result;
}

struct reading {
	struct work *work;
	struct colleagues *all;
	struct queue_list own;			/* the reader's queues */
	int result;
};

static void
weigh(struct colleague *colleague, const struct reading *reading)
{
	const struct policy policy = {
		.reader = reading->work->actor, .account = colleague->account,
		.queues = colleague->queues, .own = reading->own
	};

	colleague->may_restore = staff_policy_allows(&policy, POLICY_RESTORE);
	colleague->may_deactivate = staff_policy_allows(&policy, POLICY_DEACTIVATE);
	colleague->may_be_away = reading->work->actor->role == ROLE_LEAD &&
	    staff_policy_allows(&policy, POLICY_BE_AWAY);
	for (size_t i = 0; i < colleague->queues.count; i++) {
		if (!queue_list_has(&reading->own, colleague->queues.queue[i]))
			queue_list_add(&colleague->lost, colleague->queues.queue[i]);
	}
}

static int
keep_colleague(const struct account_row *row, void *argument)
{
	struct reading *reading = argument;
	struct colleagues *all = reading->all;
	struct queue_list queues;
	struct colleague *colleague;

	reading->result = queue_list_read(reading->work, &queues, row->number);
	if (reading->result == -1 || (reading->work->actor->role == ROLE_COORDINATOR &&
	    !queue_list_share(&queues, &reading->own))) {
		queue_list_free(&queues);
		return reading->result;
	}
	all->colleague = array_grow(all->colleague, all->count, sizeof(*all->colleague));
	colleague = &all->colleague[all->count++];
	colleague->account = *row;
	colleague->queues = queues;
	weigh(colleague, reading);
	return 0;
}

static int
fill_invitation(struct open_invitation *open, struct reading *reading)
{
	if (invitation_queues(reading->work, &open->queues, open->row.number) == -1 ||
	    account_name(reading->work, open->row.inviter, open->inviter) == -1 ||
	    account_name(reading->work, open->row.account, open->name) == -1)
		return -1;
	open->may_withdraw = invitation_may_withdraw(reading->work->actor, &open->row,
	    &reading->own, &open->queues);
	return 0;
}

static int
keep_invitation(const struct invitation_row *row, void *argument)
{
	struct reading *reading = argument;
	struct colleagues *all = reading->all;
	struct open_invitation *open;

	if (row->expires_at <= reading->work->now ||
	    (reading->work->actor->role == ROLE_COORDINATOR &&
	    row->inviter != reading->work->actor->account))
		return 0;
	all->invitation = array_grow(all->invitation, all->invitations_count,
	    sizeof(*all->invitation));
	open = &all->invitation[all->invitations_count++];
	open->row = *row;
	reading->result = fill_invitation(open, reading);
	return reading->result;
}

/* Generations come in order, so the last one of a queue is the newest. */
static int
keep_queue(const struct queue_key_row *row, void *argument)
{
	struct reading *reading = argument;
	struct colleagues *all = reading->all;
	struct queue_state *state;

	if (all->queues_count == 0 ||
	    strcmp(all->queue[all->queues_count - 1].queue, row->queue) != 0)
		all->queue = array_grow(all->queue, all->queues_count++, sizeof(*all->queue));
	state = &all->queue[all->queues_count - 1];
	memcpy(state->queue, row->queue, sizeof(state->queue));
	state->generation = row->generation;
	state->since_at = row->created_at;
	return 0;
}

/* Counts data keys only for queues of which an old generation still exists. */
static int
mark_old(const struct old_generation *old, void *argument)
{
	struct reading *reading = argument;

	for (size_t i = 0; i < reading->all->queues_count; i++) {
		struct queue_state *state = &reading->all->queue[i];

		if (strcmp(state->queue, old->queue) == 0)
			reading->result = store_old_key_count(reading->work->store, state->queue,
			    state->generation, &state->old, &reading->work->error);
	}
	return reading->result;
}

static int
read_queues(struct reading *reading)
{
	struct colleagues *all = reading->all;

	if (store_queue_key_each(reading->work->store, keep_queue, reading,
	    &reading->work->error) == -1 ||
	    store_old_generation_each(reading->work->store, mark_old, reading,
	    &reading->work->error) == -1 || reading->result == -1)
		return -1;
	for (size_t i = 0; i < all->queues_count; i++) {
		struct queue_state *state = &all->queue[i];

		state->mine = queue_list_has(&reading->own, state->queue);
		state->readers = store_queue_readers(reading->work->store, state->queue,
		    &reading->work->error);
		if (state->readers == -1)
			return -1;
	}
	return 0;
}

static int
read_all(struct reading *reading)
{
	struct error *error = &reading->work->error;

	if (queue_list_read(reading->work, &reading->own, reading->work->actor->account) == -1 ||
	    store_account_each(reading->work->store, keep_colleague, reading, error) == -1 ||
	    reading->result == -1 || store_invitation_each(reading->work->store, keep_invitation,
	    reading, error) == -1 || reading->result == -1)
		return -1;
	return reading->work->actor->role == ROLE_COORDINATOR ? 0 : read_queues(reading);
}

int
colleagues_read(struct work *work, struct colleagues *all)
{
	struct reading reading = { .work = work, .all = all };
	int result;

	*all = (struct colleagues){ 0 };
	if (work_begin_read(work) == -1)
		return -1;
	result = read_all(&reading);
	queue_list_free(&reading.own);
	return work_end(work, result);
}

void
colleagues_free(struct colleagues *all)
{
	for (size_t i = 0; i < all->count; i++) {
		queue_list_free(&all->colleague[i].queues);
		queue_list_free(&all->colleague[i].lost);
	}
	for (size_t i = 0; i < all->invitations_count; i++)
		queue_list_free(&all->invitation[i].queues);
	free(all->colleague);
	free(all->invitation);
	free(all->queue);
	*all = (struct colleagues){ 0 };
}
