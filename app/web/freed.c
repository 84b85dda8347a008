#include <string.h>

#include <kore/kore.h>

#include "web/web.h"

/* Kore's memory comes in blocks of 8, 16 ... 8192 bytes; the smallest hold nobody's name. */
#define BLOCK_LEAST	32
#define BLOCK_MOST	8192

/* Blocks come back in the order last in, first out: below so many that are clean all are. */
#define CLEAN_ENOUGH	16

struct block {
	struct block *next;
};

static bool
is_clean(const char *bytes, size_t size)
{
	return bytes[0] == '\0' && memcmp(bytes, bytes + 1, size - 1) == 0;
}

static void
wipe_blocks(size_t size)
{
	struct block *taken = NULL, *block;

	for (int clean = 0; clean < CLEAN_ENOUGH; clean++) {
		block = kore_malloc(size);
		if (!is_clean((const char *)block, size)) {
			seal_wipe(block, size);
			clean = -1;
		}
		block->next = taken;
		taken = block;
	}
	while ((block = taken) != NULL) {
		taken = block->next;
		block->next = NULL;
		kore_free(block);
	}
}

void
freed_wipe(void)
{
	for (size_t size = BLOCK_LEAST; size <= BLOCK_MOST; size *= 2)
		wipe_blocks(size);
}
