/*
 * Inside `egenremiss`: what the subcommands that work on a service share.
 */
#ifndef EGENREMISS_SERVICE_H
#define EGENREMISS_SERVICE_H

#include "cli/cli.h"
#include "flow/flow.h"

#define DEMO_ACCOUNTS	"demo-accounts"	/* in the data folder: see demonstration.c */
#define BACKUP_AT	"backup_at"	/* meta: when backup last succeeded, int64_t */

struct service {
	struct config config;
	struct store *store;
	struct error error;
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

#endif
