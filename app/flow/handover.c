#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/handover_transaction.h"
#include "flow/keys.h"
#include "notify/notify.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/handover.h"
#include "store/store.h"

enum answer
passing_begin(struct passing *passing, int64_t number)
{
	enum answer answer;

	memset(passing->answer, 0, sizeof(*passing->answer));
	passing->actor = 0;
	if (store_begin(passing->ring.store, passing->error) == -1)
		return FAILED;
	answer = case_read(passing->ring.store, number, passing->ring.reader,
	    passing->now, &passing->row, &passing->actor, passing->error);
	passing->answer->near = answer == FOUND;
	passing->answer->mine = (passing->actor & ACTOR_HOLDER) != 0;
	return answer;
}

enum answer
passing_end(struct passing *passing, enum answer found)
{
	struct store *store = passing->ring.store;

	if (found == FOUND && passing->answer->verdict == HANDOVER_DONE) {
		enum answer near = case_read(store, passing->row.number, passing->ring.reader,
		    passing->now, &passing->row, &passing->actor, passing->error);

		passing->answer->near = near == FOUND;
		passing->answer->mine = near == FOUND && (passing->actor & ACTOR_HOLDER) != 0;
		if (near == FAILED)
			found = FAILED;
	}
	if (found != FOUND || passing->answer->verdict != HANDOVER_DONE)
		store_rollback(store);
	else if (store_commit(store, passing->error) == -1)
		found = FAILED;
	keyring_free(&passing->ring);
	return found;
}

enum answer
passing_refuse(struct passing *passing, enum handover_verdict verdict, int64_t who)
{
	passing->answer->verdict = verdict;
	return account_name(passing->ring.store, who, passing->answer->who,
	    passing->error) == 0 ? FOUND : FAILED;
}

enum answer
passing_do(struct passing *passing, enum act act, const char *queue)
{
	const struct identity *reader = passing->ring.reader;
	const struct case_act doing = {
		.act = act, .account = reader->account, .actor = passing->actor,
		.queue = queue, .now = passing->now
	};
	enum lifecycle_verdict verdict;

	if (case_do(passing->ring.store, passing->config, &passing->row, &doing, &verdict,
	    passing->error) == -1)
		return FAILED;
	if (verdict != LIFECYCLE_OK)
		return passing_refuse(passing, HANDOVER_CHANGED, passing->row.holder);
	passing->answer->verdict = HANDOVER_DONE;
	return FOUND;
}

int
passing_seal(struct passing *passing, const struct queue_key_row *newest,
    unsigned char sealed[STORE_SEALED])
{
	if (key_seal(sealed, passing->ring.data_key, newest->public) == 0)
		return 0;
	return error_set(passing->error, ERROR_INTERNAL, "queue %s: its key is no key",
	    newest->queue);
}

enum answer
passing_queue(struct passing *passing, const char *queue, struct queue_key_row *newest)
{
	struct store *store = passing->ring.store;
	enum answer answer;
	int readers;

	if (queue == NULL || config_queue(passing->config, queue) == NULL ||
	    strcmp(queue, passing->row.queue) == 0)
		return passing_refuse(passing, HANDOVER_QUEUE, 0);
	readers = store_offer_readers(store, passing->row.number, queue, passing->error);
	if (readers == -1)
		return FAILED;
	answer = store_queue_key_get(store, queue, newest, passing->error);
	if (answer == FAILED)
		return FAILED;
	return answer == ABSENT || readers == 0 ?
	    passing_refuse(passing, HANDOVER_QUEUE, 0) : FOUND;
}

enum handover_verdict
passing_text(const char *written, bool required, struct buffer *text)
{
	return note_read(written, required, text, NULL) == 0 ? HANDOVER_DONE : HANDOVER_TEXT;
}

int
passing_alert(struct passing *passing, const char *queue, enum alert_kind kind)
{
	return store_alert_add(passing->ring.store, queue, passing->row.number, (int)kind,
	    passing->now, passing->error);
}

enum handover_verdict
passing_yes(const struct yes *yes, int64_t now, struct buffer *what)
{
	if (passing_text(yes->what, true, what) != HANDOVER_DONE)
		return HANDOVER_TEXT;
	return yes->day > 0 && yes->day <= day_of(now) ? HANDOVER_DONE : HANDOVER_DAY;
}

/* How it went with the offer that the reader saw; else the case itself has changed. */
static enum answer
tell_end(struct passing *passing, int64_t number)
{
	static const enum handover_verdict verdicts[ACT_COUNT] = {
		[ACT_ACCEPT] = HANDOVER_ACCEPTED, [ACT_RETURN] = HANDOVER_RETURNED,
		[ACT_WITHDRAW] = HANDOVER_WITHDRAWN, [ACT_LAPSE] = HANDOVER_LAPSED,
		[ACT_CLOSE] = HANDOVER_CLOSED
	};
	struct offer_ended_row ended;
	enum answer answer = store_offer_last(passing->ring.store, number,
	    passing->ring.reader->account, &ended, passing->error);

	if (answer == FOUND)
		return passing_refuse(passing, verdicts[ended.how], ended.ended_by);
	if (answer == ABSENT && passing->actor != 0)
		return passing_refuse(passing, HANDOVER_CHANGED, passing->row.holder);
	return answer;
}

static int
end_offer(struct passing *passing, const struct offer_row *offer, const char *from,
    enum act how)
{
	struct offer_ended_row ended = {
		.case_number = offer->case_number, .account = offer->account, .at = offer->at,
		.ended_by = passing->ring.reader->account, .ended_at = passing->now, .how = how
	};

	memcpy(ended.from_queue, from, sizeof(ended.from_queue));
	memcpy(ended.queue, offer->queue, sizeof(ended.queue));
	return store_offer_end(passing->ring.store, &ended, passing->error);
}

/* The sender's queue takes part from now on, by the yes that came with the offer. */
static int
let_stay(struct passing *passing, const struct offer_row *offer, const char *sender)
{
	struct share_row share = {
		.number = number_next(), .case_number = offer->case_number,
		.account = offer->account, .at = offer->at, .agreed_day = offer->agreed_day,
		.record = offer->record
	};

	memcpy(share.queue, sender, sizeof(share.queue));
	return store_share_add(passing->ring.store, &share, passing->error);
}

/* Of a queue that took part and now owns the case. */
static int
end_part(struct passing *passing, const char *queue)
{
	struct share_row share;

	switch (store_share_get(passing->ring.store, passing->row.number, queue, &share,
	    passing->error)) {
	case ABSENT:
		return 0;
	case FOUND:
		return store_share_end(passing->ring.store, share.number,
		    passing->ring.reader->account, passing->now, passing->error);
	case FAILED:
	default:
		return -1;
	}
}

static int
give_key(struct passing *passing, const struct offer_row *offer)
{
	struct case_key_row key = {
		.case_number = offer->case_number, .generation = offer->generation
	};

	memcpy(key.queue, offer->queue, sizeof(key.queue));
	memcpy(key.sealed, offer->sealed, sizeof(key.sealed));
	/* A queue that takes part has one, perhaps of another generation. */
	if (store_case_key_remove(passing->ring.store, key.case_number, key.queue,
	    passing->error) == -1)
		return -1;
	return store_case_key_add(passing->ring.store, &key, passing->error);
}

static enum answer
accept_case(struct passing *passing, const struct offer_row *offer)
{
	struct store *store = passing->ring.store;
	enum answer answer;
	char sender[STORE_QUEUE];

	memcpy(sender, passing->row.queue, sizeof(sender));
	if (give_key(passing, offer) == -1)
		return FAILED;
	answer = passing_do(passing, ACT_ACCEPT, offer->queue);
	if (answer != FOUND || passing->answer->verdict != HANDOVER_DONE)
		return answer;
	if (end_offer(passing, offer, sender, ACT_ACCEPT) == -1 ||
	    end_part(passing, offer->queue) == -1)
		return FAILED;
	if (offer->stays)
		return let_stay(passing, offer, sender) == 0 ? FOUND : FAILED;
	return store_case_key_remove(store, offer->case_number, sender,
	    passing->error) == 0 ? FOUND : FAILED;
}

/* The offer that the reader answers or takes back, when it is there and the reader may. */
static enum answer
find_offer(struct passing *passing, int64_t number, unsigned actor, struct offer_row *offer)
{
	enum answer answer = ABSENT;

	if ((passing->actor & actor) != 0)
		answer = store_offer_get(passing->ring.store, number, offer, NULL,
		    passing->error);
	return answer == ABSENT ? tell_end(passing, number) : answer;
}

enum answer
handover_accept(struct store *store, const struct config *config,
    const struct identity *reader, int64_t number, int64_t now,
    struct handover_answer *answer, struct error *error)
{
	struct passing passing = {
		.ring = { .store = store, .reader = reader }, .config = config, .now = now,
		.answer = answer, .error = error
	};
	struct offer_row offer = { 0 };
	enum answer found = passing_begin(&passing, number);

	if (found != FAILED)
		found = find_offer(&passing, number, ACTOR_RECEIVER, &offer);
	if (found == FOUND && answer->verdict == HANDOVER_DONE)
		found = accept_case(&passing, &offer);
	return passing_end(&passing, found);
}

/* Returned or withdrawn: nothing changes of the case but that the offer is gone. */
static enum answer
give_back(struct passing *passing, const struct offer_row *offer, enum act how)
{
	enum answer answer = passing_do(passing, how, NULL);

	if (answer == FOUND && passing->answer->verdict == HANDOVER_DONE &&
	    end_offer(passing, offer, passing->row.queue, how) == -1)
		return FAILED;
	return answer;
}

enum answer
handover_return(struct store *store, const struct config *config,
    const struct identity *reader, int64_t number, const char *reason, int64_t now,
    struct handover_answer *answer, struct error *error)
{
	struct passing passing = {
		.ring = { .store = store, .reader = reader }, .config = config, .now = now,
		.answer = answer, .error = error
	};
	struct buffer text = { 0 };
	enum handover_verdict wrong = passing_text(reason, true, &text);
	struct offer_row offer = { 0 };
	enum answer found = passing_begin(&passing, number);

	if (found != FAILED)
		found = find_offer(&passing, number, ACTOR_RECEIVER, &offer);
	if (found == FOUND && answer->verdict == HANDOVER_DONE)
		found = wrong == HANDOVER_DONE ? give_back(&passing, &offer, ACT_RETURN) :
		    passing_refuse(&passing, wrong, 0);
	if (found == FOUND && answer->verdict == HANDOVER_DONE &&
	    (reason_leave(&passing, &text) == -1 ||
	    passing_alert(&passing, passing.row.queue, ALERT_RETURNED) == -1))
		found = FAILED;
	buffer_wipe(&text);
	return passing_end(&passing, found);
}

enum answer
handover_withdraw(struct store *store, const struct config *config,
    const struct identity *reader, int64_t number, int64_t now,
    struct handover_answer *answer, struct error *error)
{
	struct passing passing = {
		.ring = { .store = store, .reader = reader }, .config = config, .now = now,
		.answer = answer, .error = error
	};
	struct offer_row offer = { 0 };
	enum answer found = passing_begin(&passing, number);

	if (found != FAILED)
		found = find_offer(&passing, number, ACTOR_MEMBER, &offer);
	if (found == FOUND && answer->verdict == HANDOVER_DONE)
		found = give_back(&passing, &offer, ACT_WITHDRAW);
	return passing_end(&passing, found);
}
