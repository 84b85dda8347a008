/*
 * What a reader found when they looked for a case's telephone number in others,
 * sealed with the case. Private to flow/.
 */
#ifndef EGENREMISS_FINDING_H
#define EGENREMISS_FINDING_H

#include "flow/keyring.h"
#include "flow/repeats.h"

/* Case numbers, as a field of the sealed form: with a space between. */
struct numbers {
	int64_t number[REPEATS_MOST];
	size_t count;
};

struct finding {
	struct keyring *ring;
	struct numbers same;		/* found by the reader */
	struct numbers apart;		/* said by the reader to be another's */
	struct numbers all_apart;	/* by anybody */
	bool looked;			/* the reader has one of their own */
	int result;			/* of reading, as is what follows */
	struct error *error;
};

bool	numbers_have(const struct numbers *numbers, int64_t number);
/* Once each; what there is no room for is not kept. */
void	numbers_add(struct numbers *numbers, int64_t number);

/* Turns the ring to the case. FOUND, also when nobody has looked; ABSENT: the reader has no key. */
enum answer finding_read(struct finding *finding, int64_t number, struct error *error);
/* In place of the reader's own, to the case to which the ring is turned. 0 or -1. */
int	finding_write(const struct finding *finding, int64_t number, int64_t now,
	    struct error *error);

#endif
