#include "flow/case.h"
#include "flow/trace.h"

struct looking {
	enum act act;
	int64_t account;
	int32_t today;
	bool left;
};

static int
look_at(const struct event_row *event, void *argument)
{
	struct looking *looking = argument;

	looking->left = event->act == looking->act && event->account == looking->account &&
	    day_of(event->at) == looking->today;
	return looking->left;
}

enum answer
trace_leave(struct store *store, const struct config *config, const struct identity *reader,
    enum act act, int64_t now, struct case_row *row, struct error *error)
{
	struct looking looking = {
		.act = act, .account = reader->account, .today = day_of(now)
	};
	struct case_act looked = { .act = act, .account = reader->account, .now = now };
	enum lifecycle_verdict verdict;
	enum answer answer = case_read(store, row->number, reader, now, row, &looked.actor,
	    error);

	if (answer != FOUND)
		return answer;
	if (!lifecycle_offers(row->state, act, looked.actor))
		return ABSENT;
	if (store_event_each(store, row->number, look_at, &looking, error) == -1 ||
	    (!looking.left && case_do(store, config, row, &looked, &verdict, error) == -1))
		return FAILED;
	return looking.left || verdict == LIFECYCLE_OK ? FOUND : ABSENT;
}
