#include <stdio.h>

#include "cli/check.h"

/* Each queue has a key, and each that something can come in to has a reader. */
static int
check_queues(struct check *check, struct store *store, struct error *error)
{
	const struct config *config = check->config;
	size_t reached = 0;
	int fewest = 0, before = check->faults;

	for (size_t i = 0; i < config->queues_count; i++) {
		const struct config_queue *queue = &config->queues[i];
		struct queue_key_row key;
		enum answer answer = store_queue_key_get(store, queue->id, &key, error);
		int readers;

		if (answer == FAILED)
			return -1;
		if (answer == ABSENT) {
			check_fault(check, queue->line, "queue %s has no key; do: egenremiss init",
			    queue->id);
			continue;
		}
		if (!check->reached[i])
			continue;
		readers = store_queue_readers(store, queue->id, error);
		if (readers == -1)
			return -1;
		if (readers == 0)
			check_fault(check, queue->line, "nobody can open what comes in to queue "
			    "%s; give it a coordinator: egenremiss user", queue->id);
		if (reached++ == 0 || readers < fewest)
			fewest = readers;
	}
	if (check->faults == before)
		(void)printf("%zu queues, each with a key; %zu take from open areas, each with "
		    "somebody who can open what comes in (the fewest: %d)\n",
		    config->queues_count, reached, fewest);
	return 0;
}

static int
account_check(const struct account_row *account, void *context)
{
	struct check *check = context;

	if (account->demonstration)
		check_fault(check, check->config->demonstration_line, "a real service has the "
		    "demonstration account %s; remove it: egenremiss user, or write "
		    "demonstration = true;", account->user);
	return 0;
}

static int
check_accounts(struct check *check, struct store *store, struct error *error)
{
	if (check->config->demonstration)
		return 0;
	return store_account_each(store, account_check, check, error);
}

int
check_store(struct check *check)
{
	struct store *store;
	struct error error = { 0 };
	int result;

	switch (cli_store_open(check->cli, STORE_READ, &store)) {
	case FAILED:
		return -1;
	case ABSENT:
		(void)printf("no database in %s yet: keys and coordinators are not checked; "
		    "make it: egenremiss init\n", check->cli->data);
		return 0;
	case FOUND:
		break;
	}
	result = check_queues(check, store, &error);
	if (result == 0)
		result = check_accounts(check, store, &error);
	if (result == -1)
		cli_complain(check->cli, "%s", error.text);
	store_close(store);
	return result;
}
