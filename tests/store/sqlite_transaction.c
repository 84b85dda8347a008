/* All or nothing, several at once, and a copy of what is there. */

#include <sys/stat.h>

#include "base/base.h"
#include "fixture.h"
#include "store/auth.h"
#include "store/store.h"

static int
count_case(const struct case_row *row, void *context)
{
	(void)row;
	++*(int *)context;
	return 0;
}

static int
stop(const struct case_row *row, void *context)
{
	(void)row;
	(void)context;
	return 1;
}

static int
count_cases(struct store *store)
{
	const struct case_filter filter = { .account = ANNA, .limit = 1000 };
	struct error error;
	int count = 0;

	if (store_queue_page(store, &filter, count_case, &count, &error) == -1)
		fail_msg("%s", error.text);
	return count;
}

static struct store *
open_again(struct place *place, enum store_mode mode)
{
	struct store *store = store_open(place->path, mode, &place->error);

	if (store == NULL)
		fail_msg("%s", place->error.text);
	return store;
}

static void
test_rollback_undoes_and_commit_keeps(void **state)
{
	struct place *place = *state;

	add_service(place);
	ASSERT_DONE(place, store_begin(place->store, &place->error));
	receive(place, 1, YOUTH, T0);
	store_rollback(place->store);
	store_rollback(place->store);
	assert_int_equal(count_cases(place->store), 0);
	ASSERT_DONE(place, store_begin(place->store, &place->error));
	receive(place, 1, YOUTH, T0);
	ASSERT_DONE(place, store_commit(place->store, &place->error));
	assert_int_equal(count_cases(place->store), 1);
	assert_int_equal(store_commit(place->store, &place->error), -1);
}

static void
test_part_fails_alone(void **state)
{
	struct place *place = *state;

	add_service(place);
	ASSERT_FAILS(place, ERROR_UNAVAILABLE, store_part_begin(place->store, &place->error));
	ASSERT_DONE(place, store_begin(place->store, &place->error));
	for (int64_t i = 1; i <= 4; i++) {
		ASSERT_DONE(place, store_part_begin(place->store, &place->error));
		receive(place, i, YOUTH, T0 + i);
		store_part_end(place->store, i % 2 == 0);
	}
	ASSERT_DONE(place, store_commit(place->store, &place->error));
	assert_int_equal(count_cases(place->store), 2);
	assert_int_equal(get_case(place, 2).number, 2);
}

static void
test_one_connection_writes_while_others_read(void **state)
{
	struct place *place = *state;
	struct store *other;

	add_service(place);
	receive(place, 1, YOUTH, T0);
	other = open_again(place, STORE_OPEN);
	store_patience(other, 0);
	ASSERT_DONE(place, store_begin(place->store, &place->error));
	receive(place, 2, YOUTH, T0);
	ASSERT_FAILS(place, ERROR_UNAVAILABLE, store_begin(other, &place->error));
	assert_int_equal(count_cases(other), 1);
	ASSERT_DONE(place, store_begin_read(other, &place->error));
	assert_int_equal(count_cases(other), 1);
	ASSERT_DONE(place, store_commit(place->store, &place->error));
	assert_int_equal(count_cases(other), 1);
	ASSERT_DONE(place, store_commit(other, &place->error));
	assert_int_equal(count_cases(other), 2);
	store_close(other);
}

/* Settling needs that nobody is in the middle of reading. */
static void
test_no_read_is_left_open(void **state)
{
	struct place *place = *state;
	const struct case_filter filter = { .account = ANNA, .limit = 50 };
	struct store *other;
	struct case_row row;
	struct stat log;
	char path[96];

	add_service(place);
	receive(place, 1, YOUTH, T0);
	receive(place, 2, YOUTH, T0);
	ASSERT_DONE(place, store_queue_page(place->store, &filter, stop, NULL, &place->error));
	assert_int_equal(store_case_get(place->store, 1, &row, &place->error), FOUND);
	assert_int_equal(store_case_get(place->store, 3, &row, &place->error), ABSENT);
	other = open_again(place, STORE_OPEN);
	store_patience(other, 0);
	receive(place, 3, YOUTH, T0);
	ASSERT_DONE(place, store_settle(other, &place->error));
	(void)snprintf(path, sizeof(path), "%s-wal", place->path);
	assert_int_equal(stat(path, &log), 0);
	assert_int_equal(log.st_size, 0);
	ASSERT_DONE(place, store_begin_read(other, &place->error));
	assert_int_equal(count_cases(other), 3);
	receive(place, 4, YOUTH, T0);
	store_patience(place->store, 0);
	ASSERT_FAILS(place, ERROR_UNAVAILABLE, store_settle(place->store, &place->error));
	store_close(other);
}

static void
test_modes_create_open_and_read(void **state)
{
	struct place *place = *state;
	struct store *reader;
	struct case_row row = waiting_case(2, YOUTH, T0);
	char path[96];

	add_service(place);
	receive(place, 1, YOUTH, T0);
	reader = open_again(place, STORE_READ);
	assert_int_equal(count_cases(reader), 1);
	assert_int_equal(store_case_add(reader, &row, &place->error), -1);
	store_close(reader);
	store_close(place->store);
	place->store = open_again(place, STORE_CREATE);
	assert_int_equal(count_cases(place->store), 1);
	(void)snprintf(path, sizeof(path), "%s/none.db", place->folder);
	assert_null(store_open(path, STORE_OPEN, &place->error));
	assert_int_equal(place->error.kind, ERROR_INPUT);
	assert_null(store_open(path, STORE_READ, &place->error));
	assert_int_equal(access(path, F_OK), -1);
	assert_null(store_open(place->folder, STORE_CREATE, &place->error));
}

/* A reader opens what nobody else has open, as `doctor` does on a copied file. */
static void
test_reader_opens_a_relative_path_alone(void **state)
{
	struct place *place = *state;
	char before[4096];

	add_service(place);
	receive(place, 1, YOUTH, T0);
	store_close(place->store);
	assert_non_null(getcwd(before, sizeof(before)));
	assert_int_equal(chdir(place->folder), 0);
	place->store = store_open(STORE_FILE, STORE_READ, &place->error);
	assert_int_equal(chdir(before), 0);
	assert_non_null(place->store);
	assert_int_equal(count_cases(place->store), 1);
}

static void
test_backup_copies_a_live_store(void **state)
{
	struct place *place = *state;
	struct store *writer, *copy;
	struct stat status;
	char path[96];

	add_service(place);
	receive(place, 1, YOUTH, T0);
	writer = open_again(place, STORE_OPEN);
	ASSERT_DONE(place, store_begin(writer, &place->error));
	(void)snprintf(path, sizeof(path), "%s/copy.db", place->folder);
	ASSERT_DONE(place, store_backup(place->store, path, &place->error));
	store_close(writer);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	ASSERT_FAILS(place, ERROR_INPUT, store_backup(place->store, path, &place->error));
	receive(place, 2, YOUTH, T0);
	copy = store_open(path, STORE_READ, &place->error);
	assert_non_null(copy);
	assert_int_equal(count_cases(copy), 1);
	store_close(copy);
	assert_int_equal(unlink(path), 0);
	ASSERT_DONE(place, store_begin(place->store, &place->error));
	assert_int_equal(store_backup(place->store, path, &place->error), -1);
	assert_int_equal(access(path, F_OK), -1);
	store_rollback(place->store);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_rollback_undoes_and_commit_keeps),
		BOTH(test_part_fails_alone),
		ON_DISK(test_one_connection_writes_while_others_read),
		ON_DISK(test_no_read_is_left_open),
		ON_DISK(test_modes_create_open_and_read),
		ON_DISK(test_reader_opens_a_relative_path_alone),
		ON_DISK(test_backup_copies_a_live_store),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
