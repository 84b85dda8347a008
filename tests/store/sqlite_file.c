/* The files on disk: their permissions, a purge, and a full disk. */

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/words.h"
#include "fixture.h"
#include "store/store.h"

/* As on a full disk, the file cannot grow. */
static void
test_full_disk_is_unavailable(void **state)
{
	struct place *place = *state;
	struct case_row row = waiting_case(0, YOUTH, T0);
	struct rlimit limit, small;
	int result = 0;

	add_service(place);
	receive(place, 1, YOUTH, T0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	small = limit;
	small.rlim_cur = (rlim_t)300 * 1024;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (row.number = 2; result == 0 && row.number < 2000; row.number++)
		result = store_case_add(place->store, &row, &place->error);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(result, -1);
	if (place->error.kind != ERROR_UNAVAILABLE)
		fail_msg("kind %d: %s", (int)place->error.kind, place->error.text);
	assert_int_equal(store_case_get(place->store, row.number - 1, &row, &place->error), ABSENT);
	receive(place, 3000, YOUTH, T0);
}

static bool
is_in_file(const char *path, const char *text)
{
	struct buffer file = { 0 };
	struct error error;
	bool found;

	assert_int_equal(buffer_read_file(&file, path, 64u << 20, &error), 0);
	found = memmem(buffer_string(&file), file.length, text, strlen(text)) != NULL;
	buffer_free(&file);
	return found;
}

static void
test_purge_leaves_nothing_on_disk(void **state)
{
	static const char box[] = "what only this record says";
	struct place *place = *state;
	struct record_row record = {
		.number = 9, .case_number = 1, .at = T0, .kind = 2,
		.box = (const unsigned char *)box, .box_size = sizeof(box)
	};
	char log[96];

	(void)snprintf(log, sizeof(log), "%s-wal", place->path);
	add_service(place);
	receive(place, 1, YOUTH, T0);
	ASSERT_DONE(place, store_record_add(place->store, &record, &place->error));
	assert_true(is_in_file(log, box));
	ASSERT_DONE(place, store_settle(place->store, &place->error));
	assert_true(is_in_file(place->path, box));
	move_case(place, 1, STATE_CLAIMED, ANNA, T0);
	move_case(place, 1, STATE_CLOSED, 0, T0);
	ASSERT_DONE(place, purge_case(place, 1));
	ASSERT_DONE(place, store_settle(place->store, &place->error));
	assert_false(is_in_file(log, box));
	assert_false(is_in_file(place->path, box));
}

static void
test_files_are_readable_by_their_owner_alone(void **state)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct place *place = *state;
	struct stat status;
	char path[96];

	add_service(place);
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", place->path, ends[i]);
		assert_int_equal(stat(path, &status), 0);
		assert_int_equal(status.st_mode & 0777, 0600);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DISK(test_full_disk_is_unavailable),
		ON_DISK(test_purge_leaves_nothing_on_disk),
		ON_DISK(test_files_are_readable_by_their_owner_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
