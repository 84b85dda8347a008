/* "egenremiss check": proves a configuration before it is used. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "cli/cli.h"
#include "config/config.h"
#include "flow/intake.h"
#include "rules/rules.h"
#include "store/auth.h"
#include "store/store.h"

/* Checks that each queue has a key, and each that a submission can reach has a reader. */
static int
check_queues(struct check *check, struct store *store, struct error *error)
{
	const struct config *config = check->config;
	size_t reached = 0;
	int fewest = 0, before = check->faults;

	for (size_t i = 0; i < config->queues_count; i++) {
		const struct config_queue *queue = &config->queues[i];
		struct queue_key_row key;
		enum answer answer = store_queue_key_get(store, queue->id, &key, error);
		int readers;

		if (answer == FAILED)
			return -1;
		if (answer == ABSENT) {
			check_fault(check, queue->line, "queue %s has no key; do: egenremiss init",
			    queue->id);
			continue;
		}
		if (!check->reached[i])
			continue;
		readers = store_queue_readers(store, queue->id, error);
		if (readers == -1)
			return -1;
		if (readers == 0)
			check_fault(check, queue->line, "nobody can open what comes in to queue "
			    "%s; give it a coordinator: egenremiss user", queue->id);
		if (reached++ == 0 || readers < fewest)
			fewest = readers;
	}
	if (check->faults == before)
		(void)printf("%zu queues, each with a key; %zu take from open areas, each with "
		    "somebody who can open what comes in (the fewest: %d)\n",
		    config->queues_count, reached, fewest);
	return 0;
}

/* Warns of each number that no lead has confirmed; only of queues that take something in. */
static int
check_shown_numbers(struct check *check, struct store *store, struct error *error)
{
	const struct config *config = check->config;

	for (size_t i = 0; i < config->queues_count; i++) {
		const struct config_queue *queue = &config->queues[i];
		enum answer answer = ABSENT;
		int32_t day;

		if (check->reached[i])
			answer = shown_number_read(store, queue, &day, error);
		if (answer == FAILED)
			return -1;
		if (check->reached[i] && answer == ABSENT)
			check_warn(check, queue->line, "nobody has confirmed that a call from queue "
			    "%s shows %s, as the receipt promises; let a lead call a mobile phone "
			    "and confirm it at /staff/intake", queue->id, queue->phone);
	}
	return 0;
}

static int
account_check(const struct account_row *account, void *context)
{
	struct check *check = context;

	if (account->demonstration)
		check_fault(check, check->config->demonstration_line, "a real service has the "
		    "demonstration account %s; remove it: egenremiss user, or write "
		    "demonstration = true;", account->user);
	return 0;
}

static int
check_accounts(struct check *check, struct store *store, struct error *error)
{
	if (check->config->demonstration)
		return 0;
	return store_account_each(store, account_check, check, error);
}

int
check_store(struct check *check)
{
	struct store *store;
	struct error error = { 0 };
	int result = cli_schema_check(check->cli);

	if (result != 0) {
		check->faults += result > 0 ? result : 0;
		return result > 0 ? 0 : -1;
	}
	switch (cli_store_open(check->cli, STORE_READ, &store)) {
	case FAILED:
		return -1;
	case ABSENT:
		(void)printf("no database in %s yet: keys and coordinators are not checked; "
		    "make it: egenremiss init\n", check->cli->data);
		return 0;
	case FOUND:
		break;
	}
	result = check_queues(check, store, &error);
	if (result == 0)
		result = check_shown_numbers(check, store, &error);
	if (result == 0)
		result = check_accounts(check, store, &error);
	if (result == -1)
		cli_complain(check->cli, "%s", error.text);
	store_close(store);
	return result;
}

/* Numbers that the Swedish Post and Telecom Authority reserves for books and films. */
#define EXAMPLE_FIRST	"+46701740605"
#define EXAMPLE_LAST	"+46701740699"

/* Reports a telephone number that cannot be dialled. Returns 1 for a number that can, else 0. */
static size_t
check_phone(struct check *check, const char *phone, int line)
{
	char e164[PHONE_MAX];

	if (phone_parse(phone, e164) == -1) {
		check_fault(check, line, "\"%s\" is no number that can be rung; write such as "
		    "phone = \"070-174 06 05\";", phone);
		return 0;
	}
	if (!check->config->demonstration && strlen(e164) == strlen(EXAMPLE_FIRST) &&
	    strcmp(e164, EXAMPLE_FIRST) >= 0 && strcmp(e164, EXAMPLE_LAST) <= 0) {
		check_fault(check, line, "%s is reserved for examples; write a number that rings "
		    "at the service", phone);
		return 0;
	}
	return 1;
}

void
check_phones(struct check *check)
{
	const struct config *config = check->config;
	size_t right = 0, all = config->areas_count + config->queues_count;

	for (size_t i = 0; i < config->areas_count; i++)
		right += check_phone(check, config->areas[i].phone, config->areas[i].line);
	for (size_t i = 0; i < config->queues_count; i++)
		right += check_phone(check, config->queues[i].phone, config->queues[i].line);
	if (right == all)
		(void)printf("%zu telephone numbers of areas and queues, each can be rung\n", all);
}

void
check_crisis(struct check *check, int32_t today)
{
	const struct config *config = check->config;
	size_t fresh = 0;

	for (size_t i = 0; i < config->crisis_count; i++) {
		const struct config_crisis_line *crisis = &config->crisis[i];

		if (crisis->checked_day > today)
			check_fault(check, crisis->line, "%s was checked on a day that has not "
			    "come; write the day on which somebody checked it", crisis->name);
		else if (today - crisis->checked_day > 365)
			check_warn(check, crisis->line, "%s was checked more than a year ago; "
			    "compare %s with what its owner publishes and write the day",
			    crisis->name, crisis->number);
		else
			fresh++;
	}
	if (fresh == config->crisis_count)
		(void)printf("%zu crisis lines, each checked within a year\n", fresh);
}

void
check_areas(struct check *check, int32_t today)
{
	for (size_t i = 0; i < check->config->areas_count; i++) {
		const struct config_area *area = &check->config->areas[i];

		if (!area->open && area->opens_day != 0 && area->opens_day <= today)
			check_warn(check, area->line, "%s is closed though the day on which it "
			    "opens has come; write open = true; and remove opens", area->name);
	}
}

void
check_real(struct check *check)
{
	if (!check->config->demonstration &&
	    strncmp(check->config->base_url, "https://", 8) != 0)
		check_fault(check, check->config->base_url_line, "a real service is reached by "
		    "https, since sign-in needs it; write base_url = \"https://...\";");
}

static void
say(const struct check *check, int line, const char *what, const char *format, va_list args)
{
	struct buffer text = { 0 };
	char sentence[400];

	(void)vsnprintf(sentence, sizeof(sentence), format, args);
	buffer_format(&text, "%s:%d: %s%s", check->config->file, line, what, sentence);
	cli_complain(check->cli, "%s", buffer_string(&text));
	buffer_free(&text);
}

void
check_fault(struct check *check, int line, const char *format, ...)
{
	va_list args;

	check->faults++;
	va_start(args, format);
	say(check, line, "", format, args);
	va_end(args);
}

void
check_warn(struct check *check, int line, const char *format, ...)
{
	va_list args;

	check->warnings++;
	va_start(args, format);
	say(check, line, "warning: ", format, args);
	va_end(args);
}

/* Follows each combination of an area to its queue. Returns how many find one. */
static size_t
area_follow(struct check *check, const struct config_area *area, bool *used)
{
	size_t found = 0;

	for (int i = 0; i < AGE_COUNT * WHO_COUNT * SPEAK_COUNT; i++) {
		const struct routing_key key = {
			area->code, (enum age)(i % AGE_COUNT),
			(enum who)(i / AGE_COUNT % WHO_COUNT),
			(enum speak)(i / (AGE_COUNT * WHO_COUNT))
		};
		const struct config_route *route = routing_find(check->config, &key);

		if (route == NULL)
			continue;
		found++;
		used[route->queue] = true;
		if (area->open)
			check->reached[route->queue] = true;
	}
	return found;
}

static void
check_routing(struct check *check)
{
	const struct config *config = check->config;
	const size_t each = (size_t)AGE_COUNT * WHO_COUNT * SPEAK_COUNT;
	bool *used = calloc(config->queues_count, sizeof(*used));
	struct error error = { 0 };
	size_t found = 0;

	if (used == NULL)
		abort();
	for (size_t i = 0; i < config->areas_count; i++)
		found += area_follow(check, &config->areas[i], used);
	if (routing_check(config, &error) == -1) {
		check->faults++;
		cli_complain(check->cli, "%s", error.text);
	} else if (found == config->areas_count * each)
		(void)printf("%zu areas × %d ages × %d kinds × %d languages = %zu combinations, "
		    "each in exactly one queue\n%zu routes, each of use\n", config->areas_count,
		    AGE_COUNT, WHO_COUNT, SPEAK_COUNT, found, config->routes_count);
	for (size_t i = 0; i < config->queues_count; i++)
		if (!used[i])
			check_warn(check, config->queues[i].line, "nothing can come in to queue "
			    "%s; write a route to it or remove it", config->queues[i].id);
	free(used);
}

static enum cli_status
check_all(struct check *check)
{
	int32_t today = day_of(clock_now());
	size_t open = 0;

	for (size_t i = 0; i < check->config->areas_count; i++)
		open += check->config->areas[i].open;
	(void)printf("%s reads well: %zu areas (%zu open), %zu queues, %zu routes, "
	    "%zu crisis lines\n", check->config->file, check->config->areas_count, open,
	    check->config->queues_count, check->config->routes_count,
	    check->config->crisis_count);
	check_routing(check);
	check_phones(check);
	check_crisis(check, today);
	check_areas(check, today);
	check_real(check);
	if (check_store(check) == -1)
		return CLI_FAILED;
	(void)printf("faults: %d, warnings: %d\n", check->faults, check->warnings);
	return check->faults == 0 ? CLI_DONE : CLI_NO;
}

static enum cli_status
run(struct cli *cli)
{
	struct config config;
	struct check check = { .cli = cli, .config = &config };
	enum cli_status status;

	while (cli_option(cli) != CLI_LAST)
		;
	if (cli->words_count > 0)
		return cli_usage(cli, "unexpected argument \"%s\"", cli->words[0]);
	if (cli_config_load(cli, &config) == -1)
		return CLI_NO;
	check.reached = calloc(config.queues_count, sizeof(*check.reached));
	if (check.reached == NULL)
		abort();
	status = check_all(&check);
	free(check.reached);
	config_free(&config);
	return status;
}

const struct subcommand subcommand_check = {
	.name = "check",
	.words = "",
	.summary = "Prove the configuration, and who can open what comes in.",
	.help =
	    "Reads the configuration and proves that every combination of area, age, kind of\n"
	    "submitter and language lands in exactly one queue, that each telephone number can\n"
	    "be rung, and that the crisis numbers have been looked at within a year. With a\n"
	    "database: that its schema is the program's, that each queue has a key, that\n"
	    "somebody can open what comes in from each open area, that a lead has confirmed the\n"
	    "number that persons see when they are rung, and that a real service has no\n"
	    "demonstration accounts.\n"
	    "Prints what it proved. Warnings do not change the exit status.\n",
	.run = run
};
