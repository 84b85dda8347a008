/*
 * codes.c: the codes on brochures. What a code opens may change after it is
 * printed; its address never does, and is never another's.
 */
#ifndef EGENREMISS_CODES_H
#define EGENREMISS_CODES_H

#include "flow/flow.h"

#define PLACE_POINTS	60	/* characters of a place: one line of a list */

/* What somebody wants of a code, as it was written; NULL as "". */
struct code_wish {
	const char *area;		/* by code, address or name */
	const char *channel;		/* a word of words_channel */
	const char *place;		/* the very place, one line */
	const char *language;		/* a BCP 47 tag; "" the reader's own */
	const char *first, *last;	/* "2027-01-31", both included; "" without */
};

enum code_fault {
	CODE_RIGHT, CODE_AREA, CODE_CHANNEL, CODE_PLACE, CODE_LANGUAGE, CODE_FIRST, CODE_LAST,
	CODE_TAKEN			/* in a list: such a one is there already */
};

/* Writes the wish into *row and leaves the rest of it. The first fault, or CODE_RIGHT. */
enum code_fault code_wish_read(const struct code_wish *wish, const struct config *config,
	    struct code_row *row);
/* Makes a code of what code_wish_read has written, and fills in which it is. A transaction. */
int	code_issue(struct store *store, struct code_row *row, int64_t now, struct error *error);
/*
 * Makes a code of each, in one transaction, but for those whose like (same area,
 * channel and place) is not retired: a list that is sent twice makes nothing
 * twice. Each that was made has its code filled in, the others have "".
 */
int	code_issue_all(struct store *store, struct code_row *rows, size_t count, int64_t now,
	    struct error *error);
/* From now on the code is what code_wish_read has written into *wanted. ABSENT: no such code. */
enum answer code_change(struct store *store, const char *code, const struct code_row *wanted,
	    struct error *error);
/* Its address still leads to its area's way in, and counts for nobody. Twice is once. */
enum answer code_retire(struct store *store, const char *code, int64_t now,
	    struct error *error);
enum answer code_revive(struct store *store, const char *code, struct error *error);
/* Neither retired, nor before its first day or after its last. */
bool	code_in_use(const struct code_row *row, int32_t today);
/* "HTTP://HOST/Q/ABC123": upper case, for QR's alphanumeric mode. Appends. */
void	code_address(const struct config *config, const char *code, struct buffer *address);

#endif
