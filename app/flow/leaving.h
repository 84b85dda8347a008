/*
 * What ends an account's part in a queue, or in all of them. The caller owns
 * the transaction. Private to flow/.
 */
#ifndef EGENREMISS_LEAVING_H
#define EGENREMISS_LEAVING_H

#include "flow/flow.h"

/*
 * Gives back the cases that the account holds in the queue, takes its keys and
 * the links that would pass them on. How many can then open the queue, or -1.
 */
int	leave_queue(struct store *store, const struct config *config, int64_t account,
	    const char *queue, int64_t now, struct error *error);
/*
 * The same with every queue, and it cannot sign in any more. When a queue would
 * be left without anybody who can open it: -1 with ERROR_REFUSED, and its id in
 * last, which is "" otherwise.
 */
int	account_shut(struct store *store, const struct config *config,
	    struct account_row *account, int64_t now, char last[STORE_QUEUE],
	    struct error *error);

#endif
