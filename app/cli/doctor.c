#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/service.h"

#define DAY_SECONDS	86400

static const char *const breach_names[] = {
	[BREACH_NO_DUE] = "is open without a due time",
	[BREACH_NO_READER] = "is open and no active coordinator can open it",
	[BREACH_NO_RECORD] = "is open without its sealed submission",
	[BREACH_NO_EVENT] = "has a state that is not its last event's",
	[BREACH_HOLDER] = "is held by somebody who is not an active member",
	[BREACH_INTEGRITY] = "the database is damaged; restore a backup"
};

_Static_assert(COUNT_OF(breach_names) == BREACH_COUNT, "a breach has no name");

struct examination {
	struct cli *cli;
	struct service *service;
	int faults;
};

static int
print_breach(enum breach breach, int64_t number, const char *detail, void *argument)
{
	struct examination *examination = argument;
	char reference[14];

	examination->faults++;
	if (number == 0) {
		(void)printf("fault: %s: %s\n", breach_names[breach], detail);
		return 0;
	}
	number_text(number, reference);
	(void)printf("fault: case %s %s%s%s\n", reference, breach_names[breach],
	    detail == NULL || detail[0] == '\0' ? "" : ": ", detail == NULL ? "" : detail);
	return 0;
}

static int
print_figures(const struct queue_figures *figures, void *argument)
{
	struct examination *examination = argument;

	(void)printf("%s\t%lld\t%lld\t%lld\t%lld\t%d\n", figures->queue,
	    (long long)figures->open, (long long)figures->overdue, (long long)figures->kept,
	    (long long)figures->broken, figures->readers);
	if (config_queue(&examination->service->config, figures->queue) == NULL &&
	    figures->open > 0) {
		examination->faults++;
		(void)printf("fault: queue %s has open cases but is gone from the "
		    "configuration; put it back\n", figures->queue);
	}
	return 0;
}

static int
examine_readers(struct examination *examination)
{
	struct service *service = examination->service;

	for (size_t i = 0; i < service->config.queues_count; i++) {
		const char *queue = service->config.queues[i].id;
		int readers = store_queue_readers(service->store, queue, &service->error);

		if (readers == -1)
			return -1;
		if (readers == 0) {
			examination->faults++;
			(void)printf("fault: nobody can open queue %s; egenremiss user join\n",
			    queue);
		} else if (readers == 1)
			(void)printf("warning: one person alone can open queue %s\n", queue);
	}
	return 0;
}

static int
print_backup_age(struct service *service)
{
	struct buffer value = { 0 };
	enum answer answer = store_meta_get(service->store, BACKUP_AT, &value,
	    &service->error);
	int64_t at, days;

	if (answer == FOUND && value.length == sizeof(at)) {
		memcpy(&at, value.data, sizeof(at));
		days = (clock_now() - at) / DAY_SECONDS;
		(void)printf("last backup: %lld days ago\n", (long long)days);
	} else if (answer != FAILED)
		(void)printf("last backup: none that egenremiss backup made\n");
	buffer_free(&value);
	return answer == FAILED ? -1 : 0;
}

static int
examine(struct examination *examination)
{
	struct service *service = examination->service;

	if (setup_check(service->store, &service->config, &service->error) == -1) {
		if (service->error.kind != ERROR_INPUT && service->error.kind != ERROR_REFUSED)
			return -1;
		examination->faults++;
		(void)printf("fault: %s\n", service->error.text);
	}
	if (store_doctor(service->store, print_breach, examination, &service->error) == -1 ||
	    examine_readers(examination) == -1)
		return -1;
	(void)printf("queue\topen\toverdue\tkept\tbroken\treaders\n");
	if (store_queue_figures(service->store, clock_now(), print_figures, examination,
	    &service->error) == -1)
		return -1;
	return print_backup_age(service);
}

static enum cli_status
run(struct cli *cli)
{
	struct service service;
	struct examination examination = { .cli = cli, .service = &service };
	enum cli_status status;

	while (cli_option(cli) != CLI_LAST)
		;
	if (cli->words_count > 0)
		return cli_usage(cli, "\"%s\" is too much; leave it out", cli->words[0]);
	if (service_open(cli, STORE_READ, &service) == -1)
		return CLI_FAILED;
	if (examine(&examination) == -1)
		status = service_complain(cli, &service);
	else {
		(void)printf("%d faults\n", examination.faults);
		status = examination.faults == 0 ? CLI_DONE : CLI_NO;
	}
	service_close(&service);
	return status;
}

const struct subcommand subcommand_doctor = {
	.name = "doctor",
	.words = "",
	.summary = "Examine a database, in use or not, and name each fault.",
	.help =
	    "Every case that is not closed has one queue, a due time, its sealed submission\n"
	    "and at least one active coordinator who can open it; each case is in the state of\n"
	    "its last event. Prints a line a breach, then for each queue what is open and\n"
	    "overdue, promises kept and broken, and how many can open it, tabs between.\n"
	    "Exit status 1 when anything is at fault.\n",
	.run = run
};
