#include <stdio.h>
#include <string.h>

#include "cli/service.h"

enum { OPTION_AREA, OPTION_CHANNEL, OPTION_PLACE };

static const struct cli_choice options[] = {
	[OPTION_AREA] = { "area", "AREA", "municipality, by code, address or name" },
	[OPTION_CHANNEL] = { "channel", "CHANNEL", "where brochures lie, for statistics" },
	[OPTION_PLACE] = { "place", "TEXT", "the very place, as staff call it" }
};

struct wish {
	const char *area, *channel, *place;
};

static enum cli_status
add(struct cli *cli, struct service *service, const struct wish *wish)
{
	int channel = word_value(&words_channel, wish->channel);
	struct buffer address = { 0 };
	char code[CODE_SIZE], list[300];

	if (wish->area == NULL || wish->channel == NULL || wish->place == NULL)
		return cli_usage(cli, "add needs --area, --channel and --place");
	if (channel == -1) {
		words_list(&words_channel, list, sizeof(list));
		return cli_usage(cli, "channel \"%s\" is no word of ours; write one of %s",
		    wish->channel, list);
	}
	if (code_issue(service->store, &service->config, wish->area, (enum channel)channel,
	    wish->place, clock_now(), code, &service->error) == -1)
		return service_complain(cli, service);
	code_address(&service->config, code, &address);
	(void)printf("code: %s\naddress: %s\n", code, buffer_string(&address));
	buffer_free(&address);
	return CLI_DONE;
}

static int
print_row(const struct code_row *row, int64_t visits, int64_t cases, void *config)
{
	const struct config_area *area = config_area(config, row->area);

	(void)printf("%s\t%s\t%s\t%lld\t%lld\t%s\t%s\n", row->code,
	    area == NULL ? row->area : area->name, word_of(&words_channel, (int)row->channel),
	    (long long)visits, (long long)cases, row->retired_at == 0 ? "in use" : "retired",
	    row->place);
	return 0;
}

static enum cli_status
list(struct cli *cli, struct service *service)
{
	(void)printf("code\tarea\tchannel\tvisits\tcases\tstate\tplace\n");
	if (store_code_each(service->store, print_row, &service->config,
	    &service->error) == -1)
		return service_complain(cli, service);
	return CLI_DONE;
}

static enum cli_status
retire(struct cli *cli, struct service *service)
{
	struct code_row row;
	char code[CODE_SIZE];

	if (code_parse(cli->words[1], code) == -1) {
		cli_complain(cli, "%s is no code: a character is mistyped", cli->words[1]);
		return CLI_NO;
	}
	switch (store_code_get(service->store, code, &row, &service->error)) {
	case FAILED:
		return service_complain(cli, service);
	case ABSENT:
		cli_complain(cli, "there is no code %s; \"egenremiss code list\" shows them", code);
		return CLI_NO;
	case FOUND:
		break;
	}
	if (store_code_retire(service->store, code, clock_now(), &service->error) == -1)
		return service_complain(cli, service);
	return CLI_DONE;
}

static enum cli_status
act(struct cli *cli, struct service *service, const struct wish *wish)
{
	if (strcmp(cli->words[0], "add") == 0)
		return add(cli, service, wish);
	if (strcmp(cli->words[0], "list") == 0)
		return list(cli, service);
	return retire(cli, service);
}

/* The action and as many words as it takes. */
static bool
is_written_right(const struct cli *cli)
{
	if (cli->words_count == 1)
		return strcmp(cli->words[0], "add") == 0 || strcmp(cli->words[0], "list") == 0;
	return cli->words_count == 2 && strcmp(cli->words[0], "retire") == 0;
}

static enum cli_status
run(struct cli *cli)
{
	struct wish wish = { 0 };
	struct service service;
	enum cli_status status;
	int option;

	while ((option = cli_option(cli)) != CLI_LAST) {
		if (option == OPTION_AREA)
			wish.area = cli->value;
		else if (option == OPTION_CHANNEL)
			wish.channel = cli->value;
		else
			wish.place = cli->value;
	}
	if (!is_written_right(cli))
		return cli_usage(cli, "write add, list or retire CODE");
	if (service_open(cli, STORE_OPEN, &service) == -1)
		return CLI_FAILED;
	status = act(cli, &service, &wish);
	service_close(&service);
	return status;
}

const struct subcommand subcommand_code = {
	.name = "code",
	.words = "add | list | retire CODE",
	.summary = "Make, count and retire the codes on brochures.",
	.help =
	    "add needs --area, --channel and --place, and prints the code and its address.\n"
	    "CHANNEL is health, counsellor, psychiatry, family-centre, employment-service,\n"
	    "insurance-agency, dental, dietician, addiction, budget, careers, school, poster,\n"
	    "newspaper, social-media, press or other.\n"
	    "list prints a line a code, tabs between: code, area, channel, visits, cases,\n"
	    "state, place.\n"
	    "retire keeps the code's figures; its address still leads to a way in.\n",
	.options = options,
	.options_count = COUNT_OF(options),
	.run = run
};
