/* Inside `egenremiss outbox`: its key. */
#ifndef EGENREMISS_CLI_OUTBOX_H
#define EGENREMISS_CLI_OUTBOX_H

#include "cli/service.h"

#define OUTBOX_KEY	"outbox.key"	/* in the data folder, unless --key says another file */

/*
 * The secret half, read from the file; made when there is none. NULL after a
 * complaint; else the caller's.
 */
struct secret_key *outbox_key(const struct cli *cli, const char *path);

#endif
