#include "flow/case.h"
#include "flow/flow.h"
#include "flow/undo.h"

enum answer
undo_offered(struct store *store, const struct config *config, const struct identity *reader,
    int64_t number, int64_t now, struct undoable *undoable, struct error *error)
{
	struct case_act act = { .act = ACT_UNDO, .account = reader->account, .now = now };
	const struct config_queue *queue;
	struct case_row row, undone;
	enum answer answer = case_read(store, number, reader, now, &row, &act.actor, error);

	if (answer != FOUND || !lifecycle_offers(row.state, ACT_UNDO, act.actor))
		return answer == FAILED ? FAILED : ABSENT;
	if (case_last(store, number, reader->account, &act.back, error) == -1)
		return FAILED;
	queue = config_queue(config, row.queue);
	undone = row;
	if (queue == NULL || case_judge(&undone, &act, config, queue) != LIFECYCLE_OK)
		return ABSENT;
	*undoable = (struct undoable){
		.act = act.back.last.act,
		.at = act.back.last.at,
		.due_at = row.due_at,
		.retry = duetime_retry_why(queue, row.when, act.back.last.at)
	};
	return FOUND;
}
