#include <sys/mman.h>

#include <errno.h>
#include <string.h>

#include "base/shared.h"

void *
shared_new(size_t size, struct error *error)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory != MAP_FAILED)
		return memory;
	(void)error_set(error, ERROR_INTERNAL, "shared memory: %s", strerror(errno));
	return NULL;
}

void
shared_lock_start(pthread_mutex_t *lock)
{
	pthread_mutexattr_t shared;

	(void)pthread_mutexattr_init(&shared);
	(void)pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
	(void)pthread_mutexattr_setrobust(&shared, PTHREAD_MUTEX_ROBUST);
	(void)pthread_mutex_init(lock, &shared);
	(void)pthread_mutexattr_destroy(&shared);
}
