#include <string.h>

#include "flow/keys.h"
#include "flow/leaving.h"
#include "flow/standing.h"

/* What is done to a colleague, within a transaction. */
struct deed {
	struct store *store;
	const struct config *config;
	const char *queue;
	int64_t now;
};
typedef int (*deed_fn)(const struct deed *, struct standing *, enum colleague_verdict *,
    struct error *);

static int
do_deed(const struct deed *deed, const struct identity *reader, const char *user, deed_fn act,
    enum colleague_verdict *verdict, struct error *error)
{
	struct standing standing;
	int result = -1;

	*verdict = COLLEAGUE_OK;
	if (keys_begin(deed->store, error) == -1)
		return -1;
	switch (standing_read(&standing, deed->store, reader, user, error)) {
	case FOUND:
		result = act(deed, &standing, verdict, error);
		standing_free(&standing);
		break;
	case ABSENT:
		*verdict = COLLEAGUE_GONE;
		result = 0;
		break;
	case FAILED:
		break;
	}
	return standing_end(deed->store, result, *verdict, error);
}

struct receiver {
	struct store *store;
	int64_t account;
};

static int
keep_membership(const struct passed_key *passed, void *argument, struct error *error)
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
join(const struct deed *deed, struct standing *standing, enum colleague_verdict *verdict,
    struct error *error)
{
	struct receiver receiver = { deed->store, standing->account.number };
	enum answer answer;

	if (!standing_may_give(standing)) {
		*verdict = COLLEAGUE_ROLE;
		return 0;
	}
	answer = keys_pass(deed->store, standing->reader, deed->queue, standing->account.public,
	    keep_membership, &receiver, error);
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
judge_parting(const struct deed *deed, const struct standing *standing)
{
	if (!standing_may_give(standing))
		return COLLEAGUE_ROLE;
	if (!queue_list_has(&standing->own, deed->queue) ||
	    !queue_list_has(&standing->queues, deed->queue))
		return COLLEAGUE_QUEUE;
	return standing->queues.count == 1 ? COLLEAGUE_ONLY : COLLEAGUE_OK;
}

static int
part(const struct deed *deed, struct standing *standing, enum colleague_verdict *verdict,
    struct error *error)
{
	int readers;

	*verdict = judge_parting(deed, standing);
	if (*verdict != COLLEAGUE_OK)
		return 0;
	readers = leave_queue(deed->store, deed->config, standing->account.number, deed->queue,
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
shut(const struct deed *deed, struct standing *standing, enum colleague_verdict *verdict,
    struct error *error)
{
	char last[STORE_QUEUE];
	int result;

	if (!standing_may_deactivate(standing)) {
		*verdict = COLLEAGUE_ROLE;
		return 0;
	}
	result = account_shut(deed->store, deed->config, &standing->account, deed->now, last,
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

	return do_deed(&deed, reader, user, shut, verdict, error);
}
