/*
 * Loaded before libc (LD_PRELOAD): while the file that FULL_DISK names exists,
 * the disk is full. For machines on which a test may not mount one.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

typedef ssize_t write_at(int, const void *, size_t, off_t);

static int
is_full(void)
{
	const char *name = getenv("FULL_DISK");

	if (name == NULL || access(name, F_OK) != 0)
		return 0;
	errno = ENOSPC;
	return 1;
}

ssize_t
pwrite64(int file, const void *bytes, size_t length, off_t at)
{
	write_at *real = (write_at *)(size_t)dlsym(RTLD_NEXT, "pwrite64");

	return is_full() ? -1 : real(file, bytes, length, at);
}

ssize_t
pwrite(int file, const void *bytes, size_t length, off_t at)
{
	return pwrite64(file, bytes, length, at);
}
