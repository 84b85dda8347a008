#include "model.h"

/* xorshift64* */
unsigned
chance_below(unsigned bound)
{
	uint64_t *random = &model->world.random;

	*random ^= *random >> 12;
	*random ^= *random << 25;
	*random ^= *random >> 27;
	return (unsigned)((*random * 0x2545f4914f6cdd1dULL) >> 33) % bound;
}

bool
chance(unsigned part, unsigned whole)
{
	return chance_below(whole) < part;
}

int
chance_bit(uint64_t mask)
{
	int left;

	if (mask == 0)
		return -1;
	left = (int)chance_below((unsigned)__builtin_popcountll(mask));
	while (left-- > 0)
		mask &= mask - 1;
	return __builtin_ctzll(mask);
}
