/*
 * One work: what every use case carries. The caller fills it in once, the
 * worker for a request, the command for a subcommand, and each function of
 * flow/ reads from it what it needs and leaves its error there.
 */
#ifndef EGENREMISS_FLOW_WORK_H
#define EGENREMISS_FLOW_WORK_H

#include "base/base.h"
#include "config/config.h"
#include "store/store.h"

struct identity;

struct work {
	struct store *store;		/* of the thread that works */
	const struct config *config;
	const struct identity *actor;	/* who is signed in; NULL the program itself */
	int64_t now;			/* one moment for all of it */
	struct error error;		/* filled by each function that fails */
};

#endif
