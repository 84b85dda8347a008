/* What a row of the worklist tells: who has the case, why it is due, and of one's own whom to ring. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/case_internal.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/handover.h"
#include "store/messages.h"
#include "store/people.h"
#include "store/store.h"

/* Reads more only when the holder is absent, which is rare. */
int
worklist_stand(struct work *work, struct worklist_row *row)
{
	struct case_access policy;
	struct absence_row away;

	row->mine = row->row.holder == work->actor->account;
	if (row->mine || row->row.holder == 0)
		return 0;
	switch (store_absence_get(work->store, row->row.holder, &away, &work->error)) {
	case FOUND:
		break;
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
	if (store_case_standing(work->store, row->row.number, work->actor->account,
	    day_of(work->now), &policy, &work->error) == FAILED)
		return -1;
	row->stands_in = policy.member && policy.stands_in;
	row->unattended = policy.member && policy.unattended;
	row->mine = row->stands_in;
	return 0;
}

/* Looks up the name of the holder, but only once for each holder of the page. */
static int
name_holder(struct work *work, struct worklist *worklist, size_t i)
{
	struct worklist_row *row = &worklist->rows[i];

	for (size_t j = 0; j < i; j++) {
		if (worklist->rows[j].row.holder == row->row.holder) {
			memcpy(row->holder, worklist->rows[j].holder, sizeof(row->holder));
			return 0;
		}
	}
	return account_name(work, row->row.holder, row->holder);
}

/* Fills in whether a number that was wrong has been replaced. */
static int
give_number(struct work *work, struct worklist_row *row)
{
	struct telephone telephone;

	if (row->cause != ACT_WRONG_NUMBER && !act_has(row->cause, ACT_IS_OTHER_WAY))
		return 0;
	if (telephone_read(work, row->row.number, &telephone) == -1)
		return -1;
	row->number_new = !telephone.wrong;
	return 0;
}

/*
 * Fills in the act that set the due time, and the name of the account that offers or asks
 * to close.
 */
static int
give_reason(struct work *work, struct worklist_row *row)
{
	struct event_row event;

	row->cause = ACT_RECEIVE;
	row->cause_at = row->row.received_at;
	if (account_name(work, row->asked_by, row->asker) == -1)
		return -1;
	switch (store_case_cause(work->store, row->row.number, &event, &work->error)) {
	case FOUND:
		row->cause = event.act;
		row->cause_at = event.at;
		return give_number(work, row);
	case FAILED:
		return -1;
	case ABSENT:
	default:
		break;
	}
	return 0;
}

static void
copy_field(char *to, size_t size, const struct form *form, enum field field)
{
	const char *value = form_value(form, field_name(field));

	(void)snprintf(to, size, "%s", value == NULL ? "" : value);
}

static int
find_waiting(const struct message_row *message, void *argument)
{
	bool *waits = argument;

	*waits = message->state == MESSAGE_QUEUED || message->state == MESSAGE_SENDING;
	return *waits;
}

/*
 * Fills in how the person wants to be reached, from an opened submission. A text that the
 * outbox is about to send has as good as gone.
 */
static int
give_wish(struct work *work, struct worklist_row *row, const struct form *form)
{
	const int contact = word_value(&words_contact, form_value(form, field_name(FIELD_CONTACT)));
	struct attempts attempts;
	bool waits = false;

	row->contact = contact == -1 ? CONTACT_CALL : (enum contact)contact;
	if (row->contact != CONTACT_SMS_FIRST)
		return 0;
	if (case_attempts(work, row->row.number, &attempts) == -1 ||
	    store_message_each_of_case(work->store, row->row.number, find_waiting, &waits,
	    &work->error) == -1)
		return -1;
	row->text_first = !attempts.texted && !waits;
	return 0;
}

static int
name_person(struct worklist_row *row, struct keyring *ring)
{
	struct form form = { 0 };
	struct telephone telephone;
	enum answer answer = keyring_submission(ring, row->row.number, &form);
	int means;

	if (answer != FOUND)
		return answer == FAILED ? -1 : 0;
	copy_field(row->name, sizeof(row->name), &form, FIELD_NAME);
	copy_field(row->language, sizeof(row->language), &form, FIELD_SPEAK);
	means = word_value(&words_means, form_value(&form, "means"));
	answer = telephone_read(ring->work, row->row.number, &telephone) == -1 ? FAILED : FOUND;
	if (answer == FOUND && telephone.wrong) {
		row->number_asks = telephone.asks;
		row->means = means == -1 ? MEANS_NUMBER : (enum means)means;
	}
	if (answer == FOUND && !telephone.wrong) {
		copy_field(row->phone, sizeof(row->phone), &form, FIELD_PHONE);
		answer = give_wish(ring->work, row, &form) == -1 ? FAILED : FOUND;
	} else if (!row->number_asks && row->means == MEANS_HELPER) {
		copy_field(row->phone, sizeof(row->phone), &form, FIELD_HELPER_PHONE);
	}
	form_wipe(&form);
	return answer == FAILED ? -1 : 0;
}

/* Fills in how the reader's offer ended. */
static int
give_decline(struct work *work, struct worklist_row *row)
{
	struct offer_ended_row ended;

	switch (store_offer_declined(work->store, row->row.number, work->actor->account, &ended,
	    &work->error)) {
	case FAILED:
		return -1;
	case FOUND:
		row->declined = ended.how;
		memcpy(row->declined_by, ended.queue, sizeof(row->declined_by));
		break;
	case ABSENT:
		break;
	}
	return 0;
}

int
worklist_fill(struct work *work, struct worklist *worklist)
{
	struct keyring ring = { .work = work };
	int result = 0;

	for (size_t i = 0; i < worklist->count && result == 0; i++) {
		struct worklist_row *row = &worklist->rows[i];

		result = worklist_stand(work, row);
		if (result == 0)
			result = name_holder(work, worklist, i);
		if (result == 0)
			result = give_reason(work, row);
		if (result == 0 && row->part == WORKLIST_DECLINED)
			result = give_decline(work, row);
		if (result == 0 && row->mine)
			result = name_person(row, &ring);
	}
	keyring_free(&ring);
	return result;
}
