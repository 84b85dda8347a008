/*
 * Envelopes, key pairs, passphrases, tokens: the only folder that includes
 * <sodium.h>. What is written here byte for byte is a promise: a backup and
 * the recovery key are enough to open it with libsodium alone.
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
 *                  kind: 1 submission, 2 note, 3 what was written with an act, under the
 *                  case's data key; 4 note to the queue to which a case is
 *                  offered, 5 why that queue declined, each under a data key
 *                  of its own that is sealed to the queue that may read it
 *   message        a data key of its own as a sealed key to the outbox's public
 *                  key, and under it a record of kind 16: case[8] of the case
 *                  it is about, record[8] the message's number; plain has
 *                  to = a number in E.164, text
 *   outbox key     01 secret[32], a file that the outbox alone can read
 *   locked secret  01 ops[4] memory in KiB[4] salt[16] nonce[24]
 *                  AEAD(secret[32], key = Argon2id v1.3(passphrase, salt, ops,
 *                  memory, one lane)[32], ad = "egenremiss account" 01
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
 *   known browser  cookie as of a session; as stored: [32], by
 *                  crypto_kdf_derive_from_key, context "browser_", of the
 *                  account's number
 *   recovery key   a Curve25519 secret key[32], written as 17 proquints:
 *                  sixteen of the key, one of the first two bytes of
 *                  BLAKE2b-256(key)
 *   receipt        token of an address = nonce[24] AEAD(what the receipt shows[24],
 *                  key = crypto_kdf_derive_from_key(service secret[32], context
 *                  "service_", 2), ad = "egenremiss receipt" 01 area's code[8]),
 *                  base64url without padding; it lasts an hour, and the secret as long
 *                  as the machine runs, so that no format byte has to tell it apart
 *   proquint       16 bits, high first: consonant[4] vowel[2] consonant[4]
 *                  vowel[2] consonant[4], of bdfghjklmnprstvz and aiou
 *
 * A public key is crypto_scalarmult_base of its secret key. To open a backup:
 * recovery words -> recovery key -> each queue's recovery_sealed -> its cases'
 * sealed data keys -> their records.
 *
 * What each choice answers:
 *   public key to a queue    the process that faces the network is taken over later: it
 *                            never could open what came in before
 *   a data key a case        a case is shared or handed over without showing any other
 *   associated data          whoever can write the database moves a blob to another place
 *   padding                  a length that tells a short name, a note, a filled-in field
 *   192-bit random nonces    a counter that a restored backup would set back
 *   Argon2id, cost in blob   a stolen database and a weak passphrase; the cost can be raised
 *   bounds on that cost      a damaged row that takes all of the machine's memory
 *   key from the cookie      a stolen database opens no session, signed in or not
 *   token from the cookie    a form on another site, posted with our cookie
 *   keyed marks              a copy of some of the memory, and a list of all telephone numbers
 *   factor under the key     a stolen database and a guessed passphrase: codes cannot be
 *                            made without having guessed it first
 *   guarded memory           a core file, swap, a read beyond a buffer
 *   wiping                   what is left on heap and stack, libsodium's frames included
 *   recovery key on paper    every passphrase lost at once
 * It does not say who sealed an envelope: a public form cannot, anybody may.
 *
 * Functions that return int return 0, or -1 when a blob is not what it should
 * be (forged, damaged, of another case, with another key): there is nothing
 * more to tell. What a failed call would have filled is then zeroed or empty;
 * what it would have appended to is as before. Every function may be called
 * from any thread.
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
 * Call once a process, before threads, chroot and anything else here. 0, or
 * -1 when libsodium or liboath cannot start.
 */
int	seal_start(void);

/* keypair.c */

/*
 * A secret key lives in guarded memory (sodium_malloc) of its own: allocate,
 * use, free, in one screen. A handful of system calls, 25 us where a seal is
 * 60: a page that opens fifty cases reuses one, intake has envelope_seal.
 */
struct secret_key { unsigned char bytes[SEAL_KEY_SIZE]; };

/* Zeroed; NULL when the memory cannot be had. */
struct secret_key *secret_key_new(void);
void	secret_key_free(struct secret_key *key);	/* wipes; NULL is fine */
void	keypair_make(struct secret_key *secret, unsigned char public[SEAL_KEY_SIZE]);
void	keypair_public(const struct secret_key *secret, unsigned char public[SEAL_KEY_SIZE]);
/* Seals a secret (data key or queue key) to a public key; -1 when it is not one. */
int	key_seal(unsigned char sealed[SEAL_SEALED_KEY_SIZE],
	    const struct secret_key *key, const unsigned char recipient[SEAL_KEY_SIZE]);
/* Opens it with the recipient's secret key. */
int	key_open(struct secret_key *key, const unsigned char *sealed, size_t size,
	    const struct secret_key *recipient);
/* The same in half the time, for whoever opens many and has the public half at hand. */
int	key_open_with(struct secret_key *key, const unsigned char *sealed, size_t size,
	    const struct secret_key *recipient, const unsigned char public[SEAL_KEY_SIZE]);
/*
 * Opens with `opener` what is sealed to it, and seals it to the recipient: a
 * key changes hands without leaving the stack, which is wiped. 120 us.
 */
int	key_migrate(unsigned char resealed[SEAL_SEALED_KEY_SIZE], const unsigned char *sealed,
	    size_t size, const struct secret_key *opener,
	    const unsigned char recipient[SEAL_KEY_SIZE]);

/* A secret key as a file holds it: format byte, key. The caller wipes bytes. */
#define SEAL_KEY_FILE_SIZE	33
void	key_write(const struct secret_key *key, unsigned char bytes[SEAL_KEY_FILE_SIZE]);
int	key_read(struct secret_key *key, const void *bytes, size_t size);

/* envelope.c */

enum record_kind {
	RECORD_SUBMISSION = 1, RECORD_NOTE = 2, RECORD_ATTEMPT = 3,
	RECORD_DUPLICATES = 6,	/* other cases with the same number */
	RECORD_OFFER = 4, RECORD_REASON = 5,	/* each under a key of its own, never a case's */
	RECORD_MESSAGE = 16	/* no part of the case: on its way to the outbox */
};

struct record_place {		/* what a record is bound to */
	enum record_kind kind;
	int64_t case_number, record_number;
};

/*
 * What intake does, whole: makes a data key, seals it to the queue, seals the
 * record with it, wipes it. Allocates nothing but what *record grows by, and
 * makes no system call but for random bytes: one crypto_box_seal and little
 * more. The record's bytes are appended to *record.
 */
int	envelope_seal(struct buffer *record, unsigned char sealed[SEAL_SEALED_KEY_SIZE],
	    const struct record_place *place, const unsigned char queue_public[SEAL_KEY_SIZE],
	    const void *plain, size_t length);
/* Fresh random data key. */
void	data_key_make(struct secret_key *key);
/*
 * Appends the record's bytes to *out. Leaves no copy of plain, which must not
 * stand in *out, and which the caller wipes.
 */
int	record_seal(struct buffer *out, const struct record_place *place,
	    const struct secret_key *data_key, const void *plain, size_t length);
/*
 * Replaces *plain by the opened text, NUL-terminated. What *plain held is
 * wiped first; what it holds then, the caller wipes (buffer_wipe).
 */
int	record_open(struct buffer *plain, const struct record_place *place,
	    const struct secret_key *data_key, const void *record, size_t length);

/*
 * passphrase.c: slow and large in memory on purpose; never on the event loop.
 * A passphrase is its bytes, without the NUL; nothing is folded or trimmed.
 */

struct passphrase_cost { uint32_t operations, memory_kib; };

/* 3 passes, 64 MiB: RFC 9106's second recommendation in one lane; tests may ask less. */
extern const struct passphrase_cost passphrase_cost;

/*
 * Both: costs outside 1-16 passes or 8 KiB-1 GiB are refused, before any work.
 * -1 with errno ENOMEM says that the memory could not be had and nothing of
 * the passphrase: try again. With any other -1 errno is 0.
 */
int	secret_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
	    int64_t account, const char *passphrase, const struct passphrase_cost *cost);
int	secret_unlock(struct secret_key *secret, const unsigned char *locked, size_t size,
	    int64_t account, const char *passphrase);
/*
 * The same work with no account, at passphrase_cost, so that an unknown name
 * answers no faster.
 */
void	secret_unlock_pretend(const char *passphrase);
/* A passphrase of five proquints, 80 random bits: "lusab-babad-gutih-tugad-motir". */
void	passphrase_make(char passphrase[SEAL_PASSPHRASE_SIZE]);

/*
 * strength.c: how many guesses a passphrase would take somebody who has the
 * database, in bits, by zxcvbn (D. L. Wheeler, USENIX Security 2016).
 *
 * PASSPHRASE_LEAST_BITS: 2^40 guesses. What locks a secret moves 64 MiB three
 * times a guess; a graphics card of 2025 that moves 1 TB a second makes at
 * most 2 000 a second of them. A hundred such cards need two months for half
 * of 2^40, one card seventeen years: more than a coordinator's sign-in is
 * worth, and longer than it takes to change it once a theft is known.
 *
 * zxcvbn knows English words, keyboards, dates, repeats, and takes Swedish for
 * random letters. So no word counts for more than 2.6 bits a letter, as one of
 * five letters among 8 000 does: four common words are enough, three are not.
 * Its time grows with the fourth power of the length (of "1212…", its worst, 40
 * characters take 20 ms, 64 take 150), so the first 40 characters are measured,
 * and no more than PASSPHRASE_MAX are ever accepted.
 */
#define PASSPHRASE_LEAST_BITS	40.0
#define PASSPHRASE_MAX	128

/*
 * passphrase is UTF-8. near are words that somebody who knows the person tries
 * first, in any case: at most 32 are looked at.
 */
double	passphrase_bits(const char *passphrase, const char *const *near, size_t count);

/* recovery.c */

/* As 17 proquints with hyphens between. */
void	recovery_write(const struct secret_key *key, char text[SEAL_RECOVERY_TEXT_SIZE]);
/*
 * Any case; white space and hyphens (ASCII) are passed over wherever they
 * stand. -1 when a letter is no proquint's, a word is missing or too many, or
 * the check word differs.
 */
int	recovery_read(struct secret_key *key, const char *text);

/* session.c */

struct session_keys {		/* what a cookie gives; session_keys_free after use */
	unsigned char identity[SEAL_KEY_SIZE];
	struct secret_key *box_key;
	char form_token[SEAL_TOKEN_SIZE];
};

/* A new session. -1 only when memory cannot be had. */
int	session_make(char cookie[SEAL_COOKIE_SIZE], struct session_keys *keys);
/* -1 when the text is not a cookie of ours (NULL is not), or memory cannot be had. */
int	session_read(const char *cookie, struct session_keys *keys);
/* Wipes. Also after a call that failed, and twice. */
void	session_keys_free(struct session_keys *keys);
int	session_box(unsigned char box[SEAL_SESSION_BOX_SIZE], const struct session_keys *keys,
	    int64_t account, const struct secret_key *secret);
int	session_unbox(struct secret_key *secret, const struct session_keys *keys,
	    int64_t account, const unsigned char *box, size_t size);
/* Compares without telling by time how much was right. NULL is never right. */
bool	session_token_right(const struct session_keys *keys, const char *given);

/* invitation.c: a one-time link, and the key pair that comes of it */

struct invitation_keys {	/* invitation_keys_free after use */
	unsigned char identity[SEAL_KEY_SIZE];
	unsigned char public[SEAL_KEY_SIZE];
	struct secret_key *secret;
};

/* A new one. -1 only when memory cannot be had. */
int	invitation_make(char token[SEAL_TOKEN_SIZE], struct invitation_keys *keys);
/* -1 when the text is not a token of ours (NULL is not), or memory cannot be had. */
int	invitation_read(const char *token, struct invitation_keys *keys);
/* Wipes. Also after a call that failed, and twice. */
void	invitation_keys_free(struct invitation_keys *keys);

/*
 * session.c again. The cookie of a browser that is to be known: 180 days and every account that
 * signs in with it have the same. The digest tells neither the cookie nor that
 * two accounts use one browser. -1 when the text is not a cookie of ours.
 */
void	browser_make(char cookie[SEAL_COOKIE_SIZE]);
int	browser_digest(unsigned char digest[SEAL_KEY_SIZE], const char *cookie, int64_t account);

/* totp.c: one-time codes, by liboath */

#define TOTP_SECRET_SIZE	20	/* RFC 4226, section 4: 160 bits */
#define TOTP_TEXT_SIZE		33	/* base 32 and NUL */
#define TOTP_CODE_SIZE		7
#define TOTP_STEP_SECONDS	30

int	totp_start(void);		/* by seal_start */
int	totp_code(const unsigned char secret[TOTP_SECRET_SIZE], int64_t step,
	    char code[TOTP_CODE_SIZE]);
/*
 * The step whose code it is, at `now` or one step off, later than used_step;
 * 0 when it is none. Spaces and hyphens in it are passed over.
 */
int64_t	totp_match(const unsigned char secret[TOTP_SECRET_SIZE], const char *given, int64_t now,
	    int64_t used_step);
/* In base 32, as apps take it. */
int	totp_secret_text(const unsigned char secret[TOTP_SECRET_SIZE], char text[TOTP_TEXT_SIZE]);

/* factor.c: a second factor: the secret of one-time codes, and ten codes for when the phone is lost */

#define FACTOR_CODES		10
#define FACTOR_CODE_BYTES	6
#define FACTOR_CODE_SIZE	18	/* three proquints and NUL */

struct factor {
	unsigned char secret[TOTP_SECRET_SIZE];
	unsigned char codes[FACTOR_CODES][FACTOR_CODE_BYTES];
	unsigned left;			/* mask: those not used yet */
};

/* Zeroed, in guarded memory; NULL when it cannot be had. */
struct factor *factor_new(void);
void	factor_free(struct factor *factor);	/* wipes; NULL is fine */
/* A fresh secret, and no codes yet. */
void	factor_make(struct factor *factor);
/* Ten fresh codes in place of those it had. */
void	factor_codes_make(struct factor *factor);
void	factor_code_text(const struct factor *factor, size_t index, char text[FACTOR_CODE_SIZE]);
/* 0, and that code is used; -1 when it is none of those left. */
int	factor_code_use(struct factor *factor, const char *text);
/* Under a key derived from the account's secret key. */
int	factor_lock(unsigned char locked[SEAL_FACTOR_SIZE], const struct factor *factor,
	    int64_t account, const struct secret_key *secret);
int	factor_unlock(struct factor *factor, const unsigned char *locked, size_t size,
	    int64_t account, const struct secret_key *secret);

/* digest.c */

/* SHA-256 as base64, for Content-Security-Policy hashes. text holds 45. */
void	digest_sha256_base64(const void *bytes, size_t length, char text[45]);
/* A short strong validator: 16 hexadecimal digits of BLAKE2b-256. text holds 17. */
void	digest_etag(const void *bytes, size_t length, char text[17]);
/*
 * Recognizes a submission that comes twice. Keyed BLAKE2b under a key made by
 * keyed_digest_start, which is kept in guarded memory, inherited over fork, and never
 * on a disk, nor is a mark: to everybody else it is a random number. Start before the
 * workers are forked, so that they share the key; a second start changes
 * nothing. keyed_digest_make without it aborts.
 */
struct service_secret {		/* zeroed: none yet */
	bool made;
	unsigned char root[SEAL_KEY_SIZE];
};
/* kept: memory that outlives the process, for the same keys at the next start; NULL: fresh ones. */
int	keyed_digest_start(struct service_secret *kept);
void	keyed_digest_make(unsigned char mark[SEAL_DIGEST_SIZE], const void *bytes, size_t length);

/*
 * What a receipt shows, in its address: readable to nobody but the service, and
 * only for the area with that code. After keyed_digest_start. -1 with zeros when
 * the token is not one of ours.
 */
#define SEAL_RECEIPT_SIZE	24
#define SEAL_RECEIPT_TEXT_SIZE	87	/* 64 bytes in base64url, and NUL */
void	receipt_seal(char token[SEAL_RECEIPT_TEXT_SIZE], int64_t area,
	    const unsigned char plain[SEAL_RECEIPT_SIZE]);
int	receipt_open(unsigned char plain[SEAL_RECEIPT_SIZE], int64_t area, const char *token);

/* wipe.c: random and wiping for folders that do not include <sodium.h>. */

void	seal_wipe(void *bytes, size_t length);
/* Overwrites what the calls that have returned left on the caller's stack, 32 kB of it. */
void	seal_wipe_stack(void);
/* Uniform in 0 to bound - 1; 0 when bound is 0 or 1. */
uint32_t seal_random_below(uint32_t bound);

#endif
