#include <string.h>

#include "flow/passing.h"

enum answer
passing_begin(struct passing *passing, int64_t number)
{
	enum answer answer;

	memset(passing->answer, 0, sizeof(*passing->answer));
	passing->actor = 0;
	if (store_begin(passing->ring.store, passing->error) == -1)
		return FAILED;
	answer = case_read(passing->ring.store, number, passing->ring.reader,
	    passing->now, &passing->row, &passing->actor, passing->error);
	passing->answer->near = answer == FOUND;
	passing->answer->mine = (passing->actor & ACTOR_HOLDER) != 0;
	return answer;
}

enum answer
passing_end(struct passing *passing, enum answer found)
{
	struct store *store = passing->ring.store;

	if (found == FOUND && passing->answer->verdict == HANDOVER_DONE) {
		enum answer near = case_read(store, passing->row.number, passing->ring.reader,
		    passing->now, &passing->row, &passing->actor, passing->error);

		passing->answer->near = near == FOUND;
		passing->answer->mine = near == FOUND && (passing->actor & ACTOR_HOLDER) != 0;
		if (near == FAILED)
			found = FAILED;
	}
	if (found != FOUND || passing->answer->verdict != HANDOVER_DONE)
		store_rollback(store);
	else if (store_commit(store, passing->error) == -1)
		found = FAILED;
	keyring_free(&passing->ring);
	return found;
}

enum answer
passing_refuse(struct passing *passing, enum handover_verdict verdict, int64_t who)
{
	passing->answer->verdict = verdict;
	return account_name(passing->ring.store, who, passing->answer->who,
	    passing->error) == 0 ? FOUND : FAILED;
}

enum answer
passing_do(struct passing *passing, enum act act, const char *queue)
{
	const struct identity *reader = passing->ring.reader;
	const struct case_act doing = {
		.act = act, .account = reader->account, .actor = passing->actor,
		.queue = queue, .now = passing->now
	};
	enum lifecycle_verdict verdict;

	if (case_do(passing->ring.store, passing->config, &passing->row, &doing, &verdict,
	    passing->error) == -1)
		return FAILED;
	if (verdict != LIFECYCLE_OK)
		return passing_refuse(passing, HANDOVER_CHANGED, passing->row.holder);
	passing->answer->verdict = HANDOVER_DONE;
	return FOUND;
}

int
passing_seal(struct passing *passing, const struct queue_key_row *newest,
    unsigned char sealed[STORE_SEALED])
{
	if (key_seal(sealed, passing->ring.data_key, newest->public) == 0)
		return 0;
	return error_set(passing->error, ERROR_INTERNAL, "queue %s: its key is no key",
	    newest->queue);
}

enum answer
passing_queue(struct passing *passing, const char *queue, struct queue_key_row *newest)
{
	struct store *store = passing->ring.store;
	enum answer answer;
	int readers;

	if (queue == NULL || config_queue(passing->config, queue) == NULL ||
	    strcmp(queue, passing->row.queue) == 0)
		return passing_refuse(passing, HANDOVER_QUEUE, 0);
	readers = store_offer_readers(store, passing->row.number, queue, passing->error);
	if (readers == -1)
		return FAILED;
	answer = store_queue_key_get(store, queue, newest, passing->error);
	if (answer == FAILED)
		return FAILED;
	return answer == ABSENT || readers == 0 ?
	    passing_refuse(passing, HANDOVER_QUEUE, 0) : FOUND;
}

enum handover_verdict
passing_text(const char *written, bool required, struct buffer *text)
{
	return note_read(written, required, text, NULL) == 0 ? HANDOVER_DONE : HANDOVER_TEXT;
}

int
passing_alert(struct passing *passing, const char *queue, enum alert_kind kind)
{
	return store_alert_add(passing->ring.store, queue, passing->row.number, (int)kind,
	    passing->now, passing->error);
}

enum handover_verdict
passing_yes(const struct yes *yes, int64_t now, struct buffer *what)
{
	if (passing_text(yes->what, true, what) != HANDOVER_DONE)
		return HANDOVER_TEXT;
	return yes->day > 0 && yes->day <= day_of(now) ? HANDOVER_DONE : HANDOVER_DAY;
}
