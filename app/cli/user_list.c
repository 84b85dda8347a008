#include <stdio.h>
#include <string.h>

#include "cli/user.h"

/* Queues one after the other, each once: rows come in order of queue and generation. */
static int
print_queue(const struct membership_row *row, void *argument)
{
	char *last = argument;

	if (strcmp(last, row->queue) == 0)
		return 0;
	(void)printf("%s%s", last[0] == '\0' ? "" : ",", row->queue);
	memcpy(last, row->queue, STORE_QUEUE);
	return 0;
}

static int
print_account(const struct account_row *row, void *argument)
{
	struct service *service = argument;
	char last[STORE_QUEUE] = "";

	(void)printf("%s\t%s\t%s%s\t", row->user, word_of(&words_role, (int)row->role),
	    row->active ? "active" : "inactive", row->demonstration ? ", demonstration" : "");
	if (store_membership_each(service->store, row->number, print_queue, last,
	    &service->error) == -1)
		return 1;
	(void)printf("%s\t%s\n", last[0] == '\0' ? "-" : "", row->name);
	return 0;
}

enum cli_status
user_list(struct cli *cli, struct service *service, const struct user_wish *wish)
{
	(void)wish;
	service->error.kind = ERROR_NONE;
	(void)printf("user\trole\tstate\tqueues\tname\n");
	if (store_account_each(service->store, print_account, service, &service->error) == -1 ||
	    service->error.kind != ERROR_NONE)
		return service_complain(cli, service);
	return CLI_DONE;
}

enum cli_status
user_deactivate(struct cli *cli, struct service *service, const struct user_wish *wish)
{
	(void)wish;
	if (account_deactivate(service->store, &service->config, cli->words[1], clock_now(),
	    &service->error) == -1)
		return service_complain(cli, service);
	return CLI_DONE;
}

enum cli_status
user_remove_demonstration(struct cli *cli, struct service *service, const struct user_wish *wish)
{
	struct buffer path = { 0 };
	int removed;

	(void)wish;
	removed = accounts_remove_demonstration(service->store, &service->config, clock_now(),
	    &service->error);
	if (removed == -1)
		return service_complain(cli, service);
	/* Its passphrases open nothing any more. */
	buffer_format(&path, "%s/%s", cli->data, DEMO_ACCOUNTS);
	(void)remove(buffer_string(&path));
	buffer_free(&path);
	(void)printf("%d removed\n", removed);
	return CLI_DONE;
}
