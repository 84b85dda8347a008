/* Accounts, invitations, absences. */
#include "base/base.h"
#include "base/words.h"
#include "store/auth.h"
#include "store/people.h"
#include "store/sqlite.h"
#include "store/store.h"

int
store_account_add(struct store *store, const struct account_row *row, struct error *error)
{
	struct query query = query_start(store, ACCOUNT_ADD, error);

	put_number(&query, row->number);
	put_text(&query, row->user);
	put_text(&query, row->name);
	put_word(&query, &words_role, (int)row->role);
	put_number(&query, row->active);
	put_number(&query, row->demonstration);
	put_bytes(&query, row->public, sizeof(row->public));
	put_bytes(&query, row->locked, sizeof(row->locked));
	put_number(&query, row->created_at);
	return query_run(&query);
}

void
account_take(struct query *query, struct account_row *row)
{
	row->number = take_number(query);
	take_text(query, row->user, sizeof(row->user));
	take_text(query, row->name, sizeof(row->name));
	row->role = (enum role)take_word(query, &words_role);
	row->active = take_number(query) != 0;
	row->demonstration = take_number(query) != 0;
	take_exactly(query, row->public, sizeof(row->public));
	take_exactly(query, row->locked, sizeof(row->locked));
	row->created_at = take_number(query);
}

static enum answer
account_answer(struct query *query, struct account_row *row)
{
	bool found = query_next(query);

	if (found)
		account_take(query, row);
	return query_answer(query, found);
}

enum answer
store_account_get(struct store *store, int64_t number, struct account_row *row,
    struct error *error)
{
	struct query query = query_start(store, ACCOUNT_GET, error);

	put_number(&query, number);
	return account_answer(&query, row);
}

enum answer
store_account_by_user(struct store *store, const char *user, struct account_row *row,
    struct error *error)
{
	struct query query = query_start(store, ACCOUNT_BY_USER, error);

	put_text(&query, user);
	return account_answer(&query, row);
}

int
store_account_each(struct store *store, account_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, ACCOUNT_EACH, error);
	struct account_row row;

	QUERY_EACH(&query, account_take, &row, give, context)
	return query_end(&query);
}

int
store_account_change(struct store *store, const struct account_row *row, struct error *error)
{
	struct query query = query_start(store, ACCOUNT_CHANGE, error);

	put_number(&query, row->number);
	put_text(&query, row->user);
	put_text(&query, row->name);
	put_word(&query, &words_role, (int)row->role);
	put_number(&query, row->active);
	put_bytes(&query, row->public, sizeof(row->public));
	put_bytes(&query, row->locked, sizeof(row->locked));
	return query_change(&query);
}

/* Foreign keys delete the memberships and sessions of the account. */
int
store_account_remove(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, ACCOUNT_REMOVE, error);

	put_number(&query, number);
	return query_change(&query);
}

int
store_invitation_add(struct store *store, const struct invitation_row *row, struct error *error)
{
	struct query query = query_start(store, INVITATION_ADD, error);

	put_number(&query, row->number);
	put_bytes(&query, row->identity, sizeof(row->identity));
	put_bytes(&query, row->public, sizeof(row->public));
	put_number_or_null(&query, row->account);
	put_word(&query, &words_role, (int)row->role);
	put_number(&query, row->inviter);
	put_number(&query, row->created_at);
	put_number(&query, row->expires_at);
	return query_run(&query);
}

static void
invitation_take(struct query *query, struct invitation_row *row)
{
	row->number = take_number(query);
	take_exactly(query, row->identity, sizeof(row->identity));
	take_exactly(query, row->public, sizeof(row->public));
	row->account = take_number(query);
	row->role = (enum role)take_word(query, &words_role);
	row->inviter = take_number(query);
	row->created_at = take_number(query);
	row->expires_at = take_number(query);
}

static enum answer
invitation_answer(struct query *query, struct invitation_row *row)
{
	bool found = query_next(query);

	if (found)
		invitation_take(query, row);
	return query_answer(query, found);
}

enum answer
store_invitation_get(struct store *store, int64_t number, struct invitation_row *row,
    struct error *error)
{
	struct query query = query_start(store, INVITATION_GET, error);

	put_number(&query, number);
	return invitation_answer(&query, row);
}

enum answer
store_invitation_by_identity(struct store *store, const unsigned char identity[STORE_KEY],
    struct invitation_row *row, struct error *error)
{
	struct query query = query_start(store, INVITATION_BY_IDENTITY, error);

	put_bytes(&query, identity, STORE_KEY);
	return invitation_answer(&query, row);
}

static int
give_each(struct query *query, invitation_fn give, void *context)
{
	struct invitation_row row;

	while (query_next(query)) {
		invitation_take(query, &row);
		if (query->failed || give(&row, context) != 0)
			break;
	}
	return query_end(query);
}

int
store_invitation_each(struct store *store, invitation_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, INVITATION_EACH, error);

	return give_each(&query, give, context);
}

int
store_invitation_each_of(struct store *store, const char *queue, invitation_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, INVITATION_EACH_OF, error);

	put_text(&query, queue);
	return give_each(&query, give, context);
}

int
store_invitation_remove(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, INVITATION_REMOVE, error);

	put_number(&query, number);
	return query_change(&query);
}

int
store_invitation_remove_of(struct store *store, int64_t account, const char *queue,
    struct error *error)
{
	struct query query = query_start(store, INVITATION_REMOVE_OF, error);

	put_number(&query, account);
	put_text_or_null(&query, queue == NULL ? "" : queue);
	return query_run(&query);
}

int
store_invitation_forget(struct store *store, int64_t before_at, struct error *error)
{
	struct query query = query_start(store, INVITATION_FORGET, error);

	put_number(&query, before_at);
	return query_run(&query);
}

int
store_invitation_key_add(struct store *store, const struct invitation_key_row *row,
    struct error *error)
{
	struct query query = query_start(store, INVITATION_KEY_ADD, error);

	put_number(&query, row->invitation);
	put_text(&query, row->queue);
	put_number(&query, row->generation);
	put_bytes(&query, row->sealed, sizeof(row->sealed));
	return query_run(&query);
}

int
store_invitation_key_each(struct store *store, int64_t invitation, invitation_key_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, INVITATION_KEY_EACH, error);
	struct invitation_key_row row;

	put_number(&query, invitation);
	while (query_next(&query)) {
		row.invitation = take_number(&query);
		take_text(&query, row.queue, sizeof(row.queue));
		row.generation = take_small(&query);
		take_exactly(&query, row.sealed, sizeof(row.sealed));
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_absence_put(struct store *store, const struct absence_row *row, struct error *error)
{
	struct query query = query_start(store, ABSENCE_PUT, error);

	put_number(&query, row->account);
	put_number_or_null(&query, row->deputy);
	put_number(&query, row->from_day);
	put_number_or_null(&query, row->to_day);
	return query_run(&query);
}

static void
absence_take(struct query *query, struct absence_row *row)
{
	row->account = take_number(query);
	row->deputy = take_number(query);
	row->from_day = take_small(query);
	row->to_day = take_small(query);
}

enum answer
store_absence_get(struct store *store, int64_t account, struct absence_row *row,
    struct error *error)
{
	struct query query = query_start(store, ABSENCE_GET, error);
	bool found;

	put_number(&query, account);
	found = query_next(&query);
	if (found)
		absence_take(&query, row);
	return query_answer(&query, found);
}

int
store_absence_each(struct store *store, absence_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, ABSENCE_EACH, error);
	struct absence_row row;

	QUERY_EACH(&query, absence_take, &row, give, context)
	return query_end(&query);
}

static int
run_with(struct store *store, enum statement name, int64_t parameter, struct error *error)
{
	struct query query = query_start(store, name, error);

	put_number(&query, parameter);
	return query_run(&query);
}

int
store_absence_remove(struct store *store, int64_t account, struct error *error)
{
	return run_with(store, ABSENCE_REMOVE, account, error);
}

int
store_absence_leave(struct store *store, int64_t deputy, struct error *error)
{
	return run_with(store, ABSENCE_LEAVE, deputy, error);
}

int
store_absence_forget(struct store *store, int32_t before_day, struct error *error)
{
	return run_with(store, ABSENCE_FORGET, before_day, error);
}

enum answer
store_absence_deputy(struct store *store, int64_t account, const char *queue, int32_t day,
    int64_t *deputy, struct error *error)
{
	struct query query = query_start(store, ABSENCE_DEPUTY, error);
	bool found;

	put_number(&query, account);
	put_text(&query, queue);
	put_number(&query, day);
	found = query_next(&query);
	if (found)
		*deputy = take_number(&query);
	return query_answer(&query, found);
}

int
store_absence_load(struct store *store, int64_t account, int64_t now, struct absence_load *load,
    struct error *error)
{
	struct query query = query_start(store, ABSENCE_LOAD, error);

	*load = (struct absence_load){ 0 };
	put_number(&query, account);
	put_number(&query, day_of(now));
	put_number(&query, now);
	if (query_next(&query)) {
		load->held = take_number(&query);
		load->unattended = take_number(&query);
		load->overdue = take_number(&query);
	}
	return query_end(&query);
}

int
store_absence_standing(struct store *store, int64_t deputy, int32_t day, standing_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, ABSENCE_STANDING, error);
	char name[STORE_NAME];

	put_number(&query, deputy);
	put_number(&query, day);
	while (query_next(&query)) {
		take_text(&query, name, sizeof(name));
		if (give(name, take_number(&query), context) != 0)
			break;
	}
	return query_end(&query);
}
