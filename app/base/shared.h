/* Memory that processes which are forked later have together, for as long as they live. */
#ifndef EGENREMISS_SHARED_H
#define EGENREMISS_SHARED_H

#include <pthread.h>

#include "base/base.h"

/* Zeroed, and never freed; NULL when it cannot be had. */
void	*shared_new(size_t size, struct error *error);
/* A lock in such memory. Whoever gets it after its holder died is told (EOWNERDEAD). */
void	shared_lock_start(pthread_mutex_t *lock);

#endif
