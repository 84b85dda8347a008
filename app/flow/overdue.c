#include <stdio.h>
#include <stdlib.h>

#include "flow/messages.h"

#define OVERDUE_AT_ONCE	256

struct passed {
	struct found {
		int64_t number, due_at;
		char queue[STORE_QUEUE];
		int kind;
	} cases[OVERDUE_AT_ONCE];
	size_t count;
	const struct config *config;
	int64_t now;
};

static int
keep_passed(int64_t number, const char *queue, int64_t due_at, void *argument)
{
	struct passed *passed = argument;
	struct found *found = &passed->cases[passed->count++];

	*found = (struct found){ .number = number, .due_at = due_at, .kind = ALERT_OVERDUE };
	(void)snprintf(found->queue, sizeof(found->queue), "%s", queue);
	return passed->count == OVERDUE_AT_ONCE;
}

/* A working day after the due time: at closing time of the next open day. */
static int
keep_stale(int64_t number, const char *queue, int64_t due_at, void *argument)
{
	struct passed *passed = argument;
	const struct config_queue *hours = config_queue(passed->config, queue);

	if (hours == NULL || duetime_after(hours, due_at, 1) > passed->now)
		return 0;
	(void)keep_passed(number, queue, due_at, passed);
	passed->cases[passed->count - 1].kind = ALERT_STILL_OVERDUE;
	return passed->count == OVERDUE_AT_ONCE;
}

static int
write_passed(struct store *store, const struct passed *passed, struct error *error)
{
	if (store_begin(store, error) == -1)
		return -1;
	for (size_t i = 0; i < passed->count; i++) {
		const struct found *found = &passed->cases[i];

		if (store_overdue_tell(store, found->number, found->due_at, found->kind,
		    error) == -1 || store_alert_add(store, found->queue, found->number,
		    found->kind, passed->now, error) == -1)
			goto err;
	}
	if (store_overdue_forget(store, error) == 0)
		return store_commit(store, error);
err:
	store_rollback(store);
	return -1;
}

int
notices_overdue(struct store *store, const struct config *config, int64_t now,
    struct error *error)
{
	struct passed *passed = calloc(1, sizeof(*passed));
	int result;

	if (passed == NULL)
		abort();
	passed->config = config;
	passed->now = now;
	result = store_overdue_each(store, now, ALERT_OVERDUE, OVERDUE_AT_ONCE, keep_passed,
	    passed, error);
	if (result == 0 && passed->count < OVERDUE_AT_ONCE)
		result = store_overdue_each_told(store, ALERT_OVERDUE, ALERT_STILL_OVERDUE,
		    keep_stale, passed, error);
	if (result == 0 && passed->count > 0)
		result = write_passed(store, passed, error);
	free(passed);
	return result;
}
