#include "flow/passing.h"

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
