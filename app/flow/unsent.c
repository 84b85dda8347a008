#include <string.h>

#include "flow/messages.h"

struct membership {
	const char *queue;
	bool found;
};

static int
find_queue(const struct membership_row *row, void *argument)
{
	struct membership *membership = argument;

	membership->found = strcmp(row->queue, membership->queue) == 0;
	return membership->found;
}

/* A digest is of no queue: any lead may decide. */
static enum answer
works_in(struct store *store, const struct identity *reader, const char *queue,
    struct error *error)
{
	struct membership membership = { .queue = queue, .found = queue[0] == '\0' };

	if (!membership.found && store_membership_each(store, reader->account, find_queue,
	    &membership, error) == -1)
		return FAILED;
	return membership.found ? FOUND : ABSENT;
}

/* Only what has failed or is unknown is a lead's to decide. */
static enum answer
decide(struct store *store, const struct identity *reader, int64_t number,
    enum message_state to, int64_t now, struct error *error)
{
	struct message_row row;
	enum answer answer = store_message_get(store, number, &row, error);
	enum message_state from;

	if (answer == FOUND)
		answer = works_in(store, reader, row.queue, error);
	if (answer != FOUND)
		return answer;
	if (row.state != MESSAGE_FAILED && row.state != MESSAGE_UNKNOWN)
		return ABSENT;
	from = row.state;
	row.state = to;
	row.reason = to == MESSAGE_DROPPED ? REASON_LEAD : REASON_NONE;
	row.tries = 0;
	row.due_at = row.changed_at = now;
	return store_message_change(store, &row, from, error);
}

enum answer
unsent_resend(struct store *store, const struct identity *reader, int64_t number, int64_t now,
    struct error *error)
{
	return decide(store, reader, number, MESSAGE_QUEUED, now, error);
}

enum answer
unsent_drop(struct store *store, const struct identity *reader, int64_t number, int64_t now,
    struct error *error)
{
	return decide(store, reader, number, MESSAGE_DROPPED, now, error);
}
