#include <limits.h>

#include "flow/reach.h"

struct reaching {
	struct keyring *ring;
	reached_fn give;
	void *context;
	int most, reached, damaged;
	bool stopped, left;
	int result;
	struct error *error;
};

static int
open_one(const struct case_row *row, void *argument)
{
	struct reaching *reaching = argument;
	struct form form;

	if (reaching->reached == reaching->most) {
		reaching->left = true;
		return 1;
	}
	switch (keyring_submission(reaching->ring, row->number, &form, reaching->error)) {
	case FOUND:
		reaching->stopped = reaching->give(row, &form, reaching->context) != 0;
		form_wipe(&form);
		break;
	case FAILED:
		if (reaching->error->kind != ERROR_DAMAGED) {
			reaching->result = -1;
			return 1;
		}
		/* One that nobody can read hides none of the others. */
		log_line(LOG_LINE_ERROR, "search: %s", reaching->error->text);
		reaching->damaged++;
		break;
	case ABSENT:
		/* Its key is on the way: the queue's was changed just now. */
		break;
	}
	reaching->reached++;
	return reaching->stopped;
}

int
reach_each(struct keyring *ring, reached_fn give, void *context, struct search_extent *extent,
    struct error *error)
{
	struct reaching reaching = {
		.ring = ring, .give = give, .context = context, .most = INT_MAX, .error = error
	};
	const int64_t account = ring->reader->account;

	if (store_reach_open(ring->store, account, open_one, &reaching, error) == -1 ||
	    reaching.result == -1)
		return -1;
	extent->open = reaching.reached;
	if (reaching.stopped)
		return 0;
	reaching.most = extent->open < REACH_MOST ? REACH_MOST - extent->open : 0;
	reaching.reached = 0;
	/* One more than is looked at, to know whether there is. */
	if (store_reach_closed(ring->store, account, reaching.most + 1, open_one, &reaching,
	    error) == -1 || reaching.result == -1)
		return -1;
	extent->closed = reaching.reached;
	extent->damaged = reaching.damaged;
	extent->all_closed = !reaching.left;
	return 0;
}
