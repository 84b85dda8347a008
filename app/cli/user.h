/* Inside `egenremiss user`: its actions. */
#ifndef EGENREMISS_USER_H
#define EGENREMISS_USER_H

#include "cli/service.h"

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
