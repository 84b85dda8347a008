#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/service.h"
#include "cli/user.h"

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

/* The action and as many words as it takes; NULL when it is not written so. */
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

	/* There are never more queues than arguments. */
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
