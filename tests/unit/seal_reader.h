/*
 * A reader written from the format in app/seal/seal.h and from libsodium
 * alone: it includes nothing of app/, so that what it opens, anybody can.
 * Functions return 0, or -1.
 */
#ifndef TESTS_UNIT_SEAL_READER_H
#define TESTS_UNIT_SEAL_READER_H

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

/* Recovery words: 32 bytes of key and the first two of its BLAKE2b-256. */
static inline int
reader_recovery(unsigned char key[32], const char *text)
{
	unsigned char bytes[34] = { 0 }, hash[32];
	unsigned bit = 0, letters = 0;

	for (; *text != '\0'; text++) {
		int letter = tolower((unsigned char)*text);
		int wide = letters % 5 % 2 == 0;
		const char *alphabet = wide ? "bdfghjklmnprstvz" : "aiou", *at;

		if (letter == '-' || isspace(letter))
			continue;
		at = strchr(alphabet, letter);
		if (at == NULL || letters++ == 17 * 5)
			return -1;
		for (unsigned mask = wide ? 8 : 2; mask != 0; mask >>= 1, bit++)
			if (((unsigned)(at - alphabet) & mask) != 0)
				bytes[bit / 8] |= (unsigned char)(0x80 >> bit % 8);
	}
	crypto_generichash(hash, 32, bytes, 32, NULL, 0);
	memcpy(key, bytes, 32);
	return bit == 34 * 8 && memcmp(hash, bytes + 32, 2) == 0 ? 0 : -1;
}

static inline int
reader_sealed_key(unsigned char key[32], const unsigned char *sealed, size_t size,
    const unsigned char secret[32])
{
	unsigned char public[32];

	if (size != 81 || sealed[0] != 1 || crypto_scalarmult_base(public, secret) != 0)
		return -1;
	return crypto_box_seal_open(key, sealed + 1, 80, public, secret);
}

/* Associated data: label, 01, an optional kind, numbers big-endian. Returns its length. */
static inline size_t
reader_bound_to(unsigned char ad[64], const char *label, unsigned kind, const int64_t *numbers,
    size_t count)
{
	size_t length = strlen(label);

	memcpy(ad, label, length);
	ad[length++] = 1;
	if (kind != 0)
		ad[length++] = (unsigned char)kind;
	for (size_t i = 0; i < count; i++)
		for (int shift = 56; shift >= 0; shift -= 8)
			ad[length++] = (unsigned char)((uint64_t)numbers[i] >> shift);
	return length;
}

/* *plain has room for size bytes. */
static inline int
reader_record(char *plain, size_t *length, const unsigned char *box, size_t size, unsigned kind,
    int64_t case_number, int64_t record_number, const unsigned char key[32])
{
	unsigned char ad[64];
	unsigned long long padded;
	size_t bound = reader_bound_to(ad, "egenremiss record", kind,
	    (const int64_t[]){ case_number, record_number }, 2);

	if (size < 41 || box[0] != 1 || crypto_aead_xchacha20poly1305_ietf_decrypt(
	    (unsigned char *)plain, &padded, NULL, box + 25, size - 25, ad, bound, box + 1,
	    key) != 0)
		return -1;
	if (sodium_unpad(length, (unsigned char *)plain, padded, 512) != 0)
		return -1;
	plain[*length] = '\0';
	return 0;
}

/* nonce[24] AEAD(secret[32]), as in a locked secret and a session box. */
static inline int
reader_account_box(unsigned char secret[32], const unsigned char box[72], const char *label,
    int64_t account, const unsigned char key[32])
{
	unsigned char ad[64];
	size_t bound = reader_bound_to(ad, label, 0, &account, 1);

	return crypto_aead_xchacha20poly1305_ietf_decrypt(secret, NULL, NULL, box + 24, 48, ad,
	    bound, box, key);
}

static inline uint32_t
reader_big_endian(const unsigned char bytes[4])
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	    bytes[3];
}

static inline int
reader_locked(unsigned char secret[32], const unsigned char *locked, size_t size,
    int64_t account, const char *passphrase)
{
	unsigned char key[32];

	if (size != 97 || locked[0] != 1 || crypto_pwhash(key, 32, passphrase,
	    strlen(passphrase), locked + 9, reader_big_endian(locked + 1),
	    (size_t)reader_big_endian(locked + 5) * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return -1;
	return reader_account_box(secret, locked + 25, "egenremiss account", account, key);
}

/* Subkeys of a cookie: 1 identity, 2 key of the session box, 3 form token. */
static inline int
reader_cookie(unsigned char subkeys[3][32], const char *cookie)
{
	unsigned char root[32];

	if (sodium_base642bin(root, 32, cookie, strlen(cookie), NULL, NULL, NULL,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return -1;
	for (uint64_t i = 0; i < 3; i++)
		crypto_kdf_derive_from_key(subkeys[i], 32, i + 1, "session_", root);
	return 0;
}

#endif
