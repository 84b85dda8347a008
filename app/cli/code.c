/* "egenremiss code": makes, lists and retires QR codes. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "cli/cli.h"
#include "config/config.h"
#include "flow/codes.h"
#include "rules/rules.h"
#include "store/store.h"

enum { OPTION_AREA, OPTION_CHANNEL, OPTION_PLACE, OPTION_LANGUAGE, OPTION_FIRST, OPTION_LAST };

static const struct cli_choice options[] = {
	[OPTION_AREA] = { "area", "AREA", "municipality, by code, address or name" },
	[OPTION_CHANNEL] = { "channel", "CHANNEL", "where brochures lie, for statistics" },
	[OPTION_PLACE] = { "place", "TEXT", "the very place, as staff call it" },
	[OPTION_LANGUAGE] = { "language", "TAG", "in which its form opens (the reader's own)" },
	[OPTION_FIRST] = { "first", "YYYY-MM-DD", "the first day on which it counts" },
	[OPTION_LAST] = { "last", "YYYY-MM-DD", "the last" }
};

/* Complains of the first fault of a wished code, with the remedy. */
static enum cli_status
complain(struct cli *cli, const struct service *service, const struct code_wish *wish,
    enum code_fault fault)
{
	char list[300];

	switch (fault) {
	case CODE_AREA:
		cli_complain(cli, "%s is no area of %s: write its code, address or name",
		    wish->area, service->config.file);
		return CLI_NO;
	case CODE_CHANNEL:
		words_list(&words_channel, list, sizeof(list));
		return cli_usage(cli, "unknown channel \"%s\"; use one of: %s",
		    wish->channel, list);
	case CODE_PLACE:
		cli_complain(cli, "the place is to be one line of 1 to %d characters", PLACE_MAX);
		return CLI_NO;
	case CODE_LANGUAGE:
		return cli_usage(cli, "language \"%s\" is not the tag of a language; write such as "
		    "sv, en or ar", wish->language);
	case CODE_FIRST:
		return cli_usage(cli, "first day \"%s\" is no YYYY-MM-DD", wish->first);
	case CODE_LAST:
	default:
		return cli_usage(cli, "last day \"%s\" is no YYYY-MM-DD from the first on",
		    wish->last);
	}
}

static enum cli_status
add(struct cli *cli, struct service *service, const struct code_wish *wish)
{
	struct buffer address = { 0 };
	struct code_row row = { 0 };
	enum code_fault fault;

	if (wish->area == NULL || wish->channel == NULL || wish->place == NULL)
		return cli_usage(cli, "add needs --area, --channel and --place");
	fault = code_wish_read(wish, &service->config, &row);
	if (fault != CODE_RIGHT)
		return complain(cli, service, wish, fault);
	if (code_issue(&service->work, &row) == -1)
		return service_complain(cli, service);
	code_address(&service->config, row.code, &address);
	(void)printf("code: %s\naddress: %s\n", row.code, buffer_string(&address));
	buffer_free(&address);
	return CLI_DONE;
}

static int
print_row(const struct code_row *row, int64_t visits, int64_t cases, void *config)
{
	const struct config_area *area = config_area(config, row->area);

	(void)printf("%s\t%s\t%s\t%lld\t%lld\t%s\t%s\n", row->code,
	    area == NULL ? row->area : area->name, word_of(&words_channel, (int)row->channel),
	    (long long)visits, (long long)cases, row->retired_at != 0 ? "retired" :
	    code_in_use(row, day_of(clock_now())) ? "in use" : "not now",
	    row->place);
	return 0;
}

static enum cli_status
list(struct cli *cli, struct service *service)
{
	(void)printf("code\tarea\tchannel\tvisits\tcases\tstate\tplace\n");
	if (store_code_each(service->work.store, print_row, &service->config,
	    &service->work.error) == -1)
		return service_complain(cli, service);
	return CLI_DONE;
}

static enum cli_status
alter(struct cli *cli, struct service *service, bool revive)
{
	char code[CODE_SIZE];
	enum answer answer;

	if (code_parse(cli->words[1], code) == -1) {
		cli_complain(cli, "%s is no code: a character is mistyped", cli->words[1]);
		return CLI_NO;
	}
	answer = revive ? code_revive(&service->work, code) :
	    code_retire(&service->work, code);
	if (answer == FAILED)
		return service_complain(cli, service);
	if (answer == FOUND)
		return CLI_DONE;
	cli_complain(cli, "there is no code %s; \"egenremiss code list\" shows them", code);
	return CLI_NO;
}

static enum cli_status
act(struct cli *cli, struct service *service, const struct code_wish *wish)
{
	if (strcmp(cli->words[0], "add") == 0)
		return add(cli, service, wish);
	if (strcmp(cli->words[0], "list") == 0)
		return list(cli, service);
	return alter(cli, service, strcmp(cli->words[0], "revive") == 0);
}

/* Whether the command line has an action and the number of words that it needs. */
static bool
is_written_right(const struct cli *cli)
{
	if (cli->words_count == 1)
		return strcmp(cli->words[0], "add") == 0 || strcmp(cli->words[0], "list") == 0;
	return cli->words_count == 2 && (strcmp(cli->words[0], "retire") == 0 ||
	    strcmp(cli->words[0], "revive") == 0);
}

static enum cli_status
run(struct cli *cli)
{
	struct code_wish wish = { 0 };
	const char **const wishes[] = {
		[OPTION_AREA] = &wish.area, [OPTION_CHANNEL] = &wish.channel,
		[OPTION_PLACE] = &wish.place, [OPTION_LANGUAGE] = &wish.language,
		[OPTION_FIRST] = &wish.first, [OPTION_LAST] = &wish.last
	};
	struct service service;
	enum cli_status status;
	int option;

	while ((option = cli_option(cli)) != CLI_LAST)
		*wishes[option] = cli->value;
	if (!is_written_right(cli))
		return cli_usage(cli, "write add, list, retire CODE or revive CODE");
	if (service_open(cli, STORE_OPEN, &service) == -1)
		return CLI_FAILED;
	status = act(cli, &service, &wish);
	service_close(&service);
	return status;
}

const struct subcommand subcommand_code = {
	.name = "code",
	.words = "add | list | retire CODE | revive CODE",
	.summary = "Make, count and retire the codes on brochures.",
	.help =
	    "add needs --area, --channel and --place, and prints the code and its address.\n"
	    "CHANNEL is health, counsellor, psychiatry, family-centre, employment-service,\n"
	    "insurance-agency, dental, dietician, addiction, budget, careers, school, poster,\n"
	    "newspaper, social-media, press or other.\n"
	    "list prints a line a code, tabs between: code, area, channel, visits, cases,\n"
	    "state, place.\n"
	    "retire keeps the code's figures; its address still leads to a way in, as it\n"
	    "does before the first and after the last day. revive takes that back.\n",
	.options = options,
	.options_count = COUNT_OF(options),
	.run = run
};
