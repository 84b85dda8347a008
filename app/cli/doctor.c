/* "egenremiss doctor": proves the promise on a live database and names each breach. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "cli/cli.h"
#include "config/config.h"
#include "flow/intake.h"
#include "flow/overview.h"
#include "flow/people.h"
#include "store/messages.h"
#include "store/people.h"
#include "store/store.h"

static int
print_absence(const struct absence_row *row, void *argument)
{
	struct service *service = argument;
	struct absence_load load;
	struct account_row account;

	if (store_absence_load(service->work.store, row->account, clock_now(), &load,
	    &service->work.error) == -1)
		return 1;
	if (load.overdue == 0)
		return 0;
	if (store_account_get(service->work.store, row->account, &account,
	    &service->work.error) != FOUND)
		return 1;
	(void)printf("warning: %s is away and nobody stands in for %lld cases that are late; name "
	    "a deputy under Colleagues\n", account.user, (long long)load.overdue);
	return 0;
}

int
examine_absences(struct service *service)
{
	service->work.error.kind = ERROR_NONE;
	if (store_absence_each(service->work.store, print_absence, service,
	    &service->work.error) == -1 || service->work.error.kind != ERROR_NONE)
		return -1;
	return 0;
}

#define LATE_SECONDS	900	/* a message waits so long only when no outbox runs */

/* Names each text, because a person waits for it; counts mails by state and reason. */
struct unsent {
	int64_t mails[MESSAGE_STATE_COUNT][REASON_COUNT];
};

static int
print_text(const struct message_row *row, void *argument)
{
	struct unsent *unsent = argument;
	char reference[14];

	if (row->way == MESSAGE_MAIL) {
		unsent->mails[row->state][row->reason]++;
		return 0;
	}
	number_text(row->case_number, reference);
	(void)printf("warning: text of case %s: %s, %s\n", reference,
	    word_of(&words_message_state, (int)row->state),
	    word_of(&words_message_reason, (int)row->reason));
	return 0;
}

static void
print_mails(const struct unsent *unsent)
{
	for (int state = 0; state < MESSAGE_STATE_COUNT; state++)
		for (int reason = 0; reason < REASON_COUNT; reason++) {
			int64_t count = unsent->mails[state][reason];

			if (count > 0)
				(void)printf("warning: %lld mail%s: %s, %s\n", (long long)count,
				    count == 1 ? "" : "s", word_of(&words_message_state, state),
				    word_of(&words_message_reason, reason));
		}
}

int
examine_messages(struct service *service)
{
	struct unsent unsent = { 0 };
	int64_t waiting = 0, oldest_at = 0;

	if (store_message_each_unsent(service->work.store, print_text, &unsent,
	    &service->work.error) == -1 ||
	    store_message_waiting(service->work.store, &waiting, &oldest_at,
	    &service->work.error) == -1)
		return -1;
	print_mails(&unsent);
	if (waiting > 0 && oldest_at < clock_now() - LATE_SECONDS)
		(void)printf("warning: %lld messages wait for more than %d minutes; start egenremiss "
		    "outbox\n", (long long)waiting, LATE_SECONDS / 60);
	return 0;
}

static int
examine_opening(struct service *service, const struct config_area *area)
{
	const struct config_queue *unread = NULL;
	struct intake_status opening;
	int year, month, day;

	if (intake_status_read(&service->work, &opening, area) == -1)
		return -1;
	if (opening.open && intake_status_unread(&service->work, area, &unread) == -1)
		return -1;
	if (unread != NULL)
		(void)printf("warning: the form of %s is open and nobody can open queue %s\n",
		    area->name, unread->id);
	if (opening.held != NULL) {
		day_to_date(opening.turns_day, &year, &month, &day);
		(void)printf("warning: the form of %s was to open on %04d-%02d-%02d and stays "
		    "closed: nobody can open queue %s\n", area->name, year, month, day,
		    opening.held->id);
	}
	return 0;
}

int
examine_openings(struct service *service)
{
	for (size_t i = 0; i < service->config.areas_count; i++) {
		if (examine_opening(service, &service->config.areas[i]) == -1)
			return -1;
	}
	return 0;
}

#define DAY_SECONDS	86400

static const char *const breach_names[] = {
	[BREACH_NO_DUE] = "is open without a due time",
	[BREACH_NO_READER] = "is open and no active coordinator can open it",
	[BREACH_NO_RECORD] = "is open without its sealed submission",
	[BREACH_NO_EVENT] = "has a state that is not its last event's",
	[BREACH_HOLDER] = "is held by somebody who is not an active member",
	[BREACH_OFFER] = "is closed and still offered to another queue",
	[BREACH_KEY] = "can be opened by a queue that neither owns it nor takes part",
	[BREACH_SHARE] = "has a queue that takes part and cannot open it",
	[BREACH_INTEGRITY] = "the database is damaged; restore a backup"
};

_Static_assert(COUNT_OF(breach_names) == BREACH_COUNT, "a breach has no name");

#define UNTRIED_NAMED	20	/* doctor names so many of the oldest promises and counts the rest */

struct examination {
	struct cli *cli;
	struct service *service;
	int faults;
	int64_t untried;
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

/* Writes "3.5", or "-" for no value. */
static const char *
hours_of(const struct service_level_queue *queue, int64_t seconds, char text[32])
{
	(void)snprintf(text, 32, queue->tried == 0 ? "-" : "%.1f", (double)seconds / 3600);
	return text;
}

/*
 * Small figures are not hidden here, as they are on pages: a person who runs the command
 * has the database, and sees each case in it anyway.
 */
static void
print_queue(struct examination *examination, const struct service_level_queue *queue)
{
	char median[32], p90[32];

	(void)printf("%s\t%lld\t%lld\t%lld\t%lld\t%d\t%zu\t%s\t%s\n", queue->id,
	    (long long)queue->now.open, (long long)queue->now.overdue, (long long)queue->kept,
	    (long long)queue->broken, queue->now.readers, queue->tried,
	    hours_of(queue, queue->median_seconds, median), hours_of(queue, queue->p90_seconds, p90));
	if (queue->queue == NULL && queue->now.open > 0) {
		examination->faults++;
		(void)printf("fault: queue %s has open cases but is gone from the "
		    "configuration; put it back\n", queue->id);
	}
}

static int
print_level(struct examination *examination)
{
	const struct service_level_wish everything = { 0 };
	struct service *service = examination->service;
	struct level level;
	int result = service_level_read(&service->work, &level, &everything);

	(void)printf("queue\topen\toverdue\tkept\tbroken\treaders\ttried\tmedian_h\tp90_h\n");
	for (size_t i = 0; i < level.count && result == 0; i++)
		print_queue(examination, &level.queues[i]);
	service_level_free(&level);
	return result;
}

/* Warns of promises that have passed without an attempt. They are no breach of the invariant. */
static int
print_untried(const struct case_row *row, void *argument)
{
	struct examination *examination = argument;
	char reference[14];

	if (examination->untried++ >= UNTRIED_NAMED)
		return 0;
	number_text(row->number, reference);
	(void)printf("warning: case %s of %s was promised a call that nobody has tried\n", reference,
	    row->queue);
	return 0;
}

static int
examine_readers(struct examination *examination)
{
	struct service *service = examination->service;

	for (size_t i = 0; i < service->config.queues_count; i++) {
		const char *queue = service->config.queues[i].id;
		int readers = store_queue_readers(service->work.store, queue,
		    &service->work.error);

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

/* Warns of cases under an old key of a queue: a copy of that key still opens them. */
static int
examine_keys(struct service *service)
{
	for (size_t i = 0; i < service->config.queues_count; i++) {
		const char *queue = service->config.queues[i].id;
		struct queue_key_row newest;
		int64_t old = 0;
		enum answer answer = store_queue_key_get(service->work.store, queue, &newest,
		    &service->work.error);

		if (answer == FAILED || (answer == FOUND &&
		    store_old_key_count(service->work.store, queue, newest.generation, &old,
		    &service->work.error) == -1))
			return -1;
		if (old > 0)
			(void)printf("warning: queue %s: %lld cases are under an older key; "
			    "egenremiss queue rotate %s\n", queue, (long long)old, queue);
	}
	return 0;
}

static int
print_backup_age(struct service *service)
{
	struct buffer value = { 0 };
	enum answer answer = store_meta_get(service->work.store, BACKUP_AT, &value,
	    &service->work.error);
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

	if (setup_check(&service->work) == -1) {
		if (service->work.error.kind != ERROR_INPUT &&
		    service->work.error.kind != ERROR_REFUSED)
			return -1;
		examination->faults++;
		(void)printf("fault: %s\n", service->work.error.text);
	}
	if (store_doctor(service->work.store, print_breach, examination,
	    &service->work.error) == -1 ||
	    examine_readers(examination) == -1 || examine_keys(service) == -1)
		return -1;
	if (store_untried_each(service->work.store, clock_now(), print_untried, examination,
	    &service->work.error) == -1)
		return -1;
	if (examination->untried > UNTRIED_NAMED)
		(void)printf("warning: %lld more cases were promised a call that nobody has tried\n",
		    (long long)(examination->untried - UNTRIED_NAMED));
	if (print_level(examination) == -1 || examine_messages(service) == -1 ||
	    examine_absences(service) == -1 || examine_openings(service) == -1)
		return -1;
	return print_backup_age(service);
}

static enum cli_status
run(struct cli *cli)
{
	struct service service;
	struct examination examination = { .cli = cli, .service = &service };
	enum cli_status status;
	int differences;

	while (cli_option(cli) != CLI_LAST)
		;
	if (cli->words_count > 0)
		return cli_usage(cli, "unexpected argument \"%s\"", cli->words[0]);
	differences = cli_schema_check(cli);
	if (differences != 0) {
		if (differences > 0)
			(void)printf("%d faults\n", differences);
		return differences > 0 ? CLI_NO : CLI_FAILED;
	}
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
	    "Names each difference between the database's schema and the program's, with its\n"
	    "remedy, and looks no further when there is one. Otherwise examines the cases:\n"
	    "Every case that is not closed has one queue, a due time, its sealed submission\n"
	    "and at least one active coordinator who can open it; each case is in the state of\n"
	    "its last event. Prints a line a breach, a warning for each promised call that\n"
	    "nobody has tried, for cases that a change of key has not come to, for cases that\n"
	    "are late while whoever holds them is away and nobody stands in and for a form that\n"
	    "is open, or was to open, while nobody can open what would come in, then for\n"
	    "each queue what is open and overdue, promises kept and broken, how many can open\n"
	    "it, how many persons somebody has tried to reach, and median and 90th percentile\n"
	    "of the working hours until then, by the queue's own opening hours; tabs between.\n"
	    "Exit status 1 when anything is at fault.\n",
	.run = run
};
