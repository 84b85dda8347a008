/* Internal to seal/. */
#ifndef EGENREMISS_SEAL_WIPE_H
#define EGENREMISS_SEAL_WIPE_H

/*
 * libsodium 1.0.18 leaves in its stack frames what crypto_box_seal_open
 * opened, what crypto_generichash read and what crypto_kdf derived. Call this
 * in the function that called them: it overwrites the same stretch of stack.
 */
void	frames_wipe(void);

#endif
