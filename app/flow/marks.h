/*
 * Submissions of the last day by their marks, so that a double tap makes one
 * case. They lie in memory that the workers share, as the key that makes them
 * does (mark_make): a restart of the service forgets both, that of a worker
 * neither, and nothing derived from what a person wrote is on a disk.
 *
 * There is room for some ten thousand a day. Where more come, each one pushes
 * out the oldest of the eight with which it shares a set.
 */
#ifndef EGENREMISS_MARKS_H
#define EGENREMISS_MARKS_H

#include "base/base.h"
#include "seal/seal.h"

/* Once before the workers fork; a second start forgets. */
int	marks_start(struct error *error);
/*
 * Both within a transaction that writes: its lock keeps the other workers out.
 * What was kept stays though the transaction fails, or its process dies: then
 * it is the number of no case.
 */
/* The case for which the mark was kept last, within a day; 0 none. */
int64_t	marks_find(const unsigned char mark[SEAL_MARK_SIZE], int64_t now);
void	marks_keep(const unsigned char mark[SEAL_MARK_SIZE], int64_t case_number, int64_t now);

#endif
