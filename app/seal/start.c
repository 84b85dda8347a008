/* Starts the libraries. */
#include <sodium.h>

#include "seal/seal.h"

int
seal_start(void)
{
	return sodium_init() < 0 || totp_start() != 0 ? -1 : 0;
}
