/*
 * A page as it lies in memory: compressed, as nearly everybody takes it. For
 * who does not it is unpacked at each request, which takes a tenth of a
 * millisecond; kept as well, pages would take four times the memory.
 */
#ifndef EGENREMISS_PACKED_H
#define EGENREMISS_PACKED_H

#include "base/base.h"

struct packed {
	char *bytes;			/* gzip */
	size_t size;
	size_t length;			/* unpacked */
};

/* Once before and after all that is packed: what it works in is made once. */
void	packing_start(void);
void	packing_stop(void);
void	packed_make(struct packed *packed, const struct buffer *plain);
/* Appends what was packed. */
void	packed_open(const struct packed *packed, struct buffer *out);
void	packed_free(struct packed *packed);

#endif
