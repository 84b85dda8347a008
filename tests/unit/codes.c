/* Codes on brochures: what may be wished of one, when it counts, lists that are sent twice. */
#include "base/base.h"
#include "base/words.h"
#include "flow/codes.h"
#include "flow_service.h"
#include "rules/rules.h"
#include "store/store.h"

static const struct code_wish right = {
	.area = "kristinehamn", .channel = "health", .place = " Vårdcentralen "
};

static void
lead_issues_a_code(void **state)
{
	struct buffer address = { 0 };
	struct code_row row = { 0 }, got;
	char read[CODE_SIZE];

	(void)state;
	assert_int_equal(code_wish_read(&right, &service_config, &row), CODE_RIGHT);
	assert_done(code_issue(&service.work, &row));
	assert_int_equal(code_parse(row.code, read), 0);
	assert_int_equal(store_code_get(service.work.store, row.code, &got, &service.work.error),
	    FOUND);
	assert_string_equal(got.area, "1781");
	assert_string_equal(got.place, "Vårdcentralen");
	code_address(&service_config, row.code, &address);
	assert_int_equal(strncmp(buffer_string(&address), "http://LOCALHOST:8888/Q/", 24), 0);
	assert_string_equal(buffer_string(&address) + 24, row.code);
	buffer_free(&address);
}

static void
wrong_wishes_are_refused(void **state)
{
	static const struct { struct code_wish wish; enum code_fault fault; } cases[] = {
		{ { "nowhere", "health", "X", "", "", "" }, CODE_AREA },
		{ { NULL, "health", "X", "", "", "" }, CODE_AREA },
		{ { "1781", "hospital", "X", "", "", "" }, CODE_CHANNEL },
		{ { "1781", "health", "", "", "", "" }, CODE_PLACE },
		{ { "1781", "health", "X\nY", "", "", "" }, CODE_PLACE },
		{ { "1781", "health", "1234567890123456789012345678901234567890123456789012345678901",
		    "", "", "" }, CODE_PLACE },
		{ { "1781", "health", "X", "not a tag", "", "" }, CODE_LANGUAGE },
		{ { "1781", "health", "X", "ar", "2027-02-29", "" }, CODE_FIRST },
		{ { "1781", "health", "X", "ar", "", "tomorrow" }, CODE_LAST },
		{ { "1781", "health", "X", "ar", "2027-02-02", "2027-02-01" }, CODE_LAST },
		{ { "1781", "health", "X", "ar", "2027-02-02", "2027-02-02" }, CODE_RIGHT },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct code_row row = { 0 };

		assert_int_equal(code_wish_read(&cases[i].wish, &service_config, &row),
		    cases[i].fault);
	}
}

static void
code_counts_between_its_days(void **state)
{
	struct code_row row = { .first_day = 100, .last_day = 102 };

	(void)state;
	assert_false(code_in_use(&row, 99));
	assert_true(code_in_use(&row, 100));
	assert_true(code_in_use(&row, 102));
	assert_false(code_in_use(&row, 103));
	row.last_day = 0;
	assert_true(code_in_use(&row, 103));
	row.retired_at = 1;
	assert_false(code_in_use(&row, 101));
}

static void
changed_code_keeps_its_characters(void **state)
{
	struct code_row row = { 0 }, got;
	char code[CODE_SIZE];

	(void)state;
	(void)code_wish_read(&right, &service_config, &row);
	assert_done(code_issue(&service.work, &row));
	memcpy(code, row.code, sizeof(code));
	(void)code_wish_read(&(struct code_wish){ "1781", "press", "NWT", "ar", "", "" },
	    &service_config, &row);
	strcpy(row.code, "AAAAAA");
	assert_int_equal(code_change(&service.work, code, &row), FOUND);
	assert_int_equal(store_code_get(service.work.store, code, &got, &service.work.error),
	    FOUND);
	assert_int_equal(got.channel, CHANNEL_PRESS);
	assert_string_equal(got.language, "ar");
	assert_int_equal(got.created_at, service.work.now);
	assert_int_equal(code_retire(service_at(5), code), FOUND);
	assert_int_equal(code_retire(service_at(9), code), FOUND);
	assert_int_equal(store_code_get(service.work.store, code, &got, &service.work.error),
	    FOUND);
	assert_int_equal(got.retired_at, 5);
	/* What is retired may be changed, and stays retired. */
	assert_int_equal(code_change(&service.work, code, &row), FOUND);
	assert_int_equal(store_code_get(service.work.store, code, &got, &service.work.error),
	    FOUND);
	assert_int_equal(got.retired_at, 5);
	assert_int_equal(code_revive(&service.work, code), FOUND);
	assert_int_equal(store_code_get(service.work.store, code, &got, &service.work.error),
	    FOUND);
	assert_int_equal(got.retired_at, 0);
	assert_int_equal(code_revive(&service.work, "AAAAAA"), ABSENT);
}

static int
count_one(const struct code_row *row, int64_t visits, int64_t cases, void *count)
{
	(void)row;
	(void)visits;
	(void)cases;
	++*(int *)count;
	return 0;
}

static int
codes_count(void)
{
	int count = 0;

	assert_done(codes_each(&service.work, count_one, &count));
	return count;
}

static void
list_is_made_whole_or_not_at_all(void **state)
{
	struct code_row rows[3] = { { .area = "" } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		(void)code_wish_read(&right, &service_config, &rows[i]);
		rows[i].place[0] = (char)('a' + i);
	}
	/* A try makes none. */
	assert_int_equal(code_issue_all(&service.work, rows, 2, false), FOUND);
	assert_int_equal(codes_count(), 0);
	assert_int_equal(code_issue_all(&service.work, rows, 2, true), FOUND);
	assert_int_equal(codes_count(), 2);
	assert_true(rows[0].code[0] != '\0' && rows[1].code[0] != '\0');
	/* One whose like is there keeps the others from being made. */
	assert_int_equal(code_issue_all(&service.work, rows + 1, 2, true), ABSENT);
	assert_string_equal(rows[1].code, "");
	assert_true(rows[2].code[0] != '\0');
	assert_int_equal(codes_count(), 2);
	/* So does one that stands twice in the list. */
	rows[1] = rows[2];
	assert_int_equal(code_issue_all(&service.work, rows + 1, 2, true), ABSENT);
	assert_true(rows[1].code[0] != '\0');
	assert_string_equal(rows[2].code, "");
	assert_int_equal(codes_count(), 2);
}

static void
code_is_removed_until_it_is_printed(void **state)
{
	struct code_row row = { 0 }, got;

	(void)state;
	(void)code_wish_read(&right, &service_config, &row);
	assert_done(code_issue(&service.work, &row));
	assert_int_equal(code_unused(&service.work, row.code), FOUND);
	assert_int_equal(code_remove(&service.work, row.code), FOUND);
	assert_int_equal(code_read(&service.work, row.code, &got), ABSENT);
	assert_int_equal(code_remove(&service.work, row.code), ABSENT);
	assert_done(code_issue(&service.work, &row));
	assert_done(code_printed(&service.work, row.code));
	assert_int_equal(code_unused(&service.work, row.code), ABSENT);
	assert_int_equal(code_remove(&service.work, row.code), ABSENT);
	assert_int_equal(code_read(&service.work, row.code, &got), FOUND);
}

static void
visits_of_a_removed_code_are_dropped(void **state)
{
	struct code_row rows[2] = { { .area = "" } };
	struct code_visits visits[2];
	int64_t before, after;

	(void)state;
	(void)code_wish_read(&right, &service_config, &rows[0]);
	(void)code_wish_read(&right, &service_config, &rows[1]);
	assert_done(code_issue(&service.work, &rows[0]));
	assert_done(code_issue(&service.work, &rows[1]));
	for (size_t i = 0; i < 2; i++) {
		visits[i] = (struct code_visits){ .day = 20000, .kind = VISIT_PERSON, .visits = 1 };
		memcpy(visits[i].code, rows[i].code, sizeof(visits[i].code));
	}
	assert_done(codes_version(&service.work, &before));
	assert_int_equal(code_remove(&service.work, rows[0].code), FOUND);
	assert_done(codes_version(&service.work, &after));
	assert_true(after > before);
	assert_done(code_visits_write(&service.work, visits, 2));
	/* The other one's were written: it was opened, and stays. */
	assert_int_equal(code_remove(&service.work, rows[1].code), ABSENT);
}

#define WITH_SERVICE(test)	cmocka_unit_test_setup_teardown(test, service_open, service_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SERVICE(lead_issues_a_code),
		WITH_SERVICE(wrong_wishes_are_refused),
		WITH_SERVICE(code_counts_between_its_days),
		WITH_SERVICE(changed_code_keeps_its_characters),
		WITH_SERVICE(list_is_made_whole_or_not_at_all),
		WITH_SERVICE(code_is_removed_until_it_is_printed),
		WITH_SERVICE(visits_of_a_removed_code_are_dropped),
	};

	return service_start() == -1 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
