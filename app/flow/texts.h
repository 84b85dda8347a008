/* The queueing of texts to people, for the act that gives rise to it. Private to flow/. */
#ifndef EGENREMISS_TEXTS_H
#define EGENREMISS_TEXTS_H

#include "flow/keyring.h"

/*
 * Seals the text and the person's number to the outbox and queues it, by the
 * ring's reader; the caller owns the transaction. ERROR_REFUSED: the person
 * wants no messages. ERROR_UNAVAILABLE: no outbox has run yet.
 */
int	text_queue(struct keyring *ring, const struct case_row *row, const char *text,
	    int64_t now, struct error *error);

#endif
