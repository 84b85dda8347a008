#include <sodium.h>

#include "seal/seal.h"
#include "seal/wipe.h"

#define FRAMES_SIZE	4096	/* more than those calls go down */
#define STACK_SIZE	32768	/* more than what makes a page goes down */

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

void
seal_wipe_stack(void)
{
	sodium_stackzero(STACK_SIZE);
}

uint32_t
seal_random_below(uint32_t bound)
{
	return randombytes_uniform(bound);
}
