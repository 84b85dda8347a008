#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/handover_transaction.h"
#include "flow/keys.h"
#include "rules/rules.h"
#include "store/auth.h"
#include "store/handover.h"
#include "store/store.h"

#define AT_ONCE	64

static enum answer
keep_away(struct passing *passing)
{
	struct store *store = passing->ring.store;
	int64_t account = passing->ring.reader->account, number = passing->row.number;
	int colleagues = store_case_readers(store, number, account, passing->error);
	enum answer answer;

	if (colleagues == -1)
		return FAILED;
	answer = passing_do(passing, ACT_RECUSE, NULL);
	if (answer != FOUND || passing->answer->verdict != HANDOVER_DONE)
		return answer;
	if (colleagues == 0)
		return passing_refuse(passing, HANDOVER_ALONE, 0);
	return store_recusal_add(store, number, account, passing->error) == 0 ? FOUND : FAILED;
}

enum answer
recusal_do(struct store *store, const struct config *config, const struct identity *reader,
    int64_t number, int64_t now, struct handover_answer *answer, struct error *error)
{
	struct passing passing = {
		.ring = { .store = store, .reader = reader }, .config = config, .now = now,
		.answer = answer, .error = error
	};
	enum answer found = passing_begin(&passing, number);

	if (found == FOUND)
		found = keep_away(&passing);
	return passing_end(&passing, found);
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

int
recusal_lift(struct store *store, const struct config *config, int64_t now,
    struct error *error)
{
	const struct case_act act = { .act = ACT_RECUSE, .actor = ACTOR_SYSTEM, .now = now };
	struct shunned shunned;
	int lifted = 0;

	do {
		shunned.count = 0;
		if (store_case_each_shunned(store, keep_number, &shunned, error) == -1)
			return -1;
		for (size_t i = 0; i < shunned.count; i++, lifted++) {
			if (case_do_surely(store, config, shunned.number[i], &act, error) == -1 ||
			    store_recusal_lift(store, shunned.number[i], error) == -1)
				return -1;
		}
	} while (shunned.count == AT_ONCE);
	return lifted;
}

/* The key and the row, once the lifecycle has said yes. */
static int
let_in(struct passing *passing, const struct yes *yes, const struct buffer *what,
    const struct queue_key_row *newest)
{
	struct keyring *ring = &passing->ring;
	struct share_row share = {
		.number = number_next(), .case_number = passing->row.number,
		.account = ring->reader->account, .at = passing->now, .agreed_day = yes->day
	};
	struct case_key_row key = {
		.case_number = passing->row.number, .generation = newest->generation
	};

	memcpy(share.queue, newest->queue, sizeof(share.queue));
	memcpy(key.queue, newest->queue, sizeof(key.queue));
	if (note_write(ring, share.case_number, ACT_SHARE, what, passing->now, &share.record,
	    passing->error) == -1 ||
	    keyring_turn(ring, share.case_number, passing->error) != FOUND ||
	    passing_seal(passing, newest, key.sealed) == -1 ||
	    store_case_key_add(ring->store, &key, passing->error) == -1)
		return -1;
	return store_share_add(ring->store, &share, passing->error);
}

static enum answer
share(struct passing *passing, const char *queue, const struct yes *yes,
    const struct buffer *what)
{
	struct queue_key_row newest;
	struct share_row present;
	enum answer answer = passing_queue(passing, queue, &newest);

	if (answer != FOUND || passing->answer->verdict != HANDOVER_DONE)
		return answer;
	answer = store_share_get(passing->ring.store, passing->row.number, queue, &present,
	    passing->error);
	if (answer == FOUND)
		return passing_refuse(passing, HANDOVER_PARTNER, present.account);
	if (answer == ABSENT)
		answer = passing_do(passing, ACT_SHARE, NULL);
	if (answer != FOUND || passing->answer->verdict != HANDOVER_DONE)
		return answer;
	return let_in(passing, yes, what, &newest) == 0 ? FOUND : FAILED;
}

enum answer
together_share(struct store *store, const struct config *config,
    const struct identity *reader, int64_t number, const char *queue, const struct yes *yes,
    int64_t now, struct handover_answer *answer, struct error *error)
{
	struct passing passing = {
		.ring = { .store = store, .reader = reader }, .config = config, .now = now,
		.answer = answer, .error = error
	};
	struct buffer what = { 0 };
	enum handover_verdict wrong = passing_yes(yes, now, &what);
	enum answer found = passing_begin(&passing, number);

	if (found == FOUND)
		found = wrong == HANDOVER_DONE ? share(&passing, queue, yes, &what) :
		    passing_refuse(&passing, wrong, 0);
	buffer_wipe(&what);
	return passing_end(&passing, found);
}

/* A partner ends its own part and nobody else's. */
static enum answer
may_end(struct passing *passing, const char *queue)
{
	if ((passing->actor & ACTOR_MEMBER) != 0)
		return FOUND;
	return store_is_member(passing->ring.store, passing->ring.reader->account, queue,
	    passing->error);
}

static enum answer
end(struct passing *passing, const char *queue)
{
	struct store *store = passing->ring.store;
	struct share_row row;
	enum answer answer = may_end(passing, queue);

	if (answer == FOUND)
		answer = store_share_get(store, passing->row.number, queue, &row, passing->error);
	if (answer == ABSENT)
		return passing_refuse(passing, HANDOVER_CHANGED, passing->row.holder);
	if (answer == FOUND)
		answer = passing_do(passing, ACT_UNSHARE, NULL);
	if (answer != FOUND || passing->answer->verdict != HANDOVER_DONE)
		return answer;
	return store_share_end(store, row.number, passing->ring.reader->account, passing->now,
	    passing->error) == 0 ? FOUND : FAILED;
}

enum answer
together_end(struct store *store, const struct config *config, const struct identity *reader,
    int64_t number, const char *queue, int64_t now, struct handover_answer *answer,
    struct error *error)
{
	struct passing passing = {
		.ring = { .store = store, .reader = reader }, .config = config, .now = now,
		.answer = answer, .error = error
	};
	enum answer found = passing_begin(&passing, number);

	if (found == FOUND)
		found = end(&passing, queue == NULL ? "" : queue);
	return passing_end(&passing, found);
}

static int
keep_share(const struct share_row *row, void *argument)
{
	struct together *together = argument;
	struct participant *participants = reallocarray(together->participants,
	    together->count + 1, sizeof(*participants));

	if (participants == NULL)
		abort();
	together->participants = participants;
	participants[together->count++] = (struct participant){ .share = *row };
	return 0;
}

static int
name_one(struct participant *participant, struct store *store,
    const struct identity *reader, struct error *error)
{
	const struct share_row *share = &participant->share;
	enum answer own = store_is_member(store, reader->account, share->queue, error);

	if (own == FAILED || account_name(store, share->account, participant->by, error) == -1)
		return -1;
	participant->own = own == FOUND;
	return account_name(store, share->withdrawn_by, participant->withdrawn_by, error);
}

int
together_read(struct together *together, struct store *store, const struct identity *reader,
    int64_t number, struct error *error)
{
	int result;

	*together = (struct together){ 0 };
	result = store_share_each(store, number, keep_share, together, error);
	for (size_t i = 0; i < together->count && result == 0; i++)
		result = name_one(&together->participants[i], store, reader, error);
	if (result == -1)
		together_free(together);
	return result;
}

void
together_free(struct together *together)
{
	free(together->participants);
	*together = (struct together){ 0 };
}
