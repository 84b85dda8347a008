#include <sodium.h>

#include "seal/seal.h"

int
seal_start(void)
{
	return sodium_init() < 0 ? -1 : 0;
}
