#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/check.h"
#include "referral/referral.h"

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

/* Follows each combination of one area to its queue; the number that found one. */
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
		return cli_usage(cli, "\"%s\" is too much; leave it out", cli->words[0]);
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
	    "database: that each queue has a key, that somebody can open what comes in from\n"
	    "each open area, and that a real service has no demonstration accounts.\n"
	    "Prints what it proved. Warnings do not change the exit status.\n",
	.run = run
};
