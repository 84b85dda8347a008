/*
 * The work: one struct that every use case carries. The caller fills it in once: the worker
 * for a request, the command for a subcommand. Each function of flow/ reads from it and
 * leaves its error there.
 */
#ifndef EGENREMISS_FLOW_WORK_H
#define EGENREMISS_FLOW_WORK_H

#include "base/base.h"
#include "config/config.h"
#include "store/auth.h"

struct identity;

struct work {
	struct store *store;		/* the calling thread's */
	const struct config *config;
	const struct identity *actor;	/* the signed-in account; NULL: the program itself */
	int64_t now;			/* the same moment for the whole work */
	/*
	 * The digest of the form that asks for the work, 16 bytes; NULL: none, or it is
	 * marked as taken already. The first transaction that commits marks it. When
	 * it was marked before, no transaction begins: ERROR_REPEATED.
	 */
	const unsigned char *form;
	bool form_marked;		/* a transaction has marked it */
	struct error error;		/* every function that fails fills it */
};

/*
 * work.c: a transaction of the work's store; they do not nest. It begins with one of the
 * first three functions, which return 0 or -1. After 0 the caller ends it with one of the
 * other functions, whatever happens between.
 */

int	work_begin(struct work *work);
/* The same; keys, accounts and sessions may also be written until it ends. */
int	work_begin_keys(struct work *work);
/* Begins a transaction that only reads; it sees one state of the database. */
int	work_begin_read(struct work *work);
/*
 * Commits when result >= 0 and returns result. Rolls back when it is negative and returns
 * -1, as it does when the commit fails.
 */
int	work_end(struct work *work, int result);
/*
 * Commits when `done`, otherwise rolls back. Returns `answer`, or FAILED when the commit
 * fails.
 */
enum answer work_settle(struct work *work, bool done, enum answer answer);
void	work_undo(struct work *work);

/* Tries to read from the database. Returns 0, or -1 with the reason in work->error. */
int	work_probe(struct work *work);

#endif
