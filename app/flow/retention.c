#include "flow/case.h"
#include "flow/flow.h"

#define AT_ONCE	64

struct due {
	int64_t number[AT_ONCE];
	size_t count;
};

static int
keep_number(int64_t number, void *argument)
{
	struct due *due = argument;

	due->number[due->count++] = number;
	return due->count == AT_ONCE;
}

/* The same date so many months before; the 31st of a shorter month runs over into the next. */
static int64_t
months_before(int64_t now, int months)
{
	struct tm local;
	int month;

	clock_local(now, &local);
	month = (local.tm_year + 1900) * 12 + local.tm_mon - months;
	return clock_at(month / 12, month % 12 + 1, local.tm_mday, 0, 0);
}

/* Finds and purges in one transaction: every worker looks at the same hour. */
static int
purge_some(struct store *store, const struct config *config, int64_t before, int64_t now,
    struct due *due, struct error *error)
{
	const struct case_act act = { .act = ACT_PURGE, .actor = ACTOR_SYSTEM, .now = now };

	due->count = 0;
	if (store_begin(store, error) == -1)
		return -1;
	if (store_case_each_closed(store, before, keep_number, due, error) == -1)
		goto err;
	for (size_t i = 0; i < due->count; i++) {
		if (case_do_surely(store, config, due->number[i], &act, error) == -1)
			goto err;
	}
	return store_commit(store, error);
err:
	store_rollback(store);
	return -1;
}

int64_t
retention_run(struct store *store, const struct config *config, int64_t now,
    struct error *error)
{
	int64_t before = months_before(now, config->retention_months), purged = 0;
	struct due due;

	do {
		if (purge_some(store, config, before, now, &due, error) == -1)
			return -1;
		purged += (int64_t)due.count;
	} while (due.count > 0);
	if (purged > 0 && store_settle(store, error) == -1)
		return -1;
	return purged;
}
