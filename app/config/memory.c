/* Memory that lives as long as a configuration. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "config/read.h"

void *
memory_take(struct reader *reader, size_t count, size_t size)
{
	struct memory *memory = reader->config.memory;
	struct block *block;

	if (count > (SIZE_MAX - sizeof(*block)) / size ||
	    (block = calloc(1, sizeof(*block) + count * size)) == NULL)
		abort();
	block->next = memory->blocks;
	memory->blocks = block;
	return block->bytes;
}

const char *
memory_keep(struct reader *reader, struct buffer *buffer)
{
	char *kept = memory_take(reader, buffer->length + 1, 1);

	memcpy(kept, buffer_string(buffer), buffer->length);
	buffer_free(buffer);
	return kept;
}

void
memory_free(struct memory *memory)
{
	if (memory == NULL)
		return;
	while (memory->blocks != NULL) {
		struct block *next = memory->blocks->next;

		free(memory->blocks);
		memory->blocks = next;
	}
	config_destroy(&memory->tree);
	free(memory);
}
