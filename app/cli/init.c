/* "egenremiss init": makes the recovery key, the queues' keys, and a demonstration on request. */
#include <sys/stat.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/words.h"
#include "cli/cli.h"
#include "config/config.h"
#include "flow/codes.h"
#include "flow/people.h"
#include "notify/notify.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/messages.h"
#include "store/store.h"

#define KEPT_MAX	65536

/* The accounts of a demonstration. `make run` shows the first. */
static const struct cast {
	const char *user, *name;
	enum role role;
	const char *user_label, *passphrase_label;
} casts[] = {
	{ "anna", "Anna Andersson", ROLE_COORDINATOR, "user", "passphrase" },
	{ "leo", "Leo Lind", ROLE_LEAD, "lead", "lead passphrase" },
	{ "admin", "Alva Admin", ROLE_ADMINISTRATOR, "administrator",
	    "administrator passphrase" }
};

static void
path_of(const struct cli *cli, const char *name, struct buffer *path)
{
	buffer_format(path, "%s/%s", cli->data, name);
}

/* Gives a demonstration account an address, so that the outbox writes its mails. */
static int
give_address(struct service *service, const char *user)
{
	struct notice_row notice = { .kinds = ALERT_ALL };
	struct account_row account;

	if (store_account_by_user(service->work.store, user, &account,
	    &service->work.error) != FOUND)
		return -1;
	notice.account = account.number;
	(void)snprintf(notice.address, sizeof(notice.address), "%s@example.org", user);
	return store_notice_put(service->work.store, &notice, &service->work.error);
}

static int
make_account(struct service *service, const struct cast *cast, const char *const *queues,
    const struct secret_key *recovery, struct buffer *lines)
{
	char passphrase[SEAL_PASSPHRASE_SIZE];
	struct account_wish wish = {
		.user = cast->user, .name = cast->name, .role = cast->role,
		.demonstration = true, .passphrase = passphrase, .queues = queues,
		.queues_count = cast->role == ROLE_ADMINISTRATOR ? 0 :
		    service->config.queues_count
	};
	int result;

	passphrase_make(passphrase);
	buffer_format(lines, "%s: %s\n%s: %s\n", cast->user_label, cast->user,
	    cast->passphrase_label, passphrase);
	result = account_make(&service->work, &wish, recovery);
	seal_wipe(passphrase, sizeof(passphrase));
	if (result == 0 && wish.queues_count > 0)
		result = give_address(service, cast->user);
	return result;
}

static int
make_accounts(struct service *service, const struct secret_key *recovery,
    struct buffer *lines)
{
	const struct config *config = &service->config;
	const char **queues = calloc(config->queues_count, sizeof(*queues));
	int result = 0;

	if (queues == NULL)
		abort();
	for (size_t i = 0; i < config->queues_count; i++)
		queues[i] = config->queues[i].id;
	for (size_t i = 0; i < COUNT_OF(casts) && result == 0; i++)
		result = make_account(service, &casts[i], queues, recovery, lines);
	free(queues);
	return result;
}

static int
make_codes(struct service *service, struct buffer *lines)
{
	const struct config *config = &service->config;

	for (size_t i = 0; i < config->areas_count; i++) {
		struct code_row row = {
			.channel = CHANNEL_HEALTH, .place = "Vårdcentralen (demonstration)"
		};

		memcpy(row.area, config->areas[i].code, sizeof(row.area));
		if (code_issue(&service->work, &row) == -1)
			return -1;
		buffer_format(lines, "code: %s %s\n", row.code, config->areas[i].slug);
	}
	return 0;
}

/* Writes a file beside it and renames that, so that the file is complete or absent. */
static int
keep(const struct cli *cli, const struct buffer *lines)
{
	struct buffer path = { 0 }, beside = { 0 };
	FILE *file;
	int result = -1;

	path_of(cli, DEMO_ACCOUNTS, &path);
	path_of(cli, DEMO_ACCOUNTS ".new", &beside);
	/* The umask of init makes the mode 0600. */
	file = fopen(buffer_string(&beside), "we");
	if (file != NULL) {
		(void)fwrite(lines->data, 1, lines->length, file);
		result = fflush(file) != 0 || fsync(fileno(file)) != 0 ? -1 : 0;
		if (fclose(file) != 0 || result != 0 ||
		    rename(buffer_string(&beside), buffer_string(&path)) != 0)
			result = -1;
	}
	if (result == -1)
		cli_complain(cli, "%s: %s; remove %s and run init again", buffer_string(&path),
		    strerror(errno), cli->data);
	buffer_free(&path);
	buffer_free(&beside);
	return result;
}

static enum cli_status
show_kept(const struct cli *cli)
{
	struct buffer path = { 0 }, lines = { 0 };
	struct error error;
	int result;

	path_of(cli, DEMO_ACCOUNTS, &path);
	result = buffer_read_file(&lines, buffer_string(&path), KEPT_MAX, &error);
	if (result == 0)
		(void)printf("%s", buffer_string(&lines));
	else
		cli_complain(cli, "%s is set up but not as a demonstration, or only half; name "
		    "another folder with --data, or remove it (%s)", cli->data, error.text);
	buffer_wipe(&lines);
	buffer_free(&path);
	return result == 0 ? CLI_DONE : CLI_NO;
}

struct door {
	const char *area;
	char code[CODE_SIZE];
};

static int
take_code(const struct code_row *row, int64_t visits, int64_t cases, void *argument)
{
	struct door *door = argument;

	(void)visits;
	(void)cases;
	if (strcmp(row->area, door->area) != 0)
		return 0;
	(void)snprintf(door->code, sizeof(door->code), "%s", row->code);
	return 1;
}

/* Prints the address of the first area's form, as text and as a QR symbol. */
static int
show_doors(struct service *service)
{
	const char *base = service->config.base_url;
	struct buffer address = { 0 }, drawing = { 0 };
	struct symbol symbol;
	struct door door = { .area = service->config.areas[0].code };

	if (store_code_each(service->work.store, take_code, &door, &service->work.error) == -1)
		return -1;
	code_address(&service->config, door.code, &address);
	(void)printf("\nform: %s/q/%s\n", base, door.code);
	if (symbol_make(&symbol, buffer_string(&address), SYMBOL_M) == 0) {
		symbol_terminal(&symbol, &drawing);
		(void)printf("%s", buffer_string(&drawing));
		symbol_free(&symbol);
	}
	(void)printf("staff: %s/staff\n", base);
	buffer_free(&address);
	buffer_free(&drawing);
	return 0;
}

static enum cli_status
make_all(const struct cli *cli, struct service *service, const char *words)
{
	enum cli_status status = CLI_FAILED;
	struct secret_key *recovery;
	struct buffer lines = { 0 };

	recovery = secret_key_new();
	if (recovery == NULL || recovery_read(recovery, words) == -1)
		cli_complain(cli, "no memory for a key");
	else if (make_accounts(service, recovery, &lines) == -1 ||
	    make_codes(service, &lines) == -1)
		status = service_complain(cli, service);
	else if (keep(cli, &lines) == 0) {
		(void)printf("%srecovery key, shown once: %s\n", buffer_string(&lines), words);
		status = CLI_DONE;
	}
	secret_key_free(recovery);
	buffer_wipe(&lines);
	return status;
}

enum cli_status
demonstration_make(const struct cli *cli, struct service *service, const char *words)
{
	enum cli_status status = words[0] == '\0' ? show_kept(cli) :
	    make_all(cli, service, words);

	if (status == CLI_DONE && show_doors(service) == -1)
		status = service_complain(cli, service);
	return status;
}

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

/* Names the queues whose key no account has. */
static int
say_unread(struct service *service)
{
	for (size_t i = 0; i < service->config.queues_count; i++) {
		const char *queue = service->config.queues[i].id;
		int readers = store_queue_readers(service->work.store, queue,
		    &service->work.error);

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
	made = setup_service(&service.work, words);
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

/* Checks that the configuration permits a demonstration, before init makes anything. */
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
		return cli_usage(cli, "unexpected argument \"%s\"", cli->words[0]);
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
