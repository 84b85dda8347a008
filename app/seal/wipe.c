#include <sodium.h>

#include "seal/seal.h"
#include "seal/wipe.h"

#define FRAMES_SIZE	4096	/* more than those calls go down */

void
seal_wipe(void *bytes, size_t length)
{
	sodium_memzero(bytes, length);
}

void
frames_wipe(void)
{
	sodium_stackzero(FRAMES_SIZE);
}

uint32_t
seal_random_below(uint32_t bound)
{
	return randombytes_uniform(bound);
}
