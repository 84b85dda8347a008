/* Decides which mails staff get: alerts, overdue cases, the morning digest. */
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/messages.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "rules/rules.h"
#include "store/messages.h"
#include "store/people.h"
#include "store/store.h"

#define OVERDUE_AT_ONCE	256

struct passed {
	struct work *work;
	struct found {
		int64_t number, due_at;
		char queue[STORE_QUEUE];
		int kind;
	} cases[OVERDUE_AT_ONCE];
	size_t count;
};

static int
keep_passed(int64_t number, const char *queue, int64_t due_at, void *argument)
{
	struct passed *passed = argument;
	struct found *found = &passed->cases[passed->count++];

	*found = (struct found){ .number = number, .due_at = due_at, .kind = ALERT_OVERDUE };
	(void)snprintf(found->queue, sizeof(found->queue), "%s", queue);
	return passed->count == OVERDUE_AT_ONCE;
}

/* A working day after the due time is the closing time of the next open day. */
static int
keep_stale(int64_t number, const char *queue, int64_t due_at, void *argument)
{
	struct passed *passed = argument;
	const struct config_queue *hours = config_queue(passed->work->config, queue);

	if (hours == NULL || duetime_after(hours, due_at, 1) > passed->work->now)
		return 0;
	(void)keep_passed(number, queue, due_at, passed);
	passed->cases[passed->count - 1].kind = ALERT_STILL_OVERDUE;
	return passed->count == OVERDUE_AT_ONCE;
}

static int
write_passed(const struct passed *passed)
{
	if (work_begin(passed->work) == -1)
		return -1;
	for (size_t i = 0; i < passed->count; i++) {
		const struct found *found = &passed->cases[i];

		if (store_overdue_tell(passed->work->store, found->number, found->due_at,
		    found->kind, &passed->work->error) == -1 ||
		    store_alert_add(passed->work->store, found->queue, found->number,
		    found->kind, passed->work->now, &passed->work->error) == -1)
			goto err;
	}
	if (store_overdue_forget(passed->work->store, &passed->work->error) == 0)
		return work_end(passed->work, 0);
err:
	work_undo(passed->work);
	return -1;
}

int
notices_overdue(struct work *work)
{
	struct passed *passed = calloc(1, sizeof(*passed));
	int result;

	if (passed == NULL)
		abort();
	passed->work = work;
	result = store_overdue_each(work->store, work->now, ALERT_OVERDUE, OVERDUE_AT_ONCE,
	    keep_passed, passed, &work->error);
	if (result == 0 && passed->count < OVERDUE_AT_ONCE)
		result = store_overdue_each_told(work->store, ALERT_OVERDUE, ALERT_STILL_OVERDUE,
		    keep_stale, passed, &work->error);
	if (result == 0 && passed->count > 0)
		result = write_passed(passed);
	free(passed);
	return result;
}

#define ALERTS_AT_ONCE	512
#define DIGEST_BEFORE	(12 * 60)	/* minutes; no digest is made after noon */

/* The mails of this round: one a receiver and kind. */
struct made {
	int64_t account, message;
	int kind;
};

struct plan {
	struct work *work;
	struct alert_row alerts[ALERTS_AT_ONCE];
	size_t alerts_count;
	struct digest {
		struct notice_row notice;	/* the account whose digest is due today */
		int64_t receiver;		/* the receiver; 0: nobody */
	} digests[ALERTS_AT_ONCE];
	size_t digests_count;
	const struct alert_row *alert;	/* the alert that is being turned into mails */
	struct made *made;
	size_t made_count;
	int result;
};

/*
 * Keeps the alert if its queue is open, or has left the configuration and so has no hours.
 */
static int
keep_ripe(const struct alert_row *alert, void *argument)
{
	struct plan *plan = argument;
	const struct config_queue *queue = config_queue(plan->work->config, alert->queue);

	if (queue == NULL || duetime_is_open(queue, plan->work->now))
		plan->alerts[plan->alerts_count++] = *alert;
	return plan->alerts_count == ALERTS_AT_ONCE;
}

static int
add_mail(struct plan *plan, int64_t account, int kind, const char *queue, int64_t *number)
{
	struct message_row row = {
		.number = number_next(), .way = MESSAGE_MAIL, .kind = kind, .account = account,
		.state = MESSAGE_QUEUED, .created_at = plan->work->now,
		    .due_at = plan->work->now,
		.changed_at = plan->work->now
	};

	(void)snprintf(row.queue, sizeof(row.queue), "%s", queue);
	*number = row.number;
	return store_message_add(plan->work->store, &row, &plan->work->error);
}

/* Finds this round's mail to that account of that kind, or makes it. */
static int
find_mail(struct plan *plan, int64_t account, int kind, const char *queue, int64_t *number)
{
	for (size_t i = 0; i < plan->made_count; i++) {
		if (plan->made[i].account == account && plan->made[i].kind == kind) {
			*number = plan->made[i].message;
			return 0;
		}
	}
	if (add_mail(plan, account, kind, queue, number) == -1)
		return -1;
	plan->made = array_grow(plan->made, plan->made_count, sizeof(*plan->made));
	plan->made[plan->made_count++] = (struct made){ account, *number, kind };
	return 0;
}

/* The receiver of mails to an account: its deputy while it is absent and has one. */
static int
find_receiver(struct plan *plan, int64_t account, const char *queue, int64_t *receiver)
{
	*receiver = account;
	return store_absence_deputy(plan->work->store, account, queue, day_of(plan->work->now),
	    receiver, &plan->work->error) == FAILED ? -1 : 0;
}

static int
tell_member(const struct notice_row *notice, enum role role, void *argument)
{
	struct plan *plan = argument;
	const struct alert_row *alert = plan->alert;
	int64_t receiver, message;

	if ((notice->kinds & 1U << alert->kind) == 0 ||
	    (alert_for_leads(alert->kind) && role != ROLE_LEAD))
		return 0;
	plan->result = find_receiver(plan, notice->account, alert->queue, &receiver);
	if (plan->result == 0)
		plan->result = find_mail(plan, receiver, alert->kind, alert->queue, &message);
	if (plan->result == 0 && alert->case_number != 0)
		plan->result = store_message_case_add(plan->work->store, message,
		    alert->case_number, &plan->work->error);
	return plan->result;
}

/*
 * Reads the members in the transaction that makes the mails, so that a former member gets
 * none.
 */
static int
tell(struct plan *plan, const struct alert_row *alert)
{
	plan->alert = alert;
	if (alert->kind > 0 && alert->kind < ALERT_COUNT &&
	    (store_notice_each(plan->work->store, alert->queue, tell_member, plan,
	    &plan->work->error) == -1 || plan->result == -1))
		return -1;
	return store_alert_done(plan->work->store, alert->id, &plan->work->error);
}

static int
find_open(const struct membership_row *membership, void *argument)
{
	struct plan *plan = argument;
	const struct config_queue *queue = config_queue(plan->work->config, membership->queue);

	plan->result = queue != NULL && duetime_is_open(queue, plan->work->now);
	return plan->result;
}

/* A deputy who gets a digest anyway does not get a second one. */
static int
keep_receiver(struct plan *plan, const struct notice_row *notice)
{
	struct digest *digest = &plan->digests[plan->digests_count];
	struct notice_row own;

	*digest = (struct digest){ .notice = *notice };
	digest->notice.digest_day = day_of(plan->work->now);
	if (find_receiver(plan, notice->account, NULL, &digest->receiver) == -1)
		return -1;
	if (digest->receiver != notice->account) {
		switch (store_notice_reach(plan->work->store, digest->receiver, &own,
		    &plan->work->error)) {
		case FOUND:
			if ((own.kinds & 1U << ALERT_DIGEST) != 0)
				digest->receiver = 0;
			break;
		case ABSENT:
			digest->receiver = 0;
			break;
		case FAILED:
		default:
			return -1;
		}
	}
	plan->digests_count++;
	return 0;
}

/*
 * Keeps an account whose digest is due: it wants one, has not got today's, and one of its
 * queues is open.
 */
static int
keep_digest(const struct notice_row *notice, enum role role, void *argument)
{
	struct plan *plan = argument;
	int32_t today = day_of(plan->work->now);
	struct tm local;
	int minute;

	(void)role;
	clock_local(plan->work->now, &local);
	minute = local.tm_hour * 60 + local.tm_min;
	if ((notice->kinds & 1U << ALERT_DIGEST) == 0 || notice->digest_day == today ||
	    minute < plan->work->config->digest_minute || minute >= DIGEST_BEFORE)
		return 0;
	plan->result = 0;
	if (store_membership_each(plan->work->store, notice->account, find_open, plan,
	    &plan->work->error) == -1)
		plan->result = -1;
	if (plan->result == 1)
		plan->result = keep_receiver(plan, notice);
	return plan->result == -1 || plan->digests_count == ALERTS_AT_ONCE;
}

/* Makes no digest when there is no open case. */
static int
add_digest(struct plan *plan, const struct digest *digest)
{
	struct queue_counts counts;
	int64_t message;

	if (store_notice_put(plan->work->store, &digest->notice, &plan->work->error) == -1 ||
	    store_queue_count(plan->work->store, digest->receiver, plan->work->now,
	    plan->work->now, &counts, &plan->work->error) == -1)
		return -1;
	return digest->receiver == 0 || counts.open == 0 ? 0 :
	    find_mail(plan, digest->receiver, ALERT_DIGEST, "", &message);
}

static int
write_plan(struct plan *plan)
{
	if (work_begin(plan->work) == -1)
		return -1;
	for (size_t i = 0; i < plan->alerts_count; i++)
		if (tell(plan, &plan->alerts[i]) == -1)
			goto err;
	for (size_t i = 0; i < plan->digests_count; i++)
		if (add_digest(plan, &plan->digests[i]) == -1)
			goto err;
	return work_end(plan->work, 0);
err:
	work_undo(plan->work);
	return -1;
}

int
notices_plan(struct work *work)
{
	struct plan *plan = calloc(1, sizeof(*plan));
	int result;

	if (plan == NULL)
		abort();
	plan->work = work;
	result = store_alert_each(work->store, keep_ripe, plan, &work->error);
	if (result == 0)
		result = store_notice_each(work->store, NULL, keep_digest, plan, &work->error);
	if (result == 0)
		result = plan->result;
	if (result == 0 && plan->alerts_count + plan->digests_count > 0)
		result = write_plan(plan);
	free(plan->made);
	free(plan);
	return result;
}

int
notice_read(struct work *work, struct notice_row *notice)
{
	const int64_t account = work->actor->account;
	const enum answer answer = store_notice_get(work->store, account, notice, &work->error);

	if (answer == ABSENT)
		*notice = (struct notice_row){ .account = account, .kinds = ALERT_ALL };
	return answer == FAILED ? -1 : 0;
}

int
notice_save(struct work *work, const struct notice_row *notice)
{
	return store_notice_put(work->store, notice, &work->error);
}

bool
notice_offers(const struct work *work, enum alert_kind kind)
{
	return work->actor->role == ROLE_LEAD || !alert_for_leads((int)kind);
}
