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
#ifndef EGENREMISS_CLI_CLI_H
#define EGENREMISS_CLI_CLI_H

#include "base/base.h"
#include "config/config.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "store/auth.h"
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
    subcommand_backup, subcommand_outbox, subcommand_away;

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

/*
 * Prints to standard output each difference between the schema of the data folder's
 * database and the one that it should have, with its remedy. How many there are; 0
 * when there is no database; -1 after a complaint.
 */
int	cli_schema_check(const struct cli *cli);

/*
 * Inside `egenremiss`: what the subcommands that work on a service share.
 */

#define DEMO_ACCOUNTS	"demo-accounts"	/* in the data folder: see demonstration.c */
#define BACKUP_AT	"backup_at"	/* meta: when backup last succeeded, int64_t */

struct service {
	struct config config;
	struct work work;
};

/* service.c */

/* Configuration, keys and database, which must exist. 0, or -1 after a complaint. */
int	service_open(const struct cli *cli, enum store_mode mode, struct service *service);
void	service_close(struct service *service);
/*
 * Says what service->error says. CLI_NO when what was asked for is wrong or
 * refused, CLI_FAILED when the machine could not.
 */
enum cli_status service_complain(const struct cli *cli, const struct service *service);

/* ask.c: secrets from standard input; a terminal is prompted and shows nothing. */

/*
 * One line, without its end, added to *line, which the caller wipes. 0, or -1
 * after a complaint when there is none or it is too long.
 */
int	ask_line(const struct cli *cli, const char *prompt, struct buffer *line);
/*
 * The recovery key, on one line or several: reads on until it has 17 words.
 * NULL after a complaint; else the caller's.
 */
struct secret_key *ask_recovery(const struct cli *cli);

/* recovery_sheet.c */

/* The words in lines and as a symbol, for the safe. To standard output. */
void	recovery_sheet_print(const char *service_name, const char *words);

/* demonstration.c */

/*
 * Accounts and codes of a demonstration, with the recovery key's words that
 * setup_service has just given; prints them and keeps them in DIR/demo-accounts.
 * When words are "", prints what that file keeps.
 */
enum cli_status demonstration_make(const struct cli *cli, struct service *service,
	    const char *words);

/* Inside `egenremiss check`: what its files share. */

struct check {
	struct cli *cli;
	const struct config *config;
	bool *reached;		/* by queue: something can come in to it now, from an open area */
	int faults, warnings;
};

/* Both name the configuration's line, and count. */
void	check_fault(struct check *check, int line, const char *format, ...)
	    __attribute__((format(printf, 3, 4)));
void	check_warn(struct check *check, int line, const char *format, ...)
	    __attribute__((format(printf, 3, 4)));

/* check_values.c: numbers and days that can be read but not used */

void	check_phones(struct check *check);
void	check_crisis(struct check *check, int32_t today);
void	check_areas(struct check *check, int32_t today);
void	check_real(struct check *check);

/* check_store.c: 0, or -1 when the database could not be read (after a complaint) */

int	check_store(struct check *check);

/* Inside `egenremiss doctor`: a part in a file of its own. */

/*
 * doctor.c: what was not told to people and to staff. Warnings: a
 * lead decides about them in the browser. 0, or -1 with service->error.
 */
int	examine_messages(struct service *service);

/*
 * doctor.c: warns of cases that are late while whoever holds them is
 * away and nobody stands in. 0, or -1 with the service's error.
 */
int	examine_absences(struct service *service);

/*
 * doctor.c: warns of a form that is open, or was to open, while nobody
 * can open what would come in. 0, or -1 with the service's error.
 */
int	examine_openings(struct service *service);

/* Inside `egenremiss outbox`: its key. */

#define OUTBOX_KEY	"outbox.key"	/* in the data folder, unless --key says another file */

/*
 * The secret half, read from the file; made when there is none. NULL after a
 * complaint; else the caller's.
 */
struct secret_key *outbox_key(const struct cli *cli, const char *path);

/* Inside `egenremiss user`: its actions. */

struct user_wish {
	const char *name, *role;	/* NULL when not written */
	const char **queues; size_t queues_count;
	bool reads_passphrase;		/* from standard input, after the recovery key */
};

/* user_keys.c: those that need the recovery key. The user is the second word. */

enum cli_status user_add(struct cli *cli, struct service *service, const struct user_wish *wish);
enum cli_status user_join(struct cli *cli, struct service *service, const struct user_wish *wish);
enum cli_status user_restore(struct cli *cli, struct service *service,
	    const struct user_wish *wish);

/* user_list.c: the others */

enum cli_status user_list(struct cli *cli, struct service *service, const struct user_wish *wish);
enum cli_status user_deactivate(struct cli *cli, struct service *service,
	    const struct user_wish *wish);
enum cli_status user_remove_demonstration(struct cli *cli, struct service *service,
	    const struct user_wish *wish);

#endif
