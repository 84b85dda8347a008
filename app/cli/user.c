/* "egenremiss user": adds, lists, restores and deactivates accounts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "cli/cli.h"
#include "flow/people.h"
#include "seal/seal.h"
#include "store/store.h"

/* Reads a passphrase, or makes one. The caller wipes *passphrase. */
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

/* Reads the passphrase and adds the account. */
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
	if (account_make(&service->work, &account, recovery) == -1) {
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
	joined = account_join(&service->work, cli->words[1], wish->queues, wish->queues_count,
	    recovery);
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
	if (account_restore(&service->work, cli->words[1], buffer_string(&passphrase),
	    recovery) == -1) {
		status = service_complain(cli, service);
		goto err;
	}
	print_passphrase(cli, wish, &passphrase);
	status = CLI_DONE;
err:
	buffer_wipe(&passphrase);
	return status;
}

/* Whether the recovery key is needed depends on the account. */
enum cli_status
user_restore(struct cli *cli, struct service *service, const struct user_wish *wish)
{
	struct secret_key *recovery = NULL;
	struct account_row account;
	enum cli_status status;

	switch (store_account_by_user(service->work.store, cli->words[1], &account,
	    &service->work.error)) {
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

/* Prints each queue once; rows come in the order of queue and generation. */
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
	if (store_membership_each(service->work.store, row->number, print_queue, last,
	    &service->work.error) == -1)
		return 1;
	(void)printf("%s\t%s\n", last[0] == '\0' ? "-" : "", row->name);
	return 0;
}

enum cli_status
user_list(struct cli *cli, struct service *service, const struct user_wish *wish)
{
	(void)wish;
	service->work.error.kind = ERROR_NONE;
	(void)printf("user\trole\tstate\tqueues\tname\n");
	if (store_account_each(service->work.store, print_account, service,
	    &service->work.error) == -1 || service->work.error.kind != ERROR_NONE)
		return service_complain(cli, service);
	return CLI_DONE;
}

enum cli_status
user_deactivate(struct cli *cli, struct service *service, const struct user_wish *wish)
{
	(void)wish;
	if (account_deactivate(&service->work, cli->words[1]) == -1)
		return service_complain(cli, service);
	return CLI_DONE;
}

enum cli_status
user_remove_demonstration(struct cli *cli, struct service *service, const struct user_wish *wish)
{
	struct buffer path = { 0 };
	int removed;

	(void)wish;
	removed = accounts_remove_demonstration(&service->work);
	if (removed == -1)
		return service_complain(cli, service);
	/* The file's passphrases no longer open anything. */
	buffer_format(&path, "%s/%s", cli->data, DEMO_ACCOUNTS);
	(void)remove(buffer_string(&path));
	buffer_free(&path);
	(void)printf("%d removed\n", removed);
	return CLI_DONE;
}

enum { OPTION_NAME, OPTION_ROLE, OPTION_QUEUE, OPTION_PASSPHRASE };

static const struct cli_choice options[] = {
	[OPTION_NAME] = { "name", "TEXT", "as colleagues see it (add)" },
	[OPTION_ROLE] = { "role", "ROLE", "coordinator, lead or administrator (add)" },
	[OPTION_QUEUE] = { "queue", "QUEUE", "to open; write it once for each (add, join)" },
	[OPTION_PASSPHRASE] = { "passphrase-stdin", NULL,
	    "read the passphrase instead of making one (add, restore)" }
};

static const struct action {
	const char *name;
	bool takes_user;
	enum cli_status (*act)(struct cli *, struct service *, const struct user_wish *);
} actions[] = {
	{ "list", false, user_list },
	{ "add", true, user_add },
	{ "join", true, user_join },
	{ "restore", true, user_restore },
	{ "deactivate", true, user_deactivate },
	{ "remove-demo", false, user_remove_demonstration }
};

/* The action of the command line; NULL when it is unknown or has a wrong number of words. */
static const struct action *
find_action(const struct cli *cli)
{
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		if (cli->words_count == (actions[i].takes_user ? 2 : 1) &&
		    strcmp(cli->words[0], actions[i].name) == 0)
			return &actions[i];
	}
	return NULL;
}

static void
take_options(struct cli *cli, struct user_wish *wish)
{
	int option;

	while ((option = cli_option(cli)) != CLI_LAST) {
		if (option == OPTION_NAME)
			wish->name = cli->value;
		else if (option == OPTION_ROLE)
			wish->role = cli->value;
		else if (option == OPTION_QUEUE)
			wish->queues[wish->queues_count++] = cli->value;
		else
			wish->reads_passphrase = true;
	}
}

static enum cli_status
do_action(struct cli *cli, const struct user_wish *wish)
{
	const struct action *action = find_action(cli);
	struct service service;
	enum cli_status status;

	if (action == NULL)
		return cli_usage(cli, "write list, add NAME, join NAME, restore NAME, "
		    "deactivate NAME or remove-demo");
	if (service_open(cli, STORE_OPEN, &service) == -1)
		return CLI_FAILED;
	status = action->act(cli, &service, wish);
	service_close(&service);
	return status;
}

static enum cli_status
run(struct cli *cli)
{
	struct user_wish wish = { 0 };
	enum cli_status status;

	/* There cannot be more queues than arguments. */
	wish.queues = calloc((size_t)cli->argc, sizeof(*wish.queues));
	if (wish.queues == NULL)
		abort();
	take_options(cli, &wish);
	status = do_action(cli, &wish);
	free(wish.queues);
	return status;
}

const struct subcommand subcommand_user = {
	.name = "user",
	.words = "list | add NAME | join NAME | restore NAME | deactivate NAME | remove-demo",
	.summary = "Who may sign in, and which queues they can open.",
	.help =
	    "NAME is what is typed at sign-in: a-z, 0-9, \".\" and \"-\".\n"
	    "  list         a line each, tabs between: user, role, state, queues, name\n"
	    "  add          needs --name and --role; a coordinator or lead at least one --queue\n"
	    "  join         opens further queues (--queue) to somebody, old cases included\n"
	    "  restore      a new passphrase for somebody who lost theirs, or to shut somebody\n"
	    "               out at once; sessions end, queues stay\n"
	    "  deactivate   cannot sign in, opens nothing; the cases held go back to the queue\n"
	    "  remove-demo  removes the demonstration's accounts\n"
	    "\n"
	    "On standard input, in this order; a terminal is prompted and shows nothing:\n"
	    "  1. the recovery key, 17 words on one line or several (add, join, restore; not\n"
	    "     for an administrator)\n"
	    "  2. with --passphrase-stdin, the passphrase, one line that is hard to guess:\n"
	    "     four words that do not belong together are enough\n"
	    "Without --passphrase-stdin a passphrase is made and printed once.\n",
	.options = options,
	.options_count = COUNT_OF(options),
	.run = run
};
