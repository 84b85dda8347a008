#include <stdio.h>
#include <string.h>

#include "cli/user.h"

/* Read or made; the caller wipes *passphrase. */
static int
get_passphrase(const struct cli *cli, const struct user_wish *wish, struct buffer *passphrase)
{
	if (wish->reads_passphrase)
		return ask_line(cli, "passphrase", passphrase);
	buffer_reserve(passphrase, SEAL_PASSPHRASE_SIZE);
	passphrase_make(passphrase->data);
	passphrase->length = strlen(passphrase->data);
	return 0;
}

static void
print_passphrase(const struct cli *cli, const struct user_wish *wish,
    const struct buffer *passphrase)
{
	(void)printf("user: %s\n", cli->words[1]);
	if (!wish->reads_passphrase)
		(void)printf("passphrase: %s\n", buffer_string(passphrase));
}

/* With the key and the passphrase at hand. */
static enum cli_status
make(struct cli *cli, struct service *service, const struct user_wish *wish,
    enum role role, const struct secret_key *recovery)
{
	struct account_wish account = {
		.user = cli->words[1], .name = wish->name, .role = role,
		.queues = wish->queues, .queues_count = wish->queues_count
	};
	struct buffer passphrase = { 0 };
	enum cli_status status = CLI_FAILED;

	if (get_passphrase(cli, wish, &passphrase) == -1)
		goto err;
	account.passphrase = buffer_string(&passphrase);
	if (account_make(service->store, &service->config, &account, recovery, clock_now(),
	    &service->error) == -1) {
		status = service_complain(cli, service);
		goto err;
	}
	print_passphrase(cli, wish, &passphrase);
	status = CLI_DONE;
err:
	buffer_wipe(&passphrase);
	return status;
}

enum cli_status
user_add(struct cli *cli, struct service *service, const struct user_wish *wish)
{
	int role = word_value(&words_role, wish->role);
	struct secret_key *recovery = NULL;
	enum cli_status status;

	if (wish->name == NULL || role == -1)
		return cli_usage(cli, "add needs --name TEXT and --role coordinator, lead or "
		    "administrator");
	if ((role == ROLE_ADMINISTRATOR) != (wish->queues_count == 0))
		return cli_usage(cli, role == ROLE_ADMINISTRATOR ?
		    "an administrator opens no queue; leave --queue out" :
		    "a coordinator or lead needs at least one --queue");
	if (role != ROLE_ADMINISTRATOR && (recovery = ask_recovery(cli)) == NULL)
		return CLI_FAILED;
	status = make(cli, service, wish, (enum role)role, recovery);
	secret_key_free(recovery);
	return status;
}

enum cli_status
user_join(struct cli *cli, struct service *service, const struct user_wish *wish)
{
	struct secret_key *recovery;
	int joined;

	if (wish->queues_count == 0)
		return cli_usage(cli, "join needs at least one --queue");
	recovery = ask_recovery(cli);
	if (recovery == NULL)
		return CLI_FAILED;
	joined = account_join(service->store, cli->words[1], wish->queues,
	    wish->queues_count, recovery, &service->error);
	secret_key_free(recovery);
	return joined == -1 ? service_complain(cli, service) : CLI_DONE;
}

static enum cli_status
restore(struct cli *cli, struct service *service, const struct user_wish *wish,
    const struct secret_key *recovery)
{
	struct buffer passphrase = { 0 };
	enum cli_status status = CLI_FAILED;

	if (get_passphrase(cli, wish, &passphrase) == -1)
		goto err;
	if (account_restore(service->store, &service->config, cli->words[1],
	    buffer_string(&passphrase), recovery, &service->error) == -1) {
		status = service_complain(cli, service);
		goto err;
	}
	print_passphrase(cli, wish, &passphrase);
	status = CLI_DONE;
err:
	buffer_wipe(&passphrase);
	return status;
}

/* Whether it takes the recovery key depends on who it is. */
enum cli_status
user_restore(struct cli *cli, struct service *service, const struct user_wish *wish)
{
	struct secret_key *recovery = NULL;
	struct account_row account;
	enum cli_status status;

	switch (store_account_by_user(service->store, cli->words[1], &account,
	    &service->error)) {
	case FAILED:
		return service_complain(cli, service);
	case ABSENT:
		cli_complain(cli, "there is no user %s: see egenremiss user list", cli->words[1]);
		return CLI_NO;
	case FOUND:
		break;
	}
	if (account.role != ROLE_ADMINISTRATOR && (recovery = ask_recovery(cli)) == NULL)
		return CLI_FAILED;
	status = restore(cli, service, wish, recovery);
	secret_key_free(recovery);
	return status;
}
