/*
 * One work: what every use case carries. The caller fills it in once, the
 * worker for a request, the command for a subcommand, and each function of
 * flow/ reads from it what it needs and leaves its error there.
 */
#ifndef EGENREMISS_FLOW_WORK_H
#define EGENREMISS_FLOW_WORK_H

#include "base/base.h"
#include "config/config.h"
#include "store/auth.h"

struct identity;

struct work {
	struct store *store;		/* of the thread that works */
	const struct config *config;
	const struct identity *actor;	/* who is signed in; NULL the program itself */
	int64_t now;			/* one moment for all of it */
	struct error error;		/* filled by each function that fails */
};

/*
 * work.c: a transaction of the work's store, one at a time. Each begins with
 * one of the first three, 0 or -1, and then ends with one of the others,
 * whatever came of it.
 */

int	work_begin(struct work *work);
/* The same, and keys, accounts and sessions may be written until it ends. */
int	work_begin_keys(struct work *work);
/* One state of the database, which nothing is written to. */
int	work_begin_read(struct work *work);
/* Commits when result >= 0 and returns it, else rolls back; -1 when either fails. */
int	work_end(struct work *work, int result);
/* Commits when it is done, else rolls back; the answer, or FAILED when it cannot commit. */
enum answer work_settle(struct work *work, bool done, enum answer answer);
void	work_undo(struct work *work);

/* Whether the database can be read. 0, or -1 with the reason in the work's error. */
int	work_probe(struct work *work);

#endif
