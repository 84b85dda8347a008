/*
 * Makes each fsync two milliseconds slower, by LD_PRELOAD, to measure the service on a
 * slow disk.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

#define EXPORTED	__attribute__((visibility("default")))

EXPORTED int fsync(int file);
EXPORTED int fdatasync(int file);

typedef int (*sync_fn)(int);

static int
slow(const char *name, int file)
{
	const struct timespec delay = { .tv_nsec = 2000000 };
	sync_fn next;

	/* ISO C has no cast from an object's address to a function's. */
	*(void **)&next = dlsym(RTLD_NEXT, name);
	if (next == NULL)
		abort();
	(void)nanosleep(&delay, NULL);
	return next(file);
}

int
fsync(int file)
{
	return slow("fsync", file);
}

int
fdatasync(int file)
{
	return slow("fdatasync", file);
}
