/*
 * Handing over: an offer is accepted, declined or withdrawn; and the transaction of each
 * such act.
 */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/handover.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/handover.h"
#include "store/store.h"

enum answer
handover_begin(struct handover *handover, int64_t number)
{
	enum answer answer;

	memset(handover->answer, 0, sizeof(*handover->answer));
	handover->actor = 0;
	if (work_begin(handover->work) == -1)
		return FAILED;
	answer = case_read(handover->work, number, &handover->row, &handover->actor);
	handover->answer->near = answer == FOUND;
	handover->answer->mine = (handover->actor & ACTOR_HOLDER) != 0;
	return answer;
}

enum answer
handover_end(struct handover *handover, enum answer found)
{
	if (found == FOUND && handover->answer->verdict == HANDOVER_DONE) {
		enum answer near = case_read(handover->work, handover->row.number,
		    &handover->row, &handover->actor);

		handover->answer->near = near == FOUND;
		handover->answer->mine = near == FOUND && (handover->actor & ACTOR_HOLDER) != 0;
		if (near == FAILED)
			found = FAILED;
	}
	keyring_free(&handover->ring);
	return work_settle(handover->work,
	    found == FOUND && handover->answer->verdict == HANDOVER_DONE, found);
}

enum answer
handover_refuse(struct handover *handover, enum handover_verdict verdict, int64_t who)
{
	handover->answer->verdict = verdict;
	return account_name(handover->work, who, handover->answer->who) == 0 ? FOUND :
	    FAILED;
}

enum answer
handover_act(struct handover *handover, enum act act, const char *queue)
{
	const struct identity *reader = handover->work->actor;
	const struct case_act doing = {
		.act = act, .account = reader->account, .actor = handover->actor,
		.queue = queue, .now = handover->work->now
	};
	enum lifecycle_verdict verdict;

	if (case_do(handover->work, &handover->row, &doing, &verdict) == -1)
		return FAILED;
	if (verdict != LIFECYCLE_OK)
		return handover_refuse(handover, HANDOVER_CHANGED, handover->row.holder);
	handover->answer->verdict = HANDOVER_DONE;
	return FOUND;
}

int
handover_seal(struct handover *handover, const struct queue_key_row *newest,
    unsigned char sealed[STORE_SEALED])
{
	if (key_seal(sealed, handover->ring.data_key, newest->public) == 0)
		return 0;
	return error_set(&handover->work->error, ERROR_INTERNAL,
	    "queue %s: its key is not a valid public key",
	    newest->queue);
}

enum answer
handover_receiver(struct handover *handover, const char *queue, struct queue_key_row *newest)
{
	struct store *store = handover->work->store;
	enum answer answer;
	int readers;

	if (queue == NULL || config_queue(handover->work->config, queue) == NULL ||
	    strcmp(queue, handover->row.queue) == 0)
		return handover_refuse(handover, HANDOVER_QUEUE, 0);
	readers = store_offer_readers(store, handover->row.number, queue,
	    &handover->work->error);
	if (readers == -1)
		return FAILED;
	answer = store_queue_key_get(store, queue, newest, &handover->work->error);
	if (answer == FAILED)
		return FAILED;
	return answer == ABSENT || readers == 0 ?
	    handover_refuse(handover, HANDOVER_QUEUE, 0) : FOUND;
}

int
handover_alert(struct handover *handover, const char *queue, enum alert_kind kind)
{
	return store_alert_add(handover->work->store, queue, handover->row.number, (int)kind,
	    handover->work->now, &handover->work->error);
}

enum handover_verdict
handover_yes(const struct consent *yes, int64_t now, struct buffer *what, enum fault *fault)
{
	*fault = note_read(yes->what, true, what);
	if (*fault != FAULT_NONE)
		return HANDOVER_YES;
	return yes->day > 0 && yes->day <= day_of(now) ? HANDOVER_DONE : HANDOVER_DAY;
}

/*
 * The offer that the reader saw has ended: the verdict says how. Without an ended offer,
 * the case itself has changed.
 */
static enum answer
tell_end(struct handover *handover, int64_t number)
{
	static const enum handover_verdict verdicts[ACT_COUNT] = {
		[ACT_ACCEPT] = HANDOVER_ACCEPTED, [ACT_RETURN] = HANDOVER_RETURNED,
		[ACT_WITHDRAW] = HANDOVER_WITHDRAWN, [ACT_LAPSE] = HANDOVER_LAPSED,
		[ACT_CLOSE] = HANDOVER_CLOSED
	};
	struct offer_ended_row ended;
	enum answer answer = store_offer_last(handover->work->store, number,
	    handover->work->actor->account, &ended, &handover->work->error);

	if (answer == FOUND)
		return handover_refuse(handover, verdicts[ended.how], ended.ended_by);
	if (answer == ABSENT && handover->actor != 0)
		return handover_refuse(handover, HANDOVER_CHANGED, handover->row.holder);
	return answer;
}

static int
end_offer(struct handover *handover, const struct offer_row *offer, const char *from,
    enum act how)
{
	struct offer_ended_row ended = {
		.case_number = offer->case_number, .account = offer->account, .at = offer->at,
		.ended_by = handover->work->actor->account, .ended_at = handover->work->now,
		    .how = how
	};

	memcpy(ended.from_queue, from, sizeof(ended.from_queue));
	memcpy(ended.queue, offer->queue, sizeof(ended.queue));
	return store_offer_end(handover->work->store, &ended, &handover->work->error);
}

/* The sending queue becomes a participant, by the consent that came with the offer. */
static int
let_stay(struct handover *handover, const struct offer_row *offer, const char *sender)
{
	struct share_row share = {
		.number = number_next(), .case_number = offer->case_number,
		.account = offer->account, .at = offer->at, .agreed_day = offer->agreed_day,
		.record = offer->record
	};

	memcpy(share.queue, sender, sizeof(share.queue));
	return store_share_add(handover->work->store, &share, &handover->work->error);
}

/* Ends the participation of the queue that now owns the case. */
static int
end_part(struct handover *handover, const char *queue)
{
	struct share_row share;

	switch (store_share_get(handover->work->store, handover->row.number, queue, &share,
	    &handover->work->error)) {
	case ABSENT:
		return 0;
	case FOUND:
		return store_share_end(handover->work->store, share.number,
		    handover->work->actor->account, handover->work->now, &handover->work->error);
	case FAILED:
	default:
		return -1;
	}
}

static int
give_key(struct handover *handover, const struct offer_row *offer)
{
	struct case_key_row key = {
		.case_number = offer->case_number, .generation = offer->generation
	};

	memcpy(key.queue, offer->queue, sizeof(key.queue));
	memcpy(key.sealed, offer->sealed, sizeof(key.sealed));
	/* A participant has a data key already, perhaps under another generation. */
	if (store_case_key_remove(handover->work->store, key.case_number, key.queue,
	    &handover->work->error) == -1)
		return -1;
	return store_case_key_add(handover->work->store, &key, &handover->work->error);
}

static enum answer
accept_case(struct handover *handover, const struct offer_row *offer)
{
	struct store *store = handover->work->store;
	enum answer answer;
	char sender[STORE_QUEUE];

	memcpy(sender, handover->row.queue, sizeof(sender));
	if (give_key(handover, offer) == -1)
		return FAILED;
	answer = handover_act(handover, ACT_ACCEPT, offer->queue);
	if (answer != FOUND || handover->answer->verdict != HANDOVER_DONE)
		return answer;
	if (end_offer(handover, offer, sender, ACT_ACCEPT) == -1 ||
	    end_part(handover, offer->queue) == -1)
		return FAILED;
	if (offer->stays)
		return let_stay(handover, offer, sender) == 0 ? FOUND : FAILED;
	return store_case_key_remove(store, offer->case_number, sender,
	    &handover->work->error) == 0 ? FOUND : FAILED;
}

/* Finds the offer, if the reader may answer or withdraw it. */
static enum answer
find_offer(struct handover *handover, int64_t number, unsigned actor, struct offer_row *offer)
{
	enum answer answer = ABSENT;

	if ((handover->actor & actor) != 0)
		answer = store_offer_get(handover->work->store, number, offer, NULL,
		    &handover->work->error);
	return answer == ABSENT ? tell_end(handover, number) : answer;
}

enum answer
handover_accept(struct work *work, int64_t number, struct handover_answer *answer)
{
	struct handover handover = {
		.work = work, .ring = { .work = work },
		.answer = answer
	};
	struct offer_row offer = { 0 };
	enum answer found = handover_begin(&handover, number);

	if (found != FAILED)
		found = find_offer(&handover, number, ACTOR_RECEIVER, &offer);
	if (found == FOUND && answer->verdict == HANDOVER_DONE)
		found = accept_case(&handover, &offer);
	return handover_end(&handover, found);
}

/* Declined or withdrawn: the offer ends, and nothing else changes in the case. */
static enum answer
give_back(struct handover *handover, const struct offer_row *offer, enum act how)
{
	enum answer answer = handover_act(handover, how, NULL);

	if (answer == FOUND && handover->answer->verdict == HANDOVER_DONE &&
	    end_offer(handover, offer, handover->row.queue, how) == -1)
		return FAILED;
	return answer;
}

enum answer
handover_return(struct work *work, int64_t number, const char *reason,
    struct handover_answer *answer)
{
	struct handover handover = {
		.work = work, .ring = { .work = work },
		.answer = answer
	};
	struct buffer text = { 0 };
	const enum fault fault = note_read(reason, true, &text);
	struct offer_row offer = { 0 };
	enum answer found = handover_begin(&handover, number);

	if (found != FAILED)
		found = find_offer(&handover, number, ACTOR_RECEIVER, &offer);
	if (found == FOUND && answer->verdict == HANDOVER_DONE)
		found = fault == FAULT_NONE ? give_back(&handover, &offer, ACT_RETURN) :
		    handover_refuse(&handover, HANDOVER_TEXT, 0);
	answer->fault = fault;
	if (found == FOUND && answer->verdict == HANDOVER_DONE &&
	    (decline_reason_add(&handover, &text) == -1 ||
	    handover_alert(&handover, handover.row.queue, ALERT_RETURNED) == -1))
		found = FAILED;
	buffer_wipe(&text);
	return handover_end(&handover, found);
}

enum answer
handover_withdraw(struct work *work, int64_t number, struct handover_answer *answer)
{
	struct handover handover = {
		.work = work, .ring = { .work = work },
		.answer = answer
	};
	struct offer_row offer = { 0 };
	enum answer found = handover_begin(&handover, number);

	if (found != FAILED)
		found = find_offer(&handover, number, ACTOR_MEMBER, &offer);
	if (found == FOUND && answer->verdict == HANDOVER_DONE)
		found = give_back(&handover, &offer, ACT_WITHDRAW);
	return handover_end(&handover, found);
}
