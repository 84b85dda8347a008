/* Participants, and conflicts of interest. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/handover.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/auth.h"
#include "store/handover.h"
#include "store/store.h"

#define AT_ONCE	64

static enum answer
keep_away(struct handover *handover)
{
	struct store *store = handover->work->store;
	int64_t account = handover->work->actor->account, number = handover->row.number;
	int colleagues = store_case_readers(store, number, account, &handover->work->error);
	enum answer answer;

	if (colleagues == -1)
		return FAILED;
	answer = handover_act(handover, ACT_RECUSE, NULL);
	if (answer != FOUND || handover->answer->verdict != HANDOVER_DONE)
		return answer;
	if (colleagues == 0)
		return handover_refuse(handover, HANDOVER_ALONE, 0);
	return store_conflict_add(store, number, account, &handover->work->error) == 0 ? FOUND :
	    FAILED;
}

enum answer
conflict_of_interest_declare(struct work *work, int64_t number, struct handover_answer *answer)
{
	struct handover handover = {
		.work = work, .ring = { .work = work },
		.answer = answer
	};
	enum answer found = handover_begin(&handover, number);

	if (found == FOUND)
		found = keep_away(&handover);
	return handover_end(&handover, found);
}

struct shunned {
	int64_t number[AT_ONCE];
	size_t count;
};

static int
keep_number(int64_t number, void *argument)
{
	struct shunned *shunned = argument;

	shunned->number[shunned->count++] = number;
	return shunned->count == AT_ONCE;
}

enum answer
conflict_of_interest_latest(struct work *work, int64_t *number)
{
	return store_conflict_latest(work->store, work->actor->account,
	    work->now - UNDO_SECONDS, number, &work->error);
}

int
conflict_of_interest_lift(struct work *work)
{
	const struct case_act act = { .act = ACT_RECUSE, .actor = ACTOR_SYSTEM,
	    .now = work->now };
	struct shunned shunned;
	int lifted = 0;

	do {
		shunned.count = 0;
		if (store_case_each_shunned(work->store, keep_number, &shunned,
		    &work->error) == -1)
			return -1;
		for (size_t i = 0; i < shunned.count; i++, lifted++) {
			if (case_do_surely(work, shunned.number[i], &act) == -1 ||
			    store_conflict_lift(work->store, shunned.number[i],
			    &work->error) == -1)
				return -1;
		}
	} while (shunned.count == AT_ONCE);
	return lifted;
}

/* Adds the data key and the row, after the lifecycle has allowed it. */
static int
let_in(struct handover *handover, const struct consent *yes, const struct buffer *what,
    const struct queue_key_row *newest)
{
	struct keyring *ring = &handover->ring;
	struct share_row share = {
		.number = number_next(), .case_number = handover->row.number,
		.account = ring->work->actor->account, .at = handover->work->now,
		    .agreed_day = yes->day
	};
	struct case_key_row key = {
		.case_number = handover->row.number, .generation = newest->generation
	};

	memcpy(share.queue, newest->queue, sizeof(share.queue));
	memcpy(key.queue, newest->queue, sizeof(key.queue));
	if (note_write(ring, share.case_number, ACT_SHARE, what, &share.record) == -1 ||
	    keyring_turn(ring, share.case_number) != FOUND ||
	    handover_seal(handover, newest, key.sealed) == -1 ||
	    store_case_key_add(ring->work->store, &key, &handover->work->error) == -1)
		return -1;
	return store_share_add(ring->work->store, &share, &handover->work->error);
}

static enum answer
share(struct handover *handover, const char *queue, const struct consent *yes,
    const struct buffer *what)
{
	struct queue_key_row newest;
	struct share_row present;
	enum answer answer = handover_receiver(handover, queue, &newest);

	if (answer != FOUND || handover->answer->verdict != HANDOVER_DONE)
		return answer;
	answer = store_share_get(handover->work->store, handover->row.number, queue, &present,
	    &handover->work->error);
	if (answer == FOUND)
		return handover_refuse(handover, HANDOVER_PARTNER, present.account);
	if (answer == ABSENT)
		answer = handover_act(handover, ACT_SHARE, NULL);
	if (answer != FOUND || handover->answer->verdict != HANDOVER_DONE)
		return answer;
	return let_in(handover, yes, what, &newest) == 0 ? FOUND : FAILED;
}

enum answer
participant_add(struct work *work, int64_t number, const char *queue, const struct consent *yes,
    struct handover_answer *answer)
{
	struct handover handover = {
		.work = work, .ring = { .work = work },
		.answer = answer
	};
	struct buffer what = { 0 };
	enum fault fault;
	enum handover_verdict wrong = handover_yes(yes, work->now, &what, &fault);
	enum answer found = handover_begin(&handover, number);

	if (found == FOUND)
		found = wrong == HANDOVER_DONE ? share(&handover, queue, yes, &what) :
		    handover_refuse(&handover, wrong, 0);
	answer->fault = fault;
	buffer_wipe(&what);
	return handover_end(&handover, found);
}

/* Members of the owning queue may end every participation, a participant only its own. */
static enum answer
may_end(struct handover *handover, const char *queue)
{
	if ((handover->actor & ACTOR_MEMBER) != 0)
		return FOUND;
	return store_is_member(handover->work->store, handover->work->actor->account, queue,
	    &handover->work->error);
}

static enum answer
end(struct handover *handover, const char *queue)
{
	struct store *store = handover->work->store;
	struct share_row row;
	enum answer answer = may_end(handover, queue);

	if (answer == FOUND)
		answer = store_share_get(store, handover->row.number, queue, &row,
		    &handover->work->error);
	if (answer == ABSENT)
		return handover_refuse(handover, HANDOVER_CHANGED, handover->row.holder);
	if (answer == FOUND)
		answer = handover_act(handover, ACT_UNSHARE, NULL);
	if (answer != FOUND || handover->answer->verdict != HANDOVER_DONE)
		return answer;
	return store_share_end(store, row.number, handover->work->actor->account,
	    handover->work->now, &handover->work->error) == 0 ? FOUND : FAILED;
}

enum answer
participant_end(struct work *work, int64_t number, const char *queue,
    struct handover_answer *answer)
{
	struct handover handover = {
		.work = work, .ring = { .work = work },
		.answer = answer
	};
	enum answer found = handover_begin(&handover, number);

	if (found == FOUND)
		found = end(&handover, queue == NULL ? "" : queue);
	return handover_end(&handover, found);
}

static int
keep_share(const struct share_row *row, void *argument)
{
	struct participants *together = argument;

	together->participants = array_grow(together->participants, together->count,
	    sizeof(*together->participants));
	together->participants[together->count++].share = *row;
	return 0;
}

static int
name_one(struct work *work, struct participant *participant)
{
	const struct share_row *share = &participant->share;
	enum answer own = store_is_member(work->store, work->actor->account, share->queue,
	    &work->error);

	if (own == FAILED || account_name(work, share->account, participant->by) == -1)
		return -1;
	participant->own = own == FOUND;
	return account_name(work, share->withdrawn_by, participant->withdrawn_by);
}

int
participants_read(struct work *work, struct participants *together, int64_t number)
{
	int result;

	*together = (struct participants){ 0 };
	result = store_share_each(work->store, number, keep_share, together, &work->error);
	for (size_t i = 0; i < together->count && result == 0; i++)
		result = name_one(work, &together->participants[i]);
	if (result == -1)
		participants_free(together);
	return result;
}

void
participants_free(struct participants *together)
{
	free(together->participants);
	*together = (struct participants){ 0 };
}
