/* Case numbers, which several processes make at once, and memory that processes share. */
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

void *
shared_new(size_t size, struct error *error)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory != MAP_FAILED)
		return memory;
	(void)error_set(error, ERROR_INTERNAL, "shared memory: %s", strerror(errno));
	return NULL;
}

/* Whether the file is the caller's own and of that size; an empty one is made so. */
static bool
is_kept(int file, size_t size)
{
	struct stat info;

	if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode) || info.st_uid != geteuid() ||
	    (info.st_mode & 077) != 0)
		return false;
	/* All of it now: where memory is full later, a write to it would end the process. */
	return info.st_size == (off_t)size ||
	    (info.st_size == 0 && posix_fallocate(file, 0, (off_t)size) == 0);
}

/* The file of that path, which is made anew when it is not one of is_kept. -1 with errno. */
static int
open_kept(const char *path, size_t size)
{
	for (int again = 0; again < 2; again++) {
		const int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

		if (file != -1 && is_kept(file, size))
			return file;
		if (file != -1)
			(void)close(file);
		if (unlink(path) != 0)
			return -1;
	}
	return -1;
}

void *
shared_kept(const char *name, size_t size, struct error *error)
{
	const char *folder = getenv("RUNTIME_DIRECTORY");
	char path[PATH_MAX];
	void *memory;
	int file;

	if (folder == NULL || *folder == '\0')
		return shared_new(size, error);
	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = open_kept(path, size);
	memory = file == -1 ? MAP_FAILED :
	    mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (memory == MAP_FAILED)
		(void)error_set(error, ERROR_INTERNAL, "%s: %s", path, strerror(errno));
	if (file != -1)
		(void)close(file);
	return memory == MAP_FAILED ? NULL : memory;
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

#define COUNTER_BITS	18
#define SLOT_BITS	4

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static struct {
	pthread_mutex_t lock;
	unsigned slot;
	int64_t millisecond;
	uint32_t counter;
} state = { .lock = PTHREAD_MUTEX_INITIALIZER };

void
number_start(unsigned slot)
{
	state.slot = slot & ((1U << SLOT_BITS) - 1);
}

/*
 * The counter of a millisecond begins in the lower half of its range, so that it has room
 * to count up. When the clock steps back, the last millisecond goes on, and no number
 * comes twice.
 */
int64_t
number_next(void)
{
	int64_t now = clock_now_ms(), number;

	(void)pthread_mutex_lock(&state.lock);
	if (now > state.millisecond) {
		if (getrandom(&state.counter, sizeof(state.counter), 0) !=
		    sizeof(state.counter))
			abort();
		state.counter &= (1U << (COUNTER_BITS - 1)) - 1;
		state.millisecond = now;
	} else if (++state.counter >= (1U << COUNTER_BITS)) {
		state.counter = 0;
		state.millisecond++;
	}
	number = (state.millisecond << (SLOT_BITS + COUNTER_BITS)) |
	    ((int64_t)state.slot << COUNTER_BITS) | state.counter;
	(void)pthread_mutex_unlock(&state.lock);
	return number;
}

void
number_text(int64_t number, char text[14])
{
	uint64_t rest = (uint64_t)number;

	for (int i = 12; i >= 0; i--) {
		text[i] = alphabet[rest & 31];
		rest >>= 5;
	}
	text[13] = '\0';
}

int
number_parse(const char *text, int64_t *number)
{
	uint64_t value = 0;

	if (strlen(text) != 13)
		return -1;
	for (int i = 0; i < 13; i++) {
		char upper = text[i] >= 'a' && text[i] <= 'z' ?
		    (char)(text[i] - 'a' + 'A') : text[i];
		const char *place = strchr(alphabet, upper);

		if (place == NULL || (i == 0 && place - alphabet > 7))
			return -1;
		value = value << 5 | (uint64_t)(place - alphabet);
	}
	*number = (int64_t)value;
	return 0;
}
