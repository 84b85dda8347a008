#include "flow/messages.h"

/* Only what has failed or is unknown is a lead's to decide. */
static enum answer
decide(struct store *store, int64_t number, enum message_state to, int64_t now,
    struct error *error)
{
	struct message_row row;
	enum answer answer = store_message_get(store, number, &row, error);
	enum message_state from;

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
unsent_resend(struct store *store, int64_t number, int64_t now, struct error *error)
{
	return decide(store, number, MESSAGE_QUEUED, now, error);
}

enum answer
unsent_drop(struct store *store, int64_t number, int64_t now, struct error *error)
{
	return decide(store, number, MESSAGE_DROPPED, now, error);
}
