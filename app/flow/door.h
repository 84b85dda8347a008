/*
 * The door: who may come in, and what each does to their own way in.
 * passphrase.c says what a passphrase must be.
 */
#ifndef EGENREMISS_DOOR_H
#define EGENREMISS_DOOR_H

#include "base/base.h"
#include "base/config.h"
#include "seal/seal.h"
#include "store/store.h"

/* passphrase.c */

enum passphrase_verdict {
	PASSPHRASE_GOOD,
	PASSPHRASE_WEAK,		/* under PASSPHRASE_LEAST_BITS: add a word */
	PASSPHRASE_LONG,		/* over PASSPHRASE_MOST_POINTS characters */
	PASSPHRASE_BROKEN		/* not UTF-8 */
};

/* The user's, the service's and the areas' names make it easier to guess. A few milliseconds. */
enum passphrase_verdict passphrase_judge(const struct config *config, const char *passphrase,
	    const char *user, const char *name);
/* 0, or -1 with ERROR_INPUT and what to do. */
int	passphrase_check(const struct config *config, const char *passphrase, const char *user,
	    const char *name, struct error *error);

#endif
