#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/service.h"
#include "flow/codes.h"
#include "notify/notify.h"
#include "store/messages.h"

#define KEPT_MOST	65536

/* Who tries what: the first is the one that `make run` shows. */
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

/* So that one sees what would be told. */
static int
give_address(struct service *service, const char *user)
{
	struct notice_row notice = { .kinds = ALERT_ALL };
	struct account_row account;

	if (store_account_by_user(service->store, user, &account, &service->error) != FOUND)
		return -1;
	notice.account = account.number;
	(void)snprintf(notice.address, sizeof(notice.address), "%s@example.org", user);
	return store_notice_put(service->store, &notice, &service->error);
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
	result = account_make(service->store, &service->config, &wish, recovery, clock_now(),
	    &service->error);
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
		if (code_issue(service->store, &row, clock_now(), &service->error) == -1)
			return -1;
		buffer_format(lines, "code: %s %s\n", row.code, config->areas[i].slug);
	}
	return 0;
}

/* Written beside, then renamed: the file is whole or not there. */
static int
keep(const struct cli *cli, const struct buffer *lines)
{
	struct buffer path = { 0 }, beside = { 0 };
	FILE *file;
	int result = -1;

	path_of(cli, DEMO_ACCOUNTS, &path);
	path_of(cli, DEMO_ACCOUNTS ".new", &beside);
	/* 0600 by init's umask. */
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
	result = buffer_read_file(&lines, buffer_string(&path), KEPT_MOST, &error);
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

/* Where to begin: the first area's form by its code, for the eye and for a telephone. */
static int
show_doors(struct service *service)
{
	const char *base = service->config.base_url;
	struct buffer address = { 0 }, drawing = { 0 };
	struct symbol symbol;
	struct door door = { .area = service->config.areas[0].code };

	if (store_code_each(service->store, take_code, &door, &service->error) == -1)
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
