/* The arena: memory that lives as long as a request, and is wiped with it. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "server/internal.h"
#include "server/server.h"

struct arena_block {
	struct arena_block *next;
	size_t size;
	_Alignas(max_align_t) char bytes[];
};

static void *
keep(struct request *x, size_t size)
{
	struct arena_block *block = calloc(1, sizeof(*block) + size);

	if (block == NULL)
		abort();
	block->size = size;
	block->next = x->arena;
	x->arena = block;
	return block->bytes;
}

void *
arena_array(struct request *x, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / 2 / size)
		abort();
	return keep(x, count * size);
}

const char *
arena_format(struct request *x, const char *format, ...)
{
	va_list args, again;
	char *text;
	int length;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		abort();
	text = keep(x, (size_t)length + 1);
	(void)vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

const char *
arena_take(struct request *x, struct buffer *buffer)
{
	char *text = keep(x, buffer->length + 1);

	memcpy(text, buffer_string(buffer), buffer->length + 1);
	buffer_wipe(buffer);
	return text;
}

const void *
arena_take_list(struct request *x, struct buffer *list, size_t size, size_t *count)
{
	*count = list->length / size;
	return arena_take(x, list);
}

void
arena_wipe(struct request *x)
{
	struct arena_block *block, *next;

	for (block = x->arena; block != NULL; block = next) {
		next = block->next;
		explicit_bzero(block, sizeof(*block) + block->size);
		free(block);
	}
	x->arena = NULL;
}
