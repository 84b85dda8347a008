/* "egenremiss backup": a copy of the database while the service runs. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "cli/cli.h"
#include "store/auth.h"
#include "store/store.h"

static int
note_damage(enum breach breach, int64_t case_number, const char *detail, void *argument)
{
	(void)case_number;
	if (breach != BREACH_INTEGRITY)
		return 0;
	(void)error_set(argument, ERROR_INTERNAL, "the copy is damaged: %s", detail);
	return 1;
}

/* Opens the copy, to prove that it can be opened. */
static int
verify(const char *path, struct error *error)
{
	struct store *copy = store_open(path, STORE_READ, error);
	struct error damage = { 0 };
	int result;

	if (copy == NULL)
		return -1;
	result = store_doctor(copy, note_damage, &damage, error);
	store_close(copy);
	if (result == 0 && damage.kind != ERROR_NONE) {
		*error = damage;
		result = -1;
	}
	return result;
}

/* Notes the time for doctor. A failure here does not spoil the backup. */
static void
note_backup(const struct cli *cli, struct service *service)
{
	int64_t now = clock_now();

	store_unlock_keys(service->work.store);
	if (store_meta_put(service->work.store, BACKUP_AT, &now, sizeof(now),
	    &service->work.error) == -1)
		cli_complain(cli, "the backup is whole, but doctor will not know of it: %s",
		    service->work.error.text);
	store_lock_keys(service->work.store);
}

static enum cli_status
back_up(struct cli *cli, struct service *service, const char *path)
{
	if (access(path, F_OK) == 0) {
		cli_complain(cli, "%s exists and is not overwritten; name a new file", path);
		return CLI_NO;
	}
	if (store_backup(service->work.store, path, &service->work.error) == -1) {
		(void)service_complain(cli, service);
		return CLI_FAILED;
	}
	if (verify(path, &service->work.error) == -1) {
		(void)unlink(path);
		(void)service_complain(cli, service);
		return CLI_FAILED;
	}
	note_backup(cli, service);
	return CLI_DONE;
}

static enum cli_status
run(struct cli *cli)
{
	struct service service;
	enum cli_status status;

	while (cli_option(cli) != CLI_LAST)
		;
	if (cli->words_count != 1)
		return cli_usage(cli, "name one file that the copy is to be written to");
	if (service_open(cli, STORE_OPEN, &service) == -1)
		return CLI_FAILED;
	status = back_up(cli, &service, cli->words[0]);
	service_close(&service);
	return status;
}

const struct subcommand subcommand_backup = {
	.name = "backup",
	.words = "FILE",
	.summary = "Copy the database while it is in use.",
	.help =
	    "Writes a new file that its owner alone can read, opens it and examines it. What\n"
	    "was sealed stays sealed in it: to read it takes a coordinator's passphrase or the\n"
	    "recovery key. To restore, stop the service and put the file in place of\n"
	    "DIR/egenremiss.db, without any -wal and -shm beside it.\n",
	.run = run
};
