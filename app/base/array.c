/* The growing array: room is doubled, and a process that cannot have the memory ends. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

void *
array_grow(void *array, size_t count, size_t size)
{
	/* Every element comes by this function, so that there is room but at a power of two. */
	if ((count & (count - 1)) == 0) {
		array = reallocarray(array, count == 0 ? 1 : count * 2, size);
		if (array == NULL)
			abort();
	}
	memset((char *)array + count * size, 0, size);
	return array;
}
