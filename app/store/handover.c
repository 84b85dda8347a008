/* Offers, decline reasons, queues that take part, conflicts of interest. */
#include "base/base.h"
#include "base/words.h"
#include "store/handover.h"
#include "store/sqlite.h"
#include "store/store.h"

int
store_offer_add(struct store *store, const struct offer_row *row, struct error *error)
{
	struct query query = query_start(store, OFFER_ADD, error);

	put_number(&query, row->case_number);
	put_text(&query, row->queue);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_number(&query, row->lapses_at);
	put_number(&query, row->stays);
	put_number(&query, row->generation);
	put_bytes(&query, row->sealed, sizeof(row->sealed));
	put_number_or_null(&query, row->agreed_day);
	put_number_or_null(&query, row->record);
	/* Without a note the other columns stay NULL. */
	if (row->note_number != 0) {
		put_number(&query, row->note_number);
		put_bytes(&query, row->note_sealed, sizeof(row->note_sealed));
		put_bytes(&query, row->note, row->note_size);
	}
	return query_run(&query);
}

enum answer
store_offer_get(struct store *store, int64_t case_number, struct offer_row *row,
    struct buffer *note, struct error *error)
{
	struct query query = query_start(store, OFFER_GET, error);
	bool found;

	*row = (struct offer_row){ 0 };
	put_number(&query, case_number);
	found = query_next(&query);
	if (found) {
		row->case_number = take_number(&query);
		take_text(&query, row->queue, sizeof(row->queue));
		row->account = take_number(&query);
		row->at = take_number(&query);
		row->lapses_at = take_number(&query);
		row->stays = take_number(&query) != 0;
		row->generation = take_small(&query);
		take_exactly(&query, row->sealed, sizeof(row->sealed));
		row->agreed_day = take_small(&query);
		row->record = take_number(&query);
		row->note_number = take_number(&query);
	}
	if (found && row->note_number != 0) {
		take_exactly(&query, row->note_sealed, sizeof(row->note_sealed));
		row->note = take_bytes(&query, &row->note_size);
		if (note != NULL)
			buffer_add(note, row->note, row->note_size);
		row->note = NULL;
	}
	return query_answer(&query, found);
}

int
store_offer_end(struct store *store, const struct offer_ended_row *row, struct error *error)
{
	struct query query = query_start(store, OFFER_REMOVE, error);

	put_number(&query, row->case_number);
	if (query_change(&query) == -1)
		return -1;
	query = query_start(store, OFFER_ENDED_ADD, error);
	put_number(&query, row->case_number);
	put_text(&query, row->from_queue);
	put_text(&query, row->queue);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_number(&query, row->ended_by);
	put_number(&query, row->ended_at);
	put_word(&query, &words_act, (int)row->how);
	return query_run(&query);
}

static void
ended_take(struct query *query, struct offer_ended_row *row)
{
	row->case_number = take_number(query);
	take_text(query, row->from_queue, sizeof(row->from_queue));
	take_text(query, row->queue, sizeof(row->queue));
	row->account = take_number(query);
	row->at = take_number(query);
	row->ended_by = take_number(query);
	row->ended_at = take_number(query);
	row->how = (enum act)take_word(query, &words_act);
}

int
store_offer_each_unanswered(struct store *store, int64_t account, int64_t since_at,
    offer_ended_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, OFFER_EACH_UNANSWERED, error);
	struct offer_ended_row row;

	put_number(&query, account);
	put_number(&query, since_at);
	QUERY_EACH(&query, ended_take, &row, give, context)
	return query_end(&query);
}

int
store_offer_each_ended(struct store *store, int64_t case_number, offer_ended_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, OFFER_EACH_ENDED, error);
	struct offer_ended_row row;

	put_number(&query, case_number);
	QUERY_EACH(&query, ended_take, &row, give, context)
	return query_end(&query);
}

static enum answer
ended_get(struct store *store, enum statement name, int64_t case_number, int64_t account,
    struct offer_ended_row *row, struct error *error)
{
	struct query query = query_start(store, name, error);
	bool found;

	put_number(&query, case_number);
	put_number(&query, account);
	found = query_next(&query);
	if (found)
		ended_take(&query, row);
	return query_answer(&query, found);
}

enum answer
store_offer_last(struct store *store, int64_t case_number, int64_t account,
    struct offer_ended_row *row, struct error *error)
{
	return ended_get(store, OFFER_LAST, case_number, account, row, error);
}

enum answer
store_offer_declined(struct store *store, int64_t case_number, int64_t account,
    struct offer_ended_row *row, struct error *error)
{
	return ended_get(store, OFFER_DECLINED, case_number, account, row, error);
}

static int
each(struct store *store, enum statement name, int64_t account, offer_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, name, error);
	struct offer_row offer = { 0 };
	struct case_row row;

	put_number(&query, account);
	while (query_next(&query)) {
		case_take(&query, &row);
		take_text(&query, offer.queue, sizeof(offer.queue));
		offer.case_number = row.number;
		offer.account = take_number(&query);
		offer.at = take_number(&query);
		offer.lapses_at = take_number(&query);
		offer.stays = take_number(&query) != 0;
		if (query.failed || give(&row, &offer, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_offer_each(struct store *store, int64_t account, offer_fn give, void *context,
    struct error *error)
{
	return each(store, OFFER_EACH, account, give, context, error);
}

int
store_offer_each_sent(struct store *store, int64_t account, offer_fn give, void *context,
    struct error *error)
{
	return each(store, OFFER_EACH_SENT, account, give, context, error);
}

int
store_offer_each_lapsed(struct store *store, int64_t now, number_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, OFFER_EACH_LAPSED, error);

	put_number(&query, now);
	return query_numbers(&query, give, context);
}

int
store_offer_readers(struct store *store, int64_t case_number, const char *queue,
    struct error *error)
{
	struct query query = query_start(store, OFFER_READERS, error);
	int readers = 0;

	put_number(&query, case_number);
	put_text(&query, queue);
	if (query_next(&query))
		readers = take_small(&query);
	return query_end(&query) == 0 ? readers : -1;
}

int
store_decline_reason_add(struct store *store, const struct decline_reason_row *row, struct error *error)
{
	struct query query = query_start(store, DECLINE_REASON_ADD, error);

	put_number(&query, row->number);
	put_number(&query, row->case_number);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_text(&query, row->queue);
	put_number(&query, row->generation);
	put_bytes(&query, row->sealed, sizeof(row->sealed));
	put_bytes(&query, row->box, row->box_size);
	return query_run(&query);
}

int
store_decline_reason_each(struct store *store, int64_t case_number, decline_reason_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, DECLINE_REASON_EACH, error);
	struct decline_reason_row row;

	put_number(&query, case_number);
	while (query_next(&query)) {
		row.number = take_number(&query);
		row.case_number = take_number(&query);
		row.account = take_number(&query);
		row.at = take_number(&query);
		take_text(&query, row.queue, sizeof(row.queue));
		row.generation = take_small(&query);
		take_exactly(&query, row.sealed, sizeof(row.sealed));
		row.box = take_bytes(&query, &row.box_size);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_decline_reason_remove(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, DECLINE_REASON_REMOVE, error);

	put_number(&query, number);
	return query_change(&query);
}

int
store_case_key_remove(struct store *store, int64_t case_number, const char *queue,
    struct error *error)
{
	struct query query = query_start(store, CASE_KEYS_REMOVE, error);

	put_number(&query, case_number);
	put_text(&query, queue);
	return query_run(&query);
}

int
store_share_add(struct store *store, const struct share_row *row, struct error *error)
{
	struct query query = query_start(store, SHARE_ADD, error);

	put_number(&query, row->number);
	put_number(&query, row->case_number);
	put_text(&query, row->queue);
	put_number(&query, row->account);
	put_number(&query, row->at);
	put_number(&query, row->agreed_day);
	put_number(&query, row->record);
	put_number_or_null(&query, row->withdrawn_at);
	put_number_or_null(&query, row->withdrawn_by);
	return query_run(&query);
}

static void
share_take(struct query *query, struct share_row *row)
{
	row->number = take_number(query);
	row->case_number = take_number(query);
	take_text(query, row->queue, sizeof(row->queue));
	row->account = take_number(query);
	row->at = take_number(query);
	row->agreed_day = take_small(query);
	row->record = take_number(query);
	row->withdrawn_at = take_number(query);
	row->withdrawn_by = take_number(query);
}

int
store_share_each(struct store *store, int64_t case_number, share_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, SHARE_EACH, error);
	struct share_row row;

	put_number(&query, case_number);
	QUERY_EACH(&query, share_take, &row, give, context)
	return query_end(&query);
}

enum answer
store_share_get(struct store *store, int64_t case_number, const char *queue,
    struct share_row *row, struct error *error)
{
	struct query query = query_start(store, SHARE_GET, error);
	bool found;

	put_number(&query, case_number);
	put_text(&query, queue);
	found = query_next(&query);
	if (found)
		share_take(&query, row);
	return query_answer(&query, found);
}

/* A trigger removes the keys, so that a share cannot end and leave them. */
int
store_share_end(struct store *store, int64_t number, int64_t by, int64_t at,
    struct error *error)
{
	struct query query = query_start(store, SHARE_END, error);

	put_number(&query, number);
	put_number(&query, at);
	put_number(&query, by);
	return query_change(&query);
}

enum answer
store_is_member(struct store *store, int64_t account, const char *queue,
    struct error *error)
{
	struct query query = query_start(store, IS_MEMBER, error);

	put_number(&query, account);
	put_text(&query, queue);
	return query_answer(&query, query_next(&query));
}

int
store_conflict_add(struct store *store, int64_t case_number, int64_t account,
    struct error *error)
{
	struct query query = query_start(store, CONFLICT_ADD, error);

	put_number(&query, case_number);
	put_number(&query, account);
	return query_run(&query);
}

int
store_conflict_remove(struct store *store, int64_t case_number, int64_t account,
    struct error *error)
{
	struct query query = query_start(store, CONFLICT_REMOVE, error);

	put_number(&query, case_number);
	put_number(&query, account);
	return query_run(&query);
}

enum answer
store_conflict_latest(struct store *store, int64_t account, int64_t since_at,
    int64_t *case_number, struct error *error)
{
	struct query query = query_start(store, CONFLICT_LATEST, error);
	bool found;

	put_number(&query, account);
	put_number(&query, since_at);
	found = query_next(&query);
	if (found)
		*case_number = take_number(&query);
	return query_answer(&query, found);
}

int
store_conflict_lift(struct store *store, int64_t case_number, struct error *error)
{
	struct query query = query_start(store, CONFLICT_LIFT, error);

	put_number(&query, case_number);
	return query_run(&query);
}

int
store_case_readers(struct store *store, int64_t case_number, int64_t except,
    struct error *error)
{
	struct query query = query_start(store, CASE_READERS, error);
	int readers = 0;

	put_number(&query, case_number);
	put_number(&query, except);
	if (query_next(&query))
		readers = take_small(&query);
	return query_end(&query) == 0 ? readers : -1;
}

int
store_case_each_shunned(struct store *store, number_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, CASE_EACH_SHUNNED, error);

	return query_numbers(&query, give, context);
}
