/* A store whose file is removed or replaced refuses to write, since the write would be lost. */
#include "base/base.h"
#include "fixture.h"
#include "store/store.h"

static void
assert_begins_not(struct place *place)
{
	ASSERT_FAILS(place, ERROR_UNAVAILABLE, store_begin(place->store, &place->error));
	ASSERT_FAILS(place, ERROR_UNAVAILABLE, store_begin_read(place->store, &place->error));
}

static void
test_removed_file_is_noticed(void **state)
{
	struct place *place = *state;

	ASSERT_DONE(place, store_begin(place->store, &place->error));
	ASSERT_DONE(place, store_commit(place->store, &place->error));
	assert_int_equal(unlink(place->path), 0);
	assert_begins_not(place);
}

static void
test_replaced_file_is_noticed_until_put_back(void **state)
{
	struct place *place = *state;
	char section[80];
	FILE *other;

	(void)snprintf(section, sizeof(section), "%s.aside", place->path);
	assert_int_equal(rename(place->path, section), 0);
	other = fopen(place->path, "w");
	assert_non_null(other);
	assert_int_equal(fclose(other), 0);
	assert_begins_not(place);
	assert_int_equal(rename(section, place->path), 0);
	ASSERT_DONE(place, store_begin(place->store, &place->error));
	ASSERT_DONE(place, store_commit(place->store, &place->error));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DISK(test_removed_file_is_noticed),
		ON_DISK(test_replaced_file_is_noticed_until_put_back)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
