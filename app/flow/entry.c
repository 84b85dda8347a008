#include "flow/case.h"
#include "flow/entry.h"

/* Whether it may be stored, for this queue. */
static int
weigh(struct store *store, const struct identity *reader, const char *queue, bool take,
    enum entry_verdict *verdict, struct error *error)
{
	int readers = store_queue_readers(store, queue, error);
	enum answer member = FOUND;

	if (readers > 0 && take)
		member = store_is_member(store, reader->account, queue, error);
	if (readers == -1 || member == FAILED)
		return -1;
	*verdict = readers == 0 ? ENTRY_UNREAD : member == ABSENT ? ENTRY_STRANGE : ENTRY_STORED;
	return 0;
}

/* Of one that came twice somebody may have it already. */
static int
claim(struct store *store, const struct config *config, const struct identity *reader,
    int64_t number, int64_t now, enum entry_verdict *verdict, struct error *error)
{
	struct case_act act = { .act = ACT_CLAIM, .account = reader->account, .now = now };
	enum lifecycle_verdict judged;
	struct case_row row;
	enum answer answer = case_read(store, number, reader, now, &row, &act.actor, error);

	if (answer == FAILED)
		return -1;
	if (answer == FOUND && row.holder != reader->account &&
	    case_do(store, config, &row, &act, &judged, error) == -1)
		return -1;
	if (answer == FOUND && row.holder == reader->account)
		*verdict = ENTRY_TAKEN;
	return 0;
}

int
entry_make(struct store *store, const struct config *config, const struct queue_locks *locks,
    const struct identity *reader, const struct submission *submission, bool take, int64_t now,
    enum entry_verdict *verdict, int64_t *number, struct error *error)
{
	struct intake intake;
	int result = intake_prepare(&intake, config, locks, submission, NULL, now, error);

	intake.account = reader->account;
	if (result == -1 || (result = store_begin(store, error)) == -1)
		goto done;
	result = weigh(store, reader, intake.queue->id, take, verdict, error);
	if (result == 0 && *verdict == ENTRY_STORED)
		result = intake_store(store, &intake, error);
	*number = intake.row.number;
	if (result == 0 && *verdict == ENTRY_STORED && take)
		result = claim(store, config, reader, *number, now, verdict, error);
	if (result == 0)
		result = store_commit(store, error);
	else
		store_rollback(store);
done:
	intake_free(&intake);
	return result;
}
