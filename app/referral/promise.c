#include <stdlib.h>

#include "referral/promise.h"

enum promise
promise_judge(int64_t promised_at, int64_t answered_at, int64_t now)
{
	if (answered_at != 0)
		return answered_at <= promised_at ? PROMISE_KEPT : PROMISE_BROKEN;
	return now <= promised_at ? PROMISE_RUNNING : PROMISE_BROKEN;
}

static int
compare(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return (one > other) - (one < other);
}

int64_t
promise_quantile(int64_t *values, size_t count, int hundredths)
{
	size_t rank = (count * (size_t)hundredths + 99) / 100;

	if (count == 0)
		return 0;
	qsort(values, count, sizeof(*values), compare);
	return values[rank == 0 ? 0 : rank - 1];
}

static bool
is_small(int64_t persons)
{
	return persons > 0 && persons < FIGURE_LEAST;
}

bool
promise_parts_shown(int64_t one, int64_t other)
{
	return parts_shown((const int64_t[]){ one, other }, 2);
}

bool
parts_shown(const int64_t *parts, size_t count)
{
	int64_t whole = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_small(parts[i]))
			return false;
		whole += parts[i];
	}
	return whole >= FIGURE_LEAST;
}
