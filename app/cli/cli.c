/* Options, help and complaints of all subcommands. */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "cli/cli.h"
#include "config/config.h"
#include "store/auth.h"
#include "store/store.h"

#define OPTIONS_MAX	16

static const struct cli_choice common[] = {
	{ "help", NULL, "this text" },
	{ "data", "DIR", "the data folder (EGENREMISS_DATA, else var)" },
	{ "config", "FILE", "the settings (EGENREMISS_CONFIG, else conf/service.conf)" }
};

enum { COMMON_HELP, COMMON_DATA, COMMON_CONFIG };

static void
options_help(const struct cli_choice *choices, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *value = choices[i].value;
		int width = printf("  %s%s%s%s", strlen(choices[i].name) == 1 ? "-" : "--",
		    choices[i].name, value == NULL ? "" : " ", value == NULL ? "" : value);

		(void)printf("%*s%s\n", width < 22 ? 22 - width : 1, "", choices[i].help);
	}
}

static void
help(const struct subcommand *subcommand)
{
	(void)printf("usage: egenremiss %s [options]%s%s\n\n%s\n", subcommand->name,
	    subcommand->words[0] == '\0' ? "" : " ", subcommand->words, subcommand->summary);
	if (subcommand->help[0] != '\0')
		(void)printf("\n%s", subcommand->help);
	(void)printf("\noptions:\n");
	options_help(subcommand->options, subcommand->options_count);
	options_help(common, COUNT_OF(common));
}

static void
complain(const struct cli *cli, const char *format, va_list args)
{
	(void)fprintf(stderr, "egenremiss %s: ", cli->subcommand->name);
	(void)vfprintf(stderr, format, args);
	(void)fputc('\n', stderr);
}

void
cli_complain(const struct cli *cli, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(cli, format, args);
	va_end(args);
}

enum cli_status
cli_usage(const struct cli *cli, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(cli, format, args);
	va_end(args);
	(void)fprintf(stderr, "\"egenremiss %s --help\" tells more.\n", cli->subcommand->name);
	return CLI_USAGE;
}

/* Makes getopt's table of long options: the subcommand's, then the common ones. */
static void
options_fill(const struct subcommand *subcommand, struct option table[OPTIONS_MAX + 1])
{
	size_t own = subcommand->options_count;

	if (own + COUNT_OF(common) > OPTIONS_MAX)
		abort();
	for (size_t i = 0; i < own + COUNT_OF(common); i++) {
		const struct cli_choice *choice = i < own ? &subcommand->options[i] :
		    &common[i - own];

		table[i] = (struct option){ choice->name,
		    choice->value == NULL ? no_argument : required_argument, NULL, (int)i };
	}
	table[own + COUNT_OF(common)] = (struct option){ 0 };
}

/* Makes getopt's text of short options: "o:" for an option of the name o. */
static void
letters_fill(const struct subcommand *subcommand, char letters[2 * OPTIONS_MAX + 3])
{
	char *end = stpcpy(letters, ":h");

	for (size_t i = 0; i < subcommand->options_count; i++) {
		if (strlen(subcommand->options[i].name) == 1)
			end = stpcpy(stpcpy(end, subcommand->options[i].name),
			    subcommand->options[i].value == NULL ? "" : ":");
	}
}

/* The index of the option with that letter, or `found` itself when no option has it. */
static int
letter_option(const struct subcommand *subcommand, int found)
{
	for (size_t i = 0; i < subcommand->options_count; i++) {
		const char *name = subcommand->options[i].name;

		if (name[0] == found && name[1] == '\0')
			return (int)i;
	}
	return found;
}

/* getopt gives the letter of a wrong short option; a wrong long one is the last argument read. */
static void
unknown_exit(const struct cli *cli)
{
	char letter[] = { '-', (char)optopt, '\0' };

	exit((int)cli_usage(cli, "there is no option %s; leave it out",
	    isprint(optopt) ? letter : cli->argv[optind - 1]));
}

int
cli_option(struct cli *cli)
{
	struct option table[OPTIONS_MAX + 1];
	char letters[2 * OPTIONS_MAX + 3];
	int own = (int)cli->subcommand->options_count, found;

	options_fill(cli->subcommand, table);
	letters_fill(cli->subcommand, letters);
	opterr = 0;
	while ((found = getopt_long(cli->argc, cli->argv, letters, table, NULL)) != -1) {
		cli->value = optarg;
		if (found == 'h' || found == own + COMMON_HELP) {
			help(cli->subcommand);
			exit(CLI_DONE);
		} else if (found == own + COMMON_DATA)
			cli->data = optarg;
		else if (found == own + COMMON_CONFIG)
			cli->config = optarg;
		else if (found == ':')
			exit((int)cli_usage(cli, "%s lacks its value; write it after the option",
			    cli->argv[optind - 1]));
		else if (found == '?')
			unknown_exit(cli);
		else
			return letter_option(cli->subcommand, found);
	}
	cli->words = cli->argv + optind;
	cli->words_count = cli->argc - optind;
	return CLI_LAST;
}

int
cli_config_load(const struct cli *cli, struct config *config)
{
	struct error error = { 0 };

	if (config_load(config, cli->config, &error) == -1) {
		cli_complain(cli, "%s", error.text);
		return -1;
	}
	clock_start(config->zone);
	return 0;
}

enum answer
cli_store_open(const struct cli *cli, enum store_mode mode, struct store **store)
{
	struct buffer path = { 0 };
	struct error error = { 0 };
	enum answer answer = FAILED;

	*store = NULL;
	buffer_format(&path, "%s/%s", cli->data, STORE_FILE);
	if (mode != STORE_CREATE && access(buffer_string(&path), F_OK) == -1 && errno == ENOENT)
		answer = ABSENT;
	else if ((*store = store_open(buffer_string(&path), mode, &error)) != NULL)
		answer = FOUND;
	else
		cli_complain(cli, "%s", error.text);
	buffer_free(&path);
	return answer;
}

static int
print_difference(const char *what, const char *remedy, void *context)
{
	(void)context;
	(void)printf("fault: database: %s; %s\n", what, remedy);
	return 0;
}

int
cli_schema_check(const struct cli *cli)
{
	struct buffer path = { 0 };
	struct error error = { 0 };
	int count = 0;

	buffer_format(&path, "%s/%s", cli->data, STORE_FILE);
	if (access(buffer_string(&path), F_OK) == 0)
		count = store_schema_check(buffer_string(&path), print_difference, NULL, &error);
	if (count == -1)
		cli_complain(cli, "%s", error.text);
	buffer_free(&path);
	return count;
}
