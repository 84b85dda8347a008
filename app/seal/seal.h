/*
 * Envelopes, key pairs, passphrases, tokens. Only this folder includes <sodium.h>. The
 * formats below are a promise: with them, a backup and the recovery key are enough to
 * open every case with libsodium alone. README.md tells the threats that they answer.
 *
 * Integers are big-endian. Every blob starts with a format byte, 0x01. A
 * number in brackets is a length in bytes. AEAD is
 * crypto_aead_xchacha20poly1305_ietf; its nonce is random, its ciphertext
 * ends in 16 bytes of authenticator. A label in quotes has no NUL.
 *
 *   sealed key     01 crypto_box_seal(secret[32], recipient)[80]
 *                  of a case's data key to a queue; of a queue's secret key
 *                  to a coordinator or to the recovery key
 *   record         01 nonce[24] AEAD(padded, key = data key,
 *                  ad = "egenremiss record" 01 kind[1] case[8] record[8])
 *                  padded = sodium_pad(plain, block 512); plain is
 *                  application/x-www-form-urlencoded
 *                  kind: 1 submission, 2 note, 3 the text written with an act, 6
 *                  duplicates, 8 correction, under the case's data key; 4 note to the
 *                  queue to which a case is offered, 5 that queue's reason to
 *                  decline, each under a data key of its own that is sealed
 *                  to the queue that may read it
 *                  correction: the fields that were changed, in a form of their
 *                  own under the names and with the values of the submission's
 *                  (name phone contact speak age when), or means = number, helper,
 *                  letter or visit; a later record holds before an earlier one,
 *                  and each before the submission
 *   message        a data key of its own as a sealed key to the outbox's public
 *                  key, and under it a record of kind 16: case[8] of the case
 *                  it is about, record[8] the message's number; plain has
 *                  to = a number in E.164, text
 *   outbox key     01 secret[32], a file that the outbox alone can read
 *   locked secret  01 ops[4] memory in KiB[4] salt[16] nonce[24]
 *                  AEAD(secret[32], key = Argon2id v1.3(passphrase, salt, ops,
 *                  memory, parallelism 1)[32], ad = "egenremiss account" 01
 *                  account[8])
 *   session box    01 nonce[24] AEAD(secret[32], key = session key,
 *                  ad = "egenremiss session" 01 account[8])
 *   session        cookie = 32 random bytes, base64url without padding; from
 *                  it by crypto_kdf_derive_from_key, context "session_":
 *                  1 identity, as stored[32]   2 key of the session box[32]
 *                  3 form token[32], base64url without padding
 *   invitation     token of a link = 32 random bytes, base64url without padding;
 *                  from it as above, context "invite__":
 *                  1 identity, as stored[32]   2 secret key[32], to whose public
 *                  half queues' secret keys are sealed
 *   locked factor  01 nonce[24] AEAD(secret[20] codes[10][6] left[2], key = KDF,
 *                  ad = "egenremiss factor" 01 account[8])
 *                  KDF = crypto_kdf_derive_from_key(account's secret key,
 *                  context "factor__", 1); bit n of left: code n is unused; a
 *                  code is written as three proquints
 *   one-time code  TOTP (RFC 6238): HMAC-SHA-1, six digits, 30 seconds, from 1970
 *   trusted device cookie like that of a session; as stored: [32], by
 *                  crypto_kdf_derive_from_key, context "browser_", with the
 *                  account's number
 *   calendar       token of an address like that of a link; as stored: [32], by
 *                  crypto_kdf_derive_from_key, context "calendar", 1
 *   recovery key   a Curve25519 secret key[32], written as 17 proquints:
 *                  sixteen of the key, one of the first two bytes of
 *                  BLAKE2b-256(key)
 *   receipt        token of an address = nonce[24] AEAD(what the receipt shows[24],
 *                  key = crypto_kdf_derive_from_key(service secret[32], context
 *                  "service_", 2), ad = "egenremiss receipt" 01 area's code[8]),
 *                  base64url without padding; it lasts an hour, and the secret as long
 *                  as the machine runs, so that no format byte has to tell it apart
 *   ticket         of a staff form: the same, of account[8] minute[4] random[12], with
 *                  ad = "egenremiss ticket" 01 zeros[8]; it lasts a month
 *   proquint       16 bits, high first: consonant[4] vowel[2] consonant[4]
 *                  vowel[2] consonant[4], of bdfghjklmnprstvz and aiou
 *
 * A public key is crypto_scalarmult_base of its secret key. To open a backup:
 * recovery words -> recovery key -> each queue's recovery_sealed -> its cases'
 * sealed data keys -> their records.
 *
 * The danger that each choice answers:
 *   public key of a queue    an attacker takes over the process that faces the network:
 *                            that process can open nothing that came in before
 *   a data key for each case sharing or handing over one case would show other cases
 *   associated data          an attacker moves a blob to another row of the database
 *   padding                  the length of a record tells which fields are filled in
 *   192-bit random nonces    a restored backup would set a counter back
 *   Argon2id, cost in blob   a stolen database and a weak passphrase; the cost can be raised
 *   bounds on that cost      a damaged row asks for all memory of the machine
 *   key from the cookie      a stolen database would open sessions
 *   token from the cookie    a form on another site is posted with our cookie
 *   keyed digests            a copy of some memory and a list of all telephone numbers
 *   factor under the key     a stolen database: nobody can make codes without the passphrase
 *   guarded memory           a core file, swap, a read beyond a buffer
 *   wiping                   secrets that stay on heap and stack, libsodium's frames included
 *   recovery key on paper    all passphrases are lost at once
 * An envelope does not tell who sealed it: anybody may use the public form.
 *
 * A function that returns int returns 0, or -1. Where its comment names no other cause,
 * -1 means that a blob is forged, damaged, of another case, or sealed to another key; the
 * function cannot tell which. After -1 the results are zeroed or empty, and a buffer to
 * append to is as before. Any thread may call every function.
 */
#ifndef EGENREMISS_SEAL_SEAL_H
#define EGENREMISS_SEAL_SEAL_H

#include "base/base.h"

#define SEAL_KEY_SIZE		32
#define SEAL_SEALED_KEY_SIZE	81	/* 1 + 32 + 48 */
#define SEAL_LOCKED_SIZE	97	/* 1 + 4 + 4 + 16 + 24 + 32 + 16 */
#define SEAL_SESSION_BOX_SIZE	73	/* 1 + 24 + 32 + 16 */
#define SEAL_RECORD_OVERHEAD	41	/* 1 + 24 + 16, and the padding */
#define SEAL_PAD_BLOCK		512
#define SEAL_COOKIE_SIZE	44	/* 43 characters and NUL */
#define SEAL_TOKEN_SIZE		44
#define SEAL_DIGEST_SIZE		16
#define SEAL_RECOVERY_TEXT_SIZE	128	/* 17 * 5 + 16 hyphens + NUL, and room */
#define SEAL_PASSPHRASE_SIZE	48
#define SEAL_FACTOR_SIZE	123	/* 1 + 24 + 20 + 60 + 2 + 16 */

/* start.c */

/*
 * Starts the libraries. Call it once in a process, before any other function here and
 * before threads and chroot. -1 when libsodium or liboath cannot start.
 */
int	seal_start(void);

/* keypair.c */

/*
 * A secret key lives in guarded memory (sodium_malloc) of its own; code allocates, uses
 * and frees it within one screen. Allocating takes 25 us, sealing 60 us. So a page that
 * opens fifty cases uses one secret_key for all, and intake uses envelope_seal.
 */
struct secret_key { unsigned char bytes[SEAL_KEY_SIZE]; };

/* A zeroed key; NULL when there is no memory. */
struct secret_key *secret_key_new(void);
void	secret_key_free(struct secret_key *key);	/* wipes; NULL is fine */
/* Makes a random key pair. */
void	keypair_make(struct secret_key *secret, unsigned char public[SEAL_KEY_SIZE]);
/* Computes the public half. */
void	keypair_public(const struct secret_key *secret, unsigned char public[SEAL_KEY_SIZE]);
/* Seals a secret (data key or queue key) to a public key. -1: recipient is not a public key. */
int	key_seal(unsigned char sealed[SEAL_SEALED_KEY_SIZE],
	    const struct secret_key *key, const unsigned char recipient[SEAL_KEY_SIZE]);
/* Opens a sealed key with the recipient's secret key. */
int	key_open(struct secret_key *key, const unsigned char *sealed, size_t size,
	    const struct secret_key *recipient);
/* The same in half the time, because the caller gives the recipient's public half, too. */
int	key_open_with(struct secret_key *key, const unsigned char *sealed, size_t size,
	    const struct secret_key *recipient, const unsigned char public[SEAL_KEY_SIZE]);
/*
 * Opens a sealed key with `opener` and seals it to the recipient. The open key stands on
 * the stack only, and is wiped. Takes 120 us. -1 also when recipient is not a public key.
 */
int	key_migrate(unsigned char resealed[SEAL_SEALED_KEY_SIZE], const unsigned char *sealed,
	    size_t size, const struct secret_key *opener,
	    const unsigned char recipient[SEAL_KEY_SIZE]);

/* A secret key as a file holds it: a format byte and the key. The caller wipes the bytes. */
#define SEAL_KEY_FILE_SIZE	33
void	key_write(const struct secret_key *key, unsigned char bytes[SEAL_KEY_FILE_SIZE]);
int	key_read(struct secret_key *key, const void *bytes, size_t size);

/* envelope.c */

enum record_kind {
	RECORD_SUBMISSION = 1, RECORD_NOTE = 2, RECORD_ATTEMPT = 3,
	RECORD_DUPLICATES = 6,	/* other cases with the same number */
	RECORD_OFFER = 4, RECORD_REASON = 5,	/* each under a key of its own, never a case's */
	RECORD_CORRECTION = 8,	/* fields of the submission, as they were changed later */
	RECORD_DRAFT = 7,	/* sealed to an account; case_number is that of the account */
	RECORD_MESSAGE = 16	/* for the outbox; no part of the case */
};

struct record_place {		/* a record opens in this place alone */
	enum record_kind kind;
	int64_t case_number, record_number;
};

/*
 * Seals a submission: makes a data key, seals it to the queue's public key, appends the
 * sealed record to *record and wipes the data key. Allocates memory for *record only, and
 * takes little more time than one crypto_box_seal. -1 when queue_public is not a public
 * key.
 */
int	envelope_seal(struct buffer *record, unsigned char sealed[SEAL_SEALED_KEY_SIZE],
	    const struct record_place *place, const unsigned char queue_public[SEAL_KEY_SIZE],
	    const void *plain, size_t length);
/* Makes a random data key. */
void	data_key_make(struct secret_key *key);
/*
 * Appends the sealed record to *out. `plain` must not stand in *out; no copy of it is
 * left, and the caller wipes it. -1 only for a length that cannot be padded, near
 * SIZE_MAX.
 */
int	record_seal(struct buffer *out, const struct record_place *place,
	    const struct secret_key *data_key, const void *plain, size_t length);
/*
 * Wipes *plain and puts the opened text there, NUL-terminated. The caller wipes it with
 * buffer_wipe.
 */
int	record_open(struct buffer *plain, const struct record_place *place,
	    const struct secret_key *data_key, const void *record, size_t length);

/*
 * passphrase.c: locks a secret with a passphrase. It is slow and takes much memory on
 * purpose, so the event loop never calls it. Every byte of the passphrase counts;
 * nothing is folded or trimmed.
 */

struct passphrase_cost { uint32_t operations, memory_kib; };

/*
 * 3 passes, 64 MiB: the second recommendation of RFC 9106, with parallelism 1. Tests may
 * use less.
 */
extern const struct passphrase_cost passphrase_cost;

/*
 * Lock a secret key, and unlock it. -1 with errno ENOMEM: there was no memory, and the
 * passphrase was not tried; the caller may try again. -1 with errno 0: the passphrase is
 * wrong, the blob is damaged, or the cost is outside 1-16 passes or 8 KiB-1 GiB, which
 * both refuse before any work.
 */
int	secret_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
	    int64_t account, const char *passphrase, const struct passphrase_cost *cost);
int	secret_unlock(struct secret_key *secret, const unsigned char *locked, size_t size,
	    int64_t account, const char *passphrase);
/*
 * Does the work of secret_unlock at passphrase_cost without an account, so that sign-in
 * with an unknown name takes as long as with a known one.
 */
void	secret_unlock_pretend(const char *passphrase);
/* Makes a passphrase of five proquints, 80 random bits: "lusab-babad-gutih-tugad-motir". */
void	passphrase_make(char passphrase[SEAL_PASSPHRASE_SIZE]);

/*
 * The strength of a passphrase: the number of guesses that an attacker who has the
 * database needs, in bits, by zxcvbn (D. L. Wheeler, USENIX Security 2016).
 *
 * PASSPHRASE_LEAST_BITS is 2^40 guesses. Each guess moves 64 MiB of memory three times; a
 * graphics card of 2025, which moves 1 TB a second, makes at most 2 000 guesses a second
 * of that size. A hundred such cards need two months for half of 2^40 guesses, one card
 * seventeen years. That is more than a coordinator's sign-in is worth, and leaves time
 * to change the passphrase once a theft is known.
 *
 * zxcvbn knows English words, keyboards, dates and repeats, and takes Swedish words for
 * random letters. Therefore a word counts for at most 2.6 bits a letter, like a word of
 * five letters among 8 000: four common words are enough, three are not. The time that
 * zxcvbn takes grows with the fourth power of the length (for "1212…", the worst case, 20
 * ms for 40 characters and 150 ms for 64). Therefore only the first 40 characters are
 * measured, and a passphrase of more than PASSPHRASE_MAX is not accepted.
 */
#define PASSPHRASE_LEAST_BITS	40.0
#define PASSPHRASE_MAX	128	/* characters */

/*
 * The strength in bits; it cannot fail. passphrase is UTF-8. `near` are `count` words that
 * an attacker who knows the person tries first, in any letter case; the first 32 count.
 */
double	passphrase_bits(const char *passphrase, const char *const *near, size_t count);

/* recovery.c */

/* Writes the key as 17 proquints with hyphens between. */
void	recovery_write(const struct secret_key *key, char text[SEAL_RECOVERY_TEXT_SIZE]);
/*
 * Reads these words in any letter case; skips ASCII white space and hyphens wherever they
 * stand. -1 when a letter is not allowed at its place, the number of words is not 17, or
 * the check word differs.
 */
int	recovery_read(struct secret_key *key, const char *text);

/* token.c: sessions */

struct session_keys {		/* derived from a cookie; the caller ends it with session_keys_free */
	unsigned char identity[SEAL_KEY_SIZE];
	struct secret_key *box_key;
	char form_token[SEAL_TOKEN_SIZE];
};

/* Makes the cookie and the keys of a new session. -1 when there is no memory. */
int	session_make(char cookie[SEAL_COOKIE_SIZE], struct session_keys *keys);
/* Derives the keys from a cookie. -1 when it is NULL or malformed, or there is no memory. */
int	session_read(const char *cookie, struct session_keys *keys);
/* Wipes and frees the keys. May be called after a failure, and twice. */
void	session_keys_free(struct session_keys *keys);
/* Encrypts an account's secret key under the session; always 0. */
int	session_box(unsigned char box[SEAL_SESSION_BOX_SIZE], const struct session_keys *keys,
	    int64_t account, const struct secret_key *secret);
/* Decrypts it again. */
int	session_unbox(struct secret_key *secret, const struct session_keys *keys,
	    int64_t account, const unsigned char *box, size_t size);
/* Whether `given` is the session's form token, compared in constant time. False for NULL. */
bool	session_token_right(const struct session_keys *keys, const char *given);

/* token.c: one-time links, and the key pair that is derived from each */

struct invitation_keys {	/* the caller ends it with invitation_keys_free */
	unsigned char identity[SEAL_KEY_SIZE];
	unsigned char public[SEAL_KEY_SIZE];
	struct secret_key *secret;
};

/* Makes the token and the keys of a new link. -1 when there is no memory. */
int	invitation_make(char token[SEAL_TOKEN_SIZE], struct invitation_keys *keys);
/* Derives the keys from a token. -1 when it is NULL or malformed, or there is no memory. */
int	invitation_read(const char *token, struct invitation_keys *keys);
/* Wipes and frees the keys. May be called after a failure, and twice. */
void	invitation_keys_free(struct invitation_keys *keys);

/* token.c: trusted devices */

/* Makes a random cookie for a browser. All accounts that sign in with the browser share it. */
void	browser_make(char cookie[SEAL_COOKIE_SIZE]);
/*
 * The digest of a cookie and an account, which the database holds. It tells neither the
 * cookie nor that two accounts use the same browser. -1 when the cookie is NULL or
 * malformed.
 */
int	browser_digest(unsigned char digest[SEAL_KEY_SIZE], const char *cookie, int64_t account);

/* token.c: the secret address of a calendar */

/* Makes a token, and its identity, which the database holds and which does not tell it. */
void	calendar_make(char token[SEAL_TOKEN_SIZE], unsigned char identity[SEAL_KEY_SIZE]);
/* The identity of a token. -1 when the token is NULL or malformed. */
int	calendar_identity(unsigned char identity[SEAL_KEY_SIZE], const char *token);

/* factor.c: one-time codes (TOTP), by liboath */

#define TOTP_SECRET_SIZE	20	/* RFC 4226, section 4: 160 bits */
#define TOTP_TEXT_SIZE		33	/* base 32 and NUL */
#define TOTP_CODE_SIZE		7
#define TOTP_STEP_SECONDS	30

/* Starts liboath; seal_start calls it. */
int	totp_start(void);
/* Writes the code of a step of 30 seconds. -1 when liboath fails. */
int	totp_code(const unsigned char secret[TOTP_SECRET_SIZE], int64_t step,
	    char code[TOTP_CODE_SIZE]);
/*
 * Returns the step whose code `given` is: the step of `now`, the one before or the one
 * after, if it is later than used_step. 0 when there is none. Skips spaces and hyphens.
 */
int64_t	totp_match(const unsigned char secret[TOTP_SECRET_SIZE], const char *given, int64_t now,
	    int64_t used_step);
/* Writes the secret in base 32, for the app. -1 when liboath fails. */
int	totp_secret_text(const unsigned char secret[TOTP_SECRET_SIZE], char text[TOTP_TEXT_SIZE]);

/* A second factor: the secret of one-time codes, and ten recovery codes for a lost phone. */

#define FACTOR_CODES		10
#define FACTOR_CODE_BYTES	6
#define FACTOR_CODE_SIZE	18	/* three proquints and NUL */

struct factor {
	unsigned char secret[TOTP_SECRET_SIZE];
	unsigned char codes[FACTOR_CODES][FACTOR_CODE_BYTES];
	unsigned left;			/* mask of the codes that are not used yet */
};

/* A zeroed factor in guarded memory; NULL when there is none. */
struct factor *factor_new(void);
void	factor_free(struct factor *factor);	/* wipes; NULL is fine */
/* Makes a random secret; the factor then has no recovery codes. */
void	factor_make(struct factor *factor);
/* Replaces the recovery codes by ten random ones. */
void	factor_codes_make(struct factor *factor);
/* Writes a recovery code as three proquints; index is below FACTOR_CODES. */
void	factor_code_text(const struct factor *factor, size_t index, char text[FACTOR_CODE_SIZE]);
/*
 * Marks the recovery code as used; the caller locks and stores the factor. -1 when the text
 * is none of the codes that are left; the factor is then unchanged.
 */
int	factor_code_use(struct factor *factor, const char *text);
/* Encrypts a factor under a key derived from the account's secret key. -1: no memory. */
int	factor_lock(unsigned char locked[SEAL_FACTOR_SIZE], const struct factor *factor,
	    int64_t account, const struct secret_key *secret);
/* Decrypts it again. -1 also when there is no memory. */
int	factor_unlock(struct factor *factor, const unsigned char *locked, size_t size,
	    int64_t account, const struct secret_key *secret);

/* aead.c: digests */

/* Writes SHA-256 as base64, for the hashes of a Content-Security-Policy. */
void	digest_sha256_base64(const void *bytes, size_t length, char text[45]);
/* Writes a strong validator for an ETag: 16 hexadecimal digits of BLAKE2b-256. */
void	digest_etag(const void *bytes, size_t length, char text[17]);
struct service_secret {		/* zeroed: no secret yet */
	bool made;
	unsigned char root[SEAL_KEY_SIZE];
};
/*
 * Makes the keys of keyed_digest_make and of receipts from a random secret. They live in
 * guarded memory and are never written to disk. Call it before worker processes are forked,
 * so that they share the keys; a second call changes nothing. -1 when there is no memory.
 *
 * kept: the secret in memory that survives a restart (shared_kept), so that the next start
 * makes the same keys; NULL makes new ones.
 */
int	keyed_digest_start(struct service_secret *kept);
/*
 * Writes the keyed BLAKE2b of the bytes, by which a submission that comes twice is
 * recognized. Nobody can guess the bytes from it without the key. Aborts when
 * keyed_digest_start has not been called.
 */
void	keyed_digest_make(unsigned char mark[SEAL_DIGEST_SIZE], const void *bytes, size_t length);

/*
 * Encrypt the data of a receipt for its address, and decrypt it. Only this service can read
 * it, and only for the area with that code. Call keyed_digest_start before. -1, with zeros,
 * when the token is not one of ours or belongs to another area.
 */
#define SEAL_RECEIPT_SIZE	24
#define SEAL_RECEIPT_TEXT_SIZE	87	/* 64 bytes in base64url, and NUL */
void	receipt_seal(char token[SEAL_RECEIPT_TEXT_SIZE], int64_t area,
	    const unsigned char plain[SEAL_RECEIPT_SIZE]);
int	receipt_open(unsigned char plain[SEAL_RECEIPT_SIZE], int64_t area, const char *token);

/*
 * The ticket that each form of a signed-in account carries: whose page it stands on, since
 * when, and a random number by which the form is known when it comes twice. Only this
 * service can read it. -1, with zeros, when it is not one of ours. Call keyed_digest_start
 * before.
 */
#define SEAL_TICKET_NUMBER	12
#define SEAL_TICKET_TEXT_SIZE	SEAL_RECEIPT_TEXT_SIZE
struct ticket {
	int64_t account;
	uint32_t made_minute;		/* since 1970 */
	unsigned char number[SEAL_TICKET_NUMBER];
};
/* Makes a new ticket of the account. */
void	ticket_seal(char text[SEAL_TICKET_TEXT_SIZE], int64_t account, int64_t now);
int	ticket_open(struct ticket *ticket, const char *text, size_t length);
/*
 * Writes the digest of what a form with that ticket sends. The ticket is its key, which is
 * stored nowhere, so that nobody can guess the bytes from the digest.
 */
void	ticket_digest(unsigned char digest[SEAL_DIGEST_SIZE], const struct ticket *ticket,
	    const void *bytes, size_t length);

/* aead.c: wiping and random numbers, for folders that do not include <sodium.h> */

/* Overwrites memory with zeros, which the compiler cannot leave out. */
void	seal_wipe(void *bytes, size_t length);
/* Overwrites the 32 kB of stack below the caller, where earlier calls have left data. */
void	seal_wipe_stack(void);
/* A uniform random number from 0 to bound - 1; 0 when bound is 0 or 1. */
uint32_t seal_random_below(uint32_t bound);

#endif
