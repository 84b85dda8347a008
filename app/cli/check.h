/* Inside `egenremiss check`: what its files share. */
#ifndef EGENREMISS_CHECK_H
#define EGENREMISS_CHECK_H

#include "cli/cli.h"

struct check {
	struct cli *cli;
	const struct config *config;
	bool *reached;		/* by queue: something can come in to it now, from an open area */
	int faults, warnings;
};

/* Both name the configuration's line, and count. */
void	check_fault(struct check *check, int line, const char *format, ...)
	    __attribute__((format(printf, 3, 4)));
void	check_warn(struct check *check, int line, const char *format, ...)
	    __attribute__((format(printf, 3, 4)));

/* check_values.c: numbers and days that can be read but not used */

void	check_phones(struct check *check);
void	check_crisis(struct check *check, int32_t today);
void	check_areas(struct check *check, int32_t today);
void	check_real(struct check *check);

/* check_store.c: 0, or -1 when the database could not be read (after a complaint) */

int	check_store(struct check *check);

#endif
