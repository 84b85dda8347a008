/*
 * Every way in which a stored blob comes back damaged: a changed byte, too
 * short, too long. Each is given in memory of exactly its size, so that a
 * sanitizer sees a read beyond it.
 */
#ifndef TESTS_UNIT_SEAL_DAMAGE_H
#define TESTS_UNIT_SEAL_DAMAGE_H

#include <stdlib.h>
#include <string.h>

/* Tries to open a blob in its right place: 0 or -1. */
typedef int (*open_fn)(const unsigned char *blob, size_t size);

static int
open_copy(open_fn open, const unsigned char *blob, size_t size, size_t flipped,
    unsigned char mask)
{
	unsigned char *copy = malloc(size == 0 ? 1 : size);
	int result;

	assert_non_null(copy);
	memcpy(copy, blob, size);
	if (mask != 0)
		copy[flipped] ^= mask;
	result = open(copy, size);
	free(copy);
	return result;
}

static void
assert_damage_refused(open_fn open, const unsigned char *blob, size_t size)
{
	unsigned char *longer = calloc(1, size + 512);

	assert_non_null(longer);
	assert_int_equal(open_copy(open, blob, size, 0, 0), 0);
	for (size_t i = 0; i < size; i++) {
		assert_int_equal(open_copy(open, blob, size, i, 0x01), -1);
		assert_int_equal(open_copy(open, blob, size, i, 0x80), -1);
		assert_int_equal(open_copy(open, blob, i, 0, 0), -1);
	}
	memcpy(longer, blob, size);
	assert_int_equal(open_copy(open, longer, size + 1, 0, 0), -1);
	assert_int_equal(open_copy(open, longer, size + 512, 0, 0), -1);
	free(longer);
}

#endif
