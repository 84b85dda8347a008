/* The list of subcommands, and the choice of one by the command line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "cli/cli.h"

static const struct subcommand *const subcommands[] = {
	&subcommand_init,
	&subcommand_check,
	&subcommand_away,
	&subcommand_route,
	&subcommand_user,
	&subcommand_queue,
	&subcommand_code,
	&subcommand_qr,
	&subcommand_doctor,
	&subcommand_backup,
	&subcommand_outbox
};

static void
help_all(FILE *to)
{
	(void)fprintf(to, "usage: egenremiss SUBCOMMAND [--help] [--data DIR] [--config FILE] "
	    "...\n\n");
	for (size_t i = 0; i < COUNT_OF(subcommands); i++)
		(void)fprintf(to, "  %-8s %s\n", subcommands[i]->name, subcommands[i]->summary);
	(void)fprintf(to, "\nExit status: 0 done, 1 the answer is no or a fault was found, "
	    "2 written wrongly,\n3 could not be done. \"egenremiss SUBCOMMAND --help\" tells "
	    "more.\n");
}

static const char *
environment(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value == NULL || value[0] == '\0' ? otherwise : value;
}

static enum cli_status
run(const struct subcommand *subcommand, int argc, char **argv)
{
	struct cli cli = {
		.subcommand = subcommand,
		.data = environment("EGENREMISS_DATA", "var"),
		.config = environment("EGENREMISS_CONFIG", "conf/service.conf"),
		.argc = argc,
		.argv = argv
	};
	enum cli_status status = subcommand->run(&cli);

	/* The command fails when its output cannot be written. */
	if (fflush(stdout) != 0 || ferror(stdout)) {
		cli_complain(&cli, "the answer could not be written: is the disk full?");
		return CLI_FAILED;
	}
	return status;
}

int
main(int argc, char **argv)
{
	if (argc < 2) {
		help_all(stderr);
		return CLI_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0) {
		help_all(stdout);
		return CLI_DONE;
	}
	for (size_t i = 0; i < COUNT_OF(subcommands); i++)
		if (strcmp(subcommands[i]->name, argv[1]) == 0)
			return (int)run(subcommands[i], argc - 1, argv + 1);
	(void)fprintf(stderr, "egenremiss: there is no subcommand \"%s\"; do one of these:\n\n",
	    argv[1]);
	help_all(stderr);
	return CLI_USAGE;
}
