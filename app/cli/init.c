#include <sys/stat.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/service.h"

enum { OPTION_DEMO };

static const struct cli_choice options[] = {
	[OPTION_DEMO] = { "demo", NULL, "demonstration accounts and codes as well" }
};

static int
make_folder(const struct cli *cli)
{
	struct stat found;

	if (mkdir(cli->data, 0700) == 0)
		return 0;
	if (errno == EEXIST && stat(cli->data, &found) == 0 && S_ISDIR(found.st_mode))
		return 0;
	cli_complain(cli, "%s: %s; make the folder above it, or name another with --data",
	    cli->data, errno == EEXIST ? "is no folder" : strerror(errno));
	return -1;
}

/* Queues that have a key and nobody who can open it. */
static int
say_unread(struct service *service)
{
	for (size_t i = 0; i < service->config.queues_count; i++) {
		const char *queue = service->config.queues[i].id;
		int readers = store_queue_readers(service->store, queue, &service->error);

		if (readers == -1)
			return -1;
		if (readers == 0)
			(void)printf("Nobody can open queue %s yet: egenremiss user add, or join\n",
			    queue);
	}
	return 0;
}

static enum cli_status
finish_real(const struct cli *cli, struct service *service, const char *words, int made)
{
	if (words[0] != '\0')
		recovery_sheet_print(service->config.service_name, words);
	(void)printf("\n%s: %d of %zu queues got a key\n", cli->data, made,
	    service->config.queues_count);
	if (say_unread(service) == -1)
		return service_complain(cli, service);
	if (words[0] != '\0' && fflush(stdout) != 0) {
		cli_complain(cli, "the recovery key could not be shown; remove %s and run init "
		    "again", cli->data);
		return CLI_FAILED;
	}
	return CLI_DONE;
}

static enum cli_status
set_up(struct cli *cli, bool demo)
{
	char words[SEAL_RECOVERY_TEXT_SIZE];
	struct service service;
	enum cli_status status;
	int made;

	if (service_open(cli, STORE_CREATE, &service) == -1)
		return CLI_FAILED;
	made = setup_service(service.store, &service.config, clock_now(), words,
	    &service.error);
	if (made == -1)
		status = service_complain(cli, &service);
	else if (demo)
		status = demonstration_make(cli, &service, words);
	else
		status = finish_real(cli, &service, words, made);
	seal_wipe(words, sizeof(words));
	service_close(&service);
	return status;
}

/* Before anything is made: whether the configuration may have a demonstration. */
static enum cli_status
check_demo(struct cli *cli)
{
	enum cli_status status = CLI_DONE;
	struct config config;

	if (cli_config_load(cli, &config) == -1)
		return CLI_FAILED;
	if (!config.demonstration) {
		cli_complain(cli, "%s is a real service's; write demonstration = true; in it, or "
		    "leave out --demo", config.file);
		status = CLI_NO;
	}
	config_free(&config);
	return status;
}

static enum cli_status
run(struct cli *cli)
{
	enum cli_status status;
	bool demo = false;
	int option;

	while ((option = cli_option(cli)) != CLI_LAST)
		demo = demo || option == OPTION_DEMO;
	if (cli->words_count > 0)
		return cli_usage(cli, "\"%s\" is too much; leave it out", cli->words[0]);
	if (demo && (status = check_demo(cli)) != CLI_DONE)
		return status;
	(void)umask(077);
	if (make_folder(cli) == -1)
		return CLI_FAILED;
	return set_up(cli, demo);
}

const struct subcommand subcommand_init = {
	.name = "init",
	.words = "",
	.summary = "Make the data folder, the recovery key and a key for each queue.",
	.help =
	    "Run it again after a queue was added to the configuration: the queue gets a key,\n"
	    "everything else stays as it is. The recovery key is shown once, as 17 words and\n"
	    "as a QR code, and kept nowhere: have paper at hand.\n"
	    "--demo, for a configuration with demonstration = true, makes a coordinator, a\n"
	    "lead, an administrator and a code for each area. It prints them, the coordinator\n"
	    "first, keeps them in DIR/demo-accounts, and prints the same when run again.\n",
	.options = options,
	.options_count = COUNT_OF(options),
	.run = run
};
