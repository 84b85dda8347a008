/* "egenremiss queue": rotates a queue's key with the recovery key. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "cli/cli.h"
#include "flow/people.h"
#include "seal/seal.h"
#include "store/people.h"
#include "store/store.h"

static int
print_generation(const struct queue_key_row *row, void *argument)
{
	struct service *service = argument;
	struct queue_key_row newest;
	int64_t sealed = 0, before = 0;

	/* Data keys of cases that are sealed to this generation. */
	if (store_old_key_count(service->work.store, row->queue, row->generation + 1, &sealed,
	    &service->work.error) == -1 ||
	    store_old_key_count(service->work.store, row->queue, row->generation, &before,
	    &service->work.error) == -1 ||
	    store_queue_key_get(service->work.store, row->queue, &newest,
	    &service->work.error) != FOUND)
		return 1;
	(void)printf("%s\t%d\t%s\t%lld\n", row->queue, row->generation,
	    row->generation == newest.generation ? "in use" : "replaced",
	    (long long)(sealed - before));
	return 0;
}

static enum cli_status
list(struct cli *cli, struct service *service)
{
	service->work.error.kind = ERROR_NONE;
	(void)printf("queue\tgeneration\tstate\tcases\n");
	if (store_queue_key_each(service->work.store, print_generation, service,
	    &service->work.error) == -1 || service->work.error.kind != ERROR_NONE)
		return service_complain(cli, service);
	return CLI_DONE;
}

/* Whether an earlier rotation was interrupted. It is then continued, not begun again. */
static enum answer
is_halfway(struct service *service, const char *queue)
{
	struct queue_key_row newest;
	int64_t old = 0;
	enum answer answer = store_queue_key_get(service->work.store, queue, &newest,
	    &service->work.error);

	if (answer == FOUND && store_old_key_count(service->work.store, queue, newest.generation,
	    &old, &service->work.error) == -1)
		return FAILED;
	return answer == FOUND && old == 0 ? ABSENT : answer;
}

static enum cli_status
move_all(struct cli *cli, struct service *service, const char *queue,
    const struct secret_key *recovery)
{
	struct rotation rotation = {
		.work = &service->work, .queue = queue, .recovery = recovery
	};
	long long moved = 0;
	int batch;

	while ((batch = rotation_move(&rotation)) > 0)
		moved += batch;
	if (batch == -1)
		return service_complain(cli, service);
	(void)printf("%s: %lld cases got the new key\n", queue, moved);
	return CLI_DONE;
}

static enum cli_status
rotate_with(struct cli *cli, struct service *service, const char *queue,
    const struct secret_key *recovery)
{
	enum answer answer;

	if (setup_recovery_check(&service->work, recovery) == -1)
		return service_complain(cli, service);
	answer = is_halfway(service, queue);
	if (answer == ABSENT)
		answer = rotation_begin_recovery(&service->work, queue);
	if (answer == FAILED)
		return service_complain(cli, service);
	if (answer == ABSENT) {
		cli_complain(cli, "there is no queue %s with a key: see egenremiss queue list",
		    queue);
		return CLI_NO;
	}
	return move_all(cli, service, queue, recovery);
}

static enum cli_status
rotate(struct cli *cli, struct service *service)
{
	struct secret_key *recovery = ask_recovery(cli);
	enum cli_status status;

	if (recovery == NULL)
		return CLI_FAILED;
	status = rotate_with(cli, service, cli->words[1], recovery);
	secret_key_free(recovery);
	return status;
}

static enum cli_status
run(struct cli *cli)
{
	enum cli_status (*act)(struct cli *, struct service *) = NULL;
	struct service service;
	enum cli_status status;

	while (cli_option(cli) != CLI_LAST)
		;
	if (cli->words_count == 1 && strcmp(cli->words[0], "list") == 0)
		act = list;
	else if (cli->words_count == 2 && strcmp(cli->words[0], "rotate") == 0)
		act = rotate;
	if (act == NULL)
		return cli_usage(cli, "write list, or rotate QUEUE");
	if (service_open(cli, STORE_OPEN, &service) == -1)
		return CLI_FAILED;
	status = act(cli, &service);
	service_close(&service);
	return status;
}

const struct subcommand subcommand_queue = {
	.name = "queue",
	.words = "list | rotate QUEUE",
	.summary = "The queues' keys: their generations, and a new one.",
	.help =
	    "  list     a line each, tabs between: queue, generation, whether it is in use, how\n"
	    "           many cases are sealed to it\n"
	    "  rotate   makes a new key, gives it to everybody in the queue, and moves its cases\n"
	    "           to it; the recovery key is asked for on standard input. The service\n"
	    "           goes on meanwhile. Run it again when it was cut short.\n",
	.run = run
};
