/* Judges and changes a passphrase. */
#include <errno.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

#define NEAR_MAX	32
#define NEAR_SIZE	128

/* Words that an attacker who knows the person or the service tries first. */
struct near {
	size_t count;
	const char *word[NEAR_MAX];
	char texts[NEAR_MAX][NEAR_SIZE];
};

static void
add_word(struct near *near, const char *word, size_t length)
{
	if (near->count == NEAR_MAX || length < 3 || length >= NEAR_SIZE)
		return;
	memcpy(near->texts[near->count], word, length);
	near->texts[near->count][length] = '\0';
	near->word[near->count] = near->texts[near->count];
	near->count++;
}

/* Adds each word alone, because an attacker combines them in every way. */
static void
add_words(struct near *near, const char *text)
{
	while (*text != '\0') {
		size_t length = strcspn(text, " .-");

		add_word(near, text, length);
		text += length;
		text += strspn(text, " .-");
	}
}

/* Appends the clean passphrase; the caller wipes the buffer. */
static void
passphrase_clean(const char *typed, struct buffer *clean)
{
	/* A text that cannot be cleaned is used as it is. */
	if (typed_clean(typed, TYPED_LINE, clean) != FAULT_NONE)
		buffer_text(clean, typed);
}

bool
passphrase_same(const char *one, const char *other)
{
	struct buffer first = { 0 }, second = { 0 };
	bool same;

	passphrase_clean(one, &first);
	passphrase_clean(other, &second);
	same = strcmp(buffer_string(&first), buffer_string(&second)) == 0;
	buffer_wipe(&first);
	buffer_wipe(&second);
	return same;
}

int
passphrase_lock(unsigned char locked[SEAL_LOCKED_SIZE], const struct secret_key *secret,
    int64_t account, const char *typed)
{
	struct buffer clean = { 0 };
	int result;

	passphrase_clean(typed, &clean);
	result = secret_lock(locked, secret, account, buffer_string(&clean), &passphrase_cost);
	buffer_wipe(&clean);
	return result;
}

/* Like secret_unlock. account NULL: takes as long, and no passphrase fits. */
static int
unlock(struct secret_key *secret, const struct account_row *account, const char *passphrase)
{
	if (account == NULL) {
		secret_unlock_pretend(passphrase);
		errno = 0;
		return -1;
	}
	return secret_unlock(secret, account->locked, sizeof(account->locked), account->number,
	    passphrase);
}

int
passphrase_unlock(struct secret_key *secret, const struct account_row *account,
    const char *typed, bool *old)
{
	struct buffer clean = { 0 };
	int result;

	*old = false;
	passphrase_clean(typed, &clean);
	result = unlock(secret, account, buffer_string(&clean));
	if (result == -1 && errno != ENOMEM && strcmp(buffer_string(&clean), typed) != 0) {
		result = unlock(secret, account, typed);
		*old = result == 0;
	}
	buffer_wipe(&clean);
	return result;
}

static enum passphrase_verdict
judge_clean(const struct config *config, const char *passphrase, const char *user,
    const char *name)
{
	struct near near = { 0 };

	if (!utf8_valid(passphrase, strlen(passphrase)))
		return PASSPHRASE_BROKEN;
	if (utf8_count(passphrase) > PASSPHRASE_MAX)
		return PASSPHRASE_LONG;
	add_words(&near, user);
	add_words(&near, name);
	add_words(&near, config->service_name);
	for (size_t i = 0; i < config->areas_count; i++)
		add_words(&near, config->areas[i].name);
	return passphrase_bits(passphrase, near.word, near.count) < PASSPHRASE_LEAST_BITS ?
	    PASSPHRASE_WEAK : PASSPHRASE_GOOD;
}

enum passphrase_verdict
passphrase_judge(const struct config *config, const char *passphrase, const char *user,
    const char *name)
{
	struct buffer clean = { 0 };
	enum passphrase_verdict verdict;

	passphrase_clean(passphrase, &clean);
	verdict = judge_clean(config, buffer_string(&clean), user, name);
	buffer_wipe(&clean);
	return verdict;
}

int
passphrase_check(struct work *work, const char *passphrase, const char *user, const char *name)
{
	switch (passphrase_judge(work->config, passphrase, user, name)) {
	case PASSPHRASE_GOOD:
		return 0;
	case PASSPHRASE_WEAK:
		return error_set(&work->error, ERROR_INPUT,
		    "the passphrase is too easy to guess: add "
		    "a word to it");
	case PASSPHRASE_LONG:
		return error_set(&work->error, ERROR_INPUT,
		    "a passphrase has at most %d characters", PASSPHRASE_MAX);
	case PASSPHRASE_BROKEN:
	default:
		return error_set(&work->error, ERROR_INPUT,
		    "the passphrase is not text in UTF-8");
	}
}

int
account_keys_make(struct work *work, struct account_row *account, const char *passphrase)
{
	struct secret_key *key;
	int locked;

	if (passphrase_check(work, passphrase, account->user, account->name) == -1)
		return -1;
	key = secret_key_new();
	if (key == NULL)
		return error_set(&work->error, ERROR_UNAVAILABLE, "there is no memory for a key");
	keypair_make(key, account->public);
	locked = passphrase_lock(account->locked, key, account->number, passphrase);
	secret_key_free(key);
	if (locked == -1)
		return error_set(&work->error, ERROR_UNAVAILABLE,
		    "there is no memory to lock a passphrase");
	return 0;
}

/*
 * FOUND when it is the passphrase of the signed-in account; *account is then filled.
 * Argon2id.
 */
static enum answer
check_own(struct work *work, const char *passphrase, struct account_row *account)
{
	struct secret_key *secret;
	enum answer answer;
	bool old;

	/*
	 * It is counted before it is checked, so that a hundred simultaneous tries are not
	 * a hundred free ones.
	 */
	if (session_wrong(work, 1) == -1)
		return FAILED;
	answer = store_account_get(work->store, work->actor->account, account, &work->error);
	if (answer != FOUND)
		return answer;
	secret = secret_key_new();
	errno = ENOMEM;
	if (secret != NULL && passphrase_unlock(secret, account, passphrase, &old) == 0)
		answer = session_wrong(work, -1) == 0 ? FOUND : FAILED;
	else if (errno == ENOMEM)
		answer = (enum answer)error_set(&work->error, ERROR_UNAVAILABLE,
		    "there is no memory to check a passphrase");
	else
		answer = ABSENT;
	secret_key_free(secret);
	return answer;
}

enum answer
passphrase_prove(struct work *work, const char *passphrase)
{
	struct account_row account;

	return check_own(work, passphrase, &account);
}

/* Stores the new lock, unless the account was restored or deactivated meanwhile. */
static int
replace(struct work *work, const struct account_row *before,
    const unsigned char locked[SEAL_LOCKED_SIZE])
{
	struct account_row account;
	enum answer answer = store_account_get(work->store, work->actor->account, &account,
	    &work->error);

	if (answer == FAILED)
		return -1;
	if (answer == ABSENT || !account.active ||
	    memcmp(account.locked, before->locked, sizeof(account.locked)) != 0)
		return error_set(&work->error, ERROR_REFUSED,
		    "the passphrase was changed meanwhile");
	memcpy(account.locked, locked, sizeof(account.locked));
	if (store_account_change(work->store, &account, &work->error) == -1)
		return -1;
	return store_session_remove_others(work->store, work->actor->account,
	    work->actor->session.identity, &work->error);
}

enum answer
passphrase_change(struct work *work, const char *present, const char *fresh)
{
	unsigned char locked[SEAL_LOCKED_SIZE];
	struct account_row account;
	enum answer answer;

	if (passphrase_check(work, fresh, work->actor->user, work->actor->name) == -1)
		return FAILED;
	answer = check_own(work, present, &account);
	if (answer != FOUND)
		return answer;
	if (passphrase_lock(locked, work->actor->secret, account.number, fresh) == -1)
		return (enum answer)error_set(&work->error, ERROR_UNAVAILABLE,
		    "there is no memory to lock a passphrase");
	if (work_begin_keys(work) == -1)
		return FAILED;
	return work_end(work, replace(work, &account, locked)) == 0 ? FOUND : FAILED;
}
