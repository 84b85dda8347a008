/*
 * The `egenremiss` command; each subcommand has a file of its own. A subcommand is a
 * struct with a name, a help text and a function; main.c lists them. The function calls
 * cli_option until no option is left, and then reads its words:
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

/* Exit statuses. Scripts rely on these numbers. */
enum cli_status {
	CLI_DONE = 0,
	CLI_NO = 1,		/* the answer is no, or the command has found a fault */
	CLI_USAGE = 2,		/* the command line is wrong */
	CLI_FAILED = 3		/* the machine could not do it */
};

#define CLI_LAST	(-1)

struct cli;

struct cli_choice {
	const char *name;	/* "place" for --place, "o" for -o */
	const char *value;	/* its value in the help: "TEXT"; NULL: it takes none */
	const char *help;
};

struct subcommand {
	const char *name;
	const char *words;	/* the words after the options, in the help: "CODE"; "" none */
	const char *summary;	/* one line */
	const char *help;	/* further whole lines; "" for none */
	const struct cli_choice *options;	/* beside the common ones */
	size_t options_count;
	enum cli_status (*run)(struct cli *cli);
};

struct cli {
	const struct subcommand *subcommand;
	const char *data;	/* the folder: --data, EGENREMISS_DATA or "var" */
	const char *config;	/* the file: --config, EGENREMISS_CONFIG or "conf/service.conf" */
	const char *value;	/* of the option that cli_option has returned */
	char **words;		/* the words that are no options; set with CLI_LAST */
	int words_count;
	int argc;		/* of the subcommand, its name first */
	char **argv;
};

/* each in the file of its name */
extern const struct subcommand subcommand_init, subcommand_check, subcommand_route,
    subcommand_user, subcommand_queue, subcommand_code, subcommand_qr, subcommand_doctor,
    subcommand_backup, subcommand_outbox, subcommand_away;

/* cli.c */

/*
 * Returns the next option of the subcommand as its index in `options`, or CLI_LAST. It
 * handles the common options itself. --help and a wrong option end the program.
 */
int	cli_option(struct cli *cli);
/* A complaint: writes "egenremiss SUBCOMMAND: ..." to standard error. */
void	cli_complain(const struct cli *cli, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/* The same, with a line about --help. Returns CLI_USAGE. */
enum cli_status cli_usage(const struct cli *cli, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/* Reads the configuration and starts the clock in its zone. 0, or -1 after a complaint. */
int	cli_config_load(const struct cli *cli, struct config *config);
/*
 * Opens the database of the data folder. ABSENT, without a complaint, when there is none
 * yet. FAILED after a complaint. The caller closes *store.
 */
enum answer cli_store_open(const struct cli *cli, enum store_mode mode, struct store **store);

/*
 * Prints each difference between the schema of the data folder's database and the current
 * schema, with its remedy. Returns the number of differences; 0 when there is no database;
 * -1 after a complaint.
 */
int	cli_schema_check(const struct cli *cli);

/* ask.c: subcommands that need configuration and database */

#define DEMO_ACCOUNTS	"demo-accounts"	/* a file in the data folder: see demonstration_make */
#define BACKUP_AT	"backup_at"	/* a key of meta: when backup last succeeded, int64_t */

struct service {
	struct config config;
	struct work work;
};

/*
 * Reads the configuration, starts seal/ and opens the database, which must exist. 0, or -1
 * after a complaint. The caller ends *service with service_close.
 */
int	service_open(const struct cli *cli, enum store_mode mode, struct service *service);
void	service_close(struct service *service);
/*
 * Complains with the error of service->work. Returns CLI_NO for ERROR_INPUT and
 * ERROR_REFUSED, else CLI_FAILED.
 */
enum cli_status service_complain(const struct cli *cli, const struct service *service);

/* ask.c: secrets from standard input. A terminal shows a prompt, but not the typed text. */

/*
 * Appends one line, without its line end, to *line, which the caller wipes. 0, or -1 after
 * a complaint when there is no line or it is too long.
 */
int	ask_line(const struct cli *cli, const char *prompt, struct buffer *line);
/*
 * Reads the recovery key, on one line or several, until it has 17 words. NULL after a
 * complaint; else the caller frees it with secret_key_free.
 */
struct secret_key *ask_recovery(const struct cli *cli);

/* Prints the recovery sheet for the safe: the words in lines and as a QR symbol. */
void	recovery_sheet_print(const char *service_name, const char *words);

/*
 * init.c: makes the accounts and codes of a demonstration, prints them, and writes them to
 * the file DEMO_ACCOUNTS. `words` are the words of the recovery key. With "" it prints that
 * file only.
 */
enum cli_status demonstration_make(const struct cli *cli, struct service *service,
	    const char *words);

/* check.c */

struct check {
	struct cli *cli;
	const struct config *config;
	bool *reached;		/* for each queue: whether a submission of an open area can reach it */
	int faults, warnings;
};

/* Print a fault or a warning with the line of the configuration, and count it. */
void	check_fault(struct check *check, int line, const char *format, ...)
	    __attribute__((format(printf, 3, 4)));
void	check_warn(struct check *check, int line, const char *format, ...)
	    __attribute__((format(printf, 3, 4)));

/* These report numbers and days that have the right form but cannot be used. */

void	check_phones(struct check *check);
void	check_crisis(struct check *check, int32_t today);
void	check_areas(struct check *check, int32_t today);
void	check_real(struct check *check);

/* Checks keys and readers of the queues. 0, or -1 after a complaint: the database is unreadable. */

int	check_store(struct check *check);

/* doctor.c: each prints warnings. 0, or -1 with the error of the service. */

/* Warns of messages that were not sent; a lead decides about them in the browser. */
int	examine_messages(struct service *service);

/* Warns of overdue cases whose holder is absent and has no deputy. */
int	examine_absences(struct service *service);

/* Warns of areas that are open, or should be, and whose submissions no colleague can open. */
int	examine_openings(struct service *service);

/* outbox.c */

#define OUTBOX_KEY	"outbox.key"	/* a file in the data folder, unless --key names another */

/*
 * Reads the secret half of the outbox's key from the file, or makes key and file. NULL after
 * a complaint; else the caller frees it with secret_key_free.
 */
struct secret_key *outbox_key(const struct cli *cli, const char *path);

/* user.c */

struct user_wish {
	const char *name, *role;	/* NULL when the command line has none */
	const char **queues; size_t queues_count;
	bool reads_passphrase;		/* from standard input, after the recovery key */
};

/* Actions that need the recovery key. The user is the second word of the command line. */

enum cli_status user_add(struct cli *cli, struct service *service, const struct user_wish *wish);
enum cli_status user_join(struct cli *cli, struct service *service, const struct user_wish *wish);
enum cli_status user_restore(struct cli *cli, struct service *service,
	    const struct user_wish *wish);

/* Actions that do not need it. */

enum cli_status user_list(struct cli *cli, struct service *service, const struct user_wish *wish);
enum cli_status user_deactivate(struct cli *cli, struct service *service,
	    const struct user_wish *wish);
enum cli_status user_remove_demonstration(struct cli *cli, struct service *service,
	    const struct user_wish *wish);

#endif
