/*
 * The `egenremiss` command, a file a subcommand. A subcommand is one struct
 * with a name, its help and a function; main.c lists them. In its function it
 * calls cli_option until there is none left, then reads its words:
 *
 *	while ((option = cli_option(cli)) != CLI_LAST)
 *		switch (option) {
 *		case OPTION_PLACE:
 *			place = cli->value;
 *		}
 *	if (cli->words_count != 1)
 *		return cli_usage(cli, "which code is missing; write one");
 */
#ifndef EGENREMISS_CLI_H
#define EGENREMISS_CLI_H

#include "base/base.h"
#include "base/config.h"
#include "store/store.h"

/* Exit statuses; scripts rely on them. */
enum cli_status {
	CLI_DONE = 0,
	CLI_NO = 1,		/* the answer is no, or a fault was found */
	CLI_USAGE = 2,		/* written wrongly */
	CLI_FAILED = 3		/* could not be done */
};

#define CLI_LAST	(-1)

struct cli;

struct cli_choice {
	const char *name;	/* "place" for --place, "o" for -o */
	const char *value;	/* what it takes, for the help: "TEXT"; NULL a mere flag */
	const char *help;
};

struct subcommand {
	const char *name;
	const char *words;	/* after the options, for the help: "CODE"; "" none */
	const char *summary;	/* one line */
	const char *help;	/* more, whole lines; "" for none */
	const struct cli_choice *options;	/* its own, beside the common ones */
	size_t options_count;
	enum cli_status (*run)(struct cli *cli);
};

struct cli {
	const struct subcommand *subcommand;
	const char *data;	/* the folder: --data, EGENREMISS_DATA or "var" */
	const char *config;	/* the file: --config, EGENREMISS_CONFIG or "conf/service.conf" */
	const char *value;	/* of the option that cli_option gave */
	char **words;		/* what is no option; set when cli_option gives CLI_LAST */
	int words_count;
	int argc;		/* of the subcommand, its name first */
	char **argv;
};

/* check.c ... a file each */
extern const struct subcommand subcommand_init, subcommand_check, subcommand_route,
    subcommand_user, subcommand_queue, subcommand_code, subcommand_qr, subcommand_doctor,
    subcommand_backup, subcommand_outbox;

/* cli.c */

/*
 * The next option of the subcommand, as its index in `options`, or CLI_LAST.
 * Common options are seen to; --help and a wrong option end the program.
 */
int	cli_option(struct cli *cli);
/* "egenremiss check: ..." on standard error. */
void	cli_complain(const struct cli *cli, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/* The same, and how to get help. Returns CLI_USAGE. */
enum cli_status cli_usage(const struct cli *cli, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/* Reads the configuration and starts the clock in its zone. 0, or -1 after a complaint. */
int	cli_config_load(const struct cli *cli, struct config *config);
/*
 * Opens the database of the data folder. ABSENT when there is none yet: the
 * subcommand says what that means to it. FAILED after a complaint.
 */
enum answer cli_store_open(const struct cli *cli, enum store_mode mode, struct store **store);

#endif
