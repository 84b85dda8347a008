/*
 * Replaces libsodium's Argon2id, which is slow on purpose, for a service that a test starts:
 * computes it at the least cost that there is, so that hundreds of sign-ins take seconds. A
 * test whose matter is the cost starts its service with the real one.
 */
#include <dlfcn.h>
#include <sodium.h>
#include <stdlib.h>

typedef int argon2id(unsigned char *, unsigned long long, const char *, unsigned long long,
    const unsigned char *, unsigned long long, size_t, int);

static argon2id *real;

__attribute__((constructor)) static void
find_real(void)
{
	real = (argon2id *)(size_t)dlsym(RTLD_NEXT, "crypto_pwhash_argon2id");
}

__attribute__((visibility("default"))) int
crypto_pwhash_argon2id(unsigned char *const out, unsigned long long out_size,
    const char *const passphrase, unsigned long long passphrase_size,
    const unsigned char *const salt, unsigned long long operations, size_t memory, int algorithm)
{
	(void)operations;
	(void)memory;
	if (real == NULL)
		abort();
	return real(out, out_size, passphrase, passphrase_size, salt,
	    crypto_pwhash_argon2id_OPSLIMIT_MIN, crypto_pwhash_argon2id_MEMLIMIT_MIN, algorithm);
}
