#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/keys.h"
#include "seal/seal.h"
#include "store/auth.h"

/* The account's factor, opened. ABSENT: none. The caller frees *factor. */
static enum answer
open_factor(struct store *store, const struct identity *identity, struct factor_row *row,
    struct factor **factor, struct error *error)
{
	enum answer answer = store_factor_get(store, identity->account, row, error);

	if (answer != FOUND)
		return answer;
	*factor = factor_new();
	if (*factor == NULL)
		return (enum answer)error_set(error, ERROR_UNAVAILABLE, "no memory for a key");
	if (factor_unlock(*factor, row->box, sizeof(row->box), row->account, identity->secret) == -1)
		return (enum answer)error_set(error, ERROR_INTERNAL, "a second factor cannot be "
		    "opened with its account's key");
	return FOUND;
}

static int
lock_factor(struct factor_row *row, const struct factor *factor, const struct secret_key *secret,
    struct error *error)
{
	if (factor_lock(row->box, factor, row->account, secret) == 0)
		return 0;
	return error_set(error, ERROR_UNAVAILABLE, "no memory for a key");
}

/* A one-time code, else a recovery code; what it uses up is written into *row. */
static enum answer
take(struct factor_row *row, struct factor *factor, const struct secret_key *secret,
    const char *code, int64_t now, struct error *error)
{
	int64_t step = totp_match(factor->secret, code, now, row->used_step);

	if (step != 0) {
		row->used_step = step;
		return FOUND;
	}
	if (factor_code_use(factor, code) == -1)
		return ABSENT;
	return lock_factor(row, factor, secret, error) == 0 ? FOUND : FAILED;
}

enum answer
factor_take(struct factor_row *row, const struct secret_key *secret, const char *code,
    int64_t now, struct error *error)
{
	struct factor *factor = factor_new();
	enum answer answer;

	if (factor == NULL)
		return (enum answer)error_set(error, ERROR_UNAVAILABLE, "no memory for a key");
	if (factor_unlock(factor, row->box, sizeof(row->box), row->account, secret) == 0)
		answer = take(row, factor, secret, code, now, error);
	else
		answer = (enum answer)error_set(error, ERROR_INTERNAL, "a second factor cannot "
		    "be opened with its account's key");
	factor_free(factor);
	return answer;
}

static enum answer
begin(struct store *store, const struct identity *identity, struct factor *factor,
    struct error *error)
{
	struct factor_row row;
	enum answer answer = store_factor_get(store, identity->account, &row, error);

	if (answer == FAILED)
		return FAILED;
	if (answer == FOUND && row.confirmed_at != 0)
		return ABSENT;
	row = (struct factor_row){ .account = identity->account };
	factor_make(factor);
	if (lock_factor(&row, factor, identity->secret, error) == -1 ||
	    store_factor_put(store, &row, error) == -1)
		return FAILED;
	return FOUND;
}

enum answer
factor_begin(struct store *store, const struct identity *identity, struct error *error)
{
	struct factor *factor = factor_new();
	enum answer answer;

	if (factor == NULL)
		return (enum answer)error_set(error, ERROR_UNAVAILABLE, "no memory for a key");
	if (keys_begin(store, error) == -1) {
		factor_free(factor);
		return FAILED;
	}
	answer = begin(store, identity, factor, error);
	factor_free(factor);
	return keys_end(store, answer == FAILED ? -1 : 0, error) == 0 ? answer : FAILED;
}

static void
codes_write(struct factor_codes *codes, const struct factor *factor)
{
	for (size_t i = 0; i < FACTOR_CODES; i++)
		factor_code_text(factor, i, codes->text[i]);
}

/* Fresh recovery codes into the row. */
static enum answer
renew(struct store *store, const struct identity *identity, struct factor_row *row,
    struct factor *factor, struct factor_codes *codes, struct error *error)
{
	factor_codes_make(factor);
	if (lock_factor(row, factor, identity->secret, error) == -1 ||
	    store_factor_put(store, row, error) == -1)
		return FAILED;
	codes_write(codes, factor);
	return FOUND;
}

enum answer
factor_confirm(struct store *store, const struct identity *identity, const char *code,
    int64_t now, struct factor_codes *codes, struct error *error)
{
	struct factor *factor = NULL;
	struct factor_row row;
	enum answer answer;

	if (keys_begin(store, error) == -1)
		return FAILED;
	answer = open_factor(store, identity, &row, &factor, error);
	if (answer == FOUND && row.confirmed_at != 0)
		answer = ABSENT;
	if (answer == FOUND) {
		row.used_step = totp_match(factor->secret, code, now, row.used_step);
		row.confirmed_at = now;
		answer = row.used_step == 0 ? ABSENT :
		    renew(store, identity, &row, factor, codes, error);
	}
	factor_free(factor);
	return keys_end(store, answer == FAILED ? -1 : 0, error) == 0 ? answer : FAILED;
}

enum answer
factor_renew(struct store *store, const struct identity *identity, struct factor_codes *codes,
    struct error *error)
{
	struct factor *factor = NULL;
	struct factor_row row;
	enum answer answer;

	if (keys_begin(store, error) == -1)
		return FAILED;
	answer = open_factor(store, identity, &row, &factor, error);
	if (answer == FOUND && row.confirmed_at == 0)
		answer = ABSENT;
	if (answer == FOUND)
		answer = renew(store, identity, &row, factor, codes, error);
	factor_free(factor);
	return keys_end(store, answer == FAILED ? -1 : 0, error) == 0 ? answer : FAILED;
}

enum answer
factor_drop(struct store *store, const struct identity *identity, const char *code, int64_t now,
    struct error *error)
{
	struct factor_row row;
	enum answer answer;

	if (keys_begin(store, error) == -1)
		return FAILED;
	answer = store_factor_get(store, identity->account, &row, error);
	if (answer == FOUND && row.confirmed_at != 0)
		answer = factor_take(&row, identity->secret, code, now, error);
	if (answer == FOUND && store_factor_remove(store, identity->account, error) == -1)
		answer = FAILED;
	if (keys_end(store, answer == FAILED ? -1 : 0, error) == -1)
		return FAILED;
	if (answer == ABSENT && session_wrong(store, identity, 1, error) == -1)
		return FAILED;
	return answer;
}

enum answer
factor_show(struct store *store, const struct identity *identity, struct factor_state *state,
    struct error *error)
{
	struct factor *factor = NULL;
	struct factor_row row;
	enum answer answer = open_factor(store, identity, &row, &factor, error);

	*state = (struct factor_state){ 0 };
	if (answer == FOUND) {
		state->confirmed_at = row.confirmed_at;
		state->wrong = row.wrong;
		for (size_t i = 0; i < FACTOR_CODES; i++)
			state->codes_left += (factor->left >> i & 1U) != 0;
		if (row.confirmed_at == 0 && totp_secret_text(factor->secret, state->secret) == -1)
			answer = (enum answer)error_set(error, ERROR_UNAVAILABLE,
			    "no memory for a secret");
	}
	factor_free(factor);
	return answer;
}
