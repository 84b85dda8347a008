/* How promises are counted: kept, broken, running; quantiles; what a figure may tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "rules/rules.h"

static void
a_promise_is_kept_broken_or_running(void **state)
{
	(void)state;
	assert_int_equal(promise_judge(100, 99, 1000), PROMISE_KEPT);
	assert_int_equal(promise_judge(100, 100, 1000), PROMISE_KEPT);
	assert_int_equal(promise_judge(100, 101, 1000), PROMISE_BROKEN);
	assert_int_equal(promise_judge(100, 0, 99), PROMISE_RUNNING);
	assert_int_equal(promise_judge(100, 0, 100), PROMISE_RUNNING);
	assert_int_equal(promise_judge(100, 0, 101), PROMISE_BROKEN);
}

static void
quantiles_are_values(void **state)
{
	int64_t one[] = { 7 }, two[] = { 9, 3 }, four[] = { 40, 10, 30, 20 };
	int64_t ten[] = { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 };
	int64_t eleven[] = { 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 90 };

	(void)state;
	assert_int_equal(promise_quantile(NULL, 0, 50), 0);
	assert_int_equal(promise_quantile(one, 1, 50), 7);
	assert_int_equal(promise_quantile(one, 1, 90), 7);
	assert_int_equal(promise_quantile(two, 2, 50), 3);
	assert_int_equal(promise_quantile(two, 2, 51), 9);
	assert_int_equal(promise_quantile(four, 4, 50), 20);
	assert_int_equal(promise_quantile(four, 4, 75), 30);
	assert_int_equal(promise_quantile(four, 4, 76), 40);
	assert_int_equal(promise_quantile(four, 4, 0), 10);
	assert_int_equal(promise_quantile(four, 4, 100), 40);
	assert_int_equal(promise_quantile(ten, 10, 50), 5);
	assert_int_equal(promise_quantile(ten, 10, 90), 9);
	assert_int_equal(promise_quantile(eleven, 11, 90), 6);
	assert_int_equal(promise_quantile(eleven, 11, 91), 90);
}

static int64_t
not_above(const int64_t *values, int64_t count, int64_t value)
{
	int64_t found = 0;

	for (int64_t i = 0; i < count; i++)
		found += values[i] <= value;
	return found;
}

/* By the definition itself: so many hundredths do not exceed it, and of no lesser value. */
static void
quantiles_hold_their_definition(void **state)
{
	int64_t values[40];

	(void)state;
	for (int64_t count = 1; count <= 40; count++) {
		for (int hundredths = 1; hundredths <= 100; hundredths++) {
			int64_t quantile;

			for (int64_t i = 0; i < count; i++)
				values[i] = (i * 7919 + count) % 23;
			quantile = promise_quantile(values, (size_t)count, hundredths);
			assert_true(not_above(values, count, quantile) * 100 >= count * hundredths);
			assert_true(not_above(values, count, quantile - 1) * 100 < count * hundredths);
		}
	}
}

static void
small_figures_are_not_told(void **state)
{
	static const struct { int64_t one, other; bool shown; } rows[] = {
		{ 0, 0, false }, { 4, 0, false }, { 0, 4, false }, { 2, 2, false },
		{ 5, 0, true }, { 0, 5, true }, { 4, 1, false }, { 50, 1, false },
		{ 4, 50, false }, { 50, 5, true }, { 5, 5, true }
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(promise_parts_shown(rows[i].one, rows[i].other), rows[i].shown);
}

static void
a_small_part_hides_all_parts(void **state)
{
	static const struct { int64_t parts[4]; bool shown; } rows[] = {
		{ { 0, 0, 0, 0 }, false }, { { 5, 0, 0, 0 }, true }, { { 9, 1, 9, 9 }, false },
		{ { 9, 9, 9, 4 }, false }, { { 5, 5, 5, 5 }, true }, { { 2, 2, 2, 2 }, false }
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(parts_shown(rows[i].parts, 4), rows[i].shown);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_promise_is_kept_broken_or_running),
		cmocka_unit_test(quantiles_are_values),
		cmocka_unit_test(quantiles_hold_their_definition),
		cmocka_unit_test(small_figures_are_not_told),
		cmocka_unit_test(a_small_part_hides_all_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
