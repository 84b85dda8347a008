/* The growing array, whose room doubles. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

void *
array_grow(void *array, size_t count, size_t size)
{
	/* Only this function adds elements, so the room is used up at each power of two. */
	if ((count & (count - 1)) == 0) {
		array = reallocarray(array, count == 0 ? 1 : count * 2, size);
		if (array == NULL)
			abort();
	}
	memset((char *)array + count * size, 0, size);
	return array;
}
