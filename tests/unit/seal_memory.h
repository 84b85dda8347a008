/*
 * Looks for secrets that a call left in memory. Right after it the heap and
 * the stack are kept as they are, freed memory and frames that have returned
 * included, and then searched; the secrets themselves stand in static or
 * guarded memory, which is not. The program needs linking with -z now:
 * resolving a function at its first call saves registers, secrets and all, on
 * the stack. Under a sanitizer, which keeps memory its own way, nothing is
 * found.
 */
#ifndef TESTS_UNIT_SEAL_MEMORY_H
#define TESTS_UNIT_SEAL_MEMORY_H

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A part of memory, and what stood in it when remember was called. */
struct part {
	const char *from;
	size_t size;
	char kept[1 << 20];
};

static struct part stack, heap;

static inline void
part_find(struct part *part, const char *name)
{
	static char maps[1 << 16];
	int file = open("/proc/self/maps", O_RDONLY);
	size_t length = 0;
	ssize_t got;
	char *line, *end;

	assert_true(file >= 0);
	while ((got = read(file, maps + length, sizeof(maps) - 1 - length)) > 0)
		length += (size_t)got;
	maps[length] = '\0';
	close(file);
	line = strstr(maps, name);
	assert_non_null(line);
	while (line > maps && line[-1] != '\n')
		line--;
	part->from = (const char *)strtoul(line, &end, 16);
	part->size = strtoul(end + 1, NULL, 16) - (size_t)part->from;
	assert_in_range(part->size, 1, sizeof(part->kept));
}

static inline void
memory_find(void)
{
	if (!SANITIZED) {
		part_find(&stack, "[stack]");
		part_find(&heap, "[heap]");
	}
}

/* In the caller's own frame, so as not to overwrite what the call before left. */
static inline __attribute__((always_inline)) void
remember(void)
{
	if (!SANITIZED) {
		memcpy(stack.kept, stack.from, stack.size);
		memcpy(heap.kept, heap.from, heap.size);
	}
}

static inline int
copies_in(const struct part *part, const void *bytes, size_t length)
{
	const char *at = part->kept;
	int found = 0;

	while ((at = memmem(at, part->size - (size_t)(at - part->kept), bytes, length)) != NULL) {
		found++;
		at++;
	}
	return found;
}

/* Nothing of it is left, not eight bytes. */
static inline void
assert_gone(const void *secret, size_t length)
{
	for (size_t i = 0; i + 8 <= length; i += 8) {
		assert_int_equal(copies_in(&stack, (const char *)secret + i, 8), 0);
		assert_int_equal(copies_in(&heap, (const char *)secret + i, 8), 0);
	}
}

#endif
