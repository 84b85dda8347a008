/* Queue keys, memberships, accounts, sessions, and the lock on them. */

#include "base/base.h"
#include "base/words.h"
#include "fixture.h"
#include "store/auth.h"
#include "store/store.h"

/* Every verb that writes keys, tried without unlocking. */
static void
try_each_writer(struct place *place, int expected)
{
	static const struct queue_key_row key = { .queue = KAA, .generation = 2 };
	static const struct membership_row member = { .account = BO, .queue = KAA, .generation = 1 };
	static const struct account_row account = { .number = 9, .user = "dag", .active = true };
	static const struct session_row session = { .account = ANNA };
	struct store *store = place->store;
	struct error *error = &place->error;
	struct account_row anna;
	const int got[] = {
		store_queue_key_add(store, &key, error),
		store_membership_put(store, &member, error),
		store_membership_remove(store, BO, KAA, error),
		store_account_add(store, &account, error),
		store_account_get(store, ANNA, &anna, error) == FOUND ?
		    store_account_change(store, &anna, error) : -2,
		store_account_remove(store, 9, error),
		store_session_add(store, &session, error),
		store_session_seen(store, session.identity, T0, error),
		store_session_remove(store, session.identity, error),
		store_session_remove_all(store, ANNA, error),
		store_session_forget(store, T0, error),
		store_meta_put(store, "word", "value", 5, error),
	};

	for (size_t i = 0; i < COUNT_OF(got); i++)
		if (got[i] != expected)
			fail_msg("writer %zu answered %d: %s", i, got[i], error->text);
}

static void
test_keys_are_written_only_unlocked(void **state)
{
	struct place *place = *state;
	struct case_row row = waiting_case(1, YOUTH, T0);

	add_service(place);
	try_each_writer(place, -1);
	assert_int_equal(place->error.kind, ERROR_INTERNAL);
	store_unlock_keys(place->store);
	try_each_writer(place, 0);
	ASSERT_DONE(place, store_case_add(place->store, &row, &place->error));
	store_lock_keys(place->store);
	try_each_writer(place, -1);	/* though each was prepared a moment ago */
	assert_int_equal(get_case(place, 1).number, 1);
}

static int
count_key(const struct queue_key_row *row, void *context)
{
	++*(int *)context;
	return row->generation > 2;
}

static void
test_newest_queue_key_is_found(void **state)
{
	struct place *place = *state;
	struct queue_key_row row = { .queue = YOUTH, .generation = 2, .created_at = T0 }, got;
	int keys = 0;

	memset(row.public, 3, sizeof(row.public));
	memset(row.recovery_sealed, 4, sizeof(row.recovery_sealed));
	add_service(place);
	assert_int_equal(store_queue_readers(place->store, YOUTH, &place->error), 2);
	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_queue_key_add(place->store, &row, &place->error));
	ASSERT_FAILS(place, ERROR_REFUSED,
	    store_queue_key_add(place->store, &row, &place->error));
	store_lock_keys(place->store);
	assert_int_equal(store_queue_key_get(place->store, YOUTH, &got, &place->error), FOUND);
	assert_string_equal(got.queue, YOUTH);
	assert_int_equal(got.generation, 2);
	assert_int_equal(got.created_at, T0);
	assert_memory_equal(got.public, row.public, sizeof(row.public));
	assert_memory_equal(got.recovery_sealed, row.recovery_sealed, sizeof(row.recovery_sealed));
	assert_int_equal(store_queue_key_get(place->store, "none", &got, &place->error), ABSENT);
	ASSERT_DONE(place, store_queue_key_each(place->store, count_key, &keys, &place->error));
	assert_int_equal(keys, 4);
	assert_int_equal(store_queue_readers(place->store, YOUTH, &place->error), 0);
}

static int
count_membership(const struct membership_row *row, void *context)
{
	assert_int_equal(row->account, ANNA);
	++*(int *)context;
	return 0;
}

static void
test_membership_is_replaced_and_removed(void **state)
{
	struct place *place = *state;
	struct membership_row row = { .account = ANNA, .queue = KAA, .generation = 1 }, got;
	int count = 0;

	memset(row.sealed, 5, sizeof(row.sealed));
	add_service(place);
	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_membership_put(place->store, &row, &place->error));
	row.queue[0] = 'x';
	ASSERT_FAILS(place, ERROR_REFUSED,
	    store_membership_put(place->store, &row, &place->error));
	row.queue[0] = 'k';
	assert_int_equal(store_membership_get(place->store, ANNA, KAA, 1, &got, &place->error),
	    FOUND);
	assert_int_equal(got.account, ANNA);
	assert_string_equal(got.queue, KAA);
	assert_int_equal(got.generation, 1);
	assert_memory_equal(got.sealed, row.sealed, sizeof(row.sealed));
	assert_int_equal(store_membership_get(place->store, BO, KAA, 1, &got, &place->error),
	    ABSENT);
	ASSERT_DONE(place, store_membership_remove(place->store, ANNA, YOUTH, &place->error));
	store_lock_keys(place->store);
	ASSERT_DONE(place,
	    store_membership_each(place->store, ANNA, count_membership, &count, &place->error));
	assert_int_equal(count, 1);
}

static void
test_readers_are_active(void **state)
{
	struct place *place = *state;
	struct account_row bo;

	add_service(place);
	assert_int_equal(store_account_get(place->store, BO, &bo, &place->error), FOUND);
	store_unlock_keys(place->store);
	bo.active = false;
	ASSERT_DONE(place, store_account_change(place->store, &bo, &place->error));
	assert_int_equal(store_queue_readers(place->store, YOUTH, &place->error), 1);
	bo.active = true;
	bo.role = ROLE_ADMINISTRATOR;
	ASSERT_DONE(place, store_account_change(place->store, &bo, &place->error));
	assert_int_equal(store_queue_readers(place->store, YOUTH, &place->error), 1);
	bo.role = ROLE_LEAD;
	ASSERT_DONE(place, store_account_change(place->store, &bo, &place->error));
	assert_int_equal(store_queue_readers(place->store, YOUTH, &place->error), 2);
	store_lock_keys(place->store);
}

static int
count_account(const struct account_row *row, void *context)
{
	static const char *const users[] = { "anna", "bo", "cecilia" };

	assert_string_equal(row->user, users[(*(int *)context)++]);
	return 0;
}

static void
test_account_is_read_as_it_was_written(void **state)
{
	struct place *place = *state;
	struct account_row row, got;
	int count = 0;

	add_service(place);
	assert_int_equal(store_account_by_user(place->store, "ANNA", &row, &place->error), FOUND);
	assert_int_equal(row.number, ANNA);
	assert_string_equal(row.name, "anna i Värmland");
	assert_int_equal(store_account_by_user(place->store, "ann", &got, &place->error), ABSENT);
	ASSERT_DONE(place, store_account_each(place->store, count_account, &count, &place->error));
	assert_int_equal(count, 3);
	row.role = ROLE_LEAD;
	memset(row.locked, 6, sizeof(row.locked));
	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_account_change(place->store, &row, &place->error));
	assert_int_equal(store_account_get(place->store, ANNA, &got, &place->error), FOUND);
	assert_int_equal(got.role, ROLE_LEAD);
	assert_memory_equal(got.locked, row.locked, sizeof(row.locked));
	row.number = 9;
	strcpy(row.user, "Anna");
	ASSERT_FAILS(place, ERROR_REFUSED, store_account_add(place->store, &row, &place->error));
	store_lock_keys(place->store);
}

static void
test_account_goes_with_its_keys(void **state)
{
	struct place *place = *state;
	struct session_row session = { .account = ANNA }, got;
	struct membership_row member;

	add_service(place);
	receive(place, 1, YOUTH, T0 + DAY);
	move_case(place, 1, STATE_CLAIMED, ANNA, T0);
	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_session_add(place->store, &session, &place->error));
	ASSERT_FAILS(place, ERROR_REFUSED, store_account_remove(place->store, ANNA, &place->error));
	move_case(place, 1, STATE_WAITING, 0, T0);
	ASSERT_DONE(place, store_account_remove(place->store, ANNA, &place->error));
	store_lock_keys(place->store);
	assert_int_equal(store_session_get(place->store, session.identity, &got, &place->error),
	    ABSENT);
	assert_int_equal(store_membership_get(place->store, ANNA, YOUTH, 1, &member,
	    &place->error), ABSENT);
}

static void
test_session_lasts_until_it_ends(void **state)
{
	struct place *place = *state;
	struct session_row row = { .created_at = T0, .seen_at = T0 }, got;

	add_service(place);
	store_unlock_keys(place->store);
	for (unsigned char i = 0; i < 3; i++) {
		row.identity[0] = i;
		row.account = i == 2 ? BO : ANNA;
		memset(row.box, i, sizeof(row.box));
		ASSERT_DONE(place, store_session_add(place->store, &row, &place->error));
	}
	assert_int_equal(store_session_get(place->store, row.identity, &got, &place->error), FOUND);
	assert_int_equal(got.account, BO);
	assert_int_equal(got.created_at, T0);
	assert_memory_equal(got.identity, row.identity, sizeof(row.identity));
	assert_memory_equal(got.box, row.box, sizeof(row.box));
	ASSERT_DONE(place,
	    store_session_seen(place->store, row.identity, T0 + 100, &place->error));
	ASSERT_DONE(place, store_session_remove_all(place->store, ANNA, &place->error));
	row.identity[0] = 0;
	assert_int_equal(store_session_get(place->store, row.identity, &got, &place->error), ABSENT);
	ASSERT_DONE(place, store_session_seen(place->store, row.identity, T0, &place->error));
	row.identity[0] = 2;
	ASSERT_DONE(place, store_session_forget(place->store, T0 + 100, &place->error));
	assert_int_equal(store_session_get(place->store, row.identity, &got, &place->error), FOUND);
	assert_int_equal(got.seen_at, T0 + 100);
	ASSERT_DONE(place, store_session_remove(place->store, row.identity, &place->error));
	assert_int_equal(store_session_get(place->store, row.identity, &got, &place->error), ABSENT);
	store_lock_keys(place->store);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_keys_are_written_only_unlocked),
		BOTH(test_newest_queue_key_is_found),
		BOTH(test_membership_is_replaced_and_removed),
		BOTH(test_readers_are_active),
		BOTH(test_account_is_read_as_it_was_written),
		BOTH(test_account_goes_with_its_keys),
		BOTH(test_session_lasts_until_it_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
